//! The same statement in other words.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::language::fact::Relation;
use crate::rule::statements::{quoted, reason};
use crate::rule::{Diagnostics, Rule};
use crate::text::FileId;
use crate::vault::Vault;
use crate::vault::facts::FactPair;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct RestatedFact {}

impl Rule for RestatedFact {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        report(vault, &vault.note_facts(file).pairs, diagnostics);
    }

    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        report(vault, &vault.facts().pairs, diagnostics);
    }
}

/// Reports each statement once, with the first that says the same.
fn report(vault: &Vault, pairs: &[FactPair], diagnostics: &mut Diagnostics) {
    let mut told = FxHashSet::default();
    for pair in pairs.iter().filter(|pair| pair.comparison.relation == Relation::Restated) {
        if !told.insert(pair.another) {
            continue;
        }
        let first = vault.fact(pair.one).span;
        let message = format!("states in other words that {}", quoted(vault.fact_text(pair.one)));
        let diagnostic = diagnostics.report(pair.another.file, vault.fact(pair.another).span, message);
        diagnostic.label("said in other words here").related(pair.one.file, first, "first said here");
        diagnostic.help(format!("{}\nif they mean the same, keep one of them", reason(&pair.comparison)));
    }
}
