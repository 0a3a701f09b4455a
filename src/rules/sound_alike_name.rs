//! Names that are nobody's and sound like somebody's in both parts.

use serde::{Deserialize, Serialize};

use crate::language::name::Relation;
use crate::rule::people::{how_to_silence, offer_alias, offer_answers};
use crate::rule::{Diagnostics, Rule};
use crate::text::FileId;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SoundAlikeName {}

impl Rule for SoundAlikeName {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let people = vault.people();
        for (span, suspect) in people.suspects_in(vault.outline(file)) {
            if suspect.pairing.comparison.relation != Relation::SoundsLike {
                continue;
            }
            let person = people.person(suspect.pairing.id);
            let known = &person.names[suspect.pairing.known].text;
            let written = &*suspect.written;
            let diagnostic = diagnostics.report(file, span, format!("`{written}` sounds like `{known}`"));
            diagnostic.label("the same person?");
            if let Some((file, span)) = person.place_of_name(vault, suspect.pairing.known) {
                diagnostic.related(file, span, "the name that is registered");
            }
            let reason = suspect.pairing.comparison.reason();
            diagnostic.help(format!("{reason}\n{}", how_to_silence(vault, person.note, written)));
            offer_answers(diagnostic, written, known);
            offer_alias(vault, diagnostic, person.note, written);
        }
    }
}
