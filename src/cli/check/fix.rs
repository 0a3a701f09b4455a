//! `--fix` and `--diff`.

use std::time::Instant;

use super::{Fixed, report};
use crate::cli::args::CheckArgs;
use crate::cli::selected::Selected;
use crate::cli::session::{Checked, Session};
use crate::cli::{Failure, Status, output};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::fix::{self, Outcome, applicable};
use crate::lint::Linted;
use crate::vault::Vault;

/// Prints what the fixes would change; the status says whether there is anything.
pub fn diff(session: &Session, checked: Checked, selected: &Selected, args: &CheckArgs) -> Result<Status, Failure> {
    let outcome = apply(session, checked.linted, selected, args);
    let text = fix::unified_diff(&outcome.changes);
    let is_empty = text.is_empty();
    output::to(args.output.as_deref(), |out| out.write_all(text.as_bytes()))?;
    Ok(if is_empty || args.exit_zero { Status::Clean } else { Status::Findings })
}

/// Applies the fixes, writes the notes and reports what is left.
pub fn run(
    session: &Session,
    checked: Checked,
    selected: &Selected,
    args: &CheckArgs,
    started: Instant,
) -> Result<Status, Failure> {
    let unreadable = checked.unreadable;
    let outcome = apply(session, checked.linted, selected, args);
    let mut failed = false;
    for (path, change) in outcome.changes.iter() {
        let Some(text) = &change.text else { continue };
        if let Err(error) = std::fs::write(session.root.folder.join(path.as_str()), text.after.as_bytes()) {
            eprintln!("vaultlint: cannot write `{path}`: {error}");
            failed = true;
        }
    }
    let fixed = Fixed { findings: outcome.applied.len(), notes: outcome.changes.len(), failed };
    report(session, Checked { linted: outcome.linted, unreadable }, selected, args, fixed, started)
}

fn apply(session: &Session, linted: Linted, selected: &Selected, args: &CheckArgs) -> Outcome {
    let most = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let mut choose = |_: &Vault, diagnostic: &Diagnostic| -> Option<Fix> {
        let wanted = selected.contains(diagnostic.primary.file);
        applicable(diagnostic, most).filter(|_| wanted).cloned()
    };
    let mut relint = |_: Linted, changes: &fix::Changes| session.check(changes).linted;
    fix::run(linted, &mut choose, &mut relint)
}
