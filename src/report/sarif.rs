//! SARIF 2.1.0, for code scanning: the worst findings first, so that a service that stores or shows only so many keeps them.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::plain;
use super::source::Sources;
use super::{Report, fingerprint, url};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::rule::RuleMeta;
use crate::text::{FileId, Span};

/// What GitHub accepts in one run, and how many places of one result it keeps.
const MOST_RESULTS: usize = 25_000;
const MOST_PLACES: usize = 100;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let found = report.worst_first();
    let shown = &found[..found.len().min(MOST_RESULTS)];
    let rules = rules(report, shown);
    let tool = json!({ "driver": {
        "name": "vaultlint",
        "informationUri": env!("CARGO_PKG_REPOSITORY"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|(name, meta)| descriptor(name, *meta)).collect::<Vec<_>>(),
    } });
    let (schema, tool) = (plain::text(SCHEMA), plain::text(&tool));
    write!(out, "{{\"$schema\":{schema},\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{tool},")?;
    if shown.len() < found.len() {
        write!(out, "\"invocations\":[{}],", plain::text(&left_out(found.len() - shown.len())))?;
    }
    write!(out, "\"columnKind\":\"unicodeCodePoints\",\"results\":[")?;
    let mut numbering = fingerprint::Numbering::default();
    for (index, diagnostic) in shown.iter().enumerate() {
        out.write_all(if index > 0 { b",\n" } else { b"\n" })?;
        let rule = rules.iter().position(|(name, _)| *name == diagnostic.rule).unwrap_or_default();
        let print = fingerprint::of(report.vault, sources, diagnostic);
        let print = format!("{print}:{}", numbering.next(print));
        plain::write(out, &result(report, sources, diagnostic, rule, print))?;
    }
    writeln!(out, "]}}]}}")
}

/// The rules of the list, and after them the user's own patterns that found something.
fn rules<'a>(report: &'a Report, shown: &[&'a Diagnostic]) -> Vec<(&'a str, Option<&'a RuleMeta>)> {
    let mut rules: Vec<(&str, Option<&RuleMeta>)> = report.metas.iter().map(|meta| (meta.name, Some(meta))).collect();
    for diagnostic in shown {
        if !rules.iter().any(|(name, _)| *name == diagnostic.rule) {
            rules.push((diagnostic.rule, None));
        }
    }
    rules
}

fn descriptor(name: &str, meta: Option<&RuleMeta>) -> Value {
    let Some(meta) = meta else { return json!({ "id": name }) };
    let page = url::rule_page(name);
    let level = json!({ "enabled": meta.severity.is_some(), "level": meta.severity.map_or("none", level) });
    json!({
        "id": name,
        "shortDescription": { "text": &meta.summary },
        "fullDescription": { "text": &meta.summary },
        "helpUri": &page,
        "help": {
            "text": format!("{} See {page}", meta.summary),
            "markdown": format!("{}\n\n[What it finds, why, and how to turn it off]({page})", meta.summary),
        },
        "defaultConfiguration": level,
        "properties": {
            "tags": [meta.category.name()],
            "problem.severity": match meta.severity {
                Some(Severity::Error) => "error",
                Some(Severity::Warning) => "warning",
                _ => "recommendation",
            },
        },
    })
}

fn result(report: &Report, sources: &Sources, diagnostic: &Diagnostic, rule: usize, print: String) -> Value {
    let mut text = diagnostic.message.clone();
    for line in diagnostic.help.iter().flat_map(|help| help.lines()) {
        text.push('\n');
        text.push_str(line);
    }
    let mut value = json!({
        "ruleId": diagnostic.rule,
        "ruleIndex": rule,
        "level": level(diagnostic.severity),
        "message": { "text": in_message(&text) },
        "locations": [{ "physicalLocation": place(report, sources, diagnostic.primary.file, diagnostic.primary.span) }],
        "partialFingerprints": { "vaultlint/v1": &print, "primaryLocationLineHash": &print },
    });
    let related: Vec<Value> = diagnostic
        .related
        .iter()
        .take(MOST_PLACES)
        .enumerate()
        .map(|(index, label)| related(report, sources, label, index + 1))
        .collect();
    if !related.is_empty() {
        value["relatedLocations"] = related.into();
    }
    let all_fixes = diagnostic.fix.iter().chain(&diagnostic.alternatives);
    let fixes: Vec<Value> = all_fixes.filter_map(|remedy| fix(report, sources, remedy)).collect();
    if !fixes.is_empty() {
        value["fixes"] = fixes.into();
    }
    value
}

fn related(report: &Report, sources: &Sources, label: &Label, id: usize) -> Value {
    let mut value = json!({ "id": id, "physicalLocation": place(report, sources, label.file, label.span) });
    if !label.message.is_empty() {
        value["message"] = json!({ "text": in_message(&label.message) });
    }
    value
}

/// In a SARIF message `[text](1)` is a link: what a note says never is.
fn in_message(text: &str) -> String {
    text.replace("](", "\\](")
}

/// A fix as edits of texts; `None` for one that renames, which SARIF cannot say, or that edits nothing.
fn fix(report: &Report, sources: &Sources, fix: &Fix) -> Option<Value> {
    if fix.rename.is_some() || fix.edits.is_empty() {
        return None;
    }
    let mut files: Vec<FileId> = fix.edits.iter().map(|edit| edit.file).collect();
    files.dedup();
    let replacement = |edit: &Edit| {
        let region = region(sources, edit.file, edit.span);
        json!({ "deletedRegion": region, "insertedContent": { "text": sources.inserted(edit) } })
    };
    let change = |file: &FileId| {
        let edits = fix.edits.iter().filter(|edit| edit.file == *file);
        json!({ "artifactLocation": location(report, *file), "replacements": edits.map(replacement).collect::<Vec<_>>() })
    };
    Some(json!({
        "description": { "text": in_message(&fix.title) },
        "artifactChanges": files.iter().map(change).collect::<Vec<_>>(),
        "properties": { "applicability": fix.applicability.name() },
    }))
}

fn place(report: &Report, sources: &Sources, file: FileId, span: Span) -> Value {
    json!({ "artifactLocation": location(report, file), "region": region(sources, file, span) })
}

fn location(report: &Report, file: FileId) -> Value {
    json!({ "uri": url::reference(&report.raw_path(file)) })
}

fn region(sources: &Sources, file: FileId, span: Span) -> Value {
    let (start, end) = sources.get(file).positions(span);
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

fn left_out(amount: usize) -> Value {
    let text = format!("{amount} further findings are left out: a run holds at most {MOST_RESULTS} results");
    let notification = json!({ "level": "warning", "message": { "text": text } });
    json!({ "executionSuccessful": true, "toolExecutionNotifications": [notification] })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}
