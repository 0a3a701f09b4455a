//! Statements: what a line says in typed normal form, and what two lines are to each other. Pure functions on text; what a
//! vault knows about names is passed in as a [`Lexicon`].
mod align;
mod conflict;
mod contradiction;
mod fingerprint;
mod heading;
mod plain;
mod read;
mod relation;
mod signature;
mod source;
mod roles;
mod statement;
mod title;
mod unspaced;
mod values;
mod vocabulary;
mod voice;
mod words;

pub use fingerprint::fingerprint;
pub use heading::{HeadingWord, heading_word};
pub use read::{Subject, read, read_about, subject_keys};
pub use relation::{Comparison, Contradiction, Relation, compare, overlap};
pub use signature::{Anchor, Brief, Signature, WordBits, bits, shared};
pub use source::without_source;
pub use statement::{Lexicon, NoLexicon, Statement};
pub use title::are_two_posts;
pub use unspaced::is_unspaced_statement;
pub use vocabulary::{exclude_each_other, excludes_another, read_tables};
