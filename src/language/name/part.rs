//! One part of a name, and what two parts are to each other.

use super::tables;

mod ending;
mod sound;

use ending::{differ_in_last_vowel, is_gender_pair, is_surname_ending_pair};
pub use sound::sound_alike;
pub(super) use sound::{consonants, respelt, sounds};
use sound::{initial_classes, sounds_like_beginning};

/// What a part of a name is for.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Role {
    Title,
    /// The first given name, or the only word of the name.
    Given,
    /// A further given name.
    Middle,
    /// One letter of a given name.
    Initial,
    /// A word in quotation marks or brackets.
    Nickname,
    /// A word that belongs to the surname but does not tell one from another: `van`, `de`, `bin`.
    Particle,
    Surname,
    Suffix,
}

/// A piece of a name with its role and what comparing it needs first.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    pub role: Role,
    /// The generation of a suffix, 0 for none.
    pub(super) generation: u8,
    pub(super) start: u16,
    pub(super) end: u16,
    /// The classes of sound that the first letter may have.
    pub(super) initials: u32,
    /// The word was written with a letter that others write as two: `Müller`, `Mueller`.
    pub(super) has_umlaut: bool,
}

impl Part {
    /// Returns the length in bytes of the folded letters.
    pub(super) fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub(super) fn new(role: Role, (start, end): (usize, usize), written: &str, folded: &str) -> Part {
        let offset = |at: usize| u16::try_from(at).unwrap_or(u16::MAX);
        Part {
            role,
            generation: 0,
            start: offset(start),
            end: offset(end),
            initials: initial_classes(folded),
            has_umlaut: !written.is_ascii() && written.chars().any(|c| "äöüåøæœÄÖÜÅØÆŒ\u{308}".contains(c)),
        }
    }
}

/// The writing system of a name, which decides how much can be said about it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Script {
    Latin,
    /// Letters with case, where order and endings are as in Latin: Cyrillic, Greek.
    Cased,
    /// Anything else, or a mixture: names are only ever equal or not.
    Other,
}

pub(super) fn script<'t>(words: impl Iterator<Item = &'t str>) -> Script {
    let mut found = None;
    for c in words.flat_map(str::chars).filter(|c| c.is_alphabetic()) {
        let script = match c {
            '\u{41}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => Script::Latin,
            '\u{370}'..='\u{52f}' | '\u{1f00}'..='\u{1fff}' => Script::Cased,
            _ => Script::Other,
        };
        if *found.get_or_insert(script) != script {
            return Script::Other;
        }
    }
    found.unwrap_or(Script::Other)
}

/// Returns how many letters must be changed, added, left out or exchanged with their neighbour to turn one word into the other.
pub fn edits(a: &str, b: &str) -> usize {
    strsim::osa_distance(a, b)
}

/// Returns how many edits it takes at least: one for each letter that only one of the words has. Much quicker, and enough to tell
/// most pairs apart.
fn least_edits(a: &str, b: &str) -> u32 {
    let letters = |word: &str| word.bytes().fold(0, |set: u64, byte| set | 1 << (byte & 63));
    if !a.is_ascii() || !b.is_ascii() {
        return 0;
    }
    let (of_a, of_b) = (letters(a), letters(b));
    (of_a & !of_b).count_ones().max((of_b & !of_a).count_ones())
}

/// What two parts of names are to each other, strongest first.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum PartRelation {
    /// Equal after folding.
    Equal,
    /// Surnames that differ in particles only.
    Particle,
    /// A nickname of the other, or both of one name.
    Nickname,
    /// One begins with the whole other.
    Prefix,
    /// One piece of a hyphenated or double name.
    Piece,
    /// One is the initial of the other.
    Initial,
    /// The same stem with another grammatical or gendered ending.
    Ending,
    /// A slip of the pen apart.
    Spelling,
    /// Written differently, sounding alike.
    Sound,
    /// Beginning with the same sounds.
    Faint,
    /// Two parts.
    Different,
}

impl PartRelation {
    /// Returns whether the parts differ by a slip or by how a sound is written.
    pub fn is_near(self) -> bool {
        matches!(self, PartRelation::Spelling | PartRelation::Sound)
    }

