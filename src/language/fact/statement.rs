//! A statement in typed normal form: words by stem, names, numbers, dates, each with what governs it; and the cues that
//! say how the whole is meant.
use super::align::Columns;
use super::relation::Said;
use super::values::Quantity;
use super::vocabulary::Binding;
use crate::language::date::Date;
use crate::text::words;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// What a vault knows about words, beyond the language.
pub trait Lexicon {
    /// Tells whether a word in lower case is a name: `Some(false)` if it also occurs as a plain word, `None` if unknown.
    fn is_name(&self, word: &str) -> Option<bool>;
}

/// A lexicon that knows nothing.
pub struct NoLexicon;

impl Lexicon for NoLexicon {
    fn is_name(&self, _: &str) -> Option<bool> {
        None
    }
}

/// A statement, read and ready to be compared.
#[derive(Debug, Default)]
pub struct Statement {
    /// Equal texts have equal fingerprints, whatever their mark-up, case and final punctuation.
    pub fingerprint: u64,
    pub(super) tokens: Vec<Token>,
    pub(super) cues: Cues,
    /// The clause of each denial.
    pub(super) denials: Vec<u8>,
    /// Indices of the tokens that a denial belongs to which tells of what the statement speaks, and does not deny what it says:
    /// `Guests without a ticket pay`, `Non-members pay`, `Users who do not pay see ads`.
    pub(super) excluded: Vec<usize>,
    pub(super) modality: Modality,
    /// Index of the token that the first `must` or the like stands before.
    pub(super) modal: Option<usize>,
    /// Index of the participle and the agent's tokens: `is owned by Ada`.
    pub(super) passive: Option<(usize, Range<usize>)>,
    pub(super) past: bool,
    /// Indices of the tokens that `is` or a colon stands before.
    pub(super) copulas: Vec<usize>,
    /// The plain text in lower case, which the tokens' `text` points into.
    pub(super) lower: String,
    /// The plain text.
    pub(super) plain: String,
    /// Offset in the plain text and in the text as written wherever the two drift apart; sorted.
    pub(super) steps: Box<[(u32, u32)]>,
    /// Where links lead beyond their names, as one number; 0 for nowhere.
    pub(super) addresses: u64,
    /// The code whose signs say something, as one number; 0 for none.
    pub(super) code: u64,
    /// The signs that say something, as one number; 0 for none.
    pub(super) signs: u64,
    /// Stems of the names of the note that the statement stands in.
    pub(super) subject: Arc<[u64]>,
    /// The tokens as another's are held against them.
    pub(super) columns: OnceLock<Box<Columns>>,
    /// What is asked again for each pair.
    pub(super) asked: Asked,
}

/// What is worked out of a statement when it is first asked.
#[derive(Debug, Default)]
pub(super) struct Asked {
    is_told: OnceLock<bool>,
    label_end: OnceLock<Option<usize>>,
    pub said: OnceLock<Said>,
}

/// A word, name, number or date that carries meaning.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// Bytes of `lower`.
    pub text: Range<usize>,
    pub value: Value,
    pub stem: u64,
    /// The stem, or what stands for its synonyms.
    pub concept: u64,
    pub binding: Binding,
    pub clause: u8,
    /// An article or a word such as `the` stands before it.
    pub definite: Article,
    /// Follows a break (comma, bracket) directly.
    pub after_break: bool,
    /// A first word with a capital that may be a name.
    pub may_be_name: bool,
    /// A preposition stands directly before it, an article may stand between.
    pub opens: bool,
    /// A word in `ly`, which as an adverb of manner says little.
    pub is_adverb: bool,
}

/// The article before a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Article {
    None,
    The,
    A,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value {
    Word,
    /// A narrowing word such as `only`.
    Scope,
    /// A word that tells of a change: `moved`, `postponed`.
    Shift,
    Name,
    /// `2` of `phase 2`, `v2.1`.
    Label,
    Quantity(Quantity),
    Ordinal(u32),
    Date(Date),
}

impl Token {
    pub(super) fn is_name(&self) -> bool {
        self.value == Value::Name
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self.value, Value::Word | Value::Scope | Value::Shift)
    }

    pub(super) fn is_value(&self) -> bool {
        matches!(self.value, Value::Quantity(_) | Value::Ordinal(_) | Value::Date(_) | Value::Label)
    }

    /// Returns how much the token says.
    pub(super) fn weight(&self) -> f32 {
        match self.value {
            Value::Name | Value::Date(_) | Value::Quantity(_) => 2.0,
            Value::Label | Value::Ordinal(_) => 1.5,
            Value::Word | Value::Shift | Value::Scope => 1.0,
        }
    }
}

/// How a statement is meant, one bit each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cues(u16);

