//! Reads the marker of a list item, and the box of a task (clause Z3).

use super::cursor::Cursor;

/// The longest number of a list item.
const MAX_DIGITS: usize = 9;

/// The sign that begins a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// `-`, `*` or `+`; `.` or `)` after a number. Items of one list share it.
    pub sign: u8,
    pub numbered: bool,
    pub len: usize,
}

impl Marker {
    /// Tells whether an item with this marker goes on with a list of `sign`.
    pub fn fits(self, sign: u8) -> bool {
        self.sign == sign
    }
}

/// Reads a marker at the cursor. A paragraph is only interrupted by an item with text, and by a number only if it is 1.
pub(super) fn marker(cursor: &Cursor, in_paragraph: bool) -> Option<Marker> {
    let rest = cursor.rest();
    let marker = match rest.first()? {
        sign @ (b'-' | b'*' | b'+') => Marker { sign: *sign, numbered: false, len: 1 },
        b'0'..=b'9' => numbered(rest, in_paragraph)?,
        _ => return None,
    };
    let after = &rest[marker.len..];
    if !matches!(after.first(), None | Some(b' ' | b'\t' | 0x0b | 0x0c)) {
        return None;
    }
    let has_text = after.iter().any(|byte| !matches!(byte, b' ' | b'\t'));
    (has_text || !in_paragraph).then_some(marker)
}

fn numbered(rest: &[u8], in_paragraph: bool) -> Option<Marker> {
    let digits = rest.iter().take(MAX_DIGITS).take_while(|byte| byte.is_ascii_digit()).count();
    let sign = *rest.get(digits).filter(|sign| matches!(sign, b'.' | b')'))?;
    let is_one = rest[..digits].iter().rev().skip(1).all(|digit| *digit == b'0') && rest[digits - 1] == b'1';
    (is_one || !in_paragraph).then_some(Marker { sign, numbered: true, len: digits + 1 })
}

/// Reads `[c] ` at the beginning of an item's text: the status character and the length of the box with its space.
pub(super) fn task(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('[')?;
    let status = inner.chars().next().filter(|status| !matches!(status, '[' | ']' | '\n' | '\r'))?;
    let after = inner[status.len_utf8()..].strip_prefix(']')?;
    let len = text.len() - after.len();
    match after.bytes().next() {
        None => Some((status, len)),
        Some(b' ' | b'\t') => Some((status, len + 1)),
        Some(_) => None,
    }
}
