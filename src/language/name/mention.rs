//! Finds what looks like a person's name in running text: a run of capitalised words.
//!
//! Silent where a run certainly is none: companies, places and projects by the words beside them, words in capitals,
//! e-mail addresses, handles and paths. Knows no vault, so a headline or a product may come out as well.

use super::tables::{self, CuePlace};
use crate::text::{Span, next_byte};

mod word;

use word::{Shape, Word};

/// A run of words that may be a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Mention {
    /// The words without punctuation around them and without a possessive.
    pub span: Span,
    /// The text breaks off right after it, so its last word may be the beginning of a longer one.
    pub is_truncated: bool,
}

/// Finds names in one text after the other, in the room that the first ones took.
#[derive(Default)]
pub struct MentionFinder {
    words: Vec<Word>,
    found: Vec<Mention>,
}

impl MentionFinder {
    /// Returns the runs of `least` to six capitalised words, in order; spans count from the beginning of `text`.
    pub fn find(&mut self, text: &str, least: usize) -> &[Mention] {
        self.words.clear();
        self.found.clear();
        let mut run = Run { text, least, words: &mut self.words, found: &mut self.found, before: None, passed: (0, 0) };
        let mut at = 0;
        // Most words stand in no run, and are only asked for what they are if a name follows.
        while let Some(start) = if run.words.is_empty() { begin_of_run(text, at) } else { word_start(text, at) } {
            if run.words.is_empty() {
                run.passed = (at, start);
            }
            at = word_end(text, start);
            // Nor is the only capitalised word among small ones, which is the first of most sentences.
            if least > 1
                && run.words.is_empty()
                && let Some(next) = plain_word(text, at)
            {
                run.before = Some(next);
                at = next.1;
                continue;
            }
            run.add(Word::read(text, (start, at)));
        }
        run.finish(None);
        &self.found
    }

    /// Returns the text as a mention, if all of it is one.
    pub fn find_whole(&mut self, text: &str) -> Option<Mention> {
        // Most of what is asked about holds a word that no name does.
        let mut at = 0;
        while let Some(start) = word_start(text, at) {
            if plain_word(text, start).is_some() {
                return None;
            }
            at = word_end(text, start);
        }
        let [mention] = *self.find(text, 1) else { return None };
        (mention.span == Span::new(0, text.len())).then_some(mention)
    }
}

/// Most words of a run that still is a name; longer ones are headlines.
const MOST_WORDS: usize = 6;

/// What a byte is to the words of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// White space and marks that no name holds, in ASCII: they break words.
    Break,
    /// An ASCII capital.
    Capital,
    /// Whatever else is ASCII.
    Small,
    /// Part of a character that is not.
    Other,
}

static KINDS: [Kind; 256] = {
    let (mut kinds, mut at) = ([Kind::Other; 256], 0);
    while at < 128 {
        kinds[at] = match at as u8 {
            b'\t'..=b'\r' | b' ' | b'|' | b'*' | b'=' | b'<' | b'>' | b'~' => Kind::Break,
            b'A'..=b'Z' => Kind::Capital,
            _ => Kind::Small,
        };
        at += 1;
    }
    kinds
};

fn kind(byte: u8) -> Kind {
    KINDS[usize::from(byte)]
}

fn is_break_byte(byte: u8) -> bool {
    kind(byte) == Kind::Break
}

fn is_break(c: char) -> bool {
    if c.is_ascii() { is_break_byte(c as u8) } else { c.is_whitespace() || c == '—' }
}

