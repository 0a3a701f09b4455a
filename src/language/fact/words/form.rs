//! How words are written: where they end, their capitals, and what their contractions hide.

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::language::fact) enum Shape {
    Lower,
    /// `Apollo`.
    Capital,
    /// `GCP`, `MIGs`, `Z4M`, `iPhone`: a name wherever it stands.
    Mark,
}

/// What a byte is in a plain word: a small letter, a capital or a digit; 0 for what is in none.
pub(super) static CLASSES: [u8; 256] = {
    let (mut classes, mut at) = ([0; 256], 0);
    while at < 128 {
        classes[at] = match at as u8 {
            b'a'..=b'z' => SMALL,
            b'A'..=b'Z' => CAPITAL,
            b'0'..=b'9' => DIGIT,
            _ => 0,
        };
        at += 1;
    }
    classes
};
const SMALL: u8 = 1;
pub(super) const CAPITAL: u8 = 2;
pub(super) const DIGIT: u8 = 4;

/// Tells whether a word of letters and digits of ASCII ends before `rest`: nothing that follows may be joined to it.
pub(super) fn ends_plainly(rest: &[u8]) -> bool {
    match rest {
        [] | [b'.'] => true,
        [b'.', next, ..] => next.is_ascii() && !next.is_ascii_alphanumeric(),
        [b':', next, ..] => !next.is_ascii_digit(),
        [next, ..] => next.is_ascii() && !matches!(next, b'\'' | b'&' | b'_' | b'@'),
    }
}

/// `Dr. Voss`, `J. Voss`: the dot ends no sentence.
pub(super) fn is_abbreviation(lower: &str, dot: usize) -> bool {
    const SHORT: [&str; 17] = [
        "dr", "mr", "mrs", "ms", "prof", "st", "jr", "sr", "vs", "approx", "ca", "gen", "sen", "rep", "rev", "capt",
        "sgt",
    ];
    if !lower[dot + 1..].starts_with(' ') || dot + 2 >= lower.len() {
        return false;
    }
    let word = lower[..dot].rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
    let is_first = lower[..dot - word.len()].chars().next_back().is_none_or(char::is_whitespace);
    let is_letter = word.len() == 1 && word != "i" && word.bytes().all(|letter| letter.is_ascii_alphabetic());
    let is_initial = is_letter && is_first;
    is_initial || SHORT.contains(&word)
}

pub(super) fn word_length(rest: &str) -> usize {
    let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match rest.as_bytes().get(plain) {
        None => return plain,
        Some(next) if next.is_ascii() && !matches!(next, b'\'' | b'.' | b':' | b'&' | b'_' | b'@') => return plain,
        Some(_) => {}
    }
    let mut letters = rest.char_indices().peekable();
    let mut previous = ' ';
    while let Some((offset, letter)) = letters.next() {
        let next = letters.peek().map_or(' ', |(_, next)| *next);
        let joins = match letter {
            '\'' => previous.is_alphabetic() && (next.is_alphabetic() || previous == 's'),
            '.' => {
                previous.is_ascii_digit() && next.is_ascii_digit()
                    || is_initials(&rest[..offset]) && next.is_alphabetic()
            }
            ':' => previous.is_ascii_digit() && next.is_ascii_digit(),
            '&' | '_' | '@' => previous.is_alphanumeric() && next.is_alphanumeric(),
            letter => letter.is_alphanumeric(),
        };
        if !joins {
            return offset;
        }
        previous = letter;
    }
    rest.len()
}

/// `u`, `u.s`: letters with dots between them.
fn is_initials(text: &str) -> bool {
    text.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Returns what `can't`, `won't` and `isnt` deny.
pub(super) fn negated(word: &str) -> Option<&'static str> {
    const BASES: [&str; 17] = [
        "do", "does", "did", "is", "are", "was", "were", "would", "could", "should", "has", "have", "had", "might",
        "must", "need", "can",
    ];
    if !word.ends_with('t') {
        return None;
    }
    let base = match word.strip_suffix("n't").or_else(|| word.strip_suffix("nt"))? {
        "wo" if word.contains('\'') => return Some("will"),
        "ca" => return Some("can"),
        "sha" if word.contains('\'') => return Some("shall"),
        base => base,
    };
    BASES.into_iter().find(|known| *known == base)
}

pub(super) fn shape(word: &str) -> Shape {
    if let [first, rest @ ..] = word.as_bytes()
        && first.is_ascii_alphabetic()
        && rest.iter().all(u8::is_ascii_lowercase)
    {
        return if first.is_ascii_lowercase() { Shape::Lower } else { Shape::Capital };
    }
    let mut letters = word.chars();
    let first = letters.next().unwrap_or(' ');
    let inner_capital = letters.clone().any(char::is_uppercase);
    let mixed = word.bytes().any(|byte| byte.is_ascii_digit()) && word.chars().any(char::is_alphabetic);
    match () {
        () if inner_capital || mixed => Shape::Mark,
        () if first.is_uppercase() => Shape::Capital,
        () => Shape::Lower,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, expected) in [
            ("apollo", Shape::Lower),
            ("i", Shape::Lower),
            ("Apollo", Shape::Capital),
            ("I", Shape::Capital),
            ("GCP", Shape::Mark),
            ("iPhone", Shape::Mark),
            ("z4m", Shape::Mark),
            ("O'Neill", Shape::Mark),
            ("élan", Shape::Lower),
            ("Élan", Shape::Capital),
            ("Zoë", Shape::Capital),
            ("o'clock", Shape::Lower),
            ("42", Shape::Lower),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}
