//! Finds the frontmatter block (clauses F), reads its properties and says what makes Obsidian drop them.

use crate::note::{Frontmatter, Property, Value};
use crate::text::Strings;

/// What the block gives to the outline.
#[derive(Default)]
pub(super) struct Parts {
    pub frontmatter: Frontmatter,
    pub properties: Vec<Property>,
    pub values: Vec<Value>,
    /// Where the text after the block begins.
    pub body_start: usize,
}

pub(super) fn parse(_text: &str, _strings: &mut Strings) -> Parts {
    Parts::default()
}
