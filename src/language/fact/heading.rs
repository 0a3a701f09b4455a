//! What the words of a heading say of that which stands below it.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::vocabulary::rows;

/// A word of a heading, by what stands below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadingWord {
    /// What is done one after the other, and again: `Method`.
    Step,
    /// One sort of things, all of them said of what the note is about: `Background`.
    Section,
    /// The same, about any part of it: `Notes`.
    Anything,
    /// The word says nothing by itself: `and`.
    Small,
}

static WORDS: LazyLock<FxHashMap<&str, HeadingWord>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    for row in rows(include_str!("../words/headings.tsv")) {
        let sort = match row[0] {
            "step" => HeadingWord::Step,
            "section" => HeadingWord::Section,
            "anything" => HeadingWord::Anything,
            _ => HeadingWord::Small,
        };
        words.extend(row[1].split(' ').map(|word| (word, sort)));
    }
    words
});

/// Returns what a word of a heading, in lower case, says; `None` if it may name a thing.
pub fn heading_word(word: &str) -> Option<HeadingWord> {
    WORDS.get(word).copied()
}
