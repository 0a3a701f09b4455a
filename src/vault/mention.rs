//! Where the text of a note names another note without a link: an index of all names by their words.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::index::{fold, fold_eq};
use super::{Contents, Target, Vault};
use crate::note::{Body, Outline, ParagraphKind, VerbatimKind};
use crate::text::{FileId, Span};

/// Names of more words than this do not stand in running text.
const MOST_WORDS: usize = 12;
/// A single word is a mention only from this length on, and only as it is written in the name.
const SHORTEST_WORD: usize = 4;

/// A note's name or alias in the text of another note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub span: Span,
    pub note: FileId,
    pub in_table: bool,
}

/// Names by the hash of their folded words.
pub(super) struct MentionIndex {
    /// `None` for a name that several notes have.
    names: FxHashMap<u64, Option<Name>>,
    /// How many words the names have that begin with a word, one bit a number.
    counts: FxHashMap<u64, u32>,
}

struct Name {
    text: Box<str>,
    note: FileId,
}

impl MentionIndex {
    pub(super) fn new(vault: &Vault) -> MentionIndex {
        let mut index = MentionIndex { names: FxHashMap::default(), counts: FxHashMap::default() };
        for (id, file) in vault.files() {
            let obsidian = &vault.settings().obsidian;
            if !file.path.is_note() || obsidian.is_template(&file.path) || obsidian.is_periodic(file.path.stem()) {
                continue;
            }
            index.add(file.path.stem(), id);
            if file.contents == Contents::Read {
                vault.outline(id).aliases().into_iter().for_each(|(alias, _)| index.add(alias, id));
            }
        }
        index
    }

    fn add(&mut self, name: &str, note: FileId) {
        let name = name.trim();
        let words: Vec<Span> = words(name).collect();
        let has_letter = name.contains(char::is_alphabetic);
        let is_too_short = words.len() == 1 && name.chars().count() < SHORTEST_WORD;
        if words.is_empty() || words.len() > MOST_WORDS || !has_letter || is_too_short {
            return;
        }
        *self.counts.entry(hash(name, &words[..1])).or_default() |= 1 << words.len();
        let name = Name { text: name.into(), note };
        let known = self.names.entry(hash(&name.text, &words));
        known.and_modify(|known| *known = known.take().filter(|known| known.note == note)).or_insert(Some(name));
    }

    /// Returns the mentions in the prose of a note, in order; the longest name at a place.
    pub(super) fn in_note(&self, vault: &Vault, file: FileId) -> Vec<Mention> {
        let Some((text, body)) = vault.text(file).zip(vault.body(file)) else { return Vec::new() };
        let items = body.items.iter().map(|item| (item.text_span, false));
        let paragraphs = body.paragraphs.iter();
        let paragraphs = paragraphs.map(|own| (own.span, own.kind == ParagraphKind::TableRow));
        let mut found = Vec::new();
        for (region, in_table) in items.chain(paragraphs) {
            self.in_region(&text, region, |span, note| {
                let is_free = note != file
                    && is_prose(vault.outline(file), &body, span)
                    && !is_bracketed(before(&text, span, "\n"))
                    && !is_definition(before(&text, span, "\n"))
                    && !is_address(before(&text, span, "\n\n"))
                    && !is_joined(&text, span);
                found.extend(is_free.then_some(Mention { span, note, in_table }));
                is_free
            });
        }
        found.sort_by_key(|mention| mention.span);
        found.dedup_by_key(|mention| mention.span);
        found
    }

    fn in_region(&self, text: &str, region: Span, mut take: impl FnMut(Span, FileId) -> bool) {
        let Some(prose) = text.get(region.range()) else { return };
        let words: Vec<Span> = words(prose).collect();
        let mut at = 0;
        while at < words.len() {
            let counts = self.counts.get(&hash(prose, &words[at..=at])).copied().unwrap_or(0);
            let lengths = (1..=MOST_WORDS.min(words.len() - at)).rev().filter(|count| counts & (1 << count) != 0);
            let found = lengths.filter_map(|count| Some((count, self.named(prose, &words[at..at + count])?))).next();
            at += match found {
                Some((count, note)) => {
                    let span = Span { start: words[at].start, end: words[at + count - 1].end };
                    if take(span.shifted(region.start as usize), note) { count } else { 1 }
                }
                None => 1,
            };
        }
    }

    fn named(&self, prose: &str, words: &[Span]) -> Option<FileId> {
        let name = self.names.get(&hash(prose, words))?.as_ref()?;
        let written = &prose[words[0].range().start..words[words.len() - 1].range().end];
        let same = if words.len() == 1 { *written == *name.text } else { fold_eq(written.chars(), name.text.chars()) };
        same.then_some(name.note)
    }
}

