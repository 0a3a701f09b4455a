//! Values of properties that several rules look at.

use super::{Note, Value, ValueKind};

/// Returns how many parts the commas of an unquoted `[[a, b]]` make; `None` if the value is not written like a wikilink
/// without quotes, which YAML reads as a list in a list.
pub fn unquoted_wikilink(note: &Note, value: &Value) -> Option<usize> {
    let ValueKind::List(outer) = value.kind else { return None };
    let [Value { kind: ValueKind::List(inner), .. }] = note.outline.list(outer) else { return None };
    let name = value.span.of(&note.text).strip_prefix("[[")?.strip_suffix("]]")?;
    let items = note.outline.list(*inner);
    let is_number = |item: &Value| matches!(item.kind, ValueKind::Integer(_) | ValueKind::Float(_));
    let is_matrix = items.len() > 1 && items.iter().all(is_number);
    let is_quoted = name.split(',').any(|item| item.trim_start().starts_with(['"', '\'']));
    let is_name = !name.trim().is_empty() && !name.contains(['[', ']', '\n', '{']) && !is_quoted;
    (is_name && !is_matrix).then_some(items.len())
}

/// Tells whether an anchor stands before a value (`key: &name value`), so that another place says the same value.
pub fn has_anchor(note: &Note, value: &Value) -> bool {
    let before = note.text.get(..value.span.start as usize).unwrap_or_default();
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    line.contains(" &")
}

/// Tells whether a text holds a variable of a template, which something else fills in later.
pub fn is_template_text(text: &str) -> bool {
    // Most texts have neither sign, and one look tells.
    text.contains(['{', '<']) && (text.contains("{{") || text.contains("<%"))
}
