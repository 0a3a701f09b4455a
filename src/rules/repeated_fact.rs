//! One statement in several notes.

use serde::{Deserialize, Serialize};

use crate::language::fact::subject_keys;
use crate::rule::statements::quoted;
use crate::rule::{Diagnostics, Rule};
use crate::vault::Vault;
use crate::vault::facts::FactId;
use crate::vault::settings::Kind;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RepeatedFact {}

impl Rule for RepeatedFact {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for group in &vault.facts().repeated {
            let notes = group.chunk_by(|one, another| one.file == another.file).count();
            let home = home(vault, group);
            let message = format!("{} is stated in {notes} notes", quoted(vault.fact_text(home)));
            let diagnostic = diagnostics.report(home.file, vault.fact(home).span, message);
            diagnostic.label("stated here").group_key(format!("{:016x}", vault.fingerprint(group[0])));
            for id in group.iter().filter(|id| **id != home) {
                diagnostic.related(id.file, vault.fact(*id).span, "and here");
            }
            diagnostic.help("keep it in the note that it is about, and link there from the others");
        }
    }
}

/// The place where the fact belongs: in the note whose name it names, else in the last that is no person's.
fn home(vault: &Vault, group: &[FactId]) -> FactId {
    let is_about = |id: &&FactId| {
        let keys = vault.statement(**id).signature().keys;
        let subject = subject_keys(vault.subject(id.file));
        !subject.is_empty() && subject.iter().all(|key| keys.binary_search(key).is_ok())
    };
    let is_thing = |id: &&FactId| vault.kind(id.file) != Some(&Kind::Person);
    let home = group.iter().find(is_about).or_else(|| group.iter().rev().find(is_thing));
    home.copied().unwrap_or(group[0])
}
