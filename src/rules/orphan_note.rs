//! Notes that no other note links to.

use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct OrphanNote {}

impl Rule for OrphanNote {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let path = vault.path(file);
        let is_linked = || vault.backlinks(file).iter().any(|(source, _)| *source != file);
        // Notes of days are found by their day.
        if !path.is_note() || vault.settings().obsidian.is_periodic(path.stem()) || is_linked() {
            return;
        }
        diagnostics
            .report(file, Span::at(0), format!("no note links to `{}`", path.stem()))
            .help("link to it from where a reader would look for it");
    }
}
