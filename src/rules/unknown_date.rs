//! Words such as `unknown` or `TBD` where a date belongs: in dated lists and in date properties.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date;
use crate::note::{Entry, Note, newest};
use crate::rule::dates::{Place, places};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnknownDate {}

impl Rule for UnknownDate {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        let entries = note.entries();
        for place in places(note, settings).iter().filter(|place| date::is_placeholder(place.text)) {
            report_place(note, place, settings, diagnostics);
        }
        let list = |entry: &Entry| note.body.items[entry.item].list;
        let dated: BTreeSet<u32> = entries.iter().filter(|entry| entry.date.is_some()).map(list).collect();
        for entry in entries.iter().filter(|entry| entry.date.is_none()) {
            if dated.contains(&list(entry)) || entry.link_date.is_some() {
                check_entry(note, entry, diagnostics);
            }
        }
    }

    fn asks_for_today(&self) -> bool {
        true
    }
}

fn check_entry(note: &Note, entry: &Entry, diagnostics: &mut Diagnostics) {
    let word = entry.date_span.of(&note.text);
    let diagnostic = diagnostics.report(note.id, entry.date_span, format!("`{word}` stands where the entry's date belongs"));
    diagnostic.label("no date");
    match entry.link_date {
        Some((date, span)) if date.exists() => {
            let written = span.of(&note.text);
            diagnostic.help(format!("the entry's own link says {written}")).related(note.id, span, "the link's date");
            diagnostic.fix(Fix::safe(
                format!("write `{written}`, as in the link"),
                vec![Edit::replace(note.id, entry.date_span, written)],
            ));
        }
        _ => {
            diagnostic.help("write the day the entry is about, such as 2025-10-30, or the month, such as 2025-10");
        }
    }
}

fn report_place(note: &Note, place: &Place, settings: &Settings, diagnostics: &mut Diagnostics) {
    let message = format!("`{}` stands where the date of `{}` belongs", place.text, place.name);
    let diagnostic = diagnostics.report(note.id, place.span, message);
    diagnostic.label("no date");
    let name = place.name.to_lowercase().replace(['-', ' '], "_");
    let newest = newest(note, note.entries(), settings.today).filter(|_| place.in_property && name == "last_contact");
    let Some((_, span)) = newest else {
        let empty = if place.in_property { "leave the value empty" } else { "take it out" };
        diagnostic.help(format!("write a day such as 2025-10-30, or {empty}"));
        return;
    };
    let newest = span.of(&note.text);
    diagnostic.help(format!("the newest dated entry of this note is {newest}")).related(note.id, span, "the newest entry");
    diagnostic.fix(Fix::unsafe_because(
        format!("write `{newest}`, the newest entry's date"),
        "the last contact may be one that is not listed here",
        vec![Edit::replace(note.id, place.span, place.span.of(&note.text).replace(place.text, newest))],
    ));
}
