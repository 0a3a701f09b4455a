//! Puts edits into one text: bytes outside the edits stay, line endings follow the text, a canvas gets JSON strings.

use std::borrow::Cow;
use std::fmt;

use crate::diagnostic::Edit;
use crate::text::{Span, VaultPath};

/// Why edits cannot be applied to a text; always a mistake of the rule that made them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BadEdit {
    /// The span ends after the text.
    OutOfText(Span),
    /// The span begins or ends inside a character.
    InsideCharacter(Span),
    /// Two edits touch the same bytes, or insert at the same place.
    Overlap(Span, Span),
}

impl fmt::Display for BadEdit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadEdit::OutOfText(span) => {
                write!(formatter, "the edit at {}..{} is out of the text", span.start, span.end)
            }
            BadEdit::InsideCharacter(span) => {
                write!(formatter, "the edit at {}..{} cuts a character", span.start, span.end)
            }
            BadEdit::Overlap(a, b) => {
                write!(formatter, "the edits at {}..{} and {}..{} overlap", a.start, a.end, b.start, b.end)
            }
        }
    }
}

impl std::error::Error for BadEdit {}

/// Returns `text` with the edits applied; `path` tells whether it is a canvas. Equal edits count once, edits of other
/// files are the caller's to leave out.
///
/// # Errors
/// An edit that does not fit the text, or two that overlap; then nothing is applied.
pub fn apply(path: &VaultPath, text: &str, edits: &[Edit]) -> Result<String, BadEdit> {
    splice(path, text, edits.iter()).map(|spliced| spliced.text)
}

/// An edited text and where its pieces went.
pub(super) struct Spliced {
    pub text: String,
    /// For each edit in order the bytes it replaced and the bytes it left.
    pub moved: Vec<(Span, Span)>,
}

/// Applies edits and remembers where what they left stands.
pub(super) fn splice<'a>(
    path: &VaultPath,
    text: &str,
    edits: impl Iterator<Item = &'a Edit>,
) -> Result<Spliced, BadEdit> {
    let edits = in_order(text, edits)?;
    let line_end = LineEnd::of(text);
    let mut spliced = Spliced { text: String::with_capacity(text.len()), moved: Vec::new() };
    let mut done = 0;
    for edit in edits {
        spliced.text.push_str(&text[done..edit.span.range().start]);
        let start = spliced.text.len();
        spliced.text.push_str(&written(path, line_end, &edit.replacement));
        spliced.moved.push((edit.span, Span::new(start, spliced.text.len())));
        done = edit.span.range().end;
    }
    spliced.text.push_str(&text[done..]);
    Ok(spliced)
}

/// Returns the edits by place, each once, or what is wrong with them.
pub(super) fn in_order<'a>(text: &str, edits: impl Iterator<Item = &'a Edit>) -> Result<Vec<&'a Edit>, BadEdit> {
    let mut edits: Vec<&Edit> = edits.collect();
    edits.sort_by(|a, b| a.span.cmp(&b.span).then_with(|| a.replacement.cmp(&b.replacement)));
    edits.dedup();
    for edit in &edits {
        let Span { start, end } = edit.span;
        if start > end || end as usize > text.len() {
            return Err(BadEdit::OutOfText(edit.span));
        }
        if !text.is_char_boundary(start as usize) || !text.is_char_boundary(end as usize) {
            return Err(BadEdit::InsideCharacter(edit.span));
        }
    }
    match edits.windows(2).find(|pair| collide(pair[0].span, pair[1].span)) {
        Some(pair) => Err(BadEdit::Overlap(pair[0].span, pair[1].span)),
        None => Ok(edits),
    }
}

/// Tells whether two edits cannot be applied together: they share a byte, or one inserts at an end of the other, where
/// the order of the two would decide the result.
pub(super) fn collide(a: Span, b: Span) -> bool {
    let touches = |inserted: Span, other: Span| {
        inserted.is_empty() && other.start <= inserted.start && inserted.start <= other.end
    };
    a.overlaps(b) || touches(a, b) || touches(b, a)
}

/// How the lines of a text end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LineEnd {
    /// Every line ends in `\r\n`.
    CarriageReturn,
    /// `\n`, or a mixture: line endings of a replacement stay as the rule wrote them.
    AsWritten,
}

