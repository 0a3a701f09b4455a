//! Answers that findings about names offer: one person, two people, take that name.

use crate::diagnostic::{Diagnostic, Edit, Fix, Remember};
use crate::text::{FileId, Span};
use crate::vault::Vault;

/// Offers to remember that the two names are one person's, or two people's.
pub fn offer_answers(diagnostic: &mut Diagnostic, a: &str, b: &str) {
    diagnostic
        .alternative(answer("one person: remember it in `names: same`", Remember::SamePerson(a.into(), b.into())));
    let different = Remember::DifferentPeople(a.into(), b.into());
    diagnostic.alternative(answer("two people: remember it in `names: different`", different));
}

/// Offers to write the other name of the person whose note is `note` into the note.
pub fn offer_alias(vault: &Vault, diagnostic: &mut Diagnostic, note: Option<FileId>, other: &str) {
    let Some(note) = note else { return };
    let title = format!("one person: add `{other}` to the aliases of {}", vault.path(note));
    diagnostic.alternative(answer(&title, Remember::Alias(note, other.to_owned())));
}

fn answer(title: &str, remember: Remember) -> Fix {
    let mut fix = Fix::display_only(title, Vec::new());
    fix.remember = Some(remember);
    fix
}

/// Says how the finding is silenced for good, when `other` is not the name of the person whose note is `note`.
pub fn how_to_silence(vault: &Vault, note: Option<FileId>, other: &str) -> String {
    match note {
        Some(note) => {
            let path = vault.path(note);
            format!(
                "one person: add `{other}` to the aliases of {path}; two people: list them under `names: different`"
            )
        }
        None => "one person: list both under `names: same`; two people: under `names: different`".to_owned(),
    }
}

/// Returns a fix that writes another name in the place of the one that stands there.
pub fn rename_mention(file: FileId, span: Span, name: &str, reason: &'static str) -> Fix {
    Fix::unsafe_because(format!("write `{name}`"), reason, vec![Edit::replace(file, span, name)])
}
