//! Who does what to whom: the passive, and what stands before the verb.
use super::statement::{Article, Statement, Token, Value};
use super::vocabulary::{Binding, vocabulary};
use crate::text::words;
use std::ops::Range;

/// Finds `is owned by Ada`: the index of the participle and the tokens of the agent; these are none in `is not supported`.
pub(super) fn passive(statement: &Statement, lower: &str) -> Option<(usize, Range<usize>)> {
    let tokens = &statement.tokens;
    let is_verb = |index: &usize| is_participle(&lower[tokens[*index].text.clone()]);
    let doer = tokens
        .iter()
        .position(|token| token.binding == Binding::By && matches!(token.value, Value::Word | Value::Name));
    let is_counted =
        |index: &usize| tokens[*index].binding == Binding::By && matches!(tokens[*index].value, Value::Quantity(_));
    let agent = doer.map(|doer| doer.checked_sub(1).filter(is_counted).unwrap_or(doer));
    if let Some(start) = agent
        && let Some(verb) = passive_verb(statement, start, is_verb)
    {
        let is_agent = |token: &&Token| token.binding == Binding::By && token.clause == tokens[start].clause;
        return Some((verb, start..start + tokens[start..].iter().take_while(is_agent).count()));
    }
    let verb = statement
        .copulas
        .iter()
        .copied()
        .find(|index| *index < tokens.len() && tokens[*index].is_word() && is_verb(index))?;
    Some((verb, verb..verb))
}

/// Returns the participle before an agent: the one behind `is`, or else the last (`were pulled from the collapsed shaft by`).
fn passive_verb(statement: &Statement, agent: usize, is_verb: impl Fn(&usize) -> bool) -> Option<usize> {
    let clause = statement.tokens[agent].clause;
    let verbs = (0..agent).rev().filter(|index| statement.tokens[*index].clause == clause && is_verb(index));
    let mut behind_copula = verbs.clone().filter(|index| statement.copulas.contains(index));
    let mut verbs = verbs;
    behind_copula.next().or_else(|| verbs.next())
}

/// Tells whether a word looks like a participle.
pub(super) fn is_participle(word: &str) -> bool {
    const UNCHANGED: [&str; 9] = ["run", "set", "put", "cut", "shut", "split", "spread", "hurt", "come"];
    const ADJECTIVES: [&str; 5] = ["open", "even", "golden", "wooden", "down"];
    let is_regular = (word.ends_with("ed") || word.ends_with("en") || word.ends_with("wn")) && word.len() > 3;
    is_regular && !ADJECTIVES.contains(&word) || UNCHANGED.contains(&word) || vocabulary().is_verb_form(word)
}

/// `Owns the calendar`, `Based in Oslo`: the verb comes first, and the note says who.
pub(super) fn is_subjectless(statement: &Statement) -> bool {
    let (Some(first), Some(second)) = (statement.tokens.first(), statement.tokens.get(1)) else { return false };
    let word = statement.word(first);
    let is_verb = first.is_word() && (word.ends_with('s') || word.ends_with("ed")) && !word.ends_with("ss");
    let object_follows = second.definite != Article::None || second.opens || second.is_name();
    is_verb && object_follows && !statement.copulas.contains(&1) && !second.after_break
}

/// `Deck to be sent by Ada`: a task, without another verb.
pub(super) fn is_to_be_done(statement: &Statement) -> bool {
    let Some((participle, _)) = statement.passive else { return false };
    participle > 0
        && words(statement.before(participle)).eq(["to", "be"])
        && statement.modal.is_none()
        && statement.verb_before(participle).is_none()
}
