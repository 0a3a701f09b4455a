//! Takes a name apart into words, and gives each word its role.

use std::borrow::Cow;

use super::fold::fold_into;
use super::part::{Part, Role, is_one_letter, script};
use super::{Name, tables};

mod plain;

pub(super) fn parse(text: &str) -> Name {
    plain::parse(text).unwrap_or_else(|| parse_any(text))
}

pub(super) fn key(text: &str) -> Box<str> {
    plain::key(text).unwrap_or_else(|| parse_any(text).squashed)
}

fn parse_any(text: &str) -> Name {
    let (words, surname_words) = ordered_words(text);
    let mut builder = Builder { folded: String::with_capacity(text.len() + words.len()), parts: Vec::new() };
    let (bracketed, mut words): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| word.is_bracketed);
    while words.len() > 1 && tables::is_title(&without_dots(&words[0].folded), words.len() > 2) {
        builder.push(Role::Title, &words.remove(0));
    }
    let mut suffixes = Vec::new();
    while words.len() > 1 && is_suffix(&words) {
        suffixes.extend(words.pop());
    }
    builder.push_proper(&words, surname_words);
    let squashed = builder.squashed();
    for word in &bracketed {
        builder.push(Role::Nickname, word);
    }
    for word in &suffixes {
        builder.push(Role::Suffix, word);
    }
    Name {
        script: script(words.iter().map(|word| word.written)),
        folded: builder.folded.into(),
        parts: builder.parts.into(),
        squashed: squashed.into(),
    }
}

/// A word of the name as written, without the punctuation around it.
struct Word<'t> {
    written: &'t str,
    folded: String,
    is_bracketed: bool,
    /// The word stood after a comma, where degrees stand.
    is_after_comma: bool,
}

/// Returns the words in the order given name, surname, and how many words the surname has if a comma says so.
fn ordered_words(text: &str) -> (Vec<Word<'_>>, Option<usize>) {
    let Some((head, tail)) = text.split_once(',') else { return (split_words(text, false), None) };
    let (head, tail) = (split_words(head, false), split_words(tail, true));
    if tail.iter().all(|word| tables::suffix_generation(&without_dots(&word.folded)).is_some()) {
        return (head.into_iter().chain(tail).collect(), None);
    }
    if is_description(&head, &tail) {
        return (head, None);
    }
    let surname_words = head.len();
    let (suffixes, given): (Vec<_>, Vec<_>) =
        tail.into_iter().partition(|word| tables::suffix_generation(&word.folded).is_some());
    let given = given.into_iter().map(|word| Word { is_after_comma: false, ..word });
    (given.chain(head).chain(suffixes).collect(), Some(surname_words))
}

fn without_dots(folded: &str) -> Cow<'_, str> {
    if folded.contains('.') { folded.replace('.', "").into() } else { folded.into() }
}

/// What stands after the comma says who a person is: `Ada Byron, CFO`, `Ada Byron, head of sales`.
fn is_description(head: &[Word], tail: &[Word]) -> bool {
    let is_shouted = |word: &Word| word.folded.len() > 2 && word.written.chars().all(char::is_uppercase);
    let is_common = |word: &Word| is_lower(word.written) && !tables::is_particle(&word.folded, true);
    head.len() > 1 && !head.iter().any(is_shouted) && tail.iter().any(|word| is_shouted(word) || is_common(word))
}

fn split_words(text: &str, is_after_comma: bool) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut closing = None;
    for piece in text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '·' | '・' | '_' | '+' | '&' | ';')) {
        let opens = closing.is_none().then(|| piece.chars().next().and_then(closing_mark)).flatten();
        let quote_stays_open =
            |mark: char| !piece.trim_end_matches(['.', ',']).ends_with(mark) || piece.chars().count() == 1;
        let is_single = matches!(opens, Some('\'' | '’')) && opens.is_some_and(quote_stays_open);
        if !is_single && opens.is_some() {
            closing = opens;
        }
        let written = trim(piece);
        if written.chars().any(char::is_alphanumeric) {
            let mut folded = String::new();
            fold_into(written, &mut folded);
            words.push(Word { written, folded, is_bracketed: closing.is_some(), is_after_comma });
        }
        if closing.is_some_and(|mark| !quote_stays_open(mark)) {
            closing = None;
        }
    }
    words
}

fn closing_mark(opening: char) -> Option<char> {
    Some(match opening {
        '(' => ')',
        '[' => ']',
        '"' => '"',
        '“' | '„' => '”',
        '«' => '»',
        '\'' => '\'',
        '‘' => '’',
        '（' => '）',
        _ => return None,
    })
}

/// The word without the punctuation around it and without a possessive or another short ending after an apostrophe.
fn trim(piece: &str) -> &str {
    let word = piece.trim_matches(|c: char| !c.is_alphanumeric());
    let Some(at) = word.rfind(['\'', '’']) else { return word };
    let ending = word[at..].trim_start_matches(['\'', '’']);
    let is_ending = ending.chars().count() <= 3 && ending.chars().all(char::is_lowercase) && at >= 3;
    let is_shouted_ending = matches!(ending, "S") && at >= 3;
    if is_ending || is_shouted_ending { &word[..at] } else { word }
}

