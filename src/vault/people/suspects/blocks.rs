//! Registered names in blocks of those that may be near to each other: a hash of a surname's sound, or of a name with one
//! letter left out.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::registry::is_persons_name;
use super::super::{Pairing, People, PersonId};
use crate::language::name::{Name, Role, compare_near};
use crate::text::to_u32;

/// A block of more names than this is left out: its key says too little.
const LARGEST_BLOCK: usize = 256;

/// Registered names by what near names have in common.
pub(super) struct Blocks {
    /// Names, block by block.
    names: Vec<(PersonId, u32)>,
    /// Where the names of a block lie in `names`.
    by_key: FxHashMap<u64, Range<u32>>,
    /// The given names of all, and the surnames.
    parts: [FxHashSet<Box<str>>; 2],
}

impl Blocks {
    pub fn new(people: &People) -> Blocks {
        let (mut keys, mut own) = (Vec::new(), Vec::new());
        let mut parts: [FxHashSet<Box<str>>; 2] = Default::default();
        for (id, person) in people.iter() {
            for (at, known) in person.names.iter().enumerate() {
                if is_persons_name(&known.text, &known.name) {
                    own.clear();
                    known.name.block_keys(&mut own, |role, letters| {
                        let of_role = &mut parts[usize::from(role == Role::Surname)];
                        of_role.contains(letters) || of_role.insert(letters.into())
                    });
                    keys.extend(own.iter().map(|key| (*key, id, to_u32(at))));
                }
            }
        }
        keys.sort_unstable();
        let mut by_key = FxHashMap::default();
        let mut end = 0;
        for block in keys.chunk_by(|one: &(u64, PersonId, u32), another| one.0 == another.0) {
            let start = end;
            end += to_u32(block.len());
            by_key.insert(block[0].0, start..end);
        }
        Blocks { names: keys.into_iter().map(|(_, id, known)| (id, known)).collect(), by_key, parts }
    }

    /// Returns the keys of the name that are anybody's, with the blocks.
    pub fn shared(&self, name: &Name) -> Vec<(u64, Range<u32>)> {
        let mut keys = Vec::new();
        name.block_keys(&mut keys, |role, letters| self.parts[usize::from(role == Role::Surname)].contains(letters));
        keys.into_iter().filter_map(|key| Some((key, self.by_key.get(&key)?.clone()))).collect()
    }

    /// Returns everybody who shares a block with the name and may be meant by it, compared, in the order of the registry.
    pub fn near(
        &self,
        name: &Name,
        shared: Vec<(u64, Range<u32>)>,
        people: &People,
        crowded: &mut FxHashSet<u64>,
    ) -> Vec<Pairing> {
        let mut near: Vec<(PersonId, u32)> = Vec::new();
        for (key, Range { start, end }) in shared {
            let block = &self.names[start as usize..end as usize];
            if block.len() > LARGEST_BLOCK {
                crowded.insert(key);
                continue;
            }
            near.extend_from_slice(block);
        }
        near.sort_unstable();
        near.dedup();
        let pairing = |(id, known): (PersonId, u32)| {
            let known = known as usize;
            let comparison = compare_near(name, &people.person(id).names[known].name)?;
            Some(Pairing { id, known, comparison })
        };
        near.into_iter().filter_map(pairing).collect()
    }
}
