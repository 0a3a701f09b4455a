//! Two notes for one person.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::rule::people::offer_answers;
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::Vault;
use crate::vault::people::{TwinEvidence, Twins};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicatePerson {}

impl Rule for DuplicatePerson {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        let mut notes = vault.people().iter().filter_map(|(_, person)| person.note);
        if !notes.any(|note| vault.is_asked(note)) {
            return;
        }
        for twins in vault.people().twins(vault) {
            report(vault, &twins, diagnostics);
        }
    }
}

fn report(vault: &Vault, twins: &Twins, diagnostics: &mut Diagnostics) {
    let [first, second, more @ ..] = twins.notes.as_slice() else { return };
    let (a, b) = (vault.path(*first).stem(), vault.path(*second).stem());
    let message = match more.len() {
        0 => format!("`{a}` and `{b}` look like two notes for one person"),
        count => format!("`{a}`, `{b}` and {count} more look like notes for one person"),
    };
    let diagnostic = diagnostics.report(*second, Span::at(0), message);
    for note in std::iter::once(first).chain(more) {
        diagnostic.related(*note, Span::at(0), "another of the notes");
    }
    let why = match twins.evidence {
        TwinEvidence::SameName => "the names are equal but for case, accents, hyphens or order".to_owned(),
        TwinEvidence::Alias | TwinEvidence::SharedAlias if !more.is_empty() => twins.reason.replacen("both", "they", 1),
        TwinEvidence::Alias | TwinEvidence::SharedAlias => twins.reason.clone(),
        TwinEvidence::SameContact => format!("{}, and both have the same address or number", twins.reason),
        TwinEvidence::SameRole => format!("{}, and both have one role at the same organisation", twins.reason),
        TwinEvidence::SameNameElsewhere => "the names are equal, the organisations are two".to_owned(),
        TwinEvidence::Marked => format!("the names are equal but for {}", twins.reason),
        TwinEvidence::SameOrganisation | TwinEvidence::Weak => {
            format!("{}, and both are at the same organisation", twins.reason)
        }
    };
    diagnostic.help(format!("{why}\none person: merge the notes into one; several: list the names under `names: different`"));
    if twins.evidence.is_hint() {
        diagnostic.at_most(Severity::Info);
    }
    offer_answers(diagnostic, a, b);
}
