//! The facts of one note: what they are to each other, and each in brief for the comparison with other notes.

use super::{FactId, FactPair, is_compared, is_told};
use crate::language::fact::{Anchor, Brief, Comparison, Relation, Signature, Statement, Subject, compare};
use crate::note::{Fact, FactPlace};
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
        let read = |fact: &Fact| {
            let statement = is_compared(fact).then(|| vault.read_fact(file, fact, &subject))?;
            let signature = statement.signature();
            Some((statement, signature))
        };
        let statements: Vec<Read> = facts.iter().map(read).collect();
        let has_subject = vault.kind(file).is_some();
        let mut pairs = Vec::new();
        each_candidate(facts, &statements, |left, right| {
            let comparison = compared(&facts[left], &facts[right], &statements[left], &statements[right]);
            let sides = (&statements[left], &statements[right]);
            let kept = comparison.filter(|comparison| {
                let framed_alike = facts[left].frame == facts[right].frame;
                let one_section = facts[left].heading == facts[right].heading;
                (framed_alike || stand_alone(comparison.relation, sides))
                    && (one_section || tell_their_subject(comparison.relation, sides, has_subject))
            });
            if let Some(comparison) = kept {
                let id = |index: usize| FactId { file, index: to_u32(index) };
                pairs.push(FactPair { one: id(left), another: id(right), comparison });
            }
        });
        let mut note = NoteFacts { pairs: pairs.into(), subject, ..NoteFacts::default() };
        note.keep(statements);
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

    fn keep(&mut self, statements: Vec<Read>) {
        let mut keys = Vec::new();
        let mut briefs = Vec::with_capacity(statements.len());
        let mut fingerprints = Vec::with_capacity(statements.len());
        for (statement, signature) in statements.into_iter().map(Option::unwrap_or_default) {
            if statement.is_comparable() {
                keys.extend_from_slice(&signature.keys);
            }
            briefs.push((signature.brief, to_u32(keys.len())));
            fingerprints.push(statement.fingerprint);
        }
        (self.briefs, self.fingerprints, self.keys) = (briefs.into(), fingerprints.into(), keys.into());
    }
}

/// Looks at the pairs of facts worth comparing, in order.
fn each_candidate(facts: &[Fact], statements: &[Read], mut look: impl FnMut(usize, usize)) {
    if facts.len() <= MANY {
        all(facts.len()).for_each(|(left, right)| look(left, right));
        return;
    }
    let mut holders: Vec<(u64, usize)> = Vec::new();
    for (index, read) in statements.iter().enumerate() {
        let Some((statement, signature)) = read else { continue };
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
fn stand_alone(relation: Relation, sides: Sides) -> bool {
    let named = |side: &Read| {
        side.as_ref()
            .is_some_and(|(statement, signature)| signature.brief.anchor == Anchor::Strong && statement.is_sentence())
    };
    named(sides.0) && named(sides.1) && relation != Relation::Equal
}

/// What the heading says is part of what stands below it (`Owner: Ada`), unless a statement or its note says what it is about.
fn tell_their_subject(relation: Relation, sides: Sides, has_subject: bool) -> bool {
    let tells = |side: &Read| {
        side.as_ref().is_some_and(|(statement, signature)| {
            !statement.is_label() && (has_subject || signature.brief.anchor != Anchor::None)
        })
    };
    matches!(relation, Relation::Equal | Relation::Near) || tells(sides.0) && tells(sides.1)
}

/// A fact as it is read, if it is compared.
type Read = Option<(Statement, Signature)>;
type Sides<'a> = (&'a Read, &'a Read);

/// Compares two facts of one note. The rows of one table are alike by design, so only equal ones count.
fn compared(one: &Fact, another: &Fact, left: &Read, right: &Read) -> Option<Comparison> {
    if one.kind != another.kind || !is_compared(one) {
        return None;
    }
    let (Some((left, brief)), Some((right, other))) = (left, right) else { return None };
    let same_table = matches!((one.place, another.place), (FactPlace::Row(a), FactPlace::Row(b)) if a == b);
    if left.fingerprint != right.fingerprint && (same_table || !brief.may_relate(other)) {
        return None;
    }
    let comparison = compare(left, right);
    is_told(one, comparison.relation).then_some(comparison)
}
