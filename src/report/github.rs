//! Workflow commands: GitHub shows them as annotations in the changed files. The worst come first, since it shows few.

use std::io::{self, Write};

use super::source::Sources;
use super::visible::visible;
use super::{Report, summary};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let found = report.worst_first();
    let most = report.style.max_diagnostics.unwrap_or(usize::MAX);
    for diagnostic in found.iter().take(most) {
        writeln!(out, "{}", command(report, sources, diagnostic))?;
    }
    if found.len() > most {
        writeln!(out, "… and {} more (--max-diagnostics)", summary::number(found.len() - most))?;
    }
    Ok(())
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
