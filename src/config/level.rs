//! The words for a rule's level.

use super::source::{Source, suggestion};
use crate::diagnostic::Severity;
use crate::parse::yaml::{Node, NodeKind};

/// The words that the config and the command line accept.
pub(super) const WORDS: [&str; 4] = ["error", "warning", "info", "off"];

/// A level as written: `true` asks for the rule's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Own,
    Off,
    At(Severity),
}

impl Level {
    /// Reads a word; `None` for any other.
    pub fn from_word(word: &str) -> Option<Level> {
        Some(match word {
            "off" | "false" => Level::Off,
            "true" | "on" => Level::Own,
            word => Level::At(Severity::from_name(word)?),
        })
    }

    /// Returns the severity for a rule whose page says `own`; a rule that is off by default is switched on at warning.
    pub fn severity(self, own: Option<Severity>) -> Option<Severity> {
        match self {
            Level::Own => Some(own.unwrap_or(Severity::Warning)),
            Level::Off => None,
            Level::At(severity) => Some(severity),
        }
    }
}

/// Reads a level; `None` for anything else.
pub(super) fn quietly(node: &Node) -> Option<Level> {
    match &node.kind {
        NodeKind::Bool(true) => Some(Level::Own),
        NodeKind::Bool(false) => Some(Level::Off),
        NodeKind::Text { value, .. } => Level::from_word(value),
        _ => None,
    }
}

/// Reads a level in the config.
pub(super) fn read(source: &mut Source<'_>, name: &str, node: &Node) -> Option<Level> {
    let level = quietly(node);
    if level.is_none() {
        match node.text() {
            Some(word) => {
                source.problem(node.span, format!("`{word}` is not a level"), Some(suggestion(word, WORDS)));
            }
            None => source.wrong_type(name, node, "`error`, `warning`, `info` or `off`"),
        }
    }
    level
}

/// Shows a level as the config writes it.
pub(super) fn shown(level: Option<Severity>) -> &'static str {
    level.map_or("off", Severity::name)
}
