//! The texts of notes that have findings, and lines and columns in them: each note is read and indexed once, however many
//! findings it has, and only a few are held at a time.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

use crate::diagnostic::Edit;
use crate::fix;
use crate::text::{FileId, LineIndex, Position, Span, to_u32};
use crate::vault::Vault;

/// Every so many bytes the number of characters before is kept, so that a column in a line of any length is near.
const STEP: usize = 1024;
/// Texts over this size together are let go, oldest first …
const HELD_BYTES: usize = 64 << 20;
/// … but never the last few: two huge notes that refer to each other are not read anew for every finding.
const HELD_NOTES: usize = 8;

/// Gives the texts of a vault's notes.
pub struct Sources<'a> {
    vault: &'a Vault,
    held: RefCell<VecDeque<(FileId, Rc<Source>)>>,
}

impl<'a> Sources<'a> {
    /// Returns an empty store.
    pub fn new(vault: &'a Vault) -> Sources<'a> {
        Sources { vault, held: RefCell::default() }
    }

    /// Returns what an edit puts into its file, byte for byte.
    pub fn inserted<'e>(&self, edit: &'e Edit) -> Cow<'e, str> {
        let path = self.vault.path(edit.file);
        // Only line endings depend on the text, and in a canvas not even they.
        if path.is_canvas() || !edit.replacement.contains('\n') {
            return fix::inserted(path, false, &edit.replacement);
        }
        let source = self.get(edit.file);
        let has_windows_lines = *source.has_windows_lines.get_or_init(|| fix::has_windows_lines(&source.text));
        fix::inserted(path, has_windows_lines, &edit.replacement)
    }

    /// Returns the text of a note; empty if it cannot be read any more.
    pub fn get(&self, file: FileId) -> Rc<Source> {
        let mut held = self.held.borrow_mut();
        if let Some((_, source)) = held.iter().rev().find(|(id, _)| *id == file) {
            return source.clone();
        }
        let source = Rc::new(Source::new(self.vault.text(file).unwrap_or_default()));
        held.push_back((file, source.clone()));
        let mut bytes: usize = held.iter().map(|(_, source)| source.text.len()).sum();
        while held.len() > HELD_NOTES && (bytes > HELD_BYTES || held.len() > 32) {
            bytes -= held.pop_front().map_or(0, |(_, source)| source.text.len());
        }
        source
    }
}

/// One text with its lines. Spans beyond it (the note changed under way) are brought inside.
pub struct Source {
    text: Arc<str>,
    lines: LineIndex,
    /// Characters that start before byte `index * STEP`.
    starts_before: Vec<u32>,
    has_windows_lines: OnceCell<bool>,
}

impl Source {
    /// Scans a text once.
    pub fn new(text: Arc<str>) -> Source {
        let mut starts_before = vec![0];
        for block in text.as_bytes().chunks(STEP) {
            let before = *starts_before.last().expect("the first entry was just made");
            starts_before.push(before + count_starts(block));
        }
        Source { lines: LineIndex::new(&text), text, starts_before, has_windows_lines: OnceCell::new() }
    }

    /// Returns the whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns line and column of both ends.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let range = self.range(span);
        (self.position(range.start), self.position(range.end))
    }

    /// Returns line and column of the start.
    pub fn start(&self, span: Span) -> Position {
        self.position(self.range(span).start)
    }

    /// Returns the span as a range that lies inside the text, at boundaries of characters.
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.ceil_char_boundary(span.end as usize);
        start..end.max(start)
    }

    /// Returns the marked text.
    pub fn marked(&self, span: Span) -> &str {
        &self.text[self.range(span)]
    }

    /// Returns the number of the line that holds byte `offset`, from 0.
    pub fn line_of(&self, offset: usize) -> usize {
        self.lines.line(to_u32(offset))
    }

    /// Returns the bytes of a line (from 0) without its ending, and without a byte order mark.
    pub fn line(&self, number: usize) -> Range<usize> {
        let range = self.lines.span(number, &self.text).range();
        let mark = if number == 0 && self.text.starts_with('\u{feff}') { 3 } else { 0 };
        range.start + mark..range.end
    }

    fn position(&self, offset: usize) -> Position {
        let line = self.line_of(offset);
        let start = self.line(line).start;
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start)) + 1;
        Position { line: to_u32(line + 1), column }
    }

    fn characters_before(&self, offset: usize) -> u32 {
        let block = offset / STEP;
        self.starts_before[block] + count_starts(&self.text.as_bytes()[block * STEP..offset])
    }
}

fn count_starts(bytes: &[u8]) -> u32 {
    to_u32(bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_those_of_the_line_index() {
        let long = "é".repeat(3000);
        for text in ["", "a\r\nb\rc\nd", "\u{feff}ab\ncd", "日本\n", &long, "\u{feff}"] {
            let source = Source::new(text.into());
            let index = LineIndex::new(text);
            for offset in (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)) {
                let span = Span::at(offset);
                assert_eq!(source.start(span), index.position(to_u32(offset), text), "{offset} in {text:.20}");
            }
        }
    }

    #[test]
    fn spans_beyond_the_text_are_brought_inside() {
        let source = Source::new("é".into());
        assert_eq!(source.range(Span::new(1, 99)), 0..2);
        assert_eq!(source.start(Span::new(99, 100)), Position { line: 1, column: 2 });
    }
}