    /// Returns whether the parts agree, so that people write one for the other on purpose.
    pub fn agrees(self) -> bool {
        self < PartRelation::Ending
    }
}

/// Two parts with their folded letters.
pub(super) struct Pair<'a> {
    pub a: (&'a str, &'a Part),
    pub b: (&'a str, &'a Part),
    pub script: Script,
}

/// A word of as many letters is short.
const SHORT: usize = 4;

impl Pair<'_> {
    /// Returns what two given names are to each other.
    pub fn given(&self) -> PartRelation {
        let (a, b) = (self.a.0, self.b.0);
        if self.is_equal() {
            PartRelation::Equal
        } else if is_one_letter(a) || is_one_letter(b) {
            let fits = is_initial(a, b) || is_initial(b, a);
            if fits { PartRelation::Initial } else { PartRelation::Different }
        } else if self.script == Script::Latin && tables::is_nickname(a, b) {
            PartRelation::Nickname
        } else if is_gender_pair(a, b) || differ_in_last_vowel(a, b) {
            PartRelation::Ending
        } else if is_shortened(a, b) || is_shortened(b, a) {
            PartRelation::Prefix
        } else if self.is_misspelt(7) {
            PartRelation::Spelling
        } else if self.is_heard(0.80) {
            PartRelation::Sound
        } else if self.meets_at_initial() && sounds_like_beginning(sounds(a), sounds(b)) {
            PartRelation::Faint
        } else {
            PartRelation::Different
        }
    }

    /// Returns what two surnames are to each other, each taken whole.
    pub fn surname(&self) -> PartRelation {
        let (a, b) = (self.a.0, self.b.0);
        if self.is_equal() {
            PartRelation::Equal
        } else if is_one_letter(a) || is_one_letter(b) {
            if a.chars().next() == b.chars().next() { PartRelation::Initial } else { PartRelation::Different }
        } else if is_surname_ending_pair(a, b) {
            PartRelation::Ending
        } else if a.len() <= SHORT && differ_in_last_vowel(a, b) {
            PartRelation::Different
        } else {
            let near = match () {
                () if self.is_misspelt(8) => PartRelation::Spelling,
                () if self.is_heard(0.85) => PartRelation::Sound,
                () => return PartRelation::Different,
            };
            if tables::are_two_surnames(a, b) { PartRelation::Different } else { near }
        }
    }

    /// Returns whether the parts differ in a short ending only, as a grammatical case does.
    pub fn is_inflected(&self) -> bool {
        let common = self.a.0.chars().zip(self.b.0.chars()).take_while(|(a, b)| a == b).count();
        let (a, b) = (self.a.0.chars().count(), self.b.0.chars().count());
        common >= 3 && a.max(b) - common <= 3 && a.min(b) - common <= 1
    }

    fn is_equal(&self) -> bool {
        let (a, b) = (self.a.0, self.b.0);
        a == b || (self.a.1.has_umlaut != self.b.1.has_umlaut && without_second_vowels(a).eq(without_second_vowels(b)))
    }

    /// One edit at five letters, two where both have `two_at` letters or more.
    fn is_misspelt(&self, two_at: usize) -> bool {
        if self.script == Script::Other || !self.meets_at_initial() {
            return false;
        }
        let (a, b) = (self.a.0, self.b.0);
        let (short, long) = order(a.chars().count(), b.chars().count());
        if long < 5 || short < 4 || long - short > 2 || least_edits(a, b) > 2 {
            return false;
        }
        match strsim::osa_distance(a, b) {
            0 | 1 => short >= 5 || long > short,
            2 => long >= two_at && (short >= two_at - 1 || (two_at < 8 && has_equal_ends(a, b))),
            _ => false,
        }
    }

    /// The sound keys meet and the letters are near, or the two are ways to write the same sounds.
    fn is_heard(&self, least: f64) -> bool {
        if self.script != Script::Latin || self.a.0.len().min(self.b.0.len()) < 3 || !self.meets_at_initial() {
            return false;
        }
        let (a, b) = (respelt(self.a.0), respelt(self.b.0));
        let letters = a.len().max(b.len());
        if least_edits(&a, &b) as usize > 1 + letters / 4 {
            return false;
        }
        let edits = strsim::osa_distance(&a, &b);
        if edits == 0 || (edits == 1 && letters >= 6) {
            return true;
        }
        // In a short word a vowel is much: `Jun`, `Juan`.
        if letters <= SHORT && !vowels(&a).eq(vowels(&b)) {
            return false;
        }
        let is_near = || strsim::jaro_winkler(self.a.0, self.b.0) >= least || strsim::jaro_winkler(&a, &b) >= least;
        letters >= 4 && edits <= 1 + letters / 4 && is_near() && sound_alike(self.a.0, self.b.0)
    }

    fn meets_at_initial(&self) -> bool {
        if self.script == Script::Latin {
            return self.a.1.initials & self.b.1.initials != 0;
        }
        self.a.0.chars().next() == self.b.0.chars().next()
    }
}

