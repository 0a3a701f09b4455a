//! Two notes for one person.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::rule::people::offer_answers;
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::Vault;
use crate::vault::people::TwinEvidence;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicatePerson {}

impl Rule for DuplicatePerson {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for twin in vault.people().twins(vault) {
            let (first, second) = (vault.path(twin.first), vault.path(twin.second));
            let message = format!("`{}` and `{}` look like two notes for one person", first.stem(), second.stem());
            let diagnostic = diagnostics.report(twin.second, Span::at(0), message);
            diagnostic.related(twin.first, Span::at(0), "the other note");
            let why = match twin.evidence {
                TwinEvidence::SameName => "the names are equal but for case, accents, hyphens or order".to_owned(),
                TwinEvidence::Alias => "a name of one is an alias of the other".to_owned(),
                TwinEvidence::SameContact => format!("{}, and both have the same address or number", twin.reason),
                TwinEvidence::SameOrganisation => format!("{}, and both are at the same organisation", twin.reason),
                TwinEvidence::Initial => format!("{}, and both are at the same organisation", twin.reason),
            };
            diagnostic.help(format!(
                "{why}\none person: merge the notes ({second} into {first}, or the other way round); two people: list both \
                 names under `names: different`"
            ));
            if twin.evidence == TwinEvidence::Initial {
                diagnostic.at_most(Severity::Info);
            }
            offer_answers(diagnostic, first.stem(), second.stem());
        }
    }
}
