//! Finds what looks like a person's name in running text: a run of capitalised words.
//!
//! Silent where a run certainly is none: companies, places and projects by the words beside them, words in capitals,
//! e-mail addresses, handles and paths. Knows no vault, so a headline or a product may come out as well.

use super::tables::{self, CuePlace, lowered};
use crate::text::Span;

/// A run of words that may be a name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Mention {
    /// The words without punctuation around them and without a possessive.
    pub span: Span,
    /// The text breaks off right after it, so its last word may be the beginning of a longer one.
    pub is_truncated: bool,
}

/// Returns the runs of `least` to six capitalised words, in order; spans count from the beginning of `text`.
pub fn mentions(text: &str, least: usize) -> Vec<Mention> {
    let mut found = Vec::new();
    if !has_capitals(text, least) {
        return found;
    }
    let mut run = Run { text, least, words: Vec::new(), before: None };
    for piece in words(text) {
        // Most words of a text stand in no run, and are only asked for what they are if a name follows.
        if run.words.is_empty() && is_plainly_lower(&text[piece.0..piece.1]) {
            run.before = Some(piece);
            continue;
        }
        let word = Word::read(text, piece);
        if !run.continues(&word) {
            run.finish(&mut found, Some(&word));
        }
        run.push(word);
    }
    run.finish(&mut found, None);
    found
}

/// At least that many words may begin with a capital; what is not ASCII may be one.
fn has_capitals(text: &str, least: usize) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    let capitals = bytes.iter().enumerate().filter(|(at, b)| (b.is_ascii_uppercase() || !b.is_ascii()) && begins(*at));
    capitals.take(least).count() == least
}

fn is_plainly_lower(piece: &str) -> bool {
    piece.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase())
}

/// Most words of a run that still is a name; longer ones are headlines.
const MOST_WORDS: usize = 6;

/// The pieces between white space and marks that no name holds.
fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = find_break(text, at, false)?;
        let end = find_break(text, start, true).unwrap_or(text.len());
        at = end;
        Some((start, end))
    })
}

/// Finds the next character that breaks words, or the next that does not.
fn find_break(text: &str, from: usize, wanted: bool) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            0..=127 if BREAKS[usize::from(byte)] == wanted => return Some(at),
            0..=127 => 1,
            _ => {
                let c = text[at..].chars().next()?;
                if (c.is_whitespace() || c == '—') == wanted {
                    return Some(at);
                }
                c.len_utf8()
            }
        };
        at += length;
    }
    None
}

/// Which ASCII characters break words: white space and marks.
const BREAKS: [bool; 128] = {
    let (mut breaks, mut at) = ([false; 128], 0);
    while at < 128 {
        breaks[at] = matches!(at as u8, b'\t'..=b'\r' | b' ' | b'|' | b'*' | b'=' | b'<' | b'>' | b'~');
        at += 1;
    }
    breaks
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A capitalised word.
    Name,
    /// A letter or two with dots, or two capitals.
    Initials,
    /// `(Dre)`, `"Dre"`: a name inside a name.
    Bracketed,
    /// In lower case, and joins two parts of a name.
    Particle,
    /// `Jr.`, `III`.
    Suffix,
    /// Breaks a run.
    Other,
}

#[derive(Clone, Copy)]
struct Word<'t> {
    /// The word with the punctuation around it.
    piece: (usize, usize),
    /// The word itself, without punctuation.
    core: &'t str,
    start: usize,
    end: usize,
    shape: Shape,
    /// Marks before or after it that end a run: a comma, a colon, the end of a sentence.
    breaks_before: bool,
    breaks_after: bool,
    is_cut: bool,
}

