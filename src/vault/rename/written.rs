//! Writes a target as the place of a link asks for it: percent signs in Markdown, quotes in YAML.

use crate::diagnostic::Edit;
use crate::note::{Link, LinkKind, Outline, Value};
use crate::text::{FileId, Span};

/// Returns the edit that puts `target` in the place of a link's target; subpath and display text stay. `None` if it cannot
/// be written there.
pub(super) fn edit(text: &str, outline: &Outline, file: FileId, link: &Link, target: &str) -> Option<Edit> {
    let raw = text.get(link.target_span.range())?;
    let path = match link.kind {
        LinkKind::Canvas => raw,
        _ => raw.split('#').next().unwrap_or(raw),
    };
    let start = link.target_span.start as usize + path.len() - path.trim_start().len();
    let span = Span::new(start, start + path.trim().len());
    let replacement = match link.kind {
        LinkKind::Markdown => in_markdown(text, link, target)?,
        LinkKind::Property => in_property(text, outline, link, target)?,
        LinkKind::Wikilink | LinkKind::Canvas => target.to_owned(),
    };
    Some(Edit::replace(file, span, replacement))
}

fn in_markdown(text: &str, link: &Link, target: &str) -> Option<String> {
    let is_in_angles = text[..link.target_span.start as usize].ends_with('<');
    if is_in_angles {
        return (!target.contains(['<', '>', '\n', '%'])).then(|| target.to_owned());
    }
    let mut written = String::with_capacity(target.len());
    for character in target.chars() {
        match character {
            ' ' | '%' | '(' | ')' | '<' | '>' | '"' | '\\' | '#' | '?' => percent(&mut written, character),
            _ if character.is_control() || character.is_whitespace() => percent(&mut written, character),
            _ => written.push(character),
        }
    }
    Some(written)
}

fn percent(written: &mut String, character: char) {
    let mut buffer = [0; 4];
    for byte in character.encode_utf8(&mut buffer).bytes() {
        written.push_str(&format!("%{byte:02X}"));
    }
}

fn in_property(text: &str, outline: &Outline, link: &Link, target: &str) -> Option<String> {
    // An escape sequence hides the brackets: the span is the whole value.
    if !text.get(link.span.range())?.starts_with("[[") {
        return None;
    }
    let values = outline.properties.iter().map(|property| &property.value).chain(&*outline.values);
    let around = |value: &&Value| value.span.covers(link.span);
    let value = values.filter(around).min_by_key(|value| value.span.len())?;
    Some(match text.as_bytes().get(value.span.start as usize)? {
        b'"' => target.replace('\\', "\\\\").replace('"', "\\\""),
        b'\'' => target.replace('\'', "''"),
        // A block scalar or plain text: YAML would read these as a mapping or a comment.
        _ if target.contains(": ") || target.contains(" #") => return None,
        _ => target.to_owned(),
    })
}
