//! Wikilinks to an alias, which Obsidian does not follow.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix, Severity};
use crate::note::{Link, LinkPlace};
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AliasLink {}

impl Rule for AliasLink {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for link in &outline.links {
            if diagnostics.is_full() {
                return;
            }
            if !link.is_wikilink() || !vault.is_broken(file, link) {
                continue;
            }
            let alias = outline.str(link.target);
            let notes = vault.with_alias(alias);
            let Some(first) = notes.first() else { continue };
            let message = if notes.len() == 1 {
                format!("`{alias}` is an alias of {}; a link needs the note's name", vault.path(*first))
            } else {
                format!("`{alias}` is an alias of {} notes; a link needs a note's name", notes.len())
            };
            let diagnostic = diagnostics.report(file, link.target_span, message).label("an alias");
            let written: Vec<String> = notes.iter().map(|note| written(vault, file, link, *note)).collect();
            let names: Vec<String> = written.iter().map(|text| format!("`[[{text}]]`")).collect();
            diagnostic.help(format!("write {}", names.join(" or ")));
            let fixes: Vec<Fix> = notes.iter().filter_map(|note| fix(vault, file, link, *note)).collect();
            match (notes.len(), fixes) {
                (1, mut fixes) => diagnostic.fix = fixes.pop(),
                (_, fixes) => diagnostic.alternatives = fixes,
            }
            if link.place == LinkPlace::Comment {
                // Obsidian counts links in comments, but nobody reads or clicks them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}

/// What stands between the brackets then; in a cell of a table the pipe is escaped (clause L10).
fn written(vault: &Vault, source: FileId, link: &Link, note: FileId) -> String {
    let outline = vault.outline(source);
    let name = vault.link_text(source, note);
    let pipe = if link.in_table { "\\|" } else { "|" };
    format!("{name}{}{pipe}{}", outline.str(link.subpath), outline.str(link.target))
}

/// Safe: the alias names one note, and the text that is shown stays. With a subpath the text would change.
fn fix(vault: &Vault, source: FileId, link: &Link, note: FileId) -> Option<Fix> {
    let name = vault.link_text(source, note);
    let edit = suggest::retarget(vault, source, link, note)?;
    let title = format!("link to `{name}`, shown as it is");
    if link.display.is_some() {
        return Some(Fix::safe(title, vec![edit]));
    }
    let whole = Edit::replace(source, link.target_span, written(vault, source, link, note));
    Some(match link.subpath.is_empty() {
        true if note == source => Fix::unsafe_because(title, "the note would link to itself", vec![whole]),
        true => Fix::safe(title, vec![whole]),
        false => Fix::unsafe_because(format!("link to `{name}`"), "the text that is shown changes", vec![whole]),
    })
}
