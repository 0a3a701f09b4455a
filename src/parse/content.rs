//! The text of one block without the marks of the quotes and lists around it, and where each byte of it stands in the note.

use crate::text::{Span, line_end, to_u32};

/// From `at` on, the content goes on at `source`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub at: u32,
    pub source: u32,
}

/// A run of lines as one text. Lines that follow each other in the note are borrowed; others are joined with line feeds.
#[derive(Clone, Copy)]
pub(super) struct Content<'a> {
    pub text: &'a str,
    pieces: &'a [Piece],
}

impl<'a> Content<'a> {
    /// Joins `lines` of `note`; `room` and `pieces` are memory to be used again.
    pub fn new(note: &'a str, lines: &[Span], room: &'a mut String, pieces: &'a mut Vec<Piece>) -> Content<'a> {
        pieces.clear();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Content { text: "", pieces } };
        if is_contiguous(note.as_bytes(), lines) {
            pieces.push(Piece { at: 0, source: first.start });
            return Content { text: &note[first.start as usize..last.end as usize], pieces };
        }
        room.clear();
        for line in lines {
            if !room.is_empty() {
                room.push('\n');
            }
            pieces.push(Piece { at: to_u32(room.len()), source: line.start });
            room.push_str(line.of(note));
        }
        Content { text: room, pieces }
    }

    /// Returns where byte `offset` of the content stands in the note.
    pub fn source(&self, offset: usize) -> usize {
        let piece = match self.pieces {
            [piece] => piece,
            pieces => {
                let next = pieces.partition_point(|piece| piece.at as usize <= offset);
                &pieces[next.saturating_sub(1)]
            }
        };
        piece.source as usize + offset - piece.at as usize
    }

    /// Returns the span in the note of the bytes from `start` to `end` of the content.
    pub fn span(&self, start: usize, end: usize) -> Span {
        let source = self.source(start);
        Span::new(source, if end > start { self.source(end - 1) + 1 } else { source })
    }
}

fn is_contiguous(note: &[u8], lines: &[Span]) -> bool {
    lines.windows(2).all(|pair| {
        let between = &note[pair[0].end as usize..pair[1].start as usize];
        between.iter().all(|byte| matches!(byte, b'\n' | b'\r' | b' ' | b'\t'))
    })
}

/// Returns the lines of a text as ranges of bytes, without line endings.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let bytes = text.as_bytes();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let (end, behind) = line_end(bytes, start);
        next = (end < bytes.len()).then_some(behind);
        Some((start, end))
    })
}
