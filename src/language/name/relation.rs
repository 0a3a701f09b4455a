//! What two names are to each other, with the reasons in words.

use super::Name;
use super::part::{Pair, Part, PartRelation, Role, Script, is_doubled_at_end};
use super::tables::is_known_given;

mod given;
mod keys;

use given::given_relation;
pub(super) use keys::block_keys;

/// What two names are to each other.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Relation {
    /// Equal but for case, diacritics, hyphens and order.
    Same,
    /// Two forms of one name that people use on purpose: nickname, initial, middle name, part of a double surname.
    Compatible,
    /// One part is a slip of the pen or a phonetic twin of the other's, all else agrees.
    Variant,
    /// Both parts differ and both sound alike.
    SoundsLike,
    /// One given name, two surnames.
    SameGiven,
    /// One surname, two given names.
    SameSurname,
    /// Nothing that says they are one person's.
    Unrelated,
}

/// The relation of two names and how their parts compare.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Comparison {
    /// What the names are to each other.
    pub relation: Relation,
    /// How the given names compare, by the pair that agrees best.
    pub given: PartRelation,
    /// How the surnames compare.
    pub surname: PartRelation,
}

impl Comparison {
    /// Returns the reasons in words, for a reader: `same given name, surnames differ`.
    pub fn reason(&self) -> String {
        match self.relation {
            Relation::Same => "the same name".to_owned(),
            Relation::Compatible => format!("{}, {}", self.given_reason(), self.surname_reason()),
            Relation::SameGiven => format!("{}, surnames differ", self.given_reason()),
            Relation::SameSurname => "same surname, given names differ".to_owned(),
            Relation::Variant | Relation::SoundsLike => format!("{}, {}", self.given_reason(), self.surname_reason()),
            Relation::Unrelated => "different names".to_owned(),
        }
    }

    fn given_reason(&self) -> &'static str {
        match self.given {
            PartRelation::Equal => "same given name",
            PartRelation::Nickname => "one given name is short for the other",
            PartRelation::Prefix | PartRelation::Piece | PartRelation::Particle => {
                "one given name is part of the other"
            }
            PartRelation::Initial => "the initial fits",
            PartRelation::Ending => "given names differ in their ending",
            PartRelation::Spelling => "given names are spelt almost alike",
            PartRelation::Sound => "given names sound alike",
            PartRelation::Faint => "given names begin alike",
            PartRelation::Different => "given names differ",
        }
    }

    fn surname_reason(&self) -> &'static str {
        match self.surname {
            PartRelation::Equal | PartRelation::Nickname | PartRelation::Prefix => "same surname",
            PartRelation::Particle => "surnames differ in a particle",
            PartRelation::Piece => "one surname is part of the other",
            PartRelation::Initial => "the surname's initial fits",
            PartRelation::Ending => "surnames differ in their ending",
            PartRelation::Spelling => "surnames are spelt almost alike",
            PartRelation::Sound | PartRelation::Faint => "surnames sound alike",
            PartRelation::Different => "surnames differ",
        }
    }
}

/// Compares two names by their parts; the answer does not depend on their order.
pub fn compare(a: &Name, b: &Name) -> Comparison {
    compare_whole(a, b).unwrap_or_else(|| compare_parts(a, b, surname_relation(a, b)))
}

/// Compares two names as [`compare`] does, but leaves off where the surnames alone tell that the names are neither forms nor
/// near misses of one: most names that come together in a search are such.
pub fn compare_near(a: &Name, b: &Name) -> Option<Comparison> {
    if let Some(comparison) = compare_whole(a, b) {
        return Some(comparison);
    }
    let surname = surname_relation(a, b);
    let is_far = surname == PartRelation::Different && !are_last_inflected(a, b);
    (!is_far).then(|| compare_parts(a, b, surname))
}

/// The relation of two names that need not be taken apart for it.
fn compare_whole(a: &Name, b: &Name) -> Option<Comparison> {
    if a.squashed.is_empty() || b.squashed.is_empty() || has_generation_clash(a, b) {
        return Some(Comparison::UNRELATED);
    }
    if a.squashed == b.squashed || is_reordered(a, b) {
        return Some(Comparison { relation: Relation::Same, given: PartRelation::Equal, surname: PartRelation::Equal });
    }
    if a.script != b.script || a.script == Script::Other {
        return Some(Comparison::UNRELATED);
    }
    (!a.is_full() || !b.is_full()).then(|| compare_bare(a, b))
}

