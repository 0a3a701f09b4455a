//! Which existing file a missing link target most likely means: an index built at the first miss, so that one more miss
//! costs a few look-ups and not a comparison with every name.

use super::copies::is_certain_copy;
use super::index::fold_eq;
use super::{Contents, Vault};
use crate::text::{FileId, edit_distance, last_component, to_u32, without_extension};

mod hashes;
mod key;

pub use key::typography_key;

use hashes::Hashes;
use key::{each_gap, letters_hash};

/// A file that a missing target may mean, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    pub file: FileId,
    pub closeness: Closeness,
}

/// Why a file is near to a target, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// The names differ by Unicode form, dash, apostrophe or white space alone.
    Typography,
    /// The target has a slash, and the note's name has another sign or none in its place.
    Slash,
    /// The name exists in another folder than the one written.
    OtherFolder,
    /// The same letters and digits, other signs between them.
    Letters,
    /// The target is an alias of the note.
    Alias,
    /// The target is a cut-off beginning of the name.
    CutOff,
    /// One word differs by this many edits.
    Edits(u8),
    /// One of the two names has a word more than the other.
    Word,
}

/// At most this many files are offered.
const MOST: usize = 3;
/// A shorter target is the beginning of too many names to be a cut-off one.
const SHORTEST_CUT_OFF: usize = 12;
/// Longer targets are no names; the bound keeps hostile ones cheap.
const LONGEST: usize = 512;
/// A shorter single word is near to too many others.
const SHORTEST_WORD: usize = 5;
/// Names that have all but one word in common with a target are compared up to this number.
const MOST_COMPARED: usize = 64;

/// Names prepared for the search of near ones. A large vault has hundreds of thousands: no byte too many.
pub struct NearIndex {
    /// Sorted by text.
    names: Vec<Name>,
    /// The texts of the names, one after the other, in the form of [`typography_key`].
    texts: String,
    /// Hash of a name with one word left out (single words: one character), or of the whole.
    gaps: Hashes,
    /// Hash of the letters and digits of a name.
    letters: Hashes,
    has_aliases: bool,
}

struct Name {
    /// Where its text ends in `texts`; it begins where the one before ends.
    end: u32,
    file: FileId,
    is_alias: bool,
}

/// A name of the index as it is asked for.
#[derive(Clone, Copy)]
struct Named<'i> {
    text: &'i str,
    file: FileId,
    is_alias: bool,
}

impl NearIndex {
    pub(super) fn new(vault: &Vault) -> NearIndex {
        let mut found: Vec<(Box<str>, FileId, bool)> = vault.files().flat_map(|(id, _)| names(vault, id)).collect();
        found.sort_unstable();
        let mut index = NearIndex {
            names: Vec::with_capacity(found.len()),
            texts: String::with_capacity(found.iter().map(|(text, ..)| text.len()).sum()),
            gaps: Hashes::default(),
            letters: Hashes::default(),
            has_aliases: found.iter().any(|(.., is_alias)| *is_alias),
        };
        for (text, file, is_alias) in found {
            index.texts.push_str(&text);
            index.names.push(Name { end: to_u32(index.texts.len()), file, is_alias });
        }
        index.gaps = index.hashes(|text, add| each_gap(text, |hash, _| add(hash)));
        index.letters = index.hashes(|text, add| add(letters_hash(text)));
        index
    }

    /// Returns the hashes of all names.
    fn hashes(&self, each: impl Fn(&str, &mut dyn FnMut(u32))) -> Hashes {
        let mut all = Vec::with_capacity(self.names.len());
        for number in 0..self.names.len() {
            each(self.name(number).text, &mut |hash| all.push((hash, to_u32(number))));
        }
        Hashes::new(&all)
    }

