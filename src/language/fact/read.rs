//! Reads a text into a statement.
use super::plain::Plain;
use super::statement::{Article, Cues, Lexicon, Modality, Statement, Token, Value};
use super::values::{Bound, Quantity};
use super::vocabulary::{Binding, Entry, Function, Meaning, entry, hash, stem, vocabulary};
use super::words::{Piece, PieceKind, Shape, lower_case, pieces};
use crate::language::date::Date;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;

mod amounts;

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
        let lower = lower_case(name);
        let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1);
        Subject { stems: words.filter_map(subject_stem).collect() }
    }

    /// Returns the words as they stand among the keys of a signature.
    pub fn keys(&self) -> Vec<u32> {
        self.stems.iter().map(|stem| super::signature::short(vocabulary().concept(*stem))).collect()
    }
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
    Subject::new(name).keys()
}

/// Reads the text of a list item, row or line. `subject` is the name of the note it stands in: what a short item is about.
pub fn read(text: &str, lexicon: &dyn Lexicon, subject: &str) -> Statement {
    read_known(text, super::fingerprint(text), lexicon, &Subject::new(subject))
}

/// Reads a text whose fingerprint is known.
pub fn read_known(text: &str, fingerprint: u64, lexicon: &dyn Lexicon, subject: &Subject) -> Statement {
    let plain = Plain::new(text);
    let lower = lower_case(&plain.text);
    let pieces = pieces(&plain, &lower);
    let mut reader = Reader::new(&plain, &lower, &pieces, lexicon);
    reader.run();
    let mut statement = reader.statement;
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

struct Reader<'a> {
    plain: &'a Plain,
    lower: &'a str,
    pieces: &'a [Piece],
    /// What the tables say of each piece; of nothing where it is no word.
    entries: Vec<Rc<Entry>>,
    /// The entry of what is no word.
    nothing: Rc<Entry>,
    lexicon: &'a dyn Lexicon,
    statement: Statement,
    at: usize,
    clause: u8,
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
    fn new(plain: &'a Plain, lower: &'a str, pieces: &'a [Piece], lexicon: &'a dyn Lexicon) -> Self {
        let is_lower = |piece: &Piece| piece.kind == PieceKind::Word(Shape::Lower) && piece.range.len() > 3;
        let capitals = pieces.iter().filter(|piece| piece.kind == PieceKind::Word(Shape::Capital)).count();
        let nothing = entry("");
        let entry_of = |piece: &Piece| match &piece.kind {
            PieceKind::Word(_) => entry(&lower[piece.range.clone()]),
            PieceKind::Hidden(word) => entry(word),
            _ => nothing.clone(),
        };
        Reader {
            plain,
            lower,
            pieces,
            entries: pieces.iter().map(entry_of).collect(),
            nothing,
            lexicon,
            statement: Statement { tokens: Vec::with_capacity(pieces.len().min(MOST_TOKENS)), ..Statement::default() },
            at: 0,
            clause: 0,
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
                self.clause = self.clause.saturating_add(1);
                self.first = true;
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
        if self.value_word(word, &range) {
            self.first = false;
            return;
        }
        let shape = match self.pieces[self.at].kind {
            PieceKind::Word(shape) => shape,
            _ => Shape::Lower,
        };
        let acronym = shape == Shape::Mark;
        self.at += 1;
        let entry = self.entries[self.at - 1].clone();
        if let Some(binding) = entry.binding.filter(|_| !acronym) {
            self.preposition(binding, word);
        } else if word == "a" && self.stands_alone() {
            self.push(range, Value::Name, hash(word));
        } else if let Some(function) = entry.function.filter(|_| !acronym) {
            self.function(function, range);
        } else {
            self.content(word, &entry, range, shape);
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

    /// Reads words that are numbers: `twelve`, `second`, `weekly`, `every six weeks`.
    fn value_word(&mut self, word: &str, range: &Range<usize>) -> bool {
        if self.frequency(word, range.start) || self.fraction(word, range.start) {
            return true;
        }
        let entry = self.entry(self.at);
        let (number, ordinal, period) = (entry.number, entry.ordinal, entry.period);
        if let Some(value) = number {
            self.at += 1;
            self.quantity(range.clone(), Quantity::count(value));
            return true;
        }
        if let Some(number) = ordinal {
            self.push(range.clone(), Value::Ordinal(number), hash("ordinal"));
            self.at += 1;
            return true;
        }
        if let Some(seconds) = period {
            self.push(range.clone(), Value::Quantity(Quantity::period(seconds)), hash("quantity"));
            self.at += 1;
            return true;
        }
        matches!(word, "every" | "each" | "per" | "a") && self.period(range.start)
            || word == "by" && self.text(self.at + 1) == "the" && self.period_of(self.at + 2, range.start)
    }

    fn number(&mut self) {
        let piece = &self.pieces[self.at];
        let PieceKind::Number(number) = &piece.kind else { return };
        let (range, quantity, bare) = (piece.range.clone(), number.quantity, number.bare);
        let written = &self.lower[range.clone()];
        self.at += 1;
        self.first = false;
        if bare && self.is_label(written, &range) {
            self.push(range, Value::Label, hash(written));
        } else if bare && self.is_year(written) {
            let year = written.parse().unwrap_or_default();
            self.push(range, Value::Date(Date::Year(year)), hash("date"));
            self.release();
        } else {
            self.quantity(range, quantity);
        }
    }

    /// `phase 2`, `SOC 2`, `#12`: the number is a name, not an amount.
    fn is_label(&self, written: &str, range: &Range<usize>) -> bool {
        if self.lower[..range.start].ends_with('#') {
            return true;
        }
        let Some(last) = self.statement.tokens.last() else { return false };
        let adjacent = matches!(&self.lower[last.text.end..range.start], " " | "-" | ". ");
        let unit_follows = self.entry(self.at).unit.is_some() || self.entry(self.at).magnitude.is_some();
        let noun = entry(&self.lower[last.text.clone()]).function == Some(Function::Label);
        // `Case 35: …` numbers the line; whatever the word is, the number says which one, not how many.
        let heads = self.statement.tokens.len() == 1 && self.lower[range.end..].starts_with(':');
        adjacent && !unit_follows && !written.contains(',') && (noun || heads || last.is_name() && !self.follows_noun())
    }

    /// A plain word follows the number, so that it counts something: `Apollo 3 servers`.
    fn follows_noun(&self) -> bool {
        let word = self.text(self.at);
        matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Word(Shape::Lower)))
            && !self.entry(self.at).is_small()
            && (word.ends_with('s') && self.entry(self.at).stem != hash(word))
    }

    fn is_year(&self, written: &str) -> bool {
        let plausible = written.len() == 4 && (written.starts_with("19") || written.starts_with("20"));
        plausible && !self.follows_noun() && self.entry(self.at).unit.is_none()
    }

    /// Adds an amount with what follows it: a magnitude, a unit, the other end of a range.
    fn quantity(&mut self, mut range: Range<usize>, mut quantity: Quantity) {
        while let Some(magnitude) = self.entry(self.at).magnitude {
            quantity = quantity.times(magnitude);
            range.end = self.pieces[self.at].range.end;
            self.at += 1;
        }
        let hyphen = matches!(self.pieces.get(self.at), Some(Piece { kind: PieceKind::Dash, range: dash }) if dash.start == range.end);
        let unit_at = self.at + usize::from(hyphen);
        if let Some(with_unit) = quantity.with_unit(self.entry(unit_at).unit) {
            quantity = with_unit;
            range.end = self.pieces[unit_at].range.end;
            self.at = unit_at + 1;
        }
        quantity.bound = self.bound.take().unwrap_or(quantity.bound);
        if let Some(start) = self.range_start(range.start)
            && let Some(last) = self.statement.tokens.last_mut()
        {
            last.value = Value::Quantity(start.up_to(quantity));
            last.text.end = range.end;
            return;
        }
        self.push(range, Value::Quantity(quantity), hash("quantity"));
        if !self.counts_noun() {
            self.release();
        }
    }

    /// A word that is counted stands next: what governs the amount governs it.
    fn counts_noun(&self) -> bool {
        let is_lower = matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Word(Shape::Lower)));
        is_lower && !self.entry(self.at).is_small()
    }

    /// Returns the amount before this one if the two are the ends of a range.
    fn range_start(&self, start: usize) -> Option<Quantity> {
        let last = self.statement.tokens.last()?;
        let Value::Quantity(quantity) = last.value else { return None };
        let between = self.lower[last.text.end..start].trim();
        let joins = matches!(between, "-" | "–" | "to") && last.binding != Binding::From
            || between == "and" && last.binding == Binding::Between;
        joins.then_some(quantity)
    }

    /// Binds what follows; the `to` of an infinitive binds nothing.
    fn preposition(&mut self, binding: Binding, word: &str) {
        let next_is_amount = matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Number(_)))
            || self.entry(self.at).number.is_some();
        if self.governs_nothing() {
            let range = self.pieces[self.at - 1].range.clone();
            return self.push(range, Value::Word, stem(word));
        }
        match (word, next_is_amount) {
            ("about", true) => self.bound = Some(Bound::About),
            ("over" | "above", true) => self.bound = Some(Bound::AtLeast),
            ("under" | "below", true) => self.bound = Some(Bound::AtMost),
            ("per", _) => self.bind(Binding::Per),
            ("to", false) if self.is_infinitive() => {}
            _ => self.bind(binding),
        }
    }

    /// `the value (above)`, `is on by default`: a preposition before a break or another preposition says something itself.
    fn governs_nothing(&self) -> bool {
        let is_particle = self.statement.copulas.last() == Some(&self.statement.tokens.len());
        match self.pieces.get(self.at).map(|piece| &piece.kind) {
            None | Some(PieceKind::Stop | PieceKind::Pause | PieceKind::Comma | PieceKind::QuestionMark) => true,
            Some(PieceKind::Word(_)) => is_particle && self.entry(self.at).binding.is_some(),
            _ => false,
        }
    }

    /// `A to Z`, `plan A`: an article stands before a noun, so this is the letter.
    fn stands_alone(&self) -> bool {
        match self.pieces.get(self.at).map(|piece| &piece.kind) {
            Some(PieceKind::Word(_)) => {
                let next = self.text(self.at);
                self.entry(self.at).binding.is_some() || matches!(next, "and" | "or" | "is")
            }
            Some(PieceKind::Number(_) | PieceKind::Date(_) | PieceKind::Hidden(_) | PieceKind::Dash) => false,
            _ => true,
        }
    }

    /// `the well is deep`: what an article and a verb or preposition enclose is a noun.
    fn ends_phrase(&self) -> bool {
        let next = self.entry(self.at);
        let is_verb = matches!(next.function, Some(Function::Be | Function::PastBe | Function::Have));
        is_verb || self.text(self.at).is_empty() || next.binding.is_some()
    }

    fn is_infinitive(&self) -> bool {
        let lower = matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Word(Shape::Lower)));
        lower && self.entry(self.at).function != Some(Function::Article)
    }

    fn bind(&mut self, binding: Binding) {
        self.binding = binding;
        self.opens = true;
        self.article = Article::None;
    }

    fn copula(&mut self) {
        self.statement.copulas.push(self.statement.tokens.len());
        self.release();
    }

    fn deny(&mut self) {
        self.statement.denials.push(self.clause);
    }

    fn modality(&mut self, modality: Modality) {
        self.statement.modality = self.statement.modality.max(modality);
        self.release();
    }

    fn function(&mut self, function: Function, range: Range<usize>) {
        let word = &self.lower[range.clone()];
        match function {
            Function::Article => {
                self.article = if matches!(word, "a" | "an" | "one") { Article::A } else { Article::The }
            }
            Function::Filler if self.article != Article::None && self.ends_phrase() => {
                self.push(range.clone(), Value::Word, stem(word));
            }
            Function::Pronoun | Function::Filler => {}
            Function::Be => self.copula(),
            Function::Do | Function::Have | Function::Will => self.release(),
            Function::PastBe => {
                self.statement.past = true;
                self.copula();
            }
            Function::PastHave => {
                self.statement.past = true;
                self.release();
            }
            Function::Can => self.modality(Modality::Can),
            Function::Must => self.modality(Modality::Must),
            Function::Should => self.modality(Modality::Should),
            Function::May => self.modality(Modality::May),
            Function::Plan if self.text(self.at) == "to" => self.modality(Modality::Plan),
            Function::Not if self.is_contrast() => self.bind(Binding::Than),
            Function::Not => {
                if word.starts_with("un") {
                    self.modality(Modality::Can);
                }
                self.deny();
            }
            Function::Without => {
                self.deny();
                self.release();
            }
            Function::And => {}
            Function::Also => self.statement.cues.set(Cues::ALSO),
            Function::Or => self.statement.cues.set(Cues::OR),
            Function::Clause => {
                self.clause = self.clause.saturating_add(1);
                self.pause();
            }
            Function::Question => self.statement.cues.set(Cues::QUESTION),
            Function::Condition => {
                self.statement.cues.set(Cues::CONDITION);
                self.release();
            }
            Function::History => self.statement.cues.set(Cues::HISTORY),
            Function::Hedge => self.bound = Some(Bound::About),
            Function::AtLeast => self.bound = Some(Bound::AtLeast),
            Function::AtMost => self.bound = Some(Bound::AtMost),
            Function::Option => {
                self.statement.cues.set(Cues::OPTION);
                self.push(range.clone(), Value::Word, stem(word));
            }
            Function::Shift => {
                self.statement.cues.set(Cues::SHIFT);
                self.push(range.clone(), Value::Shift, stem(word));
            }
            Function::Scope => {
                self.statement.cues.set(Cues::SCOPE);
                self.push(range.clone(), Value::Scope, stem(word));
            }
            Function::Label | Function::Plan => self.push(range.clone(), Value::Word, stem(word)),
        }
    }

    /// `by email, not phone`: the second is left aside, nothing is denied.
    fn is_contrast(&self) -> bool {
        let before = self.at.checked_sub(2).map(|index| &self.pieces[index].kind);
        matches!(before, Some(PieceKind::Comma))
            && self.entry(self.at).function.is_none()
            && !self.statement.tokens.is_empty()
    }

    /// Adds a word or a name.
    fn content(&mut self, word: &str, entry: &Entry, range: Range<usize>, shape: Shape) {
        if word == "%" || word == ">" || word == "<" {
            match word {
                ">" => self.bound = Some(Bound::AtLeast),
                "<" => self.bound = Some(Bound::AtMost),
                _ => {}
            }
            return;
        }
        if self.text(self.at) == "to"
            && ["fail", "refuse", "decline", "cease", "neglect", "forget"].iter().any(|verb| entry.stem == stem(verb))
        {
            return self.deny();
        }
        if word == "non" {
            return self.deny();
        }
        let is_version = word.len() > 1
            && word.starts_with('v')
            && word[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if is_version {
            return self.push(range, Value::Label, hash(word));
        }
        let value = if self.is_name(word, entry.is_known, &range, shape) { Value::Name } else { Value::Word };
        let is_link_end = self.plain.links.iter().any(|link| link.end == range.end);
        match positive(word).filter(|_| value == Value::Word) {
            Some(base) => {
                self.deny();
                self.push(range, value, stem(base));
            }
            None => self.push(range, value, unit_stem(word, entry).unwrap_or(entry.stem)),
        }
        let unknown = shape == Shape::Capital && self.lexicon.is_name(word).is_none() && !entry.is_known;
        if let Some(token) = self.statement.tokens.last_mut() {
            token.may_be_name = value == Value::Word && unknown;
        }
        let is_owner = matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Possessive));
        if value == Value::Name && !is_owner && (is_link_end || !self.next_is_capital()) {
            self.release();
        }
    }

    fn next_is_capital(&self) -> bool {
        matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Word(Shape::Capital | Shape::Mark)))
    }

    fn is_name(&self, word: &str, is_known: bool, range: &Range<usize>, shape: Shape) -> bool {
        if self.plain.links.iter().any(|link| link.start <= range.start && range.end <= link.end) {
            return true;
        }
        match shape {
            Shape::Lower => false,
            Shape::Mark => !(is_known && word.bytes().all(|byte| byte.is_ascii_alphabetic())),
            Shape::Capital => match self.lexicon.is_name(word) {
                Some(known) => known || !self.first && self.has_lower,
                None if self.first => self.next_is_capital() && self.has_lower && !is_known,
                None => self.has_lower,
            },
        }
    }

    fn push(&mut self, text: Range<usize>, value: Value, stem: u64) {
        self.statement.tokens.push(Token {
            range: 0..0,
            text,
            value,
            stem,
            concept: vocabulary().concept(stem),
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

/// Units without a number (`per GB`) are one whatever they are called.
fn unit_stem(word: &str, entry: &Entry) -> Option<u64> {
    let unit = entry.unit.filter(|_| word.len() > 1)?;
    Some(unit.dimension ^ unit.factor.to_bits())
}

/// `unsupported` denies `supported`; words such as `united` deny nothing.
fn positive(word: &str) -> Option<&str> {
    const OTHERS: [&str; 6] = ["unified", "understandable", "unlimited", "undefined", "underlined", "undermined"];
    let base = word.strip_prefix("un")?;
    let is_form = base.ends_with("ed") || base.ends_with("able") || base.ends_with("ible");
    (is_form && base.len() >= 5 && !OTHERS.contains(&word)).then_some(base)
}
