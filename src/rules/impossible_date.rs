//! Dates that the calendar does not have: `2025-02-30`, `2025-13-09`.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::language::date::{self, Date};
use crate::note::Note;
use crate::rule::dates::places;
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ImpossibleDate {}

impl Rule for ImpossibleDate {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        if let Some((_, date)) = date::leading(note.path.stem()).filter(|(_, date)| is_impossible(*date)) {
            let message = format!("the file name begins with {date}, a {} that the calendar does not have", measure(date));
            diagnostics.report(note.id, Span::at(0), message).help("rename the note").at_most(Severity::Warning);
        }
        for group in grouped(found(note, settings)) {
            let (first, rest) = group.split_first().expect("a group has a first place");
            let diagnostic = diagnostics.report(note.id, first.span, format!("{} does not exist", first.date));
            diagnostic.label(format!("no such {}", measure(first.date))).help(reason(first.date));
            if group.iter().all(|place| !place.is_certain) {
                diagnostic.at_most(Severity::Warning);
            }
            for other in rest {
                diagnostic.related(note.id, other.span, "here too");
            }
        }
    }
}

/// A date that does not exist.
#[derive(Clone, Copy)]
struct Impossible {
    span: Span,
    date: Date,
    /// A date is wanted there; in prose it may be an example.
    is_certain: bool,
}

fn found(note: &Note, settings: &Settings) -> Vec<Impossible> {
    let mut found: Vec<Impossible> = Vec::new();
    for place in places(note, settings) {
        let date = place.date().filter(|date| is_impossible(*date));
        found.extend(date.map(|date| Impossible { span: place.span, date, is_certain: true }));
    }
    let is_known = known(&found);
    let values = whole_values(note).filter(|(_, span)| !is_known(*span));
    found.extend(values.map(|(date, span)| Impossible { span, date, is_certain: false }));
    for entry in note.entries() {
        let date = entry.date.filter(|date| is_impossible(*date));
        found.extend(date.map(|date| Impossible { span: entry.date_span, date, is_certain: true }));
    }
    let is_known = known(&found);
    let mut end = 0;
    for prose in note.prose_dates() {
        let is_new = prose.span.start >= end && !is_known(prose.span);
        if is_new && is_impossible(prose.found.date) && is_unmistakable(prose.span.of(&note.text)) {
            end = prose.span.end;
            found.push(Impossible { span: prose.span, date: prose.found.date, is_certain: false });
        }
    }
    found.sort_by_key(|place| place.span);
    found
}

/// Returns whether a span overlaps any of these places, told in no time however many they are.
fn known(places: &[Impossible]) -> impl Fn(Span) -> bool + use<> {
    let mut spans: Vec<Span> = places.iter().map(|place| place.span).collect();
    spans.sort();
    // Each reaches as far as those before it.
    let mut reach = 0;
    for span in &mut spans {
        reach = span.end.max(reach);
        span.end = reach;
    }
    move |span| {
        let before = spans.partition_point(|known| known.start < span.end);
        spans[..before].last().is_some_and(|last| last.end > span.start)
    }
}

/// A property of any name whose whole value is an impossible day or week in ISO form: `signed: 2025-02-30`, `week: 2025-W53`,
/// not `id: 2025-02-30`.
fn whole_values(note: &Note) -> impl Iterator<Item = (Date, Span)> {
    let is_number = |key: &str| key.rsplit(['_', '-', ' ']).next().is_some_and(|word| NUMBERS.contains(&word));
    let properties = note
        .outline
        .top_level()
        .iter()
        .filter(move |property| !is_number(&note.outline.str(property.key).to_lowercase()));
    let texts = properties.flat_map(|property| note.outline.texts(property));
    texts.filter(|(text, _)| matches!(text.len(), 8 | 10)).filter_map(|(text, span)| {
        let date = date::parse(text).filter(|date| is_impossible(*date))?;
        let is_whole = match date {
            Date::Week { .. } => text.len() == 8 && text.as_bytes()[4] == b'-',
            date => text.len() == 10 && date.is_full_day() && is_unmistakable(text),
        };
        is_whole.then_some((date, span))
    })
}

/// Names of what may look like a date and is none.
const NUMBERS: [&str; 20] = [
    "article", "case", "code", "doi", "hash", "id", "invoice", "isbn", "issn", "key", "number", "order", "part", "phone", "ref",
    "serial", "sku", "ticket", "uid", "version",
];

/// The same wrong date twice is one mistake.
fn grouped(found: Vec<Impossible>) -> Vec<Vec<Impossible>> {
    let mut groups: Vec<Vec<Impossible>> = Vec::new();
    for place in found {
        match groups.iter_mut().find(|group| group[0].date == place.date) {
            Some(group) => group.push(place),
            None => groups.push(vec![place]),
        }
    }
    groups
}

/// A number that only looks like a date is left alone: its year is not of our time.
fn is_impossible(date: Date) -> bool {
    let year = match date {
        Date::Day { year: Some(year), .. } | Date::Week { year, .. } | Date::Month { year: Some(year), .. } => year,
        _ => return false,
    };
    !date.exists() && (1900..=2100).contains(&year)
}

/// In prose only a whole day in ISO form or with the month's name counts: `2025-20` may be a range, `30.02.2025` a version.
fn is_unmistakable(written: &str) -> bool {
    let is_iso = written.len() == 10 && written.as_bytes()[4] == b'-';
    let is_named = written.bytes().filter(u8::is_ascii_alphabetic).count() >= 3;
    is_iso && !written.contains('W') || is_named
}

/// What a date is one of.
fn measure(date: Date) -> &'static str {
    match date {
        Date::Week { .. } => "week",
        Date::Month { .. } => "month",
        _ => "day",
    }
}

fn reason(date: Date) -> String {
    match date {
        Date::Day { year: Some(year), month, day } if (1..=12).contains(&month) && day > 0 => {
            let days = (28..=31).rev().find(|day| Date::Day { year: Some(year), month, day: *day }.exists());
            format!("{} {year} has {} days", date::month_name(month), days.unwrap_or(31))
        }
        Date::Day { month, .. } | Date::Month { month, .. } if !(1..=12).contains(&month) => {
            format!("{month:02} is no month")
        }
        Date::Week { year, week } => format!("the year {year} has no week {week:02}"),
        _ => "write a day that exists, such as 2025-10-30".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Impossible, Span, known};

    #[test]
    fn places_are_known_as_if_each_were_asked() {
        let mut below = crate::text::random_below();
        let mut span = || {
            let start = below(60);
            Span::new(start, start + 1 + below(8))
        };
        for count in [0, 1, 2, 5, 9] {
            for _ in 0..200 {
                let place = |span| Impossible { span, date: Date::Year(2025), is_certain: true };
                let places: Vec<Impossible> = (0..count).map(|_| place(span())).collect();
                let asked = span();
                let expected = places.iter().any(|place| place.span.overlaps(asked));
                assert_eq!(known(&places)(asked), expected, "{asked:?}");
            }
        }
    }
}
