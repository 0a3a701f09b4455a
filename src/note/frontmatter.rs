//! The properties of a note, and what makes Obsidian drop them.

use super::Range;
use crate::text::{Span, Str};

/// The block between the `---` lines.
#[derive(Debug, Default)]
pub struct Frontmatter {
    /// The block with both fences, without the line ending after the second; `None` if the note has no block.
    pub span: Option<Span>,
    /// What is between the fences.
    pub inner: Span,
    /// Obsidian gets properties from it: a mapping or nothing, without YAML error.
    pub valid: bool,
    pub root: Range,
    pub problems: Box<[FrontmatterProblem]>,
}

/// What makes Obsidian drop the block or a value of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrontmatterProblem {
    pub kind: FrontmatterProblemKind,
    pub span: Span,
    /// For `YamlError` the reason in words; for `DuplicateKey` the key; else empty.
    pub detail: Str,
    /// For `DuplicateKey` the place of the first of the two keys.
    pub related: Option<Span>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrontmatterProblemKind {
    /// A block that looks like frontmatter does not begin on the first line.
    NotAtTop,
    /// The closing `---` is missing; the span is the opening fence.
    Unclosed,
    YamlError,
    /// A key stands twice in one mapping; the span is the second key.
    DuplicateKey,
    NotAMapping,
    /// `key: #value`: YAML reads a comment; the span is the comment.
    ValueLostToComment,
    /// `{{title}}` unquoted: YAML reads a mapping; the span is the template variable.
    TemplateVariable,
}

/// One `key: value` of a mapping.
#[derive(Clone, Copy, Debug)]
pub struct Property {
    pub key: Str,
    pub key_span: Span,
    pub value: Value,
}

/// A value of the frontmatter; the span covers quotes and brackets. A missing value has an empty span after the colon.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    pub span: Span,
    pub kind: ValueKind,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ValueKind {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text { value: Str, quoted: bool },
    List(Range),
    Map(Range),
}
