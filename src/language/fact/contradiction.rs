//! When differing values contradict: one subject, and a slot that holds one value at a time.
use super::align::indices;
use super::conflict::{Conflict, ConflictKind};
use super::relation::{Contradiction, Pair, are_meant_of_one};
use super::roles::{Swap, are_exchanged};
use super::statement::{Article, Cues, Modality, Statement, Token, Value};
use super::vocabulary::{Binding, Holder, hash, vocabulary};
use crate::language::date::Date;
use crate::text::words;

mod recurrence;
mod slot;

use recurrence::{is_log_entry, repeats, runs_daily, tells_of_event};
use slot::{holds_one, holds_place};

/// Returns in what the two statements contradict each other, if they do.
pub(super) fn contradiction(pair: &Pair) -> Option<Contradiction> {
    if !is_certain(pair) || pair.differences.series || !pair.leads_alike() || !pair.excludes_alike() {
        return None;
    }
    let conflicts = &pair.differences.conflicts;
    if conflicts.is_empty() {
        return (exchanged(pair) && are_asserted(pair) && !tells_of_event(pair.one)).then_some(Contradiction::Roles);
    }
    if pair.differences.rebound || !leaves_nothing_open(pair) || !shares_subject(pair) || !are_asserted(pair) {
        return None;
    }
    let has = |kind: ConflictKind| conflicts.iter().any(|conflict| conflict.kind == kind);
    let count = |kind: ConflictKind| conflicts.iter().filter(|conflict| conflict.kind == kind).count();
    if !pair.swaps.is_empty() && !has(ConflictKind::Negation) {
        return None;
    }
    // Two slots that differ in two measures are two members of a series: revenue in Q2 and revenue in Q3.
    let kinds =
        [ConflictKind::Date, ConflictKind::Number, ConflictKind::Name].into_iter().filter(|kind| has(*kind)).count();
    let words = has(ConflictKind::Opposite) || has(ConflictKind::Negation);
    let measured = has(ConflictKind::Number) && has(ConflictKind::Period);
    let several = kinds == 1 && words || words && has(ConflictKind::Period);
    if kinds > 1
        || several
        || measured
        || count(ConflictKind::Name) > 1
        || is_partial(pair.one) && is_partial(pair.another)
    {
        return None;
    }
    let opposite = || {
        (!cancels(pair) && conflicts.iter().any(|conflict| is_predicate(pair, conflict)))
            .then_some(Contradiction::Opposite)
    };
    match () {
        () if has(ConflictKind::Date) => {
            conflicts.iter().all(|conflict| dates_clash(pair, conflict)).then_some(Contradiction::Date)
        }
        () if has(ConflictKind::Number) => numbers_clash(pair).then_some(Contradiction::Number),
        () if has(ConflictKind::Name) => {
            holds_one(pair, conflicts.iter().find(|conflict| conflict.kind == ConflictKind::Name)?)
                .then_some(Contradiction::Holder)
        }
        () if has(ConflictKind::Opposite) => opposite(),
        () if has(ConflictKind::Period) => Some(Contradiction::Number),
        () => Some(Contradiction::Negation),
    }
}

/// Both have a verb, or a label that they share and say different things of: `Owner: Ada`, `Owner: Bob`. Two labels are two
/// things (`Header 1 colour`, `Header 2 colour`).
fn are_asserted(pair: &Pair) -> bool {
    let behind_label = |statement: &Statement, side: fn(&Conflict) -> &Vec<usize>| {
        let Some(end) = statement.label_end() else { return true };
        let mut conflicts = pair.differences.conflicts.iter().flat_map(side);
        conflicts.all(|index| statement.tokens[*index].text.start > end)
    };
    pair.one.is_told()
        && pair.another.is_told()
        && behind_label(pair.one, |conflict| &conflict.left)
        && behind_label(pair.another, |conflict| &conflict.right)
}

