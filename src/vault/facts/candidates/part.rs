//! The parts in which pairs of words are sorted, so that not all of them take room at once.

/// Spreads numbers evenly.
pub(super) fn mixed(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// Shares that parts are told apart by, one bit each.
const SHARES: usize = u64::BITS as usize;

/// One of several parts of the pairs of words.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub number: usize,
    /// How many parts there are; a power of two.
    pub count: usize,
}

impl Part {
    /// Tells whether the pairs whose lower word that is are in this part.
    pub fn holds(self, low: u32) -> bool {
        ((mixed(u64::from(low)) as u128 * self.count as u128) >> 64) as usize == self.number
    }

    /// Returns the shares that this part has a piece of.
    pub fn bits(self) -> u64 {
        let (first, last) = (self.number * SHARES / self.count, ((self.number + 1) * SHARES - 1) / self.count);
        (first..=last).fold(0, |bits, at| bits | 1 << at)
    }

    /// Returns the share that the pairs whose lower word that is are in.
    pub fn bit(low: u32) -> u64 {
        1 << (mixed(u64::from(low)) >> (u64::BITS - SHARES.ilog2()))
    }
}

#[cfg(test)]
mod tests {
    use super::Part;

    #[test]
    fn a_part_looks_at_every_fact_that_has_a_word_in_it() {
        for count in [1, 4, 16, 64] {
            for low in 0..1000 {
                let mut holding = (0..count).map(|number| Part { number, count }).filter(|part| part.holds(low));
                let part = holding.next().expect("some part holds each word");
                assert!(part.bits() & Part::bit(low) != 0, "{low} {}/{count}", part.number);
                assert!(holding.next().is_none());
            }
        }
    }
}
