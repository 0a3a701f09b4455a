//! What the notes of the vault say about the same things: statements that stand twice, that say the same in other words, or
//! that cannot both hold. What two statements are to each other is decided in `language/fact.rs`; here are the candidates.

mod blocks;
mod candidates;
mod groups;
mod lexicon;
mod sections;
mod within;

pub use blocks::Block;
pub use lexicon::VaultLexicon;
pub use within::NoteFacts;

use super::Vault;
use super::settings::Kind;
use crate::language::fact::{Comparison, Relation, Statement, Subject, read_about};
use crate::note::{Fact, FactKind};
use crate::text::FileId;

/// One fact of one note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactId {
    pub file: FileId,
    /// Index in the outline's facts.
    pub index: u32,
}

/// Two facts and what they are to each other.
#[derive(Clone, Debug)]
pub struct FactPair {
    pub one: FactId,
    pub another: FactId,
    pub comparison: Comparison,
}

/// What facts of different notes are to each other.
#[derive(Debug, Default)]
pub struct Facts {
    /// Facts that stand in several notes, equal or nearly so, each group in order.
    pub repeated: Vec<Vec<FactId>>,
    /// Runs of facts that stand in several notes.
    pub blocks: Vec<Block>,
    /// Facts that say the same in other words or that contradict each other.
    pub pairs: Vec<FactPair>,
    pub capped: Capped,
}

/// What was left out so that the work stays in proportion to the vault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capped {
    /// Pairs of words that too many facts share to say anything.
    pub crowded_keys: usize,
    /// Facts with more candidates than are looked at.
    pub crowded_facts: usize,
    /// Statements that stand in so many notes that they are a pattern.
    pub patterns: usize,
}

impl Facts {
    /// Compares the facts of different notes.
    pub(super) fn new(vault: &Vault) -> Facts {
        let exact = groups::equal(vault);
        let found = candidates::compare(vault, &exact);
        let mut facts = Facts { capped: found.capped, ..Facts::default() };
        let groups = groups::joined(exact, &found.near);
        facts.blocks = blocks::find(vault, &groups);
        facts.repeated = groups::repeated(vault, groups, &facts.blocks, &mut facts.capped);
        facts.pairs = found.pairs;
        facts
    }
}

impl Vault {
    /// Returns a fact.
    pub fn fact(&self, id: FactId) -> &Fact {
        &self.outline(id.file).facts[id.index as usize]
    }

    /// Returns the text of a fact.
    pub fn fact_text(&self, id: FactId) -> &str {
        self.outline(id.file).str(self.fact(id).text())
    }

    /// Returns the fingerprint of a fact that is compared as a statement: equal for texts that differ in mark-up, case and
    /// final punctuation alone.
    pub fn fingerprint(&self, id: FactId) -> u64 {
        self.note_facts(id.file).fingerprint(id.index as usize)
    }

    /// Reads a fact as a statement.
    pub fn statement(&self, id: FactId) -> Statement {
        self.read_fact(id.file, self.fact(id), &self.note_facts(id.file).subject)
    }

    fn read_fact(&self, file: FileId, fact: &Fact, subject: &Subject) -> Statement {
        read_about(self.outline(file).str(fact.text()), self.lexicon(), subject)
    }

    /// Returns what a note is about, as far as its name says so in a few words: the name without a date.
    pub fn subject(&self, file: FileId) -> &str {
        let stem = self.path(file).stem();
        let name = match crate::language::date::leading(stem) {
            Some((range, _)) => stem[range.end..].trim_start_matches([' ', '-', '–', '_']),
            None => stem,
        };
        if name.split_whitespace().count() > 4 { "" } else { name }
    }

    /// Tells whether a note is about one thing that its name names.
    pub(super) fn has_subject(&self, file: FileId) -> bool {
        matches!(self.kind(file), Some(Kind::Person | Kind::Organisation | Kind::Project))
    }
}

/// Tells whether two facts with that relation are worth a word. What is to be done is no statement, so that two tasks can
/// be the same one, but neither contradict nor restate each other.
fn is_told(fact: &Fact, relation: Relation) -> bool {
    match relation {
        Relation::Unrelated => false,
        Relation::Equal | Relation::Near => true,
        _ => fact.kind != FactKind::Task,
    }
}

/// Returns how many facts the checked notes have.
fn count_facts(vault: &Vault) -> usize {
    vault.checked().map(|file| vault.outline(file).facts.len()).sum()
}

/// Tells whether facts of that kind are compared as statements.
fn is_compared(fact: &Fact) -> bool {
    matches!(fact.kind, FactKind::Statement | FactKind::Task)
}
