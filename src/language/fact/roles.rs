//! Whether two statements that use the same words bind them in the same way: `A reports to B` is not `B reports to A`.
use super::align::Alignment;
use super::statement::{Statement, Token, Value};
use super::vocabulary::Binding;
use std::cmp::Ordering;

/// Two pairs of tokens that changed places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Swap {
    pub first: (usize, usize),
    pub second: (usize, usize),
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
                !is_explained(one, another, alignment, first, **second)
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

fn is_explained(
    one: &Statement,
    another: &Statement,
    alignment: &Alignment,
    first: (usize, usize),
    second: (usize, usize),
) -> bool {
    let (a, b) = (&one.tokens[first.0], &one.tokens[second.0]);
    let (c, d) = (&another.tokens[first.1], &another.tokens[second.1]);
    // In a label each place is another thing: `Hover accent colour`, `Accent hover colour`.
    let is_far = second.0 > first.0 + 1 || !one.is_told() || !another.is_told();
    let took_places = first.0 == second.1 && second.0 == first.1 && is_far;
    let is_loose = a.is_word() != b.is_word() && !are_exchanged((a, b), (c, d)) && !took_places;
    // `For May, Ada wants a credit`: when it is, may stand anywhere.
    let is_date = |token: &Token| matches!(token.value, Value::Date(_));
    let moves_date = is_date(a) != is_date(b)
        && hard(a) == hard(c)
        && hard(b) == hard(d)
        && a.clause == b.clause
        && c.clause == d.clause;
    if is_loose || moves_date && one.is_told() && another.is_told() || is_adverb(one, a) || is_adverb(one, b) {
        return true;
    }
    if are_exchanged((a, b), (c, d)) && a.clause == b.clause && c.clause == d.clause {
        return false;
    }
    if is_existential(one) != is_existential(another) && (is_place_of(one, b, d) || is_place_of(another, c, a)) {
        return true;
    }
    let clauses_kept = (a.clause == b.clause) == (c.clause == d.clause);
    if !clauses_kept || a.clause != b.clause {
        // A clause with what depends on it says the same wherever it stands.
        return clauses_kept && (a.clause < b.clause) == (c.clause < d.clause);
    }
    if is_genitive(one, first.0, second.0) && another_way(another, second.1, first.1)
        || is_genitive(another, second.1, first.1) && another_way(one, first.0, second.0)
    {
        return true;
    }
    if is_attribute(one, another, first, second) || is_attribute(another, one, (second.1, second.0), (first.1, first.0))
    {
        return true;
    }
    let voice =
        |index: (usize, usize)| meet(role(one, alignment, index.0, false), role(another, alignment, index.1, true));
    if alignment.verbs != (None, None) {
        return a.is_word() && b.is_word() && keeps_neighbour(one, another, alignment, first, second)
            || voice(first) && voice(second);
    }
    let differ = hard(a) != hard(b) && hard(c) != hard(d);
    if differ && hard(a) == hard(c) && hard(b) == hard(d) {
        return true;
    }
    a.is_word() && keeps_neighbour(one, another, alignment, first, second)
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

/// Adverbs stand where they like.
fn is_adverb(statement: &Statement, token: &Token) -> bool {
    token.value == Value::Scope || token.is_word() && statement.word(token).ends_with("ly")
}

/// What a token's binding says, where `in`, `at` and `of` are told apart but mere juxtaposition is `None`.
fn hard(token: &Token) -> Binding {
    token.binding
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
            (None, Some((participle, _))) => {
                (self.pairs.iter().find(|pair| pair.1 == *participle).map(|pair| pair.0), None)
            }
            _ => (None, None),
        };
    }
}

/// `slices of bread`, `fall from the old roof`: the second belongs to what directly behind the first is bound by `of`, `in`
/// or the like.
fn is_genitive(statement: &Statement, first: usize, second: usize) -> bool {
    if second <= first || second - first > 3 {
        return false;
    }
    let opening = (first + 1..=second).rev().find(|index| statement.tokens[*index].opens);
    let is_run = |start: usize| statement.tokens[start + 1..=second].iter().all(|token| !token.after_break);
    opening.is_some_and(|start| {
        let binding = statement.tokens[start].binding;
        matches!(binding, Binding::Of | Binding::In | Binding::From | Binding::Through) && is_run(start)
    })
}

/// `a rocky hill`, `a hill, which is rocky`.
fn is_attribute(statement: &Statement, other: &Statement, adjective: (usize, usize), noun: (usize, usize)) -> bool {
    adjective.0 + 1 == noun.0
        && noun.1 + 1 == adjective.1
        && other.copulas.contains(&adjective.1)
        && !statement.copulas.contains(&noun.0)
}

/// `bread slices`: the modifier before its noun, nothing bound between.
fn another_way(statement: &Statement, modifier: usize, noun: usize) -> bool {
    let (low, high) = (modifier.min(noun), modifier.max(noun));
    modifier < noun
        && noun - modifier <= 3
        && statement.tokens[low + 1..=high].iter().all(|token| {
            token.binding == statement.tokens[low].binding || token.binding == Binding::None && !token.after_break
        })
}

/// A word of a part that moved as a whole keeps the word beside it; words that changed places do not.
fn keeps_neighbour(
    one: &Statement,
    another: &Statement,
    alignment: &Alignment,
    first: (usize, usize),
    second: (usize, usize),
) -> bool {
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
    keeps(first) && keeps(second)
}
