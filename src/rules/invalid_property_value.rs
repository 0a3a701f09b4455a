//! Values of properties, and file names, that are not what the config asks for in a note's kind.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::language::date::{self, Date};
use crate::note::{Note, Property, Value, ValueKind, is_template_text, unquoted_wikilink};
use crate::parse::yaml;
use crate::rule::{Diagnostics, Rule};
use crate::text::{Span, closest};
use crate::vault::settings::kind::{PropertyRule, PropertyShape as Shape};
use crate::vault::settings::{KindDef, Settings};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct InvalidPropertyValue {}

impl Rule for InvalidPropertyValue {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        let Some(def) = settings.declared_kind(note) else { return };
        check_name(note, def, diagnostics);
        for rule in &def.schema.properties {
            if !note.outline.frontmatter.valid {
                break;
            }
            if let Some(property) = note.outline.property(&rule.name) {
                check_property(note, rule, property, diagnostics);
            }
        }
    }
}

fn check_property(note: &Note, rule: &PropertyRule, property: &Property, diagnostics: &mut Diagnostics) {
    let value = &property.value;
    if value.kind == ValueKind::Null || unquoted_wikilink(note, value).is_some() {
        return;
    }
    let is_list = matches!(value.kind, ValueKind::List(_));
    if rule.value == Shape::List && !is_list || is_list && !may_be_list(rule.value) {
        let wanted = noun(rule.value);
        let diagnostic = diagnostics.report(note.id, value.span, format!("`{}` must be {wanted}", rule.name));
        diagnostic.label(format!("not {wanted}")).help("the config says so for this kind of note");
        return;
    }
    let items =
        if let ValueKind::List(range) = value.kind { note.outline.list(range) } else { std::slice::from_ref(value) };
    for item in items {
        check_value(note, rule, item, diagnostics);
    }
}

fn may_be_list(shape: Shape) -> bool {
    matches!(shape, Shape::Any | Shape::List | Shape::Link)
}

fn noun(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "a value",
        Shape::Text => "a text",
        Shape::Number => "a number",
        Shape::Checkbox => "`true` or `false`",
        Shape::Date => "a day such as 2026-01-31",
        Shape::DateTime => "a day and time such as 2026-01-31T09:30",
        Shape::Link => "a link",
        Shape::List => "a list",
    }
}

fn check_value(note: &Note, rule: &PropertyRule, value: &Value, diagnostics: &mut Diagnostics) {
    let written = match value.kind {
        ValueKind::Text { value, .. } => note.outline.str(value).trim(),
        ValueKind::Null => return,
        _ => value.span.of(&note.text),
    };
    if written.is_empty() || is_template_text(written) || unquoted_wikilink(note, value).is_some() {
        return;
    }
    if !fits(value, written, rule.value) {
        let diagnostic =
            report(note, value, format!("`{}` must be {}, not `{written}`", rule.name, noun(rule.value)), diagnostics);
        if let Some(new) = converted(written, rule.value) {
            set(note, value, &new, "something else may be meant", diagnostic);
        }
    } else if !rule.values.is_empty() && !rule.values.iter().any(|allowed| is_same(allowed, written)) {
        let allowed: Vec<String> = rule.values.iter().map(|value| format!("`{value}`")).collect();
        let diagnostic = report(note, value, format!("`{written}` is not a value of `{}`", rule.name), diagnostics);
        diagnostic.help(format!("the config allows {}", allowed.join(", ")));
        if let Some(new) = nearest(written, &rule.values) {
            set(note, value, new, "another value may be meant", diagnostic);
        }
    } else if let Some(pattern) = rule.pattern.as_ref().filter(|pattern| !pattern.is_match(written)) {
        let shown = pattern.as_str().trim_start_matches("^(?:").trim_end_matches(")$");
        report(note, value, format!("`{written}` does not fit the pattern of `{}`", rule.name), diagnostics)
            .help(format!("the config asks for `{shown}`"));
    }
}

