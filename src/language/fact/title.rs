//! Titles of posts: whether two of them that share words name one post.
use super::align::{Alignment, Bits, indices};
use super::statement::Statement;
use super::vocabulary::Binding;

/// Tells whether two titles that share words name two posts: each has a word of its own (`VP Engineering`, `Staff Engineer`),
/// or one has a word before what both have (`CTO`, `Field CTO`). What follows says where, or of what: `Director of Sales`.
pub fn are_two_posts(one: &Statement, another: &Statement) -> bool {
    if lists_posts(one) || lists_posts(another) {
        return false;
    }
    let alignment = Alignment::new(one, another);
    let ends = (head_end(one), head_end(another));
    let is_short = |left: usize, right: usize| {
        let (a, b) = (one.word(&one.tokens[left]), another.word(&another.tokens[right]));
        a.starts_with(b) || b.starts_with(a)
    };
    let left: Vec<usize> =
        own(alignment.left, ends.0, |left| indices(alignment.right).any(|right| is_short(left, right)));
    let right: Vec<usize> =
        own(alignment.right, ends.1, |right| indices(alignment.left).any(|left| is_short(left, right)));
    let last_shared = |end: usize, index: fn(&(usize, usize)) -> usize| {
        alignment.pairs.iter().map(index).filter(|index| *index < end).max()
    };
    match (left.first(), right.first()) {
        (Some(_), Some(_)) => true,
        (Some(left), None) => last_shared(ends.0, |pair| pair.0).is_some_and(|shared| *left < shared),
        (None, Some(right)) => last_shared(ends.1, |pair| pair.1).is_some_and(|shared| *right < shared),
        (None, None) => false,
    }
}

/// Left-over words of the title itself that are no abbreviation of one on the other side: `Eng.`, `Engineer`.
fn own(rest: Bits, end: usize, is_short: impl Fn(usize) -> bool) -> Vec<usize> {
    indices(rest).filter(|index| *index < end && !is_short(*index)).collect()
}

/// Where the title ends: at a comma or bracket, or where `at Halden` begins.
fn head_end(statement: &Statement) -> usize {
    let ends = |index: &usize| {
        let token = &statement.tokens[*index];
        token.after_break || token.clause > 0 || token.opens && !matches!(token.binding, Binding::Of | Binding::None)
    };
    (1..statement.tokens.len()).find(ends).unwrap_or(statement.tokens.len())
}

/// `Founder and CTO`, `CTO/CISO`: several posts of one person, of which another text may name one.
fn lists_posts(statement: &Statement) -> bool {
    statement.lower.contains(['&', '/', '+', ';']) || statement.lower.contains(" and ")
}
