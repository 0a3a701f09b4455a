//! What looks like a person's name in the prose of a note, statement by statement: items, paragraphs, headings and the
//! texts of properties. Whether it is one is not asked here, since that takes the whole vault.

use std::sync::LazyLock;

use memchr::memmem::{Finder, FinderRev};

use crate::language::name::{Mention, is_other_name_cue, mentions};
use crate::note::{Body, Link, LinkKind, LinkPlace, NameMention, NamePlace, Outline, Value, ValueKind};
use crate::text::{Span, Strings, to_u32};

use super::held::held;

/// Finds the names of a note whose outline has everything else, the facts too, but its strings.
pub(super) fn parse(text: &str, outline: &Outline, body: &Body, strings: &mut Strings) -> Box<[NameMention]> {
    let mut names = Names {
        text,
        outline,
        strings,
        masks: masks(outline, body),
        cues: Cues::of(text),
        found: Vec::new(),
        statement: 0,
        pool: Pool::default(),
    };
    names.properties();
    let headings = outline.headings.iter().map(|heading| heading.text_span);
    let items = body.items.iter().map(|item| item.text_span);
    let paragraphs = body.paragraphs.iter().map(|paragraph| paragraph.span);
    let mut statements: Vec<Span> = headings.chain(items).chain(paragraphs).collect();
    statements.sort_unstable();
    for statement in statements {
        names.statement(statement);
    }
    names.found.as_slice().into()
}

/// Properties whose texts are not about people, or that name the note itself.
const OWN_PROPERTIES: &[&str] =
    &["name", "title", "aliases", "alias", "tags", "tag", "cssclasses", "cssclass", "publish", "permalink"];

/// A heading of this many bytes or more that ends in a name may have been cut there.
const LONG_HEADING: usize = 70;

/// Where names begin in the strings that are part of no fact and no heading: each takes its room once a note.
type Pool<'t> = rustc_hash::FxHashMap<&'t str, u32>;

struct Names<'t> {
    text: &'t str,
    outline: &'t Outline,
    strings: &'t mut Strings,
    /// Where nothing is read, in order: code, HTML, links, tags.
    masks: Vec<Span>,
    cues: Cues,
    found: Vec<NameMention>,
    statement: u32,
    pool: Pool<'t>,
}

impl<'t> Names<'t> {
    fn properties(&mut self) {
        let outline = self.outline;
        for property in &outline.properties {
            let key = property.key_span.of(self.text).trim_matches(['"', '\'']);
            if !OWN_PROPERTIES.iter().any(|own| own.eq_ignore_ascii_case(key)) {
                let own = std::slice::from_ref(&property.value);
                let values = if let ValueKind::List(range) = property.value.kind { outline.list(range) } else { own };
                values.iter().for_each(|value| self.property_value(value));
                self.statement += 1;
            }
        }
    }

    fn property_value(&mut self, value: &Value) {
        let raw = value.span.of(self.text);
        if !matches!(value.kind, ValueKind::Text { .. }) {
            return;
        }
        if raw.contains("[[") {
            let outline = self.outline;
            links_in(outline, value.span).for_each(|link| self.display(link, false));
            return;
        }
        for mention in mentions(raw, 2) {
            let mention = Mention { span: mention.span.shifted(value.span.start as usize), ..mention };
            self.add(mention, NamePlace::Property, false, false);
        }
    }

    fn statement(&mut self, span: Span) {
        let text = span.of(self.text);
        let masks = self.masks_in(span);
        let via = self.cues.via.then(|| via(text)).flatten().map(|via| via.shifted(span.start as usize));
        let via = via.filter(|via| !masks.iter().any(|mask| mask.contains(via.start - 1)));
        let one_to_one = self.cues.meeting && is_one_to_one(text);
        let least = if via.is_some() || self.cues.birth && names_birth_name(text) { 1 } else { 2 };
        let first = self.found.len();
        for piece in gaps(span, &masks) {
            let is_heading_end = piece.end == span.end && span.len() >= LONG_HEADING && self.is_heading(span);
            for mention in mentions(piece.of(self.text), least) {
                let mention = Mention { span: mention.span.shifted(piece.start as usize), ..mention };
                let is_cut = mention.is_truncated || (is_heading_end && mention.span.end == piece.end);
                let place = self.place(mention.span, via);
                let (span, declared) = self.without_cue(mention.span, piece);
                self.add(Mention { span, is_truncated: is_cut }, place, declared, one_to_one);
            }
        }
        self.links(span, via, one_to_one, self.found.len() > first);
        self.found[first..].sort_by_key(|name| name.span);
        self.statement += 1;
    }

