//! The stable form of a report for programs: version 1, written from structs of its own, so that a change inside vaultlint
//! cannot change it by accident. One diagnostic a line, the same objects for `json` and `jsonl`.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::source::Sources;
use super::{Report, fingerprint};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label};
use crate::text::{FileId, Position, Span};

pub(super) mod plain;

/// Writes one object.
pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let summary = &report.summary;
    let counts = Counts {
        notes: summary.notes,
        links: summary.links,
        errors: summary.errors,
        warnings: summary.warnings,
        infos: summary.infos,
        fixable: summary.fixable,
    };
    let (vault, counts) = (plain::text(report.root), plain::text(&counts));
    write!(out, "{{\"version\":1,\"vault\":{vault},\"summary\":{counts},\"diagnostics\":[")?;
    for (index, diagnostic) in report.diagnostics.iter().enumerate() {
        out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
        plain::write(out, &Finding::new(report, sources, diagnostic))?;
    }
    out.write_all(if report.diagnostics.is_empty() { b"]}\n" } else { b"\n]}\n" })
}

/// Writes the same diagnostic objects, one a line.
pub(super) fn write_lines(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    for diagnostic in report.diagnostics {
        plain::write(out, &Finding::new(report, sources, diagnostic))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct Counts {
    notes: usize,
    links: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
    fixable: usize,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    span: Range,
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    fix: Option<Remedy<'a>>,
    alternatives: Vec<Remedy<'a>>,
    fingerprint: String,
}

#[derive(Serialize)]
struct Related<'a> {
    path: &'a str,
    span: Range,
    message: Option<&'a str>,
}

#[derive(Serialize)]
struct Remedy<'a> {
    title: &'a str,
    applicability: &'a str,
    edits: Vec<Change<'a>>,
    /// Only in a fix that renames.
    #[serde(skip_serializing_if = "Option::is_none")]
    rename: Option<Rename<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    path: &'a str,
    span: Range,
    replacement: Cow<'a, str>,
}

#[derive(Serialize)]
struct Rename<'a> {
    path: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct Range {
    start: Point,
    end: Point,
}

#[derive(Serialize)]
struct Point {
    offset: u32,
    line: u32,
    column: u32,
}

impl<'a> Finding<'a> {
    fn new(report: &'a Report, sources: &Sources, diagnostic: &'a Diagnostic) -> Finding<'a> {
        let Label { file, span, message } = &diagnostic.primary;
        let remedy = |fix: &'a Fix| Remedy::new(report, sources, fix);
        Finding {
            rule: diagnostic.rule,
            severity: diagnostic.severity.name(),
            message: &diagnostic.message,
            help: diagnostic.help.as_deref(),
            path: report.vault.path(*file).as_str(),
            span: range(sources, *file, *span),
            label: filled(message),
            related: diagnostic.related.iter().map(|label| related(report, sources, label)).collect(),
            fix: diagnostic.fix.as_ref().map(remedy),
            alternatives: diagnostic.alternatives.iter().map(remedy).collect(),
            fingerprint: fingerprint::of(report.vault, sources, diagnostic).to_string(),
        }
    }
}

impl<'a> Remedy<'a> {
    fn new(report: &'a Report, sources: &Sources, fix: &'a Fix) -> Remedy<'a> {
        let path = |file: FileId| report.vault.path(file).as_str();
        let change = |edit: &'a Edit| Change {
            path: path(edit.file),
            span: range(sources, edit.file, edit.span),
            replacement: sources.inserted(edit),
        };
        Remedy {
            title: &fix.title,
            applicability: fix.applicability.name(),
            edits: fix.edits.iter().map(change).collect(),
            rename: fix.rename.as_ref().map(|(file, to)| Rename { path: path(*file), to: to.as_str() }),
        }
    }
}

fn related<'a>(report: &'a Report, sources: &Sources, label: &'a Label) -> Related<'a> {
    let span = range(sources, label.file, label.span);
    Related { path: report.vault.path(label.file).as_str(), span, message: filled(&label.message) }
}

fn filled(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn range(sources: &Sources, file: FileId, span: Span) -> Range {
    let (start, end) = sources.get(file).positions(span);
    let point = |offset: u32, Position { line, column }: Position| Point { offset, line, column };
    Range { start: point(span.start, start), end: point(span.end, end) }
}
