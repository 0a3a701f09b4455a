//! GitLab's Code Quality report: a list of issues, each with a fingerprint of its own.

use std::io::{self, Write};

use serde::Serialize;

use super::json::plain;
use super::source::Sources;
use super::{Report, fingerprint};
use crate::diagnostic::{Diagnostic, Severity};

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut numbering = fingerprint::Numbering::default();
    out.write_all(b"[")?;
    for (index, diagnostic) in report.diagnostics.iter().enumerate() {
        out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
        let print = fingerprint::of(report.vault, sources, diagnostic);
        let print = match numbering.next(print) {
            1 => print.to_string(),
            number => format!("{print}-{number}"),
        };
        plain::write(out, &issue(report, sources, diagnostic, print))?;
    }
    out.write_all(if report.diagnostics.is_empty() { b"]\n" } else { b"\n]\n" })
}

#[derive(Serialize)]
struct Issue<'a> {
    description: &'a str,
    check_name: &'a str,
    fingerprint: String,
    severity: &'a str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

fn issue<'a>(report: &Report, sources: &Sources, diagnostic: &'a Diagnostic, fingerprint: String) -> Issue<'a> {
    let file = diagnostic.primary.file;
    let (start, end) = sources.get(file).positions(diagnostic.primary.span);
    let path = report.raw_path(file);
    Issue {
        description: &diagnostic.message,
        check_name: diagnostic.rule,
        fingerprint,
        severity: match diagnostic.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info => "info",
        },
        location: Location {
            path: path.strip_prefix("./").unwrap_or(&path).to_owned(),
            lines: Lines { begin: start.line, end: end.line },
        },
    }
}
