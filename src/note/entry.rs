//! Dated entries: list items that begin with a date, or with a word that stands where a date belongs.

use super::{Item, Link, LinkKind, Note};
use crate::language::date::{self, Date};
use crate::text::{Span, last_component, words};

/// One entry of a dated list: `- 2025-10-30: …` or `- unknown: …`.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Index of the item in the body.
    pub item: usize,
    /// The date or the word in its place.
    pub date_span: Span,
    /// `None` where a word such as `unknown` stands.
    pub date: Option<Date>,
    /// The date that the target of the link right after the date begins with, and where it stands.
    pub link_date: Option<(Date, Span)>,
}

impl Note {
    /// Returns the dated entries of the note in document order. They are looked for once, however many rules ask.
    pub fn entries(&self) -> &[Entry] {
        let items = self.body.items.iter().enumerate();
        self.entries.get_or_init(|| items.filter_map(|(index, item)| entry(self, index, item)).collect())
    }
}

fn entry(note: &Note, index: usize, item: &Item) -> Option<Entry> {
    let text = item.text_span.of(&note.text);
    let marks = text.bytes().take_while(|byte| matches!(byte, b'*' | b'_' | b'[' | b'(' | b' ')).count();
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
    Some(Entry { item: index, date_span, date, link_date: link_date(note, item, date_span) })
}

/// So many bytes of a word may stand before the colon or dash.
const MOST_BEFORE: usize = 16;

/// The length of a word before a colon or dash that stands where a date belongs.
fn placeholder(head: &str) -> Option<usize> {
    if !date::may_be_placeholder(head) {
        return None;
    }
    let near = head.char_indices().take_while(|(at, _)| *at <= MOST_BEFORE);
    let (end, _) = near.into_iter().find(|(_, sign)| matches!(sign, ':' | '–' | '—' | '\n'))?;
    let word = head[..end].trim_end_matches(['*', '_', ']', ')', ' ']);
    date::is_placeholder(word).then_some(word.len())
}

fn starts_with_dash(text: &str) -> bool {
    let text = text.strip_prefix(' ').unwrap_or(text);
    ["- ", "– ", "— "].iter().any(|dash| text.starts_with(dash))
}

/// Only a link counts that nothing but marks stands before: `- 2025-10-30: see [[2025-10-01 - Plan]]` names another day.
fn link_date(note: &Note, item: &Item, date_span: Span) -> Option<(Date, Span)> {
    let first = note.outline.links.partition_point(|link| link.span.start < date_span.end);
    let is_link = |link: &&Link| link.kind == LinkKind::Wikilink && !link.embed && item.text_span.covers(link.span);
    let link = note.outline.links[first..].iter().next().filter(is_link)?;
    let between = &note.text[date_span.end as usize..link.span.start as usize];
    if between.chars().any(char::is_alphanumeric) {
        return None;
    }
    let target = note.outline.str(link.target);
    let name = last_component(target);
    let (range, date) = date::leading(name)?;
    let start = link.target_span.start as usize + target.len() - name.len() + range.start;
    let span = Span::new(start, start + range.len());
    // The target is decoded: the place counts only if it says the same as written.
    (note.text.get(span.range()) == name.get(range)).then_some((date, span))
}

/// Returns the newest day or month among the entries that tell what happened: no task, and nothing under a heading that
/// speaks of what is to come. Days after `today` are to come, too.
pub fn newest(note: &Note, entries: &[Entry], today: Option<jiff::civil::Date>) -> Option<(Date, Span)> {
    let dated = entries.iter().filter(|entry| !is_plan(note, &note.body.items[entry.item]));
    let dated = dated.filter_map(|entry| Some((entry.date?, entry.date_span)));
    let has_been = |date: &Date| date.days().is_some_and(|(first, _)| today.is_none_or(|today| first <= today));
    dated.filter(|(date, _)| has_been(date)).max_by_key(|(date, span)| (date.days(), std::cmp::Reverse(*span)))
}

fn is_plan(note: &Note, item: &Item) -> bool {
    const WORDS: [&str; 18] = [
        "agenda",
        "anniversaries",
        "birthday",
        "birthdays",
        "deadline",
        "deadlines",
        "forecast",
        "future",
        "milestones",
        "next",
        "plan",
        "planned",
        "plans",
        "roadmap",
        "schedule",
        "timeline",
        "todo",
        "upcoming",
    ];
    let heading =
        item.heading.map(|heading| note.outline.headings[heading as usize].text_span.of(&note.text).to_lowercase());
    let of_plans = |heading: String| words(&heading).any(|word| WORDS.contains(&word));
    item.task.is_some() || heading.is_some_and(of_plans)
}
