//! The head of a callout: `[!type]` with its fold mark (clause Z2).

use crate::note::{Callout, UnclosedKind};
use crate::parse::draft::Draft;
use crate::text::Span;

/// Tells whether the first line of a quote looks like the head of a callout.
pub(in crate::parse) fn is_head(line: &str) -> bool {
    line.strip_prefix("[!").and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric)
}

/// Reads the head at the beginning of `line`, which begins at `start` in the note; returns where the title begins in the line.
pub(in crate::parse) fn read(line: &str, start: usize, draft: &mut Draft) -> usize {
    if !is_head(line) {
        return 0;
    }
    let Some(close) = line.find(']') else {
        draft.add_unclosed(Span::new(start, start + line.trim_end().len()), UnclosedKind::Callout);
        return 0;
    };
    let fold = usize::from(line[close + 1..].starts_with(['+', '-']));
    // What follows a pipe is metadata for themes.
    let kind = line[2..close].split('|').next().unwrap_or_default();
    let begin = start + 2 + kind.len() - kind.trim_start().len();
    let kind_span = Span::new(begin, begin + kind.trim().len());
    draft.callouts.push(Callout { span: Span::new(start, start + close + 1 + fold), kind_span });
    close + 1 + fold
}