fn compare_parts(a: &Name, b: &Name, surname: PartRelation) -> Comparison {
    let mut given = given_relation(a, b, surname);
    if given.relation == PartRelation::Prefix && surname < PartRelation::Nickname && differ_by_doubled_end(a, b) {
        given.relation = PartRelation::Spelling;
    }
    let relation = if given.has_clash { Relation::Unrelated } else { combine(a, b, given.relation, surname) };
    Comparison { relation, given: given.relation, surname }
}

impl Comparison {
    const UNRELATED: Comparison =
        Comparison { relation: Relation::Unrelated, given: PartRelation::Different, surname: PartRelation::Different };
}

fn combine(a: &Name, b: &Name, given: PartRelation, surname: PartRelation) -> Relation {
    let is_written_out = given < PartRelation::Piece;
    if surname.agrees() || surname == PartRelation::Ending {
        return match given {
            _ if given.agrees() => Relation::Compatible,
            PartRelation::Spelling | PartRelation::Sound if surname < PartRelation::Nickname => Relation::Variant,
            PartRelation::Spelling | PartRelation::Sound => Relation::SoundsLike,
            _ if surname == PartRelation::Initial => Relation::Unrelated,
            _ => Relation::SameSurname,
        };
    }
    if given > PartRelation::Nickname && is_inflected(a, b) {
        return Relation::Compatible;
    }
    match given {
        PartRelation::Prefix if surname.is_near() && !is_short_form(a, b) => Relation::Unrelated,
        _ if is_written_out && surname.is_near() => Relation::Variant,
        _ if is_written_out => Relation::SameGiven,
        PartRelation::Spelling | PartRelation::Sound if surname.is_near() => Relation::SoundsLike,
        // So little of the given name needs a long surname beside it.
        PartRelation::Faint | PartRelation::Initial if surname.is_near() && has_long_surnames(a, b) => {
            Relation::SoundsLike
        }
        _ => Relation::Unrelated,
    }
}

/// The given names differ by a letter or two, or one of them is established: `Dan` is short for `Daniel`, `Code` not for
/// `Codeblock`.
fn is_short_form(a: &Name, b: &Name) -> bool {
    let given =
        |name: &Name| name.with(Role::Given).next().map(|part| name.letters(part).to_owned()).unwrap_or_default();
    let (a, b) = (given(a), given(b));
    a.len().abs_diff(b.len()) <= 2 || is_known_given(&a) || is_known_given(&b)
}

/// `Wendel` and `Wendell`.
fn differ_by_doubled_end(a: &Name, b: &Name) -> bool {
    let first = |name: &Name| name.with(Role::Given).next().copied();
    first(a).zip(first(b)).is_some_and(|(x, y)| is_doubled_at_end(a.letters(&x), b.letters(&y)))
}

fn has_long_surnames(a: &Name, b: &Name) -> bool {
    const LONG: usize = 7;
    [a, b].iter().all(|name| name.with(Role::Surname).any(|part| part.len() >= LONG))
}

/// A bare given name or surname can confirm a full name, never accuse one.
fn compare_bare(a: &Name, b: &Name) -> Comparison {
    let both_bare = !a.is_full() && !b.is_full();
    let mut best = PartRelation::Different;
    for (x, y) in proper_parts(a).flat_map(|x| proper_parts(b).map(move |y| (x, y))) {
        best = best.min(pair(a, x, b, y).given());
    }
    let relation = match best {
        _ if best.agrees() => Relation::Compatible,
        PartRelation::Spelling | PartRelation::Sound if both_bare => Relation::Variant,
        _ => Relation::Unrelated,
    };
    Comparison { relation, given: best, surname: PartRelation::Different }
}

fn proper_parts(name: &Name) -> impl Iterator<Item = &Part> {
    name.parts.iter().filter(|part| !matches!(part.role, Role::Title | Role::Suffix | Role::Particle))
}

