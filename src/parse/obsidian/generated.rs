//! What plugins write into a note for themselves (clause Z9): the data of an Excalidraw drawing, the settings of a Kanban
//! board. Obsidian indexes it, and nobody wants it judged.

use memchr::memmem;

use crate::note::{LinkPlace, Outline, VerbatimKind};
use crate::parse::draft::Draft;
use crate::text::{Span, Str, VaultPath, to_u32};

/// Headings with which the data of a drawing begins; older versions of the plugin had no common one.
const DRAWING_HEADINGS: [&str; 3] = ["Excalidraw Data", "Text Elements", "Drawing"];

/// Marks the links of the generated part, and drops what would be judged as prose there.
pub(in crate::parse) fn mark(path: &VaultPath, text: &str, body: usize, outline: &Outline, draft: &mut Draft) {
    if is_drawing(path, outline, draft)
        && let Some(start) = data_start(text, body)
    {
        let start = to_u32(start);
        mark_links(draft, Span { start, end: to_u32(text.len()) });
        draft.drop_prose_from(start);
    }
    if has_property(outline, draft, "kanban-plugin") {
        let is_settings = |span: Span| memmem::find(span.of(text).as_bytes(), b"kanban:settings").is_some();
        let comments = draft.verbatim.iter().rev().filter(|region| region.kind == VerbatimKind::Comment);
        if let Some(settings) = comments.map(|region| region.span).find(|span| is_settings(*span)) {
            mark_links(draft, settings);
        }
    }
}

fn is_drawing(path: &VaultPath, outline: &Outline, draft: &Draft) -> bool {
    const ENDING: &[u8] = b".excalidraw.md";
    let path = path.as_str().as_bytes();
    path[path.len().saturating_sub(ENDING.len())..].eq_ignore_ascii_case(ENDING)
        || has_property(outline, draft, "excalidraw-plugin")
}

fn has_property(outline: &Outline, draft: &Draft, name: &str) -> bool {
    let is_it = |key: Str| key.len() == name.len() && draft.strings.get(key).eq_ignore_ascii_case(name);
    outline.top_level().iter().any(|property| is_it(property.key))
}

/// Returns where the first heading of the data begins, which may stand inside a comment.
fn data_start(text: &str, body: usize) -> Option<usize> {
    let is_data = |line: &str| {
        let title = line.strip_prefix("# ").or_else(|| line.strip_prefix("## "));
        title.is_some_and(|title| DRAWING_HEADINGS.contains(&title.trim_end()))
    };
    crate::parse::content::lines(&text[body..])
        .map(|(start, end)| (body + start, body + end))
        .find(|(start, end)| text[*start..].starts_with('#') && is_data(&text[*start..*end]))
        .map(|(start, _)| start)
}

fn mark_links(draft: &mut Draft, part: Span) {
    for link in draft.links.iter_mut().filter(|link| part.covers(link.span)) {
        link.place = LinkPlace::Generated;
    }
}
