//! Tabs where YAML wants spaces: granit-parser lets some pass that Obsidian's parser refuses.

use super::{Reason, YamlError};
use crate::text::Span;

/// What begins at a place, as far as its indentation matters.
#[derive(Clone, Copy)]
pub(super) enum Begins {
    /// A key or list item of a block: no tab may stand before it.
    Block,
    /// Any other value: a tab is fine on the line of its key, or behind more spaces than the parent has.
    Value { parent_indent: usize },
}

/// Refuses a tab that indents what begins at `start`.
pub(super) fn check(text: &str, start: usize, begins: Begins) -> Result<(), YamlError> {
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let before = &text[line_start..start];
    let outer = before.trim_end_matches([' ', '\t']);
    let gap = &before[outer.len()..];
    let Some(tab) = gap.find('\t') else { return Ok(()) };
    let fits = match begins {
        Begins::Block => false,
        Begins::Value { parent_indent } => !outer.is_empty() || tab > parent_indent,
    };
    if fits {
        return Ok(());
    }
    let span = Span::new(line_start + outer.len() + tab, line_start + outer.len() + tab + 1);
    Err(YamlError { span, reason: Reason::Tab, message: "a tab cannot indent YAML; use spaces".to_owned() })
}
