//! When two statements tell the same in other words.
use super::Pair;
use crate::language::fact::statement::{Cues, Modality, Statement};

impl Pair<'_> {
    /// The same names and values, most of the words, and no word put in the place of another.
    pub(super) fn is_restated(&self) -> bool {
        let differences = self.differences;
        let same_words = differences.related.is_empty() && differences.left | differences.right == 0;
        if !self.agrees() || self.has_other_signs() || !self.is_told() || same_words && !self.swaps.is_empty() {
            return false;
        }
        let reworded = self.is_meant_alike()
            && self.anchors() >= 2
            && self.shared_words() >= if self.anchor_runs() >= 2 { 1 } else { 3 }
            && self.rest().all(|token| token.is_word())
            && !self.replaces_words()
            && !self.exchanges_names()
            && !self.has_other_object()
            && self.loose_dice() >= 0.6;
        reworded || self.contains() || self.shares_opening() || self.shares_many_names()
    }

    /// One is a sentence, or both are below one label (`Case 12: …`).
    fn is_told(&self) -> bool {
        fn label(statement: &Statement) -> Option<&str> {
            statement.label_end().map(|end| &statement.lower[..end])
        }
        let is_below_one = || label(self.one).is_some() && label(self.one) == label(self.another);
        let both_tell = || self.one.is_told() && self.another.is_told();
        self.one.is_sentence() || self.another.is_sentence() || both_tell() && is_below_one()
    }

    /// One has signs that the other lacks (`works ✅`, `works ❌`), or each has code of its own.
    fn has_other_signs(&self) -> bool {
        let (code, other) = (self.one.code, self.another.code);
        self.one.signs != self.another.signs || code != other && code != 0 && other != 0
    }

    /// Two names took each other's role: `Ada thanked Bob`, `Bob thanked Ada`.
    fn exchanges_names(&self) -> bool {
        self.swaps.iter().any(|swap| {
            let (a, b) = (&self.one.tokens[swap.first.0], &self.one.tokens[swap.second.0]);
            let (c, d) = (&self.another.tokens[swap.first.1], &self.another.tokens[swap.second.1]);
            a.is_name() && b.is_name() && a.binding == d.binding && b.binding == c.binding
        })
    }

    /// One is told in the passive, and each has a word of its own: `The van is owned by Ada`, `Ada owns the barn`.
    fn has_other_object(&self) -> bool {
        let is_passive = self.alignment.verbs != (None, None);
        is_passive && self.differences.left != 0 && self.differences.right != 0
    }

    /// Neither is asked, conditional or merely possible where the other is not.
    fn is_as_certain(&self) -> bool {
        const OPEN: Cues = Cues::QUESTION.with(Cues::CONDITION).with(Cues::OPTION);
        let is_possible =
            |statement: &Statement| matches!(statement.modality, Modality::May | Modality::Should | Modality::Plan);
        self.one.cues.only(OPEN) == self.another.cues.only(OPEN) && is_possible(self.one) == is_possible(self.another)
    }

    /// How many plain words the two share.
    fn shared_words(&self) -> usize {
        self.alignment.pairs.iter().filter(|(left, _)| self.one.tokens[*left].is_word()).count()
    }

    /// One says all that the other says, a word more at most, and adds clauses of its own.
    fn contains(&self) -> bool {
        let pairs = self.alignment.pairs.len();
        let known = pairs >= 3 && self.anchors() >= 1 || pairs >= 5;
        // Each may have clauses of its own; of the words of shared ones, one side has none.
        let is_little = |words: (usize, usize)| words.0 + words.1 <= pairs / 3 && words.0.min(words.1) == 0;
        self.swaps.is_empty()
            && self.is_as_certain()
            && known
            && self.inner_words(true).zip(self.inner_words(false)).is_some_and(is_little)
            && !self.replaces_words()
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
                self.alignment.partner(left) == Some(right)
                    && 2 * subject >= left.min(right)
                    && !self.go_on_alike(left + 1, right + 1)
            }
            _ => false,
        }
    }

    /// `forbidden in the yard`, `forbidden in class`: two values of one slot.
    fn go_on_alike(&self, left: usize, right: usize) -> bool {
        match (self.one.tokens.get(left), self.another.tokens.get(right)) {
            (Some(one), Some(another)) => {
                one.opens
                    && another.opens
                    && one.binding == another.binding
                    && self.alignment.partner(left) != Some(right)
            }
            _ => false,
        }
    }

    /// So many names and words in common that both tell of one thing, each with details of its own.
    fn shares_many_names(&self) -> bool {
        let names = self.alignment.pairs.iter().filter(|(left, _)| self.one.tokens[*left].is_name()).count();
        let words = self.shared_words();
        let weight =
            |statement: &Statement| (0..statement.tokens.len()).map(|index| statement.weight(index)).sum::<f32>();
        let shorter = weight(self.one).min(weight(self.another));
        names >= 3
            && words >= 3
            && !self.exchanges_names()
            && self.alignment.shared >= 0.5 * shorter
            && !self.replaces_words()
    }

    /// Weighs the same, with related words counted half.
    fn loose_dice(&self) -> f32 {
        let related = self.differences.related.len() as f32;
        let total = self.total();
        if total == 0.0 { 0.0 } else { 2.0 * (self.alignment.shared + 0.7 * related) / total }
    }

    /// How many names and values they are, those of several words counted once.
    fn anchor_runs(&self) -> usize {
        let anchors: Vec<usize> =
            self.alignment.pairs.iter().map(|pair| pair.0).filter(|left| !self.one.tokens[*left].is_word()).collect();
        let tokens = &self.one.tokens;
        let is_one = |one: &usize, next: &usize| {
            *next == one + 1
                && tokens[*one].is_name()
                && tokens[*next].is_name()
                && !tokens[*next].opens
                && !tokens[*next].after_break
        };
        anchors.chunk_by(is_one).count()
    }

    /// How many names and values the two share.
    pub(super) fn anchors(&self) -> usize {
        self.alignment.pairs.iter().filter(|(left, _)| !self.one.tokens[*left].is_word()).count()
    }
}
