//! Reads a text into a statement.
use super::align::MOST_TOKENS;
use super::fingerprint::of_plain;
use super::plain::Plain;
use super::signature::short;
use super::source::without_source;
use super::statement::{Article, Cues, Lexicon, Modality, Statement, Token, Value};
use super::values::{Bound, Number, Quantity};
use super::vocabulary::{Binding, Entry, Function, Meaning, Phrases, entry, hash, stem, vocabulary, with_entries};
use super::words::{Piece, PieceKind, Pieces, Shape, lower_case, split};
use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

mod amounts;
mod content;
mod days;
mod numbers;
mod small_words;

/// What a note is about, as its name says it: the subject of its short items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Stems of the words of the name, the small ones left out.
    pub(super) stems: Arc<[u64]>,
}

impl Subject {
    /// Reads the name of a note.
    pub fn new(name: &str) -> Subject {
        Subject { stems: subject_words(&lower_case(name)).map(|(stem, _)| stem).collect() }
    }

    /// Returns the words as they stand among the keys of a signature.
    pub fn keys(&self) -> Vec<u32> {
        self.stems.iter().map(|stem| short(vocabulary().concept(*stem))).collect()
    }
}

/// Returns stem and concept of the words of a name in lower case, the small ones left out.
fn subject_words(name: &str) -> impl Iterator<Item = (u64, u64)> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1).filter_map(subject_word)
}

/// Returns stem and concept of a word that says something; a number is its own.
fn subject_word(word: &str) -> Option<(u64, u64)> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let stem = hash(word);
        return Some((stem, vocabulary().concept(stem)));
    }
    let entry = entry(word);
    (!entry.is_small()).then_some((entry.stem, entry.concept()))
}

/// Returns the words of a note's name as they stand among the keys of a signature.
pub fn subject_keys(name: &str) -> Vec<u32> {
    subject_words(&lower_case(name)).map(|(_, concept)| short(concept)).collect()
}

/// Reads the text of a list item, row or line. `subject` is the name of the note it stands in: what a short item is about.
pub fn read(text: &str, lexicon: &dyn Lexicon, subject: &str) -> Statement {
    read_about(text, lexicon, &Subject::new(subject))
}

/// Reads a text of a note whose subject is known.
pub fn read_about(text: &str, lexicon: &dyn Lexicon, subject: &Subject) -> Statement {
    thread_local! {
        static DESK: RefCell<Desk> = RefCell::default();
    }
    DESK.with_borrow_mut(|desk| desk.read(text, lexicon, subject))
}

/// What is laid out to read a text; kept for the next one, since a vault has many thousands.
#[derive(Default)]
struct Desk {
    plain: Plain,
    pieces: Pieces,
}

impl Desk {
    fn read(&mut self, text: &str, lexicon: &dyn Lexicon, subject: &Subject) -> Statement {
        self.plain.read(without_source(text));
        let fingerprint = of_plain(&self.plain);
        let plain = std::mem::take(&mut self.plain.text);
        let lower = lower_case(&plain);
        with_entries(|words| split(&plain, &lower, words, &mut self.pieces));
        let mut reader = Reader::new(self, &lower, lexicon);
        reader.run();
        let Reader { mut statement, denied, .. } = reader;
        statement.fingerprint = fingerprint;
        if self.plain.struck {
            statement.cues.set(Cues::STRUCK);
        }
        statement.addresses = self.plain.addresses;
        (statement.code, statement.signs) = (self.plain.code, self.plain.signs);
        statement.steps = self.plain.steps.as_slice().into();
        statement.subject = subject.stems.clone();
        statement.passive = super::voice::passive(&statement, &lower);
        statement.lower = lower;
        statement.excluded = small_words::excluded(&statement, &denied);
        if super::voice::is_to_be_done(&statement) {
            statement.modality = statement.modality.max(Modality::Plan);
        }
        statement.plain = plain;
        statement
    }
}

/// How a denial is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Denial {
    /// `no`, `never`: of all that is said.
    Whole,
    /// `not`
    Word,
    /// The same behind `who` or the like.
    Relative,
    /// `non-`, `un-`, `without`: of the word behind it alone.
    Attribute,
}

struct Reader<'a> {
    /// Where names of links stand in `lower`.
    links: &'a [Range<usize>],
    lower: &'a str,
    pieces: &'a [Piece],
    entries: &'a [Entry],
    numbers: &'a [Number],
    lexicon: &'a dyn Lexicon,
    statement: Statement,
    /// Indices of the tokens that a denial stands before, and how it denies.
    denied: Vec<(usize, Denial)>,
    at: usize,
    clause: u8,
    /// The highest number of a clause so far.
    clauses: u8,
    /// The sentence begins with a clause that depends on what follows its comma: `Because it rained, …`.
    leads_clause: bool,
    binding: Binding,
    article: Article,
    after_break: bool,
    opens: bool,
    /// The next word begins a sentence.
    first: bool,
    bound: Option<Bound>,
    /// Not every word has a capital, so that a capital says something.
    has_lower: bool,
}

