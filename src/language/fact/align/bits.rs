//! Sets of tokens of a statement, which has fewer of them than there are bits.
use std::ops::Range;

/// Indices of tokens, one bit each.
pub(in crate::language::fact) type Bits = u64;

/// A statement of more tokens is prose, and compared as a whole only: it is read up to here.
pub(in crate::language::fact) const MOST_TOKENS: usize = Bits::BITS as usize;

/// Returns the indices below `count`.
pub(super) fn all(count: usize) -> Bits {
    Bits::MAX.checked_shr(Bits::BITS.saturating_sub(count as u32)).unwrap_or(0)
}

/// Returns the set of some indices.
pub(in crate::language::fact) fn of(indices: impl Iterator<Item = usize>) -> Bits {
    indices.fold(0, |bits, at| bits | 1 << at)
}

/// Returns the indices of a range.
pub(super) fn range(range: Range<usize>) -> Bits {
    all(range.end) & !all(range.start)
}

/// Returns the stretches that hold any of the bits, each from one start to the next.
pub(in crate::language::fact) fn stretches(starts: Bits, mut any: Bits) -> Bits {
    let mut whole = 0;
    while any != 0 {
        let up_to = Bits::MAX >> (Bits::BITS - 1 - any.trailing_zeros());
        let first = (starts & up_to).checked_ilog2().unwrap_or(0);
        let behind = (starts & !up_to).trailing_zeros();
        let stretch = Bits::MAX << first & !Bits::MAX.checked_shl(behind).unwrap_or(0);
        (whole, any) = (whole | stretch, any & !stretch);
    }
    whole
}

/// Returns the indices, the lowest first.
pub(in crate::language::fact) fn indices(mut bits: Bits) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(lowest)
    })
}

#[cfg(test)]
mod tests {
    use super::{Bits, indices, stretches};

    #[test]
    fn stretches_are_found_as_by_the_bit() {
        let mut next = crate::text::random_below();
        for _ in 0..20_000 {
            let mut bits = |rare: usize| (0..Bits::BITS).fold(0, |bits, at| bits | Bits::from(next(rare) == 0) << at);
            let (starts, any) = (bits(5), bits(9));
            let part = |index: usize| (starts & (Bits::MAX >> (63 - index))).count_ones();
            let is_held = |index: usize| indices(any).any(|other| part(other) == part(index));
            let expected = (0..64).filter(|index| is_held(*index)).fold(0, |bits, index| bits | 1 << index);
            assert_eq!(stretches(starts, any), expected, "{starts:b} {any:b}");
        }
        assert_eq!((stretches(0, 1 << 63), stretches(1 << 63, 1 << 63)), (Bits::MAX, 1 << 63));
        assert_eq!(stretches(0b101, 0), 0);
    }
}