    fn name(&self, number: usize) -> Named<'_> {
        let start = number.checked_sub(1).map_or(0, |before| self.names[before].end);
        let Name { end, file, is_alias } = self.names[number];
        Named { text: &self.texts[start as usize..end as usize], file, is_alias }
    }

    /// Returns the files that `target` may mean when written in `source`, likeliest first, three at most.
    pub(super) fn nearest(&self, vault: &Vault, source: FileId, target: &str) -> Vec<Near> {
        let target = target.trim().trim_end_matches('…').trim_end_matches("...").trim_end();
        let target = without_extension(target);
        let mut found = Vec::new();
        self.same_key(&typography_key(target), Closeness::Typography, &mut found);
        if let Some((_, last)) = target.rsplit_once('/') {
            self.same_key(&typography_key(last), Closeness::OtherFolder, &mut found);
            for sign in [" ", "-", ""] {
                self.same_key(&typography_key(&target.replace('/', sign)), Closeness::Slash, &mut found);
            }
        }
        let key = typography_key(last_component(target));
        if key.len() <= LONGEST {
            self.same_letters(&key, &mut found);
            self.cut_off(&key, &mut found);
            self.edited(&key, &mut found);
        }
        if let Some((folder, last)) = target.trim_start_matches(['.', '/']).rsplit_once('/') {
            // One word alone, near, and in another folder: two chances to be wrong.
            let is_there = |near: &Near| is_below(vault.path(near.file).folder(), folder);
            let is_sure = |near: &Near| near.closeness < Closeness::Letters || last.contains(' ') || is_there(near);
            found.retain(is_sure);
        }
        for near in &mut found {
            // The very name, and yet the link misses it: the folder is wrong (a canvas wants whole paths).
            let path = vault.path(near.file);
            let is_same = |name: &str| fold_eq(name.chars(), target.chars());
            if near.closeness == Closeness::Typography && (is_same(path.stem()) || is_same(path.file_name())) {
                near.closeness = Closeness::OtherFolder;
            }
        }
        found.retain(|near| near.file != source || near.closeness == Closeness::Alias);
        found.sort_by_key(|near| (near.closeness, vault.path(near.file).as_str().len(), near.file));
        let mut seen = Vec::new();
        found.retain(|near| {
            !seen.contains(&near.file) && {
                seen.push(near.file);
                true
            }
        });
        found.truncate(MOST);
        found
    }

    pub(super) fn with_alias(&self, vault: &Vault, alias: &str) -> Vec<FileId> {
        if !self.has_aliases {
            return Vec::new();
        }
        let key = typography_key(alias);
        let is_own = |name: &Named| {
            let fold = |text: &str| text.trim().to_lowercase();
            name.is_alias && vault.outline(name.file).aliases().iter().any(|(own, _)| fold(own) == fold(alias))
        };
        self.starting_at(&key).take_while(|name| name.text == key).filter(is_own).map(|name| name.file).collect()
    }

    fn starting_at(&self, key: &str) -> impl Iterator<Item = Named<'_>> {
        let (mut low, mut high) = (0, self.names.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.name(middle).text < key { low = middle + 1 } else { high = middle }
        }
        (low..self.names.len()).map(|number| self.name(number))
    }

    fn same_key(&self, key: &str, closeness: Closeness, found: &mut Vec<Near>) {
        for name in self.starting_at(key).take_while(|name| name.text == key) {
            let closeness = if name.is_alias { Closeness::Alias } else { closeness };
            found.push(Near { file: name.file, closeness });
        }
    }

    fn cut_off(&self, key: &str, found: &mut Vec<Near>) {
        if key.chars().count() < SHORTEST_CUT_OFF {
            return;
        }
        let longer = self.starting_at(key).take_while(|name| name.text.starts_with(key));
        let names = longer.filter(|name| name.text.len() > key.len() && !name.is_alias).take(MOST + 1);
        found.extend(names.map(|name| Near { file: name.file, closeness: Closeness::CutOff }));
    }

    fn same_letters(&self, key: &str, found: &mut Vec<Near>) {
        let letters: String = key.chars().filter(|character| character.is_alphanumeric()).collect();
        if letters.chars().count() < SHORTEST_WORD || letters.bytes().all(|byte| byte.is_ascii_digit()) {
            return;
        }
        for name in self.hashed(&self.letters, letters_hash(key)) {
            let own = name.text.chars().filter(|character| character.is_alphanumeric());
            if own.eq(letters.chars()) {
                let closeness = if name.is_alias { Closeness::Alias } else { Closeness::Letters };
                found.push(Near { file: name.file, closeness });
            }
        }
    }

    fn edited(&self, key: &str, found: &mut Vec<Near>) {
        each_gap(key, |hash, own| {
            for name in self.hashed(&self.gaps, hash) {
                let closeness = edits(key, own, name.text).map(Closeness::Edits);
                let closeness = closeness.or_else(|| one_word_more(key, name.text).then_some(Closeness::Word));
                found.extend(closeness.map(|closeness| Near { file: name.file, closeness }));
            }
        });
    }

    /// Returns the names of one hash, at most as many as one miss may cost.
    fn hashed<'a>(&'a self, table: &'a Hashes, hash: u32) -> impl Iterator<Item = Named<'a>> {
        table.of(hash).take(MOST_COMPARED).map(|number| self.name(number))
    }
}

