//! When differing values contradict: one subject, and a slot that holds one value at a time.
use super::align::indices;
use super::conflict::{Conflict, ConflictKind};
use super::relation::{Contradiction, Pair};
use super::roles::{Swap, are_exchanged};
use super::statement::{Article, Cues, Modality, Statement, Token, Value};
use super::vocabulary::{Binding, Holder, Vocabulary, hash, stem, vocabulary};
use super::voice::is_participle;
use crate::language::date::Date;
use crate::text::words;

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
    let settled = !pair.one.cues.has(OPEN) && !pair.another.cues.has(OPEN) && !shifted && is_of_one_condition(pair);
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
    let later_value =
        pair.alignment.pairs.iter().any(|(shared, _)| *shared > *left && pair.one.tokens[*shared].is_value());
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

/// What is told happens again and again (`the meeting`), or is done again and again (`was repaired`). On a day of a certain
/// year, nothing but what has hours opens or closes more than once.
fn repeats(statement: &Statement, date: Date) -> bool {
    let is_done = |token: &Token| token.is_word() && is_participle(statement.word(token));
    // A year is a unit too, and then has no stem.
    let is_one = |is: fn(&Vocabulary, u64) -> bool| {
        statement.tokens.iter().any(|token| is(vocabulary(), stem(statement.word(token))))
    };
    let opens_once = || {
        is_one(Vocabulary::opens_once)
            || matches!(date, Date::Day { year: Some(_), .. }) && !is_one(Vocabulary::has_hours)
    };
    statement.tokens.iter().any(|token| {
        vocabulary().is_repeatable(token.stem)
            || vocabulary().is_done_again(token.stem) && is_done(token)
            || vocabulary().opens_or_closes(token.stem) && !opens_once()
    })
}

/// `called Halden on Monday`, `There was a power cut on Monday`: what happened on a day may happen on another.
fn tells_of_event(statement: &Statement) -> bool {
    let is_event = |token: &Token| {
        let word = statement.word(token);
        let is_done = token.is_word() && (word.ends_with("ed") || vocabulary().is_verb_form(word));
        word == "went" || is_done && (vocabulary().is_repeatable(token.stem) || vocabulary().is_done_again(token.stem))
    };
    statement.tokens.iter().any(is_event) || statement.past && statement.lower.starts_with("there ")
}

/// One amount differs. If two do, so may what they are told of: `deals under 50 close in 40 days`, `deals over 200 … in 130`.
fn numbers_clash(pair: &Pair) -> bool {
    let mut conflicts = pair.differences.conflicts.iter().filter(|conflict| conflict.kind == ConflictKind::Number);
    let is_time = |index: &usize| matches!(pair.one.tokens[*index].value, Value::Quantity(quantity) if quantity.dimension == hash("clock"));
    let is_once = |conflict: &Conflict| !(conflict.left.iter().all(is_time) && runs_daily(pair.one));
    conflicts.next().is_some_and(is_once)
        && conflicts.next().is_none()
        && pair.alignment.pairs.len() >= 2
        && !is_log_entry(pair.one)
        && !tells_of_event(pair.one)
}

/// `The bus leaves at 8`, and at 9.
fn runs_daily(statement: &Statement) -> bool {
    statement.tokens.iter().any(|token| vocabulary().is_done_daily(token.stem))
}

/// `Ran 5 km in the park`: what was done, and may be done again.
fn is_log_entry(statement: &Statement) -> bool {
    let first = &statement.tokens[0];
    let word = statement.word(first);
    let is_past = word.ends_with("ed") || vocabulary().is_verb_form(word) && !word.ends_with('s');
    first.is_word()
        && first.definite == Article::None
        && is_past
        && !statement.copulas.contains(&1)
        && !statement.is_about_writer()
}

/// Tells whether the slot of a name holds one name at a time.
fn holds_one(pair: &Pair, conflict: &Conflict) -> bool {
    // Who the CIO is may be said elsewhere.
    let is_post = |statement: &Statement, run: &[usize]| {
        let heads = |first: usize| statement.tokens.get(first + 1).is_some_and(|next| next.is_word() && !next.opens);
        run.first().is_some_and(|first| {
            let token = &statement.tokens[*first];
            token.definite == Article::The
                && !heads(*first)
                && vocabulary().holds_one(token.concept, Binding::None, Holder::Noun)
        })
    };
    is_post(pair.one, &conflict.left) == is_post(pair.another, &conflict.right)
        && speaks_of_one(pair.one, &conflict.left)
        && speaks_of_one(pair.another, &conflict.right)
        && slot_holds_one(pair.one, &conflict.left)
        && slot_holds_one(pair.another, &conflict.right)
}

