//! Block ids at the ends of lines: ` ^id` (clauses B), and the labels of footnotes.

use crate::note::BlockId;
use crate::parse::content::Content;
use crate::parse::draft::Draft;

/// Reads the id at the end of the line `start..end` of `content`; returns where the text before it ends. `verbatim` is the
/// number of regions before this content.
pub(in crate::parse) fn read(
    content: &Content,
    (start, end): (usize, usize),
    verbatim: usize,
    draft: &mut Draft,
) -> Option<usize> {
    let line = content.text[start..end].trim_ascii_end();
    let caret = line.bytes().rposition(|byte| !byte.is_ascii_alphanumeric() && byte != b'-')?;
    let name = line.get(caret..)?.strip_prefix('^').filter(|name| !name.is_empty())?;
    let before = &line[..caret];
    let span = content.span(start + caret, start + line.len());
    // An id glued to a link is accepted (clause B5).
    let follows_link = || draft.links.iter().rev().take(2).any(|link| link.span.end == span.start);
    let is_apart = before.is_empty() || before.ends_with([' ', '\t']);
    if !is_apart && !(before.ends_with([']', ')']) && follows_link()) {
        return None;
    }
    let regions = &draft.verbatim[verbatim.min(draft.verbatim.len())..];
    let last = regions.partition_point(|region| region.span.start <= span.start);
    if last > 0 && regions[last - 1].span.contains(span.start) {
        return None;
    }
    let id = draft.strings.add(name);
    draft.block_ids.push(BlockId { span, id, footnote: false });
    Some(start + before.trim_ascii_end().len())
}

/// Returns the length of `[^id]:` at the beginning of a line, with the white space behind it.
pub(in crate::parse) fn footnote_len(line: &[u8]) -> Option<usize> {
    let label = line.strip_prefix(b"[^")?;
    let len = label.iter().take_while(|byte| !matches!(byte, b']' | b' ' | b'\t')).count();
    let after = label[len..].strip_prefix(b"]:").filter(|_| len > 0)?;
    let space = after.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    Some(line.len() - after.len() + space)
}
