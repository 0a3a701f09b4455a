//! Turns the text of a note or canvas into a [`Note`]. Parsing never fails: what is wrong becomes part of the outline.

use crate::note::{Note, Outline};
use crate::text::{FileId, Strings, VaultPath, to_u32};

pub mod yaml;
mod frontmatter;

/// Parses a note or canvas (told by the extension of `path`); `text` is at most 4 GiB.
pub fn parse(id: FileId, path: VaultPath, text: impl Into<Box<str>>) -> Note {
    let text = text.into();
    let outline = outline(&path, &text);
    Note { id, path, text, outline }
}

fn outline(path: &VaultPath, text: &str) -> Outline {
    let mut strings = Strings::default();
    let mut outline = Outline { text_len: to_u32(text.len()), ..Outline::default() };
    if !path.is_canvas() {
        let parts = frontmatter::parse(text, &mut strings);
        outline.frontmatter = parts.frontmatter;
        outline.properties = parts.properties.into();
        outline.values = parts.values.into();
    }
    outline.strings = strings.finish();
    outline
}
