//! An outline in the making: growing arrays that become the flat ones of [`Outline`] and [`Body`] when the text is read to its end.

use crate::note::{
    BlockId, Body, Callout, Field, Heading, Item, Link, LinkPlace, Outline, Paragraph, Suppression, Tag, Unclosed,
    UnclosedKind, Verbatim, VerbatimKind,
};
use crate::text::{Span, Strings};

/// What the scanner has found so far.
#[derive(Default)]
pub(super) struct Draft {
    pub strings: Strings,
    /// What links lead to, until it is known what of it the strings have anyway.
    pub targets: Strings,
    pub headings: Vec<Heading>,
    pub items: Vec<Item>,
    pub paragraphs: Vec<Paragraph>,
    pub links: Vec<Link>,
    pub tags: Vec<Tag>,
    pub block_ids: Vec<BlockId>,
    pub callouts: Vec<Callout>,
    pub fields: Vec<Field>,
    pub verbatim: Vec<Verbatim>,
    pub unclosed: Vec<Unclosed>,
    pub suppressions: Vec<Suppression>,
}

impl Draft {
    /// Adds a region that is not prose, unless it is empty.
    pub fn add_verbatim(&mut self, span: Span, kind: VerbatimKind) {
        if !span.is_empty() {
            self.verbatim.push(Verbatim { span, kind });
        }
    }

    /// Notes a construct that is opened at `span` and never closed.
    pub fn add_unclosed(&mut self, span: Span, kind: UnclosedKind) {
        self.unclosed.push(Unclosed { span, kind });
    }

    /// Turns everything from `start` on into a comment: links and tags stay, nothing else counts (clauses L6, Z1).
    pub fn hide_from(&mut self, start: u32) {
        let tail = tail(&self.links, start, |link| link.span);
        for link in self.links[tail..].iter_mut() {
            if link.span.start >= start && link.place == LinkPlace::Text {
                link.place = LinkPlace::Comment;
            }
        }
        self.drop_structure_from(start);
    }

    /// Drops everything found from `start` on.
    pub fn drop_from(&mut self, start: u32) {
        drop_from(&mut self.links, start, |link| link.span);
        drop_from(&mut self.tags, start, |tag| tag.span);
        self.drop_structure_from(start);
    }

    fn drop_structure_from(&mut self, start: u32) {
        drop_from(&mut self.headings, start, |heading| heading.span);
        drop_from(&mut self.block_ids, start, |id| id.span);
        drop_from(&mut self.verbatim, start, |verbatim| verbatim.span);
        self.drop_prose_from(start);
    }

    /// Drops what only says how prose is laid out, from `start` on: what stands there is written by a program.
    pub fn drop_prose_from(&mut self, start: u32) {
        drop_from(&mut self.items, start, |item| item.span);
        drop_from(&mut self.paragraphs, start, |paragraph| paragraph.span);
        drop_from(&mut self.callouts, start, |callout| callout.span);
        drop_from(&mut self.fields, start, |field| field.key_span);
        drop_from(&mut self.unclosed, start, |unclosed| unclosed.span);
    }

    /// Moves the arrays into an outline and a body, each into room of its size; the strings may still grow.
    pub fn finish(&mut self, outline: &mut Outline) -> Body {
        self.sort();
        outline.has_html = self.verbatim.iter().any(|region| region.kind == VerbatimKind::Html);
        outline.headings = moved(&mut self.headings);
        outline.links = moved(&mut self.links);
        outline.tags = moved(&mut self.tags);
        outline.block_ids = moved(&mut self.block_ids);
        outline.suppressions = moved(&mut self.suppressions);
        Body {
            items: moved(&mut self.items),
            paragraphs: moved(&mut self.paragraphs),
            callouts: moved(&mut self.callouts),
            fields: moved(&mut self.fields),
            verbatim: moved(&mut self.verbatim),
            unclosed: moved(&mut self.unclosed),
        }
    }

    /// Most arrays grow in document order. A Markdown link is known after the links in its text, and what is never
    /// closed is known at the end.
    fn sort(&mut self) {
        self.links.sort_by_key(|link| link.span.start);
        self.tags.sort_by_key(|tag| tag.span.start);
        self.fields.sort_by_key(|field| field.key_span.start);
        self.unclosed.sort_by_key(|unclosed| unclosed.span.start);
        self.suppressions.sort_by_key(|suppression| suppression.span.start);
    }
}

/// Empties a growing array into one of its size; the room to grow stays for the next note.
fn moved<T: Copy>(growing: &mut Vec<T>) -> Box<[T]> {
    let moved = growing.as_slice().into();
    growing.clear();
    moved
}

/// Returns the index from which on something of `list` may stand behind `start`. Only the end of the list is looked at: a
/// note may hold a hundred thousand comments.
fn tail<T>(list: &[T], start: u32, span: impl Fn(&T) -> Span) -> usize {
    list.iter().rposition(|found| span(found).end <= start).map_or(0, |last| last + 1)
}

fn drop_from<T>(list: &mut Vec<T>, start: u32, span: impl Fn(&T) -> Span) {
    let from = tail(list, start, &span);
    let kept: Vec<T> = list.drain(from..).filter(|found| span(found).start < start).collect();
    list.extend(kept);
}
