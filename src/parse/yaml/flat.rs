//! Reads the frontmatter that most notes have, `key: value` and lists of single lines, without the parser of all of YAML. What
//! is anything else is left to that parser; what both can read they read alike.

use memchr::{memchr, memchr2_iter};

use super::build::duplicates;
use super::{Document, Node, NodeKind, scalar};
use crate::text::Span;

/// Longer keys are a mistake in YAML, which the parser words.
const LONGEST_KEY: usize = 200;

/// Returns the document if it is flat; `None` leaves it to the parser.
pub(super) fn document(text: &str) -> Option<Document> {
    let mut lines = Lines::new(text);
    let mut entries = Vec::with_capacity(8);
    while let Some((start, line)) = lines.peek() {
        lines.advance();
        let colon = key_length(line)?;
        let key = Node { span: Span::new(start, start + colon), kind: scalar::resolve(&line[..colon]) };
        let (begin, written) = (start + colon + 1, &line[colon + 1..]);
        let value = match written.trim_matches(' ').is_empty() {
            true => lines.list()?.unwrap_or(Node { span: Span::at(begin), kind: NodeKind::Null }),
            false => value(begin, written)?,
        };
        entries.push((key, value));
    }
    let end = entries.last()?.1.span.end;
    let duplicates = duplicates(&entries);
    let root = Node { span: Span { start: 0, end }, kind: NodeKind::Map(entries) };
    Some(Document { root, comments: Vec::new(), duplicates })
}

struct Lines<'t> {
    text: &'t str,
    /// Where the line starts that is looked at.
    at: usize,
    /// That line without its end.
    line: &'t str,
    /// Where the line behind it starts.
    next: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        let mut lines = Lines { text, at: 0, line: "", next: 0 };
        lines.advance();
        lines
    }

    /// Returns where the line starts, and the line; `None` behind the last one.
    fn peek(&self) -> Option<(usize, &'t str)> {
        (self.at < self.text.len()).then_some((self.at, self.line))
    }

    fn advance(&mut self) {
        self.at = self.next;
        let rest = &self.text[self.at..];
        let line = &rest[..memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())];
        self.next = self.text.len().min(self.at + line.len() + 1);
        self.line = line.strip_suffix('\r').unwrap_or(line);
    }

    /// Reads a list, if one begins here; `None` for one that is not flat.
    fn list(&mut self) -> Option<Option<Node>> {
        let Some((start, line)) = self.peek() else { return Some(None) };
        let indent = line.len() - line.trim_start_matches(' ').len();
        let mut items: Vec<Node> = Vec::new();
        while let Some((at, line)) = self.peek() {
            let is_indented = line.len() > indent && line.as_bytes()[..indent].iter().all(|byte| *byte == b' ');
            let Some(item) = is_indented.then(|| &line[indent..]).and_then(|line| line.strip_prefix('-')) else {
                break;
            };
            let begin = at + indent + 1;
            items.push(match item.trim_matches(' ').is_empty() {
                true => Node { span: Span::at(begin), kind: NodeKind::Null },
                false => value(begin, item)?,
            });
            self.advance();
        }
        let Some(last) = items.last() else { return Some(None) };
        Some(Some(Node { span: Span::new(start + indent, last.span.range().end), kind: NodeKind::List(items) }))
    }
}

/// Returns how long the key is that a colon ends; only plain words are keys here.
fn key_length(line: &str) -> Option<usize> {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ');
    let length = line.bytes().position(|byte| !is_part(byte)).filter(|length| *length <= LONGEST_KEY)?;
    let key = &line.as_bytes()[..length];
    let begins = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_key = key.first().is_some_and(begins) && key.last() != Some(&b' ') && line[length..].starts_with(':');
    is_key.then_some(length)
}

/// Reads what stands behind a colon or dash, which a space must part from it.
fn value(begin: usize, written: &str) -> Option<Node> {
    let value = written.strip_prefix(' ')?.trim_start_matches(' ');
    let start = begin + written.len() - value.len();
    let value = value.trim_end_matches(' ');
    let kind = match value.bytes().next()? {
        sign @ (b'"' | b'\'') => {
            let sign = char::from(sign);
            let inside = value[1..].strip_suffix(sign)?;
            let is_whole = !inside.contains([sign, '\\']) && is_plain(inside);
            is_whole.then(|| NodeKind::Text { value: inside.to_owned(), quoted: true })?
        }
        first if first.is_ascii_alphanumeric() || first == b'_' => {
            (!means_more(value) && is_plain(value)).then(|| scalar::resolve(value))?
        }
        _ => return None,
    };
    Some(Node { span: Span::new(start, start + value.len()), kind })
}

/// A colon before a space or the end makes a mapping, a hash behind a space a comment.
fn means_more(value: &str) -> bool {
    let bytes = value.as_bytes();
    memchr2_iter(b':', b'#', bytes).any(|at| match bytes[at] {
        b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
        _ => at > 0 && bytes[at - 1] == b' ',
    })
}

fn is_plain(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b' '..=b'~')) || value.chars().all(is_allowed)
}

/// Characters that mean nothing to YAML inside a value, and that it may hold.
fn is_allowed(letter: char) -> bool {
    matches!(letter, ' '..='~' | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '€' | '£' | '→')
        || !letter.is_ascii() && letter.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::super::build;
    use super::document;

    const LINES: &[&str] = &[
        "title: Ada Lovelace",
        "aliases:",
        "aliases: ",
        "tags:  ",
        "  - one",
        "  - two words",
        "- three",
        "- ",
        "-",
        "due: 2025-10-08",
        "at: 12:30",
        "count: 12",
        "count: 0x1F",
        "share: 1.5e3",
        "is_done: true",
        "none: null",
        "empty: ~",
        "quoted: \"a: b #c\"",
        "quoted: 'it is'",
        "quoted: 'it''s'",
        "broken: \"a",
        "broken: \"a\" b",
        "note: a: b",
        "note: a #b",
        "note: a#b",
        "note: a:",
        "note:b",
        "key with words: x",
        "trailing : x",
        "  nested: y",
        "    deep: z",
        "true: 1",
        "12: months",
        "été: x",
        "name: Zoë – née Ünal",
        "name: 日本",
        "list: [a, b]",
        "map: {a: b}",
        "text: |",
        "anchor: &a b",
        "alias: *a",
        "tag: !x y",
        "[[link]]: x",
        "link: \"[[Ada]]\"",
        "# comment",
        "a: b # comment",
        "",
        " ",
        "---",
        "...",
        "? x",
        "a:\tb",
        "a: b\tc",
        "a: \u{85}",
        "a: b\u{2028}c",
        "a: b ",
        "a: \u{feff}",
        "- \"[[Ada]]\"",
        "-  spaced",
        "- a: b",
        "- - a",
        " - off",
        "  - 'x'",
        "a-b_c: 1",
        "-a: b",
        "_x: y",
        "x: -1",
        "x: .5",
    ];

    #[test]
    fn what_it_reads_the_parser_of_all_of_yaml_reads_alike() {
        let (mut next, mut flat) = (crate::text::random_below(), 0);
        for _ in 0..60_000 {
            let mut text = String::new();
            for _ in 0..=next(4) {
                text.push_str(LINES[next(LINES.len())]);
                text.push_str(["\n", "\n", "\n", "\r\n", "\r", ""][next(6)]);
            }
            if let Some(document) = document(&text) {
                assert_eq!(build::document(&text), Ok(document), "{text:?}");
                flat += 1;
            }
        }
        assert!(flat > 6_000, "{flat}");
    }
}
