//! Finds the names that are nobody's and come suspiciously near to somebody's, and weighs the doubt.
//!
//! Distinct names are compared, not mentions, and only those that share a block: a hash of a surname's sound, or of a
//! name with one letter left out.

use std::cell::LazyCell;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::super::Vault;
use super::census::{Census, Counted, is_prose, statements};
use super::registry::is_persons_name;
use super::{Pairing, People, PersonId};
use crate::language::name::{
    Name, PartRelation, Relation, Role, are_one_sound, edits, fold, is_known_given, share_pet_form, sound_alike,
};
use crate::note::{NameMention, NamePlace, Outline};
use crate::text::{FileId, Span, to_u32};

mod blocks;

use blocks::Blocks;

/// A name that is nobody's, and whom it comes near to.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// The person who is most likely meant, by which name, and how the names relate.
    pub pairing: Pairing,
    /// The name as written.
    pub written: Box<str>,
    /// Where in the mention's text the name begins: `Met Clint Hosteller` begins with no name.
    start: usize,
    /// The first note with this form.
    pub first_note: FileId,
    /// No other registered person comes near.
    pub is_only: bool,
    /// Mentions of this form.
    pub mentions: u32,
    /// Notes with this form, and notes that name the person rightly.
    pub notes: (u32, u32),
    /// Nothing speaks for two people.
    pub is_unopposed: bool,
    /// The one letter that differs stands in a word of six or more.
    pub is_small_slip: bool,
}

/// A form that stands more often is a habit, and one finding.
const FEW_MENTIONS: u32 = 5;

impl Suspect {
    /// Returns whether the form is so usual that all its places are one finding.
    pub fn is_usual(&self) -> bool {
        self.mentions > FEW_MENTIONS
    }

    /// Returns every place of the form, in the order of the notes.
    pub fn places(&self, vault: &Vault) -> Vec<(FileId, Span)> {
        let people = vault.people();
        let of_note = |note: FileId| {
            let suspects = people.suspects_in(vault.outline(note));
            suspects
                .filter(|(_, other)| std::ptr::eq(*other, self) || other.written == self.written)
                .map(move |(span, _)| (note, span))
        };
        vault.checked().flat_map(of_note).collect()
    }
}

impl People {
    /// Returns the suspicious names of a note, with the places of the names.
    pub fn suspects_in<'p>(&'p self, outline: &'p Outline) -> impl Iterator<Item = (Span, &'p Suspect)> {
        let names = if self.suspects.is_empty() { &[][..] } else { &outline.names };
        names.iter().filter(|mention| is_prose(mention)).filter_map(|mention| {
            let suspect = self.suspects.get(outline.str(mention.text()))?;
            Some((Span { start: mention.span.start + to_u32(suspect.start), ..mention.span }, suspect))
        })
    }
}

/// The doubt, in bits, from which on a spelling is reported.
const LEAST_WEIGHT: f64 = 5.0;
/// A form that stands in this many notes is no slip of a name that only sounds alike.
const MANY_NOTES: u32 = 3;

pub(super) fn find(vault: &Vault, census: &Census, people: &mut People) {
    let wanted = census.asked(vault);
    if wanted.is_empty() {
        return;
    }
    let blocks = Blocks::new(people);
    let parts = PartCounts::new(people);
    let known: &People = people;
    let examined = wanted.par_iter().map(|counted| {
        let mut crowded = FxHashSet::default();
        (examine(counted, known, &blocks, &mut crowded), crowded)
    });
    let mut found: FxHashMap<Box<str>, Suspect> = FxHashMap::default();
    let mut crowded = FxHashSet::default();
    for (counted, (suspect, keys)) in wanted.iter().zip(examined.collect::<Vec<_>>()) {
        crowded.extend(keys);
        if let Some(suspect) = suspect {
            found.insert(counted.text.into(), suspect);
        }
    }
    drop(blocks);
    people.crowded_blocks = crowded.len();
    veto_named_together(vault, people, &mut found);
    weigh_notes(vault, census, people, &mut found, &parts);
    people.suspects = found;
}