/// What is asked, conditional, one of several options, history or cut off contradicts nothing.
fn is_certain(pair: &Pair) -> bool {
    const OPEN: Cues =
        Cues::QUESTION.with(Cues::OPTION).with(Cues::HISTORY).with(Cues::OR).with(Cues::CUT).with(Cues::ALSO);
    let shifted = pair.one.cues.has(Cues::SHIFT) != pair.another.cues.has(Cues::SHIFT);
    let settled = !pair.one.cues.has(OPEN)
        && !pair.another.cues.has(OPEN)
        && !shifted
        && is_of_one_condition(pair)
        && are_meant_of_one(pair.one, pair.another);
    let weak = |modality: Modality| matches!(modality, Modality::May | Modality::Should | Modality::Plan);
    let (one, another) = (pair.one.modality, pair.another.modality);
    let planned = one == Modality::Plan && another == Modality::Plan;
    settled
        && (planned
            || !(weak(one) || weak(another))
            || one.max(another) == Modality::Must && one.min(another) != Modality::Plan)
        && pair.one.past == pair.another.past
}

/// Neither depends on anything, or both on the same: what they say differently stands outside of the condition.
fn is_of_one_condition(pair: &Pair) -> bool {
    let (one, another) = (pair.one, pair.another);
    if !one.cues.has(Cues::CONDITION) && !another.cues.has(Cues::CONDITION) {
        return true;
    }
    let is_main =
        |statement: &Statement, indices: &[usize]| indices.iter().all(|index| statement.tokens[*index].clause == 0);
    let has_clause = |statement: &Statement| statement.tokens.iter().any(|token| token.clause != 0);
    has_clause(one)
        && has_clause(another)
        && one.denials.iter().chain(&another.denials).all(|clause| *clause == 0)
        && pair
            .differences
            .conflicts
            .iter()
            .all(|conflict| is_main(one, &conflict.left) && is_main(another, &conflict.right))
}

/// `Some members pay by invoice`: others may not.
fn is_partial(statement: &Statement) -> bool {
    const PARTS: [&str; 13] = [
        "some", "several", "few", "many", "various", "certain", "include", "includes", "part", "portion", "share",
        "shares", "half",
    ];
    words(&statement.lower).take(4).any(|word| PARTS.contains(&word))
}

/// Nothing stands on one side alone that narrows what is said. A denial may be told in fewer words.
fn leaves_nothing_open(pair: &Pair) -> bool {
    let differences = pair.differences;
    if differences.left | differences.right == 0 {
        return true;
    }
    let only_negation = differences.conflicts.iter().all(|conflict| conflict.kind == ConflictKind::Negation);
    let (affirmed, denied) =
        if pair.one.denies() { (differences.right, differences.left) } else { (differences.left, differences.right) };
    let affirming = if pair.one.denies() { pair.another } else { pair.one };
    only_negation
        && denied == 0
        && affirmed.count_ones() <= 3
        && indices(affirmed).all(|index| {
            let token = &affirming.tokens[index];
            token.binding != Binding::None
                || matches!(token.value, Value::Quantity(_))
                || matches!(affirming.word(token), "all" | "always" | "every" | "everyone")
        })
}

/// The two speak of one thing: a shared name, two shared words, or one word of the subject that their note gives.
fn shares_subject(pair: &Pair) -> bool {
    let shared = pair.alignment.pairs.len() + usize::from(pair.alignment.same_subject);
    shared >= 2
}

/// `is not rejected` against `is approved`: opposite and denial in one clause cancel each other.
fn cancels(pair: &Pair) -> bool {
    let clause_of = |conflict: &Conflict| conflict.left.first().map(|index| pair.one.tokens[*index].clause);
    let opposites = pair.differences.conflicts.iter().filter(|conflict| conflict.kind == ConflictKind::Opposite);
    opposites
        .filter_map(clause_of)
        .any(|clause| pair.one.denials.contains(&clause) != pair.another.denials.contains(&clause))
}

