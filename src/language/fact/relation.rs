//! What two statements are to each other, with the reason in words.
use super::align::{Alignment, Bits, Same, bits, indices};
use super::conflict::{Differences, differences};
use super::contradiction::contradiction;
use super::roles::{Swap, swaps};
use super::statement::{Cues, Statement, Value};
use std::ops::Range;

mod explain;
mod forms;
mod meant;
mod restated;

pub(super) use meant::{Said, are_meant_of_one};

/// What two statements are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Relation {
    /// The same text, but for mark-up, case and final punctuation.
    Equal,
    /// The same words or their synonyms, bound in the same way, in another order or form.
    Near,
    /// The same names and values, told in other words.
    Restated,
    /// One subject, and one slot that holds two values.
    Contradicts(Contradiction),
    Unrelated,
}

/// In what two statements contradict each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Contradiction {
    Date,
    Number,
    /// Who or what holds a role that one holds.
    Holder,
    Negation,
    /// Two words that exclude each other.
    Opposite,
    /// Who does it and to whom it is done.
    Roles,
}

/// The relation of two statements and its reason.
#[derive(Debug, Clone)]
pub struct Comparison {
    pub relation: Relation,
    /// What is the same, in words.
    pub same: String,
    /// What differs, in words.
    pub differs: String,
    /// Bytes of the first text that differ from the second, and the other way round.
    pub one: Vec<Range<usize>>,
    pub another: Vec<Range<usize>>,
}

/// Compares two statements.
pub fn compare(one: &Statement, another: &Statement) -> Comparison {
    if one.fingerprint == another.fingerprint {
        return Comparison::plain(Relation::Equal);
    }
    if !one.is_comparable() || !another.is_comparable() {
        return Comparison::plain(Relation::Unrelated);
    }
    let same = Same::new(one, another);
    if same.excludes(one, another) {
        return Comparison::plain(Relation::Unrelated);
    }
    side_by_side(&same, one, another)
}

/// Compares two statements that may be something to each other.
fn side_by_side(same: &Same, one: &Statement, another: &Statement) -> Comparison {
    let alignment = Alignment::of(same, one, another);
    if !alignment.may_relate(one, another) {
        return Comparison::plain(Relation::Unrelated);
    }
    let differences = differences(one, another, &alignment);
    let pair =
        Pair { one, another, swaps: swaps(one, another, &alignment), alignment: &alignment, differences: &differences };
    let relation = pair.relation();
    pair.explained(relation)
}

/// Two statements laid side by side.
pub(super) struct Pair<'a> {
    pub one: &'a Statement,
    pub another: &'a Statement,
    pub alignment: &'a Alignment,
    pub differences: &'a Differences,
    pub swaps: Vec<Swap>,
}

