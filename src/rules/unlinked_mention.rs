//! Names of notes that stand in the text of another note without a link.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::rule::{Diagnostics, Rule};
use crate::text::FileId;
use crate::vault::{Mention, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnlinkedMention {}

impl Rule for UnlinkedMention {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let mentions = vault.mentions(file);
        if mentions.is_empty() {
            return;
        }
        let Some(text) = vault.text(file) else { return };
        let links = vault.outline(file).links.iter();
        let mut done: FxHashSet<FileId> = links.filter_map(|link| vault.resolve(file, link).file()).collect();
        // Only the first mention, and none of a note that is linked anywhere in the note: one link is what a reader needs.
        for mention in mentions {
            if !done.insert(mention.note) {
                continue;
            }
            let name = mention.span.of(&text);
            let note = vault.path(mention.note);
            let link = link(vault, file, &mention, name);
            diagnostics
                .report(file, mention.span, format!("`{name}` is named without a link to {note}"))
                .label("no link")
                .help(format!("write `{link}`"))
                .fix(Fix::unsafe_because(
                    format!("write `{link}`"),
                    "the words may mean something else",
                    vec![Edit::replace(file, mention.span, link)],
                ));
        }
    }
}

fn link(vault: &Vault, source: FileId, mention: &Mention, name: &str) -> String {
    if vault.leads_to(source, name, mention.note) {
        return format!("[[{name}]]");
    }
    let pipe = if mention.in_table { "\\|" } else { "|" };
    format!("[[{}{pipe}{name}]]", vault.link_text(source, mention.note))
}
