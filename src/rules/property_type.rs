//! Values that do not fit the type their property has in Obsidian.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::language::date::{self, Date};
use crate::note::{Note, Property, Value, ValueKind, has_anchor, is_template_text, unquoted_wikilink};
use crate::parse::yaml;
use crate::rule::{Diagnostics, Rule};
use crate::text::words as words_of;
use crate::vault::settings::{PropertyType as Type, Settings};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PropertyType {}

impl Rule for PropertyType {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        for property in note.outline.top_level() {
            let name = note.outline.str(property.key);
            let is_list = ["tags", "aliases", "cssclasses"].iter().any(|list| list.eq_ignore_ascii_case(name));
            if !is_list && settings.obsidian.types.is_empty() {
                continue;
            }
            let name = name.to_lowercase();
            if is_list {
                check_list(note, property, &name, diagnostics);
            } else if let Some(of_type) = settings.obsidian.types.get(&name) {
                check_type(note, property, *of_type, diagnostics);
            }
        }
    }
}

fn check_type(note: &Note, property: &Property, of_type: Type, diagnostics: &mut Diagnostics) {
    let value = &property.value;
    if fits(note, value, of_type) || unquoted_wikilink(note, value).is_some() {
        return;
    }
    let name = note.outline.str(property.key);
    let (is, example) = words(of_type);
    let diagnostic =
        diagnostics.report(note.id, value.span, format!("`{name}` is {is} in this vault, and this value is not"));
    diagnostic.label("does not fit").help(format!("Obsidian shows a type mismatch; write {example}"));
    if let Some(new) = converted(note, value, of_type).filter(|_| !has_anchor(note, value)) {
        diagnostic.fix(Fix::safe(format!("write `{new}`"), vec![Edit::replace(note.id, value.span, new)]));
    }
}

fn words(of_type: Type) -> (&'static str, &'static str) {
    match of_type {
        Type::Number => ("a number", "a number such as `4.5`"),
        Type::Checkbox => ("a checkbox", "`true` or `false`"),
        Type::Date => ("a date", "a day such as `2026-01-31`"),
        Type::DateTime => ("a date with time", "a day and a time such as `2026-01-31T09:30`"),
        Type::Text => ("a text", "a single text"),
        Type::List | Type::Tags | Type::Aliases => ("a list", "a list"),
    }
}

/// Only what is certainly a mismatch counts: zones, blanks for `T` and days in date-times are not judged.
fn fits(note: &Note, value: &Value, of_type: Type) -> bool {
    let text = match value.kind {
        ValueKind::Null => return true,
        ValueKind::Text { value, .. } => note.outline.str(value).trim(),
        _ => "",
    };
    let is_text = matches!(value.kind, ValueKind::Text { .. });
    if is_template_text(text) || is_text && text.is_empty() || matches!(value.kind, ValueKind::Map(_)) {
        return true;
    }
    let is_list = matches!(value.kind, ValueKind::List(_));
    match of_type {
        Type::Number => matches!(value.kind, ValueKind::Integer(_) | ValueKind::Float(_)) || is_text && is_number(text),
        Type::Checkbox => matches!(value.kind, ValueKind::Bool(_)),
        // Words such as `unknown` are unknown-date's business.
        Type::Date | Type::DateTime if is_text => {
            date::is_placeholder(text) || is_iso(text, of_type)
        }
        Type::Date | Type::DateTime => false,
        Type::Text => !is_list,
        Type::List | Type::Tags | Type::Aliases => true,
    }
}

fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit()) && text.parse::<f64>().is_ok()
}

fn is_iso(text: &str, of_type: Type) -> bool {
    let Some((day, time)) = text.split_at_checked(10) else { return false };
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    let time = time.strip_prefix(['T', 't', ' ']);
    let is_time = |time: &str| {
        let clock = time.as_bytes();
        clock.len() >= 5 && clock[2] == b':' && [0, 1, 3, 4].iter().all(|at| clock[*at].is_ascii_digit())
    };
    is_day
        && (text.len() == 10
            || of_type == Type::DateTime && time.is_some_and(is_time)
            || of_type == Type::Date && time.is_some())
}

