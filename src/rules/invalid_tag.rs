//! Entries of the property `tags` that are no tags, so Obsidian passes them over.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Note, Value, ValueKind, is_template_text};
use crate::parse::{invalid_tag_character, is_tag, yaml};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct InvalidTag {}

impl Rule for InvalidTag {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        let Some(tags) = note.outline.property("tags") else { return };
        if let ValueKind::List(range) = tags.value.kind {
            note.outline.list(range).iter().for_each(|value| check(note, value, diagnostics));
            return;
        }
        // A text with commas or spaces loses several tags at once: that is lost-value's.
        let is_several = matches!(tags.value.kind, ValueKind::Text { value, .. }
            if note.outline.str(value).contains(|c: char| c == ',' || c.is_whitespace()));
        if !is_several {
            check(note, &tags.value, diagnostics);
        }
    }
}

fn check(note: &Note, value: &Value, diagnostics: &mut Diagnostics) {
    let written = value.span.of(&note.text);
    let Some(reason) = reason(note, value) else { return };
    let name = match value.kind {
        ValueKind::Text { value, .. } => note.outline.str(value).trim(),
        _ => written,
    };
    let diagnostic = diagnostics.report(note.id, value.span, format!("`{name}` is no tag: {reason}"));
    diagnostic
        .label("no tag")
        .help("Obsidian passes it over; a tag is of letters, digits, `_`, `-` and `/`, with at least one letter");
    if !matches!(value.kind, ValueKind::Text { .. }) {
        return;
    }
    let write = |new: &str| {
        let new = if written.starts_with(['"', '\'']) { yaml::quote_like(written, new) } else { new.to_owned() };
        vec![Edit::replace(note.id, value.span, new)]
    };
    let name = name.strip_prefix('#').unwrap_or(name);
    let trimmed = name.trim_end_matches([',', ';']);
    let joined = name.split_whitespace().collect::<Vec<_>>().join("-");
    if trimmed != name && is_tag(trimmed) {
        diagnostic.fix(Fix::safe(format!("write `{trimmed}`"), write(trimmed)));
    } else if joined != name && is_tag(&joined) {
        let reason = "it may be meant as several tags";
        diagnostic.fix(Fix::unsafe_because(format!("write `{joined}`"), reason, write(&joined)));
    }
}

fn reason(note: &Note, value: &Value) -> Option<String> {
    let text = match value.kind {
        ValueKind::Text { value, .. } => note.outline.str(value).trim(),
        ValueKind::Integer(_) | ValueKind::Float(_) => return Some("a tag cannot be a number".to_owned()),
        ValueKind::Bool(_) => return Some("YAML reads a boolean".to_owned()),
        _ => return None,
    };
    let name = text.strip_prefix('#').unwrap_or(text);
    if is_template_text(text) || name.is_empty() {
        return None;
    }
    match invalid_tag_character(name) {
        Some(space) if space.is_whitespace() => Some("a tag has no spaces".to_owned()),
        Some(character) => Some(format!("`{character}` cannot stand in a tag")),
        None if name.bytes().all(|byte| byte.is_ascii_digit()) => Some("a tag needs a letter".to_owned()),
        None => None,
    }
}
