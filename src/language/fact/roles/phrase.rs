//! Phrases that say the same in two orders: `bread slices`, `slices of bread`.
use super::Crossing;
use crate::language::fact::statement::Statement;
use crate::language::fact::vocabulary::Binding;
use crate::language::fact::voice::is_participle;

impl Crossing<'_> {
    /// The two are a noun and what belongs to it, which may stand before it or behind.
    pub(super) fn turns_phrase(&self) -> bool {
        let (one, another, first, second) = (self.one, self.another, self.first, self.second);
        let turned = ((second.1, second.0), (first.1, first.0));
        is_genitive(one, first.0, second.0) && another_way(another, second.1, first.1)
            || is_genitive(another, second.1, first.1) && another_way(one, first.0, second.0)
            || is_attribute(one, another, first, second)
            || is_attribute(another, one, turned.0, turned.1)
            || is_participle_of(one, another, first, second)
            || is_participle_of(another, one, turned.0, turned.1)
    }
}

/// `slices of bread`, `fall from the old roof`: the second belongs to what directly behind the first is bound by `of`, `in`
/// or the like.
fn is_genitive(statement: &Statement, first: usize, second: usize) -> bool {
    // `opens at 9:00 and closes at 17:00`: no time belongs to another.
    let are_values = statement.tokens[first].is_value() && statement.tokens[second].is_value();
    if second <= first || second - first > 3 || are_values {
        return false;
    }
    let opening = (first + 1..=second).rev().find(|index| statement.tokens[*index].opens);
    let is_run = |start: usize| statement.tokens[start + 1..=second].iter().all(|token| !token.after_break);
    // `Azure and production on AWS`: the second belongs to what stands between.
    let is_noun = |start: usize| {
        statement.tokens[first + 1..start].iter().all(|token| token.binding == statement.tokens[first].binding)
    };
    opening.filter(|start| is_noun(*start)).is_some_and(|start| {
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

/// `the agreed horizon`, `the horizon agreed with Halden`.
fn is_participle_of(statement: &Statement, other: &Statement, verb: (usize, usize), noun: (usize, usize)) -> bool {
    let is_run = |statement: &Statement, first: usize, last: usize| {
        first < last
            && last - first <= 3
            && statement.tokens[first + 1..=last].iter().all(|next| {
                next.is_word() && !next.opens && !next.after_break && next.binding == statement.tokens[first].binding
            })
    };
    is_participle(statement.word(&statement.tokens[verb.0]))
        && is_run(statement, verb.0, noun.0)
        && is_run(other, noun.1, verb.1)
        && !statement.copulas.iter().any(|copula| (verb.0..=noun.0).contains(copula))
        && other.tokens.get(verb.1 + 1).is_some_and(|next| next.opens)
}

/// `bread slices`: the modifier before its noun, nothing bound between.
fn another_way(statement: &Statement, modifier: usize, noun: usize) -> bool {
    let (low, high) = (modifier.min(noun), modifier.max(noun));
    // `Halden's head of sales`: it owns all that `of` joins.
    let owns = || {
        let is_said = statement.copulas.iter().any(|copula| (low..=high).contains(copula) && *copula > low);
        let is_owner = |index: usize| statement.lower[statement.tokens[index].text.end..].starts_with("'s ");
        is_owner(low) && !is_owner(high) && !is_said
    };
    modifier < noun
        && noun - modifier <= 3
        && statement.tokens[low + 1..=high].iter().all(|token| {
            token.binding == statement.tokens[low].binding
                || token.binding == Binding::None && !token.after_break
                || token.binding == Binding::Of && owns()
        })
}
