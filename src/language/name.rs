//! A person's name: its parts, and what two names are to each other.
//!
//! A single number of similarity cannot tell a slip from another person, so the parts are compared by their role and
//! the answer is a [`Relation`] with its reasons. Knows nothing about vaults: who is registered there is `vault/people.rs`.

mod cues;
mod fold;
mod mention;
mod parse;
mod part;
mod relation;
mod tables;

pub use cues::Cues;
pub use fold::fold;
pub use mention::{Mention, MentionFinder};
pub use part::{Part, PartRelation, Role, edits, sound_alike};
pub use relation::{Comparison, Relation, compare, compare_near};
pub use tables::{CuePlace, is_known_given, is_organisation_cue, is_other_name_cue, is_suffix, share_pet_form};

use part::Script;

/// Returns whether two folded words are two ways to write the same sounds: `carl`, `karl`.
pub fn are_one_sound(a: &str, b: &str) -> bool {
    part::respelt(a) == part::respelt(b)
}

/// A name taken apart once, so that comparing it allocates next to nothing.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name's words, folded, each followed by a space; `parts` point into it.
    folded: Box<str>,
    parts: Box<[Part]>,
    script: Script,
    /// All letters of the name proper, folded and joined.
    squashed: Box<str>,
}

impl Name {
    /// Takes a name apart; never fails, since a name without letters is one without parts.
    pub fn parse(text: &str) -> Name {
        parse::parse(text)
    }

    /// Returns the [`key`](Name::key) of the name that a text is, which costs less than the name.
    pub fn key_of(text: &str) -> Box<str> {
        parse::key(text)
    }

    /// Returns the parts in the order in which they were read.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns the folded letters of one of this name's parts.
    pub fn letters(&self, part: &Part) -> &str {
        &self.folded[part.start as usize..part.end as usize]
    }

    /// Returns the letters of the name without titles, nicknames and suffixes, folded and joined: equal for two names
    /// that differ only in case, diacritics, hyphens or spaces.
    pub fn key(&self) -> &str {
        &self.squashed
    }

    /// Returns the same letters with the surname first.
    pub fn reversed_key(&self) -> Box<str> {
        let proper = |part: &&Part| !matches!(part.role, Role::Title | Role::Suffix | Role::Nickname);
        let is_last = |part: &&Part| matches!(part.role, Role::Surname | Role::Particle);
        let (last, first): (Vec<&Part>, Vec<&Part>) = self.parts.iter().filter(proper).partition(is_last);
        last.into_iter().chain(first).map(|part| self.letters(part)).collect()
    }

    /// Returns whether the name has both a given name (or its initial) and a surname of two letters or more.
    pub fn is_full(&self) -> bool {
        self.with(Role::Surname).any(|part| part.len() > 1)
            && self.parts.iter().any(|part| matches!(part.role, Role::Given | Role::Initial))
    }

    /// Returns whether the given name of a full name is more than one initial.
    pub fn is_written_out(&self) -> bool {
        self.is_full() && (self.with(Role::Given).next().is_some() || self.with(Role::Initial).count() > 1)
    }

    /// Returns the letters of the surname, without particles.
    pub fn surname_letters(&self) -> String {
        self.with(Role::Surname).map(|part| self.letters(part)).collect()
    }

    /// Returns which of several people of one name a suffix says it is: 1 for `Sr.`, 2 for `Jr.` and `II`.
    pub fn generation(&self) -> Option<u8> {
        self.with(Role::Suffix).map(|part| part.generation).find(|&rank| rank > 0)
    }

    /// Returns the consonants of the surname as they sound: equal for most ways to write it.
    pub fn surname_consonants(&self) -> String {
        part::consonants(&part::respelt(&self.surname_letters()))
    }

    /// Returns whether more can be said of the two names than that they are equal or not.
    pub fn is_comparable(&self, other: &Name) -> bool {
        self.script == other.script && self.script != Script::Other
    }

    /// Returns the keys under which a near name can be found: two names that could be one person's in two spellings
    /// share at least one. Those under which only names with the same given name or the same surname meet are left out where
    /// `is_shared` says that nobody has it.
    pub fn block_keys(&self, keys: &mut Vec<u64>, is_shared: impl FnMut(Role, &str) -> bool) {
        relation::block_keys(self, keys, is_shared);
    }

