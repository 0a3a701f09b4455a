//! A YAML 1.2 tree with a span for every key and value, read as Obsidian's own parser (npm `yaml` 2) reads it.

use crate::text::Span;

mod build;
mod flat;
mod indent;
mod quote;
mod reason;
mod repair;
mod scalar;

pub use quote::{flow_list, quote, quote_like, value};
pub use repair::{Repair, repair};

/// A value with its place; quotes and brackets belong to the span, a missing value is empty after the colon.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub span: Span,
    pub kind: NodeKind,
}

/// The shapes of the YAML 1.2 core schema.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text {
        value: String,
        quoted: bool,
    },
    List(Vec<Node>),
    /// Entries in the order of the document; duplicate keys stay.
    Map(Vec<(Node, Node)>),
}

/// A parsed document: its tree and what the tree does not show.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    pub root: Node,
    /// Comments from `#` to the end of their line.
    pub comments: Vec<Span>,
    /// Keys that stand twice in one mapping: the first and the later key.
    pub duplicates: Vec<(Span, Span)>,
}

/// Why a document has no tree.
#[derive(Clone, Debug, PartialEq)]
pub struct YamlError {
    pub span: Span,
    pub reason: Reason,
    /// In plain words, lower case.
    pub message: String,
}

/// What kind of mistake it is, as far as a repair depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// `: ` inside a value without quotes.
    Colon,
    /// The lines above are no `key: value`.
    MissingColon,
    /// A value begins with a character that YAML keeps for itself.
    ReservedCharacter,
    /// A value begins with `*`.
    Alias,
    AfterQuote,
    AfterBracket,
    Escape,
    OpenBracket,
    /// A `#` in brackets makes a comment of what stands behind it, the closing bracket too.
    HashInBrackets,
    OpenQuote,
    Tab,
    /// A line without colon among properties.
    NotAProperty,
    Other,
}

/// Parses one document; spans count from the start of `text`. An empty document is `Null`.
///
/// # Errors
/// The first place where the text is not YAML 1.2.
pub fn parse(text: &str) -> Result<Node, YamlError> {
    Ok(parse_document(text)?.root)
}

/// Parses one document together with its comments and duplicate keys.
///
/// # Errors
/// The first place where the text is not YAML 1.2; duplicate keys are no error here.
pub fn parse_document(text: &str) -> Result<Document, YamlError> {
    flat::document(text).map_or_else(|| build::document(text), Ok)
}

impl Node {
    /// Returns the value of an entry of a mapping; `None` for any other shape.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries().iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// Returns the entries of a mapping; any other shape has none.
    pub fn entries(&self) -> &[(Node, Node)] {
        if let NodeKind::Map(entries) = &self.kind { entries } else { &[] }
    }

    /// Returns the text of a text value.
    pub fn text(&self) -> Option<&str> {
        if let NodeKind::Text { value, .. } = &self.kind { Some(value) } else { None }
    }

    /// Returns the name under which Obsidian lists the node when it is a key: collections are written in brackets.
    pub fn key_text(&self) -> String {
        match &self.kind {
            NodeKind::Null => String::new(),
            NodeKind::Bool(value) => value.to_string(),
            NodeKind::Integer(value) => value.to_string(),
            NodeKind::Float(value) => value.to_string(),
            NodeKind::Text { value, .. } => value.clone(),
            NodeKind::List(items) => bracketed('[', items.iter().map(Node::key_text), ']'),
            NodeKind::Map(entries) => bracketed('{', entries.iter().map(entry_text), '}'),
        }
    }
}

fn entry_text((key, value): &(Node, Node)) -> String {
    match value.kind {
        NodeKind::Null => key.key_text(),
        _ => format!("{}: {}", key.key_text(), value.key_text()),
    }
}

