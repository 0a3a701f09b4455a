//! Which tokens of two statements say the same: asked once, looked up often.
use super::{Statement, Token, is_long, says_the_same};

/// Indices of tokens, one bit each; a statement has fewer tokens than there are bits.
pub(super) type Bits = u128;

/// Returns the indices below `count`.
pub(super) fn all(count: usize) -> Bits {
    Bits::MAX.checked_shr(Bits::BITS.saturating_sub(count as u32)).unwrap_or(0)
}

/// Returns the indices, the lowest first.
pub(super) fn indices(mut bits: Bits) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let lowest = (bits != 0).then(|| bits.trailing_zeros() as usize)?;
        bits &= bits - 1;
        Some(lowest)
    })
}

/// For each token of one statement those of another that say the same.
pub(super) struct Same {
    rows: Vec<Bits>,
}

impl Same {
    pub(super) fn new(one: &Statement, another: &Statement) -> Same {
        let columns: Vec<Brief> = another.tokens.iter().map(|token| Brief::of(another, token)).collect();
        let row = |token: &Token| {
            let brief = Brief::of(one, token);
            let same = |(other, column): (&Token, &Brief)| match brief.is_same(column) {
                Some(is_same) => is_same,
                None => says_the_same(one, token, another, other),
            };
            let cells = another.tokens.iter().zip(&columns).map(same);
            cells.take(Bits::BITS as usize).enumerate().fold(0, |row, (at, is)| row | Bits::from(is) << at)
        };
        Same { rows: one.tokens.iter().take(Bits::BITS as usize).map(row).collect() }
    }

    /// Returns the tokens of the second statement that say the same as one of the first.
    pub(super) fn row(&self, left: usize) -> Bits {
        self.rows[left]
    }

    /// Returns the longest common subsequence of the two statements.
    pub(super) fn in_order(&self) -> Vec<(usize, usize)> {
        // Rows without a match have no part in it.
        let matched: Vec<(usize, Bits)> = self.rows.iter().copied().enumerate().filter(|(_, row)| *row != 0).collect();
        let is_plain = matched.iter().all(|(_, row)| row.is_power_of_two())
            && matched.windows(2).all(|pair| pair[0].1 < pair[1].1);
        if is_plain {
            return matched.into_iter().map(|(left, row)| (left, row.trailing_zeros() as usize)).collect();
        }
        longest(&matched)
    }
}

/// Returns the longest common subsequence of rows that each match somewhere.
fn longest(rows: &[(usize, Bits)]) -> Vec<(usize, usize)> {
    let columns = Bits::BITS as usize - rows.iter().fold(0, |all, (_, row)| all | row).leading_zeros() as usize;
    let (count, width) = (rows.len(), columns + 1);
    let mut best = vec![0u8; (count + 1) * width];
    for (at, (_, matches)) in rows.iter().enumerate().rev() {
        let (here, below) = best[at * width..(at + 2) * width].split_at_mut(width);
        for column in (0..columns).rev() {
            let taken = if matches >> column & 1 == 1 { below[column + 1] + 1 } else { 0 };
            here[column] = taken.max(below[column]).max(here[column + 1]);
        }
    }
    let (mut at, mut column, mut pairs) = (0, 0, Vec::new());
    while at < count && column < columns {
        let (here, below) = best[at * width..(at + 2) * width].split_at(width);
        let (left, matches) = rows[at];
        if matches >> column & 1 == 1 && here[column] == below[column + 1] + 1 {
            pairs.push((left, column));
            (at, column) = (at + 1, column + 1);
        } else if below[column] >= here[column + 1] {
            at += 1;
        } else {
            column += 1;
        }
    }
    pairs
}

/// A token in a few numbers: nearly all tokens are words, and nearly all differ.
struct Brief {
    concept: u64,
    stem: u64,
    kind: Kind,
    /// The first three bytes of a long word.
    head: [u8; 3],
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Value,
    /// A word so long that one letter more or less leaves it the same.
    Long,
    Other,
}

impl Brief {
    fn of(statement: &Statement, token: &Token) -> Brief {
        let (kind, head) = match token {
            token if token.is_value() => (Kind::Value, [0; 3]),
            token if token.is_word() && is_long(token) => {
                let word = statement.word(token).as_bytes();
                (Kind::Long, [word[0], word[1], word[2]])
            }
            _ => (Kind::Other, [0; 3]),
        };
        Brief { concept: token.concept, stem: token.stem, kind, head }
    }

    /// Tells whether the two say the same, if these numbers are enough to tell.
    fn is_same(&self, other: &Brief) -> Option<bool> {
        if self.kind == Kind::Value || other.kind == Kind::Value {
            // A word and an amount never do.
            return (self.kind != other.kind).then_some(false);
        }
        if self.concept == other.concept || self.stem == other.stem {
            return Some(true);
        }
        let may_be_spelling = self.kind == Kind::Long && other.kind == Kind::Long && self.head == other.head;
        (!may_be_spelling).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{NoLexicon, read};
    use super::*;

    /// The textbook's table, every cell of it.
    fn by_table(rows: &[Bits], columns: usize) -> Vec<(usize, usize)> {
        let mut best = vec![vec![0; columns + 1]; rows.len() + 1];
        let are = |row: usize, column: usize| rows[row] >> column & 1 == 1;
        for row in (0..rows.len()).rev() {
            for column in (0..columns).rev() {
                let taken = if are(row, column) { best[row + 1][column + 1] + 1 } else { 0 };
                best[row][column] = taken.max(best[row + 1][column]).max(best[row][column + 1]);
            }
        }
        let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
        while row < rows.len() && column < columns {
            if are(row, column) && best[row][column] == best[row + 1][column + 1] + 1 {
                pairs.push((row, column));
                (row, column) = (row + 1, column + 1);
            } else if best[row + 1][column] >= best[row][column + 1] {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }

    #[test]
    fn finds_what_the_whole_table_finds() {
        let mut number = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |below: u64| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (number >> 33) % below
        };
        for _ in 0..20_000 {
            let (count, columns, rare) = (next(9), 1 + next(9) as usize, 2 + next(6));
            let mut row = || (0..columns).fold(0, |row, at| row | Bits::from(next(rare) == 0) << at);
            let rows: Vec<Bits> = (0..count).map(|_| row()).collect();
            assert_eq!(Same { rows: rows.clone() }.in_order(), by_table(&rows, columns), "{rows:?}");
        }
    }

    #[test]
    fn tells_in_brief_what_the_whole_tells() {
        let texts = [
            "Ada moved the offices to Geneva on 2 May 2025 for 40 people",
            "the ofices of Ada move in phase 2, on the third floor, to Geneve",
            "organisation organization 40 2025-05-02 third phase 2",
        ];
        let statements = texts.map(|text| read(text, &NoLexicon, ""));
        for one in &statements {
            for another in &statements {
                let same = Same::new(one, another);
                for (left, token) in one.tokens.iter().enumerate() {
                    let is = |other: &Token| says_the_same(one, token, another, other);
                    let row = another.tokens.iter().enumerate().fold(0, |row, (at, t)| row | Bits::from(is(t)) << at);
                    assert_eq!(same.row(left), row, "{}", one.word(token));
                }
            }
        }
    }
}
