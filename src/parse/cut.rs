//! Finds list items whose text breaks off: they end in `...` or `…`, perhaps with `(via …)` behind it.

use crate::note::{Cut, Item};
use crate::text::{Span, to_u32};

/// A shorter text that ends in dots is a writer's pause, not a summary that a program cut.
const MIN_LEN: usize = 40;

/// Returns the dots at which items break off, in the order of the items.
pub(super) fn read(text: &str, items: &[Item]) -> Vec<Cut> {
    let cut = |(index, item): (usize, &Item)| {
        let own = item.text_span.of(text);
        let end = without_source(own).trim_end();
        let length = ["...", "…"].into_iter().find(|dots| end.ends_with(dots)).map(str::len)?;
        let start = item.text_span.start as usize + end.len() - length;
        (own.len() >= MIN_LEN).then(|| Cut { item: to_u32(index), span: Span::new(start, start + length) })
    };
    items.iter().enumerate().filter_map(cut).collect()
}

/// Takes `(via Ada Lovelace)` off the end.
fn without_source(text: &str) -> &str {
    let text = text.trim_end();
    let Some(inner) = text.strip_suffix(')') else { return text };
    inner.rfind('(').filter(|at| text[*at..].starts_with("(via ")).map_or(text, |at| &text[..at])
}
