//! The word tables, read once, and the stems of words.
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::{hash::Hasher, sync::OnceLock};

mod class;
mod entry;

pub(super) use class::{Binding, Function, Holder, Recurrence};
use class::{binding, function, recurrence};
pub(super) use entry::{Entries, Entry, Phrases, WordValue, entry, with_entries};

/// A unit of measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Unit {
    pub dimension: u64,
    pub factor: f64,
}

impl Unit {
    pub fn is_money(&self) -> bool {
        ["dollar", "euro", "sterling", "yen", "franc"].iter().any(|currency| self.dimension == hash(currency))
    }
}

pub(super) struct Vocabulary {
    pub functions: FxHashMap<&'static str, Function>,
    pub bindings: FxHashMap<&'static str, Binding>,
    /// Phrases of two words or more, as stems, by the first of them; the longest first.
    phrases: FxHashMap<u64, Phrases>,
    pub units: FxHashMap<&'static str, Unit>,
    pub holders: FxHashMap<(u64, Binding), Vec<Holder>>,
    irregular: FxHashMap<&'static str, &'static str>,
    verb_forms: FxHashSet<&'static str>,
    /// Stem to the stem that stands for its synonyms.
    concepts: FxHashMap<u64, u64>,
    /// Stem to the numbers of the groups of related words it stands in.
    related: FxHashMap<u64, Vec<u16>>,
    /// Stem to the numbers of the sets of which only one holds.
    exclusive: FxHashMap<u64, Vec<u16>>,
    /// Stem to how often that is of which it tells.
    recurrences: FxHashMap<u64, Vec<Recurrence>>,
    /// Stems of verbs by which a thing comes from who does them.
    origins: FxHashSet<u64>,
    /// Stems of verbs that deny what stands behind their `to`.
    refusals: FxHashSet<u64>,
}

/// What a phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Function(Function),
    Binding(Binding),
    /// A synonym: the concept of the group.
    Concept(u64),
}

/// Returns the tables.
pub(super) fn vocabulary() -> &'static Vocabulary {
    static VOCABULARY: OnceLock<Vocabulary> = OnceLock::new();
    VOCABULARY.get_or_init(Vocabulary::load)
}

/// Reads the tables, which else the first text would wait for.
pub fn read_tables() {
    vocabulary();
}

/// Tells whether only one of two words in lower case can hold: `high`, `low`.
pub fn exclude_each_other(one: &str, another: &str) -> bool {
    vocabulary().are_exclusive(entry(one).concept(), entry(another).concept())
}

/// Tells whether a text in lower case is a word that excludes any other: `high`.
pub fn excludes_another(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-')
        && vocabulary().exclusive.contains_key(&entry(word).concept())
}

/// Hashes a text; the same on every run.
pub(super) fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

/// Returns the hash of the stem of a word in lower case.
pub(super) fn stem(word: &str) -> u64 {
    entry(word).stem
}

fn new_stem(word: &str, irregular: &FxHashMap<&'static str, &'static str>) -> u64 {
    let word = irregular.get(word).copied().unwrap_or(word);
    if !word.is_ascii() || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return hash(word);
    }
    hash(&Stemmer::create(Algorithm::English).stem(word))
}

impl Vocabulary {
    /// Returns what stands for a word and its synonyms.
    pub fn concept(&self, stem: u64) -> u64 {
        self.concepts.get(&stem).copied().unwrap_or(stem)
    }