fn report<'a>(note: &Note, value: &Value, problem: String, diagnostics: &'a mut Diagnostics) -> &'a mut Diagnostic {
    let diagnostic = diagnostics.report(note.id, value.span, problem);
    diagnostic.label("not allowed").help("the config says so for this kind of note");
    diagnostic
}

fn set(note: &Note, value: &Value, new: &str, reason: &'static str, diagnostic: &mut Diagnostic) {
    let written = value.span.of(&note.text);
    let is_quoted = written.starts_with(['"', '\'']) || new.starts_with('[');
    let new = if is_quoted { yaml::quote_like(written, new) } else { yaml::value(new) };
    diagnostic.fix(Fix::unsafe_because(
        format!("write `{new}`"),
        reason,
        vec![Edit::replace(note.id, value.span, new)],
    ));
}

/// `[[Northwind]]` is the value `Northwind` too.
fn is_same(allowed: &str, written: &str) -> bool {
    let inner = written.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    allowed == written || inner == Some(allowed)
}

fn nearest<'a>(written: &str, values: &'a [String]) -> Option<&'a str> {
    let same_word = values.iter().find(|value| value.eq_ignore_ascii_case(written));
    same_word.map(String::as_str).or_else(|| closest(written, values.iter().map(String::as_str)))
}

fn fits(value: &Value, written: &str, shape: Shape) -> bool {
    let is_text = matches!(value.kind, ValueKind::Text { .. });
    match shape {
        Shape::Any | Shape::List => true,
        Shape::Text => !matches!(value.kind, ValueKind::Map(_) | ValueKind::List(_)),
        Shape::Number => matches!(value.kind, ValueKind::Integer(_) | ValueKind::Float(_)),
        Shape::Checkbox => matches!(value.kind, ValueKind::Bool(_)),
        // Words such as `unknown` and days that no calendar has are other rules' business.
        Shape::Date => is_text && (date::is_placeholder(written) || has_shape(written, "0000-00-00")),
        Shape::DateTime => {
            let minutes = written.get(..16).is_some_and(|start| has_shape(start, "0000-00-00T00:00"));
            is_text && (date::is_placeholder(written) || minutes)
        }
        Shape::Link => is_text && is_link(written),
    }
}

fn has_shape(text: &str, shape: &str) -> bool {
    let same = |(byte, wanted): (u8, u8)| if wanted == b'0' { byte.is_ascii_digit() } else { byte == wanted };
    text.len() == shape.len() && text.bytes().zip(shape.bytes()).all(same)
}

fn is_link(text: &str) -> bool {
    let inner = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("[[") && !inner.contains("]]"))
}

fn converted(written: &str, shape: Shape) -> Option<String> {
    match shape {
        Shape::Date => match date::parse(written)? {
            day @ Date::Day { year: Some(_), .. } if day.exists() => Some(day.to_string()),
            _ => None,
        },
        Shape::Link if !written.contains(['[', ']', '|', '#', '^', '"']) => Some(format!("[[{written}]]")),
        _ => None,
    }
}

fn check_name(note: &Note, def: &KindDef, diagnostics: &mut Diagnostics) {
    let Some(pattern) = &def.schema.name else { return };
    let stem = note.path.stem();
    if name_fits(stem, pattern) {
        return;
    }
    let message = format!("the file name `{stem}` does not fit `{pattern}`, the form of the kind `{}`", def.name);
    let diagnostic = diagnostics.report(note.id, Span::at(0), message);
    diagnostic.help("rename the note in Obsidian, so that its links follow").group_key(stem);
}

/// `*` is any text, `{date}` a day.
fn name_fits(name: &str, pattern: &str) -> bool {
    if let Some(rest) = pattern.strip_prefix("{date}") {
        let day = name.get(..10).filter(|day| has_shape(day, "0000-00-00"));
        return day.is_some() && name_fits(&name[10..], rest);
    }
    let mut characters = pattern.chars();
    match characters.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = characters.as_str();
            name.char_indices().map(|(at, _)| at).chain([name.len()]).any(|at| name_fits(&name[at..], rest))
        }
        Some(character) => name.strip_prefix(character).is_some_and(|name| name_fits(name, characters.as_str())),
    }
}
