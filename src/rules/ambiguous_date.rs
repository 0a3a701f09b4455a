//! Dates such as `03/04/2025` that are one day in America and another in Europe.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date::Date;
use crate::note::{Note, ProseDate};
use crate::rule::dates::places;
use crate::rule::{Diagnostics, Rule};
use crate::text::{Span, next_byte};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AmbiguousDate {}

impl Rule for AmbiguousDate {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        if settings.obsidian.daily_format.as_deref().is_some_and(states_order) || !may_hold(&note.text) {
            return;
        }
        let prose = note.prose_dates();
        let mut found: Vec<(Span, Date)> = prose.iter().filter_map(|date| ambiguous(note, date)).collect();
        let own = places(note, settings).into_iter();
        found.extend(own.filter_map(|place| Some((place.span, place.date()?))));
        found.retain(|(_, date)| matches!(date, Date::Ambiguous { .. }));
        found.sort_by_key(|(span, _)| *span);
        found.dedup_by(|later, earlier| earlier.0.overlaps(later.0));
        let Some((first, rest)) = found.split_first().filter(|_| !order_is_known(note, prose)) else { return };
        report(note, *first, rest, diagnostics);
    }
}

fn report(note: &Note, (span, date): (Span, Date), rest: &[(Span, Date)], diagnostics: &mut Diagnostics) {
    let [month_first, day_first] = date.readings();
    let written = span.of(&note.text).trim_matches(['"', '\'']);
    let message = match rest.len() {
        0 => format!("`{written}` is {month_first} or {day_first}"),
        1 => format!("`{written}` is {month_first} or {day_first}; one more date like it in this note"),
        more => format!("`{written}` is {month_first} or {day_first}; {more} more dates like it in this note"),
    };
    let diagnostic = diagnostics.report(note.id, span, message);
    diagnostic.label("month or day first?").help("write the year first, as in 2025-10-30");
    for reading in [month_first, day_first] {
        let edit = Edit::replace(note.id, span, reading.to_string());
        let why = "only the writer knows which of the two days is meant";
        diagnostic.alternative(Fix::unsafe_because(format!("write `{reading}`"), why, vec![edit]));
    }
    for (other, _) in rest {
        diagnostic.related(note.id, *other, "here too");
    }
}

/// In prose the year must be written in full: `03/04/05` may be anything.
fn ambiguous(note: &Note, date: &ProseDate) -> Option<(Span, Date)> {
    let written = date.span.of(&note.text);
    (written.len() >= 8 && matches!(date.found.date, Date::Ambiguous { .. })).then_some((date.span, date.found.date))
}

/// Another date of the note that is clear, `12/31/2025`, tells in which order the writer writes; so does the order itself.
fn order_is_known(note: &Note, prose: &[ProseDate]) -> bool {
    let is_named = ["MM/DD", "DD/MM", "mm/dd", "dd/mm", "MM-DD-Y", "DD-MM-Y"].iter().any(|order| note.text.contains(order));
    is_named || prose.iter().any(|date| {
        let written = date.span.of(&note.text);
        let is_numeric = written.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'/' | b'-'));
        let begins_with_year = written.len() > 4 && written.as_bytes()[..4].iter().all(u8::is_ascii_digit);
        let is_clear = match date.found.date {
            Date::Day { month, day, .. } => month != day,
            _ => false,
        };
        is_numeric && !begins_with_year && is_clear
    })
}

/// The name of the daily notes says in which order the writer writes.
fn states_order(format: &str) -> bool {
    let year_first = format.trim_start_matches('[').starts_with(['Y', 'G', 'g']);
    !year_first && format.contains('D') && format.contains('M') && !format.contains("MMM")
}

/// Three numbers with slashes or hyphens between them: looked for first, since few notes have any.
fn may_hold(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = 0;
    while let Some(first) = next_byte(bytes, at, u8::is_ascii_digit) {
        at = first + digits(first);
        let Some(sign) = bytes.get(at).filter(|sign| matches!(sign, b'/' | b'-')) else { continue };
        at += 1;
        let second = digits(at);
        if (1..=2).contains(&second) && bytes.get(at + second) == Some(sign) {
            return true;
        }
    }
    false
}
