//! What tells two people of one name, or nearly one, apart.

use super::super::super::Vault;
use super::super::KnownName;
use super::{organisations, values};
use crate::language::date::{self, Date};
use crate::note::{Outline, ValueKind};
use crate::text::FileId;

/// How far two notes tell that they are about two people.
pub(super) enum Apart {
    No,
    /// One name has something behind it that the other lacks.
    Perhaps(String),
    Surely,
}

/// One of two notes, and the name that it is about.
pub(super) type Side<'a> = (FileId, &'a KnownName);

/// `Johann Weber (1780)` and `Johann Weber (1808)`, or two days of birth: whoever wrote that tells two people apart.
pub(super) fn told_apart(vault: &Vault, one: Side, another: Side) -> Apart {
    let marks = (mark(vault, one.0), mark(vault, another.0));
    let are_two =
        |(one, another): &(Option<String>, Option<String>)| one.is_some() && another.is_some() && one != another;
    if are_two(&marks) || are_born_apart(vault.outline(one.0), vault.outline(another.0)) {
        return Apart::Surely;
    }
    let of_one =
        |(one, another)| if let (Some(mark), None) | (None, Some(mark)) = (one, another) { Some(mark) } else { None };
    let is_telling =
        |mark: &String| !is_of_a_copy(mark) && !is_known(vault, mark, one.0) && !is_known(vault, mark, another.0);
    match of_one(marks).filter(is_telling) {
        Some(mark) => Apart::Perhaps(format!("({mark})")),
        None if one.1.name.generation().is_some() != another.1.name.generation().is_some() => {
            Apart::Perhaps("the generation".to_owned())
        }
        None => Apart::No,
    }
}

/// What stands in brackets behind the name of a note, in lower case.
fn mark(vault: &Vault, note: FileId) -> Option<String> {
    let (_, mark) = vault.path(note).stem().strip_suffix(')')?.rsplit_once('(')?;
    Some(mark.trim().to_lowercase())
}

/// `(2)`, `(copy)`, `(old)`: the same thing once more.
fn is_of_a_copy(mark: &str) -> bool {
    const WORDS: [&str; 9] = ["backup", "conflict", "copy", "draft", "dup", "duplicate", "kopie", "old", "version"];
    mark.len() < 3 || crate::text::words(mark).any(|word| WORDS.contains(&word))
}

/// The organisation or a name of the person, which both notes may well have.
fn is_known(vault: &Vault, mark: &str, note: FileId) -> bool {
    let outline = vault.outline(note);
    let is_named = outline.aliases().iter().any(|(alias, _)| alias.to_lowercase().contains(mark));
    is_named || organisations(outline).iter().any(|organisation| organisation.contains(mark))
}

fn are_born_apart(one: &Outline, another: &Outline) -> bool {
    births(one).iter().any(|born| births(another).iter().any(|other| !born.agrees(*other)))
}

fn births(outline: &Outline) -> Vec<Date> {
    const KEYS: &[&str] =
        &["birth", "birth_date", "birthdate", "birthday", "born", "date of birth", "date_of_birth", "dob"];
    let is_birth = |key: &str| KEYS.iter().any(|known| known.eq_ignore_ascii_case(key));
    let years = outline.top_level().iter().filter(|property| is_birth(outline.str(property.key)));
    let years = years.filter_map(|property| match property.value.kind {
        ValueKind::Integer(year) => i16::try_from(year).ok().map(Date::Year),
        _ => None,
    });
    years.chain(values(outline, KEYS).iter().filter_map(|text| date::parse(text))).collect()
}
