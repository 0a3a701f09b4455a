//! `--since REV`: what revision REV had already is not reported.

use super::staged::Git;
use crate::cli::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::session::Session;
use crate::report::baseline::Known;

/// Returns what is found in a revision, by the names that its notes have now.
///
/// # Errors
/// Git does not know the revision.
pub fn known(session: &Session, revision: &str, args: &CheckArgs) -> Result<Known, Failure> {
    let git = Git::open(session, args)?;
    let tree = git.revision(revision)?;
    let changes = git.changes_since(&tree)?;
    git.known(session, &tree, &changes)
}
