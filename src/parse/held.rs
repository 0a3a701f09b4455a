//! What a link or a name says is mostly part of a fact or a heading, which the strings hold as written: it takes no room of
//! its own.

use super::draft::Draft;
use crate::note::Outline;
use crate::text::{Span, Str, to_u32};

/// Returns where the strings hold what the text has at `span`, as part of a fact or a heading.
pub(super) fn held(outline: &Outline, span: Span) -> Option<Str> {
    let fact = last(&outline.facts, |fact| fact.span.start <= span.start).map(|fact| (fact.span, fact.text()));
    part(fact, span).or_else(|| {
        let heading = last(&outline.headings, |heading| heading.text_span.start <= span.start);
        part(heading.map(|heading| (heading.text_span, heading.text())), span)
    })
}

fn last<T>(list: &[T], is_before: impl Fn(&T) -> bool) -> Option<&T> {
    list[..list.partition_point(is_before)].last()
}

fn part(whole: Option<(Span, Str)>, span: Span) -> Option<Str> {
    let (whole, text) = whole.filter(|(whole, text)| whole.covers(span) && !text.is_empty())?;
    Some(Str::at(text.start() + (span.start - whole.start), span.len()))
}

/// Moves what links lead to from the draft to the strings, unless these have it as it is written.
pub(super) fn move_targets(text: &str, outline: &mut Outline, draft: &mut Draft) {
    let mut links = std::mem::take(&mut outline.links);
    for link in &mut links {
        let held = held(outline, link.target_span);
        let written = link.target_span.of(text);
        let mut moved = |piece: Str, is_end: bool| {
            let piece = draft.targets.get(piece);
            let is_there = if is_end { written.ends_with(piece) } else { written.starts_with(piece) };
            match held.filter(|_| is_there) {
                Some(held) => {
                    let before = if is_end { written.len() - piece.len() } else { 0 };
                    Str::at(held.start() + to_u32(before), piece.len())
                }
                None => draft.strings.add(piece),
            }
        };
        (link.target, link.subpath) = (moved(link.target, false), moved(link.subpath, true));
    }
    draft.targets.clear();
    outline.links = links;
}
