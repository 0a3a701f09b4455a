//! Two dates of one note that should be the same, or stand in an order, and do not.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date::{self, Date, weekday_name};
use crate::note::{Entry, Note, ProseDate};
use crate::rule::dates::{Place, Role, name_date, name_weekday, places, stands_beside};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MismatchedDate {}

impl Rule for MismatchedDate {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        check_entries(note, diagnostics);
        let places = places(note, settings);
        let is_day = |date: &Date| date.is_full_day() && date.exists() && !names_a_span(note.path.stem());
        if let Some(name) = name_date(note, settings).filter(is_day) {
            for place in places.iter().filter(|place| place.in_property && place.role == Role::Day) {
                check_against_name(note, place, name, diagnostics);
            }
        }
        check_name_weekday(note, settings, diagnostics);
        check_order(note, &places, diagnostics);
        for date in note.prose_dates() {
            check_weekday(note, date, diagnostics);
        }
    }
}

fn check_entries(note: &Note, diagnostics: &mut Diagnostics) {
    let entries = note.entries();
    let linked: Vec<(&Entry, Date, Span)> = entries.iter().filter_map(linked).collect();
    let list = |entry: &Entry| note.body.items[entry.item].list;
    let agrees = |entry: &Entry, date: Date| entry.date.is_some_and(|own| own.agrees(date));
    let mut lists: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (entry, link_date, _) in &linked {
        let (same, different) = lists.entry(list(entry)).or_default();
        *(if agrees(entry, *link_date) { same } else { different }) += 1;
    }
    for (entry, link_date, span) in &linked {
        let (same, different) = lists[&list(entry)];
        // A list in which most entries link to other days is no list of links to their own notes.
        if agrees(entry, *link_date) || different > same.max(1) || !stands_for_its_link(note, entry) {
            continue;
        }
        let (own, written) = (entry.date_span.of(&note.text), span.of(&note.text));
        let message = format!("the entry is dated {own}, its link {written}");
        let diagnostic = diagnostics.report(note.id, entry.date_span, message);
        diagnostic.label("the entry's date").related(note.id, *span, "the link's date");
        diagnostic.help(format!("write {written} if the link is right"));
        diagnostic.fix(Fix::unsafe_because(
            format!("write `{written}`, as in the link"),
            "the link may be the wrong one of the two",
            vec![Edit::replace(note.id, entry.date_span, written)],
        ));
    }
}

fn linked(entry: &Entry) -> Option<(&Entry, Date, Span)> {
    entry.date?.days()?;
    let (link_date, span) = entry.link_date.filter(|(date, _)| date.days().is_some())?;
    Some((entry, link_date, span))
}

/// The link is what the entry is about: it ends the entry, or a dash, a colon or a bracket follows it. A sentence that
/// goes on after the link, and a task, may well speak of another day's note.
fn stands_for_its_link(note: &Note, entry: &Entry) -> bool {
    let item = &note.body.items[entry.item];
    let first = note.outline.links.partition_point(|link| link.span.start < entry.date_span.end);
    let Some(link) = note.outline.links.get(first) else { return false };
    let rest = note.text[link.span.end as usize..item.text_span.end as usize].trim_start_matches(['*', '_', ')', ']', ' ']);
    item.task.is_none() && (rest.is_empty() || rest.starts_with(['-', '–', '—', ':', '(', '\n', '\r', '|', ',', ';']))
}

/// `2026-03-02 to 2026-03-06 Offsite`, `2026-03-02..06`: any day of them may be the note's.
fn names_a_span(name: &str) -> bool {
    let dates = date::dates(name);
    let goes_on = |range: &Range<usize>| {
        let rest = name[range.end..].trim_start_matches([' ', '.', '-', '–', '—']);
        let is_joined = rest.len() < name.len() - range.end && !name[range.end..].starts_with(' ');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        is_joined && (1..=2).contains(&digits)
    };
    dates.len() > 1 || dates.first().is_some_and(|date| goes_on(&date.range))
}

fn check_against_name(note: &Note, place: &Place, name: Date, diagnostics: &mut Diagnostics) {
    let Some(date) = place.date().filter(|date| date.days().is_some() && !date.agrees(name)) else { return };
    let message = format!("`{}` says {date}, the note's name {name}", place.name);
    let diagnostic = diagnostics.report(note.id, place.span, message);
    diagnostic.label("another day than the name's").help(format!("write {name}, or rename the note"));
    if place.text.len() == 10 {
        let quoted = place.span.of(&note.text).replace(place.text, &name.to_string());
        diagnostic.fix(Fix::unsafe_because(
            format!("write `{name}`, as in the name"),
            "the name may be the wrong one of the two",
            vec![Edit::replace(note.id, place.span, quoted)],
        ));
    }
}

