//! Names by hashes of what is written.

use crate::vault::slots::Slots;

/// Hashes with the index of their name, in slots: quicker to make than a sorted list, and to search.
#[derive(Default)]
pub(super) struct Hashes {
    entries: Vec<(u32, u32)>,
    slots: Slots,
}

impl Hashes {
    pub(super) fn new(entries: &[(u32, u32)]) -> Hashes {
        let mut slots = Slots::new(entries.len());
        entries.iter().for_each(|(hash, _)| slots.count(*hash));
        let mut sorted = vec![(0, 0); slots.lay_out()];
        for entry in entries {
            sorted[slots.next(entry.0)] = *entry;
        }
        Hashes { entries: sorted, slots }
    }

    /// Returns the names of a hash, in their order.
    pub(super) fn of(&self, hash: u32) -> impl Iterator<Item = usize> {
        let inside = &self.entries[self.slots.range(hash)];
        inside.iter().filter(move |(own, _)| *own == hash).map(|(_, number)| *number as usize)
    }
}
