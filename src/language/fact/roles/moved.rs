//! Parts that stand where they like: when it is, and what stands in front of the sentence.
use super::Crossing;
use crate::language::fact::conflict::is_period;
use crate::language::fact::statement::{Statement, Token, Value};
use crate::language::fact::vocabulary::hash;
use crate::text::words;

impl Crossing<'_> {
    /// `For May, Ada wants a credit`: when it is, may stand anywhere.
    pub(super) fn moves_time(&self) -> bool {
        let ((a, b), (c, d)) = self.tokens();
        let keeps = |moved: (&Token, &Token), other: &Token| {
            is_time(moved.0) && !is_time(other) && moved.0.binding == moved.1.binding
        };
        let moves = keeps((a, c), b) || keeps((b, d), a) || self.turns_times();
        moves && a.clause == b.clause && c.clause == d.clause && self.are_told()
    }

    /// `every Thursday at 7 pm`, `at 7 pm every Thursday`
    fn turns_times(&self) -> bool {
        let ((a, b), (c, d)) = self.tokens();
        let are_times =
            |statement: &Statement, first: usize, last: usize| statement.tokens[first..=last].iter().all(is_time);
        a.binding == c.binding
            && b.binding == d.binding
            && are_times(self.one, self.first.0, self.second.0)
            && are_times(self.another, self.second.1, self.first.1)
    }

    /// `Ada starts in May, Bob leaves` and `Ada starts, Bob leaves in May`.
    pub(super) fn times_another_verb(&self) -> bool {
        let ((a, b), _) = self.tokens();
        is_time(a) != is_time(b) && (self.one.tells_twice() || self.another.tells_twice())
    }

    /// `Before any meter is swapped, Ada signs`: what a preposition opens may stand before all else, with a comma behind it.
    pub(super) fn leaves_front(&self) -> bool {
        let (first, second) = (self.first, self.second);
        let to_left = |right: usize| self.alignment.partner_of_second(right);
        let (left, right) = (front(self.one), front(self.another));
        first.0 < left && second.0 >= left && moves(left, |index| self.alignment.partner(index), self.another)
            || second.1 < right && first.1 >= right && moves(right, to_left, self.one)
    }
}

/// A date, a time of day or how often: `every night at 02:00`.
fn is_time(token: &Token) -> bool {
    match token.value {
        Value::Date(_) => true,
        Value::Quantity(quantity) => is_period(&quantity) || quantity.dimension == hash("clock"),
        _ => false,
    }
}

/// Returns how many tokens stand before the first comma, if a preposition opens them.
fn front(statement: &Statement) -> usize {
    let tokens = &statement.tokens;
    let end = (1..tokens.len()).find(|index| tokens[*index].after_break);
    end.filter(|_| is_opened(statement, 0)).unwrap_or(0)
}

/// Tells whether so many tokens of the front stand in a row in the other statement, behind something else and opened as well.
fn moves(front: usize, partner: impl Fn(usize) -> Option<usize>, other: &Statement) -> bool {
    let start = (front > 0).then(|| partner(0)).flatten().filter(|start| *start > 0);
    start.is_some_and(|start| is_opened(other, start) && (0..front).all(|index| partner(index) == Some(start + index)))
}

/// A preposition stands before the token, or `without`.
fn is_opened(statement: &Statement, index: usize) -> bool {
    statement.tokens[index].opens || words(statement.before(index)).any(|word| word == "without")
}
