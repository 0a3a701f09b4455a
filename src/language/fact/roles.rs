//! Whether two statements that use the same words bind them in the same way: `A reports to B` is not `B reports to A`.
use super::align::Alignment;
use super::statement::{Statement, Token, Value};
use super::vocabulary::Binding;
use std::cmp::Ordering;

mod lists;
mod moved;
mod phrase;

/// Two pairs of tokens that changed places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Swap {
    pub first: (usize, usize),
    pub second: (usize, usize),
}

/// Two pairs of tokens that stand in another order in the second statement than in the first.
struct Crossing<'a> {
    one: &'a Statement,
    another: &'a Statement,
    alignment: &'a Alignment,
    first: (usize, usize),
    second: (usize, usize),
}

/// Returns the pairs of tokens that changed their roles; none if every change of order is explained by another voice, a
/// moved part or a genitive.
pub(super) fn swaps(one: &Statement, another: &Statement, alignment: &Alignment) -> Vec<Swap> {
    let pairs = &alignment.pairs;
    let mut swaps = Vec::new();
    for (index, &first) in pairs.iter().enumerate() {
        let swapped = pairs[index + 1..].iter().filter(|second| {
            let (left, right) = (clause_order(one, first.0, second.0), clause_order(another, first.1, second.1));
            if second.1 < first.1 {
                !Crossing { one, another, alignment, first, second: **second }.is_explained()
            } else {
                // `Because A, B` and `A because B`.
                left != Ordering::Equal && left == right.reverse()
            }
        });
        swaps.extend(swapped.map(|&second| Swap { first, second }));
    }
    swaps
}

fn clause_order(statement: &Statement, first: usize, second: usize) -> Ordering {
    statement.tokens[first].clause.cmp(&statement.tokens[second].clause)
}

impl Crossing<'_> {
    /// Tells whether the two say the same in either order.
    fn is_explained(&self) -> bool {
        let ((a, b), (c, d)) = self.tokens();
        if self.times_another_verb() {
            return false;
        }
        if self.is_loose() || self.moves_time() || lists::are_reordered(self) || self.leaves_front() {
            return true;
        }
        if are_exchanged((a, b), (c, d)) && a.clause == b.clause && c.clause == d.clause {
            return false;
        }
        let (one, another) = (self.one, self.another);
        if is_existential(one) != is_existential(another) && (is_place_of(one, b, d) || is_place_of(another, c, a)) {
            return true;
        }
        let clauses_kept = (a.clause == b.clause) == (c.clause == d.clause);
        if !clauses_kept || a.clause != b.clause {
            // A clause with what depends on it says the same wherever it stands.
            return clauses_kept && (a.clause < b.clause) == (c.clause < d.clause);
        }
        self.turns_phrase() || self.keeps_roles()
    }

    /// The tokens in the first statement and in the second.
    fn tokens(&self) -> ((&Token, &Token), (&Token, &Token)) {
        let (one, another) = (&self.one.tokens, &self.another.tokens);
        ((&one[self.first.0], &one[self.second.0]), (&another[self.first.1], &another[self.second.1]))
    }

    /// A word and a name or value, of which neither took the other's place or preposition; or an adverb.
    fn is_loose(&self) -> bool {
        let ((a, b), other) = self.tokens();
        // In a label each place is another thing: `Hover accent colour`, `Accent hover colour`.
        let is_far = self.second.0 > self.first.0 + 1 || !self.are_told();
        let took_places = self.first.0 == self.second.1 && self.second.0 == self.first.1 && is_far;
        a.is_word() != b.is_word() && !are_exchanged((a, b), other) && !took_places
            || self.is_free_adverb(self.first)
            || self.is_free_adverb(self.second)
    }

    /// Adverbs stand where they like; but `Only admins can delete` narrows who may.
    fn is_free_adverb(&self, (left, right): (usize, usize)) -> bool {
        let token = &self.one.tokens[left];
        token.value == Value::Scope && (left == 0) == (right == 0)
            || token.value != Value::Scope && token.is_word() && self.one.word(token).ends_with("ly")
    }

    fn are_told(&self) -> bool {
        self.one.is_told() && self.another.is_told()
    }

    /// Who does it and to whom it is done are the same, in whichever voice; or two parts changed places as wholes.
    fn keeps_roles(&self) -> bool {
        let (one, another, alignment) = (self.one, self.another, self.alignment);
        let ((a, b), (c, d)) = self.tokens();
        let voice =
            |index: (usize, usize)| meet(role(one, alignment, index.0, false), role(another, alignment, index.1, true));
        if alignment.verbs != (None, None) {
            return a.is_word() && b.is_word() && self.keeps_neighbours() || voice(self.first) && voice(self.second);
        }
        let differ = a.binding != b.binding && c.binding != d.binding;
        differ && a.binding == c.binding && b.binding == d.binding || a.is_word() && self.keeps_neighbours()
    }

    /// A word of a part that moved as a whole keeps the word beside it; words that changed places do not.
    fn keeps_neighbours(&self) -> bool {
        let (one, another, alignment) = (self.one, self.another, self.alignment);
        let keeps = |(left, right): (usize, usize)| {
            let next = |statement: &Statement, index: usize| (index + 1 < statement.tokens.len()).then_some(index + 1);
            let after = next(one, left)
                .zip(next(another, right))
                .is_some_and(|(left, right)| alignment.partner(left) == Some(right));
            let before = left > 0 && right > 0 && alignment.partner(left - 1) == Some(right - 1);
            let bound =
                one.tokens[left].binding != Binding::None && one.tokens[left].binding == another.tokens[right].binding;
            after || before || bound
        };
        keeps(self.first) && keeps(self.second)
    }
}

