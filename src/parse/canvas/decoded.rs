//! The value of a JSON string, and where each byte of it stands in the raw text.

use std::borrow::Cow;
use std::ops::Deref;

use crate::text::{Span, to_u32};

/// A decoded string. Between two break points decoded and raw text run side by side.
pub(super) struct Decoded<'t> {
    value: Cow<'t, str>,
    /// Where the decoded text goes on, and where that stands in the file; the first is the beginning.
    breaks: Vec<(u32, u32)>,
}

impl Deref for Decoded<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.value
    }
}

impl<'t> Decoded<'t> {
    /// Decodes `raw`, a value borrowed from `text`; `None` if it is no string.
    pub fn new(text: &'t str, raw: &'t str) -> Option<Decoded<'t>> {
        let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
        let start = inner.as_ptr() as usize - text.as_ptr() as usize;
        if !inner.contains('\\') {
            return Some(Decoded { value: Cow::Borrowed(inner), breaks: vec![(0, to_u32(start))] });
        }
        let value: String = serde_json::from_str(raw).ok()?;
        let breaks = breaks(inner, start);
        Some(Decoded { value: Cow::Owned(value), breaks })
    }

    /// Returns where a span of the decoded text stands in the file; an escape sequence counts as one.
    pub fn span(&self, span: Span) -> Span {
        let (start, end) = (self.raw(span.start), self.raw(span.end));
        Span { start, end: end.max(start) }
    }

    fn raw(&self, offset: u32) -> u32 {
        let next = self.breaks.partition_point(|(decoded, _)| *decoded <= offset);
        let (decoded, raw) = self.breaks[next - 1];
        raw + (offset - decoded)
    }
}

/// Walks over the escape sequences of `inner`, which begins at `start` in the file.
fn breaks(inner: &str, start: usize) -> Vec<(u32, u32)> {
    let bytes = inner.as_bytes();
    let mut breaks = vec![(0, to_u32(start))];
    let (mut decoded, mut at, mut from) = (0, 0, 0);
    while let Some(ahead) = memchr::memchr(b'\\', &bytes[from..]) {
        decoded += ahead;
        at += ahead;
        let (raw_len, decoded_len) = escape(&inner[at..]);
        breaks.push((to_u32(decoded), to_u32(start + at)));
        decoded += decoded_len;
        at += raw_len;
        breaks.push((to_u32(decoded), to_u32(start + at)));
        from = at;
    }
    breaks
}

/// Returns the lengths of the escape sequence at the beginning of `text`, raw and decoded.
fn escape(text: &str) -> (usize, usize) {
    if !text.starts_with("\\u") {
        return (2, 1);
    }
    let unit =
        |at: usize| text.get(at + 2..at + 6).and_then(|digits| u32::from_str_radix(digits, 16).ok()).unwrap_or(0);
    let first = unit(0);
    if (0xd800..0xdc00).contains(&first) {
        return (12, 4);
    }
    (6, char::from_u32(first).map_or(3, char::len_utf8))
}
