//! Dated lists that run in neither direction.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date::Date;
use crate::note::{Entry, Note};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnsortedEntries {}

impl Rule for UnsortedEntries {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        let entries = note.entries();
        for list in lists(note, entries) {
            let dated: Vec<(Date, &Entry)> = list.iter().filter_map(|entry| Some((entry.date?, *entry))).collect();
            if dated.len() < 3 || dated.iter().any(|(date, _)| date.days().is_none()) {
                continue;
            }
            let newest_first = newest_first(&dated);
            let Some(wrong) = first_wrong(&dated, newest_first) else { continue };
            if first_wrong(&dated, !newest_first).is_none() {
                continue;
            }
            let order = if newest_first { "newest first" } else { "oldest first" };
            let message = format!("the list is mostly {order}, but not here");
            let diagnostic = diagnostics.report(note.id, wrong.date_span, message);
            diagnostic.label("out of order").help(format!("put the {} dated entries in one order", dated.len()));
            if let Some(edit) = sorted(note, &list, newest_first) {
                diagnostic.fix(Fix::safe(format!("sort the entries, {order}"), vec![edit]));
            }
        }
    }
}

/// Entries of one list, without tasks: their order may be the order of work.
fn lists<'a>(note: &Note, entries: &'a [Entry]) -> Vec<Vec<&'a Entry>> {
    let mut lists: Vec<(u32, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        let item = &note.body.items[entry.item];
        if item.task.is_some() || item.numbered {
            continue;
        }
        match lists.iter_mut().find(|(list, _)| *list == item.list) {
            Some((_, own)) => own.push(entry),
            None => lists.push((item.list, vec![entry])),
        }
    }
    lists.into_iter().map(|(_, own)| own).collect()
}

/// Returns the direction in which more neighbours stand.
fn newest_first(dated: &[(Date, &Entry)]) -> bool {
    let falls = dated.windows(2).filter(|pair| pair[0].0.days() > pair[1].0.days()).count();
    let rises = dated.windows(2).filter(|pair| pair[0].0.days() < pair[1].0.days()).count();
    let (first, last) = (dated.first().map(|first| first.0.days()), dated.last().map(|last| last.0.days()));
    falls > rises || falls == rises && first >= last
}

fn first_wrong<'a>(dated: &[(Date, &'a Entry)], newest_first: bool) -> Option<&'a Entry> {
    let wrong = dated.windows(2).find(|pair| {
        let order = if newest_first { pair[1].0.compare(pair[0].0) } else { pair[0].0.compare(pair[1].0) };
        order == Some(std::cmp::Ordering::Greater)
    });
    wrong.map(|pair| pair[1].1)
}

/// Tells whether more than its first lines belong to any of these items, one behind the other: a paragraph, a picture, code.
fn has_more_blocks(text: &str, items: &[Span]) -> bool {
    let is_mark = |sign: char| sign == '>' || sign.is_whitespace();
    let is_between = |pair: &[Span]| text.get(pair[0].end as usize..pair[1].start as usize).is_some_and(|gap| gap.chars().all(is_mark));
    let (Some(first), Some(last)) = (items.first(), items.last()) else { return false };
    let (before, after) = (&text[..first.start as usize], &text[last.end as usize..]);
    let column = before.len() - before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let next = after.split(['\n', '\r']).skip(1).find(|line| !line.chars().all(is_mark));
    let belongs = |line: &str| line.len() - line.trim_start_matches(is_mark).len() > column;
    !items.windows(2).all(is_between) || next.is_some_and(belongs)
}

/// One edit that reorders the items; only where every item of the list is a dated entry, without children or block ids,
/// and each is whole lines.
fn sorted(note: &Note, list: &[&Entry], newest_first: bool) -> Option<Edit> {
    let (outline, items) = (&note.outline, &note.body.items);
    let number = items[list.first()?.item].list;
    let same_list = items.iter().filter(|item| item.list == number).count();
    let first = list.first()?.item;
    let last = list.last()?.item;
    let is_plain = same_list == list.len() && last - first + 1 == list.len() && list.iter().all(|entry| entry.date.is_some());
    let has_child = items.iter().any(|item| item.parent.is_some_and(|parent| (first..=last).contains(&(parent as usize))));
    let span = Span { start: items[first].span.start, end: items[last].span.end };
    let has_block_id = outline.block_ids.iter().any(|block| span.covers(block.span));
    let has_suppression = outline.suppressions.iter().any(|suppression| span.overlaps(suppression.span));
    let spans: Vec<Span> = list.iter().map(|entry| items[entry.item].span).collect();
    if !is_plain || has_child || has_block_id || has_suppression || has_more_blocks(&note.text, &spans) {
        return None;
    }
    let mut order: Vec<usize> = (0..list.len()).collect();
    let days = |index: &usize| list[*index].date.and_then(Date::days);
    order.sort_by(|a, b| if newest_first { days(b).cmp(&days(a)) } else { days(a).cmp(&days(b)) });
    let mut text = String::with_capacity(span.len());
    for (place, from) in order.iter().enumerate() {
        if place > 0 {
            // What stands between two items (line ends, blank lines, marks of a quote) stays in its place.
            text.push_str(note.text.get(spans[place - 1].end as usize..spans[place].start as usize)?);
        }
        text.push_str(spans[*from].of(&note.text));
    }
    Some(Edit::replace(note.id, span, text))
}
