//! `--fix` and `--diff`.

use std::path::Path;
use std::time::Instant;

use super::wanted::Wanted;
use super::{Fixed, interactive, remember, report, stdin};
use crate::cli::args::CheckArgs;
use crate::cli::output::{self, Sink};
use crate::cli::session::{Checked, Session};
use crate::cli::write::write;
use crate::cli::{Failure, Status};
use crate::diagnostic::{Applicability, Diagnostic, Fix};
use crate::fix::{self, Applied, Bug, Changes, Outcome, applicable};
use crate::lint::Linted;
use crate::report::{count, visible};
use crate::text::VaultPath;
use crate::vault::Vault;

/// So many fixes are named without `--verbose`.
const MOST_NAMED: usize = 20;

/// Prints what the fixes would change; the status says whether there is anything.
pub fn diff(session: &Session, checked: Checked, wanted: &Wanted, args: &CheckArgs) -> Result<Status, Failure> {
    let failed = session.tell_unread(&checked.unreadable);
    let outcome = apply(session, checked.linted, wanted, args);
    let text = fix::unified_diff(&outcome.changes);
    let is_empty = text.is_empty();
    let shown = if args.output.is_none() { output::diff_as_read(&text, args.color) } else { text.as_str().into() };
    output::to(Sink::new(args.output.as_deref(), &session.root.folder), |out| out.write_all(shown.as_bytes()))?;
    match is_empty {
        true => tell_nothing(args),
        false => tell_planned(&outcome, args),
    }
    Ok(match () {
        () if failed => Status::Failed,
        () if is_empty || args.exit_zero => Status::Clean,
        () => Status::Findings,
    })
}

/// Applies the fixes, writes the notes and reports what is left.
pub fn run(
    session: &mut Session,
    checked: Checked,
    wanted: &Wanted,
    args: &CheckArgs,
    started: Instant,
) -> Result<Status, Failure> {
    let unreadable = checked.unreadable;
    let mut dialogue = args.interactive.then(|| interactive::Dialogue::new(args));
    let mut outcome = match &mut dialogue {
        Some(dialogue) => apply_chosen(session, checked.linted, wanted, &mut |vault, found| {
            if wanted.may_fix(vault, found) { dialogue.choose(vault, found) } else { None }
        }),
        None => apply(session, checked.linted, wanted, args),
    };
    let remembered = dialogue.map(|dialogue| dialogue.remembered).unwrap_or_default();
    // The fixes that were chosen are written even if the answers cannot be.
    let not_remembered = remember::add(session, &remembered, &mut outcome.changes).err();
    let groups: Vec<Vec<VaultPath>> = outcome.applied.iter().map(|applied| applied.files.clone()).collect();
    let written = write(session, &outcome.changes, &groups)?;
    let applied: Vec<&Applied> = outcome
        .applied
        .iter()
        .filter(|applied| applied.files.iter().all(|file| written.files.contains(file)))
        .collect();
    if outcome.applied.is_empty() && !args.interactive {
        tell_nothing(args);
    }
    if !args.quiet {
        name_applied(&applied, args.verbose);
        if not_remembered.is_none() && !written.failed {
            remember::tell(session, &remembered);
        }
        if !written.files.is_empty() {
            eprintln!("`vaultlint undo` takes {} back.", if applied.len() == 1 { "this" } else { "these" });
        }
    }
    if let Some(failure) = not_remembered {
        return Err(failure);
    }
    let notes = written.files.iter().filter(|path| path.is_source()).count();
    let fixed = Fixed { findings: applied.len(), notes, failed: written.failed, is_printed: false };
    if !remembered.is_empty() {
        // The config is another now, and so is what is found.
        session.config = super::open(args, &session.root.folder)?.config;
    } else if !written.failed {
        return report(session, Checked::again(outcome.linted, unreadable), wanted, args, fixed, started);
    }
    // If something could not be written, what is on disk is not what was planned: it is read again.
    let changes = if written.failed { Changes::default() } else { outcome.changes };
    wanted.follow(&changes);
    report(session, session.check(&changes), wanted, args, fixed, started)
}

