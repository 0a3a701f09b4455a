//! Which words the vault uses as names: those that begin with a capital inside sentences and are never written small.

use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

use crate::language::fact::Lexicon;
use crate::text::hash_small;
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
            for fact in &outline.facts {
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
        let mut first = true;
        let mut at = 0;
        while let Some(byte) = text.as_bytes().get(at) {
            if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
                let length = word_length(&text[at..]);
                if length > 0 {
                    self.count(&text[at..at + length], first);
                    (at, first) = (at + length, false);
                    continue;
                }
                at += text[at..].chars().next().map_or(1, char::len_utf8);
            } else {
                first |= matches!(byte, b'.' | b'!' | b'?' | b':' | b'[' | b'|');
                at += 1;
            }
        }
    }

    fn count(&mut self, word: &str, first: bool) {
        let capital = word.starts_with(char::is_uppercase);
        if first && capital || word.len() < 2 {
            return;
        }
        let count = self.words.entry(hash_folded(word)).or_default();
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

/// Returns how long the word is that a text begins with; 0 for none.
fn word_length(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match text.as_bytes().get(plain) {
        Some(next) if !next.is_ascii() => text.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(text.len()),
        _ => plain,
    }
}

/// Hashes a word in lower case.
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
    use super::{hash, hash_folded};

    #[test]
    fn a_word_is_hashed_as_its_lower_case() {
        for word in ["Apollo", "R2D2", "Incomprehensibilities", "EIGHTBIT", "Éire", "CAFÉ", "a", ""] {
            assert_eq!(hash_folded(word), hash(&word.to_lowercase()), "{word}");
        }
        assert_ne!(hash("incomprehensible"), hash("incomprehensibly"));
        assert_ne!(hash("eightbit"), hash("eightbits"));
    }
}
