//! A parsed note: its text, the body that says how the text is laid out, and the outline that outlives both. Flat arrays, no
//! references, no allocation per link.

use std::sync::OnceLock;

use crate::text::{FileId, Span, Str, VaultPath};

mod body;
mod entry;
mod frontmatter;
mod property;
mod prose;
pub use body::{Body, Callout, Field, Item, Paragraph, ParagraphKind, Unclosed, UnclosedKind, Verbatim, VerbatimKind};
pub use entry::{Entry, newest};
pub use frontmatter::{Frontmatter, FrontmatterProblem, FrontmatterProblemKind, Property, Value, ValueKind};
pub use property::{has_anchor, is_template_text, unquoted_wikilink};
pub use prose::ProseDate;

/// A note or canvas as read: for canvases `text` is the raw JSON.
pub struct Note {
    pub id: FileId,
    pub path: VaultPath,
    pub text: Box<str>,
    pub outline: Outline,
    pub body: Body,
    prose_dates: OnceLock<Box<[ProseDate]>>,
    entries: OnceLock<Box<[Entry]>>,
}

impl Note {
    /// Joins a text with its outline and body.
    pub fn new(id: FileId, path: VaultPath, text: Box<str>, outline: Outline, body: Body) -> Note {
        Note { id, path, text, outline, body, prose_dates: OnceLock::new(), entries: OnceLock::new() }
    }
}

/// What the vault keeps of a note. Every array is in document order.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Outline {
    /// The pool that every [`Str`] of this outline points into.
    pub strings: Box<str>,
    pub frontmatter: Frontmatter,
    /// All entries of all mappings of the frontmatter; the top level is `frontmatter.root`.
    pub properties: Box<[Property]>,
    /// Items of all lists of the frontmatter.
    pub values: Box<[Value]>,
    pub headings: Box<[Heading]>,
    pub links: Box<[Link]>,
    pub tags: Box<[Tag]>,
    pub block_ids: Box<[BlockId]>,
    pub suppressions: Box<[Suppression]>,
    /// Lists in which items break off in `...`, in the order of their numbers.
    pub cut_lists: Box<[CutList]>,
    /// What looks like a person's name, statement by statement.
    pub names: Box<[NameMention]>,
    /// Lines that state something by themselves.
    pub facts: Box<[Fact]>,
    /// The canvas is not valid JSON of the expected shape: what is wrong, and where.
    pub canvas_problem: Option<(Span, Str)>,
    /// Length of the text in bytes.
    pub text_len: u32,
    /// The text holds HTML, in which files may be named without a link.
    pub has_html: bool,
}

impl Outline {
    /// Returns a piece of this outline's strings.
    pub fn str(&self, piece: Str) -> &str {
        piece.of(&self.strings)
    }

    /// Returns the link in whose display text `span` lies.
    pub fn link_showing(&self, span: Span) -> Option<&Link> {
        let before = self.links.partition_point(|link| link.span.start <= span.start);
        // A link may hold one other, an image: no more than two can reach here.
        let near = self.links[..before].iter().rev().take(2);
        near.into_iter().find(|link| link.display.is_some_and(|display| display.covers(span)))
    }

    /// Returns the top-level properties.
    pub fn top_level(&self) -> &[Property] {
        self.entries(self.frontmatter.root)
    }

    /// Returns the entries of a mapping.
    pub fn entries(&self, range: Range) -> &[Property] {
        &self.properties[range.indices()]
    }

    /// Returns the items of a list.
    pub fn list(&self, range: Range) -> &[Value] {
        &self.values[range.indices()]
    }

    /// Returns the first top-level property of that name; names are compared without regard to case, as Obsidian does.
    pub fn property(&self, name: &str) -> Option<&Property> {
        // Nearly all other names differ in length, and then the strings need not be fetched.
        let is_it = |key: Str| key.len() == name.len() && self.str(key).eq_ignore_ascii_case(name);
        self.top_level().iter().find(|property| is_it(property.key))
    }

    /// Returns the text values of a property: the text itself, or the texts of a list.
    pub fn texts(&self, property: &Property) -> Vec<(&str, Span)> {
        let own = std::slice::from_ref(&property.value);
        let values = if let ValueKind::List(range) = property.value.kind { self.list(range) } else { own };
        let text = |value: &Value| match value.kind {
            ValueKind::Text { value: text, .. } => Some((self.str(text), value.span)),
            _ => None,
        };
        values.iter().filter_map(text).collect()
    }

    /// Returns the note's aliases as Obsidian reads them (a single string is one alias).
    pub fn aliases(&self) -> Vec<(&str, Span)> {
        let aliases = self.property("aliases").map(|property| self.texts(property)).unwrap_or_default();
        aliases.into_iter().filter(|(alias, _)| !alias.trim().is_empty()).collect()
    }
}

/// A run of entries of one of the outline's arrays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Range {
    pub first: u32,
    pub len: u32,
}

impl Range {
    /// Returns the run as indices.
    pub fn indices(self) -> std::ops::Range<usize> {
        self.first as usize..(self.first + self.len) as usize
    }
}

/// A heading outside code, HTML, math and block comments.
#[derive(Clone, Copy, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The whole line (for a setext heading both lines), without line ending.
    pub span: Span,
    /// The raw text without marks, trimmed.
    pub text_span: Span,
    /// Where that text begins in the outline's strings.
    pub text_start: u32,
    pub setext: bool,
}

