//! A finding with the lines it is about, drawn by miette: the marked places of one note in one frame, other notes below.

use std::collections::BTreeMap;
use std::ops::Range;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, ThemeCharacters, ThemeStyles};

use super::cut::{Cut, cut};
use super::paint::Tone;
use super::source::{Source, Sources};
use super::visible::{visible, width, wrap};
use super::{Report, Style, remedy, url};
use crate::config::ConfigProblem;
use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::text::Span;

mod lines;
use lines::Lines;

/// More places of one finding are only counted.
const MOST_PLACES: usize = 6;
/// A span over more lines is marked on its first line alone.
const MOST_LINES: usize = 6;

/// Returns a finding as drawn, without the blank line after it.
pub(super) fn diagnostic(report: &Report, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let style = &report.style;
    let head = format!("{}[{}]", diagnostic.severity.name(), diagnostic.rule);
    let head = style.rule_link(diagnostic.rule, &style.paint(Tone::Severity(diagnostic.severity), &head));
    let mut text = format!("{head}: {}\n", style.paint(Tone::Strong, &visible(&diagnostic.message)));
    for labels in by_file(diagnostic) {
        let file = labels[0].file;
        let source = sources.get(file);
        let start = source.start(labels[0].span);
        let place = format!("{}:{}:{}", report.shown_path(file), start.line, start.column);
        let place = style.file_link(report.vault.path(file).as_str(), &place);
        let marks: Vec<Mark> =
            labels.iter().map(|label| Mark::of(label, std::ptr::eq(*label, &diagnostic.primary))).collect();
        text.push_str(&snippet(&source, &place, &marks, diagnostic.severity, style));
    }
    let places = diagnostic.related.len() + 1;
    if places > MOST_PLACES {
        text.push_str(&format!("  … and {} more places\n", places - MOST_PLACES));
    }
    text.push_str(&remedy::lines(style, diagnostic));
    // A terminal that shows links has the address on the location already.
    if let (Some(vault), None) = (&style.obsidian, &style.hyperlinks) {
        let path = report.vault.path(diagnostic.primary.file).as_str();
        text.push_str(&format!("  open: {}\n", url::obsidian(vault, path)));
    }
    text
}

/// Returns a mistake in a config file, drawn like a finding.
pub(super) fn config_problem(problem: &ConfigProblem, style: &Style) -> String {
    let head = style.paint(Tone::Severity(Severity::Error), "error");
    let mut text = format!("{head}: {}\n", style.paint(Tone::Strong, &visible(&problem.message)));
    if let Some(path) = &problem.path {
        let source = Source::new(problem.text.as_str().into());
        let start = source.start(problem.span);
        let place = format!("{}:{}:{}", visible(path), start.line, start.column);
        let mark = Mark { span: problem.span, message: "", is_primary: true };
        text.push_str(&snippet(&source, &place, &[mark], Severity::Error, style));
    }
    text + &problem.help.iter().map(|help| remedy::help_lines(style, help)).collect::<String>()
}

/// The labels that are drawn, those of one file together, the primary's file first.
fn by_file(diagnostic: &Diagnostic) -> Vec<Vec<&Label>> {
    let mut files: Vec<Vec<&Label>> = Vec::new();
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related).take(MOST_PLACES) {
        match files.iter_mut().find(|labels| labels[0].file == label.file) {
            Some(labels) => labels.push(label),
            None => files.push(vec![label]),
        }
    }
    files
}

/// A marked place of one text.
struct Mark<'a> {
    span: Span,
    message: &'a str,
    is_primary: bool,
}

