//! Which facts of different notes are worth comparing: those that share two of their rarest words. Near-linear: a pair of
//! words that many facts share says nothing and is left out, and no fact has more than so many candidates.

use std::iter::Peekable;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Capped, FactId, FactPair, count_facts, is_compared, is_told};
use crate::language::fact::{Anchor, Brief, Relation, Statement, bits, compare as compare_statements};
use crate::note::FactKind;
use crate::text::{FileId, to_u32};
use crate::vault::Vault;
use crate::vault::settings::Kind;

mod pairs;
mod part;
mod words;

use pairs::Pairs;
use part::Part;
use words::{Words, is_enough};

/// A pair of words that more facts share says nothing.
const MOST_HOLDERS: usize = 64;

/// A fact is compared with so many others at most.
const MOST_CANDIDATES: u8 = 64;

/// A subject without a name is told apart from a form that many notes fill in by how few facts have its words.
const MOST_NAMELESS: usize = 3;

/// Pairs of words are sorted part by part, the next ones while these are looked through, so that only those of about so many
/// facts for each part take room.
const FACTS_OF_A_PART: usize = 1 << 13;
const LEAST_PARTS: usize = 4;
const PARTS_AT_ONCE: usize = 2;

/// So many pairs of facts are compared at once, so that not all statements take room.
const PAIRS_AT_ONCE: usize = 1 << 13;

/// A thread takes so many of them at most, so that none has many left when the others are done.
const MOST_OF_A_TASK: usize = 1 << 8;

/// A note's name has fewer words that say something.
const MOST_OF_SUBJECT: usize = 64;

/// Number of the kind of daily notes.
const DAILY: u8 = 1;

/// What the comparison found.
#[derive(Default)]
pub(super) struct Found {
    pub near: Vec<(FactId, FactId)>,
    pub pairs: Vec<FactPair>,
    pub capped: Capped,
}

/// Compares the facts of different notes. Of equal facts only the first is looked at.
pub(super) fn compare(vault: &Vault, equal: &[Vec<FactId>]) -> Found {
    let mut found = Found::default();
    let candidates = Items::new(vault, equal).candidates(&mut found.capped);
    let related = candidates.chunks(PAIRS_AT_ONCE).flat_map(|pairs| related(vault, pairs));
    for pair in related {
        match pair.comparison.relation {
            Relation::Near | Relation::Equal => found.near.push((pair.one, pair.another)),
            _ => found.pairs.push(pair),
        }
    }
    found
}

/// Compares pairs of facts, each fact of which is read once: most have several candidates.
fn related(vault: &Vault, pairs: &[(FactId, FactId)]) -> Vec<FactPair> {
    let mut ids: Vec<FactId> = pairs.iter().flat_map(|(one, another)| [*one, *another]).collect();
    ids.sort_unstable();
    ids.dedup();
    let statements: Vec<Statement> =
        ids.par_iter().with_max_len(MOST_OF_A_TASK).map(|id| vault.statement(*id)).collect();
    let read: FxHashMap<FactId, &Statement> = ids.into_iter().zip(&statements).collect();
    let compared = pairs.par_iter().with_max_len(MOST_OF_A_TASK).map(|&(one, another)| {
        let comparison = compare_statements(read[&one], read[&another]);
        FactPair { one, another, comparison }
    });
    compared.filter(|pair| is_told(vault.fact(pair.one), pair.comparison.relation)).collect()
}

/// A fact that is compared, with what is asked of it again and again. A large vault has millions: no byte too many.
struct Item {
    id: FactId,
    /// One bit for each of its words, by its value, and how many words it has.
    bits: u64,
    /// The same for those that are names.
    names: u64,
    /// What its labels are and whether it is open, as one number.
    sort: u32,
    anchor: Anchor,
    len: u8,
    /// Number of the kind of its note, as [`Items::number`] gives it.
    kind: u8,
    is_task: bool,
}

