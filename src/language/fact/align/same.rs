//! Which tokens of two statements say the same: asked once, looked up often.
use super::{Statement, Token, are_one_value, is_long, is_one_spelling};

/// Indices of tokens, one bit each; a statement has fewer tokens than there are bits.
pub(super) type Bits = u128;

/// Tokens that are looked at.
const MOST: usize = Bits::BITS as usize;

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

/// For each token of one statement those of another that say the same. Made for every pair of facts that is compared, so that
/// nothing of it is put on the heap.
pub(super) struct Same {
    rows: [Bits; MOST],
    count: usize,
}

impl Same {
    pub(super) fn new(one: &Statement, another: &Statement) -> Same {
        let columns = Columns::of(another);
        let mut same = Same { rows: [0; MOST], count: one.tokens.len().min(MOST) };
        for (row, token) in same.rows.iter_mut().zip(&one.tokens) {
            *row = columns.row(one, token);
        }
        same
    }

    /// Returns the tokens of the second statement that say the same as one of the first.
    pub(super) fn row(&self, left: usize) -> Bits {
        self.rows[left]
    }

    /// Returns the longest common subsequence of the two statements.
    pub(super) fn in_order(&self) -> Vec<(usize, usize)> {
        // Rows without a match have no part in it.
        let matched = || self.rows[..self.count].iter().copied().enumerate().filter(|(_, row)| *row != 0);
        let mut last = 0;
        let follows = |(_, row): (usize, Bits)| row.is_power_of_two() && std::mem::replace(&mut last, row) < row;
        if matched().all(follows) {
            return matched().map(|(left, row)| (left, row.trailing_zeros() as usize)).collect();
        }
        longest(&matched().collect::<Vec<_>>())
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

/// The tokens of a statement as another's are held against them: nearly all are words, and nearly all differ.
struct Columns<'s> {
    statement: &'s Statement,
    /// Concept and stem of each token.
    words: [(u64, u64); MOST],
    values: Bits,
    /// Words so long that one letter more or less leaves them the same.
    long: Bits,
}

impl Columns<'_> {
    fn of(statement: &Statement) -> Columns<'_> {
        let mut columns = Columns { statement, words: [(0, 0); MOST], values: 0, long: 0 };
        for (at, token) in statement.tokens.iter().take(MOST).enumerate() {
            columns.words[at] = (token.concept, token.stem);
            if token.is_value() {
                columns.values |= 1 << at;
            } else if is_long(token) && token.is_word() {
                columns.long |= 1 << at;
            }
        }
        columns
    }

    /// Returns the tokens that say the same as one of another statement.
    fn row(&self, one: &Statement, token: &Token) -> Bits {
        let other = |at: usize| &self.statement.tokens[at];
        let filtered = |bits: Bits, is_same: &dyn Fn(&Token) -> bool| {
            indices(bits).filter(|at| is_same(other(*at))).fold(0, |row: Bits, at| row | 1 << at)
        };
        if token.is_value() {
            return filtered(self.values, &|other| are_one_value(token, other));
        }
        let half = |words: &[(u64, u64)]| {
            let is = |(concept, stem): &(u64, u64)| (*concept == token.concept) | (*stem == token.stem);
            words.iter().enumerate().fold(0_u64, |row, (at, word)| row | u64::from(is(word)) << at)
        };
        let words = &self.words[..self.statement.tokens.len().min(MOST)];
        let (low, high) = words.split_at(words.len().min(64));
        let row = (Bits::from(half(low)) | Bits::from(half(high)) << 64) & !self.values;
        if !is_long(token) || !token.is_word() {
            return row;
        }
        let word = one.word(token);
        row | filtered(self.long & !row, &|other| is_one_spelling(word, self.statement.word(other)))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{NoLexicon, read};
    use super::*;

    /// Asks two tokens one by one.
    fn says_the_same(one: &Statement, token: &Token, another: &Statement, other: &Token) -> bool {
        if !token.is_value() && !other.is_value() {
            let may_be = is_long(token) && is_long(other) && token.is_word() && other.is_word();
            let is_spelling = may_be && is_one_spelling(one.word(token), another.word(other));
            return token.concept == other.concept || token.stem == other.stem || is_spelling;
        }
        are_one_value(token, other)
    }

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
            let mut same = Same { rows: [0; MOST], count: rows.len() };
            same.rows[..rows.len()].copy_from_slice(&rows);
            assert_eq!(same.in_order(), by_table(&rows, columns), "{rows:?}");
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
