//! Reads a text into a statement.
use super::plain::Plain;
use super::statement::{Article, Cues, Lexicon, Statement, Token, Value};
use super::values::{Bound, Quantity};
use super::vocabulary::{Binding, Entry, Meaning, entry, hash, look_up, vocabulary};
use super::words::{Piece, PieceKind, Shape, lower_case, split};
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

mod amounts;
mod content;
mod numbers;
mod small_words;

/// A statement of more words than this is prose, and compared as a whole only.
const MOST_TOKENS: usize = 64;

/// What a note is about, as its name says it: the subject of its short items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    /// Stems of the words of the name, the small ones left out.
    pub(super) stems: Arc<[u64]>,
}

impl Subject {
    /// Reads the name of a note.
    pub fn new(name: &str) -> Subject {
        Subject { stems: subject_stems(&lower_case(name)).collect() }
    }

    /// Returns the words as they stand among the keys of a signature.
    pub fn keys(&self) -> Vec<u32> {
        self.stems.iter().map(|stem| subject_key(*stem)).collect()
    }
}

/// Returns the stems of the words of a name in lower case, the small ones left out.
fn subject_stems(name: &str) -> impl Iterator<Item = u64> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1).filter_map(subject_stem)
}

fn subject_key(stem: u64) -> u32 {
    super::signature::short(vocabulary().concept(stem))
}

/// Returns the stem of a word that says something; a number is its own.
fn subject_stem(word: &str) -> Option<u64> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(hash(word));
    }
    let entry = entry(word);
    (!entry.is_small()).then_some(entry.stem)
}

/// Returns the words of a note's name as they stand among the keys of a signature.
pub fn subject_keys(name: &str) -> Vec<u32> {
    subject_stems(&lower_case(name)).map(subject_key).collect()
}

/// Reads the text of a list item, row or line. `subject` is the name of the note it stands in: what a short item is about.
pub fn read(text: &str, lexicon: &dyn Lexicon, subject: &str) -> Statement {
    read_known(text, super::fingerprint(text), lexicon, &Subject::new(subject))
}

/// Reads a text whose fingerprint is known.
pub fn read_known(text: &str, fingerprint: u64, lexicon: &dyn Lexicon, subject: &Subject) -> Statement {
    let plain = Plain::new(text);
    let lower = lower_case(&plain.text);
    let mut desk = DESK.take();
    desk.lay_out(&plain, &lower);
    let mut reader = Reader::new(&plain, &lower, &desk, lexicon);
    reader.run();
    let mut statement = reader.statement;
    DESK.set(desk);
    for token in &mut statement.tokens {
        token.range = plain.source(text, token.text.clone());
    }
    statement.fingerprint = fingerprint;
    if plain.struck {
        statement.cues.set(Cues::STRUCK);
    }
    statement.addresses = plain.addresses;
    statement.code = plain.code;
    statement.subject = subject.stems.clone();
    statement.passive = super::voice::passive(&statement, &lower);
    statement.lower = lower;
    statement.plain = plain.text;
    statement
}

thread_local! {
    static DESK: Cell<Desk> = const { Cell::new(Desk { pieces: Vec::new(), entries: Vec::new() }) };
}

/// What is laid out to read a text; kept for the next one, since a vault has many thousands.
#[derive(Default)]
struct Desk {
    pieces: Vec<Piece>,
    /// What the tables say of each piece; of nothing where it is no word.
    entries: Vec<Rc<Entry>>,
}

impl Desk {
    fn lay_out(&mut self, plain: &Plain, lower: &str) {
        self.pieces.clear();
        self.entries.clear();
        split(plain, lower, &mut self.pieces);
        let word = |piece: &Piece| match piece.kind {
            PieceKind::Word(_) => &lower[piece.range.clone()],
            PieceKind::Hidden(word) => word,
            _ => "",
        };
        look_up(self.pieces.iter().map(word), &mut self.entries);
    }
}

struct Reader<'a> {
    plain: &'a Plain,
    lower: &'a str,
    pieces: &'a [Piece],
    entries: &'a [Rc<Entry>],
    /// The entry of what is no word.
    nothing: Rc<Entry>,
    lexicon: &'a dyn Lexicon,
    statement: Statement,
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
    fn new(plain: &'a Plain, lower: &'a str, desk: &'a Desk, lexicon: &'a dyn Lexicon) -> Self {
        let Desk { pieces, entries } = desk;
        let is_lower = |piece: &Piece| matches!(piece.kind, PieceKind::Word(Shape::Lower)) && piece.range.len() > 3;
        let is_capital = |piece: &&Piece| matches!(piece.kind, PieceKind::Word(Shape::Capital));
        let capitals = pieces.iter().filter(is_capital).count();
        Reader {
            plain,
            lower,
            pieces,
            entries,
            nothing: entry(""),
            lexicon,
            statement: Statement { tokens: Vec::with_capacity(pieces.len().min(MOST_TOKENS)), ..Statement::default() },
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
            has_lower: capitals < 4 || pieces.iter().any(is_lower),
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
                PieceKind::Date(date) => {
                    self.push(piece.range.clone(), Value::Date(*date), hash("date"));
                    self.release();
                    self.at += 1;
                }
                mark => self.mark(mark.clone()),
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

    fn entry(&self, index: usize) -> &Entry {
        self.entries.get(index).unwrap_or(&self.nothing)
    }

    fn words(&mut self) {
        if let Some((count, meaning)) = self.phrase() {
            let range = self.pieces[self.at].range.start..self.pieces[self.at + count - 1].range.end;
            self.at += count;
            match meaning {
                Meaning::Function(function) => self.function(function, range),
                Meaning::Binding(binding) => self.bind(binding),
                Meaning::Concept(concept) => {
                    let value = if self.pieces[self.at - count].kind == PieceKind::Word(Shape::Mark) {
                        Value::Name
                    } else {
                        Value::Word
                    };
                    self.push(range, value, concept);
                }
            }
            self.first = false;
            return;
        }
        let word = self.text(self.at);
        let range = self.pieces[self.at].range.clone();
        if self.entry(self.at).opens_value && self.value_word(word, &range) {
            self.first = false;
            return;
        }
        let shape = match self.pieces[self.at].kind {
            PieceKind::Word(shape) => shape,
            _ => Shape::Lower,
        };
        let acronym = shape == Shape::Mark;
        self.at += 1;
        let entry: &Entry = &self.entries[self.at - 1];
        if let Some(binding) = entry.binding.filter(|_| !acronym) {
            self.preposition(binding, word);
        } else if word == "a" && self.stands_alone() {
            self.push(range, Value::Name, hash(word));
        } else if let Some(function) = entry.function.filter(|_| !acronym) {
            self.function(function, range);
        } else {
            self.content(word, entry, range, shape);
        }
        self.first = false;
    }

    /// Finds the longest phrase of the tables that stands here; hyphens inside it do not count.
    fn phrase(&self) -> Option<(usize, Meaning)> {
        self.entry(self.at).phrases.iter().find_map(|(stems, meaning)| {
            let mut index = self.at;
            for wanted in &stems[1..] {
                index += 1;
                if self.pieces.get(index).is_some_and(|piece| piece.kind == PieceKind::Dash) {
                    index += 1;
                }
                if self.text(index).is_empty() || self.entry(index).stem != *wanted {
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
        self.statement.tokens.push(Token {
            range: 0..0,
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