/// The opposites are said of the subject (`is open`, `approved the budget`); they do not tell two things apart (`the left
/// door`, `the red team`).
fn is_predicate(pair: &Pair, conflict: &Conflict) -> bool {
    let (Some(&left), Some(&right)) = (conflict.left.first(), conflict.right.first()) else { return false };
    if pair.one.tokens[left].value != Value::Word || pair.alignment.partner(left) == Some(right) {
        return pair.alignment.partner(left) == Some(right);
    }
    let says = |statement: &Statement, index: usize| {
        let copula = statement.copulas.first().is_some_and(|copula| *copula <= index);
        let named = statement.tokens[..index].iter().any(|token| token.is_name() || statement.names_subject(token));
        let next = statement.tokens.get(index + 1).filter(|next| next.clause == statement.tokens[index].clause);
        let in_phrase = next.is_some_and(|next| {
            (next.is_word() || next.is_name())
                && next.definite == Article::None
                && !next.opens
                && !next.after_break
                && !statement.copulas.contains(&(index + 1))
        });
        let word = statement.word(&statement.tokens[index]);
        let is_verb = word.ends_with('s') || word.ends_with("ed");
        let is_only_verb = is_verb && statement.copulas.is_empty() && statement.only_verb() == Some(index);
        let attributive = in_phrase && !is_verb && !statement.copulas.contains(&index);
        index > 0 && ((copula || named || is_only_verb || !in_phrase) && !attributive || holds_place(statement, index))
    };
    says(pair.one, left) && says(pair.another, right)
}

/// Two dates clash at the end of a statement about something that happens once.
fn dates_clash(pair: &Pair, conflict: &Conflict) -> bool {
    if conflict.kind != ConflictKind::Date {
        return conflict.kind == ConflictKind::Period;
    }
    let ([left], [right]) = (conflict.left.as_slice(), conflict.right.as_slice()) else { return false };
    let (Value::Date(date), Value::Date(other)) = (pair.one.tokens[*left].value, pair.another.tokens[*right].value)
    else {
        return false;
    };
    let precedes = |index: usize, first: bool| {
        pair.alignment.pairs.iter().filter(|(left, right)| if first { *left < index } else { *right < index }).count()
    };
    let enough = precedes(*left, true) >= 2 && precedes(*right, false) >= 2;
    // `on the first Monday of each month`: the period belongs to the day.
    let is_of_day = |token: &Token| {
        matches!(date, Date::Weekday(_))
            && matches!(token.value, Value::Quantity(quantity) if super::conflict::is_period(&quantity))
    };
    let is_value = |token: &Token| token.is_value() && !is_of_day(token);
    let later_value =
        pair.alignment.pairs.iter().any(|(shared, _)| *shared > *left && is_value(&pair.one.tokens[*shared]));
    let is_amount = |index: usize| matches!(pair.one.tokens[index].value, Value::Quantity(quantity) if !super::conflict::is_period(&quantity));
    let earlier_amount = pair.alignment.pairs.iter().any(|(shared, _)| *shared < *left && is_amount(*shared));
    let is_span = |date: Date| !date.is_full_day() && !matches!(date, Date::Weekday(_));
    // A date behind a comma or in a title is the date of the line, not what it says.
    let is_title = |statement: &Statement, index: usize| {
        let token = &statement.tokens[index];
        token.after_break && !token.opens && !(statement.copulas.contains(&index) && date.is_full_day())
    };
    if is_title(pair.one, *left) || is_title(pair.another, *right) {
        return false;
    }
    // `runs until June`: the end of something, that comes once.
    let is_end = |token: &Token| matches!(token.binding, Binding::Until | Binding::Since);
    let is_weekly = matches!(date, Date::Weekday(_)) && matches!(other, Date::Weekday(_));
    let are_events = tells_of_event(pair.one) || tells_of_event(pair.another);
    let is_once = is_weekly && !are_events
        || is_end(&pair.one.tokens[*left]) && is_end(&pair.another.tokens[*right])
        || !are_events && !repeats(pair.one, date) && !repeats(pair.another, other);
    enough && !later_value && !(earlier_amount && is_span(date)) && is_once
}