/// Compares one name with everybody who comes near; somebody whom it fits ends the suspicion.
fn examine(counted: &Counted, people: &People, blocks: &Blocks, crowded: &mut FxHashSet<u64>) -> Option<Suspect> {
    let has_registered_run = has_registered_run(counted.text, people);
    if counted.declared || has_registered_run == Some(true) {
        return None;
    }
    let is_anybodys = LazyCell::new(|| has_registered_run.is_none() && is_anybodys(counted.text, people));
    let mut best: Option<(Suspect, usize)> = None;
    let mut candidates = Vec::new();
    for start in beginnings(counted.text) {
        let text = &counted.text[start..];
        let name = Name::parse(text);
        // Few names come near to anybody, and are asked for more than that.
        let shared = blocks.shared(&name);
        if shared.is_empty() || !is_persons_name(text, &name) {
            continue;
        }
        if *is_anybodys {
            return None;
        }
        for pairing in blocks.near(&name, shared, people, crowded) {
            let known = &people.person(pairing.id).names[pairing.known];
            match pairing.comparison.relation {
                Relation::Same | Relation::Compatible => return None,
                Relation::Variant | Relation::SoundsLike if !people.are_declared_different(&name, &known.name) => {}
                _ => continue,
            }
            candidates.push(pairing.id);
            // Best is the name with as many words as the mention's, then the nearer one.
            let words = |text: &str| text.split_whitespace().count();
            let distance = words(&known.text).abs_diff(words(text)) * 4
                + usize::from(pairing.comparison.relation == Relation::SoundsLike);
            if best.as_ref().is_none_or(|(_, least)| distance < *least) {
                let is_small_slip = is_small_slip(&name, &known.name, &pairing);
                best = Some((Suspect::new(pairing, start, counted, is_small_slip), distance));
            }
        }
    }
    let (mut suspect, _) = best?;
    suspect.is_only = candidates.iter().all(|id| *id == suspect.pairing.id);
    let is_hint = suspect.pairing.comparison.relation == Relation::SoundsLike;
    (!is_hint || counted.notes < MANY_NOTES).then_some(suspect)
}

impl Suspect {
    fn new(pairing: Pairing, start: usize, counted: &Counted, is_small_slip: bool) -> Suspect {
        Suspect {
            pairing,
            written: counted.text[start..].into(),
            start,
            first_note: counted.first_note,
            is_only: true,
            mentions: counted.mentions,
            notes: (counted.notes, 0),
            is_unopposed: true,
            is_small_slip,
        }
    }
}

/// Some run of the words is a registered name.
fn is_anybodys(text: &str, people: &People) -> bool {
    let ends = |start: usize| word_ends(text).filter(move |end| *end > start);
    word_starts(text).any(|start| {
        ends(start).any(|end| {
            let run = &text[start..end];
            // One word is no person's whole name.
            let is_word = run.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
            if is_word && people.organisations.is_empty() {
                return false;
            }
            let key = Name::key_of(run);
            let is_persons = || people.by_key.contains_key(&key) && Name::parse(run).is_full();
            !key.is_empty() && (people.organisations.contains(&key) || is_persons())
        })
    })
}

