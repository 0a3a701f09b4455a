//! `last_contact` older than the newest dated entry of the note.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date;
use crate::note::{Note, ValueKind, newest};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct StaleDate {
    /// Properties that say when something last happened.
    pub properties: Vec<String>,
}

impl Default for StaleDate {
    fn default() -> StaleDate {
        StaleDate { properties: ["last_contact", "last-contact", "last contact"].map(str::to_owned).to_vec() }
    }
}

impl Rule for StaleDate {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        for name in &self.properties {
            let Some(property) = note.outline.property(name) else { continue };
            let ValueKind::Text { value, .. } = property.value.kind else { continue };
            let Some(written) = date::parse(note.outline.str(value)) else { continue };
            let Some((newest, span)) = newest(note, note.entries(), settings.today) else { continue };
            if written.compare(newest) != Some(std::cmp::Ordering::Less) {
                continue;
            }
            let newest = span.of(&note.text);
            let key = note.outline.str(property.key);
            let message = format!("`{key}` is older than the newest entry, {newest}");
            let diagnostic = diagnostics.report(note.id, property.value.span, message);
            diagnostic.label("older").related(note.id, span, "the newest entry");
            diagnostic.help("set it to the newest entry's date, if that was a contact");
            if written.is_full_day() && date::parse(newest).is_some_and(date::Date::is_full_day) {
                // The quotes stay, if the value has any.
                let written = property.value.span.of(&note.text).replace(note.outline.str(value), newest);
                diagnostic.fix(Fix::unsafe_because(
                    format!("write `{newest}`"),
                    "the newest entry need not be a contact",
                    vec![Edit::replace(note.id, property.value.span, written)],
                ));
            }
        }
    }

    fn asks_for_today(&self) -> bool {
        true
    }
}
