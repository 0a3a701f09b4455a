//! An overview in GitHub's Markdown, for the page of a CI run: counts by rule and the worst findings, short whatever the
//! vault, since such pages take a megabyte at most.

use std::io::{self, Write};

use super::markdown::code;
use super::source::Sources;
use super::summary::{checked, number};
use super::{Report, overview, url};
use crate::diagnostic::{Diagnostic, Severity};

/// How many findings are listed one by one, and how long a message may be there.
const MOST_LISTED: usize = 50;
const LONGEST: usize = 300;

/// Writes the overview.
///
/// # Errors
/// Only what the sink returns.
pub fn digest(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### vaultlint: {}\n", found(report))?;
    writeln!(out, "{}.\n", checked(&report.summary))?;
    if report.diagnostics.is_empty() {
        return Ok(());
    }
    writeln!(out, "| level | rule | findings | notes | what it finds |\n| --- | --- | ---: | ---: | --- |")?;
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        for group in overview::groups(report.diagnostics.iter(), severity) {
            let (rule, findings, notes) = (group.rule, number(group.found.len()), number(group.notes));
            let (name, what) = match report.meta(rule) {
                Some(meta) => (format!("[{rule}]({})", url::rule_page(rule)), cell(&meta.summary)),
                None => (cell(&code(rule)), "a pattern of the config".to_owned()),
            };
            writeln!(out, "| {} | {name} | {findings} | {notes} | {what} |", severity.name())?;
        }
    }
    worst(report, out)
}

fn found(report: &Report) -> String {
    report.summary.findings().unwrap_or_else(|| "nothing found".to_owned())
}

/// The worst findings; hints are only counted.
fn worst(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let sources = Sources::new(report.vault);
    let found = report.worst_first();
    let listed: Vec<&Diagnostic> = found.into_iter().filter(|found| found.severity > Severity::Info).collect();
    if listed.is_empty() {
        return Ok(());
    }
    let shown = listed.len().min(MOST_LISTED);
    let title =
        if shown < listed.len() { format!("The first {shown}, the worst first") } else { "The findings".to_owned() };
    writeln!(out, "\n<details><summary>{title}</summary>\n\n| place | rule | what |\n| --- | --- | --- |")?;
    for diagnostic in &listed[..shown] {
        let file = diagnostic.primary.file;
        let start = sources.get(file).start(diagnostic.primary.span);
        let place = format!("{}:{}:{}", report.shown_path(file), start.line, start.column);
        let message: String = diagnostic.message.chars().take(LONGEST).collect();
        writeln!(out, "| {} | {} | {} |", cell(&code(&place)), cell(&code(diagnostic.rule)), cell(&code(&message)))?;
    }
    writeln!(out, "\n</details>")
}

/// In a table a `|` ends the cell, even in code.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