/// The names by which a file may be meant: its own and its aliases.
fn names(vault: &Vault, id: FileId) -> Vec<(Box<str>, FileId, bool)> {
    let file = vault.file(id);
    if vault.settings().obsidian.is_template(&file.path) || is_certain_copy(file.path.stem()) {
        return Vec::new();
    }
    if !file.path.is_source() && file.path.extension().is_empty() {
        // No link leads to a file without an extension.
        return Vec::new();
    }
    let name = if file.path.is_note() { file.path.stem() } else { file.path.file_name() };
    let mut names = vec![(typography_key(name).into(), id, false)];
    if file.contents == Contents::Read {
        let aliases = vault.outline(id).aliases().into_iter();
        names.extend(aliases.map(|(alias, _)| (typography_key(alias).into(), id, true)));
    }
    names
}

/// Tells whether a folder's path ends with the one that is written.
fn is_below(folder: &str, written: &str) -> bool {
    let (folder, written) = (folder.to_lowercase(), written.to_lowercase());
    folder.strip_suffix(&written).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
}

/// Returns how far the name is from the target when one word of it stands in the place of the target's word `own`;
/// `None` if that is no slip of the hand. Digits are never slips: another number is another thing.
fn edits(target: &str, own: &str, name: &str) -> Option<u8> {
    let (mine, theirs): (Vec<&str>, Vec<&str>) = (target.split(' ').collect(), name.split(' ').collect());
    if mine.len() != theirs.len() {
        return None;
    }
    let differing: Vec<_> = mine.iter().zip(&theirs).filter(|(mine, theirs)| mine != theirs).collect();
    let [(mine, theirs)] = differing[..] else { return None };
    if *mine != own || [mine, theirs].iter().any(|word| word.chars().any(|character| character.is_ascii_digit())) {
        return None;
    }
    let distance = edit_distance(mine, theirs);
    let length = mine.chars().count().max(theirs.chars().count());
    let is_shortened =
        length >= 4 && (theirs.starts_with(*mine) || mine.starts_with(*theirs)) && mine.len().min(theirs.len()) >= 3;
    let most = if mine.len() != target.len() && is_shortened { 3 } else { (length / 4).clamp(1, 2) };
    let shortest = if mine.len() == target.len() { SHORTEST_WORD } else { 3 };
    (distance <= most && length >= shortest).then(|| u8::try_from(distance).unwrap_or(u8::MAX))
}

/// One of the names is the other with one word put in, and two words agree at least. Another number is another thing.
fn one_word_more(target: &str, name: &str) -> bool {
    let (long, short) = if target.len() > name.len() { (target, name) } else { (name, target) };
    let (long, short): (Vec<&str>, Vec<&str>) = (long.split(' ').collect(), short.split(' ').collect());
    if long.len() != short.len() + 1 || short.len() < 2 {
        return false;
    }
    let at = long.iter().zip(&short).take_while(|(long, short)| long == short).count();
    let has_letters = |word: &&str| word.chars().filter(|character| character.is_alphabetic()).count() > 1;
    let is_number = long[at].chars().any(|character| character.is_ascii_digit());
    !is_number && long[at + 1..] == short[at..] && short.iter().filter(|word| has_letters(word)).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_hand_are_near_and_other_things_are_not() {
        let check = |target: &str, name: &str, expected: Option<u8>| {
            let mut found = None;
            let mut theirs = Vec::new();
            each_gap(name, |hash, _| theirs.push(hash));
            each_gap(target, |hash, own| {
                if theirs.contains(&hash) {
                    found = found.or(edits(target, own, name));
                }
            });
            assert_eq!(found, expected, "{target} / {name}");
        };
        check("ada lovelase", "ada lovelace", Some(1));
        check("jon stephenson", "jonsi stephenson", Some(2));
        check("gatway", "gateway", Some(1));
        check("gaetway", "gateway", Some(1));
        check("2025-11-08", "2025-11-07", None);
        check("phase 1", "phase 2", None);
        check("rob benoit", "rob banga", None);
        check("cat", "dog", None);
        check("cat", "cao", None);
        check("ada lovelace king", "ada lovelace", None);
    }

    #[test]
    fn a_word_more_is_near_if_two_words_agree() {
        let check =
            |target: &str, name: &str, expected: bool| assert_eq!(one_word_more(target, name), expected, "{target}");
        check("ada lovelace king", "ada lovelace", true);
        check("ada lovelace", "ada king lovelace", true);
        check("release plan 2", "release plan", false);
        check("release plan", "plan", false);
        check("- release plan", "release plan", true);
    }
}