fn pair<'n>(a: &'n Name, x: &'n Part, b: &'n Name, y: &'n Part) -> Pair<'n> {
    Pair { a: (a.letters(x), x), b: (b.letters(y), y), script: a.script }
}

/// Equal words in any order, as in `Stephenson Jonsi`.
fn is_reordered(a: &Name, b: &Name) -> bool {
    if a.squashed.len() != b.squashed.len() {
        return false;
    }
    let words = |name: &Name| {
        let parts = name.parts.iter().filter(|part| !matches!(part.role, Role::Title | Role::Suffix | Role::Nickname));
        let mut words: Vec<&str> = parts.map(|part| &name.folded[part.start as usize..part.end as usize]).collect();
        words.sort_unstable();
        words.concat()
    };
    words(a) == words(b)
}

fn has_generation_clash(a: &Name, b: &Name) -> bool {
    a.generation().zip(b.generation()).is_some_and(|(a, b)| a != b)
}

fn surname_relation(a: &Name, b: &Name) -> PartRelation {
    let (of_a, of_b): (Vec<&Part>, Vec<&Part>) = (a.with(Role::Surname).collect(), b.with(Role::Surname).collect());
    let same_particles = particles(a).eq(particles(b));
    let mut shared = 0;
    let mut best = PartRelation::Different;
    for &x in &of_a {
        for &y in &of_b {
            let relation = pair(a, x, b, y).surname();
            shared += usize::from(relation == PartRelation::Equal);
            best = best.min(relation);
        }
    }
    let (short, long) = (of_a.len().min(of_b.len()), of_a.len().max(of_b.len()));
    if shared > 0 && shared >= short {
        return match (shared == long, same_particles) {
            (true, true) => PartRelation::Equal,
            (true, false) => PartRelation::Particle,
            (false, _) => PartRelation::Piece,
        };
    }
    if joined(a, &of_a) == joined(b, &of_b) {
        return PartRelation::Particle;
    }
    if has_surname_among_given(a, b, &of_b) || has_surname_among_given(b, a, &of_a) {
        return PartRelation::Piece;
    }
    match best {
        // Of two double surnames one piece may be misspelt, if the others agree.
        PartRelation::Equal => PartRelation::Different,
        _ if long == 1 || short == 1 || short + shared > long => best,
        PartRelation::Spelling | PartRelation::Sound => PartRelation::Different,
        _ => best,
    }
}

fn particles(name: &Name) -> impl Iterator<Item = &str> {
    name.with(Role::Particle).map(|part| name.letters(part))
}

fn joined(name: &Name, surname: &[&Part]) -> String {
    let particles = name.parts.iter().filter(|part| part.role == Role::Particle);
    let mut parts: Vec<&Part> = particles.chain(surname.iter().copied()).collect();
    parts.sort_unstable_by_key(|part| part.start);
    parts.into_iter().map(|part| name.letters(part)).collect()
}

/// A double surname of which the other name has the first part: `Wanda Soto Tolentino`, `Wanda Soto`.
fn has_surname_among_given(long: &Name, short: &Name, surname: &[&Part]) -> bool {
    surname.iter().any(|part| {
        let letters = short.letters(part);
        letters.len() >= 3 && long.with(Role::Middle).any(|middle| long.letters(middle) == letters)
    })
}

/// Both parts differ in a short ending only: `z Janem Kowalskim` and `Jan Kowalski` are one name in two cases.
fn is_inflected(a: &Name, b: &Name) -> bool {
    let first = |name: &Name| name.with(Role::Given).next().copied();
    are_inflected(a, first(a), b, first(b)) && are_last_inflected(a, b)
}

fn are_last_inflected(a: &Name, b: &Name) -> bool {
    let last = |name: &Name| name.with(Role::Surname).last().copied();
    are_inflected(a, last(a), b, last(b))
}

fn are_inflected(a: &Name, x: Option<Part>, b: &Name, y: Option<Part>) -> bool {
    x.zip(y).is_some_and(|(x, y)| pair(a, &x, b, &y).is_inflected())
}
