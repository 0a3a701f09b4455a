//! The parts in which pairs of words are sorted, so that not all of them take room at once.

/// Rarest words of a fact that make its pairs.
pub(super) const RAREST: usize = 6;

/// Spreads numbers evenly.
pub(super) fn mixed(number: u64) -> u64 {
    number.wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The rarest words of a fact as indices of its keys, in order, as many as there are; a statement has few more than 64.
pub(super) struct Rarest {
    pub words: [u8; RAREST],
    /// In which sixteenths of the parts its pairs are, one bit each.
    pub parts: u16,
}

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

    /// Returns the sixteenths of all parts that this one has a share in, one bit each.
    pub fn bits(self) -> u16 {
        let (first, last) = (self.number * 16 / self.count, ((self.number + 1) * 16 - 1) / self.count);
        (first..=last).fold(0, |bits, at| bits | 1 << at)
    }

    /// Returns the sixteenth of all parts that the pairs whose lower word that is are in, as one bit.
    pub fn bit(low: u32) -> u16 {
        1 << (mixed(u64::from(low)) >> 60)
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