/// `A over B`, `B over A`: each took the preposition of the other.
pub(super) fn are_exchanged(one: (&Token, &Token), another: (&Token, &Token)) -> bool {
    use Binding::{Above, After, Before, By, From, Than, To};
    let is_directed = |binding: Binding| matches!(binding, From | To | Than | By | Above | Before | After);
    let crossed =
        one.0.binding == another.1.binding && one.1.binding == another.0.binding && one.0.binding != one.1.binding;
    crossed && (is_directed(one.0.binding) || is_directed(one.1.binding))
}

/// `There is room in the office`
fn is_existential(statement: &Statement) -> bool {
    statement.copulas.first() == Some(&0) && statement.begins_with_there()
}

/// `There is room in the office`, `The office has room`: the place of one is the subject of the other.
fn is_place_of(statement: &Statement, place: &Token, subject: &Token) -> bool {
    is_existential(statement) && place.binding == Binding::In && subject.binding == Binding::None
}

/// Side of the verb on which a token stands when the statement is told in the active voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Before,
    Behind,
    Bound(Binding),
}

/// Returns a token's role. The verb is the participle of the passive statement, or what it is aligned with.
fn role(statement: &Statement, alignment: &Alignment, index: usize, is_second: bool) -> Option<Role> {
    let token = &statement.tokens[index];
    if let Some((participle, agent)) = &statement.passive {
        return Some(match () {
            () if agent.contains(&index) => Role::Before,
            () if index < *participle => Role::Behind,
            () => Role::Bound(token.binding),
        });
    }
    let verb = alignment.verb(is_second)?;
    Some(match () {
        () if !matches!(token.binding, Binding::None | Binding::Of) && index > verb => Role::Bound(token.binding),
        () if index < verb => Role::Before,
        () => Role::Behind,
    })
}

/// The place or means of a passive may be the subject of the active: `unsupported with X`, `X does not support`.
fn meet(one: Option<Role>, another: Option<Role>) -> bool {
    use Binding::{In, Of, Through};
    match (one, another) {
        (Some(Role::Bound(Of | In | Through)), Some(Role::Before))
        | (Some(Role::Before), Some(Role::Bound(Of | In | Through))) => true,
        (Some(Role::Bound(_)), Some(Role::Behind)) | (Some(Role::Behind), Some(Role::Bound(_))) => true,
        (Some(one), Some(another)) => one == another,
        _ => false,
    }
}

impl Alignment {
    fn verb(&self, is_second: bool) -> Option<usize> {
        if is_second { self.verbs.1 } else { self.verbs.0 }
    }

    /// Notes which token of the active statement is the verb of the passive one.
    pub(super) fn find_verbs(&mut self, one: &Statement, another: &Statement) {
        self.verbs = match (&one.passive, &another.passive) {
            (Some((participle, _)), None) => (None, self.partner(*participle)),
            (None, Some((participle, _))) => (self.partner_of_second(*participle), None),
            _ => (None, None),
        };
    }
}
