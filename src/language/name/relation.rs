//! What two names are to each other, with the reasons in words.

use super::Name;
use super::part::{
    Pair, Part, PartRelation, Role, Script, is_doubled_at_end, is_one_letter, respelt, skeleton, sounds,
};
use super::tables::is_known_given;

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
    if a.squashed.is_empty() || b.squashed.is_empty() || has_generation_clash(a, b) {
        return Comparison::UNRELATED;
    }
    if a.squashed == b.squashed || is_reordered(a, b) {
        return Comparison { relation: Relation::Same, given: PartRelation::Equal, surname: PartRelation::Equal };
    }
    if a.script != b.script || a.script == Script::Other {
        return Comparison::UNRELATED;
    }
    if !a.is_full() || !b.is_full() {
        return compare_bare(a, b);
    }
    let surname = surname_relation(a, b);
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
    let generation = |name: &Name| name.with(Role::Suffix).map(|part| part.generation).find(|&rank| rank > 0);
    generation(a).zip(generation(b)).is_some_and(|(a, b)| a != b)
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

struct GivenRelation {
    relation: PartRelation,
    /// Both have a further given name or initial, and these do not fit each other.
    has_clash: bool,
}

/// The best pair of given names of which one is a first name or nickname: people go by a middle name.
fn given_relation(a: &Name, b: &Name, surname: PartRelation) -> GivenRelation {
    let (of_a, of_b) = (Given::of(a), Given::of(b));
    if let Some(relation) = initials_relation(&of_a, &of_b) {
        return relation;
    }
    let mut best = (PartRelation::Different, None);
    for (i, &x) in of_a.parts.iter().enumerate() {
        for (j, &y) in of_b.parts.iter().enumerate() {
            let is_first = i == 0 || j == 0 || x.role == Role::Nickname || y.role == Role::Nickname;
            let relation = pair(a, x, b, y).given();
            let is_first = is_first && !(of_a.is_further_initial(i) || of_b.is_further_initial(j));
            if is_first && (relation, i + j) < (best.0, best.1.map_or(usize::MAX, |(i, j): (usize, usize)| i + j)) {
                best = (relation, Some((i, j)));
            }
        }
    }
    if of_a.joined() == of_b.joined() {
        return GivenRelation { relation: PartRelation::Equal, has_clash: false };
    }
    if best.0 > PartRelation::Piece && (of_a.begins_with_two_as(&of_b) || of_b.begins_with_two_as(&of_a)) {
        return GivenRelation { relation: PartRelation::Piece, has_clash: false };
    }
    let (relation, at) = best;
    let has_clash = surname != PartRelation::Piece && at.is_some_and(|at| rest_clashes(&of_a, &of_b, at));
    GivenRelation { relation, has_clash }
}

/// The given names of one name, in order, nicknames last.
struct Given<'n> {
    name: &'n Name,
    parts: Vec<&'n Part>,
}

