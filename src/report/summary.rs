//! How much was checked and found, and the sentences that close an output for people.

use std::io::{self, Write};
use std::time::Duration;

use rustc_hash::FxHashSet;

use super::Report;
use super::paint::Tone;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Severity};
use crate::text::FileId;
use crate::vault::Vault;

/// Counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Notes and canvases that were checked.
    pub notes: usize,
    pub links: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Edits of the safe fixes, and the notes they are in.
    pub safe_edits: usize,
    pub fixable_notes: usize,
    /// Findings with an unsafe fix.
    pub unsafe_fixable: usize,
    /// Notes with a finding at its primary place.
    pub notes_with_findings: usize,
    /// Findings that a fix of this run took away, and the notes it changed; filled by the command line.
    pub fixed: usize,
    pub fixed_notes: usize,
    /// Files that the staged change deletes; filled by the command line.
    pub deleted: usize,
    /// How long it took; filled by the command line.
    pub elapsed: Option<Duration>,
}

impl Summary {
    /// Returns `2 errors, 1 hint in 3 notes`; `None` if nothing was found.
    pub(super) fn findings(&self) -> Option<String> {
        let amounts = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "hint")];
        let amounts: Vec<String> =
            amounts.iter().filter(|(amount, _)| *amount > 0).map(|(amount, word)| count(*amount, word)).collect();
        (!amounts.is_empty()).then(|| format!("{} in {}", amounts.join(", "), count(self.notes_with_findings, "note")))
    }

    /// Counts what was checked and what is left to report.
    pub fn of(vault: &Vault, diagnostics: &[Diagnostic]) -> Summary {
        let mut summary = Summary { notes: vault.checked().count(), ..Summary::default() };
        summary.links = vault.checked().map(|file| vault.outline(file).links.len()).sum();
        let (mut found_in, mut fixable_in) = (FxHashSet::default(), FxHashSet::default());
        for diagnostic in diagnostics {
            match diagnostic.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Info => summary.infos += 1,
            }
            found_in.insert(diagnostic.primary.file);
            match &diagnostic.fix {
                Some(fix) if fix.applicability == Applicability::Safe => summary.add_safe(fix, &mut fixable_in),
                Some(fix) if fix.applicability == Applicability::Unsafe => summary.unsafe_fixable += 1,
                _ => {}
            }
        }
        summary.notes_with_findings = found_in.len();
        summary.fixable_notes = fixable_in.len();
        summary
    }

    fn add_safe(&mut self, fix: &Fix, fixable_in: &mut FxHashSet<FileId>) {
        self.fixable += 1;
        self.safe_edits += fix.edits.len() + usize::from(fix.rename.is_some());
        fixable_in.extend(fix.edits.iter().map(|edit| edit.file));
        fixable_in.extend(fix.rename.as_ref().map(|(file, _)| *file));
    }
}

/// Writes what was found in one sentence, and what can be done about it in a second.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    if summary.fixed > 0 {
        writeln!(out, "Fixed {} in {}.", count(summary.fixed, "finding"), count(summary.fixed_notes, "note"))?;
    }
    writeln!(out, "{}.", found(report))?;
    let (safe, rest) = (number(summary.fixable), number(summary.unsafe_fixable));
    match (summary.fixable, summary.unsafe_fixable) {
        (0, 0) => {}
        (_, 0) => writeln!(out, "Fixable: {safe} with --fix.")?,
        (0, _) => writeln!(out, "Fixable: {rest} with --unsafe-fixes.")?,
        _ => writeln!(out, "Fixable: {safe} with --fix, {rest} more with --unsafe-fixes.")?,
    }
    Ok(())
}

fn found(report: &Report) -> String {
    let summary = &report.summary;
    let worst = [(summary.errors, "error", Severity::Error), (summary.warnings, "warning", Severity::Warning)];
    let mut parts: Vec<String> = worst
        .iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, word, severity)| report.style.paint(Tone::Severity(*severity), &count(*number, word)))
        .collect();
    if summary.infos > 0 {
        let hidden = if report.style.show_info { "" } else { " (--show-info)" };
        parts.push(format!("{}{hidden}", count(summary.infos, "hint")));
    }
    match parts.is_empty() {
        true => format!("Nothing found; {}", checked(summary)),
        false => {
            format!("Found {} in {}; {}", listing(&parts), count(summary.notes_with_findings, "note"), checked(summary))
        }
    }
}

/// Returns `4,012 notes, 61,340 links checked in 0.4 s`; of a change that only deletes, what can break by it.
pub(super) fn checked(summary: &Summary) -> String {
    let what = match (summary.notes, summary.deleted) {
        (0, 1..) => format!("links to {} checked", count(summary.deleted, "deleted file")),
        _ => format!("{}, {} checked", count(summary.notes, "note"), count(summary.links, "link")),
    };
    match summary.elapsed {
        Some(elapsed) => format!("{what} in {}", duration(elapsed)),
        None => what,
    }
}

fn duration(elapsed: Duration) -> String {
    match elapsed.as_millis() {
        millis @ 0..100 => format!("{millis} ms"),
        0..60_000 => format!("{:.1} s", elapsed.as_secs_f64()),
        millis => format!("{} min {} s", millis / 60_000, millis / 1000 % 60),
    }
}

fn listing(parts: &[String]) -> String {
    match parts {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// Returns `1 note`, `4,012 notes`.
pub(crate) fn count(amount: usize, word: &str) -> String {
    format!("{} {word}{}", number(amount), if amount == 1 { "" } else { "s" })
}

/// Returns a number with commas between thousands.
pub(super) fn number(amount: usize) -> String {
    let digits = amount.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_times_are_readable() {
        assert_eq!([0, 999, 1000, 61_340, 1_234_567].map(number), ["0", "999", "1,000", "61,340", "1,234,567"]);
        let times = [3, 420, 61_000].map(|millis| duration(Duration::from_millis(millis)));
        assert_eq!(times, ["3 ms", "0.4 s", "1 min 1 s"]);
    }
}
