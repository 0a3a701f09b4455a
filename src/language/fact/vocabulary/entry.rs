//! What all tables say of one word, looked up at once and remembered.
use super::class::{Binding, Function};
use super::{Meaning, Unit, Vocabulary, hash, new_stem, vocabulary};
use crate::language::date;
use crate::language::fact::values;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::RefCell;
use std::hash::BuildHasher;
use std::ops::Deref;
use std::sync::{Mutex, PoisonError};

/// What is known of one word in lower case; small, since it is remembered for every word and copied for each that is read.
#[derive(Debug, Clone, Copy)]
pub(in crate::language::fact) struct Entry {
    pub stem: u64,
    known: &'static Known,
}

/// What the tables say of a word: nothing of most.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::language::fact) struct Known {
    /// What stands for the word and its synonyms.
    concept: Option<u64>,
    pub unit: Option<&'static Unit>,
    /// Phrases that begin with the word, as stems, the longest first.
    pub phrases: Option<&'static Phrases>,
    pub value: Option<WordValue>,
    pub function: Option<Function>,
    pub binding: Option<Binding>,
    /// The word may begin an amount, an ordinal or a period.
    pub opens_value: bool,
    /// `million`
    pub is_magnitude: bool,
    /// `fail`, which denies what stands behind its `to`.
    pub refuses: bool,
    /// The word may begin a date, as the names of months do.
    pub may_begin_date: bool,
}

/// What is known of words of which there may be any count: nothing, that they are ordinals, that they begin as dates do.
static OF_MANY: [Known; 4] = {
    const ORDINAL: Known = Known { value: Some(WordValue::Ordinal), opens_value: true, ..Known::NOTHING };
    [
        Known::NOTHING,
        Known { may_begin_date: true, ..Known::NOTHING },
        ORDINAL,
        Known { may_begin_date: true, ..ORDINAL },
    ]
};

pub(in crate::language::fact) type Phrases = Vec<(Vec<u64>, Meaning)>;

/// What a word stands for that is a value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::language::fact) enum WordValue {
    /// `twelve`
    Number(f64),
    /// `second`, `2nd`: the word itself tells which.
    Ordinal,
    /// `weekly`, in seconds
    Period(f64),
}

impl Known {
    const NOTHING: Known = Known {
        concept: None,
        unit: None,
        phrases: None,
        value: None,
        function: None,
        binding: None,
        opens_value: false,
        is_magnitude: false,
        refuses: false,
        may_begin_date: false,
    };

    fn new(word: &str, stem: u64, vocabulary: &'static Vocabulary) -> Known {
        const OPEN_VALUES: [&str; 11] =
            ["once", "twice", "half", "a", "one", "first", "last", "every", "each", "per", "by"];
        let number = || values::number_word(word).map(WordValue::Number);
        let ordinal = || values::ordinal(word).map(|_| WordValue::Ordinal);
        let value = number().or_else(ordinal).or_else(|| values::period_word(word).map(WordValue::Period));
        Known {
            concept: vocabulary.concepts.get(&stem).copied(),
            unit: vocabulary.units.get(word),
            phrases: vocabulary.phrases.get(&stem),
            value,
            function: vocabulary.functions.get(word).copied(),
            binding: vocabulary.bindings.get(word).copied(),
            opens_value: value.is_some() || OPEN_VALUES.contains(&word),
            is_magnitude: values::magnitude_word(word).is_some(),
            refuses: vocabulary.refusals.contains(&stem),
            may_begin_date: date::may_begin(word),
        }
    }

    /// Puts what is known where it stays for good. What may be known of any count of words lies there already; the rest is no
    /// more than the tables have words.
    fn kept(self) -> &'static Known {
        let of_many = OF_MANY.iter().find(|known| **known == self);
        of_many.unwrap_or_else(|| Box::leak(Box::new(self)))
    }
}

impl Entry {
    /// What is known of what is no word.
    pub const NOTHING: Entry = Entry { stem: 0, known: &OF_MANY[0] };

    fn new(word: &str, vocabulary: &'static Vocabulary) -> Entry {
        let stem = new_stem(word, &vocabulary.irregular);
        Entry { stem, known: Known::new(word, stem, vocabulary).kept() }
    }

    /// Tells whether something is known of the word that would have to be kept again if the word were not remembered.
    fn is_kept(&self) -> bool {
        !OF_MANY.iter().any(|known| std::ptr::eq(self.known, known))
    }

    /// Returns the stem, or what stands for its synonyms.
    pub fn concept(&self) -> u64 {
        self.concept.unwrap_or(self.stem)
    }

    /// Tells whether the word has a meaning of its own in the tables, so that capitals alone do not make it a name.
    pub fn is_known(&self) -> bool {
        self.concept.is_some()
    }

    /// Tells whether the word only serves others: an article, a preposition, an auxiliary verb.
    pub fn is_small(&self) -> bool {
        self.function.is_some() || self.binding.is_some()
    }