/// A piece of a longer word, a path or an address: `Depot-2`, `https://example.com/Depot`, `Depot.png`.
fn is_joined(text: &str, span: Span) -> bool {
    const JOINTS: [char; 10] = ['/', '\\', '-', '_', '@', '.', '=', '&', '~', '%'];
    let range = span.range();
    let mut after = text[range.end..].chars();
    let goes_on =
        after.next().is_some_and(|joint| JOINTS.contains(&joint)) && after.next().is_some_and(char::is_alphanumeric);
    goes_on || text[..range.start].ends_with(JOINTS)
}

/// Outside links, tags, code, HTML, math and comments that speak to vaultlint.
fn is_prose(outline: &Outline, body: &Body, span: Span) -> bool {
    let is_inside = |other: Span| other.overlaps(span);
    let link = outline.links.partition_point(|link| link.span.end <= span.start);
    let is_linked = outline.links[link..].iter().take(2).any(|link| is_inside(link.span));
    let is_verbatim = body.verbatim.iter().any(|own| own.kind != VerbatimKind::Comment && is_inside(own.span));
    // A comment that speaks to vaultlint names rules.
    let is_suppression = outline.suppressions.iter().any(|own| is_inside(own.span));
    !is_linked && !is_verbatim && !is_suppression && !outline.tags.iter().any(|tag| is_inside(tag.span))
}

/// What stands between a border and a place, or the end of that.
fn before<'t>(text: &'t str, span: Span, border: &str) -> &'t str {
    const FAR: usize = 1000;
    let before = &text[..span.start as usize];
    let near = &before[before.floor_char_boundary(before.len().saturating_sub(FAR))..];
    &near[near.rfind(border).map_or(0, |at| at + border.len())..]
}

/// In brackets of any kind, such as the text of a link out of the vault, a wikilink would be torn apart.
fn is_bracketed(line: &str) -> bool {
    let open = line.chars().fold(0_u32, |open, character| match character {
        '[' => open + 1,
        ']' => open.saturating_sub(1),
        _ => open,
    });
    open > 0
}

/// Behind the label of a link definition stand an address and its title.
fn is_definition(line: &str) -> bool {
    line.trim_start_matches([' ', '>']).starts_with('[') && line.contains("]:")
}

/// So they do in the round brackets of a link, perhaps over several lines.
fn is_address(before: &str) -> bool {
    let is_open = |rest: &str| {
        let depth = rest.chars().try_fold(0_u32, |depth, character| match character {
            '(' => Some(depth + 1),
            ')' => (depth > 1).then(|| depth - 1),
            _ => Some(depth),
        });
        depth.is_some()
    };
    before.rfind("](").is_some_and(|at| is_open(&before[at + 1..]))
}

/// Runs of letters and digits; what belongs to an address, a tag or a longer word joined by signs is no word.
fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let rest = &text[start..];
        at = start + rest.find(|character: char| !character.is_alphanumeric()).unwrap_or(rest.len());
        Some(Span::new(start, at))
    })
}

fn hash(text: &str, words: &[Span]) -> u64 {
    let mut hasher = FxHasher::default();
    for word in words {
        fold(word.of(text).chars()).for_each(|character| hasher.write_u32(character as u32));
        hasher.write_u8(0);
    }
    hasher.finish()
}

impl Vault {
    /// Tells whether a text, written as a link in `source`, leads to `note`.
    pub fn leads_to(&self, source: FileId, text: &str, note: FileId) -> bool {
        self.resolve_text(source, text, false) == Target::File(note)
    }
}

#[cfg(test)]
mod tests {
    use super::{is_address, is_bracketed, is_definition};

    #[test]
    fn open_brackets_are_counted() {
        assert!(is_bracketed("a [") && is_bracketed("[[[x](y.md)"));
        assert!(!is_bracketed("- [ ] ") && !is_bracketed("a ]] [[b]] ") && !is_bracketed(""));
    }

    #[test]
    fn addresses_and_their_titles_are_no_prose() {
        for before in ["[x](<", "[x](<Depot: ", "[q](mailto:a@x \"", "a [b](c_(d) \"", "[a](b\n\"c "] {
            assert!(is_address(before), "{before}");
        }
        for before in ["[x](y) and ", "[x](y_(z)) (see ", "a (b ", ""] {
            assert!(!is_address(before), "{before}");
        }
        assert!(
            is_definition("[ref]: https://example.org \"") && is_definition("> [r]: ") && !is_definition("see [1]: ")
        );
    }
}
