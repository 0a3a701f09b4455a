//! What can be asked of two statements before they are laid side by side: a few numbers each, compared in nanoseconds.
use super::statement::{Article, Cues, Statement, Token, Value};
use super::vocabulary::Binding;
use super::voice::is_subjectless;

/// A statement in brief: its words, and what can be asked without them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Signature {
    /// Words and names, synonyms as one, sorted.
    pub keys: Vec<u32>,
    pub brief: Brief,
    pub words: WordBits,
}

/// The keys of a statement as bits, and how many they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordBits {
    /// One bit for each key, by its value.
    bits: u64,
    count: u32,
}

/// What a statement's words, amounts and dates are, each as one number; 0 for none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Brief {
    pub numbers: u32,
    pub dates: u32,
    /// `phase 2`
    pub labels: u32,
    pub anchor: Anchor,
    /// Asked, conditional or an option: never a contradiction, and a restatement only of its like.
    pub open: bool,
    /// Which keys are names, one bit each, the first key lowest. In two halves, since a `u64` would take room for its place.
    names: [u32; 2],
}

/// How well a statement names what it is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// Only its note says what it is about: `Data must stay in the EU`.
    #[default]
    None,
    /// A number or date that few other statements have, with a subject of several words.
    Weak,
    /// A name in the subject, or a sentence too long to be said twice by chance.
    Strong,
}

impl Statement {
    /// Returns the statement in brief.
    pub fn signature(&self) -> Signature {
        let mut brief = Brief { anchor: anchor(self), open: self.is_open(), ..Brief::default() };
        let mut words: Vec<(u32, bool)> = Vec::with_capacity(self.tokens.len());
        for (index, token) in self.tokens.iter().enumerate() {
            match token.value {
                Value::Quantity(quantity) => mix(&mut brief.numbers, quantity.dimension ^ quantity.high.to_bits()),
                // The same day is written in many ways.
                Value::Date(date) => {
                    mix(&mut brief.dates, date.days().map_or(1, |days| days.0.day_of_year() as u64 + 2))
                }
                // What is said of one thing may differ (`is in room 204`), unlike the number of the thing.
                Value::Label | Value::Ordinal(_) if self.is_said(index) => {}
                Value::Label | Value::Ordinal(_) => mix(&mut brief.labels, token.stem),
                _ => words.push((short(token.concept), token.is_name())),
            }
        }
        words.sort_unstable();
        words.dedup_by_key(|(key, _)| *key);
        for (index, (_, is_name)) in words.iter().enumerate().take(64) {
            brief.names[index / 32] |= u32::from(*is_name) << (index % 32);
        }
        let keys: Vec<u32> = words.into_iter().map(|(key, _)| key).collect();
        Signature { words: WordBits { bits: bits(&keys), count: keys.len() as u32 }, keys, brief }
    }

    fn is_open(&self) -> bool {
        self.cues.has(Cues::QUESTION.with(Cues::CONDITION).with(Cues::OPTION))
    }
}

impl Signature {
    /// Tells whether it is worth laying the two side by side; both stand in one note, and share enough words as far as their
    /// bits tell.
    pub fn may_relate(&self, other: &Signature) -> bool {
        self.brief.allows(&other.brief)
            && is_enough(shared(&self.keys, &other.keys), self.keys.len() + other.keys.len())
    }
}

impl WordBits {
    /// Tells whether two statements of one note may share enough words to be laid side by side.
    pub fn may_share_enough(&self, other: &WordBits) -> bool {
        let own = (self.bits & !other.bits).count_ones();
        is_enough((self.count - own) as usize, (self.count + other.count) as usize)
    }
}

/// Of all words of two statements of one note, enough are shared: one or two in short ones only. Of 46,000 pairs of the notes of
/// a large vault that share an eighth, 23,000 do not share so much, and none of these was anything to each other.
fn is_enough(shared: usize, total: usize) -> bool {
    let least = if shared <= 2 { 5 } else { 8 };
    shared >= 1 && least * shared >= total
}