impl<'t> Word<'t> {
    fn read(text: &'t str, (start, end): (usize, usize)) -> Word<'t> {
        let piece = &text[start..end];
        let is_edge = |c: char| !c.is_alphanumeric();
        let core_start = start + piece.find(|c| !is_edge(c)).unwrap_or(piece.len());
        let trimmed = text[core_start..end].trim_end_matches(is_edge);
        let core = without_possessive(trimmed);
        let before = &text[start..core_start];
        let after = &text[core_start + trimmed.len()..end];
        let shape = shape(core, before, after);
        let is_dotted = || matches!(shape, Shape::Initials | Shape::Suffix) || is_title(core);
        let is_open =
            before.is_empty() || (before == "(" || before == "\"" || before == "“") && shape == Shape::Bracketed;
        let closes = after.is_empty() || shape == Shape::Bracketed && after.len() <= 3 || after == "." && is_dotted();
        let is_cut = after.starts_with("...") || after.starts_with('…');
        Word {
            piece: (start, end),
            core,
            start: core_start,
            end: core_start + core.len(),
            shape,
            breaks_before: !is_open,
            breaks_after: !closes || core.len() != trimmed.len(),
            is_cut: is_cut
                || (after.is_empty() && text[end..].trim_start().starts_with(['…']))
                || is_cut_after(text, end, after),
        }
    }

    fn is_cue(&self, place: CuePlace) -> bool {
        if self.core.is_empty() || self.core.len() > 20 {
            return false;
        }
        let is_cue = |folded: &str| tables::is_organisation_cue(folded, place);
        if self.core.is_ascii() { lowered(self.core, is_cue) } else { is_cue(&super::fold(self.core)) }
    }
}

fn is_cut_after(text: &str, end: usize, after: &str) -> bool {
    after.is_empty() && text[end..].trim_start().starts_with("...")
}

fn without_possessive(word: &str) -> &str {
    ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

fn is_title(core: &str) -> bool {
    core.len() <= 5 && lowered(core, |lower| tables::is_title(lower, true))
}

fn shape(core: &str, before: &str, after: &str) -> Shape {
    let Some(first) = core.chars().next() else { return Shape::Other };
    let is_particle = |word: &str| lowered(word, |lower| tables::is_particle(lower, true));
    let is_generation = |lower: &str| tables::suffix_generation(lower).is_some_and(|rank| rank > 0);
    if !first.is_uppercase() {
        let is_joined = core
            .split_once(['-', '’', '\''])
            .is_some_and(|(particle, rest)| is_particle(particle) && rest.starts_with(char::is_uppercase));
        return match () {
            () if is_joined => Shape::Name,
            () if before.is_empty() && after.is_empty() && is_particle(core) => Shape::Particle,
            () => Shape::Other,
        };
    }
    let is_brackets = matches!((before, after.chars().next()), ("(", Some(')')) | ("\"", Some('"')) | ("“", Some('”')));
    if core.len() > 4 && before.is_empty() && is_plain_name(core) {
        return Shape::Name;
    }
    let is_wordy = core.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '‐' | '‑' | '\'' | '’') || is_joiner(c));
    let letters = core.chars().filter(|c| c.is_alphabetic()).count();
    match () {
        () if before.contains('@') && !before.ends_with('@') => Shape::Other,
        () if is_brackets && is_wordy => Shape::Bracketed,
        () if core.len() <= 4 && lowered(core, is_generation) => Shape::Suffix,
        () if core.contains('.') && core.split('.').all(|piece| piece.chars().count() <= 1) => Shape::Initials,
        () if !is_wordy => Shape::Other,
        () if letters == 1 => Shape::Initials,
        () if core.chars().all(|c| !c.is_lowercase()) => {
            if letters == 2 {
                Shape::Initials
            } else {
                Shape::Other
            }
        }
        () => Shape::Name,
    }
}

/// `Ada`: a capital and small letters, as nearly every name is written.
fn is_plain_name(core: &str) -> bool {
    let bytes = core.as_bytes();
    bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_lowercase)
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// The words of a run so far.
struct Run<'t> {
    text: &'t str,
    /// Fewer words are no mention.
    least: usize,
    words: Vec<Word<'t>>,
    /// The last word before the run, if nothing but space stands between; read when a name follows.
    before: Option<(usize, usize)>,
}

impl<'t> Run<'t> {
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

    fn push(&mut self, word: Word<'t>) {
        let begins = matches!(word.shape, Shape::Name | Shape::Initials);
        if self.words.is_empty() && !begins {
            self.before = Some(word.piece);
            return;
        }
        self.words.push(word);
    }

    /// Ends the run before `next`; what stays of it is a mention.
    fn finish(&mut self, found: &mut Vec<Mention>, next: Option<&Word>) {
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
            found.push(Mention { span: Span::new(first.start, end), is_truncated: last.is_cut });
        }
        self.before = self.words.last().filter(|word| !word.breaks_after).map(|word| word.piece);
        self.words.clear();
    }

    fn is_organisation(&self, next: Option<&Word>) -> bool {
        let Some(last) = self.words.last() else { return false };
        let before = self.before.map(|piece| Word::read(self.text, piece));
        let before_cue = before.is_some_and(|word| !word.breaks_after && word.is_cue(CuePlace::Before));
        let first_cue = self.words.first().is_some_and(|word| word.is_cue(CuePlace::Before));
        let follows = |word: &&Word| {
            let between = &self.text[last.end..word.start];
            matches!(between.trim(), "" | "," | "&")
        };
        before_cue
            || first_cue
            || last.is_cue(CuePlace::After)
            || (self.words.len() > 2 && last.is_cue(CuePlace::Place))
            || next.filter(follows).is_some_and(|word| word.is_cue(CuePlace::After))
    }
}

#[cfg(test)]
mod tests {
    use super::mentions;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = mentions(text, 2)
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
