//! The pairs of rare words that facts have, with the facts that have each.

use rayon::prelude::*;

use super::part::{Part, mixed};
use super::{Item, Items};
use crate::text::to_u32;
use crate::vault::slots::Slots;

/// Rarest words of a fact that make its pairs.
const RAREST: usize = 6;

/// Postings are laid into slots of about so many each before they are sorted.
const POSTINGS_OF_A_SLOT: usize = 4;

/// So many facts are looked at by one thread.
const FACTS_OF_A_BATCH: usize = 1 << 12;

/// The words of facts that make their pairs, batch by batch.
pub(super) struct Pairs(Vec<Batch>);

impl Pairs {
    pub fn new(items: &Items) -> Pairs {
        let batch = |facts: &[Item]| {
            let mut batch = Batch::default();
            facts.iter().for_each(|item| batch.add(items, item));
            batch.words.shrink_to_fit();
            batch
        };
        Pairs(items.items.par_chunks(FACTS_OF_A_BATCH).map(batch).collect())
    }

    /// Returns some parts of the pairs of words: each pair as a hash with the number of a fact that has it, sorted.
    pub fn postings(&self, parts: &[Part]) -> Vec<Vec<u64>> {
        // All facts are gone through once for these parts, and for each of them only those that may have a pair in it.
        let bits = parts.iter().fold(0, |bits, part| bits | part.bits());
        let numbered =
            self.0.iter().enumerate().flat_map(|(number, batch)| {
                batch.facts_in(bits).map(move |fact| to_u32(number * FACTS_OF_A_BATCH + fact))
            });
        let facts: Vec<u32> = numbered.collect();
        parts.par_iter().map(|part| self.postings_of(*part, &facts)).collect()
    }

    fn postings_of(&self, part: Part, facts: &[u32]) -> Vec<u64> {
        let mut found: Vec<u64> = Vec::new();
        for fact in facts {
            let (batch, number) = (*fact as usize / FACTS_OF_A_BATCH, *fact as usize % FACTS_OF_A_BATCH);
            self.0[batch].each(number, part, |pair| found.push(u64::from(pair) << 32 | u64::from(*fact)));
        }
        let pair = |posting: u64| (posting >> 32) as u32;
        let mut slots = Slots::new(found.len() / POSTINGS_OF_A_SLOT);
        found.iter().for_each(|posting| slots.count(pair(*posting)));
        let mut postings = vec![0; slots.lay_out()];
        found.iter().for_each(|posting| postings[slots.next(pair(*posting))] = *posting);
        slots.each(&mut postings, |slot| slot.sort_unstable());
        postings
    }
}

/// The words of some facts that make their pairs: the rarest ones of each and the name of its note. They lie beside each
/// other, since each part of the pairs goes through them.
#[derive(Default)]
struct Batch {
    /// Sorted for each fact.
    words: Vec<u32>,
    /// Where the words of each fact end.
    ends: Vec<u32>,
    /// In which shares of the parts the pairs of each fact are, as [`Part::bit`] tells.
    shares: Vec<u64>,
}

impl Batch {
    fn add(&mut self, items: &Items, item: &Item) {
        let start = self.words.len();
        let mut rarest = [(u32::MAX, u32::MAX); RAREST];
        let keys = items.keys(item);
        for key in keys {
            // Keys are in order, so that of two words equally rare the smaller one comes first.
            let word = (items.frequency.get(*key), *key);
            if let Some(place) = rarest.iter().position(|other| word < *other) {
                rarest[place..].rotate_right(1);
                rarest[place] = word;
            }
        }
        let known = &rarest[..keys.len().min(RAREST)];
        self.words.extend(known.iter().map(|(_, key)| key));
        // The name of its note counts among the words of a fact.
        let is_known = |key: &&u32| known.iter().any(|(_, other)| other == *key);
        self.words.extend(items.subject(item).iter().filter(|key| !is_known(key)));
        self.end_fact(start);
    }

    /// The words from `start` on are those of one fact.
    fn end_fact(&mut self, start: usize) {
        self.words[start..].sort_unstable();
        // The highest word is the lower one of no pair.
        let lower = self.words[start..].split_last().map_or(&[][..], |(_, lower)| lower);
        let shares = lower.iter().fold(0, |shares, low| shares | Part::bit(*low));
        self.ends.push(to_u32(self.words.len()));
        self.shares.push(shares);
    }

    /// Returns the facts that have pairs in any of these shares.
    fn facts_in(&self, shares: u64) -> impl Iterator<Item = usize> {
        let facts = self.shares.iter().enumerate();
        facts.filter(move |(_, own)| **own & shares != 0).map(|(number, _)| number)
    }

    /// Goes through the pairs of one fact that are in a part.
    fn each(&self, number: usize, part: Part, mut seen: impl FnMut(u32)) {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let words = &self.words[start as usize..self.ends[number] as usize];
        for (position, low) in words.iter().enumerate().filter(|(_, low)| part.holds(**low)) {
            for high in &words[position + 1..] {
                seen((mixed(u64::from(*low) << 32 | u64::from(*high)) >> 16) as u32);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_parts_together_have_every_pair_of_every_fact_once() {
        let mut below = crate::text::random_below();
        let (mut pairs, mut expected) = (Pairs(Vec::new()), BTreeSet::new());
        for batch in 0..2 {
            pairs.0.push(Batch::default());
            for fact in 0..if batch == 0 { FACTS_OF_A_BATCH } else { 100 } {
                let own: BTreeSet<u32> =
                    (0..below(RAREST + 1)).map(|_| (below(300) as u32).wrapping_mul(0x9E37_79B9)).collect();
                let last = &mut pairs.0[batch];
                let start = last.words.len();
                last.words.extend(own.iter().rev());
                last.end_fact(start);
                let number = (batch * FACTS_OF_A_BATCH + fact) as u64;
                let with_higher = own.iter().flat_map(|low| own.range(low + 1..).map(move |high| (*low, *high)));
                expected.extend(with_higher.map(|(low, high)| {
                    let pair = mixed(u64::from(low) << 32 | u64::from(high)) >> 16;
                    u64::from(pair as u32) << 32 | number
                }));
            }
        }
        for count in [1, 4, 64] {
            let parts: Vec<Part> = (0..count).map(|number| Part { number, count }).collect();
            let parts: Vec<Vec<u64>> = parts.chunks(3).flat_map(|parts| pairs.postings(parts)).collect();
            assert!(parts.iter().all(|part| part.is_sorted()));
            assert_eq!(parts.iter().map(Vec::len).sum::<usize>(), expected.len(), "{count}");
            assert_eq!(parts.into_iter().flatten().collect::<BTreeSet<_>>(), expected, "{count}");
        }
    }
}