    fn with(&self, role: Role) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |part| part.role == role)
    }
}

#[cfg(test)]
mod tests {
    use super::Relation::{Compatible, Same, SameGiven, SameSurname, SoundsLike, Unrelated, Variant};
    use super::{Name, Relation, Role, compare, compare_near};

    fn check(a: &str, b: &str, expected: Relation) {
        let (first, second) = (Name::parse(a), Name::parse(b));
        let (there, back) = (compare(&first, &second), compare(&second, &first));
        assert_eq!(there.relation, expected, "{a} / {b}: {there:?}");
        assert_eq!(back.relation, expected, "{b} / {a}: {back:?}");
        let near = compare_near(&first, &second);
        assert!(
            near == Some(there) || near.is_none() && matches!(expected, SameGiven | Unrelated),
            "{a} / {b}: {near:?}"
        );
    }

    fn roles(text: &str, expected: &[(Role, &str)]) {
        let name = Name::parse(text);
        let found: Vec<(Role, &str)> = name.parts().iter().map(|part| (part.role, name.letters(part))).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn parts_have_roles() {
        use Role::{Given, Initial, Middle, Nickname, Particle, Suffix, Surname, Title};
        roles("Dr. Ada M. Byron", &[(Title, "dr"), (Given, "ada"), (Initial, "m"), (Surname, "byron")]);
        roles("Byron, Ada", &[(Given, "ada"), (Surname, "byron")]);
        roles("Ada Byron, PhD", &[(Given, "ada"), (Surname, "byron"), (Suffix, "phd")]);
        roles("Ada Byron, CFO", &[(Given, "ada"), (Surname, "byron")]);
        roles("Ada Byron, head of sales", &[(Given, "ada"), (Surname, "byron")]);
        roles("Jo Poe Jr.", &[(Given, "jo"), (Surname, "poe"), (Suffix, "jr")]);
        roles("Jack Ma", &[(Given, "jack"), (Surname, "ma")]);
        roles("Deandre (Dre) Pell", &[(Given, "deandre"), (Surname, "pell"), (Nickname, "dre")]);
        roles("TJ Pell", &[(Initial, "t"), (Initial, "j"), (Surname, "pell")]);
        roles("Bo van der Velde", &[(Given, "bo"), (Particle, "van"), (Particle, "der"), (Surname, "velde")]);
        roles("Mary Ann Lee-Poe", &[(Given, "mary"), (Middle, "ann"), (Surname, "lee"), (Surname, "poe")]);
        roles("Layla al-Hijazi", &[(Given, "layla"), (Particle, "al"), (Surname, "hijazi")]);
    }

    #[test]
    fn one_name_is_the_same_in_other_clothes() {
        check("Sofía Núñez", "SOFIA NUNEZ", Same);
        check("Hyun-woo Baek", "Hyunwoo Baek", Same);
        check("Stephenson, Jonsi", "Jonsi Stephenson", Same);
        check("Stephenson Jonsi", "Jonsi Stephenson", Same);
        check("Sean O'Brien", "Seán O’Brien", Same);
        check("Ada Byron's", "Ada Byron", Same);
        check("Uwe Müller", "Uwe Mueller", Compatible);
        check("山田 太郎", "太郎 山田", Same);
    }

    #[test]
    fn forms_that_people_use_are_compatible() {
        check("Rob Banga", "Robert Banga", Compatible);
        check("Bob Banga", "R. Banga", Compatible);
        check("Ada Byron", "Ada M. Byron", Compatible);
        check("J.K. Moran", "Joan Moran", Compatible);
        check("Katya Orlova", "Ekaterina Orlova", Compatible);
        check("Pepe Otero", "José Otero", Compatible);
        check("Deandre (Dre) Pell", "Dre Pell", Compatible);
        check("Hendrik van der Velde", "Hendrik Velde", Compatible);
        check("Heather Collie Chase", "Heather Chase", Compatible);
        check("Ana Pérez Ramírez", "Ana Pérez", Compatible);
        check("Ana Perez-Ramirez", "Ana Perez", Compatible);
        check("Ada", "Ada Byron", Compatible);
        check("Ada B.", "Ada Byron", Compatible);
        check("Byron", "Ada Byron", Compatible);
        check("Jo Ann Dayton", "JoAnn Dayton", Same);
        check("William Anson Barclay", "Anson Barclay", Compatible);
    }

    #[test]
    fn a_slip_in_one_part_is_a_variant() {
        check("Rob Banga", "Rob Bangha", Variant);
        check("Karl Vietmeier", "Carl Vietmeier", Variant);
        check("Geoffrey Lindstrom", "Jeffrey Lindstrom", Variant);
        check("Robert Vandersloot", "Bob Vandersloat", Variant);
        check("Tomasz Kowalczyk", "Tomasz Kowalczik", Variant);
        check("Дмитрий Евтушенко", "Дмитрий Евтушнеко", Variant);
        check("TJ Cawley", "T.J. Calley", Variant);
        check("Ksenia Lebedeva", "Xenia Lebedeva", Variant);
        check("Wendell Rossi", "Wendel Rossi", Variant);
        check("Johan Lindqwist", "Johann S. Lindkvist", Variant);
    }

    #[test]
    fn two_slips_only_sound_alike() {
        check("Jan C. Stefansson", "Jonsi Stephenson", SoundsLike);
        check("Tariq Jelani", "Tarek K. Jilani", SoundsLike);
        check("Zsofia Horwath", "Sofia Horvath", SoundsLike);
        check("Khalid Mansouri", "Chaled Mansoury", SoundsLike);
        check("Misha Kowalchuk", "Michal Kovalczuk", SoundsLike);
        check("Yuri Fedorchenko", "Yury Fedorčenko-Bell", SoundsLike);
    }

    #[test]
    fn one_shared_part_is_no_more_than_that() {
        check("Rob Benoit", "Rob Banga", SameGiven);
        check("Liz Carrow", "Elizabeth Cantor", SameGiven);
        check("Dre Jackman", "Deandre Jessup", SameGiven);
        check("Иван Петров", "Иван Сидоров", SameGiven);
        check("Rhonda Knudsen", "Casey Knudsen", SameSurname);
        check("Mario Rossi", "Maria Rossi", SameSurname);
        check("Paul Rossi", "Paula Rossi", SameSurname);
        check("Tim Smith", "Tom Smith", SameSurname);
        check("Christian Rossi", "Christina Rossi", SameSurname);
        check("Simone Rossi", "Simona Rossi", SameSurname);
        check("Nikola Rossi", "Nikolina Rossi", SameSurname);
    }

    #[test]
    fn people_with_clashing_parts_are_two() {
        check("Robert O Fors", "Robert L Forsythe", Unrelated);
        check("Ada M. Byron", "Ada K. Byron", Unrelated);
        check("Jo Poe Jr.", "Jo Poe Sr.", Unrelated);
        check("J. Poe", "J. Moran", Unrelated);
        check("Eda", "Ada Byron", Unrelated);
        check("Stefán Jónsson", "Stefanía Jónsdóttir", SameSurname);
    }

    #[test]
    fn grammar_is_no_slip() {
        check("Jan Kowalski", "Janem Kowalskim", Compatible);
        check("Anna Nováková", "Annou Novákovou", Compatible);
        check("Анна Петрова", "Анной Петровой", Compatible);
        check("Иваном Петровым", "Иван Петров", Compatible);
        check("Ivan Petrov", "Ivan Petrova", Compatible);
        check("Ahmet Yılmaz'la", "Ahmet Yılmaz", Same);
    }

    #[test]
    fn other_scripts_are_equal_or_unrelated() {
        check("山田 太郎", "山田 花子", Unrelated);
        check("김 민준", "김 민지", Unrelated);
        check("محمد علي", "محمد علوي", Unrelated);
        check("राम कुमार", "राम कुमारी", Unrelated);
        check("Ivan Petrov", "Иван Петров", Unrelated);
        check("", "Ada", Unrelated);
        check("...", "山", Unrelated);
    }
}
