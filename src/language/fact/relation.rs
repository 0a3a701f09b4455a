//! What two statements are to each other, with the reason in words.
use super::align::Alignment;
use super::conflict::{ConflictKind, Differences, differences};
use super::contradiction::contradiction;
use super::roles::{Swap, swaps};
use super::statement::{Cues, Statement, Value};
use std::ops::Range;

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
    let alignment = Alignment::new(one, another);
    if alignment.pairs.is_empty() {
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
        let one_sided = differences.left.is_empty() || differences.right.is_empty();
        let only_words = self.rest().all(|token| token.value == Value::Word);
        let most = if one_sided {
            let enough = pairs >= 5 || pairs >= 3 && self.leaves_adverbs();
            enough && self.dice() >= 0.9 && self.rest().count() <= 1 + pairs / 12 && self.is_sentence()
        } else {
            self.dice() >= 0.87 && pairs >= 10 && !self.replaces_words()
        };
        self.rest().next().is_none() && pairs >= 2
            || only_words && most
            || pairs >= 8 && self.inner_rest().is_some_and(|words| 8 * words <= pairs)
    }

    /// Their code is the same, and their links lead to the same places, as far as both have any.
    pub(super) fn leads_alike(&self) -> bool {
        let (one, another) = (self.one.addresses, self.another.addresses);
        self.one.code == self.another.code && (one == another || one == 0 || another == 0)
    }

    /// All that is left over are adverbs of manner.
    fn leaves_adverbs(&self) -> bool {
        let says_little =
            |statement: &Statement, rest: &[usize]| rest.iter().all(|index| statement.weight(*index) < 1.0);
        says_little(self.one, &self.differences.left) && says_little(self.another, &self.differences.right)
    }

    /// Both state something: a word more in a label (`Link Hover Color`) names another thing.
    fn is_sentence(&self) -> bool {
        self.one.is_sentence() && self.another.is_sentence()
    }

    fn is_clean(&self) -> bool {
        let differences = self.differences;
        differences.conflicts.is_empty() && !differences.series && !differences.rebound && self.swaps.is_empty()
    }

    /// The same names and values, most of the words, and no word put in the place of another.
    fn is_restated(&self) -> bool {
        let differences = self.differences;
        let same_words = differences.related.is_empty() && differences.left.is_empty() && differences.right.is_empty();
        if !differences.conflicts.is_empty() || differences.series || differences.rebound {
            return false;
        }
        if same_words && !self.swaps.is_empty() {
            return false;
        }
        let only_words = self.rest().all(|token| token.is_word());
        let reworded = self.is_meant_alike()
            && only_words
            && !self.replaces_words()
            && self.anchors() >= 2
            && self.loose_dice() >= 0.6;
        reworded || self.contains() || self.shares_opening() || self.shares_many_names()
    }

    /// One says all that the other says, a word more at most, and adds clauses of its own.
    fn contains(&self) -> bool {
        let pairs = self.alignment.pairs.len();
        let known = pairs >= 3 && self.anchors() >= 1 || pairs >= 5;
        let (left, right) = (self.inner_words(true), self.inner_words(false));
        let inner = left.zip(right).map(|(left, right)| left + right);
        self.swaps.is_empty()
            && known
            && inner.is_some_and(|words| words <= pairs / 3)
            && !self.replaces_words()
            && left.min(right) == Some(0)
    }

    /// If all that is left over stands on one side, returns how many words of it stand in clauses that the other has too.
    fn inner_rest(&self) -> Option<usize> {
        match (self.differences.left.is_empty(), self.differences.right.is_empty()) {
            (_, true) => self.inner_words(true),
            (true, _) => self.inner_words(false),
            _ => None,
        }
    }

    /// Returns how many words that one side alone has stand in parts that both have; none if anything but words does.
    fn inner_words(&self, first: bool) -> Option<usize> {
        let pairs = self.alignment.pairs.iter();
        let (statement, rest, shared): (_, _, Vec<usize>) = match first {
            true => (self.one, &self.differences.left, pairs.map(|pair| pair.0).collect()),
            false => (self.another, &self.differences.right, pairs.map(|pair| pair.1).collect()),
        };
        let parts = statement.parts();
        let is_shared = |index: &usize| shared.iter().any(|shared| parts[*shared] == parts[*index]);
        let mut inner = rest.iter().filter(|index| is_shared(index));
        inner.try_fold(0, |count, index| statement.tokens[*index].is_word().then_some(count + 1))
    }

    /// Both begin with the same subject and say the same of it (`Apollo scope is unclear`), and go on in their own ways.
    fn shares_opening(&self) -> bool {
        let opening = |statement: &Statement, first: bool| {
            let index = |pair: &(usize, usize)| if first { pair.0 } else { pair.1 };
            let mut shared: Vec<usize> = self.alignment.pairs.iter().map(index).collect();
            shared.sort_unstable();
            let copula = statement.copulas.iter().copied().find(|copula| *copula >= 2)?;
            let said = statement.tokens.get(copula).filter(|_| shared.contains(&copula))?;
            let complete = statement
                .tokens
                .get(copula + 1)
                .is_none_or(|next| next.opens || next.after_break || next.clause != said.clause);
            let subject = shared.iter().filter(|index| **index < copula).count();
            let is_name = |index: &usize| statement.tokens[*index].is_name() || statement.tokens[*index].may_be_name;
            let named = shared.iter().any(|index| *index < copula && is_name(index));
            (complete && named && subject >= 2 && said.is_word()).then_some((copula, subject))
        };
        match (opening(self.one, true), opening(self.another, false)) {
            (Some((left, subject)), Some((right, _))) => {
                self.alignment.partner(left) == Some(right) && 2 * subject >= left.min(right)
            }
            _ => false,
        }
    }

    /// So many names and words in common that both tell of one thing, each with details of its own.
    fn shares_many_names(&self) -> bool {
        let names = self.alignment.pairs.iter().filter(|(left, _)| self.one.tokens[*left].is_name()).count();
        let words = self.alignment.pairs.iter().filter(|(left, _)| self.one.tokens[*left].is_word()).count();
        let weight =
            |statement: &Statement| (0..statement.tokens.len()).map(|index| statement.weight(index)).sum::<f32>();
        let shorter = weight(self.one).min(weight(self.another));
        names >= 3 && words >= 3 && self.alignment.shared >= 0.5 * shorter && !self.replaces_words()
    }

    /// Weighs the same, with related words counted half.
    fn loose_dice(&self) -> f32 {
        let related = self.differences.related.len() as f32;
        let total = self.total();
        if total == 0.0 { 0.0 } else { 2.0 * (self.alignment.shared + 0.7 * related) / total }
    }

    pub(super) fn dice(&self) -> f32 {
        let total = self.total();
        if total == 0.0 { 0.0 } else { 2.0 * self.alignment.shared / total }
    }

    fn total(&self) -> f32 {
        let left_out =
            |rest: &[usize], statement: &Statement| -> f32 { rest.iter().map(|index| statement.weight(*index)).sum() };
        let related: (Vec<usize>, Vec<usize>) = self.differences.related.iter().copied().unzip();
        let left = left_out(&self.differences.left, self.one) + left_out(&related.0, self.one);
        let right = left_out(&self.differences.right, self.another) + left_out(&related.1, self.another);
        2.0 * self.alignment.shared + left + right
    }

    /// How many names and values the two share.
    pub(super) fn anchors(&self) -> usize {
        self.alignment.pairs.iter().filter(|(left, _)| !self.one.tokens[*left].is_word()).count()
    }

    pub(super) fn rest(&self) -> impl Iterator<Item = &super::statement::Token> {
        let left = self.differences.left.iter().map(|index| &self.one.tokens[*index]);
        left.chain(self.differences.right.iter().map(|index| &self.another.tokens[*index]))
    }

    /// Both are certain, or both asked, planned, conditional, past in the same way.
    fn is_meant_alike(&self) -> bool {
        const KINDS: Cues = Cues::QUESTION.with(Cues::CONDITION).with(Cues::HISTORY).with(Cues::OPTION).with(Cues::OR);
        self.one.cues.only(KINDS) == self.another.cues.only(KINDS) && self.one.modality == self.another.modality
    }

    /// Words stand where other, unrelated ones stand in an otherwise parallel sentence: two facts of one shape.
    fn replaces_words(&self) -> bool {
        let (left, right) = (&self.differences.left, &self.differences.right);
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

    fn explained(&self, relation: Relation) -> Comparison {
        let mut comparison = Comparison::plain(relation);
        if relation == Relation::Unrelated {
            return comparison;
        }
        comparison.same = self.same();
        comparison.differs = self.differs();
        let ranges = |statement: &Statement, indices: Vec<usize>| {
            merged(indices.into_iter().map(|index| statement.tokens[index].range.clone()).collect())
        };
        comparison.one = ranges(self.one, self.marked(true));
        comparison.another = ranges(self.another, self.marked(false));
        comparison
    }

    /// Indices of the tokens to mark on one side.
    fn marked(&self, first: bool) -> Vec<usize> {
        let conflicts =
            self.differences.conflicts.iter().flat_map(|conflict| if first { &conflict.left } else { &conflict.right });
        let mut marked: Vec<usize> = conflicts.copied().collect();
        let same_words = self.rest().next().is_none() && self.differences.related.is_empty();
        if let (Some(swap), true) = (self.exchange(), marked.is_empty() && same_words) {
            marked = if first { vec![swap.first.0, swap.second.0] } else { vec![swap.first.1, swap.second.1] };
        }
        if marked.is_empty() {
            let (rest, related): (&[usize], Vec<usize>) = match first {
                true => (&self.differences.left, self.differences.related.iter().map(|pair| pair.0).collect()),
                false => (&self.differences.right, self.differences.related.iter().map(|pair| pair.1).collect()),
            };
            marked = rest.iter().copied().chain(related).collect();
        }
        marked.sort_unstable();
        marked
    }

    /// The two words are the same, and what governs them differs.
    fn is_aligned(&self, conflict: &super::conflict::Conflict) -> bool {
        matches!((&conflict.left[..], &conflict.right[..]), ([left], [right]) if self.alignment.partner(*left) == Some(*right))
    }

    /// The swap that tells most: two that took each other's place.
    fn exchange(&self) -> Option<&Swap> {
        let took_places = |swap: &&Swap| swap.first.0 == swap.second.1 && swap.second.0 == swap.first.1;
        self.swaps.iter().find(took_places).or_else(|| self.swaps.first())
    }

    /// `same names (Polaris), same numbers (30 nodes)`.
    fn same(&self) -> String {
        let list = |wanted: fn(&Value) -> bool| {
            let tokens = self.alignment.pairs.iter().map(|(left, _)| &self.one.tokens[*left]);
            let words: Vec<&str> =
                tokens.filter(|token| wanted(&token.value)).map(|token| self.one.shown(token)).collect();
            words.join(" ")
        };
        let names = list(|value| *value == Value::Name);
        let values = list(|value| !matches!(value, Value::Name | Value::Word | Value::Scope | Value::Shift));
        let words = list(|value| matches!(value, Value::Word | Value::Scope | Value::Shift));
        let mut parts = Vec::new();
        if !names.is_empty() {
            parts.push(format!("same name `{names}`"));
        }
        if !values.is_empty() {
            parts.push(format!("same value `{values}`"));
        }
        if !words.is_empty() && parts.len() < 2 {
            parts.push(format!("same words `{words}`"));
        }
        parts.join(", ")
    }

    fn differs(&self) -> String {
        let show = |statement: &Statement, indices: &[usize]| {
            indices.iter().map(|index| statement.shown(&statement.tokens[*index])).collect::<Vec<_>>().join(" ")
        };
        let conflicts: Vec<String> = self
            .differences
            .conflicts
            .iter()
            .map(|conflict| match conflict.kind {
                ConflictKind::Negation => "one denies what the other says".to_string(),
                ConflictKind::Opposite if self.is_aligned(conflict) => {
                    let (left, right) =
                        (self.one.with_binding(&conflict.left), self.another.with_binding(&conflict.right));
                    format!("`{left}` / `{right}`")
                }
                _ => format!("`{}` / `{}`", show(self.one, &conflict.left), show(self.another, &conflict.right)),
            })
            .collect();
        if !conflicts.is_empty() {
            return conflicts.join(", ");
        }
        let same_words = self.rest().next().is_none() && self.differences.related.is_empty();
        let words = if same_words {
            Default::default()
        } else {
            (show(self.one, &self.marked(true)), show(self.another, &self.marked(false)))
        };
        match (words.0.as_str(), words.1.as_str()) {
            ("", "") => match self.exchange() {
                Some(swap) => {
                    let (one, another) = (show(self.one, &[swap.first.0]), show(self.one, &[swap.second.0]));
                    format!("`{one}` and `{another}` change places")
                }
                None => "only order or small words differ".to_string(),
            },
            (words, "") | ("", words) => format!("only one has `{words}`"),
            (one, another) => format!("`{one}` / `{another}`"),
        }
    }
}

impl Comparison {
    fn plain(relation: Relation) -> Comparison {
        Comparison { relation, same: String::new(), differs: String::new(), one: Vec::new(), another: Vec::new() }
    }
}

/// Returns the runs of consecutive indices.
fn runs(indices: &[usize]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for &index in indices {
        match runs.last_mut() {
            Some(run) if run.end == index => run.end += 1,
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

/// Joins neighbouring ranges (a space between counts as neighbouring).
fn merged(ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end + 1 => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
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