/// Returns where the word ends that stands at `from`.
fn word_end(text: &str, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().take_while(|&&byte| matches!(kind(byte), Kind::Capital | Kind::Small)).count();
        if bytes.get(at).is_none_or(|&byte| kind(byte) == Kind::Break) {
            return at;
        }
        match text[at..].chars().next() {
            Some(c) if !is_break(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
}

/// Returns where the next word begins.
fn word_start(text: &str, from: usize) -> Option<usize> {
    let passed = text.as_bytes()[from..].iter().take_while(|&&byte| is_break_byte(byte)).count();
    match text.as_bytes().get(from + passed)? {
        0x80.. => text[from + passed..].find(|c| !is_break(c)).map(|at| from + passed + at),
        _ => Some(from + passed),
    }
}

/// Returns the next word if it certainly stands in no name.
fn plain_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = word_start(text, from)?;
    let bytes = &text.as_bytes()[start..];
    let len = bytes.iter().take_while(|&&byte| kind(byte) == Kind::Small).count();
    let ends = bytes.get(len).is_none_or(|&byte| is_break_byte(byte));
    let is_joining = || tables::is_particle(&text[start..start + len], true);
    (ends && !is_joining()).then_some((start, start + len))
}

/// Returns where the next word begins that has a capital or a letter that is not ASCII.
fn begin_of_run(text: &str, from: usize) -> Option<usize> {
    let mut at = next_capital(text.as_bytes(), from)?;
    while let Some(c) = text[at..].chars().next().filter(|&c| is_break(c)) {
        at = next_capital(text.as_bytes(), at + c.len_utf8())?;
    }
    // What was passed over and is not ASCII breaks words.
    let is_inside = |&byte: &u8| byte.is_ascii() && !is_break_byte(byte);
    let begun = text.as_bytes()[from..at].iter().rev().take_while(|byte| is_inside(byte)).count();
    Some(at - begun)
}

/// Returns where the next capital stands, or what is not ASCII.
fn next_capital(bytes: &[u8], from: usize) -> Option<usize> {
    next_byte(bytes, from, |byte| byte.is_ascii_uppercase() | !byte.is_ascii())
}

/// The words of a run so far.
struct Run<'r> {
    text: &'r str,
    /// Fewer words are no mention.
    least: usize,
    words: &'r mut Vec<Word>,
    found: &'r mut Vec<Mention>,
    /// Its last word is the one before the run, if nothing but space stands between; looked for when a name follows.
    before: Option<(usize, usize)>,
    /// What was passed over before the run: the last word of it, if it has any, is the one before.
    passed: (usize, usize),
}

impl Run<'_> {
    fn add(&mut self, word: Word) {
        if !self.continues(&word) {
            self.finish(Some(&word));
        }
        self.push(word);
    }

    fn continues(&self, word: &Word) -> bool {
        let Some(last) = self.words.last() else { return true };
        if word.shape == Shape::Other || last.is_cut {
            return false;
        }
        // A line ending breaks: a name over two lines is rarer than a list of names, one a line.
        let between = &self.text[last.end..word.start];
        let is_suffix_after_comma = word.shape == Shape::Suffix && between.trim() == ",";
        is_suffix_after_comma
            || (!last.breaks_after && !word.breaks_before && !between.contains(['@', '\n', '\r', '*']))
    }

    fn push(&mut self, word: Word) {
        let begins = matches!(word.shape, Shape::Name | Shape::Initials);
        if self.words.is_empty() && !begins {
            self.before = Some(word.piece);
            return;
        }
        self.words.push(word);
    }

    /// Ends the run before `next`; what stays of it is a mention.
    fn finish(&mut self, next: Option<&Word>) {
        if self.words.len() >= self.least {
            self.report(next);
        }
        self.before = self.words.last().filter(|word| !word.breaks_after).map(|word| word.piece);
        self.passed = (0, 0);
        self.words.clear();
    }

    fn report(&mut self, next: Option<&Word>) {
        while self.words.last().is_some_and(|word| matches!(word.shape, Shape::Particle | Shape::Bracketed)) {
            self.words.pop();
        }
        let count = self.words.iter().filter(|word| matches!(word.shape, Shape::Name | Shape::Initials)).count();
        let has_name = self.words.iter().any(|word| word.shape == Shape::Name);
        if let (Some(first), Some(last)) = (self.words.first(), self.words.last())
            && (self.least..=MOST_WORDS).contains(&count)
            && has_name
            && !self.is_organisation(next)
        {
            let end = if self.text[last.end..].starts_with('.') && last.shape != Shape::Name {
                last.end + 1
            } else {
                last.end
            };
            self.found.push(Mention { span: Span::new(first.start, end), is_truncated: last.is_cut });
        }
    }

    fn is_organisation(&self, next: Option<&Word>) -> bool {
        let Some(last) = self.words.last() else { return false };
        let is_cue = |word: &Word, place| word.is_cue(self.text, place);
        let before = last_word(self.text, self.passed).or(self.before.and_then(|before| last_word(self.text, before)));
        let before = before.map(|piece| Word::read(self.text, piece));
        let before_cue = before.is_some_and(|word| !word.breaks_after && is_cue(&word, CuePlace::Before));
        let first_cue = self.words.first().is_some_and(|word| is_cue(word, CuePlace::Before));
        let follows = |word: &&Word| {
            let between = &self.text[last.end..word.start];
            matches!(between.trim(), "" | "," | "&")
        };
        before_cue
            || first_cue
            || is_cue(last, CuePlace::After)
            || (self.words.len() > 2 && is_cue(last, CuePlace::Place))
            || next.filter(follows).is_some_and(|word| is_cue(word, CuePlace::After))
    }
}

