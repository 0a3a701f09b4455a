//! Dated entries: list items that begin with a date, or with a word that stands where a date belongs.

use super::{Item, Link, LinkKind, Note};
use crate::language::date::{self, Date};
use crate::text::Span;

/// One entry of a dated list: `- 2025-10-30: …` or `- unknown: …`.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Index of the item in the outline.
    pub item: usize,
    /// The date or the word in its place.
    pub date_span: Span,
    /// `None` where a word such as `unknown` stands.
    pub date: Option<Date>,
    /// The date that the target of the entry's first link begins with, and where it stands.
    pub link_date: Option<(Date, Span)>,
}

/// Returns the dated entries of a note in document order.
pub fn entries(note: &Note) -> Vec<Entry> {
    let items = note.outline.items.iter().enumerate();
    items.filter_map(|(index, item)| entry(note, index, item)).collect()
}

fn entry(note: &Note, index: usize, item: &Item) -> Option<Entry> {
    let text = item.text_span.of(&note.text);
    let marks = text.len() - text.trim_start_matches(['*', '_', '[', '(', ' ']).len();
    let head = &text[marks..];
    let (length, date) = match date::leading(head) {
        Some((range, date)) => (range.end, Some(date)),
        None => (placeholder(head)?, None),
    };
    let rest = head[length..].trim_start_matches(['*', '_', ']', ')']);
    if !rest.starts_with(':') && !starts_with_dash(rest) {
        return None;
    }
    let start = item.text_span.start as usize + marks;
    let date_span = Span::new(start, start + length);
    Some(Entry { item: index, date_span, date, link_date: link_date(note, item) })
}

/// The length of a word before a colon or dash that stands where a date belongs.
fn placeholder(head: &str) -> Option<usize> {
    let end = head.find([':', '–', '—', '\n']).filter(|end| *end <= 16)?;
    let word = head[..end].trim_end_matches(['*', '_', ']', ')', ' ']);
    date::is_placeholder(word).then_some(word.len())
}

fn starts_with_dash(text: &str) -> bool {
    let text = text.strip_prefix(' ').unwrap_or(text);
    ["- ", "– ", "— "].iter().any(|dash| text.starts_with(dash))
}

/// Only the first link of the item counts, and only if nothing but marks stands between it and the date.
fn link_date(note: &Note, item: &Item) -> Option<(Date, Span)> {
    let first = note.outline.links.partition_point(|link| link.span.start < item.text_span.start);
    let is_link = |link: &&Link| link.kind == LinkKind::Wikilink && !link.embed && item.text_span.covers(link.span);
    let link = note.outline.links[first..].iter().next().filter(is_link)?;
    let target = note.outline.str(link.target);
    let name = target.rsplit('/').next().unwrap_or(target);
    let (range, date) = date::leading(name)?;
    let start = link.target_span.start as usize + target.len() - name.len() + range.start;
    Some((date, Span::new(start, start + range.len())))
}

/// Returns the newest day or month among the dated entries.
pub fn newest(entries: &[Entry]) -> Option<(Date, Span)> {
    let dated = entries.iter().filter_map(|entry| Some((entry.date?, entry.date_span)));
    dated.filter(|(date, _)| date.days().is_some()).max_by_key(|(date, span)| (date.days(), std::cmp::Reverse(*span)))
}
