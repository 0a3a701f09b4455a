//! HTML as CommonMark recognises it: what begins a block, what ends it, and tags, comments and autolinks inside a line.

use memchr::{memchr, memchr_iter, memmem};

/// Tags that begin a block which ends at a blank line.
const BLOCK_TAGS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// Tags whose content is raw text, up to the closing tag.
const RAW_TAGS: [&str; 4] = ["script", "pre", "textarea", "style"];

/// Tags that have no content.
const VOID_TAGS: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// The seven ways in which an HTML block begins; they differ in how it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum BlockKind {
    Raw,
    Comment,
    Instruction,
    Declaration,
    Data,
    /// Ends at a blank line.
    Tag,
}

/// Tells whether an HTML block begins at the beginning of `line`; any complete tag alone on a line begins one, but not
/// inside a paragraph.
pub(in crate::parse) fn block_start(line: &[u8], in_paragraph: bool) -> Option<BlockKind> {
    let inner = line.strip_prefix(b"<")?;
    match *inner.first()? {
        b'!' if inner.starts_with(b"!--") => Some(BlockKind::Comment),
        b'!' if inner.starts_with(b"![CDATA[") => Some(BlockKind::Data),
        b'!' => inner.get(1).filter(|byte| byte.is_ascii_alphabetic()).map(|_| BlockKind::Declaration),
        b'?' => Some(BlockKind::Instruction),
        b'/' => tag_block(line, &inner[1..], true, in_paragraph),
        _ => tag_block(line, inner, false, in_paragraph),
    }
}

fn tag_block(line: &[u8], after: &[u8], closing: bool, in_paragraph: bool) -> Option<BlockKind> {
    let name = name(after)?;
    let next = &after[name.len()..];
    let ends = matches!(next.first(), None | Some(b' ' | b'\t' | 0x0b | 0x0c | b'>'));
    if !closing && ends && is_one_of(name, &RAW_TAGS) {
        return Some(BlockKind::Raw);
    }
    if (ends || next.starts_with(b"/>")) && is_one_of(name, &BLOCK_TAGS) {
        return Some(BlockKind::Tag);
    }
    let end = if in_paragraph { None } else { tag_end(line) }?;
    line[end..].iter().all(|byte| matches!(byte, b' ' | b'\t' | 0x0c)).then_some(BlockKind::Tag)
}

/// Tells whether `line` is the last one of a block of `kind`; a block that ends at a blank line has no such line.
pub(in crate::parse) fn block_end(kind: BlockKind, line: &[u8]) -> bool {
    match kind {
        BlockKind::Raw => memmem::find_iter(line, b"</").any(|at| {
            let after = &line[at + 2..];
            name(after).is_some_and(|name| is_one_of(name, &RAW_TAGS) && after.get(name.len()) == Some(&b'>'))
        }),
        BlockKind::Comment => has_closing(line, b"--"),
        BlockKind::Instruction => has_closing(line, b"?"),
        BlockKind::Declaration => memchr(b'>', line).is_some(),
        BlockKind::Data => has_closing(line, b"]]"),
        BlockKind::Tag => false,
    }
}

/// Tells whether a line has a `>` with these signs before it.
fn has_closing(line: &[u8], signs: &[u8]) -> bool {
    memchr_iter(b'>', line).any(|at| line[..at].ends_with(signs))
}

/// What `<` begins inside a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse) enum InlineHtml {
    Tag,
    Comment,
    /// `<https://…>` or `<name@host>`: a link out of the vault, not HTML.
    Autolink,
}

/// The ends of what may go on over a whole text. Remembers which end stands nowhere further down, so that a text full of
/// beginnings is not searched to its end for each of them.
pub(in crate::parse) struct HtmlEnds {
    /// For each end the place from which on it does not stand.
    missing_from: [usize; ENDS.len()],
}

const ENDS: [&[u8]; 4] = [b"-->", b"]]>", b"?>", b">"];

impl HtmlEnds {
    /// Knows nothing yet.
    pub fn new() -> HtmlEnds {
        HtmlEnds { missing_from: [usize::MAX; ENDS.len()] }
    }

    /// Returns where the end number `which` that stands at `from` or later ends.
    fn find(&mut self, which: usize, text: &[u8], from: usize) -> Option<usize> {
        if from >= self.missing_from[which].min(text.len()) {
            return None;
        }
        let found = memmem::find(&text[from..], ENDS[which]);
        if found.is_none() {
            self.missing_from[which] = from;
        }
        found.map(|at| from + at + ENDS[which].len())
    }
}

/// Returns what the `<` at `at` begins, and where that ends; `ends` is for this text alone.
pub(in crate::parse) fn inline_html(whole: &[u8], at: usize, ends: &mut HtmlEnds) -> Option<(InlineHtml, usize)> {
    let text = &whole[at..];
    let (kind, len) = match *text.get(1)? {
        b'!' => return declaration_end(whole, at, ends),
        b'?' => return ends.find(2, whole, at + 2).map(|end| (InlineHtml::Tag, end)),
        b'/' => tag_end(text).map(|end| (InlineHtml::Tag, end)),
        byte if byte.is_ascii_alphabetic() => match autolink_end(text) {
            Some(end) => Some((InlineHtml::Autolink, end)),
            None => tag_end(text).map(|end| (InlineHtml::Tag, end)),
        },
        _ => email_end(text).map(|end| (InlineHtml::Autolink, end)),
    }?;
    Some((kind, at + len))
}