/// The facts that are compared.
struct Items<'v> {
    vault: &'v Vault,
    items: Vec<Item>,
    /// Words of the names of the notes that are about one thing.
    subjects: Vec<u32>,
    /// Where the words of each file's name end in `subjects`.
    subject_ends: Vec<u32>,
    /// First words of the names of organisations that no other one's name begins with.
    short_names: FxHashSet<u32>,
    /// The kinds of the notes; that of daily notes first.
    kinds: Vec<&'v Kind>,
    frequency: Frequency,
}

impl<'v> Items<'v> {
    fn new(vault: &'v Vault, equal: &[Vec<FactId>]) -> Items<'v> {
        let mut later: Vec<FactId> = equal.iter().flat_map(|group| &group[1..]).copied().collect();
        later.par_sort_unstable();
        let mut items = Items {
            vault,
            // What is too much takes no room before it is written to.
            items: Vec::with_capacity(count_facts(vault) - later.len()),
            subjects: Vec::new(),
            subject_ends: Vec::with_capacity(vault.files().len()),
            short_names: short_names(vault),
            kinds: vec![&Kind::Daily],
            frequency: Frequency::default(),
        };
        let mut later = later.into_iter().peekable();
        let mut checked = vault.checked().peekable();
        for (file, _) in vault.files() {
            if checked.next_if_eq(&file).is_some() {
                items.add(file, &mut later);
            }
            items.subject_ends.push(to_u32(items.subjects.len()));
        }
        items.frequency = Frequency::of(&items);
        items
    }

    /// Adds the facts of a note that are compared.
    fn add(&mut self, file: FileId, later: &mut Peekable<impl Iterator<Item = FactId>>) {
        let (vault, note) = (self.vault, self.vault.note_facts(file));
        let (facts, has_subject) = (&vault.outline(file).facts, vault.has_subject(file));
        if has_subject && !facts.is_empty() {
            self.subjects.extend(note.subject.keys().into_iter().take(MOST_OF_SUBJECT));
        }
        let kind = self.number(vault.kind(file));
        for (index, fact) in facts.iter().enumerate() {
            let (id, brief) = (FactId { file, index: to_u32(index) }, note.brief(index));
            let anchored = brief.anchor > Anchor::None || has_subject;
            let is_later = later.next_if_eq(&id).is_some();
            if is_compared(fact) && anchored && !note.keys(index).is_empty() && !is_later {
                let (keys, is_task) = (note.keys(index), fact.kind == FactKind::Task);
                let (bits, names) = (bits(keys), brief.names(keys).fold(0, |names, name| names | bits(&[name])));
                let (sort, anchor) = (brief.labels << 1 | u32::from(brief.open), brief.anchor);
                self.items.push(Item { id, bits, names, sort, anchor, len: keys.len() as u8, kind, is_task });
            }
        }
    }

    /// Returns the words of a fact, sorted.
    fn keys(&self, item: &Item) -> &'v [u32] {
        self.vault.note_facts(item.id.file).keys(item.id.index as usize)
    }

    /// Numbers the kinds of notes; 0 for none. Those beyond a byte count as one.
    fn number(&mut self, kind: Option<&'v Kind>) -> u8 {
        let Some(kind) = kind else { return 0 };
        let known = self.kinds.iter().position(|known| *known == kind);
        let index = known.unwrap_or_else(|| {
            self.kinds.push(kind);
            self.kinds.len() - 1
        });
        u8::try_from(index + 1).unwrap_or(u8::MAX)
    }

