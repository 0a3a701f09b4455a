//! Sets of tokens of a statement, which has fewer of them than there are bits.
use std::ops::Range;

/// Indices of tokens, one bit each.
pub(in crate::language::fact) type Bits = u128;

/// Tokens that are looked at.
pub(super) const MOST: usize = Bits::BITS as usize;

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

/// Returns the indices, the lowest first.
pub(in crate::language::fact) fn indices(mut bits: Bits) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(lowest)
    })
}
