//! Finds the frontmatter block (clauses F), reads its properties and says what makes Obsidian drop them.

use crate::note::{Frontmatter, FrontmatterProblem, FrontmatterProblemKind as Kind, Property, Range, Value, ValueKind};
use crate::parse::yaml::{self, Document, Node, NodeKind};
use crate::text::{Span, Str, Strings, to_u32};

mod fence;

/// What the block gives to the outline.
#[derive(Default)]
pub(super) struct Parts {
    pub frontmatter: Frontmatter,
    pub properties: Vec<Property>,
    pub values: Vec<Value>,
    /// Where the text after the block begins.
    pub body_start: usize,
}

pub(super) fn parse(text: &str, strings: &mut Strings) -> Parts {
    let Some(block) = fence::find(text) else {
        return Parts { frontmatter: missing(text), ..Parts::default() };
    };
    let mut reader =
        Reader { text, base: block.inner.start as usize, strings, parts: Parts::default(), problems: Vec::new() };
    let valid = reader.read(block.inner);
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.span);
    let mut parts = reader.parts;
    parts.body_start = block.body_start;
    parts.frontmatter.span = Some(block.span);
    parts.frontmatter.inner = block.inner;
    parts.frontmatter.valid = valid;
    parts.frontmatter.problems = problems.into();
    parts
}

/// A note without block may have something that was meant as one.
fn missing(text: &str) -> Frontmatter {
    let problem = |kind, span| FrontmatterProblem { kind, span, detail: Str::default(), related: None };
    let unclosed = fence::unclosed(text).map(|span| problem(Kind::Unclosed, span));
    let problem = unclosed.or_else(|| fence::not_at_top(text).map(|span| problem(Kind::NotAtTop, span)));
    Frontmatter { problems: problem.into_iter().collect(), ..Frontmatter::default() }
}

struct Reader<'a> {
    text: &'a str,
    /// Where the inner text begins; spans of the tree count from there.
    base: usize,
    strings: &'a mut Strings,
    parts: Parts,
    problems: Vec<FrontmatterProblem>,
}

impl Reader<'_> {
    /// Reads the inner text; tells whether Obsidian gets properties from it.
    fn read(&mut self, inner: Span) -> bool {
        let document = match yaml::parse_document(inner.of(self.text)) {
            Ok(document) => document,
            Err(error) => {
                let detail = self.strings.add(&error.message);
                self.problem(Kind::YamlError, error.span, detail);
                return false;
            }
        };
        self.find_duplicates(&document);
        self.find_lost_values(&document);
        match &document.root.kind {
            NodeKind::Map(entries) => {
                self.parts.frontmatter.root = self.map(entries);
                document.duplicates.is_empty()
            }
            NodeKind::Null => true,
            // What Obsidian does with a list at the top is not known: no properties, and no finding.
            NodeKind::List(_) => false,
            _ => {
                self.problem(Kind::NotAMapping, document.root.span, Str::default());
                false
            }
        }
    }

    fn problem(&mut self, kind: Kind, span: Span, detail: Str) {
        self.problems.push(FrontmatterProblem { kind, span: span.shifted(self.base), detail, related: None });
    }

    fn find_duplicates(&mut self, document: &Document) {
        for (first, later) in &document.duplicates {
            let key = later.shifted(self.base).of(self.text);
            let detail = self.strings.add(key);
            let related = Some(first.shifted(self.base));
            let span = later.shifted(self.base);
            self.problems.push(FrontmatterProblem { kind: Kind::DuplicateKey, span, detail, related });
        }
    }

    /// `key: #value`; a comment on a line of its own loses nothing, and neither does one that begins with a space.
    fn find_lost_values(&mut self, document: &Document) {
        for comment in &document.comments {
            let place = comment.shifted(self.base);
            let before = &self.text[self.base..place.start as usize];
            let line = before.rsplit('\n').next().unwrap_or(before);
            let comment_text = &place.of(self.text)[1..];
            let begins_word = comment_text.starts_with(|first: char| first.is_alphanumeric() || first == '_');
            if begins_word && !line.trim().is_empty() && !comment_text.starts_with("vaultlint-") {
                self.problem(Kind::ValueLostToComment, *comment, Str::default());
            }
        }
    }

    fn map(&mut self, entries: &[(Node, Node)]) -> Range {
        let first = self.parts.properties.len();
        // The entries of one mapping stand side by side: nested ones come after all of them.
        for (key, value) in entries {
            let key_text =
                if let Some(text) = key.text() { self.strings.add(text) } else { self.strings.add(&key.key_text()) };
            let value = Value { span: value.span.shifted(self.base), kind: ValueKind::Null };
            self.parts.properties.push(Property { key: key_text, key_span: key.span.shifted(self.base), value });
        }
        for (index, (_, value)) in entries.iter().enumerate() {
            self.parts.properties[first + index].value.kind = self.kind(value);
        }
        Range { first: to_u32(first), len: to_u32(entries.len()) }
    }

    fn list(&mut self, items: &[Node]) -> Range {
        let first = self.parts.values.len();
        let place = |item: &Node| Value { span: item.span.shifted(self.base), kind: ValueKind::Null };
        self.parts.values.extend(items.iter().map(place));
        for (index, item) in items.iter().enumerate() {
            self.parts.values[first + index].kind = self.kind(item);
        }
        Range { first: to_u32(first), len: to_u32(items.len()) }
    }

    fn kind(&mut self, node: &Node) -> ValueKind {
        match &node.kind {
            NodeKind::Null => ValueKind::Null,
            NodeKind::Bool(value) => ValueKind::Bool(*value),
            NodeKind::Integer(value) => ValueKind::Integer(*value),
            NodeKind::Float(value) => ValueKind::Float(*value),
            NodeKind::Text { value, quoted } => ValueKind::Text { value: self.strings.add(value), quoted: *quoted },
            NodeKind::List(items) => ValueKind::List(self.list(items)),
            NodeKind::Map(entries) => {
                let written = node.span.shifted(self.base).of(self.text);
                if written.starts_with("{{") && written.ends_with("}}") {
                    self.problem(Kind::TemplateVariable, node.span, Str::default());
                }
                ValueKind::Map(self.map(entries))
            }
        }
    }
}