/// Returns the last word of a piece of the text.
fn last_word(text: &str, (from, to): (usize, usize)) -> Option<(usize, usize)> {
    let passed = text[from..to].trim_end_matches(is_break);
    let start = passed.char_indices().rev().take_while(|(_, c)| !is_break(*c)).last().map(|(at, _)| at)?;
    Some((from + start, from + passed.len()))
}

#[cfg(test)]
mod tests {
    use super::MentionFinder;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = MentionFinder::default()
            .find(text, 2)
            .iter()
            .map(|mention| format!("{}{}", mention.span.of(text), if mention.is_truncated { "…" } else { "" }))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn finds_names() {
        check("Weekly 1:1 between Ada Byron and Kurt Weil to align.", &["Ada Byron", "Kurt Weil"]);
        check("ask J. K. Moran, L.T. Ferris or TJ Cawley.", &["J. K. Moran", "L.T. Ferris", "TJ Cawley"]);
        check("Hendrik van der Velde met Maria del Carmen Otero", &["Hendrik van der Velde", "Maria del Carmen Otero"]);
        check("Deandre (Dre) Jackson and Ada \"Addy\" Byron.", &["Deandre (Dre) Jackson", "Ada \"Addy\" Byron"]);
        check(
            "Sean O'Brien, Seán O’Brien-Moore, Layla al-Hijazi",
            &["Sean O'Brien", "Seán O’Brien-Moore", "Layla al-Hijazi"],
        );
        check("@Ada Byron: call Jo Poe Jr. about it", &["Ada Byron", "Jo Poe Jr."]);
        check("Иван Петров и Ελένη Παππά", &["Иван Петров", "Ελένη Παππά"]);
        check("**Ada Byron** owns it; (Kurt Weil)", &["Ada Byron", "Kurt Weil"]);
        check("Call Deandre J. about Monday.", &["Call Deandre J."]);
        check("According to Ada Byron, and thanks to Kurt Weil", &["Ada Byron", "Kurt Weil"]);
    }

    #[test]
    fn drops_the_possessive() {
        check("Ada Byron's team, Kurt Weil’s list", &["Ada Byron", "Kurt Weil"]);
    }

    #[test]
    fn marks_what_breaks_off() {
        check("between Ada Byron and Kurt We... (via x)", &["Ada Byron", "Kurt We…"]);
        check("between Ada Byron and Kurt Weil… more", &["Ada Byron", "Kurt Weil…"]);
    }

    #[test]
    fn is_silent_for_things() {
        check("The Byron Hill Street office of Weil Industries", &[]);
        check("Project Ada Byron and Acme Freight Inc. at Mount Rose Hollow", &[]);
        check("ADA BYRON, VAST DATA", &[]);
        check("ada.byron@example.com, @adabyron, https://x.example/Ada-Byron", &[]);
        check("Getting Started With Ada Byron And Kurt Weil", &[]);
        check("Ada. Byron came; Ada, Byron", &[]);
    }
}
