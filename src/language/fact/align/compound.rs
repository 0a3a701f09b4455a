//! Words written as one or as several: `datacenter` and `data center`, `SSO` and `single sign-on`.
use super::Statement;
use super::bits::{Bits, indices};
use crate::language::fact::vocabulary::entry;
use std::ops::Range;

/// A word of more bytes does not stand for others by their initials.
const MOST_INITIALS: usize = 6;

/// Words are joined from so many others at most.
const MOST_PARTS: usize = 6;

/// Finds a left-over word that is written as several left-over words on the other side, joined or by their initials.
pub(super) fn compound(one: &Statement, left: Bits, another: &Statement, right: Bits) -> Option<(usize, Range<usize>)> {
    // A part that another one follows.
    let begins = right & right >> 1;
    let (columns, others) = (one.columns(), another.columns());
    if begins == 0 {
        return None;
    }
    indices(left & !columns.values).find_map(|whole| {
        let word = one.word(&one.tokens[whole]);
        indices(begins & others.beginning_as(word)).find_map(|start| {
            let begin = another.word(&another.tokens[start]);
            let second = another.word(&another.tokens[start + 1]);
            let may_join = word.strip_prefix(begin).is_some_and(|rest| rest.starts_with(second));
            // Longer ones are no initials.
            let may_abbreviate = || {
                word.len() <= MOST_INITIALS
                    && begin.as_bytes().first() == word.as_bytes().first()
                    && word.chars().nth(1).is_some_and(|letter| second.starts_with(letter))
            };
            if !may_join && !may_abbreviate() {
                return None;
            }
            let run = (right >> start).trailing_ones() as usize;
            let ends = (start + 2..=start + run.min(MOST_PARTS))
                .find(|end| is_compound(word, another.tokens[start..*end].iter().map(|token| another.word(token))));
            ends.map(|end| (whole, start..end))
        })
    })
}

fn is_compound<'w>(whole: &str, words: impl Iterator<Item = &'w str> + Clone) -> bool {
    let is_joined = || {
        let mut rest = whole;
        words.clone().all(|word| rest.strip_prefix(word).map(|tail| rest = tail).is_some()) && rest.is_empty()
    };
    let is_initials = || {
        let mut letters = whole.chars();
        words.clone().all(|word| letters.next().is_some_and(|letter| word.starts_with(letter)))
            && letters.next().is_none()
    };
    is_joined() || whole.len() <= MOST_INITIALS && is_initials() && entry(whole).function.is_none()
}
