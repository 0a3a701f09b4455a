//! One word of a text: what it is to a name, and what the marks around it say.

use crate::language::name::fold;
use crate::language::name::tables::{self, CuePlace};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
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

/// A word of a text, by its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word with the punctuation around it.
    pub piece: (usize, usize),
    /// The word itself, without punctuation.
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
    /// Marks before or after it that end a run: a comma, a colon, the end of a sentence.
    pub breaks_before: bool,
    pub breaks_after: bool,
    pub is_cut: bool,
}

impl Word {
    pub fn read(text: &str, piece: (usize, usize)) -> Word {
        Word::read_plain(text, piece).unwrap_or_else(|| Word::read_any(text, piece))
    }

    /// Reads what nearly all words are, in ASCII: letters from a capital on with marks around them, or a word that begins
    /// with a small letter or a digit and has no name behind a joint.
    fn read_plain(text: &str, (start, end): (usize, usize)) -> Option<Word> {
        let bytes = &text.as_bytes()[start..end];
        let first = bytes.iter().position(u8::is_ascii_alphanumeric)?;
        let last = bytes.iter().rposition(u8::is_ascii_alphanumeric)?;
        let (before, letters, after) = (&bytes[..first], &bytes[first..=last], &bytes[last + 1..]);
        let core = text.get(start + first..start + last + 1)?;
        let shape = match letters[0].is_ascii_uppercase() {
            true => plain_capital(core, before)?,
            false => plain_small(core, before.is_empty() && after.is_empty())?,
        };
        if !before.is_ascii() || !after.is_ascii() {
            return None;
        }
        let is_dotted = || matches!(shape, Shape::Initials | Shape::Suffix) || is_title(core);
        Some(Word {
            piece: (start, end),
            start: start + first,
            end: start + last + 1,
            shape,
            breaks_before: !before.is_empty(),
            breaks_after: !(after.is_empty() || after == b"." && is_dotted()),
            is_cut: if after.is_empty() { is_cut_after(&text[end..]) } else { after.starts_with(b"...") },
        })
    }

    fn read_any(text: &str, (start, end): (usize, usize)) -> Word {
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
            start: core_start,
            end: core_start + core.len(),
            shape,
            breaks_before: !is_open,
            breaks_after: !closes || core.len() != trimmed.len(),
            is_cut: is_cut || (after.is_empty() && is_cut_after(&text[end..])),
        }
    }

    pub fn is_cue(&self, text: &str, place: CuePlace) -> bool {
        let core = &text[self.start..self.end];
        if core.is_empty() || core.len() > 20 {
            return false;
        }
        if core.is_ascii() {
            tables::is_organisation_cue(core, place)
        } else {
            tables::is_organisation_cue(&fold(core), place)
        }
    }
}

/// Returns what letters from a capital on are, unless marks before them might tell something else.
fn plain_capital(core: &str, before: &[u8]) -> Option<Shape> {
    let letters = core.as_bytes();
    let may_tell = before.iter().any(|mark| matches!(mark, b'(' | b'"' | b'@'));
    if may_tell || !letters.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    Some(match letters {
        [_, ..] if letters.len() <= 4 && is_generation(core) => Shape::Suffix,
        [_] => Shape::Initials,
        [_, rest @ ..] if rest.iter().any(u8::is_ascii_lowercase) => Shape::Name,
        [_, _] => Shape::Initials,
        _ => Shape::Other,
    })
}

/// Returns what a word is that begins with a small letter or a digit, unless a capital stands behind a joint or an ending
/// would be cut off.
fn plain_small(core: &str, is_bare: bool) -> Option<Shape> {
    let bytes = core.as_bytes();
    let is_joint = |byte: u8| matches!(byte, b'-' | b'\'');
    let joins = |pair: &[u8]| is_joint(pair[0]) && pair[1].is_ascii_uppercase();
    let is_possessive = || core.ends_with("'s");
    if !core.is_ascii() || bytes.windows(2).any(joins) || is_possessive() {
        return None;
    }
    Some(if is_bare && tables::is_particle(core, true) { Shape::Particle } else { Shape::Other })
}

/// Three dots or their sign come next, be it after white space.
fn is_cut_after(rest: &str) -> bool {
    let next = rest.bytes().find(|byte| !matches!(byte, b'\t'..=b'\r' | b' '));
    let may_be = next.is_some_and(|byte| byte == b'.' || !byte.is_ascii());
    may_be && ["…", "..."].iter().any(|dots| rest.trim_start().starts_with(dots))
}

fn without_possessive(word: &str) -> &str {
    ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

fn is_title(core: &str) -> bool {
    core.len() <= 5 && tables::is_title(core, true)
}

fn is_generation(core: &str) -> bool {
    tables::suffix_generation(core).is_some_and(|rank| rank > 0)
}

fn shape(core: &str, before: &str, after: &str) -> Shape {
    let Some(first) = core.chars().next() else { return Shape::Other };
    let is_particle = |word: &str| tables::is_particle(word, true);
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
        () if core.len() <= 4 && is_generation(core) => Shape::Suffix,
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Word;

    proptest! {
        #[test]
        fn reads_a_plain_word_as_any_other(
            word in "[(@'\"\\[é-]{0,2}(Ada|van|Jr|III|J|API|TJ|GitHub|Mrs|dr|1:1|[A-Z]{0,3}[a-z]{0,5}('s|'S|'t|-Ada|-ada|'Ada|é|))[.,:;)'\"…-]{0,3}", rest in "[ \n]{0,2}(…|\\.\\.\\.|Ada|\u{a0}…|)"
        ) {
            let text = format!("{word}{rest}");
            if let Some(plain) = Word::read_plain(&text, (0, word.len())) {
                prop_assert_eq!(plain, Word::read_any(&text, (0, word.len())), "{}", text);
            }
        }
    }
}
