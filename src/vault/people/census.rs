//! Counts the names that stand in the notes, and infers whose vault it is.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Vault;
use super::registry::is_persons_name;
use super::{People, PersonId};
use crate::language::name::Name;
use crate::note::{NameMention, NamePlace, Outline};
use crate::text::FileId;

/// Every distinct name of the vault's prose, in the order of the first mention.
pub(super) struct Census<'v> {
    pub names: Vec<Counted<'v>>,
}

impl<'v> Census<'v> {
    /// Returns the names that stand in notes of which findings are asked for.
    pub fn asked(&self, vault: &'v Vault) -> Vec<&Counted<'v>> {
        if vault.is_asked_whole() {
            return self.names.iter().collect();
        }
        let asked = vault.checked().filter(|file| vault.is_asked(*file)).map(|file| vault.outline(file));
        let texts = |outline: &'v Outline| outline.names.iter().map(|mention| outline.str(mention.text()));
        let asked: FxHashSet<&str> = asked.flat_map(texts).collect();
        self.names.iter().filter(|counted| asked.contains(counted.text)).collect()
    }
}

/// A name and how often it stands where.
pub(super) struct Counted<'v> {
    pub text: &'v str,
    pub mentions: u32,
    pub notes: u32,
    pub first_note: FileId,
    last_note: FileId,
    /// Somewhere the text says that it is another name of somebody.
    pub declared: bool,
}

/// The owner of the vault meets this many people at least.
const LEAST_PARTNERS: usize = 3;

/// Counts the names.
pub(super) fn take(vault: &Vault) -> Census<'_> {
    let mut names: Vec<Counted> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for (note, _) in vault.files() {
        let outline = vault.outline(note);
        for mention in outline.names.iter().filter(|mention| is_prose(mention)) {
            let text = outline.str(mention.text());
            let number = *numbers.entry(text).or_insert(names.len());
            if number == names.len() {
                let last_note = FileId(u32::MAX);
                names.push(Counted { text, mentions: 0, notes: 0, first_note: note, last_note, declared: false });
            }
            let counted = &mut names[number];
            counted.mentions += 1;
            counted.notes += u32::from(counted.last_note != note);
            counted.last_note = note;
            counted.declared |= mention.declared;
        }
    }
    Census { names }
}

/// Whole names that stand as text; links are counted where they are resolved.
pub(super) fn is_prose(mention: &NameMention) -> bool {
    let is_text = !matches!(mention.place, NamePlace::Display | NamePlace::Link { .. });
    is_text && !mention.truncated
}

/// Infers the owner: whoever meets more people than anybody else, in statements such as `1:1 between A and B`. Registers a
/// person without a note if need be.
pub(super) fn owner(vault: &Vault, people: &mut People) -> Option<PersonId> {
    let mut partners: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for (note, _) in vault.files() {
        let outline = vault.outline(note);
        for pair in outline.names.windows(2) {
            let [a, b] = pair else { continue };
            if a.one_to_one && a.statement == b.statement && are_joined(a, b) {
                let (a, b) = (outline.str(a.text()), outline.str(b.text()));
                partners.entry(a).or_default().insert(b);
                partners.entry(b).or_default().insert(a);
            }
        }
    }
    let mut counts: Vec<(usize, &str)> = partners.iter().map(|(text, partners)| (partners.len(), *text)).collect();
    counts.retain(|(count, text)| *count >= LEAST_PARTNERS && is_persons_name(text, &Name::parse(text)));
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let (most, text) = *counts.first()?;
    let second = counts.get(1).map_or(0, |(count, _)| *count);
    (most > second).then(|| people.owner_named(text))
}

/// Nothing but a word such as `and` stands between the two names.
fn are_joined(a: &NameMention, b: &NameMention) -> bool {
    const LONGEST_WORD: u32 = 5;
    let are_text =
        [a, b].iter().all(|mention| matches!(mention.place, NamePlace::Text | NamePlace::Link { via: false }));
    are_text && b.span.start.saturating_sub(a.span.end) <= LONGEST_WORD
}

/// Calls back with the names of each statement of a note.
pub(super) fn statements(outline: &Outline) -> impl Iterator<Item = &[NameMention]> {
    outline.names.chunk_by(|a, b| a.statement == b.statement)
}