impl Pair<'_> {
    fn relation(&self) -> Relation {
        if self.is_near() {
            return Relation::Near;
        }
        if let Some(contradiction) = contradiction(self) {
            return Relation::Contradicts(contradiction);
        }
        if self.is_restated() { Relation::Restated } else { Relation::Unrelated }
    }

    /// Nothing that says something is left over, or a little on one side only, or a clause of its own.
    fn is_near(&self) -> bool {
        let differences = self.differences;
        if !self.is_clean() || !self.is_meant_alike() || !differences.related.is_empty() || !self.leads_alike() {
            return false;
        }
        let pairs = self.alignment.pairs.len();
        let one_sided = differences.left == 0 || differences.right == 0;
        let only_words = || self.rest().all(|token| token.value == Value::Word) && !self.adds_clause();
        let most = || {
            if one_sided {
                let enough = pairs >= 5 && self.is_english() || pairs >= 3 && self.leaves_adverbs();
                enough
                    && !self.leaves_qualifiers()
                    && self.dice() >= 0.9
                    && self.rest().count() <= 1 + pairs / 12
                    && self.is_sentence()
            } else {
                pairs >= 10 && self.dice() >= 0.87 && !self.replaces_words()
            }
        };
        let is_little =
            |words: usize| words == 0 || 8 * words <= pairs && self.is_english() && !self.leaves_qualifiers();
        let is_inner = || !self.adds_clause() && self.inner_rest().is_some_and(is_little);
        let is_one = differences.left | differences.right == 0 && pairs >= 2
            || most() && only_words()
            || pairs >= 8 && is_inner();
        is_one && self.has_same_forms()
    }

    /// `a task that depends on another`: what one says more is said of a part of it, and makes it another thing.
    fn adds_clause(&self) -> bool {
        indices(self.differences.left).any(|index| self.one.opens_clause(index))
            || indices(self.differences.right).any(|index| self.another.opens_clause(index))
    }

    /// Their code and signs are the same, and their links lead to the same places, as far as both have any.
    pub(super) fn leads_alike(&self) -> bool {
        let (one, another) = (self.one.addresses, self.another.addresses);
        self.one.code == self.another.code
            && self.one.signs == self.another.signs
            && (one == another || one == 0 || another == 0)
    }

    /// All that is left over are adverbs of manner.
    fn leaves_adverbs(&self) -> bool {
        let says_little = |statement: &Statement, rest: Bits| indices(rest).all(|index| statement.weight(index) < 1.0);
        says_little(self.one, self.differences.left) && says_little(self.another, self.differences.right)
    }

    /// Both state something: a word more in a label (`Link Hover Color`) names another thing.
    fn is_sentence(&self) -> bool {
        self.one.is_sentence() && self.another.is_sentence()
    }

    fn is_clean(&self) -> bool {
        self.agrees() && self.swaps.is_empty()
    }

    /// Nothing that one says speaks against the other, or tells of another thing.
    fn agrees(&self) -> bool {
        let differences = self.differences;
        differences.conflicts.is_empty()
            && are_meant_of_one(self.one, self.another)
            && !differences.series
            && !differences.rebound
            && !self.splits_compound()
            && self.excludes_alike()
            && denials_of_main(self.one) == denials_of_main(self.another)
    }

    /// Both speak of the same in what they leave out: not `Non-members pay` and `Members do not pay`.
    pub(super) fn excludes_alike(&self) -> bool {
        let (one, another) = (&self.one.excluded, &self.another.excluded);
        one.len() == another.len()
            && one.iter().all(|index| self.alignment.partner(*index).is_none_or(|partner| another.contains(&partner)))
    }

    /// A part of a word with hyphens is left over, and what it is joined to is not: `right-clicking`, `clicking`.
    fn splits_compound(&self) -> bool {
        let splits = |statement: &Statement, rest: Bits| {
            let (tokens, is_left) = (&statement.tokens, |index: usize| rest & 1 << index != 0);
            let joins = |index: &usize| statement.is_hyphened(*index) && is_left(*index) != is_left(index + 1);
            let left_of = |index: usize| if is_left(index) { index } else { index + 1 };
            rest != 0 && (0..tokens.len() - 1).filter(joins).any(|index| !tokens[left_of(index)].is_name())
        };
        splits(self.one, self.differences.left) || splits(self.another, self.differences.right)
    }

    /// If all that is left over stands on one side, returns how many words of it stand in clauses that the other has too.
    fn inner_rest(&self) -> Option<usize> {
        match (self.differences.left == 0, self.differences.right == 0) {
            (_, true) => self.inner_words(true),
            (true, _) => self.inner_words(false),
            _ => None,
        }
    }

    /// Returns how many words that one side alone has stand in parts that both have; none if anything but words does.
    fn inner_words(&self, first: bool) -> Option<usize> {
        let (statement, rest) = match first {
            true => (self.one, self.differences.left),
            false => (self.another, self.differences.right),
        };
        if rest == 0 {
            return Some(0);
        }
        let shared = self.alignment.pairs.iter().map(|pair| if first { pair.0 } else { pair.1 });
        let columns = statement.columns();
        let inner = rest & bits::stretches(columns.parts, bits::of(shared));
        (inner & !columns.words == 0).then_some(inner.count_ones() as usize)
    }

    pub(super) fn dice(&self) -> f32 {
        let total = self.total();
        if total == 0.0 { 0.0 } else { 2.0 * self.alignment.shared / total }
    }

    fn total(&self) -> f32 {
        let left_out =
            |rest: Bits, statement: &Statement| -> f32 { indices(rest).map(|index| statement.weight(index)).sum() };
        let related = || self.differences.related.iter();
        let left: f32 =
            left_out(self.differences.left, self.one) + related().map(|pair| self.one.weight(pair.0)).sum::<f32>();
        let right: f32 = left_out(self.differences.right, self.another)
            + related().map(|pair| self.another.weight(pair.1)).sum::<f32>();
        2.0 * self.alignment.shared + left + right
    }

    pub(super) fn rest(&self) -> impl Iterator<Item = &super::statement::Token> {
        let left = indices(self.differences.left).map(|index| &self.one.tokens[index]);
        left.chain(indices(self.differences.right).map(|index| &self.another.tokens[index]))
    }

    /// Both are certain, or both asked, planned, conditional, past in the same way.
    fn is_meant_alike(&self) -> bool {
        const KINDS: Cues = Cues::QUESTION.with(Cues::CONDITION).with(Cues::HISTORY).with(Cues::OPTION).with(Cues::OR);
        self.one.cues.only(KINDS) == self.another.cues.only(KINDS) && self.one.modality == self.another.modality
    }

    /// Words stand where other, unrelated ones stand in an otherwise parallel sentence: two facts of one shape.
    pub(super) fn replaces_words(&self) -> bool {
        let (left, right) = (self.differences.left, self.differences.right);
        if left == 0 || right == 0 {
            return false;
        }
        let aligned = |index: Option<usize>| index.and_then(|index| self.alignment.partner(index));
        let runs = (runs(left), runs(right));
        runs.0.iter().any(|run| {
            let before = aligned(run.start.checked_sub(1));
            let after = aligned(Some(run.end));
            runs.1.iter().any(|other| {
                let same_start = before.map_or(run.start == 0 && other.start == 0, |before| before + 1 == other.start);
                let ends = run.end == self.one.tokens.len() && other.end == self.another.tokens.len();
                let same_end = after.map_or(ends, |after| after == other.end);
                same_start && same_end
            })
        })
    }
}

