//! Comments and math that go on over several blocks: `%%` and `$$` at the beginning of a line (clauses Z1 and L8). What
//! is between the signs is read as usual, and dropped when the closing sign is found.

use memchr::memmem;

use super::{Blocks, ContainerKind};
use crate::note::{UnclosedKind, VerbatimKind};
use crate::text::{Span, to_u32};

/// A comment or math whose end has not been found yet.
pub(super) struct Carry {
    kind: VerbatimKind,
    start: u32,
    /// The last heading above it.
    heading: Option<u32>,
}

impl Carry {
    pub(super) fn sign(&self) -> &'static [u8] {
        sign(self.kind)
    }
}

fn sign(kind: VerbatimKind) -> &'static [u8] {
    if kind == VerbatimKind::Comment { b"%%" } else { b"$$" }
}

impl Blocks<'_> {
    /// Begins to carry what opens at `start` and does not end in its block, if its end is further down.
    pub(super) fn begin_carry(&mut self, kind: VerbatimKind, start: usize) {
        if self.carry.is_some() {
            return;
        }
        if self.is_closed_below(kind, start) {
            if self.containers.is_empty() {
                self.carry = Some(Carry { kind, start: to_u32(start), heading: self.heading });
            }
            return;
        }
        self.add_unclosed(kind, start);
    }

    fn is_closed_below(&self, kind: VerbatimKind, start: usize) -> bool {
        let rest = &self.text[start + 2..];
        let Some(close) = memmem::find(rest.as_bytes(), sign(kind)) else { return false };
        // Dollar signs before text may be prices: only if they stand alone do they open math over blank lines.
        kind == VerbatimKind::Comment || self.stands_alone(start) || !has_blank_line(&rest[..close])
    }

    fn stands_alone(&self, start: usize) -> bool {
        let rest = &self.text[start + 2..];
        rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) || rest.trim_start().is_empty()
    }

    fn add_unclosed(&mut self, kind: VerbatimKind, start: usize) {
        let span = Span::new(start, start + 2);
        match kind {
            VerbatimKind::Comment => self.draft.add_unclosed(span, UnclosedKind::Comment),
            _ if self.stands_alone(start) => self.draft.add_unclosed(span, UnclosedKind::MathBlock),
            _ => {}
        }
    }

    /// The closing sign was found; it ends at `end`.
    pub(super) fn end_carry_at(&mut self, end: usize) {
        let Some(carry) = self.carry.take() else { return };
        if carry.kind == VerbatimKind::Comment {
            self.draft.hide_from(carry.start);
        } else {
            self.draft.drop_from(carry.start);
        }
        let items = to_u32(self.draft.items.len());
        for container in &mut self.containers {
            if let ContainerKind::Item { index, .. } = &mut container.kind {
                *index = index.filter(|index| *index < items);
            }
        }
        self.heading = carry.heading;
        if let Some(paragraph) = self.draft.paragraphs.last_mut()
            && paragraph.span.end > carry.start
        {
            let text = Span { start: paragraph.span.start, end: carry.start }.of(self.text);
            paragraph.span.end = paragraph.span.start + to_u32(text.trim_end().len());
        }
        self.draft.add_verbatim(Span::new(carry.start as usize, end), carry.kind);
    }

    /// The text ends: what is still carried was never closed, and what looked like a lone comment sign may have had its
    /// partner in another block.
    pub(super) fn end_carry(&mut self) {
        if let Some(carry) = self.carry.take() {
            self.add_unclosed(carry.kind, carry.start as usize);
        }
        if self.draft.unclosed.iter().all(|unclosed| unclosed.kind != UnclosedKind::Comment) {
            return;
        }
        let last_sign = memmem::rfind(self.text.as_bytes(), b"%%").map_or(0, to_u32);
        self.draft
            .unclosed
            .retain(|unclosed| unclosed.kind != UnclosedKind::Comment || unclosed.span.start >= last_sign);
    }
}

fn has_blank_line(text: &str) -> bool {
    let mut inner = crate::parse::content::lines(text).skip(1);
    inner.any(|(start, end)| text[start..end].trim().is_empty() && end < text.len())
}
