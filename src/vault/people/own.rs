//! Whether the names that a note of a person or organisation gives itself agree: property `name`, first heading, file name.

use super::super::Vault;
use super::super::settings::Kind;
use super::People;
use super::registry::is_persons_name;
use crate::language::name::{Name, Relation, compare, edits, fold, is_suffix};
use crate::note::{Outline, ValueKind};
use crate::text::{FileId, Span, words};

/// A name that a note gives itself and that is another than its file's.
#[derive(Clone, Debug)]
pub struct OwnName<'o> {
    pub text: &'o str,
    pub span: Span,
    pub place: OwnPlace,
    /// How the two names differ, in words.
    pub reason: String,
}

/// Where a note names itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnPlace {
    Property,
    Heading,
}

impl People {
    /// Returns the names that contradict the file name of a person's or organisation's note.
    pub fn contradicting_names<'v>(&self, vault: &'v Vault, file: FileId) -> Vec<OwnName<'v>> {
        let outline = vault.outline(file);
        let stem = vault.path(file).stem();
        let reason: fn(&People, &str, &str, OwnPlace) -> Option<String> = match vault.kind(file) {
            Some(Kind::Person) => People::persons_contradiction,
            Some(Kind::Organisation) => People::organisations_contradiction,
            _ => return Vec::new(),
        };
        let mut own = names(outline);
        if own.iter().all(|own| own.text == stem) {
            return Vec::new();
        }
        let is_alias = |text: &str| outline.aliases().iter().any(|(alias, _)| fold(alias) == fold(text));
        let property = own.iter().find(|own| own.place == OwnPlace::Property).map(|own| own.text);
        own.retain_mut(|own| {
            // A heading that the property repeats is a name, and no headline.
            let place = if property == Some(own.text) { OwnPlace::Property } else { own.place };
            let found = reason(self, stem, own.text, place).filter(|_| !is_alias(own.text));
            own.reason = found.unwrap_or_default();
            !own.reason.is_empty()
        });
        own
    }

    /// Two names of people that do not fit each other. A heading that is related in nothing may be any headline, unless it
    /// is the name of somebody else or begins almost as the note's does.
    fn persons_contradiction(&self, stem: &str, text: &str, place: OwnPlace) -> Option<String> {
        let (file, own) = (Name::parse(stem), Name::parse(text));
        if !is_persons_name(stem, &file) || !is_persons_name(text, &own) || self.are_one_person(&file, &own) {
            return None;
        }
        if says_all_of(text, stem) || place == OwnPlace::Heading && is_of_somebody(text) {
            return None;
        }
        let comparison = compare(&file, &own);
        let is_name = place == OwnPlace::Property || comparison.given.is_near() || !self.named(&own).is_empty();
        let contradicts = match comparison.relation {
            Relation::Same | Relation::Compatible => false,
            Relation::Unrelated => is_name && file.is_comparable(&own),
            _ => true,
        };
        (contradicts && !self.are_declared_different(&file, &own)).then(|| comparison.reason())
    }

    /// Near misses, and the name of another organisation.
    fn organisations_contradiction(&self, stem: &str, text: &str, _: OwnPlace) -> Option<String> {
        let (file, own) = (fold(stem), fold(text));
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let (file, own) = (letters(&file), letters(&own));
        if file == own || file.starts_with(&own) || own.starts_with(&file) {
            return None;
        }
        let is_near = file.len().min(own.len()) >= 5 && edits(&file, &own) <= 1 + file.len() / 10;
        if is_near {
            return Some("the names are spelt almost alike".to_owned());
        }
        self.is_organisation(&Name::parse(text)).then(|| "that is the name of another organisation".to_owned())
    }
}

/// A name with another one beside it, such as `Bridget O'Brien (née Doyle)` in the note `Bridget Doyle`.
fn says_all_of(text: &str, stem: &str) -> bool {
    let (text, stem) = (fold(text), fold(stem));
    let mut own = words(&stem).filter(|word| !is_suffix(word)).peekable();
    own.peek().is_some() && own.all(|word| words(&text).any(|other| other == word))
}

/// `Jane's profile` is a headline.
fn is_of_somebody(text: &str) -> bool {
    ["'s ", "’s "].iter().any(|genitive| text.contains(genitive))
}

/// The property `name` and the first heading of level 1, with their places.
fn names(outline: &Outline) -> Vec<OwnName<'_>> {
    let own = |text, span, place| OwnName { text, span, place, reason: String::new() };
    let property = outline.property("name").and_then(|property| match property.value.kind {
        ValueKind::Text { value, .. } => Some(own(outline.str(value), property.value.span, OwnPlace::Property)),
        _ => None,
    });
    let heading = outline.headings.first().filter(|heading| heading.level == 1);
    let heading = heading.map(|heading| own(outline.str(heading.text()), heading.text_span, OwnPlace::Heading));
    property.into_iter().chain(heading).collect()
}
