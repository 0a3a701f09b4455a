//! The dates that stand in the prose of a note.

use super::{LinkKind, Note, VerbatimKind};
use crate::language::date::{self, Found};
use crate::text::Span;

/// A date in the prose of a note.
#[derive(Debug)]
pub struct ProseDate {
    pub span: Span,
    pub found: Found,
    /// Where the text begins that `found` was read from.
    pub base: usize,
}

impl Note {
    /// Returns the dates with a digit of items, paragraphs and headings outside code, HTML, math and addresses, in document
    /// order. They are looked for once, however many rules ask.
    pub fn prose_dates(&self) -> &[ProseDate] {
        self.prose_dates.get_or_init(|| find(self))
    }
}

fn find(note: &Note) -> Box<[ProseDate]> {
    let items = note.body.items.iter().map(|item| item.text_span);
    let paragraphs = note.body.paragraphs.iter().map(|paragraph| paragraph.span);
    let headings = note.outline.headings.iter().map(|heading| heading.text_span);
    let mut found = Vec::new();
    for text in items.chain(paragraphs).chain(headings) {
        for date in date::dates_with_digits(text.of(&note.text)) {
            let span = Span::new(date.range.start, date.range.end).shifted(text.start as usize);
            if is_prose(note, span) {
                found.push(ProseDate { span, found: date, base: text.start as usize });
            }
        }
    }
    found.sort_by_key(|date| date.span);
    found.dedup_by_key(|date| date.span);
    found.into()
}

fn is_prose(note: &Note, span: Span) -> bool {
    let (verbatim, links) = (&note.body.verbatim, &note.outline.links);
    let before = verbatim.partition_point(|region| region.span.start < span.end);
    let in_verbatim = before
        .checked_sub(1)
        .map(|last| verbatim[last])
        .is_some_and(|region| region.kind != VerbatimKind::Comment && region.span.overlaps(span));
    let before = links.partition_point(|link| link.span.start < span.end);
    // A link may hold one other, an image: no more than two can reach here.
    let in_address = links[before.saturating_sub(2)..before]
        .iter()
        .any(|link| link.kind == LinkKind::Markdown && link.target_span.overlaps(span));
    !in_verbatim && !in_address
}
