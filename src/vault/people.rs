//! The registry of people and organisations: who has a note, under which names, and which other names in the vault are
//! near misses of theirs. What two names are to each other is decided in `language/name.rs`.

mod census;
mod own;
mod registry;
mod statement;
mod suspects;
mod twins;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Vault;
use crate::language::name::{Comparison, Name};
use crate::text::{FileId, Span};

pub use own::{OwnName, OwnPlace};
pub use statement::Disagreement;
pub use suspects::Suspect;
pub use twins::{TwinEvidence, Twins};

/// Number of a person in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonId(u32);

impl PersonId {
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Somebody whom the vault knows.
#[derive(Debug)]
pub struct Person {
    /// The person's note; none for the owner and for people whom only the config names.
    pub note: Option<FileId>,
    /// The names, the main one first.
    pub names: Vec<KnownName>,
}

impl Person {
    /// Returns the name that the vault calls the person by.
    pub fn main_name(&self) -> &KnownName {
        &self.names[0]
    }

    /// Returns where the person's note writes that name: among its aliases, in `name` or in the first heading; `None` if it is
    /// the file's name alone.
    pub fn place_of_name(&self, vault: &Vault, known: usize) -> Option<(FileId, Span)> {
        let (note, text) = (self.note?, &*self.names[known].text);
        let outline = vault.outline(note);
        let property = outline.property("name").map(|property| outline.texts(property)).unwrap_or_default();
        let heading = outline.headings.first().map(|heading| (outline.str(heading.text()), heading.text_span));
        let mut places = outline.aliases().into_iter().chain(property).chain(heading);
        places.find(|(written, _)| written.trim() == text).map(|(_, span)| (note, span))
    }
}

/// One name of a registered person.
#[derive(Debug)]
pub struct KnownName {
    /// As written.
    pub text: Box<str>,
    pub name: Name,
}

impl KnownName {
    fn new(text: &str) -> KnownName {
        KnownName { text: text.trim().into(), name: Name::parse(text) }
    }
}

/// Everybody whom the vault knows, and the names that come near.
#[derive(Debug, Default)]
pub struct People {
    people: Vec<Person>,
    /// By the letters of a name, given name first and surname first.
    by_key: FxHashMap<Box<str>, Vec<PersonId>>,
    by_note: FxHashMap<FileId, PersonId>,
    organisations: FxHashSet<Box<str>>,
    /// Pairs of letters of names that the user says are two people's, each pair in order.
    different: FxHashSet<(Box<str>, Box<str>)>,
    /// Pairs of names that the user says are one person's.
    same: FxHashSet<(Box<str>, Box<str>)>,
    owner: Option<PersonId>,
    suspects: FxHashMap<Box<str>, Suspect>,
    crowded_blocks: usize,
}

impl People {
    /// Builds the registry of a vault.
    pub(super) fn new(vault: &Vault) -> People {
        let mut people = registry::collect(vault);
        let census = census::take(vault);
        registry::add_other_names(vault, &mut people);
        people.owner = people.owner.or_else(|| census::owner(vault, &mut people));
        suspects::find(vault, &census, &mut people);
        people
    }

    /// Returns a registered person.
    pub fn person(&self, id: PersonId) -> &Person {
        &self.people[id.index()]
    }

    /// Returns everybody, in the order of their notes.
    pub fn iter(&self) -> impl Iterator<Item = (PersonId, &Person)> {
        (0..).map(PersonId).zip(&self.people)
    }

    /// Returns the person whom a note is about.
    pub fn of_note(&self, note: FileId) -> Option<PersonId> {
        self.by_note.get(&note).copied()
    }

    /// Returns the people who have that name: equal but for case, diacritics, hyphens and order.
    pub fn named(&self, name: &Name) -> &[PersonId] {
        self.with_key(name.key())
    }

    fn with_key(&self, key: &str) -> &[PersonId] {
        self.by_key.get(key).map_or(&[], Vec::as_slice)
    }

    /// Returns the keys under which the wanted people are found.
    fn keys_of(&self, is_wanted: impl Fn(PersonId) -> bool) -> impl Iterator<Item = &str> {
        self.by_key.iter().filter(move |(_, ids)| ids.iter().any(|id| is_wanted(*id))).map(|(key, _)| &**key)
    }

    /// Returns the vault's own person.
    pub fn owner(&self) -> Option<&Person> {
        self.owner.map(|id| self.person(id))
    }

    /// Returns whether an organisation has that name.
    pub fn is_organisation(&self, name: &Name) -> bool {
        self.organisations.contains(name.key())
    }

    /// Returns whether the user says that the two names are two people's.
    pub fn are_declared_different(&self, a: &Name, b: &Name) -> bool {
        !self.different.is_empty() && self.different.contains(&ordered(a.key(), b.key()))
    }

    /// Returns whether the user says that the two names are one person's.
    pub fn are_declared_same(&self, a: &Name, b: &Name) -> bool {
        !self.same.is_empty() && self.same.contains(&ordered(a.key(), b.key()))
    }

    /// Returns whether both names are registered for one person.
    pub fn are_one_person(&self, a: &Name, b: &Name) -> bool {
        let of_b = self.named(b);
        self.named(a).iter().any(|id| of_b.contains(id))
    }

    /// Returns how many groups of near names were too large to be compared.
    pub fn crowded_blocks(&self) -> usize {
        self.crowded_blocks
    }

    fn add_person(&mut self, note: Option<FileId>, text: &str) -> PersonId {
        let id = PersonId(crate::text::to_u32(self.people.len()));
        self.people.push(Person { note, names: Vec::new() });
        if let Some(note) = note {
            self.by_note.insert(note, id);
        }
        self.add_name(id, text);
        id
    }

    fn add_name(&mut self, id: PersonId, text: &str) {
        let known = KnownName::new(text);
        self.add_key(id, known.name.key().into());
        self.add_key(id, known.name.reversed_key());
        // Nearly everybody has one name, and a list that grows makes room for four.
        let names = &mut self.people[id.index()].names;
        names.reserve_exact(1);
        names.push(known);
    }

    fn add_key(&mut self, id: PersonId, key: Box<str>) {
        let people = self.by_key.entry(key).or_insert_with(|| Vec::with_capacity(1));
        if !people.contains(&id) {
            people.push(id);
        }
    }
}

fn ordered(a: &str, b: &str) -> (Box<str>, Box<str>) {
    (a.min(b).into(), a.max(b).into())
}

/// Two names with their relation.
#[derive(Clone, Debug)]
pub struct Pairing {
    pub id: PersonId,
    /// Which of the person's names was compared.
    pub known: usize,
    pub comparison: Comparison,
}
