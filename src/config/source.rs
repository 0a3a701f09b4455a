//! One config file with its tree: typed access to its values, and the mistakes found on the way.

use super::{ConfigProblem, ConfigText};
use crate::parse::yaml::{Node, NodeKind};
use crate::text::{LineIndex, Span, closest};

/// A config file that is being read.
pub(super) struct Source<'a> {
    pub file: &'a ConfigText,
    pub problems: Vec<ConfigProblem>,
}

/// A key that is known, as written, with its value.
#[derive(Clone, Copy)]
pub(super) struct Field<'a> {
    pub key: &'a str,
    pub key_span: Span,
    pub value: &'a Node,
}

impl Source<'_> {
    pub fn new(file: &ConfigText) -> Source<'_> {
        Source { file, problems: Vec::new() }
    }

    /// Adds a mistake at `span`.
    pub fn problem(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.problems.push(ConfigProblem {
            path: Some(self.file.path.clone()),
            text: self.file.text.clone(),
            span,
            message: message.into(),
            help,
        });
    }

    /// Returns where `span` stands, for `vaultlint config`.
    pub fn origin(&self, span: Span) -> String {
        let line = LineIndex::new(&self.file.text).line(span.start) + 1;
        format!("{}:{line}", self.file.path)
    }

    /// Returns the text of a single value; numbers and dates are taken as written.
    pub fn text(&mut self, name: &str, node: &Node) -> Option<String> {
        match &node.kind {
            NodeKind::Text { value, .. } => Some(value.clone()),
            NodeKind::Integer(_) | NodeKind::Float(_) | NodeKind::Bool(_) => {
                Some(node.span.of(&self.file.text).to_owned())
            }
            _ => {
                self.wrong_type(name, node, "a text");
                None
            }
        }
    }

    /// Returns the texts of a list, or of a single text.
    pub fn texts(&mut self, name: &str, node: &Node) -> Vec<(String, Span)> {
        let items = match &node.kind {
            NodeKind::List(items) => items.as_slice(),
            NodeKind::Null | NodeKind::Map(_) => {
                self.wrong_type(name, node, "a text or a list of texts");
                &[]
            }
            _ => std::slice::from_ref(node),
        };
        items.iter().filter_map(|item| Some((self.text(name, item)?, item.span))).collect()
    }

    pub fn boolean(&mut self, name: &str, node: &Node) -> Option<bool> {
        if let NodeKind::Bool(value) = node.kind {
            return Some(value);
        }
        self.wrong_type(name, node, "`true` or `false`");
        None
    }

    pub fn list<'n>(&mut self, name: &str, node: &'n Node) -> &'n [Node] {
        if let NodeKind::List(items) = &node.kind {
            return items;
        }
        self.wrong_type(name, node, "a list");
        &[]
    }

    /// Returns the entries of a mapping whatever their keys.
    pub fn entries<'n>(&mut self, name: &str, node: &'n Node) -> Vec<Field<'n>> {
        let NodeKind::Map(entries) = &node.kind else {
            self.wrong_type(name, node, "a mapping of `key: value` lines");
            return Vec::new();
        };
        let mut fields = Vec::new();
        for (key, value) in entries {
            match key.text() {
                Some(text) => fields.push(Field { key: text, key_span: key.span, value }),
                None => self.problem(key.span, format!("`{name}` has a key that is not a text"), None),
            }
        }
        fields
    }

    /// Returns the entries of a mapping whose keys are among `known`; another key is a mistake.
    pub fn fields<'n>(&mut self, name: &str, node: &'n Node, known: &[&str]) -> Vec<Field<'n>> {
        let mut fields = self.entries(name, node);
        for field in &fields {
            if !known.contains(&field.key) {
                let help = Some(suggestion(field.key, known.iter().copied()));
                self.problem(field.key_span, format!("`{name}` has no key `{}`", field.key), help);
            }
        }
        fields.retain(|field| known.contains(&field.key));
        fields
    }

    /// Says why a regular expression cannot be compiled.
    pub fn regex_problem(&mut self, written: &str, span: Span) {
        // The library draws a picture over several lines; its last line is the reason.
        let error = regex::Regex::new(written).err().map(|error| error.to_string()).unwrap_or_default();
        let reason = error.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        self.problem(span, format!("`{written}` is not a regular expression: {reason}"), None);
    }

    pub fn wrong_type(&mut self, name: &str, node: &Node, expected: &str) {
        let found = match node.kind {
            NodeKind::Null => "nothing",
            NodeKind::Bool(_) => "a boolean",
            NodeKind::Integer(_) | NodeKind::Float(_) => "a number",
            NodeKind::Text { .. } => "a text",
            NodeKind::List(_) => "a list",
            NodeKind::Map(_) => "a mapping",
        };
        self.problem(node.span, format!("`{name}` must be {expected}, not {found}"), None);
    }
}

/// "did you mean `x`?", or the words there are.
pub(super) fn suggestion<'a>(wanted: &str, words: impl IntoIterator<Item = &'a str> + Clone) -> String {
    let lower = wanted.to_lowercase().replace('_', "-");
    if let Some(word) = closest(&lower, words.clone()) {
        return format!("did you mean `{word}`?");
    }
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    format!("expected one of {}", quoted.join(", "))
}
