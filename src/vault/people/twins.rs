//! Finds people with two notes.

use std::hash::{BuildHasher, Hash};

use rustc_hash::FxBuildHasher;

use super::super::Vault;
use super::registry::is_persons_name;
use super::{KnownName, People, PersonId};
use crate::language::name::{Name, PartRelation, Relation, compare};
use crate::note::Outline;
use crate::text::{FileId, words};

mod apart;

use apart::{Apart, told_apart};

/// Notes that are likely about one person.
#[derive(Clone, Debug)]
pub struct Twins {
    /// Two or more, in order.
    pub notes: Vec<FileId>,
    pub evidence: TwinEvidence,
    /// How the names of the first two relate, in words.
    pub reason: String,
}

/// Why two notes are thought to be one person's, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TwinEvidence {
    /// The file names are equal names.
    SameName,
    /// The file name of one is a name of the other.
    Alias,
    /// Near names, and the same address or number.
    SameContact,
    /// A nickname or part of the name, at the same organisation.
    SameOrganisation,
    /// Names a slip apart, in one role at the same organisation.
    SameRole,
    /// Equal names in notes that name two organisations.
    SameNameElsewhere,
    /// Both have a further name in common.
    SharedAlias,
    /// An initial more or less, or in two roles, at the same organisation.
    Weak,
    /// Equal names, of which one has a mark or a generation behind it.
    Marked,
}

impl TwinEvidence {
    /// Returns whether the evidence is so weak that it makes a hint and no more.
    pub fn is_hint(self) -> bool {
        self >= TwinEvidence::SameNameElsewhere
    }

    /// Returns whether both have one whole name, so that a mark behind it leaves a doubt and no more.
    fn is_of_whole_names(self) -> bool {
        use TwinEvidence::{Alias, SameName, SameNameElsewhere, SharedAlias};
        matches!(self, SameName | Alias | SameNameElsewhere | SharedAlias)
    }
}

/// More notes than this that share a key share too little.
const LARGEST_GROUP: usize = 64;

impl People {
    /// Returns the groups of notes that look like one person's, in the order of their first notes.
    pub fn twins(&self, vault: &Vault) -> Vec<Twins> {
        let mut groups: Vec<Twins> = Vec::new();
        let mut hints: Vec<Twins> = Vec::new();
        for (a, b) in self.pairs(vault) {
            let (Some(first), Some(second)) = (self.person(a).note, self.person(b).note) else { continue };
            if let Some((evidence, reason)) = self.twin_evidence(vault, a, b) {
                let pair = Twins { notes: vec![first, second], evidence, reason };
                join(if evidence.is_hint() { &mut hints } else { &mut groups }, pair);
            }
        }
        // What a strong group says already is no hint.
        let is_said =
            |hint: &Twins| groups.iter().any(|group| hint.notes.iter().all(|note| group.notes.contains(note)));
        hints.retain(|hint| !is_said(hint));
        groups.append(&mut hints);
        groups.sort_unstable_by(|a, b| a.notes.cmp(&b.notes));
        groups
    }

