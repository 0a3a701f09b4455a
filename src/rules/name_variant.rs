//! Names that are nobody's and a slip of the pen away from somebody's.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::language::name::Relation;
use crate::rule::people::{how_to_silence, offer_answers, rename_mention};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::Vault;
use crate::vault::people::Suspect;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameVariant {}

impl Rule for NameVariant {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        for (span, suspect) in vault.people().suspects_in(vault.outline(file)) {
            if suspect.pairing.comparison.relation == Relation::Variant {
                report(vault, file, span, suspect, diagnostics);
            }
        }
    }
}

fn report(vault: &Vault, file: FileId, span: Span, suspect: &Suspect, diagnostics: &mut Diagnostics) {
    let people = vault.people();
    let person = people.person(suspect.pairing.id);
    let known = &person.names[suspect.pairing.known].text;
    let written = &*suspect.written;
    let diagnostic = diagnostics.report(file, span, format!("`{written}` is nobody in this vault; `{known}` is near"));
    diagnostic.label(format!("`{known}`?"));
    let whose = person.note.map(|note| format!(" ({})", vault.path(note))).unwrap_or_default();
    let silence = how_to_silence(vault, person.note, written);
    let reason = suspect.pairing.comparison.reason();
    let (own, right) = suspect.notes;
    diagnostic.help(format!(
        "did you mean `{known}`{whose}? {reason}; `{written}` stands in {}, `{known}` in {}\n{silence}",
        count(own),
        count(right)
    ));
    attach_fix(diagnostic, file, span, known, suspect);
    offer_answers(diagnostic, written, known);
}

fn count(notes: u32) -> String {
    if notes == 1 { "1 note".to_owned() } else { format!("{notes} notes") }
}

/// A form that stands once, one letter of a long word off from the only near name, which stands in many notes, is a slip.
fn attach_fix(diagnostic: &mut Diagnostic, file: FileId, span: Span, known: &str, suspect: &Suspect) {
    let is_sure = suspect.is_only && suspect.is_small_slip && suspect.is_unopposed && suspect.mentions == 1;
    if is_sure && suspect.notes.1 >= 3 {
        diagnostic.fix(Fix::safe(format!("write `{known}`"), vec![Edit::replace(file, span, known)]));
    } else {
        diagnostic.fix(rename_mention(file, span, known, "it may be another person"));
    }
}
