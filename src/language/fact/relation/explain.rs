//! What two statements have in common and in what they differ, in words and as places in their texts.
use super::{Comparison, Pair, Relation};
use crate::language::fact::align::indices;
use crate::language::fact::conflict::{Conflict, ConflictKind};
use crate::language::fact::roles::Swap;
use crate::language::fact::statement::{Statement, Value};
use std::ops::Range;

impl Pair<'_> {
    pub(super) fn explained(&self, relation: Relation) -> Comparison {
        let mut comparison = Comparison::plain(relation);
        if relation == Relation::Unrelated {
            return comparison;
        }
        comparison.same = self.same();
        comparison.differs = self.differs();
        let ranges = |statement: &Statement, indices: Vec<usize>| {
            merged(indices.into_iter().map(|index| statement.source(&statement.tokens[index])).collect())
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
            let (rest, related): (_, Vec<usize>) = match first {
                true => (self.differences.left, self.differences.related.iter().map(|pair| pair.0).collect()),
                false => (self.differences.right, self.differences.related.iter().map(|pair| pair.1).collect()),
            };
            marked = indices(rest).chain(related).collect();
        }
        marked.sort_unstable();
        marked
    }

    /// The two words are the same, and what governs them differs.
    fn is_aligned(&self, conflict: &Conflict) -> bool {
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