    /// Everybody who shares a name, a contact, or a surname and an organisation with somebody before.
    fn pairs(&self, vault: &Vault) -> Vec<(PersonId, PersonId)> {
        // Keys as hashes: what else two people share who meet under one by chance is asked of every two.
        let mut holders: Vec<(u64, PersonId)> = Vec::new();
        for (id, person) in self.iter() {
            let Some(note) = person.note else { continue };
            let outline = vault.outline(note);
            holders.extend(contacts(outline).into_iter().map(|contact| (hash(&("contact", contact)), id)));
            for known in person.names.iter().filter(|known| known.name.is_full()) {
                holders.push((hash(known.name.key()), id));
                holders.push((hash(&*known.name.reversed_key()), id));
            }
            let organisations = organisations(outline);
            if !organisations.is_empty() {
                let surname = person.main_name().name.surname_consonants();
                holders.extend(organisations.iter().map(|organisation| (hash(&(&surname, organisation)), id)));
            }
        }
        holders.sort_unstable();
        holders.dedup();
        let mut pairs = Vec::new();
        let groups = holders.chunk_by(|one, another| one.0 == another.0);
        for group in groups.filter(|group| (2..=LARGEST_GROUP).contains(&group.len())) {
            for (at, (_, a)) in group.iter().enumerate() {
                pairs.extend(group[at + 1..].iter().map(|(_, b)| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn twin_evidence(&self, vault: &Vault, a: PersonId, b: PersonId) -> Option<(TwinEvidence, String)> {
        let (first, second) = (self.person(a), self.person(b));
        let (name_a, name_b) = (first.main_name(), second.main_name());
        // Who says that they are one person knows of both notes.
        let is_answered = self.are_declared_different(&name_a.name, &name_b.name)
            || self.are_declared_same(&name_a.name, &name_b.name);
        if is_answered {
            return None;
        }
        let (evidence, reason) = self.likeness(vault, a, b)?;
        match told_apart(vault, (first.note?, name_a), (second.note?, name_b)) {
            Apart::Surely => None,
            Apart::Perhaps(mark) if evidence == TwinEvidence::SameName => Some((TwinEvidence::Marked, mark)),
            Apart::Perhaps(_) if !evidence.is_of_whole_names() => None,
            _ => Some((evidence, reason)),
        }
    }

    /// What two people's names and notes have in common, whatever tells them apart.
    fn likeness(&self, vault: &Vault, a: PersonId, b: PersonId) -> Option<(TwinEvidence, String)> {
        let (first, second) = (self.person(a), self.person(b));
        let (name_a, name_b) = (first.main_name(), second.main_name());
        let (note_a, note_b) = (first.note?, second.note?);
        let are_linked = || are_linked(vault, note_a, note_b);
        let comparison = compare(&name_a.name, &name_b.name);
        let evidence = |evidence| Some((evidence, comparison.reason()));
        let full = is_persons_name(&name_a.text, &name_a.name) && is_persons_name(&name_b.text, &name_b.name);
        if comparison.relation == Relation::Same && name_a.name.is_full() {
            if are_linked() {
                return None;
            }
            let is_turned = name_a.name.key() != name_b.name.key();
            return match self.organisations_differ(vault, a, b) {
                false => evidence(TwinEvidence::SameName),
                // `Ali Hassan` and `Hassan Ali` are two people's names as well.
                true if is_turned => None,
                true => evidence(TwinEvidence::SameNameElsewhere),
            };
        }
        // Equal letters and all the same two people: `Jo Poe Sr.`, `Jo Poe Jr.`
        if name_a.name.key() == name_b.name.key() {
            return None;
        }
        let is_shared = |known: &&KnownName| known.name.is_full() && self.named(&known.name).contains(&b);
        if let Some(shared) = first.names.iter().find(is_shared) {
            let is_file_name = [a, b].iter().any(|id| is_written_as(self.person(*id).main_name(), &shared.name));
            let evidence = if is_file_name { TwinEvidence::Alias } else { TwinEvidence::SharedAlias };
            return Some((evidence, format!("both have the name `{}`", shared.text)));
        }
        if !full || are_linked() {
            return None;
        }
        let shares = |of: fn(&Outline) -> Vec<String>| {
            let of_b = of(vault.outline(note_b));
            of(vault.outline(note_a)).iter().any(|value| of_b.contains(value))
        };
        let is_near = matches!(comparison.relation, Relation::Compatible | Relation::Variant | Relation::SoundsLike);
        match comparison.relation {
            _ if is_near && shares(contacts) => evidence(TwinEvidence::SameContact),
            Relation::Compatible if !shares(organisations) => None,
            Relation::Compatible if is_initial_only(&name_a.name, &name_b.name, comparison.given) => {
                evidence(TwinEvidence::Weak)
            }
            Relation::Compatible if have_two_roles(vault.outline(note_a), vault.outline(note_b)) => {
                evidence(TwinEvidence::Weak)
            }
            Relation::Compatible => evidence(TwinEvidence::SameOrganisation),
            Relation::Variant if shares(organisations) && shares(roles) => evidence(TwinEvidence::SameRole),
            _ => None,
        }
    }

    /// Both notes name organisations, and not one in common.
    fn organisations_differ(&self, vault: &Vault, a: PersonId, b: PersonId) -> bool {
        let of = |id| self.person(id).note.map(|note| organisations(vault.outline(note))).unwrap_or_default();
        let (of_a, of_b) = (of(a), of(b));
        !of_a.is_empty() && !of_b.is_empty() && !of_a.iter().any(|organisation| of_b.contains(organisation))
    }
}

fn hash(key: &(impl Hash + ?Sized)) -> u64 {
    FxBuildHasher.hash_one(key)
}

/// Adds a pair to the group that has one of its notes, joining two groups if need be.
fn join(groups: &mut Vec<Twins>, mut pair: Twins) {
    while let Some(at) = groups.iter().position(|group| group.notes.iter().any(|note| pair.notes.contains(note))) {
        let mut group = groups.swap_remove(at);
        group.notes.append(&mut pair.notes);
        group.notes.sort_unstable();
        group.notes.dedup();
        pair = group;
    }
    groups.push(pair);
}

/// The letters of a file name are those of the name, in either order: `muxinli`, `Muxin Li`.
fn is_written_as(file: &KnownName, name: &Name) -> bool {
    file.name.key() == name.key() || *file.name.key() == *name.reversed_key()
}

/// The names differ by initials alone: often two people of one family or one name.
fn is_initial_only(a: &Name, b: &Name, given: PartRelation) -> bool {
    given == PartRelation::Initial || (given == PartRelation::Equal && a.surname_letters() == b.surname_letters())
}

/// One note links to the other: whoever wrote that knows of two people.
fn are_linked(vault: &Vault, a: FileId, b: FileId) -> bool {
    vault.has_link(a, b) || vault.has_link(b, a)
}

/// Addresses and numbers that only one person has.
fn contacts(outline: &Outline) -> Vec<String> {
    const KEYS: &[&str] = &["email", "e-mail", "mail", "phone", "mobile", "linkedin", "github"];
    let values = values(outline, KEYS);
    values.into_iter().filter(|value| value.chars().filter(|c| c.is_alphanumeric()).count() >= 6).collect()
}

fn organisations(outline: &Outline) -> Vec<String> {
    values(outline, &["company", "organisation", "organization", "employer"])
}

fn roles(outline: &Outline) -> Vec<String> {
    values(outline, &["role", "title", "position", "job title"])
}

/// Both have a role, and not a word of it in common.
fn have_two_roles(one: &Outline, another: &Outline) -> bool {
    let (one, another) = (roles(one), roles(another));
    let has = |word: &str| another.iter().flat_map(|role| words(role)).any(|other| other == word);
    !one.is_empty() && !another.is_empty() && !one.iter().flat_map(|role| words(role)).any(has)
}

fn values(outline: &Outline, keys: &[&str]) -> Vec<String> {
    let properties = outline.top_level().iter();
    let wanted =
        properties.filter(|property| keys.iter().any(|key| key.eq_ignore_ascii_case(outline.str(property.key))));
    let texts = wanted.flat_map(|property| outline.texts(property));
    texts.map(|(text, _)| text.trim_matches(['[', ']', ' ']).to_lowercase()).filter(|text| !text.is_empty()).collect()
}
