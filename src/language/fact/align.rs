//! Lays two statements side by side: which tokens say the same, and what is left over on each side.
use super::statement::{Statement, Token, Value};
use std::ops::Range;

pub(super) mod bits;
mod columns;
mod compound;
mod same;

pub(super) use bits::{Bits, MOST_TOKENS, indices};
pub(super) use columns::Columns;
use compound::compound;
pub(super) use same::Same;
use same::{Side, are_of_one_note};

/// The result of laying two statements side by side; indices of tokens.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Pairs that say the same, in the order of the first statement.
    pub pairs: Vec<(usize, usize)>,
    pub left: Bits,
    pub right: Bits,
    /// The two stand in one note, or one names the note that the other stands in.
    pub same_subject: bool,
    /// Index of the verb on the side that is active, when the other is passive.
    pub verbs: (Option<usize>, Option<usize>),
    /// Tokens of the first statement that one side binds by `from` and the other by a verb that says as much: `a letter from
    /// Ada`, `a letter written by Ada`.
    pub source: Range<usize>,
    /// Weight of the pairs, once.
    pub shared: f32,
}

impl Alignment {
    /// Aligns two statements.
    pub(super) fn new(one: &Statement, another: &Statement) -> Alignment {
        Alignment::of(&Same::new(one, another), one, another)
    }

    /// Aligns two statements by what says the same: first in order, then what moved.
    pub(super) fn of(same: &Same, one: &Statement, another: &Statement) -> Alignment {
        let mut alignment = Alignment { pairs: same.in_order(), ..Alignment::default() };
        alignment.pair_the_rest(same, one, another);
        alignment.join_compounds(one, another);
        alignment.explain_subjects(one, another);
        alignment.pairs.sort_unstable();
        alignment.explain_source(one, another);
        alignment.find_verbs(one, another);
        alignment.shared = alignment.pairs.iter().map(|(left, _)| one.tokens[*left].weight()).sum();
        alignment
    }

    /// Tells whether the two may be anything to each other.
    pub(super) fn may_relate(&self, one: &Statement, another: &Statement) -> bool {
        let side = |statement, rest| Side { statement, rest };
        same::may_relate(self.pairs.len(), self.same_subject, &(side(one, self.left), side(another, self.right)))
    }

    /// Returns the partner of a token of the first statement.
    pub(super) fn partner(&self, left: usize) -> Option<usize> {
        self.pairs.iter().find(|pair| pair.0 == left).map(|pair| pair.1)
    }

    /// Returns the partner of a token of the second statement.
    pub(super) fn partner_of_second(&self, right: usize) -> Option<usize> {
        self.pairs.iter().find(|pair| pair.1 == right).map(|pair| pair.0)
    }

    /// Pairs what moved, first what is governed by the same word; the others are left over.
    fn pair_the_rest(&mut self, same: &Same, one: &Statement, another: &Statement) {
        (self.left, self.right) = (bits::all(one.tokens.len()), bits::all(another.tokens.len()));
        for pair in &self.pairs {
            (self.left, self.right) = (self.left & !(1 << pair.0), self.right & !(1 << pair.1));
        }
        let is_governed_alike = |left: usize, right: usize| one.tokens[left].binding == another.tokens[right].binding;
        self.pair_if(same, is_governed_alike);
        self.pair_if(same, |_, _| true);
    }

    /// Pairs left-over tokens that say the same and fit.
    fn pair_if(&mut self, same: &Same, fits: impl Fn(usize, usize) -> bool) {
        for left in indices(self.left & same.matched.0) {
            if let Some(right) = indices(same.row(left) & self.right).find(|right| fits(left, *right)) {
                self.pairs.push((left, right));
                (self.left, self.right) = (self.left & !(1 << left), self.right & !(1 << right));
            }
        }
    }

    /// Pairs `datacenter` with `data center`, `SSO` with `single sign-on`.
    fn join_compounds(&mut self, one: &Statement, another: &Statement) {
        if let Some((whole, parts)) = compound(one, self.left, another, self.right) {
            self.pairs.push((whole, parts.start));
            self.left &= !(1 << whole);
            self.right &= !bits::range(parts);
        }
        if let Some((whole, parts)) = compound(another, self.right, one, self.left) {
            self.pairs.push((parts.start, whole));
            self.right &= !(1 << whole);
            self.left &= !bits::range(parts);
        }
    }

