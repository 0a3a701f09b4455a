//! What an item is said under. A nested item is a statement about the items above it, and the items of a list about the label
//! before the list: equal items under different ones say different things.

use crate::language::fact;
use crate::note::{Body, Paragraph, ParagraphKind};

/// What the items of a note are said under, each worked out once.
pub(super) struct Frames<'t> {
    text: &'t str,
    body: &'t Body,
    /// By item that others are nested in: what those are said under.
    below: Vec<Option<u32>>,
    /// The list of the outermost level that was met last, and the label before it.
    list: Option<(u32, u32)>,
}

impl<'t> Frames<'t> {
    pub(super) fn new(text: &'t str, body: &'t Body) -> Frames<'t> {
        let is_nested = body.items.iter().any(|item| item.parent.is_some());
        let below = if is_nested { vec![None; body.items.len()] } else { Vec::new() };
        Frames { text, body, below, list: None }
    }

    /// Returns what an item is said under, as a number; 0 for nothing.
    pub(super) fn of(&mut self, index: usize) -> u32 {
        match self.body.items[index].parent {
            Some(parent) => self.below(parent as usize),
            None => self.label(index),
        }
    }

    fn below(&mut self, parent: usize) -> u32 {
        if let Some(frame) = self.below[parent] {
            return frame;
        }
        let own = fact::fingerprint(&self.text[self.body.items[parent].text_span.range()]);
        let frame = mixed(self.of(parent), own);
        self.below[parent] = Some(frame);
        frame
    }

    /// The label before the list that the item of the outermost level belongs to.
    fn label(&mut self, index: usize) -> u32 {
        let list = self.body.items[index].list;
        if let Some((known, label)) = self.list
            && known == list
        {
            return label;
        }
        let items = &self.body.items;
        let first =
            (0..index).rev().take_while(|before| items[*before].list == list || items[*before].parent.is_some());
        let first = first.filter(|before| items[*before].list == list).last().unwrap_or(index);
        let label = self.paragraph_before(first).filter(|paragraph| self.is_label(paragraph));
        let label = label.map_or(0, |label| mixed(0, fact::fingerprint(&self.text[label.span.range()])));
        self.list = Some((list, label));
        label
    }

    /// The paragraph that stands between the item and what is before it in its section.
    fn paragraph_before(&self, first: usize) -> Option<&Paragraph> {
        let item = &self.body.items[first];
        let paragraphs = &self.body.paragraphs;
        let next = paragraphs.partition_point(|paragraph| paragraph.span.start < item.span.start);
        let paragraph = &paragraphs[next.checked_sub(1)?];
        let item_before = first.checked_sub(1).map_or(0, |before| self.body.items[before].span.end);
        let is_next = item_before <= paragraph.span.start && paragraph.heading == item.heading;
        (is_next && paragraph.kind == ParagraphKind::Text).then_some(paragraph)
    }

    /// `On the line above:`, `**Light mode**: colours`.
    fn is_label(&self, paragraph: &Paragraph) -> bool {
        let text = &self.text[paragraph.span.range()];
        text.trim_end_matches(['*', '_', ' ']).ends_with(':') || text.starts_with("**") || text.starts_with("__")
    }
}

fn mixed(frame: u32, fingerprint: u64) -> u32 {
    let mixed = (u64::from(frame) ^ fingerprint).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32 | 1
}
