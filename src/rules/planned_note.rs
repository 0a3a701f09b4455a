//! Notes that do not exist yet and that several notes link to already.

use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule};
use crate::vault::Vault;

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PlannedNote {
    /// How many notes must link to it.
    pub min_links: usize,
}

impl Default for PlannedNote {
    fn default() -> PlannedNote {
        PlannedNote { min_links: 3 }
    }
}

impl Rule for PlannedNote {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for missing in vault.missing() {
            let sources = missing.sources(vault);
            let (file, first) = missing.links[0];
            let link = &vault.outline(file).links[first as usize];
            let target = vault.outline(file).str(link.target);
            // What is deleted was written once: it is missed, not planned.
            if sources < self.min_links.max(1) || vault.has_lost(target) || vault.unusable(file, link).is_some() || !vault.nearest(file, target).is_empty() {
                continue;
            }
            let message = format!("`{target}` does not exist, and {sources} notes link to it: it seems planned");
            let diagnostic = diagnostics.report(file, link.target_span, message);
            diagnostic.label("not written yet").help("create the note; no other note has a name near to it");
            diagnostic.group_key(target.to_lowercase());
            for (file, link) in &missing.links[1..] {
                let span = vault.outline(*file).links[*link as usize].target_span;
                diagnostic.related(*file, span, "linked here too");
            }
        }
    }
}