    /// A name that is the note's own need not be said: `Owns the calendar` in the note of Rob.
    fn explain_subjects(&mut self, one: &Statement, another: &Statement) {
        self.same_subject = are_of_one_note(one, another);
        if one.subject.is_empty() && another.subject.is_empty() {
            return;
        }
        let said = |statement: &Statement, other: &Statement, rest: Bits| {
            let is_said = |index: &usize| {
                let token = &statement.tokens[*index];
                let is_named = other.names_subject(token) && (token.is_name() || statement.names_subject(token));
                let is_thing = || (token.is_name() || token.is_word()) && !statement.opens_clause(*index);
                is_named && (token.value == Value::Label || is_thing())
            };
            bits::of(indices(rest).filter(is_said))
        };
        let (left, right) = (said(one, another, self.left), said(another, one, self.right));
        // Where each side names a part of its own, the two are set against each other.
        if (left == 0) != (right == 0) {
            (self.left, self.right) = (self.left & !left, self.right & !right);
            self.same_subject = true;
        }
    }

    /// Takes out the participle that says no more than `from` does: `disputes raised by customers`, `disputes from customers`.
    fn explain_source(&mut self, one: &Statement, another: &Statement) {
        let (columns, others) = (one.columns(), another.columns());
        let verbs = (self.left & columns.origins, self.right & others.origins);
        if verbs == (0, 0) {
            return;
        }
        let is_pair = |left: usize, right: usize| self.partner(left) == Some(right);
        let verb_of = |agent: usize, verbs: Bits| agent.checked_sub(1).filter(|verb| verbs >> verb & 1 == 1);
        let told = self.pairs.iter().find_map(|&(left, right)| {
            let on_left =
                verb_of(left, verbs.0).filter(|verb| others.sources >> right & 1 == 1 && is_pair(verb - 1, right - 1));
            let on_right =
                verb_of(right, verbs.1).filter(|verb| columns.sources >> left & 1 == 1 && is_pair(left - 1, verb - 1));
            (on_left.is_some() || on_right.is_some()).then_some((left, on_left, on_right))
        });
        let Some((source, on_left, on_right)) = told else { return };
        let bit = |verb: Option<usize>| verb.map_or(0, |verb| 1 << verb);
        (self.left, self.right) = (self.left & !bit(on_left), self.right & !bit(on_right));
        let binding = one.tokens[source].binding;
        let further = one.tokens[source + 1..].iter().take_while(|token| token.binding == binding && !token.opens);
        self.source = source..source + 1 + further.count();
    }
}

/// Tells whether two amounts, dates, ordinals or labels are the same.
fn are_one_value(token: &Token, other: &Token) -> bool {
    match (&token.value, &other.value) {
        (Value::Quantity(quantity), Value::Quantity(other)) => quantity.equals(other),
        (Value::Date(date), Value::Date(other)) => date == other || date.agrees(*other),
        (Value::Ordinal(number), Value::Ordinal(other)) => number == other,
        (Value::Label, Value::Label) => token.stem == other.stem,
        _ => false,
    }
}

/// In a shorter word another letter makes another word.
pub(super) fn is_long(token: &Token) -> bool {
    token.text.len() >= 7
}

/// One letter more, less or other in a long word that is no opposite. Another digit (`192.168.1.10`) is another thing.
pub(super) fn is_one_spelling(one: &str, another: &str) -> bool {
    one.len().abs_diff(another.len()) <= 1
        && one.as_bytes()[..3] == another.as_bytes()[..3]
        && strsim::osa_distance(one, another) == 1
        && !one.bytes().chain(another.bytes()).any(|byte| byte.is_ascii_digit())
}

impl Statement {
    /// Tells whether any word, name or value says the same in both, `SSO` and `single sign-on` included.
    pub fn shares_a_word(&self, other: &Statement) -> bool {
        !Alignment::new(self, other).pairs.is_empty()
    }
}