/// Looks the runs of plain words up by their letters, which is all that taking them apart would come to: two words or more
/// for a person, any for an organisation. `None` if a word is not plain, or there are too many.
fn has_registered_run(text: &str, people: &People) -> Option<bool> {
    const MOST_WORDS: usize = 8;
    let (mut letters, mut starts) = (String::with_capacity(text.len()), [0; MOST_WORDS + 1]);
    let mut count = 0;
    for word in text.split(' ') {
        let is_ascii = word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let is_plain = word.len() > 1 && (is_ascii || word.chars().all(|c| c.is_alphabetic() || c == '-'));
        if !is_plain || count == MOST_WORDS {
            return None;
        }
        match is_ascii {
            true => letters.push_str(word),
            false => letters.extend(fold(word).chars().filter(|c| c.is_alphanumeric())),
        }
        count += 1;
        starts[count] = letters.len();
    }
    letters.make_ascii_lowercase();
    let mut runs = (0..count).flat_map(|first| (first + 1..=count).map(move |end| (first, end)));
    Some(runs.any(|(first, end)| {
        let run = &letters[starts[first]..starts[end]];
        !run.is_empty() && (end > first + 1 && people.by_key.contains_key(run) || people.organisations.contains(run))
    }))
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1))
}

fn word_ends(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(text.len()))
}

/// Where a name may begin: at the first word, or at the second if the first is no name but opens a sentence.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let second = word_starts(text).nth(1).filter(|&at| {
        let first = crate::language::name::fold(text[..at].trim());
        text[at..].contains(' ') && !is_known_given(&first) && first.chars().count() > 1 && !first.ends_with('.')
    });
    std::iter::once(0).chain(second)
}

/// How many registered people share a given name or a surname: the rarer the part that agrees, the more it says.
struct PartCounts {
    counts: FxHashMap<(bool, Box<str>), u32>,
}

impl PartCounts {
    fn new(people: &People) -> PartCounts {
        let mut counts = FxHashMap::default();
        for (_, person) in people.iter() {
            let name = &person.main_name().name;
            for is_surname in [false, true] {
                if let Some(letters) = part(name, is_surname) {
                    *counts.entry((is_surname, letters.into())).or_insert(0) += 1;
                }
            }
        }
        PartCounts { counts }
    }

    fn of(&self, name: &Name, is_surname: bool) -> u32 {
        let letters = part(name, is_surname).unwrap_or_default();
        self.counts.get(&(is_surname, letters.into())).copied().unwrap_or(0)
    }
}

fn part(name: &Name, is_surname: bool) -> Option<&str> {
    let role = if is_surname { Role::Surname } else { Role::Given };
    let part = name.parts().iter().rfind(|part| part.role == role)?;
    Some(name.letters(part))
}

/// One edit in a word of six letters or more.
fn is_small_slip(name: &Name, known: &Name, pairing: &Pairing) -> bool {
    let is_surname = pairing.comparison.surname.is_near();
    let (Some(a), Some(b)) = (part(name, is_surname), part(known, is_surname)) else { return false };
    edits(a, b) == 1 && a.chars().count().min(b.chars().count()) >= 6
}

/// Two names that one statement gives to two people are two people's.
fn veto_named_together(vault: &Vault, people: &People, found: &mut FxHashMap<Box<str>, Suspect>) {
    if found.is_empty() {
        return;
    }
    let mut vetoed: Vec<Box<str>> = Vec::new();
    for (note, _) in vault.files() {
        let outline = vault.outline(note);
        for names in statements(outline) {
            for mention in names.iter().filter(|mention| is_prose(mention)) {
                let text = outline.str(mention.text());
                let Some(suspect) = found.get(text) else { continue };
                if mention.place != NamePlace::Via && names_person(outline, names, mention, suspect.pairing.id, people)
                {
                    vetoed.push(text.into());
                }
            }
        }
    }
    for text in vetoed {
        found.remove(&text);
    }
}

/// Another name of the statement, outside `(via …)`, is the person's own.
fn names_person(outline: &Outline, names: &[NameMention], but: &NameMention, id: PersonId, people: &People) -> bool {
    names.iter().any(|other| {
        let is_via = matches!(other.place, NamePlace::Via | NamePlace::Link { via: true });
        let text = outline.str(other.text());
        !is_via && other.span != but.span && text.contains(' ') && {
            let is_persons = |start| people.with_key(&Name::key_of(&text[start..])).contains(&id);
            beginnings(text).any(is_persons)
        }
    })
}