/// Generations count in any name, degrees where they are written as such: in capitals or with dots or after a comma.
fn is_suffix(words: &[Word]) -> bool {
    let Some((word, before)) = words.split_last() else { return false };
    let Some(generation) = tables::suffix_generation(&without_dots(&word.folded)) else { return false };
    let is_shouted = word.written.chars().all(|c| !c.is_lowercase());
    let is_mixed = word.written.contains('.') || word.written == "PhD";
    let name_is_shouted = before.iter().all(|word| word.written.chars().all(|c| !c.is_lowercase()));
    generation > 0 || word.is_after_comma || ((is_mixed || is_shouted && !name_is_shouted) && before.len() > 1)
}

/// Collects folded words and their parts.
struct Builder {
    folded: String,
    parts: Vec<Part>,
}

impl Builder {
    /// The name proper: given names, particles, surname.
    fn push_proper(&mut self, words: &[Word], surname_words: Option<usize>) {
        let is_shouted = words.iter().all(|word| word.written.chars().all(|c| !c.is_lowercase()));
        let surname_at = surname_at(words, surname_words);
        for (at, word) in words.iter().enumerate() {
            let is_last = at + 1 == words.len();
            if at >= surname_at {
                let is_joined = !is_last && tables::is_particle(&word.folded, is_lower(word.written));
                self.push(if is_joined { Role::Particle } else { Role::Surname }, word);
            } else if let Some(initials) = initials(word, is_shouted || words.len() == 1) {
                initials.for_each(|initial| self.push_piece(Role::Initial, initial, &super::fold(initial)));
            } else {
                self.push(if self.has_given() { Role::Middle } else { Role::Given }, word);
            }
        }
    }

    fn has_given(&self) -> bool {
        self.parts.iter().any(|part| part.role == Role::Given)
    }

    /// Adds a word; the pieces of a hyphenated one are parts of their own.
    fn push(&mut self, role: Role, word: &Word) {
        for (at, (written, folded)) in word.written.split(is_hyphen).zip(word.folded.split(is_hyphen)).enumerate() {
            let is_article = role == Role::Surname && at == 0 && matches!(folded, "al" | "el" | "ul" | "as" | "ad");
            let is_whole = folded.len() == word.folded.len();
            let role = if is_article && !is_whole { Role::Particle } else { role };
            let role = if role == Role::Given && at > 0 { Role::Middle } else { role };
            self.push_piece(role, written, folded);
        }
    }

    fn push_piece(&mut self, role: Role, written: &str, folded: &str) {
        let start = self.folded.len();
        if folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.folded.push_str(folded);
        } else {
            let lower = folded.chars().flat_map(char::to_lowercase);
            self.folded.extend(lower.filter(|c| c.is_alphanumeric() || is_mark(*c)));
        }
        let end = self.folded.len();
        if end == start || end > usize::from(u16::MAX) {
            self.folded.truncate(start);
            return;
        }
        let mut part = Part::new(role, (start, end), written, &self.folded[start..end]);
        if role == Role::Suffix {
            part.generation = tables::suffix_generation(&self.folded[start..end]).unwrap_or(0);
        }
        self.parts.push(part);
        self.folded.push(' ');
    }

    fn squashed(&self) -> String {
        let proper = self.parts.iter().filter(|part| part.role != Role::Title);
        proper.map(|part| &self.folded[part.start as usize..part.end as usize]).collect()
    }
}

/// The first word of the surname: the last word and the particles before it, or all from the first particle on.
fn surname_at(words: &[Word], surname_words: Option<usize>) -> usize {
    let is_particle = |word: &Word| tables::is_particle(&word.folded, is_lower(word.written));
    if let Some(count) = surname_words {
        return words.len().saturating_sub(count);
    }
    match words {
        [] => 0,
        [first, _, ..] if is_lower(first.written) && is_particle(first) => 0,
        [_] => 1,
        [_, between @ .., _] => 1 + between.iter().position(is_particle).unwrap_or(between.len()),
    }
}

/// The letters of a word that is made of initials: `J.`, `J.K.`, `TJ`.
fn initials<'w>(word: &Word<'w>, is_shouted: bool) -> Option<impl Iterator<Item = &'w str>> {
    let written = word.written;
    let is_cased = |c: char| c.is_uppercase();
    let letters = written.chars().filter(|c| c.is_alphabetic()).count();
    let is_dotted = written.contains('.') && written.split('.').all(|piece| piece.chars().count() <= 1);
    let is_fused = !is_shouted && letters == 2 && written.chars().count() == 2 && written.chars().all(is_cased);
    let is_single = is_one_letter(&word.folded) && letters == 1;
    let is_letter = |piece: &&str| piece.chars().next().is_some_and(char::is_alphabetic);
    (is_dotted || is_fused || is_single).then(|| split_characters(written).filter(is_letter))
}

fn split_characters(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().map(|(at, c)| &text[at..at + c.len_utf8()])
}

fn is_lower(written: &str) -> bool {
    written.chars().next().is_some_and(char::is_lowercase)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '.' | '/')
}

/// Vowel signs of Indic scripts and voicing marks of kana are parts of words, though no letters.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{e4d}' | '\u{3099}' | '\u{309a}')
}
