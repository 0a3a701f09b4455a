//! The keys under which near names meet.

use crate::language::name::Name;
use crate::language::name::part::{Role, respelt, skeleton, sounds};

/// Keys that near names share. With the class of the given name's first letter: how the surname sounds, its consonants, its
/// beginning. With the whole given name: the surname less one letter, its beginning, its end. With the whole surname: the
/// given name less one letter, its beginning.
pub(in crate::language::name) fn block_keys(name: &Name, keys: &mut Vec<u64>) {
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
