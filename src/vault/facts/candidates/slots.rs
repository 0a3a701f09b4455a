//! Sorts what comes twice in the same order: counted the first time, put in its place the second.

/// Where the pairs of words go that are sorted: first roughly, by how their hashes begin, into slots of a few each.
pub(super) struct Slots {
    /// How many there are in each slot, then where the next one of it goes.
    places: Vec<u32>,
    /// Bits of a hash that do not tell the slot.
    rest: u32,
}

impl Slots {
    /// Makes slots for about so many pairs.
    pub(super) fn new(pairs: usize) -> Slots {
        let count = (pairs / 4).next_power_of_two().clamp(2, 1 << 24);
        Slots { places: vec![0; count], rest: 32 - count.trailing_zeros() }
    }

    pub(super) fn count(&mut self, pair: u32) {
        self.places[(pair >> self.rest) as usize] += 1;
    }

    /// Gives each slot its room; returns how much there is in all.
    pub(super) fn lay_out(&mut self) -> usize {
        let mut end = 0;
        for place in &mut self.places {
            (*place, end) = (end, end + *place);
        }
        end as usize
    }

    pub(super) fn next(&mut self, pair: u32) -> usize {
        let place = &mut self.places[(pair >> self.rest) as usize];
        *place += 1;
        *place as usize - 1
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
        let mut slots = Slots::new(pairs.len());
        pairs.iter().for_each(|pair| slots.count(*pair));
        let mut sorted = vec![0; slots.lay_out()];
        for (number, pair) in pairs.iter().enumerate() {
            sorted[slots.next(*pair)] = u64::from(*pair) << 32 | number as u64;
        }
        slots.each(&mut sorted, |slot| slot.sort_unstable());
        let mut expected: Vec<u64> = (0..).zip(&pairs).map(|(number, pair)| u64::from(*pair) << 32 | number).collect();
        expected.sort_unstable();
        assert_eq!(sorted, expected);
    }
}
