//! A person's name: its parts, and what two names are to each other.
//!
//! A single number of similarity cannot tell a slip from another person, so the parts are compared by their role and
//! the answer is a [`Relation`] with its reasons. Knows nothing about vaults: who is registered there is `vault/people.rs`.

mod fold;
mod mention;
mod parse;
mod part;
mod relation;
mod tables;

pub use fold::fold;
pub use mention::{Mention, mentions};
pub use part::{Part, PartRelation, Role};
pub use relation::{Comparison, Relation, compare};
pub use tables::{is_known_given, is_organisation_cue, CuePlace};

use part::Script;

/// A name taken apart once, so that comparing it allocates next to nothing.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name's words, folded, each followed by a space; `parts` point into it.
    folded: Box<str>,
    parts: Box<[Part]>,
    script: Script,
    /// All letters of the name proper, folded and joined.
    squashed: Box<str>,
}

impl Name {
    /// Takes a name apart; never fails, since a name without letters is one without parts.
    pub fn parse(text: &str) -> Name {
        parse::parse(text)
    }

    /// Returns the parts in the order in which they were read.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the folded letters of one of this name's parts.
    pub fn letters(&self, part: &Part) -> &str {
        &self.folded[part.start as usize..part.end as usize]
    }

    /// Returns the letters of the name without titles, nicknames and suffixes, folded and joined: equal for two names
    /// that differ only in case, diacritics, hyphens or spaces.
    pub fn key(&self) -> &str {
        &self.squashed
    }

    /// Returns whether the name has both a given name (or its initial) and a surname of two letters or more.
    pub fn is_full(&self) -> bool {
        self.with(Role::Surname).any(|part| part.len() > 1)
            && self.parts.iter().any(|part| matches!(part.role, Role::Given | Role::Initial))
    }

    /// Returns whether the given name is written out, in a full name.
    pub fn is_written_out(&self) -> bool {
        self.is_full() && self.with(Role::Given).next().is_some()
    }

    /// Returns the keys under which a near name can be found: two names that could be one person's in two spellings
    /// share at least one.
    pub fn block_keys(&self, keys: &mut Vec<u64>) {
        relation::block_keys(self, keys);
    }

    fn with(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }
}
