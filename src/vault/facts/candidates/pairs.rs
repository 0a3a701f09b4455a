//! The pairs of rare words that facts have, with the facts that have each.

use rayon::prelude::*;

use super::part::{Part, mixed};
use super::{Item, Items};
use crate::text::to_u32;
use crate::vault::slots::Slots;

/// Rarest words of a fact that make its pairs.
const RAREST: usize = 6;

/// So many facts are looked at by one thread.
const FACTS_OF_A_RUN: usize = 1 << 12;

/// The words of facts that make their pairs, run by run.
pub(super) struct Pairs(Vec<Run>);

impl Pairs {
    pub fn new(items: &Items) -> Pairs {
        let run = |facts: &[Item]| {
            let mut run = Run::default();
            facts.iter().for_each(|item| run.add(items, item));
            run.words.shrink_to_fit();
            run
        };
        Pairs(items.items.par_chunks(FACTS_OF_A_RUN).map(run).collect())
    }

    /// Returns one part of the pairs of words, each as a hash with the number of a fact that has it, sorted.
    pub fn postings(&self, part: Part) -> Vec<u64> {
        let mut slots = Slots::new(self.0.len() * FACTS_OF_A_RUN * RAREST * RAREST / 8 / part.count);
        self.each(part, |_, pair| slots.count(pair));
        let mut postings = vec![0; slots.lay_out()];
        self.each(part, |number, pair| {
            postings[slots.next(pair)] = u64::from(pair) << 32 | number as u64;
        });
        slots.each(&mut postings, |slot| slot.sort_unstable());
        postings
    }

    /// Goes through one part of the pairs of words that facts have, each as a hash with the number of the fact.
    fn each(&self, part: Part, mut seen: impl FnMut(usize, u32)) {
        for (number, run) in self.0.iter().enumerate() {
            run.each(part, |fact, pair| seen(number * FACTS_OF_A_RUN + fact, pair));
        }
    }
}

/// The words of some facts that make their pairs: the rarest ones of each and the name of its note. They lie beside each
/// other, since each part of the pairs goes through them.
#[derive(Default)]
struct Run {
    /// Sorted for each fact.
    words: Vec<u32>,
    /// Where the words of each fact end, and in which shares of the parts its pairs are, as [`Part::bit`] tells.
    facts: Vec<(u32, u32)>,
}

impl Run {
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
        self.words[start..].sort_unstable();
        // The highest word is the lower one of no pair.
        let lower = self.words[start..].split_last().map_or(&[][..], |(_, lower)| lower);
        let shares = lower.iter().fold(0, |shares, low| shares | Part::bit(*low));
        self.facts.push((to_u32(self.words.len()), shares));
    }

    fn each(&self, part: Part, mut seen: impl FnMut(usize, u32)) {
        let (bits, mut start) = (part.bits(), 0);
        for (number, (end, shares)) in self.facts.iter().enumerate() {
            let words = &self.words[start..*end as usize];
            start = *end as usize;
            if shares & bits == 0 {
                continue;
            }
            for (position, low) in words.iter().enumerate().filter(|(_, low)| part.holds(**low)) {
                for high in &words[position + 1..] {
                    seen(number, (mixed(u64::from(*low) << 32 | u64::from(*high)) >> 16) as u32);
                }
            }
        }
    }
}
