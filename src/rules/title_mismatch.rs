//! Notes of people and organisations whose `name`, file name and first heading are different names.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::rule::people::{offer_alias, offer_answers};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::Vault;
use crate::vault::people::{OwnName, OwnPlace};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct TitleMismatch {}

impl Rule for TitleMismatch {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let own = vault.people().contradicting_names(vault, file);
        match own.as_slice() {
            [] => {}
            // Two places that agree with each other and not with the file name are one finding.
            [first, second] if first.text == second.text => report(vault, file, first, Some(second), diagnostics),
            several => several.iter().for_each(|own| report(vault, file, own, None, diagnostics)),
        }
    }
}

fn report(vault: &Vault, file: FileId, own: &OwnName, also: Option<&OwnName>, diagnostics: &mut Diagnostics) {
    let stem = vault.path(file).stem();
    let place = match own.place {
        OwnPlace::Property => "the property `name`",
        OwnPlace::Heading => "the first heading",
    };
    let message = format!("{place} says `{}`, the file is named `{stem}`", own.text);
    let diagnostic = diagnostics.report(file, own.span, message);
    diagnostic.label("another name than the file's");
    let path = vault.path(file);
    diagnostic.help(format!("{}\nif both names are right, add `{}` to the aliases of {path}", own.reason, own.text));
    let mut edits = vec![edit(file, own.place, own.span, stem)];
    if let Some(also) = also {
        diagnostic.related(file, also.span, "here too");
        edits.push(edit(file, also.place, also.span, stem));
    }
    diagnostic.fix(Fix::unsafe_because(
        format!("write `{stem}`, the file's name"),
        "the file name may be the wrong one; rename the note then",
        edits,
    ));
    if vault.people().of_note(file).is_some() {
        offer_answers(diagnostic, own.text, stem);
        offer_alias(vault, diagnostic, Some(file), own.text);
    }
}

/// A name that YAML could read as something else is quoted.
fn edit(file: FileId, place: OwnPlace, span: Span, stem: &str) -> Edit {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    let starts_plain = stem.starts_with(char::is_alphabetic);
    let is_plain = starts_plain && stem.chars().all(is_plain);
    let quoted = if is_plain { stem.to_owned() } else { format!("\"{}\"", stem.replace('\\', "\\\\").replace('"', "\\\"")) };
    Edit::replace(file, span, if place == OwnPlace::Property { quoted } else { stem.to_owned() })
}
