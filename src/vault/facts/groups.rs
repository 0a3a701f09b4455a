//! Facts that stand in several notes, as groups: equal ones by their fingerprint, near ones joined to them.

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::Block;
use super::{Capped, FactId, count_facts, is_compared};
use crate::language::fact::{Anchor, is_unspaced_statement};
use crate::text::{FileId, to_u32};
use crate::vault::Vault;
use crate::vault::settings::Kind;

/// A statement that stands in as many notes is a pattern, not a fact.
const PATTERN: usize = 5;

/// More words are no label, whether a verb is seen in them or not.
const MOST_WORDS_OF_LABEL: usize = 4;

/// Returns the groups of equal facts of two notes or more, each group in order, groups in the order of their first.
pub(super) fn equal(vault: &Vault) -> Vec<Vec<FactId>> {
    let mut facts: Vec<(u64, FactId)> = Vec::with_capacity(count_facts(vault));
    let checked: Vec<FileId> = vault.checked().collect();
    // If no rule about single notes is on, nobody has read the facts yet.
    checked.par_iter().for_each(|file| _ = vault.note_facts(*file));
    for file in checked {
        for (index, fact) in vault.outline(file).facts.iter().enumerate() {
            if is_compared(fact) {
                let id = FactId { file, index: to_u32(index) };
                facts.push((vault.fingerprint(id), id));
            }
        }
    }
    facts.par_sort_unstable();
    let groups = facts.chunk_by(|one, another| one.0 == another.0);
    let several =
        groups.filter(|group| group.first().map(|first| first.1.file) != group.last().map(|last| last.1.file));
    let mut groups: Vec<Vec<FactId>> = several.map(|group| group.iter().map(|(_, id)| *id).collect()).collect();
    groups.sort_unstable();
    groups
}

/// Joins groups and single facts that are near to each other.
pub(super) fn joined(groups: Vec<Vec<FactId>>, near: &[(FactId, FactId)]) -> Vec<Vec<FactId>> {
    if near.is_empty() {
        return groups;
    }
    let mut group_of: FxHashMap<FactId, usize> = FxHashMap::default();
    let mut sets = groups;
    for (number, set) in sets.iter().enumerate() {
        group_of.extend(set.iter().map(|id| (*id, number)));
    }
    for &(one, another) in near {
        let mut number = |id: FactId| {
            *group_of.entry(id).or_insert_with(|| {
                sets.push(vec![id]);
                sets.len() - 1
            })
        };
        let (one, another) = (number(one), number(another));
        let (keep, drop) = (one.min(another), one.max(another));
        if keep != drop {
            let moved = std::mem::take(&mut sets[drop]);
            group_of.extend(moved.iter().map(|id| (*id, keep)));
            sets[keep].extend(moved);
        }
    }
    sets.retain(|set| set.len() > 1);
    sets.iter_mut().for_each(|set| set.sort_unstable());
    sets.sort_unstable();
    sets
}

/// Keeps the groups that are facts told in several notes: no routine of daily notes, no pattern, nothing of which only the
/// note says what it is about, and nothing that a copied block covers.
pub(super) fn repeated(
    vault: &Vault,
    groups: Vec<Vec<FactId>>,
    blocks: &[Block],
    capped: &mut Capped,
) -> Vec<Vec<FactId>> {
    let covered: FxHashSet<FactId> = blocks.iter().flat_map(Block::facts).collect();
    let mut repeated = Vec::new();
    for mut group in groups {
        group.retain(|id| !covered.contains(id));
        let notes = count_notes(&group);
        if notes >= PATTERN {
            capped.patterns += 1;
        } else if notes >= 2 && is_anchored(vault, &group) && !is_routine(vault, &group) && !are_labels(vault, &group) {
            repeated.push(group);
        }
    }
    repeated
}

pub(super) fn count_notes(group: &[FactId]) -> usize {
    group.chunk_by(|one, another| one.file == another.file).count()
}

fn is_anchored(vault: &Vault, group: &[FactId]) -> bool {
    group.iter().all(|id| vault.note_facts(id.file).brief(id.index as usize).anchor == Anchor::Strong)
}

/// The same label word for word. What is worded in two ways is meant to say something.
fn are_labels(vault: &Vault, group: &[FactId]) -> bool {
    let first = group[0];
    is_label(vault, first) && group.iter().all(|id| vault.fingerprint(*id) == vault.fingerprint(first))
}

/// A label of a few words that says nothing (`Border width`), so that two notes may use it for two things.
pub(super) fn is_label(vault: &Vault, id: FactId) -> bool {
    let statement = vault.statement(id);
    statement.len() <= MOST_WORDS_OF_LABEL && !statement.says_something() && !is_unspaced_statement(vault.fact_text(id))
}

/// More than one daily note: what is done every day.
pub(super) fn is_routine(vault: &Vault, group: &[FactId]) -> bool {
    group.iter().filter(|id| vault.kind(id.file) == Some(&Kind::Daily)).count() > 1
}