    fn is_heading(&self, span: Span) -> bool {
        self.outline.headings.binary_search_by_key(&span, |heading| heading.text_span).is_ok()
    }

    fn place(&self, span: Span, via: Option<Span>) -> NamePlace {
        match via {
            Some(via) if via.covers(span) => NamePlace::Via,
            _ if self.text[..span.start as usize].ends_with('@') => NamePlace::At,
            _ => NamePlace::Text,
        }
    }

    /// Returns the name, and whether the text says that it is another name of somebody; the cue may open a sentence:
    /// `Formerly Ada Gordon`.
    fn without_cue(&self, span: Span, piece: Span) -> (Span, bool) {
        let before = &self.text[piece.start as usize..span.start as usize];
        let written = span.of(self.text);
        match written.find(' ').filter(|&at| is_other_name_cue(&written[..at])) {
            Some(at) => (Span { start: span.start + to_u32(at) + 1, ..span }, true),
            None => (span, is_other_name_cue(before.trim_end().trim_end_matches(['(', '"', '“', '\'', ':']))),
        }
    }

    /// Display texts of links; where the statement names people also what the links name.
    fn links(&mut self, statement: Span, via: Option<Span>, one_to_one: bool, has_names: bool) {
        let outline = self.outline;
        for link in links_in(outline, statement) {
            if link.embed || link.place != LinkPlace::Text {
                continue;
            }
            self.display(link, one_to_one);
            if (has_names || via.is_some())
                && link.kind == LinkKind::Wikilink
                && let Some(mention) = self.whole_mention(file_name(link.target_span, self.text))
            {
                let via = via.is_some_and(|via| via.covers(link.span));
                self.add(mention, NamePlace::Link { via }, false, one_to_one);
            }
        }
    }

    /// The display text of a link, if it is a name.
    fn display(&mut self, link: &Link, one_to_one: bool) {
        if let Some(display) = link.display
            && let Some(mention) = self.whole_mention(display)
            && mention.span.of(self.text).contains(' ')
        {
            self.add(mention, NamePlace::Display, false, one_to_one);
        }
    }

    /// The text, if all of it is one name.
    fn whole_mention(&self, span: Span) -> Option<Mention> {
        let text = span.of(self.text);
        let (start, trimmed) = (text.len() - text.trim_start().len(), text.trim());
        let [mention] = mentions(trimmed, 1)[..] else { return None };
        let is_whole = mention.span == Span::new(0, trimmed.len());
        is_whole.then(|| Mention { span: mention.span.shifted(span.start as usize + start), ..mention })
    }

    fn add(&mut self, mention: Mention, place: NamePlace, declared: bool, one_to_one: bool) {
        let written = mention.span.of(self.text);
        let (span, truncated, statement) = (mention.span, mention.is_truncated, self.statement);
        let text_start = match held(self.outline, span) {
            Some(text) => text.start(),
            None => *self.pool.entry(written).or_insert_with(|| self.strings.add(written).start()),
        };
        self.found.push(NameMention { span, text_start, statement, place, truncated, declared, one_to_one });
    }

    fn masks_in(&self, span: Span) -> Vec<Span> {
        let first = self.masks.partition_point(|mask| mask.end <= span.start);
        self.masks[first..].iter().copied().take_while(|mask| mask.start < span.end).collect()
    }
}

/// Where no prose is, merged and in order.
fn masks(outline: &Outline, body: &Body) -> Vec<Span> {
    let verbatim = body.verbatim.iter().map(|verbatim| verbatim.span);
    let links = outline.links.iter().map(|link| link.span);
    let tags = outline.tags.iter().map(|tag| tag.span);
    let mut spans: Vec<Span> = verbatim.chain(links).chain(tags).collect();
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        last.end = if joins { last.end.max(next.end) } else { last.end };
        joins
    });
    spans
}

