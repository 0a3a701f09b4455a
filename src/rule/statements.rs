//! How findings about statements are worded: what stands twice, what differs, and how one of two is taken out.

use crate::diagnostic::Edit;
use crate::language::fact::Comparison;
use crate::note::{Fact, FactPlace, Outline};
use crate::text::{FileId, Span, line_end, to_u32};
use crate::vault::Vault;
use crate::vault::facts::{FactId, FactPair};

/// Longer statements are cut in messages.
const SHOWN: usize = 60;

/// Returns the statement as it is shown in a message: one line, at most so many letters.
pub fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'");
    match line.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("`{}…`", line[..end].trim_end()),
        None => format!("`{line}`"),
    }
}

/// Returns why the two were compared and what differs, in words.
pub fn reason(comparison: &Comparison) -> String {
    match (comparison.same.as_str(), comparison.differs.as_str()) {
        ("", "") => "the same words".to_owned(),
        (same, "") => same.to_owned(),
        (same, differs) => format!("{same}; {differs}"),
    }
}

/// Returns the part of a fact to be marked: where it differs if that is one place, else all of it.
pub fn marked(vault: &Vault, id: FactId, ranges: &[std::ops::Range<usize>]) -> Span {
    let span = vault.fact(id).span;
    match ranges {
        [range] if range.end <= span.len() && !range.is_empty() => {
            Span { start: span.start + to_u32(range.start), end: span.start + to_u32(range.end) }
        }
        _ => span,
    }
}

/// Returns the edit that takes a list item out, whole lines; none where something hangs on it.
fn removal(vault: &Vault, file: FileId, fact: &Fact) -> Option<Edit> {
    let FactPlace::Item(_) = fact.place else { return None };
    let (outline, text, body) = (vault.outline(file), vault.text(file)?, vault.body(file)?);
    let index = body.items.partition_point(|item| item.text_span.start < fact.span.start);
    let item = body.items.get(index).filter(|item| item.text_span == fact.span)?;
    // What stands below an item follows it.
    let has_child = body.items.get(index + 1).is_some_and(|next| next.parent == Some(to_u32(index)));
    let line = whole_lines(&text, item.span)?;
    let first = outline.block_ids.partition_point(|block| block.span.start < line.start);
    let is_linked = outline.block_ids.get(first).is_some_and(|block| line.covers(block.span));
    let is_alone = !has_child && !is_linked && !is_suppression(outline, line) && !carries_more(&text, item.span, line);
    is_alone.then(|| Edit::delete(file, line))
}

/// Tells whether what stands below an item is indented under it: a second paragraph, a table, code.
fn carries_more(text: &str, item: Span, line: Span) -> bool {
    let start = text[..item.start as usize].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_margin = |letter: char| matches!(letter, ' ' | '\t' | '>');
    let mut below = text[line.end as usize..].lines();
    let next = below.find(|line| !line.trim_matches(is_margin).is_empty());
    let width = |line: &str| -> usize {
        line.chars().take_while(|letter| is_margin(*letter)).map(|letter| if letter == '\t' { 4 } else { 1 }).sum()
    };
    next.is_some_and(|next| width(next) > width(&text[start..item.start as usize]))
}

/// Returns the edits that take several items of one note out; `None` if one of them cannot go.
pub fn removals<'f>(vault: &Vault, file: FileId, facts: impl Iterator<Item = &'f Fact>) -> Option<Vec<Edit>> {
    let mut edits: Vec<Edit> = facts.map(|fact| removal(vault, file, fact)).collect::<Option<_>>()?;
    edits.sort_by_key(|edit| edit.span);
    let text = vault.text(file)?;
    let mut next = u32::MAX;
    for edit in edits.iter_mut().rev() {
        // The item below is the last of a note without a line ending at its end, and took this one's along.
        if edit.span.end > next {
            edit.span = Span::new(end_of_text(text.get(..edit.span.start as usize)?), next as usize);
        }
        next = edit.span.start;
    }
    Some(edits)
}

/// Where a text ends but for its last line endings.
fn end_of_text(text: &str) -> usize {
    text.trim_end_matches(['\n', '\r']).len()
}

fn is_suppression(outline: &Outline, line: Span) -> bool {
    let first = outline.suppressions.partition_point(|suppression| suppression.span.end <= line.start);
    outline.suppressions.get(first).is_some_and(|suppression| line.overlaps(suppression.span))
}

/// The lines of an item with their line ending, if nothing but indentation and quote marks stands before it.
fn whole_lines(text: &str, item: Span) -> Option<Span> {
    let before = &text[..item.start as usize];
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let is_margin = before[start..].bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'>'));
    let (end, next) = line_end(text.as_bytes(), item.end as usize);
    let is_end = text[item.end as usize..end].trim().is_empty();
    if !is_margin || !is_end {
        return None;
    }
    // The last line of a note has no ending of its own: it takes the one before it along.
    let start = if next == end { end_of_text(&before[..start]) } else { start };
    Some(Span::new(start, next))
}

/// Joins pairs of one note into groups, each in order.
pub fn groups(pairs: &[&FactPair]) -> Vec<Vec<FactId>> {
    let mut groups: Vec<Vec<FactId>> = Vec::new();
    for pair in pairs {
        let find = |groups: &[Vec<FactId>], id| groups.iter().position(|group| group.contains(&id));
        match (find(&groups, pair.one), find(&groups, pair.another)) {
            (Some(one), Some(another)) if one != another => {
                let moved = groups.remove(one.max(another));
                groups[one.min(another)].extend(moved);
            }
            (Some(group), None) => groups[group].push(pair.another),
            (None, Some(group)) => groups[group].push(pair.one),
            (None, None) => groups.push(vec![pair.one, pair.another]),
            _ => {}
        }
    }
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::config::Config;
    use crate::diagnostic::Applicability;
    use crate::text::VaultPath;

    #[test]
    fn the_last_items_of_a_note_leave_no_line_ending_behind() {
        let item = "- Larch stores its backups in Bergen.";
        for line_end in ["\n", "\r\n"] {
            for lines in [["# Larch", "", item, item, item], ["# Larch", item, item, "", item]] {
                let files = [(VaultPath::new("Larch.md"), Arc::from(lines.join(line_end)))];
                let (outcome, fixed) = crate::fix::in_memory(&files, &Config::default(), Applicability::Safe);
                assert!(outcome.bugs.is_empty(), "{:?}", outcome.bugs);
                assert!(fixed[0].1.ends_with(item) && fixed[0].1.matches(item).count() == 1, "{:?}", fixed[0].1);
            }
        }
    }
}
