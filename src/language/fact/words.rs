//! Splits a plain text into words, numbers, dates and breaks; contractions are spelled out.
use super::plain::Plain;
use super::values::{Number, may_begin_number, number};
use crate::language::date::{self, Date};
use std::ops::Range;

/// One piece of a statement, before its meaning is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub range: Range<usize>,
    pub kind: PieceKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum PieceKind {
    Word(Shape),
    /// A word that a contraction hides: `not` of `can't`.
    Hidden(&'static str),
    Number(Number),
    Date(Date),
    /// `'s` behind a name.
    Possessive,
    /// Between the halves of a range or of `A - B`.
    Dash,
    Slash,
    Comma,
    /// `:`, a bracket, a long dash.
    Pause,
    /// `.`, `;`, `!`
    Stop,
    QuestionMark,
    /// The text runs into `…`.
    Cut,
}

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lower,
    /// `Apollo`.
    Capital,
    /// `GCP`, `MIGs`, `Z4M`, `iPhone`: a name wherever it stands.
    Mark,
}

/// Appends the pieces of a text; `lower` is the text in lower case, byte for byte in step with it.
pub(super) fn split(plain: &Plain, lower: &str, pieces: &mut Vec<Piece>) {
    let dates = date::dates(&plain.text);
    let mut dates = dates.iter().peekable();
    let mut at = 0;
    while at < lower.len() {
        if let Some(found) = dates.next_if(|found| found.range.start <= at) {
            if found.range.start == at {
                pieces.push(Piece { range: found.range.clone(), kind: PieceKind::Date(found.date) });
                at = found.range.end;
            }
            continue;
        }
        if lower.as_bytes()[at] == b' ' {
            at += 1;
            continue;
        }
        at += piece(&plain.text, lower, at, pieces);
    }
}

/// Returns a text in lower case, every letter as long as it was.
pub(super) fn lower_case(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut lower = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii() {
            lower.push(letter.to_ascii_lowercase());
            continue;
        }
        let small = letter.to_lowercase().next().unwrap_or(letter);
        lower.push(if small.len_utf8() == letter.len_utf8() { small } else { letter });
    }
    lower
}

/// Reads one piece and returns its length.
fn piece(text: &str, lower: &str, at: usize, pieces: &mut Vec<Piece>) -> usize {
    let rest = &lower[at..];
    let Some(first) = rest.chars().next() else { return 1 };
    let starts_word = |_: &Number| at == 0 || !lower[..at].ends_with(char::is_alphanumeric);
    if may_begin_number(first)
        && let Some(number) = number(rest).filter(starts_word)
    {
        pieces.push(Piece { range: at..at + number.length, kind: PieceKind::Number(number) });
        return number.length;
    }
    if first.is_alphanumeric() {
        return word(text, lower, at, pieces);
    }
    let kind = match first {
        '.' if rest.starts_with("...") => PieceKind::Cut,
        '…' => PieceKind::Cut,
        '.' if is_abbreviation(lower, at) => return 1,
        '.' | ';' | '!' => PieceKind::Stop,
        '?' => PieceKind::QuestionMark,
        ',' => PieceKind::Comma,
        ':' | '(' | ')' | '[' | ']' | '—' => PieceKind::Pause,
        '-' | '–' => PieceKind::Dash,
        '/' => PieceKind::Slash,
        '&' | '+' => PieceKind::Hidden("and"),
        '%' => PieceKind::Hidden("%"),
        '~' | '≈' => PieceKind::Hidden("about"),
        '>' | '≥' => PieceKind::Hidden(">"),
        '<' | '≤' => PieceKind::Hidden("<"),
        _ => return first.len_utf8(),
    };
    let length = if kind == PieceKind::Cut {
        rest.len() - rest.trim_start_matches(['.', '…']).len()
    } else {
        first.len_utf8()
    };
    pieces.push(Piece { range: at..at + length, kind });
    length
}

/// `Dr. Voss`, `J. Voss`: the dot ends no sentence.
fn is_abbreviation(lower: &str, dot: usize) -> bool {
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

/// Reads a word with what is joined to it: `O'Neill`, `U.S.`, `R&D`, `v2.1`, `1:1`; takes contractions apart.
fn word(text: &str, lower: &str, at: usize, pieces: &mut Vec<Piece>) -> usize {
    let length = word_length(&lower[at..]);
    let word = &lower[at..at + length];
    let mut push = |range: Range<usize>, kind: PieceKind| {
        if !range.is_empty() {
            pieces.push(Piece { range, kind });
        }
    };
    let whole = at..at + length;
    if word == "cannot" {
        push(at..at + 3, PieceKind::Word(Shape::Lower));
        push(at + 3..whole.end, PieceKind::Hidden("not"));
        return length;
    }
    if let Some(base) = negated(word) {
        push(whole.clone(), PieceKind::Hidden(base));
        push(whole, PieceKind::Hidden("not"));
        return length;
    }
    let Some(mark) = word.bytes().rposition(|byte| byte == b'\'') else {
        push(whole.clone(), PieceKind::Word(shape(&text[whole])));
        return length;
    };
    let (base, end) = (at..at + mark, &word[mark + 1..]);
    let hidden = match end {
        "s" if matches!(&lower[base.clone()], "it" | "that" | "there" | "what" | "he" | "she" | "here" | "who") => "is",
        "s" | "" => {
            push(base.clone(), PieceKind::Word(shape(&text[base])));
            push(at + mark..whole.end, PieceKind::Possessive);
            return length;
        }
        "re" => "are",
        "ll" => "will",
        "ve" => "have",
        "d" => "would",
        "m" => "am",
        _ => {
            push(whole.clone(), PieceKind::Word(shape(&text[whole])));
            return length;
        }
    };
    push(base.clone(), PieceKind::Word(shape(&text[base])));
    push(at + mark..whole.end, PieceKind::Hidden(hidden));
    length
}

fn word_length(rest: &str) -> usize {
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
fn negated(word: &str) -> Option<&'static str> {
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

fn shape(word: &str) -> Shape {
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

    fn check(text: &str, expected: &str) {
        let plain = Plain::new(text);
        let lower = lower_case(&plain.text);
        let mut pieces = Vec::new();
        split(&plain, &lower, &mut pieces);
        let shown: Vec<String> = pieces
            .into_iter()
            .map(|piece| match piece.kind {
                PieceKind::Word(_) => lower[piece.range].to_string(),
                PieceKind::Hidden(word) => format!("+{word}"),
                PieceKind::Number(number) => format!("{}#", number.quantity.low),
                PieceKind::Date(date) => format!("<{date}>"),
                PieceKind::Possessive => "'s".to_string(),
                kind => format!("{kind:?}"),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

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

    #[test]
    fn splits() {
        check("It can't match Ada's $1.2M.", "it +can +not match ada 's 1200000# Stop");
        check("Due Oct 8, 2025; U.S. R&D", "due <2025-10-08> Stop u.s Stop r&d");
        check("10–30 GB at $0.07/GB", "10# Dash 30# gb at 0.07# Slash gb");
        check("v2.1 isn't a 1:1…", "v2.1 +is +not a 1:1 Cut");
        check("Zürich's ÉCOLE", "zürich 's école");
    }
}
