//! Puts a text in quotes.

use super::NodeKind;

/// Returns the text as a quoted YAML value: in double quotes, or in single quotes where it holds a double quote or backslash.
pub fn quote(text: &str) -> String {
    if text.contains(char::is_control) {
        return escaped(text);
    }
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}

/// Returns the text as a quoted value in the kind of quotes that `written` has.
pub fn quote_like(written: &str, text: &str) -> String {
    let is_plain = !text.contains(char::is_control) && !text.contains('\'');
    if written.starts_with('\'') && is_plain { format!("'{text}'") } else { quote(text) }
}

/// Returns the text as the value of a property: as it is, or in quotes where YAML would read it otherwise.
pub fn value(text: &str) -> String {
    let property = format!("k: {text}");
    let stays = super::parse(&property).is_ok_and(|root| match root.entries() {
        [(_, value)] => match &value.kind {
            NodeKind::Text { .. } => value.text() == Some(text) && !text.starts_with(['"', '\'']),
            NodeKind::List(_) | NodeKind::Map(_) | NodeKind::Null => false,
            _ => true,
        },
        _ => false,
    });
    if stays { text.to_owned() } else { quote(text) }
}

/// Returns a list in brackets of texts, each in quotes where it needs them.
pub fn flow_list<'a>(items: impl IntoIterator<Item = &'a str>) -> String {
    let items: Vec<String> = items.into_iter().map(flow_item).collect();
    format!("[{}]", items.join(", "))
}

fn flow_item(text: &str) -> String {
    let list = format!("[{text}]");
    let stays = super::parse(&list).is_ok_and(|root| match &root.kind {
        NodeKind::List(items) => items.len() == 1 && items[0].text() == Some(text),
        _ => false,
    });
    if stays && !text.starts_with(['"', '\'']) { text.to_owned() } else { quote(text) }
}

fn escaped(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}
