//! The keys under which near names meet.

use crate::language::name::Name;
use crate::language::name::part::{Role, consonants, respelt, sounds};

/// Keys that near names share. With the class of the given name's first letter: how the surname sounds, its consonants, its
/// beginning. With the whole given name: the surname less one letter, its beginning, its end. With the whole surname: the
/// given name less one letter, its beginning.
pub(in crate::language::name) fn block_keys(
    name: &Name,
    keys: &mut Vec<u64>,
    mut is_shared: impl FnMut(Role, &str) -> bool,
) {
    let Some(given) = name.parts.iter().find(|part| matches!(part.role, Role::Given | Role::Initial)) else { return };
    let letters = name.letters(given);
    let is_given_shared = is_shared(Role::Given, letters);
    let with_given = |kind| Key::new(kind).and(letters).and(" ");
    for part in name.with(Role::Surname).filter(|part| part.len() > 1) {
        let surname = name.letters(part);
        let (sounds, respelt) = (sounds(surname), respelt(surname));
        let consonants = consonants(&respelt);
        for class in (b'A'..).zip(0..26).filter(|(_, bit)| given.initials >> bit & 1 == 1).map(|(class, _)| class) {
            for sound in sounds.into_iter().filter(|&sound| sound != 0) {
                keys.push(Key::new(class).and("d").and_bytes(&sound.to_le_bytes()).0);
            }
            keys.push(Key::new(class).and("k").and(&consonants).0);
            keys.push(Key::new(class).and("b").and(beginning(&respelt, 3)).0);
        }
        if is_given_shared {
            without_one_letter(with_given(b'g'), surname, keys);
            keys.push(with_given(b'h').and(beginning(surname, 3)).0);
            keys.push(with_given(b'e').and(end(surname, 3)).0);
        }
        if is_shared(Role::Surname, surname) {
            let with_surname = |kind| Key::new(kind).and(surname).and(" ");
            without_one_letter(with_surname(b's'), letters, keys);
            keys.push(with_surname(b't').and(beginning(letters, 2)).0);
        }
    }
    keys.sort_unstable();
    keys.dedup();
}

fn beginning(word: &str, letters: usize) -> &str {
    let end = word.char_indices().nth(letters).map_or(word.len(), |(at, _)| at);
    &word[..end]
}

fn end(word: &str, letters: usize) -> &str {
    let start = word.char_indices().rev().nth(letters - 1).map_or(0, |(at, _)| at);
    &word[start..]
}

/// Adds the keys of the whole word, and of what is left of it without each letter.
fn without_one_letter(start: Key, word: &str, keys: &mut Vec<u64>) {
    keys.push(start.and(word).0);
    let mut before = start;
    for (at, letter) in word.char_indices() {
        let end = at + letter.len_utf8();
        keys.push(before.and(&word[end..]).0);
        before = before.and(&word[at..end]);
    }
}

/// A hash of pieces as if they were one, so that a word and one without a letter meet (FNV-1a).
#[derive(Clone, Copy)]
struct Key(u64);

impl Key {
    fn new(kind: u8) -> Key {
        Key(0xcbf2_9ce4_8422_2325).and_bytes(&[kind])
    }

    fn and(self, piece: &str) -> Key {
        self.and_bytes(piece.as_bytes())
    }

    fn and_bytes(self, bytes: &[u8]) -> Key {
        Key(bytes.iter().fold(self.0, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
    }
}