impl Brief {
    /// Labels are equal, and not both a number and a date differ.
    pub fn allows(&self, other: &Brief) -> bool {
        let measures =
            self.numbers != other.numbers && self.dates != other.dates && self.dates != 0 && other.dates != 0;
        self.labels == other.labels && self.open == other.open && !measures
    }

    /// Returns the names among `keys`, which are this statement's.
    pub fn names<'k>(&self, keys: &'k [u32]) -> impl Iterator<Item = u32> + use<'k> {
        let names = self.names;
        let is_name = move |index: usize| names[index / 32] >> (index % 32) & 1 == 1;
        keys.iter().take(64).enumerate().filter(move |(index, _)| is_name(*index)).map(|(_, key)| *key)
    }
}

/// Returns one bit for each number, by its value. The bits that one list has and another lacks tell that it has at least as
/// many numbers that the other lacks.
pub fn bits(keys: &[u32]) -> u64 {
    keys.iter().fold(0, |bits, key| bits | 1 << (key % 64))
}

/// Counts the common numbers of two sorted lists without repetitions.
pub fn shared(one: &[u32], another: &[u32]) -> usize {
    let (mut left, mut right, mut count) = (0, 0, 0);
    while let (Some(a), Some(b)) = (one.get(left), another.get(right)) {
        left += usize::from(a <= b);
        right += usize::from(b <= a);
        count += usize::from(a == b);
    }
    count
}

/// Folds a hash to 32 bits.
pub(super) fn short(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}

fn mix(sum: &mut u32, value: u64) {
    *sum = sum.wrapping_add(short(value.wrapping_mul(0x9E37_79B9_7F4A_7C15)) | 1);
}

/// Returns how well a statement names what it is about. What stands before the verb is the subject.
fn anchor(statement: &Statement) -> Anchor {
    let tokens = &statement.tokens;
    if tokens.is_empty() || is_subjectless(statement) && !statement.is_about_writer() {
        return Anchor::None;
    }
    let copula = statement.copulas.iter().copied().find(|copula| *copula > 0);
    let modal = statement.modal.filter(|modal| *modal > 0);
    let end = copula.or(modal).map_or(4, |verb| verb.min(5));
    let subject = tokens.iter().enumerate().take(end).take_while(|(_, token)| token.clause == 0);
    // `The outage at Halden lasted`: the place is part of the subject, as it is of `There is no signal in Turku`. Behind the
    // verb, it may be any.
    let verb = copula.or(modal).or_else(|| statement.verb_before(4));
    let is_existential = statement.begins_with_there();
    let is_far = |index: usize| verb.is_none_or(|verb| index >= verb) && !is_existential;
    let in_place = |(index, token): &(usize, &Token)| token.binding == Binding::In && is_far(*index);
    let owner = tokens.iter().any(|token| token.value == Value::Name && token.opens && token.binding == Binding::Of);
    let doer = statement
        .passive
        .as_ref()
        .is_some_and(|(_, agent)| tokens[agent.clone()].first().is_some_and(|token| token.value == Value::Name));
    let is_rare = |value: &Value| match value {
        Value::Quantity(quantity) => quantity.dimension != 0 || quantity.high >= 10.0,
        Value::Date(date) => date.is_full_day(),
        _ => false,
    };
    // A number that few have says as much as a word more.
    let rare = tokens.iter().any(|token| is_rare(&token.value));
    if owner
        || doer
        || subject.filter(|place| !in_place(place)).any(|(_, token)| token.value == Value::Name)
        || tokens.len() + usize::from(rare) >= 7 && !statement.is_label()
    {
        return Anchor::Strong;
    }
    let several = tokens.iter().take_while(|token| token.is_word() && token.definite != Article::A).count() >= 2;
    if rare && several && !statement.lower.contains(':') { Anchor::Weak } else { Anchor::None }
}
