//! Which facts of different notes are worth comparing: those that share two of their rarest words. Near-linear: a pair of
//! words that many facts share says nothing and is left out, and no fact has more than so many candidates.

use rustc_hash::FxHashMap;

use super::within::{NoteFacts, Short};
use super::{Capped, FactId, FactPair, is_compared};
use crate::language::fact::{Anchor, Relation, compare as compare_statements, subject_keys};
use crate::note::FactKind;
use crate::text::{FileId, to_u32};
use crate::vault::Vault;
use crate::vault::settings::Kind;

/// Rarest words of a fact that make its pairs.
const RAREST: usize = 6;

/// A pair of words that more facts share says nothing.
const MOST_HOLDERS: usize = 64;

/// A fact is compared with so many others at most.
const MOST_CANDIDATES: u8 = 64;

/// A subject without a name is told apart from a form that many notes fill in by how few facts have its words.
const MOST_NAMELESS: usize = 3;

/// Pairs of words are sorted part by part, so that only one part takes room.
const PARTS: u64 = 8;

/// What the comparison found.
#[derive(Default)]
pub(super) struct Found {
    pub near: Vec<(FactId, FactId)>,
    pub pairs: Vec<FactPair>,
    pub capped: Capped,
}

/// Compares the facts of different notes. Of equal facts only the first is looked at.
pub(super) fn compare(vault: &Vault, equal: &[Vec<FactId>]) -> Found {
    let items = Items::new(vault, equal);
    let mut found = Found::default();
    let mut read = None;
    for (one, another) in items.candidates(vault, &mut found.capped) {
        let (one, another) = (items.ids[one as usize], items.ids[another as usize]);
        // Candidates are sorted by their first fact, which is read once for all of its pairs.
        let known = read.take().filter(|(id, _)| *id == one);
        let (_, statement) = read.insert(known.unwrap_or_else(|| (one, vault.statement(one))));
        let comparison = compare_statements(statement, &vault.statement(another));
        match comparison.relation {
            Relation::Near | Relation::Equal => found.near.push((one, another)),
            Relation::Unrelated => {}
            _ => found.pairs.push(FactPair { one, another, comparison }),
        }
    }
    found
}

/// The facts that are compared, as flat arrays.
struct Items {
    ids: Vec<FactId>,
    /// How many facts have a word.
    frequency: FxHashMap<u32, u32>,
    /// Words of the names of the notes that are about one thing.
    subjects: FxHashMap<FileId, Box<[u32]>>,
}

impl Items {
    fn new(vault: &Vault, equal: &[Vec<FactId>]) -> Items {
        let later: rustc_hash::FxHashSet<FactId> = equal.iter().flat_map(|group| &group[1..]).copied().collect();
        let mut items = Items { ids: Vec::new(), frequency: FxHashMap::default(), subjects: FxHashMap::default() };
        for file in vault.checked() {
            let note = vault.note_facts(file);
            if vault.has_subject(file) && !note.briefs.is_empty() {
                items.subjects.insert(file, subject_keys(vault.subject(file)).into());
            }
            for (index, fact) in vault.outline(file).facts.iter().enumerate() {
                let id = FactId { file, index: to_u32(index) };
                let anchored = note.briefs[index].signature.anchor > Anchor::None || items.subjects.contains_key(&file);
                if is_compared(fact) && anchored && !note.keys(index).is_empty() && !later.contains(&id) {
                    note.keys(index).iter().for_each(|key| *items.frequency.entry(*key).or_default() += 1);
                    items.ids.push(id);
                }
            }
        }
        items
    }