/// Counts the denials outside of clauses that depend on it.
fn denials_of_main(statement: &Statement) -> usize {
    statement.denials.iter().filter(|clause| **clause == 0).count()
}

impl Comparison {
    fn plain(relation: Relation) -> Comparison {
        Comparison { relation, same: String::new(), differs: String::new(), one: Vec::new(), another: Vec::new() }
    }
}

/// Returns the runs of consecutive indices.
fn runs(rest: Bits) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in indices(rest) {
        match runs.last_mut() {
            Some(run) if run.end == index => run.end += 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

/// Returns how much two topics (phrases without a verb) share, as a part of the shorter; 0 if they are not one topic.
pub fn overlap(one: &Statement, another: &Statement) -> f32 {
    if one.fingerprint == another.fingerprint {
        return 1.0;
    }
    let is_shared = |token: &super::statement::Token| another.tokens.iter().any(|other| other.concept == token.concept);
    if !one.tokens.iter().any(is_shared) {
        return 0.0;
    }
    let alignment = Alignment::new(one, another);
    let differences = differences(one, another, &alignment);
    let weight = |statement: &Statement| (0..statement.tokens.len()).map(|index| statement.weight(index)).sum::<f32>();
    let shorter = weight(one).min(weight(another));
    let words =
        alignment.pairs.iter().filter(|(left, _)| one.tokens[*left].is_word()).count() + differences.related.len();
    let shared = (alignment.shared + 0.7 * differences.related.len() as f32) / shorter;
    let first = alignment.pairs.first().is_some_and(|pair| pair.0 <= 1 && pair.1 <= 1);
    let is_one = differences.conflicts.is_empty() && !differences.series && words >= 2;
    if is_one && shared >= if first { 0.6 } else { 0.9 } { shared } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fact::{NoLexicon, read};

    /// Words of every kind: names, synonyms, opposites, compounds and their parts, origins, numbers, denials.
    const WORDS: [&str; 42] = [
        "Ada",
        "Polaris",
        "Halden",
        "Oslo",
        "the team",
        "bread",
        "is",
        "is not",
        "owns",
        "owned by",
        "written by",
        "from",
        "to",
        "open",
        "closed",
        "datacenter",
        "data center",
        "lighthouse",
        "BKP",
        "SSO",
        "single sign-on",
        "need",
        "take",
        "organisation",
        "organization",
        "old",
        "new",
        "only",
        "on 2 May 2025",
        "in June",
        "30 nodes",
        "12 nodes",
        "phase 2",
        "third",
        "that",
        "moved",
        ", so",
        ":",
        "if",
        "quickly",
        "price",
        "cost",
    ];

    #[test]
    fn what_is_told_apart_before_it_is_laid_side_by_side_is_unrelated() {
        // What the other side may say instead.
        const TWINS: [(&str, &str); 5] = [
            ("datacenter", "data center"),
            ("SSO", "single sign-on"),
            ("written by", "from"),
            ("lighthouse", "light house"),
            ("BKP", "bread kept private"),
        ];
        let mut next = crate::text::random_below();
        let mut excluded = 0;
        for _ in 0..40_000 {
            let (most, subjects) = (1 + next(5), [next(6), next(6)].map(|index| WORDS[index]));
            let mut extra = [0, 0, 1, 2].map(|least| least + next(2));
            if next(2) == 0 {
                extra = [0; 4];
            }
            let mut phrase = |count: usize| (0..count).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ");
            let shared = phrase(most);
            let reworded = TWINS.iter().fold(shared.clone(), |text, (one, another)| text.replace(one, another));
            let reworded = reworded.replacen(subjects[1], "", 1);
            let texts = [
                format!("{} {shared} {}", phrase(extra[0]), phrase(extra[2])),
                format!("{} {reworded} {}", phrase(extra[1]), phrase(extra[3])),
            ];
            let [one, another] = [0, 1].map(|side| read(&texts[side], &NoLexicon, subjects[side]));
            let same = Same::new(&one, &another);
            if same.excludes(&one, &another) {
                excluded += 1;
                assert_eq!(side_by_side(&same, &one, &another).relation, Relation::Unrelated, "{texts:?}");
            }
        }
        assert!(excluded > 500, "{excluded}");
    }
}
