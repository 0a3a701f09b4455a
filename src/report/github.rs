//! Workflow commands: GitHub shows them as annotations in the changed files. The worst come first, since it shows few.

use std::io::{self, Write};

use super::source::Sources;
use super::visible::visible;
use super::{Report, summary};
use crate::diagnostic::{Diagnostic, Severity};

/// How many annotations of one level GitHub takes from one step.
const MOST_MARKS: usize = 10;

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let found = report.worst_first();
    let most = report.style.max_diagnostics.unwrap_or(usize::MAX);
    for diagnostic in found.iter().take(most) {
        writeln!(out, "{}", command(report, sources, diagnostic))?;
    }
    if found.len() > most {
        writeln!(out, "… and {} more (--max-diagnostics)", summary::number(found.len() - most))?;
    }
    match left_out(&found[..found.len().min(most)]) {
        Some(line) if !report.style.quiet => writeln!(out, "{line}"),
        _ => Ok(()),
    }
}

/// Says in the log how many findings have no mark in the changed files.
fn left_out(listed: &[&Diagnostic]) -> Option<String> {
    let levels = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "notice")];
    let left = levels.iter().filter_map(|(severity, word)| {
        let amount = listed.iter().filter(|diagnostic| diagnostic.severity == *severity).count();
        (amount > MOST_MARKS).then(|| summary::count(amount - MOST_MARKS, word))
    });
    let left = left.collect::<Vec<_>>().join(", ");
    let said = format!("vaultlint: GitHub marks the first {MOST_MARKS} of each level; only listed above: {left}");
    (!left.is_empty()).then_some(said)
}

fn command(report: &Report, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let (start, end) = sources.get(diagnostic.primary.file).positions(diagnostic.primary.span);
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    // GitHub ignores columns that lie on different lines.
    let columns = match start.line == end.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    let path = property(&report.shown_path(diagnostic.primary.file));
    let mut message = visible(&diagnostic.message).into_owned();
    for line in diagnostic.help.iter().flat_map(|help| help.lines()) {
        message.push('\n');
        message.push_str(&visible(line));
    }
    let place = format!("file={path},line={},endLine={}{columns}", start.line, end.line);
    format!("::{level} {place},title={}::{}", property(diagnostic.rule), data(&message))
}

/// Escapes what would end the message or begin another command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A").replace("##", "#%23")
}

/// Escapes what would end a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
