//! One statement in several notes.

use serde::{Deserialize, Serialize};

use crate::rule::statements::quoted;
use crate::rule::{Diagnostics, Rule};
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RepeatedFact {}

impl Rule for RepeatedFact {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for group in &vault.facts().repeated {
            let notes = group.chunk_by(|one, another| one.file == another.file).count();
            let text = vault.fact_text(group[0]);
            let message = format!("{} is stated in {notes} notes", quoted(text));
            let diagnostic = diagnostics.report(group[0].file, vault.fact(group[0]).span, message);
            diagnostic.label("stated here").group_key(format!("{:016x}", vault.fact(group[0]).fingerprint));
            for id in &group[1..] {
                diagnostic.related(id.file, vault.fact(*id).span, "and here");
            }
            diagnostic.help("keep it in the note that it is about, and link there from the others");
        }
    }
}
