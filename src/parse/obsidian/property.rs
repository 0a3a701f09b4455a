//! Links and tags in the frontmatter (clauses P and F9).

use memchr::memrchr_iter;

use super::{find_pair, wikilink};
use crate::note::{Link, LinkKind, LinkPlace, Outline, Tag, Value, ValueKind};
use crate::parse::draft::Draft;
use crate::text::{Span, Str};

/// Reads every text value of a valid frontmatter that is exactly one wikilink, and the property `tags`.
pub(in crate::parse) fn read(text: &str, outline: &Outline, draft: &mut Draft) {
    if !outline.frontmatter.valid {
        return;
    }
    let values = outline.properties.iter().map(|property| &property.value).chain(&outline.values);
    for value in values {
        if let ValueKind::Text { value: decoded, .. } = value.kind {
            read_link(text, value, decoded, draft);
        }
    }
    for property in outline.top_level() {
        if draft.strings.get(property.key).eq_ignore_ascii_case("tags") {
            read_tags(text, &property.value, outline, draft);
        }
    }
}

fn read_link(text: &str, value: &Value, decoded: Str, draft: &mut Draft) {
    let decoded = draft.strings.get(decoded);
    let Some((inner, parts)) = wikilink::exactly_one(decoded) else { return };
    let target = decoded[inner.range()][..parts.target_end].to_owned();
    let (target, subpath) = wikilink::keep_target(draft, &target);
    let raw = value.span.of(text);
    // An escape sequence could hide the brackets; then the whole value stands for the link.
    let brackets = raw.as_bytes();
    let closes = |at: &usize| brackets[*at..].starts_with(b"]]");
    let last = memrchr_iter(b']', brackets).map(|at| at.saturating_sub(1)).find(closes);
    let brackets = find_pair(brackets, b'[').zip(last).filter(|(open, close)| open + 2 <= *close);
    let (open, close) = brackets.unwrap_or((0, raw.len()));
    let start = value.span.start as usize;
    let (span, inner) = match brackets {
        Some(_) => (Span::new(start + open, start + close + 2), Span::new(start + open + 2, start + close)),
        None => (value.span, value.span),
    };
    let parts = wikilink::parts(inner.of(text));
    let inner_start = inner.start as usize;
    draft.links.push(Link {
        span,
        target_span: Span::new(inner_start, inner_start + parts.target_end),
        target,
        subpath,
        display: parts.display.map(|display| Span::new(inner_start + display, inner.end as usize)),
        kind: LinkKind::Property,
        place: LinkPlace::Property,
        embed: false,
        in_table: false,
    });
}

fn read_tags(text: &str, value: &Value, outline: &Outline, draft: &mut Draft) {
    let own = std::slice::from_ref(value);
    let values = if let ValueKind::List(range) = value.kind { outline.list(range) } else { own };
    for value in values {
        let ValueKind::Text { value: name, .. } = value.kind else { continue };
        let name = draft.strings.get(name);
        let name = name.strip_prefix('#').unwrap_or(name);
        if name.is_empty() || name.contains(char::is_whitespace) {
            continue;
        }
        let name = name.to_owned();
        let start = value.span.start as usize;
        let inside = value.span.of(text).find(&name).map(|at| Span::new(start + at, start + at + name.len()));
        let name = draft.strings.add(&name);
        draft.tags.push(Tag { span: inside.unwrap_or(value.span), name, in_property: true });
    }
}