/// One amount differs. If two do, so may what they are told of: `deals under 50 close in 40 days`, `deals over 200 … in 130`.
fn numbers_clash(pair: &Pair) -> bool {
    let mut conflicts = pair.differences.conflicts.iter().filter(|conflict| conflict.kind == ConflictKind::Number);
    let is_time = |index: &usize| matches!(pair.one.tokens[*index].value, Value::Quantity(quantity) if quantity.dimension == hash("clock"));
    let is_once = |conflict: &Conflict| !(conflict.left.iter().all(is_time) && runs_daily(pair.one));
    // `The two-day course costs`, `The four-day course costs`: two courses.
    let tells_which = |conflict: &Conflict| {
        conflict.left.iter().any(|index| is_modifier_of_subject(pair.one, *index))
            || conflict.right.iter().any(|index| is_modifier_of_subject(pair.another, *index))
    };
    conflicts.next().is_some_and(|conflict| is_once(conflict) && !tells_which(conflict))
        && conflicts.next().is_none()
        && pair.alignment.pairs.len() >= 2
        && !is_log_entry(pair.one)
        && !tells_of_event(pair.one)
}

/// `The two-day course`
fn is_modifier_of_subject(statement: &Statement, index: usize) -> bool {
    let (token, next) = (&statement.tokens[index], statement.tokens.get(index + 1));
    let before_noun =
        next.is_some_and(|next| next.is_word() && !next.opens && !statement.copulas.contains(&(index + 1)));
    let verb = statement.copulas.iter().copied().find(|copula| *copula > 0);
    let verb = verb.or(statement.modal).or_else(|| statement.verb_before(statement.tokens.len()));
    statement.word(token).contains('-') && before_noun && verb.is_some_and(|verb| index + 1 < verb)
}

/// The same words with two of them in exchanged roles.
fn exchanged(pair: &Pair) -> bool {
    let differences = pair.differences;
    let complete = differences.left | differences.right == 0 && differences.related.is_empty();
    complete && pair.swaps.iter().any(|swap| is_exchange(pair, swap))
}

fn is_exchange(pair: &Pair, swap: &Swap) -> bool {
    let (a, b) = (&pair.one.tokens[swap.first.0], &pair.one.tokens[swap.second.0]);
    let (c, d) = (&pair.another.tokens[swap.first.1], &pair.another.tokens[swap.second.1]);
    let exclusive = a.is_word() && vocabulary().are_exclusive(a.concept, b.concept);
    if exclusive && b.binding == Binding::To {
        // `from old to new`: an order, and a list may have the other one as well.
        return false;
    }
    let between = swap.first.0..swap.second.0;
    let verb = a.is_name()
        && b.is_name()
        && between.into_iter().any(|index| {
            let stands_between = |verb: usize| (swap.second.1..swap.first.1).contains(&verb);
            let holds = |holder| vocabulary().holds_one(pair.one.tokens[index].concept, Binding::None, holder);
            (holds(Holder::Subject) || holds(Holder::Directed))
                && pair.alignment.partner(index).is_some_and(stands_between)
        });
    exclusive
        || are_exchanged((a, b), (c, d)) && is_said_of_subject(pair.one, swap.first.0, swap.second.0)
        || verb && a.binding == b.binding && c.binding == d.binding
}

/// `moved from Oslo to Rome` tells what happened; `the bus from Oslo to Rome` tells which bus, and there may be one back.
fn is_said_of_subject(statement: &Statement, first: usize, second: usize) -> bool {
    let tokens = &statement.tokens;
    if tokens[second].binding != Binding::To {
        return true;
    }
    if tokens[first].binding != Binding::From {
        return (first + 1..second).any(|index| tokens[index].is_word());
    }
    if runs_daily(statement) {
        return false;
    }
    let verb_before = statement.verb_before(first).is_some()
        || statement.copulas.iter().any(|copula| *copula > 0 && *copula <= first);
    let verb_behind = tokens
        .get(second + 1)
        .is_some_and(|next| next.clause == tokens[second].clause && next.is_word() && !next.opens && !next.after_break);
    verb_before && !verb_behind
}
