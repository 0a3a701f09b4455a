//! Topics joined by commas in one paragraph, of which several name one thing.

use rustc_hash::FxHashSet;

use crate::language::fact::{NoLexicon, Statement, overlap, read, subject_keys};
use crate::note::{Note, ParagraphKind};
use crate::text::Span;

/// Fewer pieces between commas are a sentence.
const LEAST_TOPICS: usize = 5;

/// More pieces are data, and each would be compared with each.
const MOST_TOPICS: usize = 200;

/// More words make a clause, not a topic.
const MOST_WORDS: usize = 14;

/// A list with topics that stand twice.
pub(super) struct Repeated {
    /// Pairs of topics, in order of the second.
    pub pairs: Vec<(Span, Span)>,
    /// All of them are equal.
    pub is_exact: bool,
}

/// Finds the lists of a note that repeat topics.
pub(super) fn repeated(note: &Note) -> Vec<Repeated> {
    let paragraphs = note.body.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Text);
    paragraphs.filter_map(|paragraph| repeats(note, &topics(&note.text, paragraph.span)?)).collect()
}

fn repeats(note: &Note, topics: &[Span]) -> Option<Repeated> {
    if !share_a_word(topics.iter().map(|topic| topic.of(&note.text))) {
        return None;
    }
    let statements: Vec<Statement> = topics.iter().map(|topic| read(topic.of(&note.text), &NoLexicon, "")).collect();
    let mut found = Repeated { pairs: Vec::new(), is_exact: true };
    for (second, statement) in statements.iter().enumerate() {
        let likeness = |first: &usize| overlap(&statements[*first], statement);
        let first = (0..second).filter(|first| likeness(first) > 0.0).max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        if let Some(first) = first {
            found.pairs.push((topics[first], topics[second]));
            found.is_exact &= statements[first].fingerprint == statement.fingerprint;
        }
    }
    (!found.pairs.is_empty()).then_some(found)
}

/// Two of them may have a word in common; most lists have none, and need not be read. Amounts are written in many ways.
fn share_a_word<'t>(topics: impl Iterator<Item = &'t str> + Clone) -> bool {
    let has_digit = |topic: &str| topic.bytes().any(|byte| byte.is_ascii_digit());
    let mut known = FxHashSet::default();
    topics.clone().any(has_digit) || topics.into_iter().any(|topic| {
        let words = subject_keys(topic);
        let is_known = words.iter().any(|word| known.contains(word));
        known.extend(words);
        is_known
    })
}

/// Splits a paragraph at its commas, those in brackets left out; `None` if it is no list of topics.
fn topics(text: &str, paragraph: Span) -> Option<Vec<Span>> {
    let own = paragraph.of(text);
    // Most paragraphs are no lists, and one look tells.
    let commas = own.bytes().filter(|byte| *byte == b',').count();
    if commas + 1 < LEAST_TOPICS || own.ends_with(['.', '!', '?', ':']) {
        return None;
    }
    let mut topics = Vec::new();
    let (mut depth, mut start) = (0_u32, 0);
    for (offset, letter) in own.char_indices().chain([(own.len(), ',')]) {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 || offset == own.len() => {
                topics.push(trimmed(text, paragraph.start as usize + start, paragraph.start as usize + offset));
                start = offset + 1;
            }
            _ => {}
        }
    }
    if !(LEAST_TOPICS..=MOST_TOPICS).contains(&topics.len()) {
        return None;
    }
    let is_topic = |topic: &Span| {
        let topic = topic.of(text);
        let is_sentence = || topic.contains('.') && topic.trim_end_matches('.').contains(". ");
        let has_few_words = || (1..=MOST_WORDS).contains(&topic.split_whitespace().count());
        topic.contains(char::is_alphanumeric) && has_few_words() && !is_sentence()
    };
    let begins_with = |topic: &Span, joins: &[&str]| joins.iter().any(|word| topic.of(text).starts_with(word));
    let is_prose = topics.iter().any(|topic| begins_with(topic, &["and ", "or ", "but ", "which ", "so ", "then "]));
    (!is_prose && topics.iter().all(is_topic)).then_some(topics)
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let piece = &text[start..end];
    let start = start + piece.len() - piece.trim_start().len();
    Span::new(start, start + piece.trim().len())
}
