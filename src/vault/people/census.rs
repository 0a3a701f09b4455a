//! Counts the names that stand in the notes, and infers whose vault it is.

use rustc_hash::FxHashMap;

use super::super::Vault;
use super::{People, PersonId};
use crate::language::name::Name;
use crate::note::{NameMention, NamePlace, Outline};
use crate::text::FileId;

/// Every distinct name of the vault's prose, in the order of the first mention.
pub(super) struct Census<'v> {
    pub names: Vec<Counted<'v>>,
}

/// A name and how often it stands where.
pub(super) struct Counted<'v> {
    pub text: &'v str,
    pub mentions: u32,
    pub notes: u32,
    last_note: FileId,
    /// Statements about a meeting of two.
    one_to_one: u32,
    /// Somewhere the text says that it is another name of somebody.
    pub declared: bool,
}

/// The owner of the vault is in this many meetings of two at least.
const LEAST_MEETINGS: u32 = 3;

/// Counts the names.
pub(super) fn take(vault: &Vault) -> Census<'_> {
    let mut names: Vec<Counted> = Vec::new();
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    for (note, _) in vault.files() {
        let outline = vault.outline(note);
        for mention in outline.names.iter().filter(|mention| is_prose(mention)) {
            let text = outline.str(mention.text);
            let number = *numbers.entry(text).or_insert(names.len());
            if number == names.len() {
                let last_note = FileId(u32::MAX);
                names.push(Counted { text, mentions: 0, notes: 0, last_note, one_to_one: 0, declared: false });
            }
            let counted = &mut names[number];
            counted.mentions += 1;
            counted.notes += u32::from(counted.last_note != note);
            counted.last_note = note;
            counted.one_to_one += u32::from(mention.one_to_one && mention.place != NamePlace::Via);
            counted.declared |= mention.declared;
        }
    }
    Census { names }
}

/// Whole names that stand as text; links are counted where they are resolved.
pub(super) fn is_prose(mention: &NameMention) -> bool {
    let is_text = !matches!(mention.place, NamePlace::Display(_) | NamePlace::Link { .. });
    is_text && !mention.truncated
}

impl Census<'_> {
    /// Returns the person who is in the most meetings of two, registering one without a note if need be.
    pub fn owner(&self, people: &mut People) -> Option<PersonId> {
        let mut counts: Vec<(u32, &str)> = self.names.iter().map(|name| (name.one_to_one, name.text)).collect();
        counts.retain(|(count, text)| *count >= LEAST_MEETINGS && text.contains(' '));
        counts.sort_unstable_by(|a, b| b.cmp(a));
        let full = |text: &str| super::registry::is_persons_name(text, &Name::parse(text));
        let mut counts = counts.into_iter().filter(|(_, text)| full(text));
        let (most, text) = counts.next()?;
        let second = counts.next().map_or(0, |(count, _)| count);
        (most > second).then(|| people.owner_named(text))
    }
}

/// Calls back with the names of each statement of a note.
pub(super) fn statements<'o>(outline: &'o Outline) -> impl Iterator<Item = &'o [NameMention]> {
    outline.names.chunk_by(|a, b| a.statement == b.statement)
}
