//! Which tokens of two statements say the same: asked once, looked up often.
use super::Statement;
use super::bits::{Bits, MOST_TOKENS, all, indices, stretches};
use super::compound::compound;

/// For each token of one statement those of another that say the same.
pub(in crate::language::fact) struct Same {
    /// Those of the tokens that have any, in order.
    rows: Vec<(usize, Bits)>,
    /// The tokens of either side that stand in a row.
    pub(super) matched: (Bits, Bits),
    /// Those of them that may be left over, since what says the same stands several times.
    doubtful: (Bits, Bits),
}

impl Same {
    pub(in crate::language::fact) fn new(one: &Statement, another: &Statement) -> Same {
        let columns = another.columns();
        let rows = one.tokens.iter().map(|token| columns.row(another, one, token)).enumerate();
        Same::of(rows.filter(|(_, row)| *row != 0).collect())
    }

    fn of(rows: Vec<(usize, Bits)>) -> Same {
        let (mut matched, mut doubtful, mut twice) = ((0, 0), (0, 0), 0);
        for (left, row) in &rows {
            twice |= matched.1 & row;
            matched = (matched.0 | 1 << left, matched.1 | row);
        }
        for (left, row) in rows.iter().filter(|(_, row)| !row.is_power_of_two() || row & twice != 0) {
            doubtful = (doubtful.0 | 1 << left, doubtful.1 | row);
        }
        Same { rows, matched, doubtful }
    }

    /// Returns the tokens of the second statement that say the same as one of the first.
    pub(super) fn row(&self, left: usize) -> Bits {
        self.rows.iter().find(|row| row.0 == left).map_or(0, |row| row.1)
    }

    /// Returns the longest common subsequence of the two statements.
    pub(super) fn in_order(&self) -> Vec<(usize, usize)> {
        let rows = self.rows.iter().copied();
        let mut last = 0;
        let follows = |(_, row): (usize, Bits)| row.is_power_of_two() && std::mem::replace(&mut last, row) < row;
        if rows.clone().all(follows) {
            return rows.map(|(left, row)| (left, row.trailing_zeros() as usize)).collect();
        }
        longest(&self.rows)
    }

    /// Tells whether the two are surely nothing to each other, asked before they are laid side by side. Both have something
    /// left over that the other does not answer, so that they are neither the same nor a contradiction; and too little in
    /// common to be a restatement.
    pub(in crate::language::fact) fn excludes(&self, one: &Statement, another: &Statement) -> bool {
        let (columns, others) = (one.columns(), another.columns());
        let left = all(one.tokens.len()) & !self.matched.0;
        let right = all(another.tokens.len()) & !self.matched.1;
        let pairs = self.rows.len().min(self.matched.1.count_ones() as usize);
        let cannot_relate = || {
            let sides = (Side { statement: one, rest: left }, Side { statement: another, rest: right });
            self.doubtful == (0, 0) && !may_relate(pairs, are_of_one_note(one, another), &sides)
        };
        let tell_two_things = || {
            let rest = (
                columns.unanswered(left, others, right | self.doubtful.1),
                others.unanswered(right, columns, left | self.doubtful.0),
            );
            rest.0 != 0 && rest.1 != 0 && (pairs < 3 || !self.may_restate(one, another, rest))
        };
        (tell_two_things() || cannot_relate())
            && !self.may_explain(one, left | self.doubtful.0, another, right | self.doubtful.1)
    }

    /// Tells whether two may say the same in other words, each with a rest that stays.
    fn may_restate(&self, one: &Statement, another: &Statement, rest: (Bits, Bits)) -> bool {
        let (columns, others) = (one.columns(), another.columns());
        let count = |bits: Bits| bits.count_ones() as usize;
        let most = count(self.matched.0).min(count(self.matched.1));
        let (words, anchors) = (count(self.matched.0 & columns.words), count(self.matched.0 & !columns.words));
        let only_words = rest.0 & !columns.words | rest.1 & !others.words == 0;
        let reworded = || anchors >= 2 && words >= 1 && only_words;
        // What both say holds a rest of each, so that neither says all of it that the other says.
        let inner = (
            rest.0 & stretches(columns.parts, self.matched.0 & !self.doubtful.0),
            rest.1 & stretches(others.parts, self.matched.1 & !self.doubtful.1),
        );
        let contains = || (anchors >= 1 || most >= 5) && (inner.0 == 0 || inner.1 == 0);
        let opens = || one.may_open_alike(self.matched.0) && another.may_open_alike(self.matched.1);
        let many_names = || count(self.matched.0 & columns.names) >= 3 && words >= 3;
        most >= 10 || reworded() || contains() || opens() || many_names()
    }