    fn candidates(&self, capped: &mut Capped) -> Vec<(FactId, FactId)> {
        let pairs = Pairs::new(self);
        let mut chosen = Chosen { counts: vec![0; self.items.len()], pairs: Vec::new() };
        let count = (self.items.len() / FACTS_OF_A_PART).max(LEAST_PARTS).next_power_of_two();
        let sorted = |from: usize| {
            let numbers = from..(from + PARTS_AT_ONCE).min(count);
            pairs.postings(&numbers.map(|number| Part { number, count }).collect::<Vec<_>>())
        };
        let mut next = sorted(0);
        for from in (0..count).step_by(PARTS_AT_ONCE) {
            let parts = next;
            let look = || {
                let holders =
                    parts.par_iter().flat_map(|part| part.par_chunk_by(|one, another| one >> 32 == another >> 32));
                let looked = holders.fold(Looked::default, |looked, holders| self.look(holders, &chosen, looked));
                for Looked { pairs, crowded_keys } in looked.collect::<Vec<_>>() {
                    capped.crowded_keys += crowded_keys;
                    pairs.into_iter().for_each(|(left, right)| chosen.add(left, right));
                }
            };
            ((), next) = rayon::join(look, || sorted(from + PARTS_AT_ONCE));
        }
        let Chosen { counts, pairs: mut candidates } = chosen;
        capped.crowded_facts = counts.iter().filter(|count| **count >= MOST_CANDIDATES).count();
        candidates.par_sort_unstable();
        candidates.dedup();
        let id = |item: u32| self.items[item as usize].id;
        candidates.into_iter().map(|(one, another)| (id(one), id(another))).collect()
    }

    /// Adds the pairs of facts that have one pair of words and may say the same thing, but for those of facts that have all the
    /// candidates that they may have.
    fn look(&self, holders: &[u64], chosen: &Chosen, mut looked: Looked) -> Looked {
        if holders.len() > MOST_HOLDERS {
            looked.crowded_keys += 1;
        } else if holders.len() > 1 {
            self.pair(holders, chosen, &mut looked.pairs);
        }
        looked
    }

    /// Adds the pairs of one list of holders.
    fn pair(&self, holders: &[u64], chosen: &Chosen, pairs: &mut Vec<(u32, u32)>) {
        // Most are told apart by what must be the same in both, tasks from statements too, and need not be fetched.
        let mut kinds = [0; MOST_HOLDERS];
        for (kind, posting) in kinds.iter_mut().zip(holders) {
            let item = &self.items[*posting as u32 as usize];
            *kind = u64::from(item.sort) << 1 | u64::from(item.is_task);
        }
        for (position, left) in holders.iter().enumerate().filter(|(_, left)| !chosen.is_full(**left as u32)) {
            let kind = kinds[position];
            let others = holders.iter().zip(&kinds).skip(position + 1).filter(|(_, other)| **other == kind);
            for (right, _) in others.filter(|(right, _)| !chosen.is_full(**right as u32)) {
                let (left, right) = (*left as u32, *right as u32);
                if self.may_relate(&self.items[left as usize], &self.items[right as usize], holders.len()) {
                    pairs.push((left, right));
                }
            }
        }
    }

    /// Asked of two items whose labels, openness and kind of fact are the same. What is done every day is compared with
    /// nothing of another day.
    fn may_relate(&self, one: &Item, another: &Item, holders: usize) -> bool {
        if one.id.file == another.id.file || one.kind == DAILY && another.kind == DAILY {
            return false;
        }
        let (subject, other_subject) = (self.subject(one), self.subject(another));
        let own = (one.bits & !another.bits).count_ones() as usize;
        let most_shared = usize::from(one.len) - own + subject.len() + other_subject.len();
        if !is_enough(most_shared, usize::from(one.len) + usize::from(another.len)) {
            return false;
        }
        // With other amounts as well (`Apollo has 3 nodes`, `Beacon has 5 nodes`), or as tasks, two facts that each have a
        // name that the other lacks have nothing to do with each other.
        let (brief, other) = (self.brief(one), self.brief(another));
        let need_one_thing = one.is_task || brief.numbers != other.numbers;
        let surely_name_two =
            one.names & !another.bits & !bits(other_subject) != 0 && another.names & !one.bits & !bits(subject) != 0;
        if need_one_thing && surely_name_two || !brief.allows(&other) {
            return false;
        }
        let (words, others) = (self.words(one), self.words(another));
        let name_two_things = || {
            brief.names(words.keys).any(|key| !others.has(key)) && other.names(others.keys).any(|key| !words.has(key))
        };
        (are_anchored(one, another, holders)
            || words.name_note_of(brief.names(words.keys), others)
            || others.name_note_of(other.names(others.keys), words))
            && words.are_shared_with(others)
            && !(need_one_thing && name_two_things())
    }