    /// Returns the word that an irregular form is of, `write` for `wrote`; else the word.
    pub fn regular<'w>(&self, word: &'w str) -> &'w str {
        self.irregular.get(word).copied().unwrap_or(word)
    }

    /// Tells whether the word is an irregular form of a verb, as `rose` is.
    pub fn is_verb_form(&self, word: &str) -> bool {
        self.verb_forms.contains(word)
    }

    /// Tells whether two words come close to each other without being synonyms.
    pub fn are_related(&self, one: u64, another: u64) -> bool {
        meet(&self.related, one, another)
    }

    /// Tells whether any word comes close to this one.
    pub fn has_relatives(&self, stem: u64) -> bool {
        self.related.contains_key(&stem)
    }

    /// Tells whether any word excludes this one.
    pub fn has_opposite(&self, concept: u64) -> bool {
        self.exclusive.contains_key(&concept)
    }

    /// Tells whether two words exclude each other.
    pub fn are_exclusive(&self, one: u64, another: u64) -> bool {
        one != another && meet(&self.exclusive, one, another)
    }

    /// Tells whether a word is one of those for what is so often.
    pub fn recurs(&self, stem: u64, how: Recurrence) -> bool {
        self.recurrences.get(&stem).is_some_and(|recurrences| recurrences.contains(&how))
    }

    /// Tells whether what is done so comes from who does it: `written by Ada`, unlike `received by Ada`.
    pub fn is_origin(&self, stem: u64) -> bool {
        self.origins.contains(&stem)
    }

    /// Tells whether a predicate has one holder on that side.
    pub fn holds_one(&self, concept: u64, binding: Binding, holder: Holder) -> bool {
        self.holders.get(&(concept, binding)).is_some_and(|holders| holders.contains(&holder))
    }

    fn load() -> Vocabulary {
        const REFUSALS: [&str; 6] = ["fail", "refuse", "decline", "cease", "neglect", "forget"];
        let irregular: FxHashMap<_, _> = rows(include_str!("../words/irregular-forms.tsv"))
            .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
            .collect();
        let stem = |word: &str| new_stem(word, &irregular);
        let mut phrases: FxHashMap<u64, Phrases> = FxHashMap::default();
        let mut add_phrase = |phrase: &'static str, meaning: Meaning| {
            let stems: Vec<u64> = phrase.split([' ', '-']).map(stem).collect();
            phrases.entry(stems[0]).or_default().push((stems, meaning));
        };
        let functions =
            words_of(include_str!("../words/function-words.tsv"), function, Meaning::Function, &mut add_phrase);
        let bindings = words_of(include_str!("../words/prepositions.tsv"), binding, Meaning::Binding, &mut add_phrase);
        let mut concepts = FxHashMap::default();
        let mut related = FxHashMap::<u64, Vec<u16>>::default();
        for (number, row) in rows(include_str!("../words/synonyms.tsv")).enumerate() {
            let Some(first) = row.get(1) else { continue };
            let first = concepts.get(&stem(first)).copied().unwrap_or_else(|| stem(first));
            for word in &row[1..] {
                match (row[0], word.contains([' ', '-'])) {
                    ("=", true) => add_phrase(word, Meaning::Concept(first)),
                    ("=", false) => _ = concepts.entry(stem(word)).or_insert(first),
                    _ => related.entry(stem(word)).or_default().push(number as u16),
                }
            }
        }
        for phrases in phrases.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        let concept = |word: &str| {
            let stem = stem(word);
            concepts.get(&stem).copied().unwrap_or(stem)
        };
        Vocabulary {
            functions,
            bindings,
            phrases,
            units: units(),
            holders: holders(&concept),
            exclusive: exclusive(&concept),
            recurrences: recurrences(&stem),
            origins: rows(include_str!("../words/origins.tsv")).map(|row| stem(row[0])).collect(),
            refusals: REFUSALS.into_iter().map(stem).collect(),
            related,
            verb_forms: rows(include_str!("../words/irregular-forms.tsv"))
                .filter(|row| row.get(2) != Some(&"noun"))
                .map(|row| row[0])
                .collect(),
            irregular: irregular.clone(),
            concepts: concepts.clone(),
        }
    }
}

fn meet(groups: &FxHashMap<u64, Vec<u16>>, one: u64, another: u64) -> bool {
    match (groups.get(&one), groups.get(&another)) {
        (Some(one), Some(another)) => one.iter().any(|group| another.contains(group)),
        _ => false,
    }
}

/// Returns the rows of a table: columns between tabs, lines that begin with `#` left out.
pub(super) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// Reads a table of classes and their words; phrases go to `add_phrase`.
fn words_of<Class: Copy>(
    table: &'static str,
    class: fn(&str) -> Option<Class>,
    meaning: fn(Class) -> Meaning,
    add_phrase: &mut impl FnMut(&'static str, Meaning),
) -> FxHashMap<&'static str, Class> {
    let mut words = FxHashMap::default();
    for row in rows(table) {
        let Some(class) = class(row[0]) else { continue };
        for &word in &row[1..] {
            if word.contains(' ') {
                add_phrase(word, meaning(class));
            } else {
                words.entry(word).or_insert(class);
            }
        }
    }
    words
}

fn units() -> FxHashMap<&'static str, Unit> {
    let mut units = FxHashMap::default();
    for row in rows(include_str!("../words/units.tsv")) {
        let Some(factor) = row.get(1).and_then(|factor| factor.parse().ok()) else { continue };
        for &name in &row[2..] {
            units.insert(name, Unit { dimension: hash(row[0]), factor });
        }
    }
    units
}

fn holders(concept: &impl Fn(&str) -> u64) -> FxHashMap<(u64, Binding), Vec<Holder>> {
    let mut holders: FxHashMap<_, Vec<Holder>> = FxHashMap::default();
    for row in rows(include_str!("../words/holders.tsv")) {
        let holder = match row[0] {
            "object" => Holder::Object,
            "subject" => Holder::Subject,
            "directed" => Holder::Directed,
            _ => Holder::Noun,
        };
        let binding = row.get(2).and_then(|word| binding_of(word)).unwrap_or(Binding::None);
        holders.entry((concept(row[1]), binding)).or_default().push(holder);
    }
    holders
}

fn recurrences(stem: &impl Fn(&str) -> u64) -> FxHashMap<u64, Vec<Recurrence>> {
    let mut recurrences: FxHashMap<u64, Vec<Recurrence>> = FxHashMap::default();
    for row in rows(include_str!("../words/repeatable.tsv")) {
        recurrences.entry(stem(row[0])).or_default().extend(recurrence(row.get(1).copied()));
    }
    recurrences
}

fn exclusive(concept: &impl Fn(&str) -> u64) -> FxHashMap<u64, Vec<u16>> {
    let mut sets: FxHashMap<u64, Vec<u16>> = FxHashMap::default();
    for (number, row) in rows(include_str!("../words/antonyms.tsv")).enumerate() {
        for word in row {
            sets.entry(concept(word)).or_default().push(number as u16);
        }
    }
    sets
}

fn binding_of(word: &str) -> Option<Binding> {
    let row = rows(include_str!("../words/prepositions.tsv")).find(|row| row[1..].contains(&word))?;
    binding(row[0])
}