    pub fn number(&self) -> Option<f64> {
        match self.value {
            Some(WordValue::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Returns the unit if it measures time.
    pub fn unit_of_time(&self) -> Option<&'static Unit> {
        self.unit.filter(|unit| unit.dimension == hash("time"))
    }
}

impl Deref for Entry {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.known
    }
}

/// Looks a word up in all tables at once. Words are remembered, since a vault repeats its words; numbers and codes are not,
/// of which it may hold any count.
pub(in crate::language::fact) fn entry(word: &str) -> Entry {
    with_entries(|entries| entries.get(word))
}

/// Lends what was looked up on this thread; nothing that `use_them` calls may ask for a word by [`entry`].
pub(in crate::language::fact) fn with_entries<T>(use_them: impl FnOnce(&mut Entries) -> T) -> T {
    thread_local! {
        static ENTRIES: RefCell<Entries> = RefCell::default();
    }
    ENTRIES.with_borrow_mut(use_them)
}

/// What was looked up on one thread.
#[derive(Default)]
pub(in crate::language::fact) struct Entries {
    /// Nearly all words; what is known of one lies beside its bytes.
    short: FxHashMap<Short, Entry>,
    long: FxHashMap<Box<str>, Entry>,
}

impl Entries {
    /// Looks a word up, as [`entry`] does.
    pub fn get(&mut self, word: &str) -> Entry {
        let short = Short::new(word);
        let known = match &short {
            Some(short) => self.short.get(short),
            None => self.long.get(word),
        };
        match known {
            Some(entry) => *entry,
            None => self.add(word, short),
        }
    }

    #[cold]
    fn add(&mut self, word: &str, short: Option<Short>) -> Entry {
        const MOST: usize = 1 << 17;
        let is_endless = self.short.len() + self.long.len() >= MOST || word.bytes().any(|byte| byte.is_ascii_digit());
        let look_up = || Entry::new(word, vocabulary());
        let entry = match short.filter(|_| !is_endless) {
            Some(short) => looked_up_by_any(short, look_up),
            None => look_up(),
        };
        if !is_endless || entry.is_kept() {
            match short {
                Some(short) => _ = self.short.insert(short, entry),
                None => _ = self.long.insert(word.into(), entry),
            }
        }
        entry
    }
}

/// Returns what a thread has looked up before, since the stem of a word takes long; the words are spread over several maps, so
/// that threads seldom wait for each other.
fn looked_up_by_any(short: Short, look_up: impl FnOnce() -> Entry) -> Entry {
    const MAPS: usize = 16;
    static LOOKED_UP: [Mutex<FxHashMap<Short, Entry>>; MAPS] =
        [const { Mutex::new(FxHashMap::with_hasher(FxBuildHasher)) }; MAPS];
    let map = &LOOKED_UP[FxBuildHasher.hash_one(short) as usize % MAPS];
    let lock = || map.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(entry) = lock().get(&short) {
        return *entry;
    }
    let entry = look_up();
    lock().insert(short, entry);
    entry
}

/// The bytes of a word of up to 16, zeros behind them; no word has a zero of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Short(u64, u64);

impl Short {
    fn new(word: &str) -> Option<Short> {
        match word.as_bytes().split_at_checked(8) {
            None => Some(Short(packed(word.as_bytes()), 0)),
            Some((first, rest)) if rest.len() <= 8 => Some(Short(packed(first), packed(rest))),
            Some(_) => None,
        }
    }
}

/// Returns up to eight bytes as one number, the first one lowest.
fn packed(bytes: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        return u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (bytes.len() - 4));
    }
    match *bytes {
        [first, second, third] => u64::from(first) | u64::from(second) << 8 | u64::from(third) << 16,
        [first, second] => u64::from(first) | u64::from(second) << 8,
        [first] => u64::from(first),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_told_apart() {
        let letters = "abcdefghijklmnopqrstuvwxyz";
        let words: Vec<&str> = (0..=17).flat_map(|length| (0..9).map(move |at| &letters[at..at + length])).collect();
        for one in &words {
            for another in &words {
                let is_same = Short::new(one).is_some() && Short::new(one) == Short::new(another);
                assert_eq!(is_same, one == another && one.len() <= 16, "{one} {another}");
            }
        }
        let bytes: u64 = packed(b"abcdefgh");
        assert_eq!(bytes.to_le_bytes(), *b"abcdefgh");
    }

    #[test]
    fn only_what_the_tables_say_is_kept() {
        let kept = |word: &str| Entry::new(word, vocabulary()).is_kept();
        let of_many =
            ["word", "7th", "1000000001st", "q3", "q3x7", "oct31x", "marmalade", "sundry", "h2o", "0", "fy26x"];
        assert_eq!(of_many.into_iter().find(|word| kept(word)), None);
        assert!(["the", "second", "hours", "failed", "million", "bought"].into_iter().all(kept));
    }

    #[test]
    fn what_is_remembered_is_what_was_found() {
        for word in ["", "a", "twelve", "2nd", "weekly", "million", "october", "internationalisation", "fails"] {
            let (first, second) = (entry(word), entry(word));
            assert_eq!(format!("{first:?}"), format!("{second:?}"), "{word}");
            assert_eq!(format!("{first:?}"), format!("{:?}", Entry::new(word, vocabulary())), "{word}");
        }
    }
}
