//! Turns the text of a note or canvas into a [`Note`]. Parsing never fails: what is wrong becomes part of the outline.

use std::cell::RefCell;

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

/// The text of a note or canvas (told by the extension of its path), at most 4 GiB.
pub struct Source {
    pub id: FileId,
    pub path: VaultPath,
    pub text: Box<str>,
}

/// Parses one note or canvas.
pub fn parse(id: FileId, path: VaultPath, text: impl Into<Box<str>>) -> Note {
    let mut parsing = Parsing::new(Source { id, path, text: text.into() });
    parsing.find_facts();
    parsing.find_names();
    parsing.finish()
}

/// So many texts are parsed and checked at once, and one thing is done to all of them before the next: what a note goes
/// through is far more code than a processor keeps at hand, and the code of one thing stays there.
pub const TEXTS_AT_ONCE: usize = 16;

/// Parses several, each step for all of them before the next.
pub fn parse_all(sources: Vec<Source>) -> Vec<Note> {
    let mut parsing: Vec<Parsing> = sources.into_iter().map(Parsing::new).collect();
    parsing.iter_mut().for_each(Parsing::find_facts);
    parsing.iter_mut().for_each(Parsing::find_names);
    parsing.into_iter().map(Parsing::finish).collect()
}

/// Returns how a text is laid out, without what takes longer to find: names and facts.
pub fn body(path: &VaultPath, text: &str) -> Body {
    let mut draft = taken();
    let (_, body) = scan(path, text, &mut draft);
    draft.strings.clear();
    draft.targets.clear();
    keep(draft, text);
    body
}

/// A note that is parsed.
struct Parsing {
    source: Source,
    draft: Draft,
    outline: Outline,
    body: Body,
}

impl Parsing {
    fn new(source: Source) -> Parsing {
        let mut draft = taken();
        let (outline, body) = scan(&source.path, &source.text, &mut draft);
        Parsing { source, draft, outline, body }
    }

    fn find_facts(&mut self) {
        let (text, outline) = (&self.source.text, &mut self.outline);
        if !self.source.path.is_canvas() {
            outline.facts = facts::parse(text, outline, &self.body, &mut self.draft.strings);
            outline.cut_lists = cut::read(text, outline, &self.body, &mut self.draft.strings);
        }
    }

    fn find_names(&mut self) {
        if !self.source.path.is_canvas() {
            self.outline.names = names::parse(&self.source.text, &self.outline, &self.body, &mut self.draft.strings);
        }
    }

    fn finish(self) -> Note {
        let Parsing { source: Source { id, path, text }, mut draft, mut outline, body } = self;
        held::move_targets(&text, &mut outline, &mut draft);
        outline.strings = draft.strings.take();
        keep(draft, &text);
        Note::new(id, path, text, outline, body)
    }
}

/// A draft that a text of more bytes has filled is not kept.
const MOST_KEPT: usize = 1 << 20;

thread_local! {
    /// The empty drafts that earlier notes left: their arrays need not grow again.
    static DRAFTS: RefCell<Vec<Draft>> = RefCell::default();
}

fn taken() -> Draft {
    DRAFTS.with_borrow_mut(|drafts| drafts.pop().unwrap_or_default())
}

fn keep(draft: Draft, text: &str) {
    DRAFTS.with_borrow_mut(|drafts| {
        if text.len() <= MOST_KEPT && drafts.len() < TEXTS_AT_ONCE {
            drafts.push(draft);
        }
    });
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
