//! `--since REV`: what revision REV had already is not reported.

use rustc_hash::FxHashSet;

use super::staged::{Git, gone};
use crate::cli::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::session::Session;
use crate::git::Change;
use crate::lint::Scope;
use crate::report::baseline::Known;

/// Returns what is found in a revision, by the names that its notes have now, and hashes of the names of what is gone since.
///
/// # Errors
/// Git does not know the revision.
pub fn known(session: &Session, revision: &str, args: &CheckArgs) -> Result<(Known, FxHashSet<u64>), Failure> {
    let git = Git::open(&session.root, args)?;
    let tree = git.revision(revision)?;
    let mut changes = git.changes_since(&tree)?;
    for (from, to) in git.moved_on_disk(session)? {
        follow(&mut changes, from, to);
    }
    Ok((git.known(session, &tree, &changes, &Scope::All)?, gone(&changes)))
}

/// Adds a rename after what git knows already: a note may have been renamed before, by git, and now again.
fn follow(changes: &mut Vec<Change>, from: String, to: String) {
    for change in changes.iter_mut() {
        if let Change::Renamed { to: now, .. } = change
            && *now == from
        {
            *now = to;
            return;
        }
    }
    changes.push(Change::Renamed { from, to });
}
