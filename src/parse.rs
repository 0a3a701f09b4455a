//! Turns the text of a note or canvas into a [`Note`]. Parsing never fails: what is wrong becomes part of the outline.

use std::cell::Cell;

use crate::note::{Body, LinkPlace, Note, Outline};
use crate::text::{FileId, VaultPath, to_u32};

pub mod yaml;
mod canvas;
mod content;
mod cut;
mod draft;
mod facts;
mod frontmatter;
mod held;
mod markdown;
mod names;
mod obsidian;
mod verbatim;

use draft::Draft;
pub use obsidian::{decoded, invalid_tag_character, is_tag};
use obsidian::{generated, property, suppression};

/// Parses a note or canvas (told by the extension of `path`); `text` is at most 4 GiB.
pub fn parse(id: FileId, path: VaultPath, text: impl Into<Box<str>>) -> Note {
    let text = text.into();
    let mut draft = DRAFT.take();
    let (mut outline, body) = scan(&path, &text, &mut draft);
    if !path.is_canvas() {
        outline.cut_lists = cut::read(&text, &outline, &body);
        outline.facts = facts::parse(&text, &outline, &body, &mut draft.strings);
        outline.names = names::parse(&text, &outline, &body, &mut draft.strings);
    }
    held::move_targets(&text, &mut outline, &mut draft);
    outline.strings = draft.strings.take();
    keep(draft, &text);
    Note::new(id, path, text, outline, body)
}

/// Returns how a text is laid out, without what takes longer to find: names and facts.
pub fn body(path: &VaultPath, text: &str) -> Body {
    let mut draft = DRAFT.take();
    let (_, body) = scan(path, text, &mut draft);
    draft.strings.clear();
    draft.targets.clear();
    keep(draft, text);
    body
}

/// A draft that a text of more bytes has filled is not kept.
const MOST_KEPT: usize = 1 << 20;

thread_local! {
    /// The empty draft that the last note left: its arrays need not grow again.
    static DRAFT: Cell<Draft> = Cell::default();
}

fn keep(draft: Draft, text: &str) {
    if text.len() <= MOST_KEPT {
        DRAFT.set(draft);
    }
}

/// Finds everything but names and facts; the strings stay in the draft.
fn scan(path: &VaultPath, text: &str, draft: &mut Draft) -> (Outline, Body) {
    let mut outline = Outline { text_len: to_u32(text.len()), ..Outline::default() };
    if path.is_canvas() {
        outline.canvas_problem = canvas::read(text, draft);
    } else {
        read_note(path, text, &mut outline, draft);
    }
    let body = draft.finish(&mut outline);
    (outline, body)
}

fn read_note(path: &VaultPath, text: &str, outline: &mut Outline, draft: &mut Draft) {
    let parts = frontmatter::parse(text, &mut draft.strings);
    outline.frontmatter = parts.frontmatter;
    outline.properties = parts.properties.into();
    outline.values = parts.values.into();
    property::read(text, outline, draft);
    markdown::read(text, parts.body_start, LinkPlace::Text, draft);
    generated::mark(path, text, parts.body_start, outline, draft);
    suppression::read(text, outline, draft);
}