/// The pieces of `span` between the masks.
fn gaps(span: Span, masks: &[Span]) -> Vec<Span> {
    let mut at = span.start;
    let mut gaps = Vec::with_capacity(masks.len() + 1);
    for mask in masks {
        if at < mask.start {
            gaps.push(Span { start: at, end: mask.start });
        }
        at = at.max(mask.end);
    }
    if at < span.end {
        gaps.push(Span { start: at, end: span.end });
    }
    gaps
}

fn links_in(outline: &Outline, span: Span) -> impl Iterator<Item = &Link> {
    let first = outline.links.partition_point(|link| link.span.start < span.start);
    outline.links[first..].iter().take_while(move |link| link.span.end <= span.end)
}

/// The last part of a link's target, without folders, subpath and extension.
fn file_name(target: Span, text: &str) -> Span {
    let written = target.of(text);
    let end = written.find(['#', '^']).unwrap_or(written.len());
    let start = written[..end].rfind('/').map_or(0, |at| at + 1);
    let name = written[start..end].strip_suffix(".md").unwrap_or(&written[start..end]);
    Span::new(target.start as usize + start, target.start as usize + start + name.len())
}

/// Which cues stand anywhere in the note: most have few, and are not asked for them statement by statement.
struct Cues {
    via: bool,
    birth: bool,
    meeting: bool,
}

static VIA: LazyLock<[FinderRev; 2]> = LazyLock::new(|| ["(via ", "(Via "].map(FinderRev::new));
static IA: LazyLock<Finder> = LazyLock::new(|| Finder::new("ia "));
static BIRTH: LazyLock<[Finder; 3]> = LazyLock::new(|| ["nee ", "geb. ", "maiden name"].map(Finder::new));
static ON: LazyLock<[Finder; 2]> = LazyLock::new(|| ["ne-on-", "ne on "].map(Finder::new));

impl Cues {
    fn of(text: &str) -> Cues {
        let bytes = text.as_bytes();
        let has = |finder: &Finder| finder.find(bytes).is_some();
        Cues {
            via: has(&IA),
            birth: memchr::memchr("é".as_bytes()[0], bytes).is_some() || BIRTH.iter().any(has),
            meeting: memchr::memchr(b'1', bytes).is_some() || ON.iter().any(has),
        }
    }
}

/// What stands in the parentheses of `(via …)` at the end of a statement.
fn via(text: &str) -> Option<Span> {
    memchr::memrchr(b')', text.as_bytes())?;
    let start = VIA.iter().find_map(|cue| cue.rfind(text.as_bytes()))? + "(via ".len();
    let len = text[start..].rfind(')')?;
    let rest = &text[start + len + 1..];
    let ends = rest.chars().all(|c| !c.is_alphanumeric()) || rest.trim_start().starts_with('^');
    ends.then(|| Span::new(start, start + len))
}

/// `née Gordon` is a surname alone.
fn names_birth_name(text: &str) -> bool {
    let starts_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let has_accent = memchr::memchr("é".as_bytes()[0], text.as_bytes()).is_some();
    let has_cue = |finder: &Finder| finder.find(text.as_bytes()).is_some_and(starts_word);
    has_accent && ["née ", "né "].iter().any(|cue| text.find(cue).is_some_and(starts_word)) || BIRTH.iter().any(has_cue)
}

fn is_one_to_one(text: &str) -> bool {
    const IN_DIGITS: &[&str] = &["1:1", "1-1", "1on1", "1-on-1", "1 on 1"];
    const IN_WORDS: &[&str] = &["one-on-one", "One-on-one", "one on one", "One-on-One"];
    let bytes = text.as_bytes();
    let is_way = |at: usize, ways: &[&str]| {
        ways.iter().any(|way| bytes[at..].starts_with(way.as_bytes()) && is_apart(text, at, at + way.len()))
    };
    memchr::memchr_iter(b'1', bytes).any(|at| is_way(at, IN_DIGITS))
        || ON.iter().any(|on| on.find_iter(bytes).any(|at| at > 0 && is_way(at - 1, IN_WORDS)))
}

/// No letter or digit stands right beside the piece, nor a digit behind a separator: `11:15` and `2025-1-1` are no meetings.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | ':');
    !before.is_some_and(is_part) && !after.is_some_and(char::is_alphanumeric)
}
