//! A canvas as a source of links (clause Z5): file nodes, the background of groups, and the text of cards, which is read
//! like a note; spans lead back to the raw JSON.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::draft::Draft;
use super::markdown;
use crate::note::{Link, LinkKind, LinkPlace};
use crate::text::{Span, Str};

mod decoded;
use decoded::Decoded;

/// The keys of a canvas that hold links; all others are legal and of no interest.
#[derive(Deserialize)]
struct Canvas<'t> {
    #[serde(borrow, default)]
    nodes: Vec<Node<'t>>,
}

#[derive(Deserialize)]
struct Node<'t> {
    #[serde(borrow, default, rename = "type")]
    kind: Option<&'t RawValue>,
    #[serde(borrow, default)]
    file: Option<&'t RawValue>,
    #[serde(borrow, default)]
    subpath: Option<&'t RawValue>,
    #[serde(borrow, default)]
    background: Option<&'t RawValue>,
    #[serde(borrow, default)]
    text: Option<&'t RawValue>,
}

/// Reads the links of a canvas into `draft`; returns what is wrong with the JSON, and where.
pub(super) fn read(text: &str, draft: &mut Draft) -> Option<(Span, Str)> {
    let json = text.strip_prefix('\u{feff}').unwrap_or(text);
    if json.trim().is_empty() {
        return None;
    }
    let canvas: Canvas = match serde_json::from_str(json) {
        Ok(canvas) => canvas,
        Err(error) => return Some(problem(text, json, &error, draft)),
    };
    for node in &canvas.nodes {
        read_node(text, node, draft);
    }
    None
}

fn problem(text: &str, json: &str, error: &serde_json::Error, draft: &mut Draft) -> (Span, Str) {
    let line = error.line().saturating_sub(1);
    let before: usize = json.split_inclusive('\n').take(line).map(str::len).sum();
    let at = text.len() - json.len() + (before + error.column().saturating_sub(1)).min(json.len());
    let at = text.floor_char_boundary(at);
    let at = text.len() - text[at..].trim_start().len();
    let end = text[at..].chars().next().map_or(at, |character| at + character.len_utf8());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    (Span::new(at, end), draft.strings.add(message))
}

fn read_node<'t>(text: &'t str, node: &Node<'t>, draft: &mut Draft) {
    let string = |value: Option<&'t RawValue>| value.and_then(|value| Decoded::new(text, value.get()));
    match string(node.kind).as_deref() {
        Some("file") => {
            if let Some(file) = string(node.file) {
                add_link(&file, string(node.subpath).as_ref(), draft);
            }
        }
        Some("group") => {
            if let Some(background) = string(node.background) {
                add_link(&background, None, draft);
            }
        }
        Some("text") => {
            if let Some(card) = string(node.text) {
                read_card(&card, draft);
            }
        }
        _ => {}
    }
}

fn add_link(file: &Decoded, subpath: Option<&Decoded>, draft: &mut Draft) {
    if file.trim().is_empty() {
        return;
    }
    let span = file.span(Span::new(0, file.len()));
    draft.links.push(Link {
        span,
        target_span: span,
        target: draft.targets.add(file),
        subpath: subpath.map_or(Str::default(), |subpath| draft.targets.add(subpath)),
        display: None,
        kind: LinkKind::Canvas,
        place: LinkPlace::Canvas,
        embed: false,
        in_table: false,
    });
}

/// Reads the text of a card; its headings and block ids are not those of the canvas.
fn read_card(card: &Decoded, draft: &mut Draft) {
    let (strings, targets) = (std::mem::take(&mut draft.strings), std::mem::take(&mut draft.targets));
    let mut inner = Draft { strings, targets, ..Draft::default() };
    markdown::read(card, 0, LinkPlace::Canvas, &mut inner);
    (draft.strings, draft.targets) = (inner.strings, inner.targets);
    draft.links.extend(inner.links.into_iter().map(|link| Link {
        span: card.span(link.span),
        target_span: card.span(link.target_span),
        display: link.display.map(|display| card.span(display)),
        ..link
    }));
    draft.tags.extend(inner.tags.into_iter().map(|tag| crate::note::Tag { span: card.span(tag.span), ..tag }));
}
