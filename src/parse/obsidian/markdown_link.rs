//! Markdown links and embeds: `[text](destination "title")` (clauses M).

use std::borrow::Cow;

use super::{Scan, wikilink};
use crate::note::{Link, LinkKind};

/// More open brackets than this are not remembered.
const MAX_OPENERS: usize = 1000;

/// Deeper nested parentheses make no destination.
const MAX_PARENTHESES: usize = 32;

/// A `[` that may begin a link.
#[derive(Clone, Copy)]
pub(super) struct Opener {
    at: usize,
}

/// A destination in parentheses, as offsets of the text.
struct Destination {
    start: usize,
    end: usize,
    /// Behind the closing parenthesis.
    after: usize,
}

impl Scan<'_> {
    pub(super) fn push_openers(&mut self, start: usize, count: usize) {
        let free = MAX_OPENERS.saturating_sub(self.openers.len());
        self.openers.extend((start..start + count.min(free)).map(|at| Opener { at }));
    }

    pub(super) fn closing_bracket(&mut self) {
        let close = self.at;
        self.at += 1;
        let Some(opener) = self.openers.pop() else { return };
        let embed = self.is_embed(opener.at);
        let is_active = embed || self.openers.len() >= self.inactive_below;
        self.inactive_below = self.inactive_below.min(self.openers.len());
        if !is_active || self.bytes.get(self.at) != Some(&b'(') {
            return;
        }
        let Some(destination) = destination(self.bytes, self.at + 1) else { return };
        self.at = destination.after;
        if !embed {
            self.inactive_below = self.openers.len();
        }
        self.add_markdown_link(opener.at, close, embed, &destination);
    }

    fn add_markdown_link(&mut self, open: usize, close: usize, embed: bool, destination: &Destination) {
        let span = self.content.span(open - usize::from(embed), destination.after);
        // A wikilink in the text of a link: which of them Obsidian takes is unknown (clause C6), so neither is recorded.
        let inside = self.draft.links.partition_point(|link| link.span.start < span.start);
        if self.draft.links[inside..].iter().any(|link| link.kind == LinkKind::Wikilink) {
            self.draft.links.truncate(inside);
            return;
        }
        let written = &self.text[destination.start..destination.end];
        if written.is_empty() || is_external(written) {
            return;
        }
        let (target, subpath) = wikilink::keep_target(self.draft, &decoded(written));
        self.draft.links.push(Link {
            span,
            target_span: self.content.span(destination.start, destination.end),
            target,
            subpath,
            display: (close > open + 1).then(|| self.content.span(open + 1, close)),
            kind: LinkKind::Markdown,
            place: self.place.link,
            embed,
            in_table: self.place.in_table,
        });
    }
}

/// Reads what follows `(`; a bare space ends a destination (clause M1).
fn destination(text: &[u8], at: usize) -> Option<Destination> {
    let open = skip_space(text, at);
    let (start, end, next) = if text.get(open) == Some(&b'<') {
        let end = angle_end(text, open + 1)?;
        (open + 1, end, end + 1)
    } else {
        let end = plain_end(text, open)?;
        (open, end, end)
    };
    let mut after = skip_space(text, next);
    if after > next && matches!(text.get(after), Some(b'"' | b'\'' | b'(')) {
        after = skip_space(text, title_end(text, after)?);
    }
    (text.get(after) == Some(&b')')).then_some(Destination { start, end, after: after + 1 })
}

fn angle_end(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match *text.get(at)? {
            b'>' => return Some(at),
            b'<' | b'\n' | b'\r' => return None,
            b'\\' if text.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 2,
            _ => at += 1,
        }
    }
}

/// Bytes at which a destination may end or nest.
static IS_STOP: [bool; 256] = {
    let (mut is_stop, mut at) = ([false; 256], 0);
    while at < 256 {
        is_stop[at] = matches!(at as u8, 0..=b' ' | 0x7f | b'\\' | b'(' | b')');
        at += 1;
    }
    is_stop
};

fn plain_end(text: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0;
    loop {
        at += text[at..].iter().position(|byte| IS_STOP[usize::from(*byte)])?;
        match text[at] {
            b'\\' if text.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            0..=b' ' | 0x7f => return (depth == 0).then_some(at),
            _ => {}
        }
        if depth > MAX_PARENTHESES {
            return None;
        }
        at += 1;
    }
}

fn title_end(text: &[u8], start: usize) -> Option<usize> {
    let close = if text[start] == b'(' { b')' } else { text[start] };
    let mut at = start + 1;
    loop {
        match *text.get(at)? {
            b'\\' if text.get(at + 1).is_some_and(u8::is_ascii_punctuation) => at += 1,
            byte if byte == close => return Some(at + 1),
            b'(' if close == b')' => return None,
            _ => {}
        }
        at += 1;
    }
}

fn skip_space(text: &[u8], at: usize) -> usize {
    at + text[at..].iter().take_while(|byte| byte.is_ascii_whitespace()).count()
}

/// Tells whether a destination has a URI scheme, or names a host (clause M2).
fn is_external(destination: &str) -> bool {
    let scheme = destination.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(byte)).count();
    let begins = destination.as_bytes()[0].is_ascii_alphabetic();
    begins && scheme >= 2 && destination.as_bytes().get(scheme) == Some(&b':') || destination.starts_with("//")
}

/// Removes backslashes before punctuation, and decodes percent signs once; what is not UTF-8 then stays as written.
pub fn decoded(destination: &str) -> Cow<'_, str> {
    if !destination.contains(['%', '\\']) {
        return Cow::Borrowed(destination);
    }
    let bytes = destination.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let next = bytes.get(at + 1);
        match bytes[at] {
            b'\\' if next.is_some_and(u8::is_ascii_punctuation) => at += 1,
            b'%' => {
                if let Some(byte) = hex_byte(&bytes[at + 1..]) {
                    decoded.push(byte);
                    at += 3;
                    continue;
                }
            }
            _ => {}
        }
        decoded.push(bytes[at]);
        at += 1;
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(destination), Cow::Owned)
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digit = |index: usize| digits.get(index).and_then(|byte| char::from(*byte).to_digit(16));
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}