impl<'a> Reader<'a> {
    fn new(desk: &'a Desk, lower: &'a str, lexicon: &'a dyn Lexicon) -> Self {
        let Pieces { all: pieces, entries, numbers, capitals, has_lower } = &desk.pieces;
        // Small words and signs are no tokens, with few exceptions.
        let small = entries.iter().filter(|entry| entry.is_small() || entry.stem == 0).count();
        let most = (pieces.len() - small + numbers.len() + 1).min(MOST_TOKENS);
        Reader {
            links: &desk.plain.links,
            lower,
            pieces,
            entries,
            numbers,
            lexicon,
            statement: Statement { tokens: Vec::with_capacity(most), ..Statement::default() },
            denied: Vec::new(),
            at: 0,
            clause: 0,
            clauses: 0,
            leads_clause: false,
            binding: Binding::None,
            article: Article::None,
            after_break: true,
            opens: false,
            first: true,
            bound: None,
            has_lower: *capitals < 4 || *has_lower,
        }
    }

    fn run(&mut self) {
        while let Some(piece) = self.pieces.get(self.at) {
            if self.statement.tokens.len() >= MOST_TOKENS {
                self.statement.cues.set(Cues::LONG);
                return;
            }
            match &piece.kind {
                PieceKind::Word(_) | PieceKind::Hidden(_) => self.words(),
                PieceKind::Number(_) => self.number(),
                PieceKind::Date(date) => self.date(*date, piece.range.clone()),
                mark => self.mark(*mark),
            }
        }
    }

    /// Reads punctuation.
    fn mark(&mut self, mark: PieceKind) {
        self.at += 1;
        match mark {
            PieceKind::Possessive => {}
            PieceKind::Stop => {
                self.open_clause();
                self.first = true;
            }
            PieceKind::Comma if self.leads_clause => {
                self.leads_clause = false;
                self.clause = 0;
                self.pause();
            }
            PieceKind::QuestionMark => {
                self.statement.cues.set(Cues::QUESTION);
                self.pause();
            }
            PieceKind::Cut => self.statement.cues.set(Cues::CUT),
            PieceKind::Slash if self.follows_unit() => {}
            PieceKind::Slash if self.last_is_amount() => self.bind(Binding::Per),
            PieceKind::Slash => {}
            PieceKind::Dash if self.joins_words() => {}
            PieceKind::Pause if self.lower[..self.pieces[self.at - 1].range.end].ends_with(':') => {
                self.pause();
                self.copula();
            }
            _ => self.pause(),
        }
    }

    /// `100 requests/minute` is `100 requests per minute`.
    fn follows_unit(&mut self) -> bool {
        let Some(unit) = self.entry(self.at).unit_of_time() else { return false };
        let range = self.pieces[self.at].range.clone();
        self.push(range, Value::Quantity(Quantity::period(unit.factor)), hash("quantity"));
        self.at += 1;
        true
    }

    /// The main clause is 0, wherever it stands; the others are numbered as they come.
    fn open_clause(&mut self) {
        self.clauses = self.clauses.saturating_add(1);
        self.clause = self.clauses;
        self.leads_clause = false;
        self.pause();
    }

    fn pause(&mut self) {
        self.binding = Binding::None;
        self.article = Article::None;
        self.after_break = true;
        self.opens = false;
    }

    /// A hyphen inside a word, unlike a dash between two parts.
    fn joins_words(&self) -> bool {
        let index = self.at - 1;
        let before = index.checked_sub(1).map_or(0, |index| self.pieces[index].range.end);
        let after = self.pieces.get(index + 1).map_or(usize::MAX, |piece| piece.range.start);
        before == self.pieces[index].range.start || after == self.pieces[index].range.end
    }

    fn last_is_amount(&self) -> bool {
        matches!(self.statement.tokens.last().map(|token| token.value), Some(Value::Quantity(_)))
    }

    /// What a binding governs ends behind a name, a number or a date.
    fn release(&mut self) {
        self.binding = Binding::None;
    }

