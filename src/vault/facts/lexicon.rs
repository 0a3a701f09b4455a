//! Which words the vault uses as names: those that begin with a capital inside sentences and are never written small.

use std::hash::Hasher;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHasher};

use crate::language::fact::Lexicon;
use crate::note::FactKind;
use crate::text::{FileId, hash_small, letters_in_front, words};
use crate::vault::Vault;
use crate::vault::settings::Kind;

/// Notes are read in so many parts, each of which has most words of the vault.
const PARTS: usize = 4;

/// What the notes say about words.
#[derive(Debug, Default)]
pub struct VaultLexicon {
    /// How often a word stands inside a sentence with a capital, and how often it is written small.
    words: FxHashMap<u64, (u16, u16)>,
    /// What is an alias of one person, to the person's name, both in lower case.
    aliases: FxHashMap<Box<str>, Option<Box<str>>>,
}

impl Lexicon for VaultLexicon {
    fn is_name(&self, word: &str) -> Option<bool> {
        match self.words.get(&hash(word)).copied().unwrap_or_default() {
            (0, 0) => None,
            (capital, small) => Some(capital > 0 && u32::from(capital) > 8 * u32::from(small)),
        }
    }
}

impl VaultLexicon {
    /// Reads the facts and the names of all notes.
    pub(in crate::vault) fn new(vault: &Vault) -> VaultLexicon {
        VaultLexicon::of(vault, vault.checked())
    }

    /// The same, on all cores.
    pub(in crate::vault) fn in_parallel(vault: &Vault) -> VaultLexicon {
        let files: Vec<FileId> = vault.checked().collect();
        let part = |files: &[FileId]| VaultLexicon::of(vault, files.iter().copied());
        let parts = files.par_chunks(files.len().div_ceil(PARTS).max(1)).map(part);
        parts.reduce(VaultLexicon::default, VaultLexicon::with)
    }

    /// Tells whether one text calls somebody by the name whom the other calls by an alias.
    pub fn name_one_person(&self, one: &str, another: &str) -> bool {
        let (one, another) = (one.to_lowercase(), another.to_lowercase());
        let mut aliases = self.aliases.iter().filter_map(|(alias, name)| Some((alias, name.as_ref()?)));
        aliases
            .any(|(alias, name)| says(&one, alias) && says(&another, name) || says(&another, alias) && says(&one, name))
    }

    /// Reads those of some notes.
    fn of(vault: &Vault, files: impl Iterator<Item = FileId>) -> VaultLexicon {
        let mut lexicon = VaultLexicon::default();
        for file in files {
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

    /// Adds what other notes say.
    fn with(mut self, mut other: VaultLexicon) -> VaultLexicon {
        if self.words.len() < other.words.len() {
            std::mem::swap(&mut self, &mut other);
        }
        for (word, (capital, small)) in other.words {
            let count = self.words.entry(word).or_default();
            *count = (count.0.saturating_add(capital), count.1.saturating_add(small));
        }
        other.aliases.into_iter().for_each(|(alias, name)| self.add_alias(alias, name));
        self
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
        for word in words(name) {
            if word.len() > 1 && word.starts_with(char::is_uppercase) {
                let count = self.words.entry(hash_folded(word)).or_default();
                count.0 = count.0.saturating_add(1);
            }
        }
    }

    fn add_aliases(&mut self, vault: &Vault, file: FileId) {
        for (alias, _) in vault.outline(file).aliases() {
            let name = vault.path(file).stem().to_lowercase();
            self.add_alias(alias.trim().to_lowercase().into(), Some(name.into()));
        }
    }

    /// An alias of two people stands for neither.
    fn add_alias(&mut self, alias: Box<str>, name: Option<Box<str>>) {
        self.aliases.entry(alias).and_modify(|known| *known = None).or_insert(name);
    }
}

/// Tells whether a text has these words, as words of their own.
fn says(text: &str, these: &str) -> bool {
    text.match_indices(these).any(|(at, _)| {
        let (before, behind) = (&text[..at], &text[at + these.len()..]);
        !before.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric)
    })
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
    use std::sync::Arc;

    use super::{VaultLexicon, hash, hash_folded, word};
    use crate::config::Config;
    use crate::lint;
    use crate::text::VaultPath;

    #[test]
    fn parts_together_know_what_the_whole_says() {
        let person = |name: &str, alias: &str| {
            (
                format!("People/{name}.md"),
                format!("---\naliases: [{alias}]\n---\n- met Apollo near the bridge, said {alias}\n"),
            )
        };
        let notes = [
            person("Ada Byron", "Addy"),
            person("Ada Poe", "addy"),
            person("Kurt Weil", "Kurtchen"),
            ("a.md".to_owned(), "- the apollo engine runs\n- we asked Addy for the engine\n".to_owned()),
            ("z.md".to_owned(), "- Apollo, an engine\n".to_owned()),
        ];
        let texts: Vec<(VaultPath, Arc<str>)> =
            notes.into_iter().map(|(path, text)| (VaultPath::new(&path), text.into())).collect();
        let vault = lint::in_memory(&texts, &Config::default()).vault;
        let (whole, parts) = (VaultLexicon::new(&vault), VaultLexicon::in_parallel(&vault));
        assert_eq!((&whole.words, &whole.aliases), (&parts.words, &parts.aliases));
        assert_eq!(whole.words.get(&hash("apollo")), Some(&(3, 1)));
        assert_eq!(whole.aliases.get("addy"), Some(&None));
        assert_eq!(whole.aliases.get("kurtchen").and_then(|name| name.as_deref()), Some("kurt weil"));
    }

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
