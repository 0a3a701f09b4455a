//! `@Name` and `(via Name)` of nobody who has a note.

use serde::{Deserialize, Serialize};

use crate::language::name::{Name, Relation, compare};
use crate::note::NamePlace;
use crate::rule::people::rename_mention;
use crate::rule::{Diagnostics, Rule};
use crate::text::FileId;
use crate::vault::Vault;
use crate::vault::people::People;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnknownPerson {}

impl Rule for UnknownPerson {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let people = vault.people();
        let outline = vault.outline(file);
        for mention in outline.names.iter() {
            let is_call = matches!(mention.place, NamePlace::At | NamePlace::Via) && !mention.truncated;
            let text = outline.str(mention.text());
            let name = Name::parse(text);
            if !is_call || !name.is_full() || !people.named(&name).is_empty() || people.is_organisation(&name) {
                continue;
            }
            if !name.is_written_out() && is_short_for_somebody(people, &name) {
                continue;
            }
            let diagnostic = diagnostics.report(file, mention.span, format!("no note for `{text}`"));
            diagnostic.label("nobody in this vault");
            let near = people.suspects_in(outline).find(|(span, _)| span.end == mention.span.end && span.overlaps(mention.span));
            match near {
                Some((span, suspect)) => {
                    let known = &people.person(suspect.pairing.id).names[suspect.pairing.known].text;
                    diagnostic.help(format!("did you mean `{known}`?"));
                    diagnostic.fix(rename_mention(file, span, known, "it may be another person"));
                }
                None => {
                    diagnostic.help(format!("create a note `{text}`, or add the name to the aliases of the note that is meant"));
                }
            }
        }
    }
}

/// `@E. Marchetti` is Elena Marchetti.
fn is_short_for_somebody(people: &People, name: &Name) -> bool {
    let is_meant = |known: &Name| compare(name, known).relation == Relation::Compatible;
    people.iter().any(|(_, person)| person.names.iter().any(|known| is_meant(&known.name)))
}
