//! Finds lists with items whose text breaks off: they end in `...` or `…`, perhaps with `(via …)` behind it.

use crate::language::fact::without_source;
use crate::note::{Body, Cut, CutList, Item, Outline};
use crate::text::{Span, Strings, to_u32};

use super::held::held;

/// A shorter text that ends in dots is a writer's pause, not a summary that a program cut.
const MIN_LEN: usize = 40;

/// Returns the lists in which items break off, in the order of their numbers; the outline has everything else but its names
/// and strings.
pub(super) fn read(text: &str, outline: &Outline, body: &Body, strings: &mut Strings) -> Box<[CutList]> {
    let mut cut = |item: &Item| {
        let (start, span) = (item.text_span.start, dots(text, item)?);
        let own = Span { start, end: span.start };
        let held = held(outline, own).unwrap_or_else(|| strings.add(own.of(text)));
        Some((item.list, Cut { start, span, text_start: held.start() }))
    };
    let mut cuts: Vec<(u32, Cut)> = body.items.iter().filter_map(&mut cut).collect();
    if cuts.is_empty() {
        return Box::default();
    }
    cuts.sort_by_key(|(list, _)| *list);
    let groups: Vec<&[(u32, Cut)]> = cuts.chunk_by(|a, b| a.0 == b.0).collect();
    let group_of = |item: &Item| groups.binary_search_by_key(&item.list, |group| group[0].0).ok();
    let mut links = vec![Vec::new(); groups.len()];
    for (index, link) in outline.links.iter().enumerate() {
        if let Some(group) = body.item_at(link.span).and_then(group_of) {
            links[group].push(to_u32(index));
        }
    }
    let mut items = vec![0; groups.len()];
    body.items.iter().filter_map(group_of).for_each(|group| items[group] += 1);
    let list = |number: usize| CutList {
        list: groups[number][0].0,
        items: items[number],
        cuts: groups[number].iter().map(|(_, cut)| *cut).collect(),
        links: links[number].as_slice().into(),
    };
    (0..groups.len()).map(list).collect()
}

/// Returns the dots at which an item breaks off.
fn dots(text: &str, item: &Item) -> Option<Span> {
    let own = item.text_span.of(text);
    let end = without_source(own);
    let length = ["...", "…"].into_iter().find(|dots| end.ends_with(dots)).map(str::len)?;
    let start = item.text_span.start as usize + end.len() - length;
    (own.len() >= MIN_LEN).then(|| Span::new(start, start + length))
}