    fn brief(&self, item: &Item) -> Brief {
        self.vault.note_facts(item.id.file).brief(item.id.index as usize)
    }

    fn words(&self, item: &Item) -> Words<'_> {
        let subject = self.subject(item);
        let short = subject.first().copied().filter(|first| subject.len() > 1 && self.short_names.contains(first));
        Words { keys: self.keys(item), subject, short }
    }

    /// Words of what the note of a fact is about.
    fn subject(&self, item: &Item) -> &[u32] {
        let file = item.id.file.index();
        let start = self.subject_ends[..file].last().copied().unwrap_or_default();
        let end = self.subject_ends[file];
        &self.subjects[start as usize..end as usize]
    }
}

/// Returns the first words of the names of organisations that no other one's name begins with.
fn short_names(vault: &Vault) -> FxHashSet<u32> {
    let organisations = vault.checked().filter(|file| vault.kind(*file) == Some(&Kind::Organisation));
    let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
    for file in organisations {
        let first = vault.note_facts(file).subject.keys().first().copied();
        first.into_iter().for_each(|first| *counts.entry(first).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count == 1).map(|(first, _)| first).collect()
}

/// What one look through some lists of holders found.
#[derive(Default)]
struct Looked {
    pairs: Vec<(u32, u32)>,
    crowded_keys: usize,
}

/// Pairs of facts that are compared, and in how many of them each fact is.
struct Chosen {
    counts: Vec<u8>,
    pairs: Vec<(u32, u32)>,
}

impl Chosen {
    /// Tells whether a fact has as many candidates as it may have.
    fn is_full(&self, item: u32) -> bool {
        self.counts[item as usize] >= MOST_CANDIDATES
    }

    fn add(&mut self, left: u32, right: u32) {
        if !self.is_full(left) && !self.is_full(right) {
            self.pairs.push((left, right));
            [left, right].iter().for_each(|item| self.counts[*item as usize] += 1);
        }
    }
}

/// How many facts have a word; words of even and of odd number are counted side by side.
#[derive(Default)]
struct Frequency {
    even: FxHashMap<u32, u32>,
    odd: FxHashMap<u32, u32>,
}

impl Frequency {
    fn of(items: &Items) -> Frequency {
        let count = |rest: u32| {
            let mut counts: FxHashMap<u32, u32> = FxHashMap::default();
            for key in items.items.iter().flat_map(|item| items.keys(item)).filter(|key| *key % 2 == rest) {
                *counts.entry(*key).or_default() += 1;
            }
            counts
        };
        let (even, odd) = rayon::join(|| count(0), || count(1));
        Frequency { even, odd }
    }

    fn get(&self, key: u32) -> u32 {
        let counts = if key.is_multiple_of(2) { &self.even } else { &self.odd };
        counts.get(&key).copied().unwrap_or_default()
    }
}

/// Both say what they are about; without a name in it, the subject must be rare and the notes of different kinds, or two
/// notes fill in one form.
fn are_anchored(one: &Item, another: &Item, holders: usize) -> bool {
    let (anchor, other) = (one.anchor, another.anchor);
    anchor == Anchor::Strong && other == Anchor::Strong
        || anchor > Anchor::None && other > Anchor::None && holders <= MOST_NAMELESS && one.kind != another.kind
}
