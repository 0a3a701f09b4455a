//! Attachments that no note shows or links to.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::note::{Outline, ValueKind, VerbatimKind};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::{Contents, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnusedAttachment {}

/// Attachments that Obsidian knows (clause R14); other files in the folder are not its own.
const KNOWN: [&str; 20] = [
    "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "webp", "flac", "m4a", "mp3", "ogg", "wav", "webm", "3gp", "mkv",
    "mov", "mp4", "ogv", "pdf",
];

impl Rule for UnusedAttachment {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        let is_attachment = |id: &FileId| {
            let file = vault.file(*id);
            file.contents == Contents::Attachment && is_known(file.path.extension()) && vault.backlinks(*id).is_empty()
        };
        let unlinked: Vec<FileId> = vault.files().map(|(id, _)| id).filter(is_attachment).collect();
        if unlinked.is_empty() {
            return;
        }
        let used = used_without_link(vault);
        for id in unlinked.into_iter().filter(|id| !used.contains(id)) {
            let name = vault.path(id).file_name();
            diagnostics
                .report(id, Span::at(0), format!("no note shows `{name}` or links to it"))
                .help("embed it where it belongs, or delete it");
        }
    }
}

fn is_known(extension: &str) -> bool {
    KNOWN.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

/// Files that a property names as plain text, or that `src` or `href` of an HTML tag name.
fn used_without_link(vault: &Vault) -> FxHashSet<FileId> {
    let mut used = FxHashSet::default();
    for (source, file) in vault.files().filter(|(_, file)| file.contents == Contents::Read) {
        let outline = vault.outline(source);
        let mut names = property_texts(outline);
        let has_html = outline.has_html && file.path.is_note();
        let read = if has_html { vault.text(source).zip(vault.body(source)) } else { None };
        if let Some((text, body)) = &read {
            let html = body.verbatim.iter().filter(|own| own.kind == VerbatimKind::Html);
            html.for_each(|html| names.extend(addresses(html.span.of(text))));
        }
        for name in names {
            let name = name.replace("%20", " ");
            used.extend(vault.resolve_text(source, &name, false).file());
        }
    }
    used
}

fn property_texts(outline: &Outline) -> Vec<&str> {
    let values = outline.properties.iter().map(|property| &property.value).chain(&outline.values);
    let texts = values.filter_map(|value| match value.kind {
        ValueKind::Text { value, .. } => Some(outline.str(value)),
        _ => None,
    });
    texts.filter(|text| text.rsplit_once('.').is_some_and(|(_, extension)| is_known(extension))).collect()
}

/// The values of `src` and `href`.
fn addresses(html: &str) -> Vec<&str> {
    let quoted = |rest: &'static str| html.split(rest).skip(1);
    let value = |rest: &str| -> Option<usize> {
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].find(quote)
    };
    let found = quoted("src=").chain(quoted("href="));
    found.filter_map(|rest| value(rest).map(|end| &rest[1..1 + end])).collect()
}