    fn text(&self, index: usize) -> &'a str {
        match self.pieces.get(index) {
            Some(Piece { kind: PieceKind::Hidden(word), .. }) => word,
            Some(Piece { kind: PieceKind::Word(_), range }) => &self.lower[range.clone()],
            _ => "",
        }
    }

    fn entry(&self, index: usize) -> &'a Entry {
        static NOTHING: Entry = Entry::NOTHING;
        self.entries.get(index).unwrap_or(&NOTHING)
    }

    fn words(&mut self) {
        let entry = self.entry(self.at);
        let phrase = entry.phrases.and_then(|phrases| self.phrase(phrases));
        if let Some((count, meaning)) = phrase {
            self.take_phrase(count, meaning);
        } else if !self.value(entry) {
            self.word(entry);
        }
        self.first = false;
    }

    /// Reads a value that begins with a word, if one does.
    fn value(&mut self, entry: &Entry) -> bool {
        let range = &self.pieces[self.at].range;
        entry.unit.is_some() && self.money(range.start)
            || entry.opens_value && self.value_word(self.text(self.at), range)
    }

    fn word(&mut self, entry: &Entry) {
        let word = self.text(self.at);
        let Piece { range, kind } = &self.pieces[self.at];
        let shape = match kind {
            PieceKind::Word(shape) => *shape,
            _ => Shape::Lower,
        };
        let range = range.clone();
        let acronym = shape == Shape::Mark;
        self.at += 1;
        if let Some(binding) = entry.binding.filter(|_| !acronym) {
            self.preposition(binding, word);
        } else if word == "a" && self.stands_alone() {
            self.push(range, Value::Name, hash(word));
        } else if let Some(function) = entry.function.filter(|function| !acronym && !self.is_named(*function, shape)) {
            self.function(function, range);
        } else if let Some(end) = self.end_of_particle(range.end) {
            let range = range.start..end;
            let joined = self.lower[range.clone()].replace('-', "");
            self.at += 2;
            self.push(range, Value::Word, stem(&joined));
        } else {
            self.content(word, entry, range, shape);
        }
    }

    /// `start-up` is `startup`: returns where the particle ends that a hyphen joins to the word before.
    fn end_of_particle(&self, end_of_word: usize) -> Option<usize> {
        const PARTICLES: [&str; 9] = ["up", "off", "out", "in", "on", "over", "down", "back", "through"];
        let is_joined = |at: usize, end: usize| {
            self.pieces.get(at).is_some_and(|piece| piece.kind == PieceKind::Dash && piece.range.start == end)
        };
        let particle = self.pieces.get(self.at + 1).filter(|_| is_joined(self.at, end_of_word))?;
        let is_last = !is_joined(self.at + 2, particle.range.end);
        let is_word = self.pieces[self.at].range.end == particle.range.start;
        (is_last && is_word && PARTICLES.contains(&self.text(self.at + 1))).then_some(particle.range.end)
    }

    /// `the Platform team`: a name, unlike `Phase 2`.
    fn is_named(&self, function: Function, shape: Shape) -> bool {
        let heads = self.is_lower_word(self.at);
        function == Function::Label && shape == Shape::Capital && heads && !self.first && self.has_lower
    }

    fn take_phrase(&mut self, count: usize, meaning: Meaning) {
        let Piece { range, kind } = &self.pieces[self.at];
        let range = range.start..self.pieces[self.at + count - 1].range.end;
        self.at += count;
        match meaning {
            Meaning::Function(function) => self.function(function, range),
            Meaning::Binding(binding) => self.bind(binding),
            Meaning::Concept(concept) => {
                let is_mark = *kind == PieceKind::Word(Shape::Mark);
                self.push(range, if is_mark { Value::Name } else { Value::Word }, concept);
            }
        }
    }

    /// Finds the longest phrase that stands here; hyphens inside it do not count.
    fn phrase(&self, phrases: &Phrases) -> Option<(usize, Meaning)> {
        phrases.iter().find_map(|(stems, meaning)| {
            let mut index = self.at;
            for wanted in &stems[1..] {
                index += 1;
                if self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Dash) {
                    index += 1;
                }
                if self.entry(index).stem != *wanted || self.text(index).is_empty() {
                    return None;
                }
            }
            Some((index + 1 - self.at, *meaning))
        })
    }

    fn push(&mut self, text: Range<usize>, value: Value, stem: u64) {
        self.push_known(text, value, stem, vocabulary().concept(stem));
    }

    fn push_known(&mut self, text: Range<usize>, value: Value, stem: u64, concept: u64) {
        if self.statement.tokens.len() >= MOST_TOKENS {
            self.statement.cues.set(Cues::LONG);
            return;
        }
        let is_adverb = value == Value::Word && self.lower[text.clone()].ends_with("ly");
        self.statement.tokens.push(Token {
            is_adverb,
            text,
            value,
            stem,
            concept,
            binding: self.binding,
            clause: self.clause,
            definite: self.article,
            after_break: self.after_break,
            may_be_name: false,
            opens: std::mem::take(&mut self.opens),
        });
        self.article = Article::None;
        self.after_break = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::fact::NoLexicon;

    #[test]
    fn tokens_lead_back_to_the_source() {
        let source = "- **Ada’s** [[x/Engine|machine]] “costs” 30 GB\u{a0}today at Zoë";
        let statement = read(source, &NoLexicon, "");
        let words: Vec<&str> = statement.tokens.iter().map(|token| &source[statement.source(token)]).collect();
        assert_eq!(words, ["Ada", "Engine", "costs", "30 GB", "today", "Zoë"]);
        let shown: Vec<&str> = statement.tokens.iter().map(|token| statement.shown(token)).collect();
        assert_eq!(shown, words);
    }
}
