//! Lays two statements side by side: which tokens say the same, and what is left over on each side.
use super::statement::{Statement, Token, Value};
use super::vocabulary::{Binding, entry, vocabulary};
use super::voice::is_participle;
use std::ops::Range;

mod columns;
mod same;

pub(super) use columns::Columns;
pub(super) use same::Same;
use same::{Bits, Side, are_of_one_note, indices};

/// The result of laying two statements side by side; indices of tokens.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Pairs that say the same, in the order of the first statement.
    pub pairs: Vec<(usize, usize)>,
    pub left: Vec<usize>,
    pub right: Vec<usize>,
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
        let side = |statement, rest: &[usize]| Side { statement, rest: rest.iter().fold(0, |bits, at| bits | 1 << at) };
        same::may_relate(self.pairs.len(), self.same_subject, &(side(one, &self.left), side(another, &self.right)))
    }

    /// Returns the partner of a token of the first statement.
    pub(super) fn partner(&self, left: usize) -> Option<usize> {
        self.pairs.iter().find(|pair| pair.0 == left).map(|pair| pair.1)
    }

    /// Pairs what moved, first what is governed by the same word; the others are left over.
    fn pair_the_rest(&mut self, same: &Same, one: &Statement, another: &Statement) {
        let (mut left, mut right) = (same::all(one.tokens.len()), same::all(another.tokens.len()));
        for pair in &self.pairs {
            (left, right) = (left & !(1 << pair.0), right & !(1 << pair.1));
        }
        let mut pair = |left: usize, fits: &dyn Fn(usize) -> bool, rest: &mut Bits| {
            let partner = indices(same.row(left) & *rest).find(|right| fits(*right));
            partner.is_some_and(|right| {
                self.pairs.push((left, right));
                *rest &= !(1 << right);
                true
            })
        };
        for index in indices(left) {
            let is_governed_alike = |right: usize| one.tokens[index].binding == another.tokens[right].binding;
            if pair(index, &is_governed_alike, &mut right) {
                left &= !(1 << index);
            }
        }
        for index in indices(left) {
            if pair(index, &|_| true, &mut right) {
                left &= !(1 << index);
            }
        }
        (self.left, self.right) = (indices(left).collect(), indices(right).collect());
    }

    /// Pairs `datacenter` with `data center`, `SSO` with `single sign-on`.
    fn join_compounds(&mut self, one: &Statement, another: &Statement) {
        if let Some((whole, run)) = compound(one, &self.left, another, &self.right) {
            self.pairs.push((whole, run[0]));
            self.left.retain(|index| *index != whole);
            self.right.retain(|index| !run.contains(index));
        }
        if let Some((whole, run)) = compound(another, &self.right, one, &self.left) {
            self.pairs.push((run[0], whole));
            self.right.retain(|index| *index != whole);
            self.left.retain(|index| !run.contains(index));
        }
    }

    /// A name that is the note's own need not be said: `Owns the calendar` in the note of Rob.
    fn explain_subjects(&mut self, one: &Statement, another: &Statement) {
        self.same_subject = are_of_one_note(one, another);
        if one.subject.is_empty() && another.subject.is_empty() {
            return;
        }
        let said = |statement: &Statement, other: &Statement, index: &usize| {
            let token = &statement.tokens[*index];
            let is_named = other.names_subject(token) && (token.is_name() || statement.names_subject(token));
            let is_thing = || (token.is_name() || token.is_word()) && !statement.opens_clause(*index);
            is_named && (token.value == Value::Label || is_thing())
        };
        let on_left = self.left.iter().any(|index| said(one, another, index));
        let on_right = self.right.iter().any(|index| said(another, one, index));
        // Where each side names a part of its own, the two are set against each other.
        if on_left != on_right {
            self.left.retain(|index| !said(one, another, index));
            self.right.retain(|index| !said(another, one, index));
            self.same_subject = true;
        }
    }

    /// Takes out the participle that says no more than `from` does: `disputes raised by customers`, `disputes from customers`.
    fn explain_source(&mut self, one: &Statement, another: &Statement) {
        if self.left.is_empty() && self.right.is_empty() {
            return;
        }
        let is_pair = |left: usize, right: usize| self.partner(left) == Some(right);
        let told = self.pairs.iter().find_map(|&(left, right)| {
            let on_left = origin_verb(one, left).filter(|verb| {
                self.left.contains(verb) && opens_source(another, right) && is_pair(verb - 1, right - 1)
            });
            let on_right = origin_verb(another, right)
                .filter(|verb| self.right.contains(verb) && opens_source(one, left) && is_pair(left - 1, verb - 1));
            (on_left.is_some() || on_right.is_some()).then_some((left, on_left, on_right))
        });
        let Some((source, on_left, on_right)) = told else { return };
        self.left.retain(|index| Some(*index) != on_left);
        self.right.retain(|index| Some(*index) != on_right);
        let binding = one.tokens[source].binding;
        let further = one.tokens[source + 1..].iter().take_while(|token| token.binding == binding && !token.opens);
        self.source = source..source + 1 + further.count();
    }
}