/// One name begins or ends with the whole other, or with what a pet ending is hung on: `Dan` and `Daniel`, `Dre` and
/// `Andre`, `Cathi` and `Catherine`.
fn is_shortened(short: &str, long: &str) -> bool {
    if short.len() < 3 || long.len() <= short.len() {
        return false;
    }
    let is_petname = |ending: &str| {
        short.strip_suffix(ending).is_some_and(|stem| {
            let single = &stem[..stem.len() - usize::from(has_double_end(stem))];
            single.len() >= 3 && long.starts_with(single)
        })
    };
    if has_one_letter_twice(short, long) {
        return false;
    }
    long.starts_with(short)
        || (long.len() >= short.len() + 2 && long.ends_with(short))
        || ["y", "ie", "i", "ey"].into_iter().any(is_petname)
}

/// One word is the other with its last letter twice: a slip, since nobody is called so for short.
pub(super) fn is_doubled_at_end(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() >= 5 && long.len() == short.len() + 1 && long.starts_with(short) && has_double_end(long)
}

/// `Mbali` and `Mballi`: one letter inside the word stands twice.
fn has_one_letter_twice(short: &str, long: &str) -> bool {
    let (short, long) = (short.as_bytes(), long.as_bytes());
    let common = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    long.len() == short.len() + 1
        && (1..short.len()).contains(&common)
        && long[common] == long[common - 1]
        && long[common + 1..] == short[common..]
}

fn has_double_end(stem: &str) -> bool {
    matches!(stem.as_bytes(), [.., a, b] if a == b)
}

/// The first three letters and the last are equal.
fn has_equal_ends(a: &str, b: &str) -> bool {
    a.chars().take(3).eq(b.chars().take(3)) && a.chars().next_back() == b.chars().next_back()
}

/// `R` is the initial of `Rob`, and of `Bob` who is a Robert.
fn is_initial(initial: &str, name: &str) -> bool {
    is_one_letter(initial)
        && (name.starts_with(initial) || tables::formals(name).iter().any(|formal| formal.starts_with(initial)))
}

fn vowels(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u'))
}

fn order(a: usize, b: usize) -> (usize, usize) {
    (a.min(b), a.max(b))
}

pub(super) fn is_one_letter(folded: &str) -> bool {
    folded.chars().nth(1).is_none()
}

/// The letters without the `e` or second `a` that stands for two dots or a ring.
fn without_second_vowels(folded: &str) -> impl Iterator<Item = char> {
    let mut last = ' ';
    folded.chars().filter(move |&c| {
        let is_second = (c == 'e' && matches!(last, 'a' | 'o' | 'u')) || (c == 'a' && last == 'a');
        last = c;
        !is_second
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{edits, least_edits};

    proptest! {
        #[test]
        fn fewer_edits_are_never_enough(a in "[a-e]{0,6}|[a-zé]{0,8}", b in "[a-e]{0,6}|[a-zé]{0,8}") {
            prop_assert!(least_edits(&a, &b) as usize <= edits(&a, &b), "{} {}", a, b);
        }
    }
}
