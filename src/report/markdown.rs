//! A report as a note: tasks to tick, by rule and note, each note linked. It says nothing of the time, so it changes only
//! when the findings do. What notes say stands in code spans, where it makes no links, tags, comments or statements.

use std::io::{self, Write};

use super::source::Sources;
use super::visible::{visible, without_commands};
use super::{Report, url};
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::FileId;
use crate::vault::{Target, Vault};

/// The first line, by which an earlier report is known.
pub const TITLE: &str = "# vaultlint report";

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{TITLE}\n\n{}", opening(report))?;
    let mut introduced: Vec<&str> = Vec::new();
    for (severity, title) in [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Info, "Hints")] {
        let found: Vec<&Diagnostic> = report.diagnostics.iter().filter(|found| found.severity == severity).collect();
        if found.is_empty() {
            continue;
        }
        writeln!(out, "\n## {title}")?;
        for rule in rules(&found) {
            writeln!(out, "\n### {rule}")?;
            if let Some(meta) = report.meta(rule).filter(|_| !introduced.contains(&rule)) {
                writeln!(out, "\n{} [About this rule]({})", meta.summary, url::rule_page(rule))?;
                introduced.push(rule);
            }
            let of_rule: Vec<&Diagnostic> = found.iter().copied().filter(|found| found.rule == rule).collect();
            for note in of_rule.chunk_by(|a, b| a.primary.file == b.primary.file) {
                write_note(report, sources, note, out)?;
            }
        }
    }
    Ok(())
}

fn opening(report: &Report) -> String {
    format!("{}.", report.summary.findings().unwrap_or_else(|| "Nothing found".to_owned()))
}

/// The names of the rules that found something, sorted.
fn rules(found: &[&Diagnostic]) -> Vec<&'static str> {
    let mut rules: Vec<&'static str> = found.iter().map(|diagnostic| diagnostic.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

/// One note with its findings of one rule, as tasks below it. A list of notes would be a list of statements, which agree
/// or disagree with those of the vault; a heading states nothing.
fn write_note(report: &Report, sources: &Sources, note: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let file = note[0].primary.file;
    writeln!(out, "\n#### {}{}\n", link(report.vault, file), app_link(report, file))?;
    for diagnostic in note {
        let start = sources.get(file).start(diagnostic.primary.span);
        let help = diagnostic.help.as_deref().map_or(String::new(), |help| {
            let help = help.lines().map(str::trim).collect::<Vec<_>>().join("; ");
            format!(" → {}", code(&help))
        });
        writeln!(out, "- [ ] {}:{} {}{help}", start.line, start.column, code(&diagnostic.message))?;
    }
    Ok(())
}

/// A wikilink to the file, if one leads there; else its path as code.
fn link(vault: &Vault, file: FileId) -> String {
    let path = vault.path(file);
    let target = if path.is_note() { path.as_str().strip_suffix(".md") } else { Some(path.as_str()) };
    let is_plain = |target: &&str| {
        !target.contains(['#', '^', '|', '[', ']', '\\', '%', '`', '$', '<', '*', '_', '~', '='])
            && !target.chars().any(super::visible::is_hidden)
    };
    let leads_there = |target: &&str| vault.resolve_text(file, target, false) == Target::File(file);
    match target.filter(is_plain).filter(leads_there) {
        Some(target) => format!("[[{target}]]"),
        None => code(path.as_str()),
    }
}

/// A link that opens the note in the app, for a reader outside of it.
fn app_link(report: &Report, file: FileId) -> String {
    let Some(vault) = &report.style.obsidian else { return String::new() };
    format!(" ([open]({}))", url::obsidian(vault, report.vault.path(file).as_str()))
}

/// A code span, with a fence longer than any run of backticks in it.
pub(super) fn code(text: &str) -> String {
    let text = without_commands(visible(text).into_owned());
    let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    match text.trim().is_empty() {
        true => "` `".to_owned(),
        false => format!("{fence}{space}{text}{space}{fence}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_spans_hold_every_text() {
        assert_eq!(code("plain"), "`plain`");
        assert_eq!(code("no note named `Ada`"), "`` no note named `Ada` ``");
        assert_eq!(code("a ``` b"), "````a ``` b````");
        assert_eq!(code("[[x]] #tag %%c"), "`[[x]] #tag %%c`");
        assert_eq!(code("a\n# b"), "`a␊# b`");
        assert_eq!(code(""), "` `");
    }
}
