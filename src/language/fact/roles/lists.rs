//! The members of a list (`Aarhus, Tromsø and Kiel`), which say the same in any order.
use super::Crossing;
use crate::language::fact::statement::{Statement, Token, Value};
use crate::language::fact::vocabulary::Binding;
use crate::text::words;
use std::ops::Range;

/// Tells whether the two stand in two members of a list, which only changed their order.
pub(super) fn are_reordered(crossing: &Crossing) -> bool {
    let (first, second) = (crossing.first, crossing.second);
    let Some(members_of_one) = members(crossing.one, first.0, second.0) else { return false };
    let Some((others_of_second, others_of_first)) = members(crossing.another, second.1, first.1) else { return false };
    let is_kept = |member: Range<usize>, other: &Range<usize>| {
        let mut partners = member.clone().map(|index| crossing.alignment.partner(index));
        member.len() == other.len() && partners.all(|partner| partner.is_some_and(|partner| other.contains(&partner)))
    };
    is_kept(members_of_one.0, &others_of_first) && is_kept(members_of_one.1, &others_of_second)
}

/// Returns the tokens of the two members of one list that two tokens stand in, the first of them first.
fn members(statement: &Statement, first: usize, second: usize) -> Option<(Range<usize>, Range<usize>)> {
    let tokens = &statement.tokens;
    if first >= second || has_order(statement) {
        return None;
    }
    let joints: Vec<Joint> = (first..second).map_while(|index| joint(statement, index)).collect();
    if joints.len() < second - first || !joints.contains(&Joint::List) {
        return None;
    }
    let within = |index: &usize| joint(statement, *index) == Some(Joint::Member);
    let start = |index: usize| (0..index).rev().take_while(within).last().unwrap_or(index);
    let end = |index: usize| (index..tokens.len() - 1).take_while(within).last().map_or(index, |last| last + 1) + 1;
    let members = (start(first)..end(first), start(second)..end(second));
    // `Wash, dry and fold the sheets`: steps.
    let is_step = members.0.start == 0 && tokens[0].value == Value::Word && !statement.has_copula();
    let mut rest = (first..tokens.len() - 1).take_while(|index| joint(statement, *index).is_some());
    let has_end = rest.any(|index| is_last_joint(statement.before(index + 1)));
    (has_end && !is_step).then_some(members)
}

/// `Aarhus, Kiel and Turku`: the last member stands behind such a word.
fn is_last_joint(between: &str) -> bool {
    between.contains('&') || words(between).any(|word| matches!(word, "and" | "or"))
}

/// What stands between two tokens of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// Nothing: both are words of one member.
    Member,
    List,
}

fn joint(statement: &Statement, index: usize) -> Option<Joint> {
    let (token, next): (&Token, &Token) = (&statement.tokens[index], &statement.tokens[index + 1]);
    // What governs the first member governs the others, and need not be said again.
    if next.opens || next.binding != token.binding && next.binding != Binding::None || next.clause != token.clause {
        return None;
    }
    let text = statement.before(index + 1);
    let joins = text.contains(',') || is_last_joint(text);
    let only_joins = words(text).all(|word| matches!(word, "and" | "or" | "the" | "a" | "an"));
    match () {
        () if !joins && text.trim().is_empty() => Some(Joint::Member),
        () if joins && only_joins && !text.contains([';', ':', '.', '(', ')']) => Some(Joint::List),
        () => None,
    }
}

/// `respectively`, `in that order`, `the priorities are`; or two lists, of which one may follow the other.
fn has_order(statement: &Statement) -> bool {
    const ORDERS: [&str; 9] = ["respective", "order", "priorit", "rank", "sequence", "step", "stage", "first", "medal"];
    let is_order = |word: &str| ORDERS.iter().any(|order| word.starts_with(order));
    words(&statement.lower).any(is_order)
        || words(&statement.lower).filter(|word| matches!(*word, "and" | "or")).count() > 1
}
