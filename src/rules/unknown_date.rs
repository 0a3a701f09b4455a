//! Words such as `unknown` or `TBD` where a date belongs: in dated lists and in date properties.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date;
use crate::note::{Entry, Note, Property, ValueKind, entries, newest};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::{PropertyType, Settings};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnknownDate {}

impl Rule for UnknownDate {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        let entries = entries(note);
        for property in note.outline.top_level() {
            check_property(note, property, &entries, settings, diagnostics);
        }
        for entry in entries.iter().filter(|entry| entry.date.is_none()) {
            let is_dated_list = entries.iter().any(|other| {
                other.date.is_some() && note.outline.items[other.item].list == note.outline.items[entry.item].list
            });
            if is_dated_list || entry.link_date.is_some() {
                check_entry(note, entry, diagnostics);
            }
        }
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

fn check_property(
    note: &Note,
    property: &Property,
    entries: &[Entry],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let key = note.outline.str(property.key);
    let ValueKind::Text { value, .. } = property.value.kind else { return };
    let value = note.outline.str(value);
    if !is_date_property(key, settings) || !date::is_placeholder(value) {
        return;
    }
    let message = format!("`{value}` stands where the date of `{key}` belongs");
    let diagnostic = diagnostics.report(note.id, property.value.span, message);
    diagnostic.label("no date");
    let newest = newest(entries).filter(|_| key.eq_ignore_ascii_case("last_contact") || key.eq_ignore_ascii_case("last-contact"));
    let Some((_, span)) = newest else {
        diagnostic.help("write a day such as 2025-10-30, or leave the value empty");
        return;
    };
    let newest = span.of(&note.text);
    diagnostic.help(format!("the newest dated entry of this note is {newest}")).related(note.id, span, "the newest entry");
    diagnostic.fix(Fix::unsafe_because(
        format!("write `{newest}`, the newest entry's date"),
        "the last contact may be one that is not listed here",
        vec![Edit::replace(note.id, property.value.span, newest)],
    ));
}

/// A property that holds a date by the vault's own types, or by its name.
fn is_date_property(key: &str, settings: &Settings) -> bool {
    let key = key.to_lowercase();
    match settings.obsidian.types.get(&key) {
        Some(PropertyType::Date | PropertyType::DateTime) => return true,
        Some(_) => return false,
        None => {}
    }
    let words: Vec<&str> = key.split(['_', '-', ' ']).collect();
    let last = words.last().copied().unwrap_or_default();
    matches!(last, "date" | "due" | "deadline" | "birthday" | "created" | "updated" | "modified")
        || words[0] == "last" && matches!(last, "contact" | "contacted" | "met" | "seen" | "meeting" | "call" | "review" | "reviewed")
        || words[0] == "next" && matches!(last, "contact" | "meeting" | "call" | "review")
        || words[0] == "date" && words.len() > 1
}