impl Cues {
    pub(super) const QUESTION: Cues = Cues(1);
    pub(super) const CONDITION: Cues = Cues(2);
    pub(super) const HISTORY: Cues = Cues(4);
    pub(super) const OPTION: Cues = Cues(8);
    pub(super) const CUT: Cues = Cues(16);
    pub(super) const STRUCK: Cues = Cues(32);
    pub(super) const SHIFT: Cues = Cues(64);
    pub(super) const OR: Cues = Cues(128);
    pub(super) const SCOPE: Cues = Cues(256);
    /// So many words that it is prose.
    pub(super) const LONG: Cues = Cues(512);
    /// `too`, `as well`: what is said comes on top of something.
    pub(super) const ALSO: Cues = Cues(1024);

    pub(super) fn set(&mut self, other: Cues) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, other: Cues) -> bool {
        self.0 & other.0 != 0
    }

    /// Keeps only the given cues.
    pub(super) fn only(self, other: Cues) -> Cues {
        Cues(self.0 & other.0)
    }

    pub(super) const fn with(self, other: Cues) -> Cues {
        Cues(self.0 | other.0)
    }
}

/// How strongly a statement is meant.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Modality {
    #[default]
    Plain,
    Can,
    May,
    Should,
    Plan,
    Must,
}

impl Statement {
    /// Returns how many words, names and values carry the statement.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Tells whether nothing carries meaning.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Tells whether the statement is struck through, or too short or too long to be compared.
    pub fn is_comparable(&self) -> bool {
        !self.cues.has(Cues::STRUCK.with(Cues::LONG)) && self.tokens.len() >= 2
    }

    /// Returns a token as it is read.
    pub(super) fn shown(&self, token: &Token) -> &str {
        self.plain[token.text.clone()].trim()
    }

    /// Returns the bytes of a token in the text as written.
    pub(super) fn source(&self, token: &Token) -> Range<usize> {
        let place = |offset: usize| {
            let index = self.steps.partition_point(|step| step.0 as usize <= offset);
            let (plain, source) = index.checked_sub(1).map_or((0, 0), |index| self.steps[index]);
            source as usize + (offset - plain as usize)
        };
        let start = place(token.text.start);
        // No token ends in a letter that is longer as written.
        let last = self.plain[token.text.clone()].chars().next_back().map_or(0, char::len_utf8);
        start..(place(token.text.end - last) + last).max(start)
    }

    /// Returns a token as it is read, with what governs it: `by the bank`.
    pub(super) fn with_binding(&self, indices: &[usize]) -> &str {
        let (Some(&first), Some(&last)) = (indices.first(), indices.last()) else { return "" };
        let start = first.checked_sub(1).map_or(0, |before| self.tokens[before].text.end);
        self.plain[start..self.tokens[last].text.end].trim_matches(|letter: char| !letter.is_alphanumeric())
    }

    pub(super) fn word(&self, token: &Token) -> &str {
        &self.lower[token.text.clone()]
    }

    /// Returns how much a token says; an adverb of manner says little.
    pub(super) fn weight(&self, index: usize) -> f32 {
        let token = &self.tokens[index];
        if token.is_adverb { 0.3 } else { token.weight() }
    }

    /// Something is said of a subject, not asked, and nothing stands as a label before a colon.
    pub fn is_sentence(&self) -> bool {
        self.is_told() && !self.cues.has(Cues::QUESTION) && self.label_end().is_none()
    }

    /// Tells whether nothing but a hyphen stands between a token and the next one.
    pub(super) fn is_hyphened(&self, index: usize) -> bool {
        self.before(index + 1) == "-"
    }

    /// Tells whether the statement begins with those words in lower case, but for an article.
    pub fn begins_with(&self, text: &str) -> bool {
        let is_article = |word: &&str| matches!(*word, "a" | "an" | "the");
        let mut own = words(&self.lower).skip_while(is_article);
        words(text).skip_while(is_article).all(|word| own.next() == Some(word))
    }

    /// Tells whether something is said of a subject by a form of `be`.
    pub fn has_copula(&self) -> bool {
        self.is_sentence() && self.copulas.iter().any(|copula| *copula > 0)
    }

    /// Tells whether a label stands before what is said: `Line height: 2 em`.
    pub fn is_label(&self) -> bool {
        self.label_end().is_some()
    }

    /// Something is said, unlike in a bare label (`H6 color`), which may stand twice for two things.
    pub fn says_something(&self) -> bool {
        self.is_told() || self.is_label()
    }

    /// The statement has a verb, as far as its forms and the small words about it show, unlike `Header 1 border width`.
    pub(super) fn is_told(&self) -> bool {
        *self.asked.is_told.get_or_init(|| self.find_told())
    }

