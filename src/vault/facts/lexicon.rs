//! Which words the vault uses as names: those that begin with a capital inside sentences and are never written small.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use crate::language::fact::Lexicon;
use crate::note::FactKind;
use crate::text::{hash_small, letters_in_front};
use crate::vault::Vault;
use crate::vault::settings::Kind;

/// What the notes say about words.
#[derive(Debug, Default)]
pub struct VaultLexicon {
    /// How often a word stands inside a sentence with a capital, and how often it is written small.
    words: FxHashMap<u64, (u16, u16)>,
    /// One word that is an alias of one person, to the person's name.
    aliases: FxHashMap<Box<str>, Option<Box<str>>>,
}

impl Lexicon for VaultLexicon {
    fn is_name(&self, word: &str) -> Option<bool> {
        match self.words.get(&hash(word)).copied().unwrap_or_default() {
            (0, 0) => None,
            (capital, small) => Some(capital > 0 && u32::from(capital) > 8 * u32::from(small)),
        }
    }

    fn full_name(&self, name: &str) -> Option<&str> {
        self.aliases.get(name)?.as_deref()
    }
}

impl VaultLexicon {
    /// Reads the facts and the names of all notes.
    pub(in crate::vault) fn new(vault: &Vault) -> VaultLexicon {
        let mut lexicon = VaultLexicon::default();
        for file in vault.checked() {
            let outline = vault.outline(file);
            for fact in outline.facts.iter().filter(|fact| fact.kind != FactKind::Links) {
                lexicon.read(outline.str(fact.text()));
            }
            if let Some(Kind::Person | Kind::Organisation | Kind::Project) = vault.kind(file) {
                lexicon.add_name(vault.path(file).stem());
            }
            if vault.kind(file) == Some(&Kind::Person) {
                lexicon.add_aliases(vault, file);
            }
        }
        lexicon
    }

    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut at, mut first) = (0, true);
        while let Some(&byte) = bytes.get(at) {
            if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
                first |= matches!(byte, b'.' | b'!' | b'?' | b':' | b'[' | b'|');
                at += 1;
                continue;
            }
            let (length, hash) = word(&text[at..]);
            // A number is no name; a large vault has more of them than words.
            if length > 1 && !byte.is_ascii_digit() {
                let is_ascii_capital = byte.is_ascii_uppercase();
                let capital = is_ascii_capital || !byte.is_ascii() && text[at..].starts_with(char::is_uppercase);
                self.count(hash, capital, first);
            }
            first &= length == 0;
            at += if length > 0 { length } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        }
    }

    fn count(&mut self, hash: u64, capital: bool, first: bool) {
        if first && capital {
            return;
        }
        let count = self.words.entry(hash).or_default();
        let count = if capital { &mut count.0 } else { &mut count.1 };
        *count = count.saturating_add(1);
    }

    fn add_name(&mut self, name: &str) {
        for word in name.split(|letter: char| !letter.is_alphanumeric()) {
            if word.len() > 1 && word.starts_with(char::is_uppercase) {
                let count = self.words.entry(hash_folded(word)).or_default();
                count.0 = count.0.saturating_add(1);
            }
        }
    }

    fn add_aliases(&mut self, vault: &Vault, file: crate::text::FileId) {
        for (alias, _) in vault.outline(file).aliases() {
            let alias = alias.trim().to_lowercase();
            if alias.chars().all(char::is_alphanumeric) {
                let name: Box<str> = vault.path(file).stem().to_lowercase().into();
                // An alias of two people stands for neither.
                self.aliases.entry(alias.into()).and_modify(|known| *known = None).or_insert(Some(name));
            }
        }
    }
}

/// Returns how long the word is that a text begins with, 0 for none, and its hash in lower case.
fn word(text: &str) -> (usize, u64) {
    let length = letters_in_front(text.as_bytes());
    if text.as_bytes().get(length).is_none_or(u8::is_ascii) {
        return (length, hash(&text[..length]));
    }
    let length = text.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len());
    (length, hash_folded(&text[..length]))
}

/// Hashes a word in lower case; capital ASCII letters count as small ones. Every word of a vault comes here.
fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hash_small(word, &mut hasher);
    hasher.finish()
}

/// Hashes a word as if it stood in lower case.
fn hash_folded(word: &str) -> u64 {
    if word.is_ascii() { hash(word) } else { hash(&word.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::{hash, hash_folded, word};

    #[test]
    fn a_word_is_hashed_as_its_lower_case() {
        for text in ["Apollo", "R2D2", "Incomprehensibilities", "EIGHTBIT", "Éire", "CAFÉ", "a", ""] {
            assert_eq!(hash_folded(text), hash(&text.to_lowercase()), "{text}");
            assert_eq!(word(&format!("{text}, a")), (text.len(), hash_folded(text)), "{text}");
        }
        assert_ne!(hash("incomprehensible"), hash("incomprehensibly"));
        assert_ne!(hash("eightbit"), hash("eightbits"));
    }
}
