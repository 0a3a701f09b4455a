//! Slots that hold one name at a time: the owner, the place where something is kept.
use crate::language::fact::conflict::Conflict;
use crate::language::fact::relation::Pair;
use crate::language::fact::statement::{Article, Cues, Statement, Token, Value};
use crate::language::fact::vocabulary::{Binding, Holder, Recurrence, vocabulary};
use crate::language::fact::voice::is_participle;
use crate::text::words;

/// Tells whether the slot of a name holds one name at a time.
pub(super) fn holds_one(pair: &Pair, conflict: &Conflict) -> bool {
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
pub(super) fn holds_place(statement: &Statement, first: usize) -> bool {
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
            && !description.iter().any(|token| vocabulary().recurs(token.stem, Recurrence::OneOfMany));
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