impl<'n> Given<'n> {
    fn of(name: &'n Name) -> Given<'n> {
        let is_given = |part: &&Part| matches!(part.role, Role::Given | Role::Middle | Role::Initial);
        let parts = name.parts.iter().filter(is_given).chain(name.with(Role::Nickname)).collect();
        Given { name, parts }
    }

    fn joined(&self) -> String {
        self.joined_first(usize::MAX)
    }

    fn joined_first(&self, count: usize) -> String {
        let proper = self.parts.iter().filter(|part| part.role != Role::Nickname);
        proper.take(count).map(|part| self.name.letters(part)).collect()
    }

    /// A middle initial says nothing about another's first name, unless all given names are initials.
    fn is_further_initial(&self, at: usize) -> bool {
        at > 0 && self.parts[at].role == Role::Initial && self.parts[0].role != Role::Initial
    }

    /// `Jo Ann` beside `Joann`.
    fn begins_with_two_as(&self, other: &Given) -> bool {
        self.parts.len() > 1 && self.joined_first(2) == other.joined_first(1)
    }

    fn is_initials(&self) -> bool {
        self.parts.iter().all(|part| part.role == Role::Initial)
    }
}

/// `TJ` beside `T. J.` is one name; beside `Thomas` it is his initials.
fn initials_relation(a: &Given, b: &Given) -> Option<GivenRelation> {
    if !a.is_initials() || !b.is_initials() {
        return None;
    }
    let (a, b) = (a.joined(), b.joined());
    let relation = match () {
        () if a == b && !is_one_letter(&a) => PartRelation::Equal,
        () if a.starts_with(&b) || b.starts_with(&a) => PartRelation::Initial,
        () => PartRelation::Different,
    };
    Some(GivenRelation { relation, has_clash: false })
}

fn rest_clashes(a: &Given, b: &Given, at: (usize, usize)) -> bool {
    if a.parts[at.0].role == Role::Nickname || b.parts[at.1].role == Role::Nickname {
        return false;
    }
    let rest = |given: &Given, used: usize| -> Vec<usize> {
        let is_rest = |&i: &usize| i != used && given.parts[i].role != Role::Nickname;
        (0..given.parts.len()).filter(is_rest).collect()
    };
    let (rest_a, rest_b) = (rest(a, at.0), rest(b, at.1));
    if rest_a.is_empty() || rest_b.is_empty() {
        return false;
    }
    !rest_a.iter().any(|&i| {
        rest_b.iter().any(|&j| {
            let relation = pair(a.name, a.parts[i], b.name, b.parts[j]).given();
            relation.agrees() || relation.is_near()
        })
    })
}

/// Both parts differ in a short ending only: `z Janem Kowalskim` and `Jan Kowalski` are one name in two cases.
fn is_inflected(a: &Name, b: &Name) -> bool {
    let last = |name: &Name| name.with(Role::Surname).last().copied();
    let first = |name: &Name| name.with(Role::Given).next().copied();
    let fits = |x: Option<Part>, y: Option<Part>| x.zip(y).is_some_and(|(x, y)| pair(a, &x, b, &y).is_inflected());
    fits(first(a), first(b)) && fits(last(a), last(b))
}

/// Keys that near names share. With the class of the given name's first letter: how the surname sounds, its consonants, its
/// beginning. With the whole given name: the surname less one letter, its beginning, its end. With the whole surname: the
/// given name less one letter, its beginning.
pub(super) fn block_keys(name: &Name, keys: &mut Vec<u64>) {
    let Some(given) = name.parts.iter().find(|part| matches!(part.role, Role::Given | Role::Initial)) else { return };
    let letters = name.letters(given).as_bytes();
    for part in name.with(Role::Surname).filter(|part| part.len() > 1) {
        let surname = name.letters(part);
        let (sounds, consonants, respelt) = (sounds(surname), skeleton(surname), respelt(surname));
        for class in (b'A'..).zip(0..26).filter(|(_, bit)| given.initials >> bit & 1 == 1).map(|(class, _)| class) {
            for sound in sounds.into_iter().filter(|&sound| sound != 0) {
                keys.push(key(class, &[b"d", &sound.to_le_bytes()]));
            }
            keys.push(key(class, &[b"k", consonants.as_bytes()]));
            keys.push(key(class, &[b"b", beginning(&respelt, 3)]));
        }
        without_one_letter(surname, |start, end| keys.push(key(b'g', &[letters, b" ", start, end])));
        keys.push(key(b'h', &[letters, b" ", beginning(surname, 3)]));
        keys.push(key(b'e', &[letters, b" ", end(surname, 3)]));
        without_one_letter(name.letters(given), |start, end| {
            keys.push(key(b's', &[surname.as_bytes(), b" ", start, end]))
        });
        keys.push(key(b't', &[surname.as_bytes(), b" ", beginning(name.letters(given), 2)]));
    }
    keys.sort_unstable();
    keys.dedup();
}

fn beginning(word: &str, letters: usize) -> &[u8] {
    let end = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
    &word.as_bytes()[..end]
}

fn end(word: &str, letters: usize) -> &[u8] {
    let start = word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    &word.as_bytes()[start..]
}

/// Calls back with the whole word, then with what stands before and after each letter left out.
fn without_one_letter(word: &str, mut each: impl FnMut(&[u8], &[u8])) {
    each(word.as_bytes(), b"");
    for (at, letter) in word.char_indices() {
        each(&word.as_bytes()[..at], &word.as_bytes()[at + letter.len_utf8()..]);
    }
}

/// A hash of the pieces as if they were one, so that a word and one without a letter meet (FNV-1a).
fn key(kind: u8, pieces: &[&[u8]]) -> u64 {
    let bytes = std::iter::once(&kind).chain(pieces.iter().copied().flatten());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
