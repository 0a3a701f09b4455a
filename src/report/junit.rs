//! JUnit XML: one suite a note, one case a finding. Errors and warnings are failures; hints pass and say what they found.

use std::io::{self, Write};

use super::Report;
use super::source::Sources;
use super::visible::is_hidden;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let found = report.diagnostics;
    let tests = found.len().max(1);
    let time =
        report.summary.elapsed.map_or(String::new(), |elapsed| format!(" time=\"{:.3}\"", elapsed.as_secs_f64()));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<testsuites name=\"vaultlint\" tests=\"{tests}\" failures=\"{}\" errors=\"0\"{time}>",
        failures(found)
    )?;
    if found.is_empty() {
        // A file without a case counts as a broken run in most CI systems.
        writeln!(out, "  <testsuite name=\"vaultlint\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">")?;
        writeln!(out, "    <testcase name=\"nothing found\" classname=\"vaultlint\"/>\n  </testsuite>")?;
    }
    for note in found.chunk_by(|a, b| a.primary.file == b.primary.file) {
        let path = escaped(&report.raw_path(note[0].primary.file));
        let (tests, failures) = (note.len(), failures(note));
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">"
        )?;
        for diagnostic in note {
            case(report, sources, &path, diagnostic, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn failures(found: &[Diagnostic]) -> usize {
    found.iter().filter(|diagnostic| diagnostic.severity > Severity::Info).count()
}

fn case(
    report: &Report,
    sources: &Sources,
    path: &str,
    diagnostic: &Diagnostic,
    out: &mut dyn Write,
) -> io::Result<()> {
    let start = sources.get(diagnostic.primary.file).start(diagnostic.primary.span);
    let place = format!("{}:{}:{}", report.raw_path(diagnostic.primary.file), start.line, start.column);
    let (rule, message) = (escaped(diagnostic.rule), escaped(&diagnostic.message));
    let (line, column) = (start.line, start.column);
    let name = format!("{rule} {line}:{column}");
    writeln!(out, "    <testcase name=\"{name}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\">")?;
    let mut text = format!("{place}: {}", diagnostic.message);
    for help in diagnostic.help.iter().flat_map(|help| help.lines()) {
        text.push_str("\n  ");
        text.push_str(help);
    }
    let text = escaped_lines(&text);
    match diagnostic.severity {
        Severity::Info => writeln!(out, "      <system-out>{text}</system-out>")?,
        severity => {
            let kind = severity.name();
            writeln!(out, "      <failure type=\"{kind}\" message=\"{message}\">{text}</failure>")?;
        }
    }
    writeln!(out, "    </testcase>")
}

/// Escapes text for an attribute or an element; what is unseen, and what XML cannot hold, is written out.
fn escaped(text: &str) -> String {
    escaped_lines(text).replace('\n', "␊")
}

fn escaped_lines(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut last = '\0';
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '#' if last == '#' => escaped.push_str("&#35;"),
            '\n' => escaped.push('\n'),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            _ if is_hidden(character) => escaped.push_str(&super::visible::visible(character.encode_utf8(&mut [0; 4]))),
            _ => escaped.push(character),
        }
        last = character;
    }
    escaped
}