fn declaration_end(whole: &[u8], at: usize, ends: &mut HtmlEnds) -> Option<(InlineHtml, usize)> {
    let text = &whole[at..];
    if text.starts_with(b"<!--") {
        let short = if text[4..].starts_with(b">") { Some(5) } else { text[4..].starts_with(b"->").then_some(6) };
        let end = short.map(|len| at + len).or_else(|| ends.find(0, whole, at + 4));
        return end.map(|end| (InlineHtml::Comment, end));
    }
    if text.starts_with(b"<![CDATA[") {
        return ends.find(1, whole, at + 9).map(|end| (InlineHtml::Tag, end));
    }
    let name = text[2..].iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    text.get(2 + name).filter(|byte| name > 0 && byte.is_ascii_whitespace())?;
    ends.find(3, whole, at + 2).map(|end| (InlineHtml::Tag, end))
}

/// Returns the end of the complete opening or closing tag at the beginning of `text`.
fn tag_end(text: &[u8]) -> Option<usize> {
    if text.get(1) == Some(&b'/') {
        let at = skip_space(text, 2 + name(&text[2..])?.len());
        return (text.get(at) == Some(&b'>')).then_some(at + 1);
    }
    let mut at = 1 + name(&text[1..])?.len();
    loop {
        let next = skip_space(text, at);
        match *text.get(next)? {
            b'>' => return Some(next + 1),
            b'/' => return (text.get(next + 1) == Some(&b'>')).then_some(next + 2),
            _ if next > at => at = attribute_end(text, next)?,
            _ => return None,
        }
    }
}

fn attribute_end(text: &[u8], start: usize) -> Option<usize> {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || matches!(byte, b'_' | b':');
    let is_further = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b':' | b'.' | b'-');
    text.get(start).filter(|byte| is_first(byte))?;
    let end = start + text[start..].iter().take_while(|byte| is_further(byte)).count();
    let equals = skip_space(text, end);
    if text.get(equals) != Some(&b'=') {
        return Some(end);
    }
    let value = skip_space(text, equals + 1);
    match *text.get(value)? {
        quote @ (b'"' | b'\'') => memchr(quote, &text[value + 1..]).map(|at| value + at + 2),
        _ => {
            let is_plain = |byte: &u8| {
                !byte.is_ascii_whitespace() && !matches!(byte, 0x0b | b'"' | b'\'' | b'=' | b'<' | b'>' | b'`')
            };
            let len = text[value..].iter().take_while(|byte| is_plain(byte)).count();
            (len > 0).then_some(value + len)
        }
    }
}

fn autolink_end(text: &[u8]) -> Option<usize> {
    let is_scheme = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-');
    let scheme = text[1..].iter().take(33).take_while(|byte| is_scheme(byte)).count();
    if !(2..=32).contains(&scheme) || text.get(1 + scheme) != Some(&b':') {
        return email_end(text);
    }
    let end = text.iter().skip(2 + scheme).position(|byte| *byte <= b' ' || matches!(byte, b'<' | b'>'))? + 2 + scheme;
    (text[end] == b'>').then_some(end + 1)
}

fn email_end(text: &[u8]) -> Option<usize> {
    let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte);
    let local = text[1..].iter().take_while(|byte| is_local(byte)).count();
    let host = text.get(1 + local).filter(|byte| **byte == b'@' && local > 0).map(|_| 2 + local)?;
    let len =
        text[host..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')).count();
    let is_label = |label: &[u8]| {
        let fits = (1..=63).contains(&label.len());
        fits && label[0].is_ascii_alphanumeric() && label[label.len() - 1].is_ascii_alphanumeric()
    };
    let valid = text[host..host + len].split(|byte| *byte == b'.').all(is_label);
    (valid && text.get(host + len) == Some(&b'>')).then_some(host + len + 1)
}

/// Returns the name of the opening tag at the beginning of `tag`, unless the tag closes itself.
pub(in crate::parse) fn opened_tag(tag: &[u8]) -> Option<&[u8]> {
    if tag.ends_with(b"/>") { None } else { name(&tag[1..]) }
}

/// Tells whether a tag never has content, as `<br>`.
pub(in crate::parse) fn is_void(name: &[u8]) -> bool {
    is_one_of(name, &VOID_TAGS)
}

fn name(text: &[u8]) -> Option<&[u8]> {
    text.first().filter(|byte| byte.is_ascii_alphabetic())?;
    let len = text.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    Some(&text[..len])
}

fn is_one_of(name: &[u8], names: &[&str]) -> bool {
    names.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(name))
}

fn skip_space(text: &[u8], at: usize) -> usize {
    at + text[at..].iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == 0x0b).count()
}
