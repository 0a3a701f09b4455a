//! The `---` lines around the block, and blocks that miss one or stand in the wrong place.

use crate::parse::yaml;
use crate::text::{Span, lines};

/// Where the block lies.
pub(super) struct Block {
    /// With both fences, without the line ending after the second.
    pub span: Span,
    /// Between the fences.
    pub inner: Span,
    /// After the line ending of the second fence.
    pub body_start: usize,
}

/// Finds the block: `---` on the first line (a byte order mark may stand before it), and a later `---` line.
pub(super) fn find(text: &str) -> Option<Block> {
    let start = after_byte_order_mark(text);
    let inner_start = opening(text, start)?;
    close(text, start, inner_start)
}

/// Returns the opening fence of a block that is never closed, if what follows it is a property.
pub(super) fn unclosed(text: &str) -> Option<Span> {
    let start = after_byte_order_mark(text);
    let inner_start = opening(text, start)?;
    let first = lines(&text[inner_start..]).find(|line| !line.trim().is_empty())?;
    is_property(first).then(|| Span::new(start, start + 3))
}

/// Returns the opening fence of a block behind blank lines or spaces, if all of it is properties.
pub(super) fn not_at_top(text: &str) -> Option<Span> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let inner_start = opening(text, start)?;
    if start == after_byte_order_mark(text) {
        return None;
    }
    let inner = close(text, start, inner_start)?.inner;
    let root = yaml::parse(inner.of(text)).ok()?;
    let entries = root.entries();
    let all_are_names = entries.iter().all(|(key, _)| key.text().is_some_and(is_name));
    (!entries.is_empty() && all_are_names).then(|| Span::new(start, start + 3))
}

fn after_byte_order_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// Returns where the text after the opening fence at `start` begins.
fn opening(text: &str, start: usize) -> Option<usize> {
    let rest = text[start..].strip_prefix("---")?;
    let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
    Some(text.len() - rest.len())
}

fn close(text: &str, start: usize, inner_start: usize) -> Option<Block> {
    let mut line_start = inner_start;
    while line_start < text.len() {
        let rest = &text[line_start..];
        let line = &rest[..memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1)];
        // White space after the dashes is not judged: what Obsidian does with it is not certain.
        let is_fence = line.strip_prefix("---").is_some_and(|rest| rest.trim().is_empty());
        if is_fence {
            return Some(Block {
                span: Span::new(start, line_start + line.trim_end_matches(['\r', '\n']).len()),
                inner: Span::new(inner_start, line_start),
                body_start: line_start + line.len(),
            });
        }
        line_start += line.len();
    }
    None
}

/// `name:` or `name: value`.
fn is_property(line: &str) -> bool {
    let line = line.trim_end();
    let name = line.strip_suffix(':').or_else(|| line.split_once(": ").map(|(name, _)| name));
    name.is_some_and(is_name)
}

/// A property's name, not a sentence that happens to hold a colon.
fn is_name(name: &str) -> bool {
    let begins_well = name.starts_with(|first: char| first.is_alphabetic() || first == '_');
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/'));
    begins_well && is_plain && name.split(' ').count() <= 3
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn a_lone_carriage_return_ends_the_line_of_a_property() {
        let is_unclosed = |text| unclosed(text).is_some();
        assert!(is_unclosed("---\ntags:\n## Head\n"));
        assert!(is_unclosed("---\r\ntags:\r## Head\r\n"));
        assert!(is_unclosed("---\n\rtitle: x\rtext\n"));
        assert!(!is_unclosed("---\ntext\rtags:\n"));
    }
}
