//! A run of statements that stands in several notes.

use serde::{Deserialize, Serialize};

use crate::rule::statements::quoted;
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::Vault;
use crate::vault::facts::FactId;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct CopiedBlock {}

impl Rule for CopiedBlock {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for block in &vault.facts().blocks {
            // The facts are likelier another's on the page that is about one person or thing.
            let about_one = |place: &&(FactId, FactId)| vault.kind(place.0.file).is_some();
            let here = block.places.iter().rev().find(about_one).unwrap_or(&block.places[block.places.len() - 1]);
            let others = block.places.iter().filter(|place| *place != here);
            let notes: Vec<String> = others.clone().map(|place| format!("`{}`", vault.path(place.0.file))).collect();
            let message = format!("{} items in a row also stand in {}", block.len, listed(&notes));
            let diagnostic = diagnostics.report(here.0.file, span(vault, here), message);
            diagnostic.label("this block");
            for place in others {
                diagnostic.related(place.0.file, span(vault, place), "the same here");
            }
            let first = quoted(vault.fact_text(here.0));
            diagnostic.help(format!("it begins with {first}\nkeep it in the note that it is about, and link there from the others"));
            diagnostic.group_key(format!("{:016x} {}", vault.fingerprint(here.0), block.len));
        }
    }
}

fn listed(notes: &[String]) -> String {
    match notes {
        [one] => one.clone(),
        [one, another] => format!("{one} and {another}"),
        [one, rest @ ..] => format!("{one} and {} other notes", rest.len()),
        [] => "another note".to_owned(),
    }
}

fn span(vault: &Vault, place: &(FactId, FactId)) -> Span {
    Span { start: vault.fact(place.0).span.start, end: vault.fact(place.1).span.end }
}
