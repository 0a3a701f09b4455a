//! What looks like a person's name in the prose of a note, statement by statement: items, paragraphs, headings and the
//! texts of properties. Whether it is one is not asked here, since that takes the whole vault.

use crate::language::name::{Cues, Mention, MentionFinder, is_other_name_cue};
use crate::note::{Body, Link, LinkKind, LinkPlace, NameMention, NamePlace, Outline, Value, ValueKind};
use crate::text::{Span, Strings, to_u32, without_extension};

use super::held::held;

/// Finds the names of a note whose outline has everything else, the facts too, but its strings.
pub(super) fn parse(text: &str, outline: &Outline, body: &Body, strings: &mut Strings) -> Box<[NameMention]> {
    let mut names = Names {
        text,
        outline,
        strings,
        cues: Cues::of(text),
        finder: MentionFinder::default(),
        found: Vec::new(),
        statement: 0,
        pool: Pool::default(),
    };
    names.properties();
    let headings = outline.headings.iter().map(|heading| heading.text_span);
    let items = body.items.iter().map(|item| item.text_span);
    let paragraphs = body.paragraphs.iter().map(|paragraph| paragraph.span);
    let mut statements: Vec<Span> = headings.chain(items).chain(paragraphs).collect();
    // Three lists in order, one after the other: the stable sort sees that.
    statements.sort();
    let masks = masks(outline, body);
    let mut rest = &masks[..];
    for statement in statements {
        while let [mask, later @ ..] = rest
            && mask.end <= statement.start
        {
            rest = later;
        }
        let inside = rest.iter().take_while(|mask| mask.start < statement.end).count();
        names.statement(statement, &rest[..inside]);
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
    cues: Cues,
    finder: MentionFinder,
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
        let mut finder = std::mem::take(&mut self.finder);
        for mention in finder.find(raw, 2) {
            let mention = Mention { span: mention.span.shifted(value.span.start as usize), ..*mention };
            self.add(mention, NamePlace::Property, false, false);
        }
        self.finder = finder;
    }

    /// Reads a statement, but for the `masks` inside: code, HTML, links, tags.
    fn statement(&mut self, span: Span, masks: &[Span]) {
        let via = self.cues.via(self.text, span);
        let via = via.filter(|via| !masks.iter().any(|mask| mask.contains(via.start - 1)));
        let one_to_one = self.cues.is_one_to_one(self.text, span);
        let least = if via.is_some() || self.cues.names_birth_name(self.text, span) { 1 } else { 2 };
        let first = self.found.len();
        let mut finder = std::mem::take(&mut self.finder);
        for piece in gaps(span, masks) {
            let is_heading_end = piece.end == span.end && span.len() >= LONG_HEADING && self.is_heading(span);
            for mention in finder.find(piece.of(self.text), least) {
                let mention = Mention { span: mention.span.shifted(piece.start as usize), ..*mention };
                let is_cut = mention.is_truncated || (is_heading_end && mention.span.end == piece.end);
                let place = self.place(mention.span, via);
                let (span, declared) = self.without_cue(mention.span, piece);
                if place == NamePlace::Text && !declared && self.is_cited(span) {
                    continue;
                }
                self.add(Mention { span, is_truncated: is_cut }, place, declared, one_to_one);
            }
        }
        self.finder = finder;
        // A link is a mask.
        if !masks.is_empty() {
            self.links(span, via, one_to_one, self.found.len() > first);
            self.found[first..].sort_by_key(|name| name.span);
        }
        self.statement += 1;
    }

    fn is_heading(&self, span: Span) -> bool {
        self.outline.headings.binary_search_by_key(&span, |heading| heading.text_span).is_ok()
    }

    /// `printed as “Tomas Wojciechowsky”`: a name in quotation marks is told as somebody wrote it, rightly or not.
    fn is_cited(&self, span: Span) -> bool {
        let (before, after) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        before.ends_with(['"', '“', '”', '„', '«', '»', '‘', '\''])
            && after.starts_with(['"', '”', '“', '»', '«', '’', '\''])
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
            && display.of(self.text).contains(' ')
            && let Some(mention) = self.whole_mention(display)
            && mention.span.of(self.text).contains(' ')
        {
            self.add(mention, NamePlace::Display, false, one_to_one);
        }
    }

    /// The text, if all of it is one name.
    fn whole_mention(&mut self, span: Span) -> Option<Mention> {
        let text = span.of(self.text);
        let (start, trimmed) = (text.len() - text.trim_start().len(), text.trim());
        // Names begin with a letter, and end in one or in a dot; much of what is linked does not.
        let is_end = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'.' || !byte.is_ascii();
        let is_begin = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
        if !trimmed.as_bytes().first().is_some_and(is_begin) || !trimmed.as_bytes().last().is_some_and(is_end) {
            return None;
        }
        let mention = self.finder.find_whole(trimmed)?;
        Some(Mention { span: mention.span.shifted(span.start as usize + start), ..mention })
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
}

/// Where no prose is, merged and in order.
fn masks(outline: &Outline, body: &Body) -> Vec<Span> {
    let verbatim = body.verbatim.iter().map(|verbatim| verbatim.span);
    let links = outline.links.iter().map(|link| link.span);
    let tags = outline.tags.iter().map(|tag| tag.span);
    let mut spans: Vec<Span> = verbatim.chain(links).chain(tags).collect();
    spans.sort();
    spans.dedup_by(|next, last| {
        let joins = next.start <= last.end;
        last.end = if joins { last.end.max(next.end) } else { last.end };
        joins
    });
    spans
}

/// The pieces of `span` between the masks.
fn gaps(span: Span, masks: &[Span]) -> impl Iterator<Item = Span> {
    let mut at = span.start;
    let ends = masks.iter().copied().chain(std::iter::once(Span { start: span.end, end: span.end }));
    ends.filter_map(move |mask| {
        let gap = Span { start: at, end: mask.start.max(at) };
        at = at.max(mask.end);
        (!gap.is_empty()).then_some(gap)
    })
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
    let name = without_extension(&written[start..end]);
    Span::new(target.start as usize + start, target.start as usize + start + name.len())
}
