//! How the text of a note is laid out: what only the check of the note itself asks for, and what is dropped with its text.

use crate::text::Span;

/// Items, paragraphs and the regions that are not prose. Every array is in document order.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Body {
    pub items: Box<[Item]>,
    /// Paragraphs of prose that are neither heading, list item nor table row; lines of a quote or callout one paragraph each.
    pub paragraphs: Box<[Paragraph]>,
    pub callouts: Box<[Callout]>,
    pub fields: Box<[Field]>,
    /// Code, HTML, math and comments, where prose rules are silent.
    pub verbatim: Box<[Verbatim]>,
    /// Constructs that are opened and never closed.
    pub unclosed: Box<[Unclosed]>,
}

impl Body {
    /// Returns the item in whose own text `span` lies.
    pub fn item_at(&self, span: Span) -> Option<&Item> {
        let before = self.items.partition_point(|item| item.text_span.start <= span.start);
        before.checked_sub(1).map(|index| &self.items[index]).filter(|item| item.text_span.covers(span))
    }
}

/// A list item or task.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// From the marker to the end of the item's own text; its children are not part of it.
    pub span: Span,
    /// The item's own text after marker and task box, without trailing white space and block id; may hold line endings.
    pub text_span: Span,
    /// The list it belongs to: items of one list and one level share the number; it rises through the note.
    pub list: u32,
    /// Index of the item it is nested in.
    pub parent: Option<u32>,
    /// Index of the last heading above it.
    pub heading: Option<u32>,
    /// 0 for an item of the outermost list.
    pub depth: u8,
    /// `1.` or `1)`.
    pub numbered: bool,
    /// The character in the brackets of a task.
    pub task: Option<char>,
    /// Lies in a quote or callout.
    pub quoted: bool,
}

/// A paragraph or one row of a table; the span has no trailing white space.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    pub span: Span,
    pub kind: ParagraphKind,
    /// Index of the last heading above it.
    pub heading: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    Text,
    /// A line of a quote or callout, without the marks.
    Quote,
    /// A row of a table; the separator row is left out.
    TableRow,
}

/// `> [!type]`; the span is `[!type]` with its fold mark.
#[derive(Clone, Copy, Debug)]
pub struct Callout {
    pub span: Span,
    /// The type as written.
    pub kind_span: Span,
}

/// A Dataview field: `key:: value` on a line of its own (list marker allowed), `[key:: value]` or `(key:: value)`.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub key_span: Span,
    pub value_span: Span,
}

/// A region that is not prose.
#[derive(Clone, Copy, Debug)]
pub struct Verbatim {
    pub span: Span,
    pub kind: VerbatimKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbatimKind {
    CodeBlock,
    InlineCode,
    Html,
    HtmlComment,
    Math,
    /// `%% %%`: links and tags inside count, nothing else does.
    Comment,
}

/// A construct that is opened at `span` and never closed.
#[derive(Clone, Copy, Debug)]
pub struct Unclosed {
    pub span: Span,
    pub kind: UnclosedKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnclosedKind {
    /// `[[` without `]]` on its line.
    Wikilink,
    Comment,
    CodeFence,
    MathBlock,
    /// `> [!note` without `]`.
    Callout,
}