    fn find_told(&self) -> bool {
        let has_copula = self.copulas.iter().any(|copula| *copula > 0);
        let has_verb = self.verb_before(self.tokens.len()).is_some();
        let has_small_words = has_copula
            || self.tokens.iter().any(|token| token.opens || token.definite != Article::None)
            || self.lower.ends_with(['.', '!']);
        has_copula
            || self.modality != Modality::Plain
            || self.denies()
            || super::voice::is_subjectless(self)
            || has_small_words && (has_verb || self.lower.ends_with('.'))
    }

    /// Returns the first token behind the subject and before `end` that looks like a verb.
    pub(super) fn verb_before(&self, end: usize) -> Option<usize> {
        (1..end.min(self.tokens.len())).find(|index| self.may_be_verb(*index))
    }

    /// Returns the token behind the first that looks like a verb, if no other does.
    pub(super) fn only_verb(&self) -> Option<usize> {
        let mut verbs = (1..self.tokens.len()).filter(|index| self.may_be_verb(*index));
        verbs.next().filter(|_| verbs.next().is_none())
    }

    /// Returns what stands between a token and the one before it, in lower case.
    pub(super) fn before(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.tokens[before].text.end);
        // The words of a contraction stand in one place, with nothing between.
        self.lower.get(start..self.tokens[index].text.start).unwrap_or_default()
    }

    /// `Ada starts in May, Bob leaves`, `Ada promised in May to pay`: two sentences in one, each with a verb.
    pub(super) fn tells_twice(&self) -> bool {
        let is_verb = |index: &usize| self.may_be_verb(*index) || self.copulas.contains(index);
        let Some(first) = (1..self.tokens.len()).find(is_verb) else { return false };
        let joins = |word: &str| matches!(word, "and" | "but" | "that" | "because" | "so");
        let opens = |index: &usize| self.tokens[*index].after_break || words(self.before(*index)).any(joins);
        let is_infinitive =
            |index: usize| !self.tokens[index].opens && words(self.before(index)).any(|word| word == "to");
        let second = (first + 1..self.tokens.len()).find(opens);
        second.is_some_and(|second| (second..self.tokens.len()).any(|index| is_verb(&index)))
            || (first + 1..self.tokens.len()).any(is_infinitive)
    }

    /// `a task that depends`: a verb directly behind a relative pronoun. Behind a comma it tells something more of a thing that
    /// is known without it.
    pub(super) fn opens_clause(&self, index: usize) -> bool {
        index > 0 && matches!(self.before(index).trim(), "that" | "which" | "who")
    }

    fn may_be_verb(&self, index: usize) -> bool {
        let token = &self.tokens[index];
        let word = self.word(token);
        let is_form = word.ends_with("ed") || word.ends_with('s') && !word.ends_with("ss");
        let is_free = !token.opens && token.definite == Article::None;
        is_free && token.is_word() && (is_form || word == "get" || super::vocabulary::vocabulary().is_verb_form(word))
    }

    /// Where the label ends that stands before what is said of it: `Line height: 2 em`.
    pub(super) fn label_end(&self) -> Option<usize> {
        *self.asked.label_end.get_or_init(|| self.find_label_end())
    }

    fn find_label_end(&self) -> Option<usize> {
        // `Also: …` labels nothing.
        let start = self.tokens.first()?.text.end;
        let end = start + self.lower.get(start..)?.find(": ")?;
        let label = self.tokens.iter().take_while(|token| token.text.end <= end).count();
        let told =
            self.copulas.iter().any(|copula| *copula > 0 && *copula < label) || self.verb_before(label).is_some();
        (label > 0 && !told).then_some(end)
    }

    /// The label or ordinal at `index` is what is said of the subject: `is on the third floor`, `is in room 4`, unlike `the
    /// third floor has` and `was found in lot 4`.
    pub(super) fn is_said(&self, index: usize) -> bool {
        self.copulas.iter().any(|copula| *copula > 0 && (*copula..=copula + 1).contains(&index))
            && self.label_end().is_none()
    }

    /// `There is room in the office`
    pub(super) fn begins_with_there(&self) -> bool {
        self.lower.starts_with("there ")
    }

    /// The subject is who writes: `We moved to the new office`.
    pub(super) fn is_about_writer(&self) -> bool {
        let Some(first) = self.tokens.first() else { return false };
        let mut before = self.lower[..first.text.start].split(|letter: char| !letter.is_alphanumeric());
        before.any(|word| matches!(word, "we" | "i"))
    }

    pub(super) fn denies(&self) -> bool {
        !self.denials.is_empty()
    }

    pub(super) fn names_subject(&self, token: &Token) -> bool {
        self.subject.contains(&token.stem)
    }
}
