//! `--fix` and `--diff`.

use std::time::Instant;

use super::{Fixed, report};
use crate::cli::args::CheckArgs;
use crate::cli::selected::Selected;
use crate::cli::session::{Checked, Session};
use crate::cli::write::write;
use crate::cli::{Failure, Status, output};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::fix::{self, Applied, Outcome, applicable};
use crate::lint::Linted;
use crate::report::visible;
use crate::text::VaultPath;
use crate::vault::Vault;

/// So many fixes are named without `--verbose`.
const MOST_NAMED: usize = 20;

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
    let groups: Vec<Vec<VaultPath>> = outcome.applied.iter().map(|applied| applied.files.clone()).collect();
    let written = write(session, &outcome.changes, &groups)?;
    if !args.quiet {
        name_applied(&outcome.applied, args.verbose);
    }
    let mut fixed = Fixed { findings: outcome.applied.len(), notes: written.files, failed: written.failed };
    if !written.failed {
        return report(session, Checked { linted: outcome.linted, unreadable }, selected, args, fixed, started);
    }
    // What is on disk is not what was planned: it is read again.
    fixed.findings = 0;
    report(session, session.check(&fix::Changes::default()), selected, args, fixed, started)
}

fn apply(session: &Session, linted: Linted, selected: &Selected, args: &CheckArgs) -> Outcome {
    let most = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    let mut choose = |_: &Vault, diagnostic: &Diagnostic| -> Option<Fix> {
        let wanted = selected.contains(diagnostic.primary.file);
        applicable(diagnostic, most).filter(|_| wanted).cloned()
    };
    let mut relint = |_: Linted, changes: &fix::Changes| session.check(changes).linted;
    let outcome = fix::run(linted, &mut choose, &mut relint);
    for bug in &outcome.bugs {
        eprintln!(
            "vaultlint: a fix of {} for `{}:{}` was taken back: {}\n  this is a mistake of vaultlint; tell it at {}/issues",
            bug.rule,
            visible(bug.path.as_str()),
            bug.line,
            visible(&bug.reason),
            env!("CARGO_PKG_REPOSITORY")
        );
    }
    outcome
}

fn name_applied(applied: &[Applied], all: bool) {
    let named = if all { applied.len() } else { MOST_NAMED };
    for applied in applied.iter().take(named) {
        let Applied { rule, title, path, line, .. } = applied;
        eprintln!("fixed {}:{line}: {rule}: {}", visible(path.as_str()), visible(title));
    }
    if applied.len() > named {
        eprintln!("… and {} more; --verbose names all", applied.len() - named);
    }
    if !applied.is_empty() {
        eprintln!("`vaultlint undo` takes them back.");
    }
}
