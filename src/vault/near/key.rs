//! A name in the forms by which near ones are found: in one typography, with a word left out, letters alone.

use std::hash::Hasher;

use rustc_hash::FxHasher;
use unicode_normalization::UnicodeNormalization;

/// Longer single words are no slips of the hand; the bound keeps hostile names cheap.
const LONGEST_WORD: usize = 40;
/// Names of more words than this are compared whole, not word by word.
const MOST_WORDS: usize = 24;

/// Calls `with` for each name that comes of leaving out one word (of a single word: one character, or none), with its
/// hash and the word left out.
pub(super) fn each_gap<'a>(key: &'a str, mut with: impl FnMut(u32, &'a str)) {
    let words = key.split(' ').count();
    if words > MOST_WORDS {
        return;
    }
    if words > 1 {
        let mut hashes = [0; MOST_WORDS];
        for (hash, word) in hashes.iter_mut().zip(key.split(' ')) {
            *hash = self::hash(word.chars());
        }
        let hashes = &hashes[..words];
        with(joined(hashes.iter()), "");
        for (number, word) in key.split(' ').enumerate() {
            with(joined(hashes[..number].iter().chain(&hashes[number + 1..])), word);
        }
    } else if key.chars().count() <= LONGEST_WORD {
        with(hash(key.chars()), key);
        let mut before = FxHasher::default();
        for (at, character) in key.char_indices() {
            let after = key[at + character.len_utf8()..].chars();
            with(hash_on(before.clone(), after), key);
            before.write_u32(character as u32);
        }
    }
}

/// Returns the hash of the letters and digits of a name.
pub(super) fn letters_hash(key: &str) -> u32 {
    hash(key.chars().filter(|character| character.is_alphanumeric()))
}

/// Joins the hashes of words to the hash of a name.
fn joined<'h>(words: impl Iterator<Item = &'h u32>) -> u32 {
    let mut hasher = FxHasher::default();
    words.for_each(|word| hasher.write_u32(*word));
    (hasher.finish() >> 32) as u32
}

/// Names that share a hash by chance are told apart when they are compared.
fn hash(characters: impl Iterator<Item = char>) -> u32 {
    hash_on(FxHasher::default(), characters)
}

fn hash_on(mut hasher: FxHasher, characters: impl Iterator<Item = char>) -> u32 {
    for character in characters {
        hasher.write_u32(character as u32);
    }
    (hasher.finish() >> 32) as u32
}

/// Returns a name in lower case with one form of dash, apostrophe, quote and white space, compatibility forms dissolved.
pub fn typography_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    if name.is_ascii() {
        for byte in name.bytes() {
            match byte {
                b'`' => key.push('\''),
                b'\t'..=b'\r' | b' ' if key.is_empty() || key.ends_with(' ') => {}
                b'\t'..=b'\r' => key.push(' '),
                _ => key.push(byte.to_ascii_lowercase().into()),
            }
        }
        key.truncate(key.trim_end().len());
        return key;
    }
    for character in name.nfkc() {
        match character {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{ff0d}' => key.push('-'),
            '\u{2018}'..='\u{201b}' | '\u{2bc}' | '\u{2032}' | '`' | '\u{b4}' => key.push('\''),
            '\u{201c}'..='\u{201f}' | '\u{2033}' => key.push('"'),
            '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{ad}' => {}
            _ if character.is_whitespace() => {
                if !key.is_empty() && !key.ends_with(' ') {
                    key.push(' ');
                }
            }
            _ => key.extend(character.to_lowercase()),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::typography_key;

    #[test]
    fn typography_is_one_form() {
        assert_eq!(typography_key("VAST’s  plan — v2"), typography_key("vast's plan - V2"));
        assert_ne!(typography_key("Road map"), typography_key("Roadmap"));
    }
}