/// The statement speaks of one certain thing, not of `a copy`, `each lot`, `three parts`, `screws`, `half of the boat` or
/// `a co-owner`: of those others may be told.
fn speaks_of_one(statement: &Statement, run: &[usize]) -> bool {
    let Some(&first) = run.first() else { return false };
    let before = &statement.tokens[..first];
    let is_one_of_many = |token: &Token| token.definite == Article::A || matches!(token.value, Value::Quantity(_));
    let is_plural = before.first().is_some_and(|token| {
        let word = statement.word(token);
        let next_is_noun = before
            .get(1)
            .is_some_and(|next| !next.opens && !statement.copulas.contains(&1) && !is_participle(statement.word(next)));
        token.is_word()
            && token.definite == Article::None
            && !token.opens
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !next_is_noun
    });
    let is_spread = words(&statement.lower).take(3).any(|word| matches!(word, "each" | "both" | "one" | "every"));
    let is_shared = ["co-", "cofound", "coown"].iter().any(|part| statement.lower.contains(part));
    !before.iter().any(is_one_of_many) && !is_plural && !is_spread && !is_shared
}

/// `is in Turku`, `stores the old files in Turku`: of the verb's places and agents there is one.
fn holds_place(statement: &Statement, first: usize) -> bool {
    let tokens = &statement.tokens;
    let token = &tokens[first];
    // `works for Halden`, unlike `works with Halden`
    let own = statement.lower[..token.text.start].split_whitespace().next_back();
    if token.binding == Binding::Of && own == Some("with") {
        return false;
    }
    // `Acme buys steel from Halden`, and from others.
    let is_from = token.binding == Binding::From && statement.passive.is_none();
    if is_from && tokens[0].definite != Article::The {
        return false;
    }
    let is_object = |index: &usize| {
        let token = &tokens[*index];
        token.clause == tokens[first].clause && token.binding == Binding::None && !token.is_value()
    };
    let holds = |index: usize| {
        tokens[index].is_word() && vocabulary().holds_one(tokens[index].concept, token.binding, Holder::Object)
    };
    token.binding == Binding::In && token.opens && statement.copulas.contains(&first)
        || (first.saturating_sub(5)..first).rev().take_while(is_object).any(holds)
        || (first.saturating_sub(2)..first).any(|index| tokens[index].clause == token.clause && holds(index))
}

fn slot_holds_one(statement: &Statement, run: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (run.first(), run.last()) else { return false };
    let tokens = &statement.tokens;
    let binding = tokens[first].binding;
    let clause = tokens[first].clause;
    let holds =
        |index: usize, binding: Binding, holder: Holder| vocabulary().holds_one(tokens[index].concept, binding, holder);
    let near_before = (first.saturating_sub(2)..first)
        .rev()
        .filter(|index| tokens[*index].clause == clause && tokens[*index].is_word());
    let behind = (last + 1..tokens.len().min(last + 3))
        .filter(|index| tokens[*index].clause == clause && tokens[*index].is_word());
    let object = holds_place(statement, first);
    let noun_before = near_before.clone().any(|index| holds(index, Binding::None, Holder::Noun));
    let is_bound = !matches!(binding, Binding::None | Binding::In);
    let subject = binding == Binding::None
        && first == 0
        && behind.clone().any(|index| holds(index, Binding::None, Holder::Subject));
    let agent = statement.passive.as_ref().is_some_and(|(participle, agent)| {
        agent.contains(&first)
            && (holds(*participle, Binding::None, Holder::Subject) || holds(*participle, Binding::By, Holder::Object))
    });
    object
        || subject
        || agent
        || noun_before && !is_bound
        || is_identity(statement, first, last)
        || is_exclusive(statement)
}

/// `Ada is the new counterpart`, `the owner is Ada`: name and definite description on the two sides of `is`.
fn is_identity(statement: &Statement, first: usize, last: usize) -> bool {
    let tokens = &statement.tokens;
    let is_participle = |copula: usize| statement.passive.as_ref().is_some_and(|(participle, _)| *participle == copula);
    statement.copulas.iter().filter(|copula| !is_participle(**copula)).any(|&copula| {
        let (low, high) = match () {
            () if copula == last + 1 && first == 0 => (copula, tokens.len()),
            () if copula == first => (0, copula),
            () => return false,
        };
        let description = &tokens[low..high];
        // `Budget holder of the refit is …`
        let is_bare = low == 0
            && description
                .first()
                .is_some_and(|token| token.is_word() && token.definite == Article::None && !token.opens)
            && description.iter().any(|token| token.binding == Binding::Of)
            && !description.iter().any(|token| vocabulary().is_one_of_many(token.stem));
        let definite = is_bare || description.first().is_some_and(|token| token.definite == Article::The);
        let role = description.iter().any(|token| {
            token.definite != Article::A && vocabulary().holds_one(token.concept, Binding::None, Holder::Noun)
        });
        let indefinite = description.first().is_some_and(|token| token.definite == Article::A);
        !indefinite && (definite || role)
    })
}

/// `only`, `exclusively`, `by default`: nobody else beside.
fn is_exclusive(statement: &Statement) -> bool {
    let by_default = |token: &Token| token.binding == Binding::By && statement.word(token) == "default";
    statement.tokens.iter().any(by_default)
        || statement.cues.has(Cues::SCOPE)
            && statement
                .tokens
                .iter()
                .any(|token| matches!(statement.word(token), "only" | "solely" | "exclusively" | "sole"))
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
            vocabulary().holds_one(pair.one.tokens[index].concept, Binding::None, Holder::Subject)
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