/// `2025-10-30 Friday.md`: the name states a day and another weekday.
fn check_name_weekday(note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
    let Some((date, stated)) = name_weekday(note, settings) else { return };
    let Some(actual) = date.weekday().filter(|actual| *actual != stated && date.is_full_day()) else { return };
    let message = format!("the file name says {}, but {date} is a {}", weekday_name(stated), weekday_name(actual));
    diagnostics.report(note.id, Span::at(0), message).help("rename the note: the day or the weekday is wrong");
}

/// What must not come before what: the later first. A meeting is often written down after its end, so that `end` may well
/// precede `created`.
const ORDER: [(Role, Role); 4] = [
    (Role::Due, Role::Created),
    (Role::Due, Role::Start),
    (Role::End, Role::Start),
    (Role::Done, Role::Created),
];

fn check_order(note: &Note, places: &[Place], diagnostics: &mut Diagnostics) {
    for later in places {
        let earlier = places.iter().find(|earlier| {
            let is_pair = ORDER.contains(&(later.role, earlier.role));
            is_pair && earlier.item == later.item && is_before(later, earlier)
        });
        let Some(earlier) = earlier else { continue };
        let message = format!("`{}` ({}) is before `{}` ({})", later.name, later.text, earlier.name, earlier.text);
        let diagnostic = diagnostics.report(note.id, later.span, message);
        diagnostic.label("the earlier day").related(note.id, earlier.span, "the later day");
        diagnostic.help("one of the two is wrong");
    }
}

fn is_before(one: &Place, another: &Place) -> bool {
    let (Some(one), Some(another)) = (one.date(), another.date()) else { return false };
    one.compare(another) == Some(std::cmp::Ordering::Less)
}

/// `Monday to Friday`, `Sat & Sun`: the dates of such days are told one by one.
fn ends_a_range(before: &str) -> bool {
    const BETWEEN: [&str; 16] =
        ["to", "until", "till", "through", "and", "or", "bis", "und", "oder", "-", "–", "—", "&", "/", "+", ","];
    let before = before.trim_end();
    let Some(day) = BETWEEN.iter().find_map(|between| before.strip_suffix(between)) else { return false };
    let day = day.trim_end().trim_end_matches('.');
    let day = day.rsplit(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
    matches!(date::parse(day), Some(Date::Weekday(_)))
}

/// `Thu 2026-03-05, Wed. 2026-03-04`: a day between two dates is that of the second.
fn begins_another_date(date: &ProseDate, weekday: Span, text: &str) -> bool {
    let rest = text[weekday.range().end..].trim_start_matches(['.', ',', ':', ' ']);
    weekday.start > date.span.start && rest.starts_with(|next: char| next.is_ascii_digit())
}

fn check_weekday(note: &Note, date: &ProseDate, diagnostics: &mut Diagnostics) {
    let Some((stated_day, range)) = date.found.weekday.zip(date.found.weekday_range.clone()) else { return };
    let span = Span::new(range.start, range.end).shifted(date.base);
    let actual = date.found.date.weekday().filter(|actual| *actual != stated_day && date.found.date.is_full_day());
    let is_of_the_day = stands_beside(&note.text, &date.span.range(), &span.range())
        && !ends_a_range(&note.text[..span.range().start])
        && !begins_another_date(date, span, &note.text);
    let Some(actual) = actual.filter(|_| is_of_the_day) else { return };
    let (day, stated) = (date.span.of(&note.text), span.of(&note.text));
    let message = format!("{day} is a {}, not a {}", weekday_name(actual), weekday_name(stated_day));
    let diagnostic = diagnostics.report(note.id, span, message);
    diagnostic.label("another weekday").related(note.id, date.span, format!("a {}", weekday_name(actual)));
    diagnostic.help("the day or the weekday is wrong");
    let name = weekday_name(actual);
    let written = if stated.len() <= 3 { &name[..3] } else { name };
    // In a link it is the name of a note.
    let is_name = note.outline.links.iter().any(|link| link.target_span.overlaps(span));
    if !is_name && (stated.len() <= 3 || stated.ends_with("day")) {
        diagnostic.fix(Fix::unsafe_because(
            format!("write `{written}`"),
            "the date may be the wrong one of the two",
            vec![Edit::replace(note.id, span, written)],
        ));
    }
}