    /// Tells whether more than equal words may explain some of what may be left over: compounds, the name of the note, an
    /// origin.
    fn may_explain(&self, one: &Statement, left: Bits, another: &Statement, right: Bits) -> bool {
        let names = |statement: &Statement, other: &Statement, rest: Bits| {
            !other.subject.is_empty() && indices(rest).any(|at| other.names_subject(&statement.tokens[at]))
        };
        let (columns, others) = (one.columns(), another.columns());
        // An agent that the other side has too follows.
        let tells_origin = |verbs: Bits, matched: Bits, sources: Bits| verbs << 1 & matched != 0 && sources != 0;
        tells_origin(columns.origins & left, self.matched.0, others.sources & self.matched.1)
            || tells_origin(others.origins & right, self.matched.1, columns.sources & self.matched.0)
            || names(one, another, left)
            || names(another, one, right)
            || compound(one, left, another, right).is_some()
            || compound(another, right, one, left).is_some()
    }
}

impl Statement {
    /// Tells whether it may begin as another does with which it shares these tokens: with a name and something said of it.
    fn may_open_alike(&self, shared: Bits) -> bool {
        let copula = self.copulas.iter().copied().find(|copula| *copula >= 2);
        copula.filter(|copula| *copula < MOST_TOKENS && shared >> copula & 1 == 1).is_some_and(|copula| {
            let subject = shared & all(copula);
            subject.count_ones() >= 2 && subject & self.columns().names != 0
        })
    }
}

/// The tokens of a statement that are left over.
pub(super) struct Side<'s> {
    pub statement: &'s Statement,
    pub rest: Bits,
}

impl Side<'_> {
    fn words(&self) -> u32 {
        (self.statement.columns().words & self.rest).count_ones()
    }

    fn plain_words(&self) -> u32 {
        (self.statement.columns().words & !self.statement.columns().names & self.rest).count_ones()
    }
}

/// Tells whether the two may be anything to each other. With two pairs or fewer that is the same or a contradiction, in
/// which every word has its counterpart, unless one side denies.
pub(super) fn may_relate(pairs: usize, same_subject: bool, (one, another): &(Side, Side)) -> bool {
    let shared = pairs + usize::from(same_subject && pairs > 0);
    let denies = || one.statement.denies() || another.statement.denies();
    let are_matched = || one.plain_words() <= another.words() && another.plain_words() <= one.words();
    shared >= 2 && (pairs >= 3 || denies() || are_matched())
}

/// Both stand in one note, whose name says what it is about.
pub(super) fn are_of_one_note(one: &Statement, another: &Statement) -> bool {
    !one.subject.is_empty() && one.subject == another.subject
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
    let (mut at, mut column, mut pairs) = (0, 0, Vec::with_capacity(count));
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

#[cfg(test)]
mod tests {
    use super::super::super::statement::Token;
    use super::super::super::{NoLexicon, read};
    use super::super::{are_one_value, is_long, is_one_spelling};
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
        let mut next = crate::text::random_below();
        for _ in 0..20_000 {
            let (count, columns, rare) = (next(9), 1 + next(9), 2 + next(6));
            let mut row = || (0..columns).fold(0, |row, at| row | Bits::from(next(rare) == 0) << at);
            let rows: Vec<Bits> = (0..count).map(|_| row()).collect();
            let same = Same::of(rows.iter().copied().enumerate().filter(|(_, row)| *row != 0).collect());
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