/// `from Ada`, with something before it.
fn opens_source(statement: &Statement, index: usize) -> bool {
    let token = &statement.tokens[index];
    index > 0 && token.opens && token.binding == Binding::From
}

/// Returns the verb of `written by Ada` behind a noun, unlike `was written by Ada`; `agent` is the first word behind `by`.
fn origin_verb(statement: &Statement, agent: usize) -> Option<usize> {
    let token = &statement.tokens[agent];
    let verb = agent.checked_sub(1).filter(|verb| *verb > 0 && token.opens && token.binding == Binding::By)?;
    let is_origin =
        vocabulary().is_origin(statement.tokens[verb].stem) && is_participle(statement.word(&statement.tokens[verb]));
    (is_origin && !statement.copulas.contains(&verb)).then_some(verb)
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
fn is_long(token: &Token) -> bool {
    token.text.len() >= 7
}

/// One letter more, less or other in a long word that is no opposite.
fn is_one_spelling(one: &str, another: &str) -> bool {
    one.len().abs_diff(another.len()) <= 1
        && one.as_bytes()[..3] == another.as_bytes()[..3]
        && strsim::osa_distance(one, another) == 1
}

impl Statement {
    /// Tells whether any word, name or value says the same in both, `SSO` and `single sign-on` included.
    pub fn shares_a_word(&self, other: &Statement) -> bool {
        !Alignment::new(self, other).pairs.is_empty()
    }
}

/// A word of more bytes does not stand for others by their initials.
const MOST_INITIALS: usize = 6;

/// Finds a left-over word that is written as several left-over words on the other side, joined or by their initials.
fn compound(one: &Statement, left: &[usize], another: &Statement, right: &[usize]) -> Option<(usize, Vec<usize>)> {
    let letter = |byte: Option<&u8>| 1_u64 << (byte.copied().unwrap_or_default() % 64);
    let begins = |pair: &[usize]| letter(another.word(&another.tokens[pair[0]]).as_bytes().first());
    let begin_runs = right.windows(2).filter(|pair| pair[0] + 1 == pair[1]).fold(0, |all, pair| all | begins(pair));
    for &whole in left {
        let token = &one.tokens[whole];
        let word = one.word(token);
        let first = word.as_bytes().first();
        if token.is_value() || begin_runs & letter(first) == 0 {
            continue;
        }
        for start in 0..right.len() {
            // Longer ones are no initials.
            let begin = another.word(&another.tokens[right[start]]);
            if begin.as_bytes().first() != first || word.len() > MOST_INITIALS && !word.starts_with(begin) {
                continue;
            }
            let run = consecutive(&right[start..]);
            for length in 2..=run.len().min(6) {
                let words = run[..length].iter().map(|index| another.word(&another.tokens[*index]));
                if is_compound(word, words) {
                    return Some((whole, run[..length].to_vec()));
                }
            }
        }
    }
    None
}

fn consecutive(indices: &[usize]) -> &[usize] {
    let length = indices.windows(2).take_while(|pair| pair[1] == pair[0] + 1).count() + 1;
    &indices[..length.min(indices.len())]
}

fn is_compound<'w>(whole: &str, words: impl Iterator<Item = &'w str> + Clone) -> bool {
    let is_joined = || {
        let mut rest = whole;
        words.clone().all(|word| rest.strip_prefix(word).map(|tail| rest = tail).is_some()) && rest.is_empty()
    };
    let is_initials = || {
        let mut letters = whole.chars();
        words.clone().all(|word| letters.next().is_some_and(|letter| word.starts_with(letter)))
            && letters.next().is_none()
    };
    is_joined() || whole.len() <= MOST_INITIALS && is_initials() && entry(whole).function.is_none()
}