    fn candidates(&self, vault: &Vault, capped: &mut Capped) -> Vec<(u32, u32)> {
        let mut counts = vec![0_u8; self.ids.len()];
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        for part in 0..PARTS {
            for holders in self.postings(vault, part).chunk_by(|one, another| one >> 32 == another >> 32) {
                if holders.len() > MOST_HOLDERS {
                    capped.crowded_keys += 1;
                } else {
                    self.pair(vault, holders, &mut counts, &mut candidates);
                }
            }
        }
        capped.crowded_facts = counts.iter().filter(|count| **count >= MOST_CANDIDATES).count();
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// Returns one part of the pairs of words with the facts that have them, sorted.
    fn postings(&self, vault: &Vault, part: u64) -> Vec<u64> {
        let mut postings = Vec::new();
        let mut rarest = Vec::new();
        for (item, id) in self.ids.iter().enumerate() {
            self.rarest(vault, *id, &mut rarest);
            for (position, one) in rarest.iter().enumerate() {
                for another in &rarest[position + 1..] {
                    let (low, high) = (one.min(another), one.max(another));
                    let pair = (u64::from(*low) << 32 | u64::from(*high)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                    if pair >> 61 == part {
                        postings.push(pair >> 16 << 32 | item as u64);
                    }
                }
            }
        }
        postings.sort_unstable();
        postings.dedup();
        postings
    }

    /// Collects the rarest words of a fact; its note's name counts among them.
    fn rarest(&self, vault: &Vault, id: FactId, rarest: &mut Vec<u32>) {
        rarest.clear();
        rarest.extend_from_slice(vault.note_facts(id.file).keys(id.index as usize));
        rarest.sort_unstable_by_key(|key| (self.frequency.get(key).copied().unwrap_or_default(), *key));
        rarest.truncate(RAREST);
        for key in self.subjects.get(&id.file).iter().flat_map(|subject| subject.iter()) {
            if !rarest.contains(key) {
                rarest.push(*key);
            }
        }
    }

    /// Adds the pairs of one list of holders that may say the same thing.
    fn pair(&self, vault: &Vault, holders: &[u64], counts: &mut [u8], candidates: &mut Vec<(u32, u32)>) {
        let item = |posting: &u64| *posting as u32 as usize;
        for (position, left) in holders.iter().enumerate() {
            let left = item(left);
            for right in &holders[position + 1..] {
                let right = item(right);
                if counts[left] >= MOST_CANDIDATES {
                    break;
                }
                if counts[right] < MOST_CANDIDATES
                    && self.may_relate(vault, self.ids[left], self.ids[right], holders.len())
                {
                    candidates.push((left as u32, right as u32));
                    counts[left] += 1;
                    counts[right] += 1;
                }
            }
        }
    }

    fn may_relate(&self, vault: &Vault, one: FactId, another: FactId, holders: usize) -> bool {
        if one.file == another.file {
            return false;
        }
        let (note, other) = (vault.note_facts(one.file), vault.note_facts(another.file));
        let (brief, other_brief) =
            (note.briefs[one.index as usize].signature, other.briefs[another.index as usize].signature);
        let (keys, other_keys) = (note.keys(one.index as usize), other.keys(another.index as usize));
        values_allow(brief, other_brief)
            && self.are_of_one_kind(vault, one, another)
            && (self.are_anchored(vault, (one, brief), (another, other_brief), holders)
                || self.names_note(one.file, other_keys)
                || self.names_note(another.file, keys))
            && NoteFacts::share_words(keys, other_keys, self.subject(one.file), self.subject(another.file))
    }

    /// Words of what a note is about.
    fn subject(&self, file: FileId) -> Option<&[u32]> {
        self.subjects.get(&file).map(|subject| &**subject)
    }

    /// Tasks are compared with tasks, and what is done every day with nothing of another day.
    fn are_of_one_kind(&self, vault: &Vault, one: FactId, another: FactId) -> bool {
        let is_task = |id: FactId| vault.fact(id).kind == FactKind::Task;
        let is_daily = |id: FactId| vault.kind(id.file) == Some(&Kind::Daily);
        is_task(one) == is_task(another) && !(is_daily(one) && is_daily(another))
    }

    /// Both say what they are about; without a name in it, the subject must be rare and the notes of different kinds, or
    /// two notes fill in one form.
    fn are_anchored(&self, vault: &Vault, one: (FactId, Short), another: (FactId, Short), holders: usize) -> bool {
        if one.1.anchor == Anchor::Strong && another.1.anchor == Anchor::Strong {
            return true;
        }
        let anchored = one.1.anchor > Anchor::None && another.1.anchor > Anchor::None;
        anchored && holders <= MOST_NAMELESS && vault.kind(one.0.file) != vault.kind(another.0.file)
    }

    /// The words name the thing that the note is about.
    fn names_note(&self, file: FileId, keys: &[u32]) -> bool {
        self.subjects
            .get(&file)
            .is_some_and(|subject| !subject.is_empty() && subject.iter().all(|key| keys.binary_search(key).is_ok()))
    }
}

/// Labels are equal, and not both a number and a date differ.
fn values_allow(one: Short, another: Short) -> bool {
    let measures = one.numbers != another.numbers && one.dates != another.dates && one.dates != 0 && another.dates != 0;
    one.labels == another.labels && one.open == another.open && !measures
}
