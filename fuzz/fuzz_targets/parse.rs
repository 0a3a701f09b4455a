//! Any text is parsed, as a note and as a canvas, and every span fits it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vaultlint::parse::parse;
use vaultlint::text::{FileId, Span, VaultPath};

fuzz_target!(|text: &str| {
    for path in ["note.md", "board.canvas"] {
        let note = parse(FileId(0), VaultPath::new(path), text);
        let (outline, body) = (&note.outline, &note.body);
        let fits = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
        outline.headings.iter().for_each(|heading| fits(heading.span));
        body.items.iter().for_each(|item| fits(item.span));
        body.paragraphs.iter().for_each(|paragraph| fits(paragraph.span));
        outline.links.iter().for_each(|link| fits(link.target_span));
        outline.tags.iter().for_each(|tag| fits(tag.span));
        body.verbatim.iter().for_each(|verbatim| fits(verbatim.span));
        outline.suppressions.iter().for_each(|suppression| fits(suppression.scope));
    }
});
