//! Wikilinks and embeds: `[[target#subpath|display]]` (clauses L).

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::{Scan, find_pair};
use crate::note::{Link, LinkKind, UnclosedKind};
use crate::parse::draft::Draft;
use crate::parse::verbatim::inline_html;
use crate::text::{Span, Str};

/// The parts of what stands between the brackets, as ranges of its bytes.
pub(super) struct Parts {
    pub target_end: usize,
    pub display: Option<usize>,
}

/// Splits at the first pipe; one in first position does not split (clause L2), the backslash before one is dropped (L10).
pub(super) fn parts(inner: &str) -> Parts {
    let whole = Parts { target_end: inner.len(), display: None };
    let Some(pipe) = memchr(b'|', inner.as_bytes()) else { return whole };
    let target_end = if inner[..pipe].ends_with('\\') { pipe - 1 } else { pipe };
    if target_end == 0 { whole } else { Parts { target_end, display: Some(pipe + 1) } }
}

/// Keeps what is looked up and the subpath: all from the first `#` (clause H1).
pub(super) fn keep_target(draft: &mut Draft, target: &str) -> (Str, Str) {
    let (path, subpath) = target.split_at(memchr(b'#', target.as_bytes()).unwrap_or(target.len()));
    (draft.targets.add(path.trim()), draft.targets.add(subpath))
}

impl Scan<'_> {
    pub(super) fn opening_bracket(&mut self) {
        let start = self.at;
        let brackets = crate::parse::verbatim::run(&self.bytes[start..], b'[');
        let inner = start + brackets;
        let Some(close) = (brackets >= 2).then(|| self.wikilink_close(inner)).flatten() else {
            if brackets >= 2 {
                self.unclosed_wikilink(inner);
            }
            self.push_openers(start, brackets);
            self.at = inner;
            return;
        };
        self.push_openers(start, brackets - 2);
        self.at = close + 2;
        // What `[[[x]]]` is to Obsidian is unknown (clause L4); `[[]]` is no link (clause L3).
        if brackets == 2 && close > inner {
            self.add_wikilink(start, inner, close);
        }
    }

    /// Returns where the `]]` stands that closes a wikilink whose target begins at `inner`: on the same line, without
    /// another `[[` before it, and not inside code or HTML.
    fn wikilink_close(&mut self, inner: usize) -> Option<usize> {
        if self.next_close < inner {
            let found = find_pair(&self.bytes[inner..], b']');
            self.next_close = found.map_or(self.bytes.len(), |at| inner + at);
        }
        let close = self.next_close;
        if close == self.bytes.len() || self.line_end(inner) < close {
            return None;
        }
        let between = &self.bytes[inner..close];
        if memchr3(b'[', b'`', b'<', between).is_none() {
            return Some(close);
        }
        if find_pair(between, b'[').is_some() {
            return None;
        }
        // Code inside the brackets: which of the two Obsidian takes is unknown, so no link is recorded. HTML that begins
        // inside and ends outside wins, as it does in CommonMark.
        let has_code = memchr_iter(b'`', between).any(|at| self.is_code(inner + at));
        let crosses = memchr_iter(b'<', between)
            .any(|at| inline_html(self.bytes, inner + at, &mut self.html_ends).is_some_and(|(_, end)| end > close));
        (!has_code && !crosses).then_some(close)
    }

    /// The backtick at `at` opens code.
    fn is_code(&mut self, at: usize) -> bool {
        self.bytes[at - 1] != b'`' && self.code.end(self.bytes, at).is_ok()
    }

    /// `[[` with a word behind it and no `]]` on the line.
    fn unclosed_wikilink(&mut self, inner: usize) {
        let line_end = self.line_end(inner);
        let has_word = self.bytes.get(inner).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
        let is_closed = self.next_close < line_end;
        if has_word && !is_closed && !self.place.in_table {
            self.draft.add_unclosed(self.content.span(inner - 2, line_end), UnclosedKind::Wikilink);
        }
    }

    /// Returns where the line ends that holds `at`; `at` never goes back.
    fn line_end(&mut self, at: usize) -> usize {
        if self.line_end < at || self.line_end == 0 {
            let rest = &self.bytes[at..];
            self.line_end = at + memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        }
        self.line_end
    }

    fn add_wikilink(&mut self, start: usize, inner: usize, close: usize) {
        let text = &self.text[inner..close];
        let parts = parts(text);
        if text[..parts.target_end].trim().is_empty() {
            return;
        }
        let (target, subpath) = keep_target(self.draft, &text[..parts.target_end]);
        let embed = self.is_embed(start);
        self.draft.links.push(Link {
            span: self.content.span(start - usize::from(embed), close + 2),
            target_span: self.content.span(inner, inner + parts.target_end),
            target,
            subpath,
            display: parts.display.map(|display| self.content.span(inner + display, close)),
            kind: LinkKind::Wikilink,
            place: self.place.link,
            embed,
            in_table: self.place.in_table,
        });
    }

    /// An unescaped `!` stands before the bracket at `at`.
    pub(super) fn is_embed(&self, at: usize) -> bool {
        at > self.start && self.bytes[at - 1] == b'!' && self.escape_end != at
    }
}

/// Returns the parts of a text that is exactly one wikilink (clause P1): the span of its target in the text, and the parts.
pub(super) fn exactly_one(text: &str) -> Option<(Span, Parts)> {
    let inner = text.strip_prefix("[[")?.strip_suffix("]]")?;
    let has_pair = |sign| find_pair(inner.as_bytes(), sign).is_some();
    let is_one = !inner.is_empty() && !inner.contains(['\n', '\r']) && !has_pair(b']') && !has_pair(b'[');
    is_one.then(|| (Span::new(2, 2 + inner.len()), parts(inner)))
}
