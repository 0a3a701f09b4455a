//! An outline in the making: growing arrays that become the flat ones of [`Outline`] when the text is read to its end.

use crate::note::{
    BlockId, Callout, Field, Heading, Item, Link, LinkPlace, Outline, Paragraph, Suppression, Tag, Unclosed,
    UnclosedKind, Verbatim, VerbatimKind,
};
use crate::text::{Span, Strings};

/// What the scanner has found so far.
#[derive(Default)]
pub(super) struct Draft {
    pub strings: Strings,
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
        for link in self.links.iter_mut().filter(|link| link.span.start >= start && link.place == LinkPlace::Text) {
            link.place = LinkPlace::Comment;
        }
        self.drop_structure_from(start);
    }

    /// Drops everything found from `start` on.
    pub fn drop_from(&mut self, start: u32) {
        self.links.retain(|link| link.span.start < start);
        self.tags.retain(|tag| tag.span.start < start);
        self.drop_structure_from(start);
    }

    fn drop_structure_from(&mut self, start: u32) {
        self.headings.retain(|heading| heading.span.start < start);
        self.items.retain(|item| item.span.start < start);
        self.paragraphs.retain(|paragraph| paragraph.span.start < start);
        self.block_ids.retain(|id| id.span.start < start);
        self.callouts.retain(|callout| callout.span.start < start);
        self.fields.retain(|field| field.key_span.start < start);
        self.verbatim.retain(|verbatim| verbatim.span.start < start);
        self.unclosed.retain(|unclosed| unclosed.span.start < start);
    }

    /// Drops what only says how prose is laid out, from `start` on: what stands there is written by a program.
    pub fn drop_prose_from(&mut self, start: u32) {
        self.items.retain(|item| item.span.start < start);
        self.paragraphs.retain(|paragraph| paragraph.span.start < start);
        self.callouts.retain(|callout| callout.span.start < start);
        self.fields.retain(|field| field.key_span.start < start);
        self.unclosed.retain(|unclosed| unclosed.span.start < start);
    }

    /// Moves the arrays into an outline; the strings may still grow.
    pub fn finish(mut self, outline: &mut Outline) -> Strings {
        self.sort();
        outline.headings = self.headings.into();
        outline.items = self.items.into();
        outline.paragraphs = self.paragraphs.into();
        outline.links = self.links.into();
        outline.tags = self.tags.into();
        outline.block_ids = self.block_ids.into();
        outline.callouts = self.callouts.into();
        outline.fields = self.fields.into();
        outline.verbatim = self.verbatim.into();
        outline.unclosed = self.unclosed.into();
        outline.suppressions = self.suppressions.into();
        self.strings
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