fn bracketed(open: char, parts: impl Iterator<Item = String>, close: char) -> String {
    let inner = parts.collect::<Vec<_>>().join(", ");
    if inner.is_empty() { format!("{open}{close}") } else { format!("{open} {inner} {close}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the texts that the spans cover: a key and its value as `key=value`, items in brackets.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = match parse(text) {
            Ok(root) => show(text, &root),
            Err(error) => format!("{}: `{}`", error.message, error.span.of(text)),
        };
        assert_eq!(shown, expected, "{text:?}");
    }

    fn show(text: &str, node: &Node) -> String {
        match &node.kind {
            NodeKind::List(items) => {
                format!("[{}]", items.iter().map(|item| show(text, item)).collect::<Vec<_>>().join(" "))
            }
            NodeKind::Map(entries) => {
                let entry = |(key, value): &(Node, Node)| format!("{}={}", show(text, key), show(text, value));
                format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(" "))
            }
            _ => format!("{:?}@{}", node.span.of(text), node.span.start),
        }
    }

    #[test]
    fn spans() {
        check("a: b # c\nd:\n", r#"{"a"@0="b"@3 "d"@9=""@11}"#);
        check("a:\n- x\n-\n- 'y z' \n", r#"{"a"@0=["x"@5 ""@8 "'y z'"@11]}"#);
        check("a: [b, \"c\"]\r\né: 1\r\n", r#"{"a"@0=["b"@4 "\"c\""@7] "é"@13="1"@17}"#);
        check("a: one\n  two\nb: |\n  x\n\nc: 1", r#"{"a"@0="one\n  two"@3 "b"@13="|\n  x"@16 "c"@23="1"@26}"#);
        check("a: [\n  b, # c\n  d # e\n]\nf: 1", r#"{"a"@0=["b"@7 "d"@16] "f"@24="1"@27}"#);
        check("a: {\r\n  b: 1\r\n}\r\n", r#"{"a"@0={"b"@8="1"@11}}"#);
        check("- a: [\n    b\n  ]\n- [\n    c\n# d\n\n]", r#"[{"a"@2=["b"@11]} ["c"@25]]"#);
        check("a:\n- #b\n- # c\n- - #d\n- x", r#"{"a"@0=[""@4 ""@9 [""@17] "x"@23]}"#);
        check("a: &x [1]\nb: *x\n", r#"{"a"@0=["1"@7] "b"@10=["*x"@13]}"#);
    }

    #[test]
    fn collections_span_their_brackets_and_dashes() {
        let text = "a: [b]\nc:\n- d\n- e\nf: {g: 1}\n";
        let root = parse(text).expect("it is YAML");
        let written: Vec<_> = root.entries().iter().map(|(_, value)| value.span.of(text)).collect();
        assert_eq!(written, ["[b]", "- d\n- e", "{g: 1}"]);
    }

    #[test]
    fn reasons() {
        check("title: Dune: Two", "`: ` in a value that is not in quotes: `Dune: Two`");
        check("- a: b: c # d", "`: ` in a value that is not in quotes: `b: c`");
        check("a: @k", "a value cannot begin with `@` unless it is in quotes: `@k`");
        check("a: ?\n", "a value cannot begin with `?` unless it is in quotes: `?`");
        check("a: *b* c", "a value that begins with `*` calls an anchor, and there is none of that name: `*b* c`");
        check("a: \"b\" c", "text after the closing quote: `c`");
        check("a: \"C:\\docs\"", "unknown escape `\\d` in double quotes: `\\d`");
        check("x: [a, b\nt: 1", "this `[` is not closed: `[`");
        check("x:\n  y: [\n    a\n]\nt: 1", "this `[` is not closed: `[`");
        check("x: {a: 1\n", "this `{` is not closed: `{`");
        check("a: 'b\nc: 1", "this quote is not closed: `'b`");
        check("t:\n - a\n -b\nc: 1", "a list item needs a space after its dash: `-b`");
        check("a:\n  b: 1\n c: 2", "the indentation does not fit the lines above: `c: 2`");
        check("u: [[A]] and [[B]]", "text after the closing bracket: `and [[B]]`");
        check("a: {{b} Él\u{10}c", "the control character U+0010 cannot stand in YAML: `\u{10}`");
        check("t:\n\t- a", "a tab cannot indent YAML; use spaces: `\t`");
        check("-\ta: 1", "a tab cannot indent YAML; use spaces: `\t`");
        check("a: - b", "a list cannot begin on the line of its key: `- b`");
        check("a: b\n- \nt:\n", "a list item below a key that has a value of its own: `-`");
        check("a: b\n- c\nt:\n", "a list item below a key that has a value of its own: `- c`");
        check("a: 1\n--- # x\nb: 2", "a second YAML document begins here: `---`");
    }

    #[test]
    fn growth_is_bounded() {
        let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let items = vec![format!("*a{}", level - 1); 9].join(", ");
            bomb += &format!("a{level}: &a{level} [{items}]\n");
        }
        assert!(parse(&bomb).is_err_and(|error| error.message.contains("too many values")));
        assert!(parse(&"[".repeat(100_000)).is_err());
        assert!(parse(&"- ".repeat(100_000)).is_err());
        assert!(parse(&"? ".repeat(100_000)).is_err());
        let chain = (1..500).fold("- &a0 [x]\n".to_owned(), |text, at| text + &format!("- &a{at} [*a{}]\n", at - 1));
        assert!(parse(&chain).is_err());
    }

    #[test]
    fn duplicates() {
        let find = |text: &str| parse_document(text).map(|document| document.duplicates.len());
        assert_eq!(find("a: 1\nb: 2\na: 3\na: 4"), Ok(2));
        assert_eq!(find("a: 1\nA: 2"), Ok(0));
        assert_eq!(find("1: 1\n'1': 2"), Ok(0));
        assert_eq!(find("x: {a: 1, a: 2}\ny: {a: 1}"), Ok(1));
        let many = (0..100).map(|at| format!("k{}: 1\n", at % 99)).collect::<String>();
        assert_eq!(find(&many), Ok(1));
    }
}