impl<'a> Mark<'a> {
    fn of(label: &'a Label, is_primary: bool) -> Mark<'a> {
        Mark { span: label.span, message: &label.message, is_primary }
    }
}

/// A frame around the lines that hold marks.
fn snippet(source: &Source, place: &str, marks: &[Mark], severity: Severity, style: &Style) -> String {
    let rows = rows(source, marks);
    let digits = rows.last_key_value().map_or(1, |(number, _)| (number + 1).to_string().len());
    let indent = " ".repeat(digits + 2);
    let mut text = format!("{indent}╭─[{}]\n", style.paint(Tone::Strong, place));
    if source.text().is_empty() {
        return text + &format!("{indent}╰────\n");
    }
    let is_tall = marks.iter().any(|mark| source.marked(mark.span).contains(['\n', '\r']));
    let columns = style.width.saturating_sub(digits + 4 + if is_tall { 4 } else { 0 }).max(30);
    let mut lines = Lines::new(digits);
    let mut ends: Vec<[Option<Range<usize>>; 2]> = vec![[None, None]; marks.len()];
    for (number, pieces) in &rows {
        let line = &source.text()[source.line(*number)];
        let cut = cut_with_labels(line, pieces, marks, columns);
        let base = lines.push(number + 1, &cut.text);
        for ((mark, _), range) in pieces.iter().zip(cut.marks) {
            let range = base + range.start..base + range.end;
            ends[*mark][0].get_or_insert_with(|| range.clone());
            ends[*mark][1] = Some(range);
        }
    }
    let labels = labels(marks, &ends, &lines, columns);
    text.push_str(&lines.numbered(&drawn(&lines, labels, severity, style), style));
    text
}

/// A label begins below the middle of its mark, this many columns further right.
const ARM: usize = 4;
/// Labels are broken into lines no shorter than this.
const SHORTEST_LABEL: usize = 24;

/// Cuts a line so that the labels below its marks fit too.
fn cut_with_labels(line: &str, pieces: &[(usize, Range<usize>)], marks: &[Mark], columns: usize) -> Cut {
    let ranges: Vec<_> = pieces.iter().map(|(_, range)| range.clone()).collect();
    let whole = cut(line, &ranges, columns);
    let beyond = |((mark, _), range): (&(usize, Range<usize>), &Range<usize>)| {
        let half = width(&whole.text[range.clone()]) / 2;
        let label = ARM + width(marks[*mark].message).min(SHORTEST_LABEL);
        (width(&whole.text[..range.start]) + half + label > columns).then(|| label.saturating_sub(half))
    };
    match pieces.iter().zip(&whole.marks).filter_map(beyond).max() {
        Some(room) => cut(line, &ranges, columns.saturating_sub(room)),
        None => whole,
    }
}

/// The lines that hold marks (from 0), each with the pieces of marks on it as ranges in the line.
fn rows(source: &Source, marks: &[Mark]) -> BTreeMap<usize, Vec<(usize, Range<usize>)>> {
    let mut rows: BTreeMap<usize, Vec<(usize, Range<usize>)>> = BTreeMap::new();
    for (index, mark) in marks.iter().enumerate() {
        let range = without_outer_space(source, mark.span);
        let first = source.line_of(range.start);
        let last = source.line_of(range.end).max(first);
        let last = if last - first < MOST_LINES { last } else { first };
        for number in first..=last {
            let line = source.line(number);
            let clip = |offset: usize| offset.clamp(line.start, line.end) - line.start;
            rows.entry(number).or_default().push((index, clip(range.start)..clip(range.end)));
        }
    }
    rows
}

/// A mark that spans lines begins and ends at a character that is seen.
fn without_outer_space(source: &Source, span: Span) -> Range<usize> {
    let range = source.range(span);
    let text = &source.text()[range.clone()];
    let inner = text.trim();
    if inner.is_empty() || !text.contains(['\n', '\r']) {
        return range;
    }
    let start = range.start + text.len() - text.trim_start().len();
    start..start + inner.len()
}

/// The marks as miette wants them: byte ranges of the lines that are drawn.
fn labels(
    marks: &[Mark],
    ends: &[[Option<Range<usize>>; 2]],
    lines: &Lines,
    columns: usize,
) -> Vec<(bool, LabeledSpan)> {
    let mut labels = Vec::with_capacity(marks.len());
    for (mark, ends) in marks.iter().zip(ends) {
        let [Some(first), Some(last)] = ends else { continue };
        let column = width(lines.before(first.start)) + width(&lines.text()[first.clone()]) / 2;
        let room = columns.saturating_sub(column + ARM).max(SHORTEST_LABEL);
        let message = (!mark.message.is_empty()).then(|| wrap(mark.message, room).join("\n"));
        let label = LabeledSpan::new(message, first.start, last.end - first.start);
        labels.push((mark.is_primary, label));
    }
    labels.sort_by_key(|(_, label)| label.offset());
    labels
}

/// What miette draws below the head of the frame.
fn drawn(lines: &Lines, labels: Vec<(bool, LabeledSpan)>, severity: Severity, style: &Style) -> String {
    let colors = if style.color { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let primary = match severity {
        Severity::Error => colors.error,
        Severity::Warning => colors.warning,
        Severity::Info => colors.advice,
    };
    let styles = labels.iter().map(|(is_primary, _)| if *is_primary { primary } else { colors.advice }).collect();
    let styles = ThemeStyles { highlights: styles, ..ThemeStyles::none() };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_context_lines(0)
        .without_cause_chain()
        .without_syntax_highlighting()
        .with_wrap_lines(false);
    let labels = labels.into_iter().map(|(_, label)| label).collect();
    let mut text = String::new();
    let picture = lines::Picture { lines, labels };
    handler.render_report(&mut text, &picture).expect("a string takes every text, and every label lies in the lines");
    text
}
