//! Reads one block of text in one pass: wikilinks, embeds, Markdown links, tags, comments, and the code, HTML and math
//! between them. All spans are those of the note.

use memchr::{memchr_iter, memmem};

use super::content::Content;
use super::draft::Draft;
use super::verbatim::{CodeSpans, HtmlEnds, InlineHtml, inline_html, is_void, math_end, opened_tag};
use crate::note::{LinkPlace, UnclosedKind, VerbatimKind};

pub(super) mod block_id;
pub(super) mod callout;
pub(super) mod field;
pub(super) mod generated;
mod markdown_link;
pub(super) mod property;
pub(super) mod suppression;
mod tag;
mod wikilink;

use markdown_link::Opener;
pub use markdown_link::decoded;
pub use tag::{invalid_tag_character, is_tag};

/// How far a closing tag is looked for.
const MAX_HTML_LEN: usize = 1000;

/// How many closing tags of other names are passed over.
const MAX_CLOSING_TAGS: usize = 8;

/// Bytes at which something may begin or end; all others are plain text.
static IS_SIGN: [bool; 256] = {
    let mut is_sign = [false; 256];
    let signs = b"\\`[]#$%<";
    let mut index = 0;
    while index < signs.len() {
        is_sign[signs[index] as usize] = true;
        index += 1;
    }
    is_sign
};

/// Where the text stands, as far as its links care.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub link: LinkPlace,
    pub in_table: bool,
}

/// A comment or math that begins a line and does not end in its block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub kind: VerbatimKind,
    /// Where it begins in the content.
    pub at: usize,
}

/// Memory that is used again from block to block.
#[derive(Default)]
pub(super) struct Room {
    openers: Vec<Opener>,
}

/// Reads the bytes from `start` to `end` of `content`; returns what the block may have to carry over to the next one.
pub(super) fn scan(
    content: &Content,
    (start, end): (usize, usize),
    place: Place,
    draft: &mut Draft,
    room: &mut Room,
) -> Option<Opening> {
    let text = &content.text[..end];
    let first = next_sign(text.as_bytes(), start)?;
    room.openers.clear();
    let mut scan = Scan {
        content,
        text,
        bytes: text.as_bytes(),
        at: first,
        start,
        place,
        draft,
        openers: &mut room.openers,
        code: CodeSpans::new(),
        html_ends: HtmlEnds::new(),
        next_close: 0,
        line_end: 0,
        inactive_below: 0,
        tag_end: usize::MAX,
        escape_end: usize::MAX,
        opening: None,
    };
    scan.run();
    scan.opening
}

fn next_sign(bytes: &[u8], at: usize) -> Option<usize> {
    bytes[at..].iter().position(|byte| IS_SIGN[*byte as usize]).map(|ahead| at + ahead)
}

struct Scan<'a> {
    content: &'a Content<'a>,
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    start: usize,
    place: Place,
    draft: &'a mut Draft,
    /// Square brackets that may begin a Markdown link.
    openers: &'a mut Vec<Opener>,
    code: CodeSpans,
    html_ends: HtmlEnds,
    /// The first `]]` at or after the last place that asked; the length of the text if there is none.
    next_close: usize,
    /// The end of the line of the last place that asked.
    line_end: usize,
    /// Openers below this index are too far out: a link holds no link.
    inactive_below: usize,
    /// Where the last tag ended.
    tag_end: usize,
    /// Where the last escaped character ended.
    escape_end: usize,
    opening: Option<Opening>,
}

