//! What is told happens more than once, so that two days or amounts of it contradict nothing.
use crate::language::date::Date;
use crate::language::fact::statement::{Article, Statement, Token};
use crate::language::fact::vocabulary::{Recurrence, stem, vocabulary};
use crate::language::fact::voice::is_participle;
use crate::text::words;

/// What is told happens again and again (`the meeting`), or is done again and again (`was repaired`). On a day of a certain
/// year, nothing but what has hours opens or closes more than once.
pub(super) fn repeats(statement: &Statement, date: Date) -> bool {
    let is_done = |token: &Token| token.is_word() && is_participle(statement.word(token));
    // A year is a unit too, and then has no stem.
    let has =
        |how: Recurrence| statement.tokens.iter().any(|token| vocabulary().recurs(stem(statement.word(token)), how));
    let is_in_a_year = matches!(date, Date::Day { year: Some(_), .. });
    if is_in_a_year && words(&statement.lower).any(|word| matches!(word, "annual" | "yearly")) {
        // Once in that year.
        return false;
    }
    let opens_once = || has(Recurrence::Once) || is_in_a_year && !has(Recurrence::Shop);
    statement.tokens.iter().any(|token| {
        let is = |how: Recurrence| vocabulary().recurs(token.stem, how);
        is(Recurrence::Often) || is(Recurrence::Done) && is_done(token) || is(Recurrence::Hours) && !opens_once()
    })
}

/// `called Halden on Monday`, `There was a power cut on Monday`: what happened on a day may happen on another.
pub(super) fn tells_of_event(statement: &Statement) -> bool {
    let is_event = |token: &Token| {
        let word = statement.word(token);
        let is_done = token.is_word() && (word.ends_with("ed") || vocabulary().is_verb_form(word));
        let is = |how: Recurrence| vocabulary().recurs(token.stem, how);
        word == "went" || is_done && (is(Recurrence::Often) || is(Recurrence::Done))
    };
    statement.tokens.iter().any(is_event) || statement.past && statement.begins_with_there()
}

/// `The bus leaves at 8`, and at 9.
pub(super) fn runs_daily(statement: &Statement) -> bool {
    statement.tokens.iter().any(|token| vocabulary().recurs(token.stem, Recurrence::Daily))
}

/// `Ran 5 km in the park`: what was done, and may be done again.
pub(super) fn is_log_entry(statement: &Statement) -> bool {
    let first = &statement.tokens[0];
    let word = statement.word(first);
    let is_past = word.ends_with("ed") || vocabulary().is_verb_form(word) && !word.ends_with('s');
    first.is_word()
        && first.definite == Article::None
        && is_past
        && !statement.copulas.contains(&1)
        && !statement.is_about_writer()
}
