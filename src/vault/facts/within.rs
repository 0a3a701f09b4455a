//! The facts of one note: what they are to each other, and each in brief for the comparison with other notes.

use super::sections::Sections;
use super::{FactId, FactPair, is_compared, is_told};
use crate::language::fact::{Anchor, Brief, Comparison, Relation, Signature, Statement, Subject, WordBits, compare};
use crate::note::{Fact, FactKind, FactPlace};
use crate::text::{FileId, to_u32};
use crate::vault::Vault;

/// In a note of more facts only those are compared that share a word which few of them have.
const MANY: usize = 300;

/// A word that more facts have than these says nothing.
const MOST_HOLDERS: usize = 16;

/// What the facts of one note are to each other.
#[derive(Debug, Default)]
pub struct NoteFacts {
    /// Pairs that say the same or contradict each other, in order.
    pub pairs: Box<[FactPair]>,
    /// What the note is about, as far as its name says so.
    pub(super) subject: Subject,
    /// Each fact in brief, by its index, and where its words end in `keys`; empty for what is not compared as a statement.
    briefs: Box<[(Brief, u32)]>,
    /// The fingerprint of each fact, by its index; 0 for what is not compared.
    fingerprints: Box<[u64]>,
    keys: Box<[u32]>,
}

impl NoteFacts {
    /// Compares the facts of a note with each other.
    pub(in crate::vault) fn new(vault: &Vault, file: FileId) -> NoteFacts {
        let facts = &vault.outline(file).facts;
        if facts.is_empty() {
            return NoteFacts::default();
        }
        let subject = Subject::new(vault.subject(file));
        let mut read = Vec::with_capacity(facts.len());
        for (index, fact) in facts.iter().enumerate().filter(|(_, fact)| is_compared(fact)) {
            let statement = vault.read_fact(file, fact, &subject);
            read.push(Read { index, signature: statement.signature(), statement });
        }
        let sections = Sections::new(vault.outline(file), vault.lexicon(), vault.kind(file).is_some());
        let mut pairs = Vec::new();
        each_candidate(facts, &read, |left, right| {
            let (one, another) = (&facts[left.index], &facts[right.index]);
            let kept = compared(one, left, right).filter(|comparison| {
                let framed_alike = one.frame == another.frame;
                (framed_alike || stand_alone(comparison.relation, left, right))
                    && sections.are_of_one_thing(comparison.relation, (one, left), (another, right))
            });
            if let Some(comparison) = kept {
                let id = |read: &Read| FactId { file, index: to_u32(read.index) };
                pairs.push(FactPair { one: id(left), another: id(right), comparison });
            }
        });
        let mut note = NoteFacts { pairs: pairs.into(), subject, ..NoteFacts::default() };
        note.keep(facts.len(), read);
        note
    }

    /// Returns a fact in brief.
    pub(super) fn brief(&self, index: usize) -> Brief {
        self.briefs[index].0
    }

    /// Returns the fingerprint of a fact.
    pub(super) fn fingerprint(&self, index: usize) -> u64 {
        self.fingerprints[index]
    }

    /// Returns the words of a fact, sorted.
    pub(super) fn keys(&self, index: usize) -> &[u32] {
        let start = index.checked_sub(1).map_or(0, |before| self.briefs[before].1);
        &self.keys[start as usize..self.briefs[index].1 as usize]
    }

    fn keep(&mut self, count: usize, read: Vec<Read>) {
        let (mut keys, mut briefs, mut fingerprints) =
            (Vec::new(), Vec::with_capacity(count), Vec::with_capacity(count));
        let mut read = read.into_iter().peekable();
        for index in 0..count {
            let (mut brief, mut fingerprint) = Default::default();
            if let Some(read) = read.next_if(|read| read.index == index) {
                (brief, fingerprint) = (read.signature.brief, read.statement.fingerprint);
                if read.statement.is_comparable() {
                    keys.extend_from_slice(&read.signature.keys);
                }
            }
            briefs.push((brief, to_u32(keys.len())));
            fingerprints.push(fingerprint);
        }
        (self.briefs, self.fingerprints, self.keys) = (briefs.into(), fingerprints.into(), keys.into());
    }
}

/// A fact that is compared, as it is read.
pub(super) struct Read {
    index: usize,
    pub statement: Statement,
    pub signature: Signature,
}

/// What is asked of every two facts of a note before they are looked at.
struct Sketch {
    fingerprint: u64,
    words: WordBits,
    table: Option<u32>,
    is_task: bool,
}

impl Sketch {
    fn of(fact: &Fact, read: &Read) -> Sketch {
        let table = match fact.place {
            FactPlace::Row(table) => Some(table),
            _ => None,
        };
        let is_task = fact.kind == FactKind::Task;
        Sketch { fingerprint: read.statement.fingerprint, words: read.signature.words, table, is_task }
    }

    /// The rows of one table are alike by design, so only equal ones count.
    fn may_relate(&self, other: &Sketch) -> bool {
        let is_same_table = self.table.is_some() && self.table == other.table;
        self.is_task == other.is_task
            && (self.fingerprint == other.fingerprint || !is_same_table && self.words.may_share_enough(&other.words))
    }
}

/// Looks at the pairs of facts worth comparing, in order.
fn each_candidate(facts: &[Fact], read: &[Read], mut look: impl FnMut(&Read, &Read)) {
    let sketches: Vec<Sketch> = read.iter().map(|read| Sketch::of(&facts[read.index], read)).collect();
    let mut look = |left: usize, right: usize| {
        if sketches[left].may_relate(&sketches[right]) {
            look(&read[left], &read[right]);
        }
    };
    if facts.len() <= MANY {
        all(read.len()).for_each(|(left, right)| look(left, right));
        return;
    }
    let mut holders: Vec<(u64, usize)> = Vec::new();
    for (index, Read { statement, signature, .. }) in read.iter().enumerate() {
        holders.push((statement.fingerprint, index));
        holders.extend(signature.keys.iter().map(|key| (u64::from(*key), index)));
    }
    holders.sort_unstable();
    let mut pairs = Vec::new();
    for few in holders
        .chunk_by(|one, another| one.0 == another.0)
        .filter(|holders| (2..=MOST_HOLDERS).contains(&holders.len()))
    {
        pairs.extend(all(few.len()).map(|(left, right)| (few[left].1, few[right].1)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().for_each(|(left, right)| look(left, right));
}

/// All pairs of so many.
fn all(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(move |left| (left + 1..count).map(move |right| (left, right)))
}

/// Two facts said under different items or labels are about different things, unless both name what they are about and are
/// no mere entries (`Line height: 2 em`). Even then what is said twice may be meant twice.
fn stand_alone(relation: Relation, one: &Read, another: &Read) -> bool {
    let named = |side: &Read| side.signature.brief.anchor == Anchor::Strong && side.statement.is_sentence();
    named(one) && named(another) && relation != Relation::Equal
}

/// Compares two facts of one note, of which this is one.
fn compared(fact: &Fact, one: &Read, another: &Read) -> Option<Comparison> {
    let is_equal = one.statement.fingerprint == another.statement.fingerprint;
    if !is_equal && !one.signature.may_relate(&another.signature) {
        return None;
    }
    let comparison = compare(&one.statement, &another.statement);
    is_told(fact, comparison.relation).then_some(comparison)
}
