//! A first run on a messy vault: what is wrong by rule, with the most frequent cause and a few places, and what to do next.

use std::io::{self, Write};

use rustc_hash::{FxHashMap, FxHashSet};

use super::paint::Tone;
use super::source::Sources;
use super::summary::{checked, count, number};
use super::visible::{fit, visible, width, without_commands};
use super::{Report, concise};
use crate::diagnostic::{Applicability, Diagnostic, Severity};

/// More findings than this are not listed one by one.
const MOST_LISTED: usize = 50;
/// The same if all are one rule's: who asks for a rule wants to see them.
const MOST_LISTED_OF_ONE: usize = 500;
const RULES: usize = 8;
const EXAMPLES: usize = 3;

/// Tells whether there is too much to list and nobody asked for a number.
pub(super) fn is_wanted(report: &Report) -> bool {
    let most = if is_about_one_rule(report) { MOST_LISTED_OF_ONE } else { MOST_LISTED };
    report.style.max_diagnostics.is_none() && report.listed().count() > most
}

fn is_about_one_rule(report: &Report) -> bool {
    let first = report.listed().next().map(|diagnostic| diagnostic.rule);
    report.listed().all(|diagnostic| Some(diagnostic.rule) == first)
}

pub(super) fn write(report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    let mut text = head(report);
    let sections: Vec<(Severity, Vec<Group>)> = [Severity::Error, Severity::Warning, Severity::Info]
        .into_iter()
        .map(|level| (level, groups(report.listed(), level)))
        .collect();
    let shown = || sections.iter().flat_map(|(_, groups)| groups.iter().take(RULES));
    let columns = Columns {
        rule: shown().map(|group| width(group.rule)).max().unwrap_or(0),
        amount: shown().map(|group| width(&group.amount())).max().unwrap_or(0),
    };
    for (severity, groups) in sections.iter().filter(|(_, groups)| !groups.is_empty()) {
        text.push_str(&section(report, sources, *severity, groups, &columns));
    }
    if !report.style.quiet {
        let top = shown().next().map(|group| group.rule);
        text.push_str(&next(report, top));
    }
    out.write_all(without_commands(text).as_bytes())
}

fn head(report: &Report) -> String {
    let (summary, style) = (&report.summary, &report.style);
    let change = match summary.fixed {
        0 => "Nothing was changed.".to_owned(),
        fixed => format!("Fixed {} in {}.", count(fixed, "finding"), count(summary.fixed_notes, "note")),
    };
    let amounts = [
        (summary.errors, "error", Severity::Error),
        (summary.warnings, "warning", Severity::Warning),
        (summary.infos, "hint", Severity::Info),
    ];
    let amounts: Vec<String> = amounts
        .iter()
        .filter(|(amount, ..)| *amount > 0)
        .map(|(amount, word, severity)| style.paint(Tone::Severity(*severity), &count(*amount, word)))
        .collect();
    let notes = count(summary.notes_with_findings, "note");
    format!("{}. {change}\n{}, in {notes}\n", checked(summary), amounts.join(" · "))
}

/// The findings of one rule at one severity.
pub(super) struct Group<'a> {
    pub(super) rule: &'static str,
    pub(super) found: Vec<&'a Diagnostic>,
    pub(super) notes: usize,
}

struct Columns {
    rule: usize,
    amount: usize,
}

impl<'a> Group<'a> {
    fn amount(&self) -> String {
        format!("{} in {}", number(self.found.len()), count(self.notes, "note"))
    }

    /// The causes, told by their messages, the most frequent first; each with its first finding.
    fn causes(&self) -> Vec<(usize, &'a Diagnostic)> {
        let mut places: FxHashMap<&str, usize> = FxHashMap::default();
        let mut causes: Vec<(usize, &Diagnostic)> = Vec::new();
        for diagnostic in &self.found {
            let place = *places.entry(&diagnostic.message).or_insert_with(|| {
                causes.push((0, diagnostic));
                causes.len() - 1
            });
            causes[place].0 += 1;
        }
        causes.sort_by_key(|(amount, _)| std::cmp::Reverse(*amount));
        causes
    }
}

/// The rules of one severity, those with most findings first.
pub(super) fn groups<'a>(found: impl Iterator<Item = &'a Diagnostic>, severity: Severity) -> Vec<Group<'a>> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    for diagnostic in found.filter(|diagnostic| diagnostic.severity == severity) {
        let place = *places.entry(diagnostic.rule).or_insert_with(|| {
            groups.push(Group { rule: diagnostic.rule, found: Vec::new(), notes: 0 });
            groups.len() - 1
        });
        groups[place].found.push(diagnostic);
    }
    for group in &mut groups {
        group.notes = group.found.iter().map(|diagnostic| diagnostic.primary.file).collect::<FxHashSet<_>>().len();
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.found.len()), group.rule));
    groups
}

fn section(report: &Report, sources: &Sources, severity: Severity, groups: &[Group], columns: &Columns) -> String {
    let title = match severity {
        Severity::Error => "ERRORS",
        Severity::Warning => "WARNINGS",
        Severity::Info => "HINTS",
    };
    let mut text = format!("\n{}\n", report.style.paint(Tone::Severity(severity), title));
    for group in groups.iter().take(RULES) {
        text.push_str(&rule(report, sources, group, columns));
    }
    if let Some(left) = groups.get(RULES..).filter(|left| !left.is_empty()) {
        let findings = left.iter().map(|group| group.found.len()).sum();
        let (rules, findings) = (count(left.len(), "more rule"), count(findings, "finding"));
        text.push_str(&format!("  … and {rules} with {findings}: --statistics\n"));
    }
    text
}

