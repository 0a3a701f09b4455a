//! Runs of facts that stand in several notes: other people's facts on this person's page.

use rustc_hash::{FxHashMap, FxHashSet};

use super::FactId;
use super::groups::{count_notes, is_label};
use crate::text::{FileId, to_u32};
use crate::vault::Vault;

/// So many facts in a row make a block.
const LEAST: usize = 3;

/// A block that stands in more notes is a template.
const MOST_NOTES: usize = 16;

/// A run of facts that stands in two notes or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// First and last fact in each note, notes in order.
    pub places: Vec<(FactId, FactId)>,
    /// How many facts.
    pub len: usize,
}

impl Block {
    /// Returns all facts of the block, in every note.
    pub fn facts(&self) -> impl Iterator<Item = FactId> {
        let place =
            |&(first, last): &(FactId, FactId)| (first.index..=last.index).map(move |index| FactId { index, ..first });
        self.places.iter().flat_map(place)
    }
}

/// Finds the blocks, each as long as it goes, in the order of their notes. Nothing is part of two blocks of one pair of notes.
pub(super) fn find(vault: &Vault, groups: &[Vec<FactId>]) -> Vec<Block> {
    let mut runs = Runs { vault, group_of: FxHashMap::default(), done: FxHashSet::default() };
    for (number, group) in groups.iter().enumerate() {
        if count_notes(group) <= MOST_NOTES {
            runs.group_of.extend(group.iter().map(|id| (*id, to_u32(number))));
        }
    }
    let mut starts: Vec<(FactId, u32)> = runs.group_of.iter().map(|(id, number)| (*id, *number)).collect();
    starts.sort_unstable();
    let mut blocks = Vec::new();
    for (start, number) in starts {
        blocks.extend(runs.from(start, &groups[number as usize]));
    }
    // The settings of two programs may be named alike.
    let says_enough = |block: &Block| {
        let said = block.facts().take(block.len).filter(|fact| !is_label(vault, *fact));
        said.take(LEAST).count() == LEAST
    };
    blocks.retain(says_enough);
    blocks
}

struct Runs<'v> {
    vault: &'v Vault,
    group_of: FxHashMap<FactId, u32>,
    /// Facts that are part of a block, with the other note.
    done: FxHashSet<(FactId, FileId)>,
}

impl Runs<'_> {
    /// The blocks that begin at a fact, the longest first.
    fn from(&mut self, start: FactId, group: &[FactId]) -> Vec<Block> {
        let later = group.iter().filter(|other| other.file > start.file && !self.done.contains(&(start, other.file)));
        let mut others: Vec<(usize, FactId)> = later.map(|other| (self.length(start, *other), *other)).collect();
        others.retain(|(length, _)| *length >= LEAST);
        others.sort_unstable_by_key(|(length, other)| (std::cmp::Reverse(*length), *other));
        let blocks = others.chunk_by(|one, another| one.0 == another.0).map(|same| {
            let len = same[0].0;
            let starts = [start].into_iter().chain(same.iter().map(|(_, other)| *other));
            Block { places: starts.map(|first| (first, moved(first, len - 1))).collect(), len }
        });
        let blocks: Vec<Block> = blocks.collect();
        for block in &blocks {
            for fact in block.facts() {
                self.done.extend(block.places.iter().map(|(first, _)| (fact, first.file)));
            }
        }
        blocks
    }

    fn length(&self, one: FactId, another: FactId) -> usize {
        let count = |id: FactId| self.vault.outline(id.file).facts.len() - id.index as usize;
        let same = |step: &usize| {
            let (left, right) = (self.group_of.get(&moved(one, *step)), self.group_of.get(&moved(another, *step)));
            left.is_some() && left == right
        };
        (0..count(one).min(count(another))).take_while(same).count()
    }
}

fn moved(id: FactId, steps: usize) -> FactId {
    FactId { index: id.index + to_u32(steps), ..id }
}