/// Checks standard input; with `--fix` the fixed text goes to standard output and what is left to standard error.
pub fn standard_input(
    session: &mut Session,
    name: &Path,
    args: &CheckArgs,
    started: Instant,
) -> Result<Status, Failure> {
    let (selected, path) = stdin::put(session, name)?;
    let wanted = Wanted::new(session, selected, None, args)?;
    let checked = session.check(&Changes::default());
    if args.diff {
        return diff(session, checked, &wanted, args);
    }
    if !args.fix && !args.unsafe_fixes {
        return report(session, checked, &wanted, args, Fixed::default(), started);
    }
    let unreadable = checked.unreadable;
    // Only the text that was given can be returned: fixes of other notes are left out.
    let is_own =
        |vault: &Vault, fix: &Fix| fix.rename.is_none() && fix.edits.iter().all(|edit| *vault.path(edit.file) == path);
    let mut choose = |vault: &Vault, diagnostic: &Diagnostic| {
        wanted_fix(&wanted, vault, diagnostic, args).filter(|fix| is_own(vault, fix))
    };
    let outcome = apply_chosen(session, checked.linted, &wanted, &mut choose);
    let given = &session.content.given[&path];
    let change = outcome.changes.get(&path).and_then(|change| change.text.as_ref());
    let text = change.map_or(given, |text| &text.after);
    output::to(Sink::StandardOutput, |out| out.write_all(text.as_bytes()))?;
    let findings = outcome.applied.len();
    let fixed = Fixed { findings, notes: outcome.changes.len(), is_printed: true, ..Fixed::default() };
    report(session, Checked::again(outcome.linted, unreadable), &wanted, args, fixed, started)
}

fn apply(session: &Session, linted: Linted, wanted: &Wanted, args: &CheckArgs) -> Outcome {
    apply_chosen(session, linted, wanted, &mut |vault, diagnostic| wanted_fix(wanted, vault, diagnostic, args))
}

fn wanted_fix(wanted: &Wanted, vault: &Vault, diagnostic: &Diagnostic, args: &CheckArgs) -> Option<Fix> {
    let most = if args.unsafe_fixes { Applicability::Unsafe } else { Applicability::Safe };
    applicable(diagnostic, most).filter(|_| wanted.may_fix(vault, diagnostic)).cloned()
}

fn apply_chosen(session: &Session, linted: Linted, wanted: &Wanted, choose: fix::Choose<'_>) -> Outcome {
    let mut relint = |_: Linted, changes: &Changes| {
        wanted.follow(changes);
        session.check(changes).linted
    };
    let outcome = fix::run(linted, choose, &mut relint);
    wanted.follow(&outcome.changes);
    outcome.bugs.iter().for_each(tell_bug);
    outcome
}

/// Says which fix was taken back, and who can mend it.
fn tell_bug(bug: &Bug) {
    let place = format!("`{}:{}`", visible(bug.path.as_str()), bug.line);
    let (reason, issues) = (visible(&bug.reason), concat!(env!("CARGO_PKG_REPOSITORY"), "/issues"));
    match &bug.pattern {
        Some(pattern) => eprintln!(
            "vaultlint: what the pattern `{}` would write at {place} was taken back: {reason}\n  change its `find` or `replace` in the config",
            visible(pattern)
        ),
        None => eprintln!(
            "vaultlint: a fix of {} for {place} was taken back: {reason}\n  this is a mistake of vaultlint; tell it at {issues}",
            bug.rule
        ),
    }
}

/// Says that a run of fixes changes nothing: silence would look like a run that fixed.
fn tell_nothing(args: &CheckArgs) {
    if !args.quiet && args.stdin_filename.is_none() {
        let safe = if args.unsafe_fixes { "" } else { "safe " };
        eprintln!("vaultlint: there are no {safe}fixes to apply; no note is changed");
    }
}

/// Says how much a diff would change.
fn tell_planned(outcome: &Outcome, args: &CheckArgs) {
    if !args.quiet && args.stdin_filename.is_none() {
        let findings = count(outcome.applied.len(), "finding");
        let notes = count(outcome.changes.len(), "note");
        eprintln!("vaultlint: this would fix {findings} in {notes}; nothing is written");
    }
}

fn name_applied(applied: &[&Applied], all: bool) {
    let named = if all { applied.len() } else { MOST_NAMED };
    for applied in applied.iter().take(named) {
        let Applied { rule, title, path, line, .. } = applied;
        eprintln!("fixed {}:{line}: {rule}: {}", visible(path.as_str()), visible(title));
    }
    if applied.len() > named {
        eprintln!("… and {} more; --verbose names all", applied.len() - named);
    }
}