/// The lines about one rule: how often, the most frequent cause, and places to look at.
fn rule(report: &Report, sources: &Sources, group: &Group, columns: &Columns) -> String {
    let style = &report.style;
    let causes = group.causes();
    let indent = 2 + columns.rule + 3;
    let name = style.rule_link(group.rule, &style.paint(Tone::Strong, group.rule));
    let name = format!("{name}{}", " ".repeat(columns.rule - width(group.rule)));
    let room = style.width.saturating_sub(indent + columns.amount + 3).max(30);
    let cause = fit_cause(sources, causes[0].1, causes[0].0, room);
    let text = format!("  {name}   {:<1$}   {cause}\n", group.amount(), columns.amount);
    let first_of_causes = causes.iter().map(|(_, diagnostic)| *diagnostic);
    let mut examples: Vec<&Diagnostic> = Vec::new();
    for example in first_of_causes.chain(group.found.iter().copied()) {
        if examples.len() < EXAMPLES && !examples.iter().any(|known| std::ptr::eq(*known, example)) {
            examples.push(example);
        }
    }
    let places = examples.iter().map(|example| {
        let place = concise::place(report, sources, example);
        let plain = concise::plain_place(report, sources, example);
        (width(&plain), place)
    });
    let all = match is_about_one_rule(report) {
        true => "all: --output-format concise".to_owned(),
        false => format!("all: --select {}", group.rule),
    };
    let pieces = places.chain([(width(&all), all.clone())]).collect();
    text + &in_columns(pieces, indent, style.width)
}

/// Pieces (columns, text), as many on a line as fit.
fn in_columns(pieces: Vec<(usize, String)>, indent: usize, columns: usize) -> String {
    let mut text = " ".repeat(indent);
    let mut taken = indent;
    for (index, (wide, piece)) in pieces.into_iter().enumerate() {
        if index > 0 && taken + 3 + wide <= columns {
            text.push_str("   ");
            taken += 3;
        } else if index > 0 {
            text.push('\n');
            text.push_str(&" ".repeat(indent));
            taken = indent;
        }
        text.push_str(&piece);
        taken += wide;
    }
    text + "\n"
}

/// The cause in words: what would be written instead, where a fix says so, else the message; and how often.
fn fit_cause(sources: &Sources, diagnostic: &Diagnostic, amount: usize, room: usize) -> String {
    let words = replacement(sources, diagnostic).unwrap_or_else(|| visible(&diagnostic.message).into_owned());
    let often = if amount > 1 { format!(" ({} times)", number(amount)) } else { String::new() };
    format!("{}{often}", fit(&words, room.saturating_sub(width(&often))))
}

/// Returns `` `old` → `new` `` if one edit at the marked place is proposed; with a question mark if it is a guess.
fn replacement(sources: &Sources, diagnostic: &Diagnostic) -> Option<String> {
    let fix = diagnostic.fix.as_ref().or(diagnostic.alternatives.first())?;
    let [edit] = fix.edits.as_slice() else { return None };
    if edit.file != diagnostic.primary.file || edit.span != diagnostic.primary.span || edit.replacement.is_empty() {
        return None;
    }
    let source = sources.get(edit.file);
    let (old, new) = (source.marked(edit.span), &edit.replacement);
    let is_short = |text: &str| !text.is_empty() && !text.contains('\n') && text.len() <= 200;
    let guess = if fix.applicability == Applicability::Safe { "" } else { "?" };
    (is_short(old) && is_short(new)).then(|| format!("`{}` → `{}`{guess}", visible(old), visible(new)))
}

/// What to type next.
fn next(report: &Report, top: Option<&str>) -> String {
    let summary = &report.summary;
    let command = if report.asked.is_empty() { "vaultlint".to_owned() } else { format!("vaultlint {}", report.asked) };
    let mut rows = Vec::new();
    if summary.safe_edits > 0 {
        let (edits, notes) = (count(summary.safe_edits, "safe edit"), count(summary.fixable_notes, "note"));
        rows.push((format!("{command} --fix --diff"), format!("see {edits} in {notes}; writes nothing")));
    }
    if let Some(rule) = top {
        rows.push((format!("vaultlint explain {rule}"), "why the top rule matters".to_owned()));
    }
    rows.push((format!("{command} --write-baseline"), "accept what is there; report only what is new".to_owned()));
    rows.push((format!("{command} --output-format concise"), "every finding, one a line".to_owned()));
    if summary.infos > 0 && !report.style.show_info {
        rows.push((format!("{command} --show-info"), format!("list {} too", count(summary.infos, "hint"))));
    }
    let longest = rows.iter().map(|(command, _)| width(command)).max().unwrap_or(0);
    let mut text = format!("\n{}\n", report.style.paint(Tone::Strong, "Next"));
    for (command, purpose) in rows {
        text.push_str(&format!("  {command}{}   {purpose}\n", " ".repeat(longest - width(&command))));
    }
    text
}