impl LineEnd {
    fn of(text: &str) -> LineEnd {
        let bytes = text.as_bytes();
        let mut ends = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at).peekable();
        let is_windows = ends.peek().is_some() && ends.all(|at| at > 0 && bytes[at - 1] == b'\r');
        if is_windows { LineEnd::CarriageReturn } else { LineEnd::AsWritten }
    }
}

/// Tells whether every line of `text` ends as on Windows, so that what a fix puts in will too.
pub fn has_windows_lines(text: &str) -> bool {
    LineEnd::of(text) == LineEnd::CarriageReturn
}

/// Returns what [`apply`] writes for a replacement, byte for byte, for programs that apply edits themselves.
pub fn inserted<'a>(path: &VaultPath, has_windows_lines: bool, replacement: &'a str) -> Cow<'a, str> {
    let line_end = if has_windows_lines { LineEnd::CarriageReturn } else { LineEnd::AsWritten };
    written(path, line_end, replacement)
}

fn written<'a>(path: &VaultPath, line_end: LineEnd, replacement: &'a str) -> Cow<'a, str> {
    if path.is_canvas() {
        return escaped_for_json(replacement).into();
    }
    if line_end == LineEnd::CarriageReturn && replacement.contains('\n') {
        return replacement.replace("\r\n", "\n").replace('\n', "\r\n").into();
    }
    replacement.into()
}

fn escaped_for_json(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            control if control < ' ' => escaped.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{BadEdit, apply};
    use crate::diagnostic::Edit;
    use crate::text::{FileId, Span, VaultPath};

    fn edits(list: &[(usize, usize, &str)]) -> Vec<Edit> {
        list.iter().map(|(start, end, text)| Edit::replace(FileId(0), Span::new(*start, *end), *text)).collect()
    }

    #[track_caller]
    fn check(text: &str, list: &[(usize, usize, &str)], expected: &str) {
        assert_eq!(apply(&VaultPath::new("a.md"), text, &edits(list)).as_deref(), Ok(expected));
    }

    #[track_caller]
    fn check_bad(text: &str, list: &[(usize, usize, &str)], expected: BadEdit) {
        assert_eq!(apply(&VaultPath::new("a.md"), text, &edits(list)), Err(expected));
    }

    #[test]
    fn edits_are_applied_whatever_their_order() {
        check("one two three", &[(8, 13, "3"), (0, 3, "1")], "1 two 3");
        check("one two", &[(3, 3, ","), (4, 7, "2")], "one, 2");
        check("ab", &[(0, 1, ""), (1, 2, "")], "");
        check("ab", &[(2, 2, "c")], "abc");
        check("abc", &[(0, 1, "x"), (0, 1, "x")], "xbc");
    }

    #[test]
    fn line_endings_follow_a_text_that_has_one_kind() {
        check("a\r\nb\r\n", &[(3, 3, "\n")], "a\r\n\r\nb\r\n");
        check("a\r\nb\r\n", &[(3, 3, "x\r\n")], "a\r\nx\r\nb\r\n");
        check("a\r\nb\n", &[(3, 3, "\n")], "a\r\n\nb\n");
        check("\u{feff}a\r", &[(3, 4, "b")], "\u{feff}b\r");
    }

    #[test]
    fn wrong_edits_are_refused() {
        check_bad("ab", &[(1, 3, "")], BadEdit::OutOfText(Span::new(1, 3)));
        check_bad("é", &[(1, 2, "")], BadEdit::InsideCharacter(Span::new(1, 2)));
        check_bad("abc", &[(0, 2, ""), (1, 3, "")], BadEdit::Overlap(Span::new(0, 2), Span::new(1, 3)));
        check_bad("abc", &[(1, 1, "x"), (1, 1, "y")], BadEdit::Overlap(Span::new(1, 1), Span::new(1, 1)));
        check_bad("abc", &[(0, 1, "x"), (1, 1, "y")], BadEdit::Overlap(Span::new(0, 1), Span::new(1, 1)));
    }

    #[test]
    fn a_canvas_gets_json() {
        let canvas = VaultPath::new("a.canvas");
        let text = r#"{"text":"x"}"#;
        let fixed = apply(&canvas, text, &edits(&[(9, 10, "a \"b\"\\\n\u{1}ü")]));
        assert_eq!(fixed.as_deref(), Ok(r#"{"text":"a \"b\"\\\n\u0001ü"}"#));
    }
}
