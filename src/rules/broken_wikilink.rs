//! Wikilinks, in text, properties and canvas cards, whose note does not exist.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::note::LinkPlace;
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrokenWikilink {}

impl Rule for BrokenWikilink {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for link in &outline.links {
            if diagnostics.is_full() {
                return;
            }
            if !link.is_wikilink() || !vault.is_broken(file, link) {
                continue;
            }
            let target = outline.str(link.target);
            let diagnostic = diagnostics.report(file, link.target_span, format!("no note named `{target}`"));
            diagnostic.label("no such note");
            suggest::nearest(vault, file, link, diagnostic);
            if link.place == LinkPlace::Comment {
                // Obsidian counts links in comments, but nobody reads or clicks them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}
