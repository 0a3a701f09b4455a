//! Who does what to whom: the passive, and what stands before the verb.
use super::statement::{Statement, Token, Value};
use super::vocabulary::{Binding, Function, vocabulary};
use std::ops::Range;

/// Finds `is owned by Ada`: the index of the participle and the tokens of the agent; these are none in `is not supported`.
pub(super) fn passive(statement: &Statement, lower: &str) -> Option<(usize, Range<usize>)> {
    let tokens = &statement.tokens;
    let is_verb = |index: &usize| is_participle(&lower[tokens[*index].text.clone()]);
    let agent = tokens.iter().position(|token| token.binding == Binding::By && matches!(token.value, Value::Word | Value::Name));
    if let Some(start) = agent
        && let Some(verb) = (0..start).rev().find(|index| tokens[*index].clause == tokens[start].clause && is_verb(index))
    {
        let is_agent = |token: &&Token| token.binding == Binding::By && token.clause == tokens[start].clause;
        return Some((verb, start..start + tokens[start..].iter().take_while(is_agent).count()));
    }
    let verb = statement.copulas.iter().copied().find(|index| *index < tokens.len() && tokens[*index].is_word() && is_verb(index))?;
    Some((verb, verb..verb))
}

/// Tells whether a word looks like a participle.
pub(super) fn is_participle(word: &str) -> bool {
    const SHORT: [&str; 14] =
        ["run", "led", "held", "met", "paid", "sent", "built", "made", "sold", "kept", "set", "put", "cut", "won"];
    (word.ends_with("ed") || word.ends_with("en") || word.ends_with("wn")) && word.len() > 3 || SHORT.contains(&word)
}

/// Tells whether a statement names what it is about. What stands before the verb is the subject; without a verb that shows,
/// the first words are.
pub(super) fn has_anchor(statement: &Statement) -> bool {
    let tokens = &statement.tokens;
    let is_strong = |value: &Value| match value {
        Value::Name | Value::Label => true,
        Value::Quantity(quantity) => quantity.dimension != 0 || quantity.high >= 20.0,
        Value::Date(date) => date.is_full_day(),
        _ => false,
    };
    let subject = tokens.iter().take(4).take_while(|token| token.clause == 0 && token.binding != Binding::In);
    subject.into_iter().any(|token| token.value == Value::Name)
        || tokens.iter().filter(|token| is_strong(&token.value)).count() >= 2
        || tokens.iter().any(|token| is_strong(&token.value) && token.value != Value::Name)
}

/// Tells whether a word is an auxiliary, so that the subject ends before it.
pub(super) fn is_auxiliary(word: &str) -> bool {
    use Function::{Be, Can, Do, Have, May, Must, PastBe, PastHave, Should, Will};
    matches!(
        vocabulary().functions.get(word),
        Some(Be | PastBe | Have | PastHave | Do | Will | Can | Must | Should | May)
    )
}