/// Adds how often the person is named rightly, weighs each suspicion, and drops the light ones.
fn weigh_notes(
    vault: &Vault,
    census: &Census,
    people: &People,
    found: &mut FxHashMap<Box<str>, Suspect>,
    parts: &PartCounts,
) {
    let mut right: FxHashMap<PersonId, u32> = found.values().map(|suspect| (suspect.pairing.id, 0)).collect();
    if right.is_empty() {
        return;
    }
    // Who links to whom is asked of all notes.
    vault.look_up_links(|_| true);
    let keys: Vec<u32> = people.keys_of(|id| right.contains_key(&id)).map(letters).collect();
    for counted in &census.names {
        // Few names have the letters of such a key at all.
        let has_letters = |key: &u32| key & !letters(counted.text) == 0;
        if counted.text.is_ascii() && !keys.iter().any(has_letters) {
            continue;
        }
        for id in people.with_key(&Name::key_of(counted.text)) {
            right.entry(*id).and_modify(|notes| *notes += counted.notes);
        }
    }
    for (id, notes) in &mut right {
        let note = people.person(*id).note;
        *notes += note.map_or(0, |note| 1 + linking_notes(vault, note));
    }
    found.retain(|text, suspect| {
        suspect.notes.1 = right[&suspect.pairing.id];
        let known = &people.person(suspect.pairing.id).names[suspect.pairing.known];
        let name = Name::parse(&text[suspect.start..]);
        let (weight, is_unopposed) = weight(suspect, &name, &known.name, parts);
        suspect.is_unopposed = is_unopposed;
        suspect.pairing.comparison.relation == Relation::SoundsLike || weight >= LEAST_WEIGHT
    });
}

/// Returns which of the letters from a to z a text has, in either case, a bit for each.
fn letters(text: &str) -> u32 {
    text.bytes().filter(u8::is_ascii_alphabetic).fold(0, |letters, byte| letters | 1 << (byte & 31))
}

fn linking_notes(vault: &Vault, note: FileId) -> u32 {
    let mut sources: Vec<_> = vault.backlinks(note).iter().map(|(source, _)| *source).collect();
    sources.dedup();
    to_u32(sources.len())
}

/// Sums, in bits, what speaks for a slip; the flag says that nothing speaks against it.
fn weight(suspect: &Suspect, name: &Name, known: &Name, parts: &PartCounts) -> (f64, bool) {
    let comparison = suspect.pairing.comparison;
    let is_surname = comparison.surname.is_near();
    let (written, meant) = (part(name, is_surname).unwrap_or_default(), part(known, is_surname).unwrap_or_default());
    let slips = edits(written, meant);
    let letters = written.chars().count().max(meant.chars().count());
    let agreeing = f64::from(parts.of(known, !is_surname).max(1));
    let (own, right) = (f64::from(suspect.notes.0), f64::from(suspect.notes.1));
    let rarity = 8.0 - agreeing.log2();
    let difference = (letters as f64 - 4.0 * slips as f64).clamp(-2.0, 5.0);
    let repeated = -1.5 * (own - 1.0).min(4.0);
    let usual = (1.0 + right).log2().min(4.0);
    let established =
        if is_established(written, meant, is_surname, comparison.given, parts, name) { -8.0 } else { 0.0 };
    (rarity + difference + repeated + usual + established, established == 0.0 && own <= 1.0)
}

/// Both spellings are names in their own right.
fn is_established(
    written: &str,
    meant: &str,
    is_surname: bool,
    given: PartRelation,
    parts: &PartCounts,
    name: &Name,
) -> bool {
    if parts.of(name, is_surname) > 0 {
        return true;
    }
    let both_known = !is_surname && is_known_given(written) && is_known_given(meant);
    let are_two = || !share_pet_form(written, meant) && !are_one_sound(written, meant);
    let differ = || given == PartRelation::Spelling && !sound_alike(written, meant);
    both_known && (written.len() < 4 || differ() || are_two())
}
