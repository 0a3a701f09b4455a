//! What the words of two facts have in common, those of their notes' names counted in.

use crate::language::fact::shared;

/// The words of a fact, sorted, and those of what its note is about.
#[derive(Clone, Copy)]
pub(super) struct Words<'i> {
    pub(super) keys: &'i [u32],
    pub(super) subject: &'i [u32],
    /// The first word of the note's name, if that alone is a name for it: `Halden` of `Halden Cement`.
    pub(super) short: Option<u32>,
}

impl Words<'_> {
    /// They name the thing that the note of another fact is about; `names` are those of them that are names.
    pub(super) fn name_note_of(self, mut names: impl Iterator<Item = u32>, other: Words) -> bool {
        !other.subject.is_empty() && other.subject.iter().all(|key| self.keys.binary_search(key).is_ok())
            || other.short.is_some_and(|short| names.any(|name| name == short))
    }

    /// Enough words in common to be laid side by side; what a note is about counts for its facts.
    pub(super) fn are_shared_with(self, others: Words) -> bool {
        let is_theirs = |key: &&u32| others.subject.contains(key) && others.keys.binary_search(key).is_err();
        let is_own = |key: &&u32| self.subject.contains(key) && self.keys.binary_search(key).is_err();
        let named = self.keys.iter().filter(is_theirs).count() + others.keys.iter().filter(is_own).count();
        is_enough(shared(self.keys, others.keys) + named, self.keys.len() + others.keys.len())
    }

    pub(super) fn has(self, key: u32) -> bool {
        self.keys.binary_search(&key).is_ok() || self.subject.contains(&key)
    }
}

/// Two facts of so many words in all share enough of them: two in short ones only. Of 22,000 pairs of a large vault that share
/// seven in forty, 6,000 do not share so much, and none of these was anything to each other.
pub(super) fn is_enough(shared: usize, total: usize) -> bool {
    40 * shared >= 7 * total && (shared > 2 || 2 * total <= 9 * shared)
}