impl Heading {
    /// Returns the text.
    pub fn text(&self) -> Str {
        Str::at(self.text_start, self.text_span.len())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    Wikilink,
    Markdown,
    Property,
    /// A `file` node, its `subpath`, or the background of a group.
    Canvas,
}

/// Where a link stands, as far as a rule may care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPlace {
    Text,
    /// Inside `%% %%`.
    Comment,
    Property,
    /// A canvas node, or the text of a canvas card.
    Canvas,
    /// The generated part of an Excalidraw note (below `# Excalidraw Data`) or Kanban settings: indexed, never judged.
    Generated,
}

/// A link or embed as Obsidian records it.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    /// The link with its brackets (and `!`).
    pub span: Span,
    /// The target as written, with subpath, without brackets and display text: what a finding marks.
    pub target_span: Span,
    /// What is looked up: decoded, trimmed, without subpath; empty for a link into its own note.
    pub target: Str,
    /// From the first `#`, decoded; empty if there is none.
    pub subpath: Str,
    /// The display text, if one is written.
    pub display: Option<Span>,
    pub kind: LinkKind,
    pub place: LinkPlace,
    pub embed: bool,
    /// In a cell of a table, where a pipe is written `\|`.
    pub in_table: bool,
}

impl Link {
    /// Tells whether it is a wikilink that only leads to a note, and shows nothing of it.
    pub fn is_wikilink(&self) -> bool {
        matches!(self.kind, LinkKind::Wikilink | LinkKind::Property) && !self.embed
    }
}

/// `#tag` in the text, or an entry of the `tags` property (then without `#` as written).
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    pub span: Span,
    /// Without `#`.
    pub name: Str,
    pub in_property: bool,
}

/// `^id`; the span covers the `^`.
#[derive(Clone, Copy, Debug)]
pub struct BlockId {
    pub span: Span,
    /// Without `^`, as written; compared without regard to case.
    pub id: Str,
    /// A footnote definition `[^id]:` (reached by `#[^id]`).
    pub footnote: bool,
}

/// Words that look like a person's name; whether they are one, the registry of people knows.
#[derive(Clone, Copy, Debug)]
pub struct NameMention {
    /// The words without punctuation around them and without a possessive.
    pub span: Span,
    /// Where the words begin in the outline's strings.
    pub text_start: u32,
    /// Names of one item, paragraph, heading or property share the number; it rises through the note.
    pub statement: u32,
    pub place: NamePlace,
    /// The text breaks off right after it.
    pub truncated: bool,
    /// The statement says that it is another name for somebody: `née`, `formerly`, `also known as`.
    pub declared: bool,
    /// The statement tells of a meeting of two: `1:1`.
    pub one_to_one: bool,
}

impl NameMention {
    /// Returns the words.
    pub fn text(&self) -> Str {
        Str::at(self.text_start, self.span.len())
    }
}

/// Where in its statement a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamePlace {
    Text,
    /// Right after `@`.
    At,
    /// In the text of a property.
    Property,
    /// In `(via …)` at the end.
    Via,
    /// The display text of a link.
    Display,
    /// The target of a link, in a statement that names people or ends in `(via …)`; `via` says that it stands there.
    Link {
        via: bool,
    },
}

/// A list in which items break off.
#[derive(Clone, Debug)]
pub struct CutList {
    /// The number that its items share.
    pub list: u32,
    /// How many items it has.
    pub items: u32,
    pub cuts: Box<[Cut]>,
    /// Indices of the links in the texts of its items.
    pub links: Box<[u32]>,
}

/// The dots at which a list item breaks off.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// Where the text of the item begins.
    pub start: u32,
    /// `...` or `…`.
    pub span: Span,
    /// Where the strings have the text of the item.
    pub text_start: u32,
}

impl Cut {
    /// Returns the text of the item up to the dots.
    pub fn text(&self) -> Str {
        Str::at(self.text_start, (self.span.start - self.start) as usize)
    }
}

/// A comment that switches rules off.
#[derive(Clone, Copy, Debug)]
pub struct Suppression {
    /// The comment with its marks; for the property `vaultlint-disable` its key and value.
    pub span: Span,
    pub kind: SuppressionKind,
    /// Rule names as written, separated by single spaces; empty means all rules.
    pub rules: Str,
    /// Where the rule names stand; empty if there are none.
    pub rules_span: Span,
    /// Where findings are suppressed: whole lines.
    pub scope: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    NextLine,
    Line,
    /// `vaultlint-disable`, to the matching `vaultlint-enable` or the end.
    Region,
    /// The property `vaultlint-disable`.
    Note,
    /// `vaultlint-enable`, which suppresses nothing; its scope is empty if it ends nothing.
    End,
}

/// A line that states something by itself, and that can be repeated or contradicted elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Fact {
    /// The text without list marker, task box, quote marks and block id.
    pub span: Span,
    /// Where that text begins in the outline's strings.
    pub text_start: u32,
    pub kind: FactKind,
    pub place: FactPlace,
    /// What the fact is said under, besides the heading: the items it is nested in and the label before its list, as one
    /// number; 0 for nothing.
    pub frame: u32,
    /// Number of the last heading above it, from 1; 0 for none.
    pub heading: u32,
}

impl Fact {
    /// Returns the text.
    pub fn text(&self) -> Str {
        Str::at(self.text_start, self.span.len())
    }
}

/// What a fact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    Statement,
    /// A task that is open.
    Task,
    /// A dated entry of a log: `2025-10-30: [[…]] - …`.
    Entry,
    /// Nothing but links.
    Links,
}

/// Where a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactPlace {
    /// An item of the list of that number.
    Item(u32),
    /// A row of the table that begins with the paragraph of that index.
    Row(u32),
    /// A line of a quote or callout.
    Quote,
}
