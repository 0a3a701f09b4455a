//! Collects who is registered: from notes about people and organisations, from properties, and from the config.

use rustc_hash::FxHashSet;

use super::super::Vault;
use super::super::copies::is_certain_copy;
use super::super::settings::Kind;
use super::census::statements;
use super::{People, PersonId, ordered};
use crate::language::name::{CuePlace, Name, Relation, compare_near, fold, is_organisation_cue};
use crate::note::Outline;
use crate::text::FileId;

pub(super) fn collect(vault: &Vault) -> People {
    let mut people = People::default();
    let mut employers = FxHashSet::default();
    for (id, file) in vault.files() {
        match vault.kind(id) {
            // Somebody's note twice is not two people.
            Some(Kind::Person) if is_certain_copy(file.path.stem()) => {}
            Some(Kind::Person) => add_person(&mut people, id, file.path.stem(), vault.outline(id)),
            Some(Kind::Organisation) => {
                let aliases = vault.outline(id).aliases();
                let names = std::iter::once(file.path.stem()).chain(aliases.into_iter().map(|(alias, _)| alias));
                names.for_each(|name| add_organisation(&mut people, name));
            }
            _ => {}
        }
        find_employers(vault.outline(id), &mut employers);
    }
    employers.into_iter().for_each(|employer| add_organisation(&mut people, employer));
    add_declared(&mut people, vault);
    people
}

/// Properties that name an organisation.
const EMPLOYERS: &[&str] =
    &["company", "organisation", "organization", "employer", "customer", "client", "account", "vendor"];

fn add_person(people: &mut People, note: FileId, stem: &str, outline: &Outline) {
    let id = people.add_person(Some(note), stem);
    for (alias, _) in outline.aliases() {
        people.add_name(id, alias);
    }
    // A name that contradicts the file's is a finding of its own, and no name to go by.
    // With a bar or a backslash in it a text is more than a name, or in a table's row.
    let is_other = |text: &&str| *text != stem && !text.contains(['|', '\\']);
    let property = outline.property("name").map(|property| outline.texts(property)).unwrap_or_default();
    let heading =
        outline.headings.first().filter(|heading| heading.level == 1).map(|heading| outline.str(heading.text()));
    for text in property.into_iter().map(|(text, _)| text).chain(heading).filter(is_other) {
        let found = compare_near(&people.person(id).main_name().name, &Name::parse(text));
        if found.is_some_and(|found| matches!(found.relation, Relation::Same | Relation::Compatible)) {
            people.add_name(id, text);
        }
    }
}

fn add_organisation(people: &mut People, name: &str) {
    people.organisations.insert(Name::key_of(name));
}

fn find_employers<'v>(outline: &'v Outline, employers: &mut FxHashSet<&'v str>) {
    for property in outline.top_level() {
        let key = outline.str(property.key);
        if EMPLOYERS.iter().any(|employer| employer.eq_ignore_ascii_case(key)) {
            for (text, _) in outline.texts(property) {
                let target = text.trim_start_matches("[[").trim_end_matches("]]");
                employers.insert(target.split(['|', '#']).next().unwrap_or(target));
            }
        }
    }
}

/// What the config says: the owner, names of one person, names of several.
fn add_declared(people: &mut People, vault: &Vault) {
    let names = &vault.settings().names;
    for group in &names.same {
        let known = |people: &People, name: &String| people.with_key(&Name::key_of(name)).first().copied();
        let Some(first) = group.first() else { continue };
        let person = group.iter().find_map(|name| known(people, name));
        let person = person.unwrap_or_else(|| people.add_person(None, first));
        for name in group {
            people.add_name(person, name);
        }
        people.same.extend(pairs(group));
    }
    for group in &names.different {
        people.different.extend(pairs(group));
    }
    if let Some(owner) = &names.owner {
        people.owner = Some(people.owner_named(owner));
    }
}

/// Every two names of a group.
fn pairs(group: &[String]) -> Vec<(Box<str>, Box<str>)> {
    let names: Vec<Name> = group.iter().map(|name| Name::parse(name)).collect();
    let with_later =
        |(at, a): (usize, &Name)| -> Vec<_> { names[at + 1..].iter().map(|b| ordered(a.key(), b.key())).collect() };
    names.iter().enumerate().flat_map(with_later).collect()
}

/// Registers the names that notes declare: `Ada Byron, formerly Ada Gordon`; with nobody named before, they are the names of
/// the person whom the note is about.
pub(super) fn add_other_names(vault: &Vault, people: &mut People) {
    for (note, _) in vault.files() {
        let outline = vault.outline(note);
        for names in statements(outline).filter(|names| names.iter().any(|mention| mention.declared)) {
            let mut person = people.of_note(note);
            for mention in names {
                let name = Name::parse(outline.str(mention.text()));
                match (mention.declared, person) {
                    (true, Some(person)) => people.add_other_name(person, outline.str(mention.text()), &name),
                    (true, None) => {}
                    (false, _) => person = people.named(&name).first().copied().or(person),
                }
            }
        }
    }
}

impl People {
    /// Registers another name for a person; a surname alone is that of a birth name.
    fn add_other_name(&mut self, id: PersonId, text: &str, name: &Name) {
        self.add_key(id, name.key().into());
        let main = &self.person(id).main_name().text;
        if let Some((given, _)) = main.split_once(' ').filter(|_| !text.contains(' ')) {
            let whole = Name::parse(&format!("{given} {text}"));
            self.add_key(id, whole.key().into());
        }
    }

    /// Returns the registered person of that name, or registers one without a note.
    pub(super) fn owner_named(&mut self, text: &str) -> PersonId {
        let known = self.with_key(&Name::key_of(text)).first().copied();
        known.unwrap_or_else(|| self.add_person(None, text))
    }
}

/// Returns whether the text can be a person's whole name: a given name written out and a surname, nothing else.
pub(super) fn is_persons_name(text: &str, name: &Name) -> bool {
    let is_organisation = |last: &str| match last.is_ascii() {
        true => is_organisation_cue(last, CuePlace::After),
        false => is_organisation_cue(&fold(last), CuePlace::After),
    };
    name.is_written_out()
        && !text.chars().any(|c| c.is_ascii_digit() || matches!(c, '/' | ':' | '?' | '!' | '{'))
        && text.split_whitespace().count() <= 6
        && !text.split_whitespace().next_back().is_some_and(is_organisation)
}