impl Scan<'_> {
    fn run(&mut self) {
        loop {
            match self.bytes[self.at] {
                b'\\' => self.escape(),
                b'`' => self.inline_code(),
                b'[' => self.opening_bracket(),
                b']' => self.closing_bracket(),
                b'#' => self.tag(),
                b'$' => self.math(),
                b'%' => self.comment(),
                _ => self.html(),
            }
            let Some(at) = next_sign(self.bytes, self.at) else { return };
            self.at = at;
        }
    }

    fn escape(&mut self) {
        let is_escape = self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_punctuation);
        self.at += 1 + usize::from(is_escape);
        if is_escape {
            self.escape_end = self.at;
        }
    }

    fn inline_code(&mut self) {
        match self.code.end(self.bytes, self.at) {
            Ok(end) => self.skip_verbatim(end, VerbatimKind::InlineCode),
            Err(end) => self.at = end,
        }
    }

    fn skip_verbatim(&mut self, end: usize, kind: VerbatimKind) {
        self.draft.add_verbatim(self.content.span(self.at, end), kind);
        self.at = end;
    }

    fn math(&mut self) {
        match math_end(self.bytes, self.at) {
            Ok(end) => self.skip_verbatim(end, VerbatimKind::Math),
            Err(end) => {
                if end - self.at == 2 && self.begins_line() {
                    self.open(VerbatimKind::Math);
                }
                self.at = end;
            }
        }
    }

    fn comment(&mut self) {
        if self.bytes.get(self.at + 1) != Some(&b'%') {
            self.at += 1;
            return;
        }
        let (start, inner) = (self.at, self.at + 2);
        let Some(len) = find_pair(&self.bytes[inner..], b'%') else {
            self.unclosed_comment();
            self.at = inner;
            return;
        };
        let (verbatim, unclosed) = (self.draft.verbatim.len(), self.draft.unclosed.len());
        let place = Place { link: comment_place(self.place.link), ..self.place };
        let mut room = Room::default();
        scan(self.content, (inner, inner + len), place, self.draft, &mut room);
        self.draft.verbatim.truncate(verbatim);
        self.draft.unclosed.truncate(unclosed);
        self.at = start;
        self.skip_verbatim(inner + len + 2, VerbatimKind::Comment);
    }

    fn unclosed_comment(&mut self) {
        if self.begins_line() {
            self.open(VerbatimKind::Comment);
        } else if self.bytes[self.at - 1].is_ascii_whitespace() {
            self.draft.add_unclosed(self.content.span(self.at, self.at + 2), UnclosedKind::Comment);
        }
    }

    fn open(&mut self, kind: VerbatimKind) {
        self.opening.get_or_insert(Opening { kind, at: self.at });
    }

    fn begins_line(&self) -> bool {
        let before = &self.bytes[self.start..self.at];
        let line = before.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')).map_or(0, |at| at + 1);
        before[line..].iter().all(|byte| matches!(byte, b' ' | b'\t'))
    }

    fn html(&mut self) {
        let Some((kind, end)) = inline_html(self.bytes, self.at, &mut self.html_ends) else {
            self.at += 1;
            return;
        };
        match kind {
            InlineHtml::Autolink => self.at = end,
            InlineHtml::Comment => self.skip_verbatim(end, VerbatimKind::HtmlComment),
            // Whether Obsidian finds links between inline tags is unknown (clause L7): they count as HTML.
            InlineHtml::Tag => self.skip_verbatim(self.closing_tag(end).unwrap_or(end), VerbatimKind::Html),
        }
    }

    /// Returns the end of the tag that closes the one from `self.at` to `end`.
    fn closing_tag(&self, end: usize) -> Option<usize> {
        let name = opened_tag(&self.bytes[self.at..end]).filter(|name| !is_void(name))?;
        let limit = self.bytes.len().min(end + MAX_HTML_LEN);
        let rest = &self.bytes[end..limit];
        let closes = |at: &usize| {
            let after = &rest[at + 2..];
            let is_same = after.len() > name.len() && after[..name.len()].eq_ignore_ascii_case(name);
            is_same && after[name.len()] == b'>'
        };
        memmem::find_iter(rest, b"</").take(MAX_CLOSING_TAGS).find(closes).map(|at| end + at + 2 + name.len() + 1)
    }
}

/// Returns where `sign` stands twice in a row.
fn find_pair(bytes: &[u8], sign: u8) -> Option<usize> {
    memchr_iter(sign, bytes).find(|at| bytes.get(at + 1) == Some(&sign))
}

fn comment_place(outer: LinkPlace) -> LinkPlace {
    if outer == LinkPlace::Text { LinkPlace::Comment } else { outer }
}
