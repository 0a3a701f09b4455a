//! Sorts what comes twice in the same order by its hash: counted the first time, put in its place the second.

/// Where what is sorted goes: roughly, by how its hash begins, into slots of a few each.
#[derive(Default)]
pub(super) struct Slots {
    /// How many there are in each slot, then where the next one of it goes.
    places: Vec<u32>,
    /// Bits of a hash that do not tell the slot.
    rest: u32,
}

impl Slots {
    /// Makes about so many slots.
    pub(super) fn new(count: usize) -> Slots {
        let count = count.next_power_of_two().clamp(2, 1 << 24);
        Slots { places: vec![0; count], rest: 32 - count.trailing_zeros() }
    }

    pub(super) fn count(&mut self, hash: u32) {
        self.places[(hash >> self.rest) as usize] += 1;
    }

    /// Gives each slot its room; returns how much there is in all.
    pub(super) fn lay_out(&mut self) -> usize {
        let mut end = 0;
        for place in &mut self.places {
            (*place, end) = (end, end + *place);
        }
        end as usize
    }

    pub(super) fn next(&mut self, hash: u32) -> usize {
        let place = &mut self.places[(hash >> self.rest) as usize];
        *place += 1;
        *place as usize - 1
    }

    /// Returns where those of a slot are when each is full.
    pub(super) fn range(&self, hash: u32) -> std::ops::Range<usize> {
        let slot = (hash >> self.rest) as usize;
        let start = slot.checked_sub(1).map_or(0, |before| self.places[before]);
        start as usize..self.places[slot] as usize
    }

    /// Goes through the slots when each is full.
    pub(super) fn each(&self, postings: &mut [u64], mut done: impl FnMut(&mut [u64])) {
        let mut start = 0;
        for end in &self.places {
            done(&mut postings[start..*end as usize]);
            start = *end as usize;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Slots;

    #[test]
    fn sorts() {
        let pairs: Vec<u32> = (0..5_000_u32).map(|number| number.wrapping_mul(0x9E37_79B9) >> 3 << 3).collect();
        let mut slots = Slots::new(pairs.len() / 4);
        pairs.iter().for_each(|pair| slots.count(*pair));
        let mut sorted = vec![0; slots.lay_out()];
        for (number, pair) in pairs.iter().enumerate() {
            sorted[slots.next(*pair)] = u64::from(*pair) << 32 | number as u64;
        }
        slots.each(&mut sorted, |slot| slot.sort_unstable());
        let mut expected: Vec<u64> = (0..).zip(&pairs).map(|(number, pair)| u64::from(*pair) << 32 | number).collect();
        expected.sort_unstable();
        assert!(sorted[slots.range(pairs[7])].contains(&(u64::from(pairs[7]) << 32 | 7)));
        assert_eq!(sorted, expected);
    }
}