/// The same value in the form of the type, if only one can be meant.
fn converted(note: &Note, value: &Value, of_type: Type) -> Option<String> {
    let ValueKind::Text { value: text, .. } = value.kind else { return None };
    let text = note.outline.str(text).trim();
    match of_type {
        Type::Checkbox => match text.to_lowercase().as_str() {
            "yes" | "true" | "on" => Some("true".to_owned()),
            "no" | "false" | "off" => Some("false".to_owned()),
            _ => None,
        },
        // The time of day would be lost.
        Type::Date if text.contains(':') => None,
        Type::Date => match date::parse(text)? {
            day @ Date::Day { year: Some(_), .. } if day.exists() && !states_another_weekday(text, day) => Some(day.to_string()),
            _ => None,
        },
        Type::DateTime => {
            let (day, rest) = text.split_at_checked(10)?;
            let time = rest.trim_start_matches([' ', '|', ',', '-', '@']);
            let new = format!("{day}T{time}");
            let is_exact = matches!(time.len(), 5 | 8) && is_iso(&new, of_type);
            is_exact.then_some(new)
        }
        _ => None,
    }
}

/// `Monday, 2024-01-05`, which is a Friday: one of the two is wrong.
fn states_another_weekday(text: &str, day: Date) -> bool {
    let stated = |word| if let Some(Date::Weekday(stated)) = date::parse(word) { Some(stated) } else { None };
    words_of(text).filter_map(stated).any(|stated| day.weekday() != Some(stated))
}

/// `tags`, `aliases` and `cssclasses` are lists of texts whatever the vault says.
fn check_list(note: &Note, property: &Property, name: &str, diagnostics: &mut Diagnostics) {
    let value = &property.value;
    match value.kind {
        ValueKind::Text { value: text, .. } => {
            let text = note.outline.str(text).trim();
            let is_several_tags = name == "tags" && text.contains(|c: char| c == ',' || c.is_whitespace());
            if !text.is_empty() && !is_several_tags && !is_template_text(text) {
                report_single(note, value, name, text, diagnostics);
            }
        }
        ValueKind::List(range) if name != "tags" => {
            note.outline.list(range).iter().for_each(|item| check_item(note, item, name, diagnostics));
        }
        _ if name != "tags" => check_item(note, value, name, diagnostics),
        _ => {}
    }
}

fn report_single(note: &Note, value: &Value, name: &str, text: &str, diagnostics: &mut Diagnostics) {
    let diagnostic = diagnostics.report(note.id, value.span, format!("`{name}` is a list, and this is a single text"));
    diagnostic.label("not a list").at_most(Severity::Info);
    let help = match text.contains(',') {
        true => format!("Obsidian reads the whole text, commas included, as one of the {name}"),
        false => "Obsidian reads the text as the only entry; the form it documents is a list".to_owned(),
    };
    diagnostic.help(help);
    if !text.contains(',') && !value.span.of(&note.text).contains('\n') && !has_anchor(note, value) {
        set_list(note, value, text, diagnostic);
    }
}

fn set_list(note: &Note, value: &Value, text: &str, diagnostic: &mut Diagnostic) {
    let written = value.span.of(&note.text);
    let new = if written.starts_with(['"', '\'']) { format!("[{written}]") } else { yaml::flow_list([text]) };
    diagnostic.fix(Fix::safe(format!("write `{new}`"), vec![Edit::replace(note.id, value.span, new)]));
}

/// Obsidian drops entries that are no texts; tags of that kind are invalid-tag's.
fn check_item(note: &Note, item: &Value, name: &str, diagnostics: &mut Diagnostics) {
    let written = item.span.of(&note.text);
    let is = match item.kind {
        ValueKind::Integer(_) | ValueKind::Float(_) => "a number",
        ValueKind::Bool(_) => "a boolean",
        // `- Opener: a plugin` is meant as one text.
        ValueKind::Map(_) if !written.starts_with('{') && !written.contains('\n') => "a mapping",
        _ => return,
    };
    let message = format!("`{written}` is {is} for YAML, so Obsidian drops it from `{name}`");
    let diagnostic = diagnostics.report(note.id, item.span, message);
    diagnostic.label("not a text").help("put it in quotes");
    let edits = vec![Edit::replace(note.id, item.span, yaml::quote(written))];
    diagnostic.fix(Fix::safe("put it in quotes", edits));
}
