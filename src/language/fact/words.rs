//! Splits a plain text into words, numbers, dates and breaks; contractions are spelled out.
use super::values::{Number, may_begin_number, millions, number};
use super::vocabulary::{Entries, Entry};
use crate::language::date::{self, Date, Found};
use std::iter::Peekable;
use std::ops::Range;

mod form;

pub(super) use form::Shape;
use form::{CAPITAL, CLASSES, DIGIT, ends_plainly, is_abbreviation, negated, shape, word_length};

/// The pieces of a statement, before their meaning is known.
#[derive(Default)]
pub(super) struct Pieces {
    pub all: Vec<Piece>,
    /// What the tables say of each piece; of nothing where it is no word.
    pub entries: Vec<Entry>,
    pub numbers: Vec<Number>,
    /// How many words have a capital and no other.
    pub capitals: usize,
    /// A word of some length has none.
    pub has_lower: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    pub range: Range<usize>,
    pub kind: PieceKind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PieceKind {
    Word(Shape),
    /// A word that a contraction hides: `not` of `can't`.
    Hidden(&'static str),
    /// Which of the numbers.
    Number(usize),
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

impl Pieces {
    fn push(&mut self, range: Range<usize>, kind: PieceKind, entry: Entry) {
        self.capitals += usize::from(matches!(kind, PieceKind::Word(Shape::Capital)));
        self.has_lower |= matches!(kind, PieceKind::Word(Shape::Lower)) && range.len() > 3;
        self.all.push(Piece { range, kind });
        self.entries.push(entry);
    }
}

/// Splits a text into pieces; `lower` is the text in lower case, byte for byte in step with it.
pub(super) fn split(text: &str, lower: &str, words: &mut Entries, pieces: &mut Pieces) {
    pieces.all.clear();
    pieces.entries.clear();
    pieces.numbers.clear();
    (pieces.capitals, pieces.has_lower) = (0, false);
    Splitter { text, lower, words, pieces, dates: None }.run();
}

struct Splitter<'a> {
    text: &'a str,
    lower: &'a str,
    words: &'a mut Entries,
    pieces: &'a mut Pieces,
    /// The dates from the first place where one may stand; most texts have none.
    dates: Option<Peekable<std::vec::IntoIter<Found>>>,
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

impl Splitter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(byte) = self.lower.as_bytes().get(at) {
            if let Some(dates) = &mut self.dates
                && let Some(found) = dates.next_if(|found| found.range.start <= at)
            {
                if found.range.start == at {
                    at = found.range.end;
                    self.push(found.range, PieceKind::Date(found.date));
                }
                continue;
            }
            at += match byte {
                b' ' => 1,
                b'a'..=b'z' => self.plain_word(at).unwrap_or_else(|| self.word(at)),
                _ => self.piece(at),
            };
        }
    }

    /// Reads a word of letters and digits alone, as most are, and returns its length; none if there may be more to it, and 0
    /// if it begins a date.
    fn plain_word(&mut self, at: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[at..];
        let (mut length, mut classes) = (1, 0);
        while let Some(byte) = bytes.get(length) {
            let class = CLASSES[usize::from(*byte)];
            if class == 0 {
                break;
            }
            classes |= class;
            length += 1;
        }
        let word = &self.lower[at..at + length];
        let may_deny = matches!(word.as_bytes(), [.., b'n' | b'o', b't']);
        if !ends_plainly(&bytes[length..]) || may_deny && (word == "cannot" || negated(word).is_some()) {
            return None;
        }
        let entry = self.words.get(word);
        if entry.may_begin_date && self.dates.is_none() && date::stands_at(self.text, at) {
            self.look_for_dates(at);
            return Some(0);
        }
        let shape = match () {
            () if classes & (CAPITAL | DIGIT) != 0 => Shape::Mark,
            () if bytes[0].is_ascii_uppercase() => Shape::Capital,
            () => Shape::Lower,
        };
        self.pieces.push(at..at + length, PieceKind::Word(shape), entry);
        Some(length)
    }

    /// Looks for dates from `at`, where one may stand; false if that was done before.
    fn look_for_dates(&mut self, at: usize) -> bool {
        let is_new = self.dates.is_none();
        if is_new {
            self.dates = Some(date::dates_from(self.text, at).into_iter().peekable());
        }
        is_new
    }

    fn push(&mut self, range: Range<usize>, kind: PieceKind) {
        let entry = match kind {
            PieceKind::Word(_) => self.words.get(&self.lower[range.clone()]),
            PieceKind::Hidden(word) => self.words.get(word),
            _ => Entry::NOTHING,
        };
        self.pieces.push(range, kind, entry);
    }

    /// Reads one piece and returns its length; 0 if there may be a date.
    fn piece(&mut self, at: usize) -> usize {
        let rest = &self.lower[at..];
        let Some(first) = rest.chars().next() else { return 1 };
        if may_begin_number(first) {
            let digits = if first.is_ascii_digit() { at } else { at + first.len_utf8() };
            if date::stands_at(self.text, digits) && self.look_for_dates(at) {
                return 0;
            }
            let starts_word = at == 0 || !self.lower[..at].ends_with(char::is_alphanumeric);
            if let Some(number) = number(rest).or_else(|| millions(&self.text[at..])).filter(|_| starts_word) {
                let length = number.length;
                if rest[..length].contains(':') && self.look_for_dates(at) {
                    return 0;
                }
                self.push(at..at + length, PieceKind::Number(self.pieces.numbers.len()));
                self.pieces.numbers.push(number);
                return length;
            }
        }
        if first.is_alphanumeric() {
            return self.word(at);
        }
        let Some(kind) = mark(first, self.lower, at) else { return first.len_utf8() };
        let length = if kind == PieceKind::Cut {
            rest.len() - rest.trim_start_matches(['.', '…']).len()
        } else {
            first.len_utf8()
        };
        self.push(at..at + length, kind);
        length
    }

    /// Reads a word with what is joined to it: `O'Neill`, `U.S.`, `R&D`, `v2.1`, `1:1`; takes contractions apart. Returns
    /// its length; 0 if there may be a date in it.
    fn word(&mut self, at: usize) -> usize {
        let length = word_length(&self.lower[at..]);
        let word = &self.lower[at..at + length];
        if self.dates.is_none() && date::may_stand_in(self.text, at..at + length) {
            self.look_for_dates(at);
            return 0;
        }
        let whole = at..at + length;
        if word == "cannot" {
            self.push(at..at + 3, PieceKind::Word(Shape::Lower));
            self.push(at + 3..whole.end, PieceKind::Hidden("not"));
            return length;
        }
        if let Some(base) = negated(word) {
            self.push(whole.clone(), PieceKind::Hidden(base));
            self.push(whole, PieceKind::Hidden("not"));
            return length;
        }
        let Some(mark) = word.bytes().rposition(|byte| byte == b'\'') else {
            self.push_word(whole);
            return length;
        };
        let (base, end) = (at..at + mark, &word[mark + 1..]);
        let hidden = match end {
            "s" if matches!(&word[..mark], "it" | "that" | "there" | "what" | "he" | "she" | "here" | "who") => "is",
            "s" | "" => {
                self.push_word(base);
                self.push(at + mark..whole.end, PieceKind::Possessive);
                return length;
            }
            "re" => "are",
            "ll" => "will",
            "ve" => "have",
            "d" => "would",
            "m" => "am",
            _ => {
                self.push_word(whole);
                return length;
            }
        };
        self.push_word(base);
        self.push(at + mark..whole.end, PieceKind::Hidden(hidden));
        length
    }

    fn push_word(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let shape = shape(&self.text[range.clone()]);
            self.push(range, PieceKind::Word(shape));
        }
    }
}

/// Returns what a sign is; none if it says nothing.
fn mark(sign: char, lower: &str, at: usize) -> Option<PieceKind> {
    Some(match sign {
        '.' if lower[at..].starts_with("...") => PieceKind::Cut,
        '…' => PieceKind::Cut,
        '.' if is_abbreviation(lower, at) => return None,
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
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let lower = lower_case(text);
        let mut pieces = Pieces::default();
        split(text, &lower, &mut Entries::default(), &mut pieces);
        let Pieces { all, numbers, .. } = pieces;
        let shown: Vec<String> = all
            .into_iter()
            .map(|piece| match piece.kind {
                PieceKind::Word(_) => lower[piece.range].to_string(),
                PieceKind::Hidden(word) => format!("+{word}"),
                PieceKind::Number(index) => format!("{}#", numbers[index].quantity.low),
                PieceKind::Date(date) => format!("<{date}>"),
                PieceKind::Possessive => "'s".to_string(),
                kind => format!("{kind:?}"),
            })
            .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn splits() {
        check("It can't match Ada's $1.2M.", "it +can +not match ada 's 1200000# Stop");
        check("Due Oct 8, 2025; U.S. R&D", "due <2025-10-08> Stop u.s Stop r&d");
        check("10–30 GB at $0.07/GB", "10# Dash 30# gb at 0.07# Slash gb");
        check("v2.1 isn't a 1:1…", "v2.1 +is +not a 1:1 Cut");
        check("Zürich's ÉCOLE", "zürich 's école");
    }

    /// Splits a text with all its dates at hand and no short way.
    fn split_slowly(text: &str, lower: &str) -> Pieces {
        let (mut words, mut pieces) = (Entries::default(), Pieces::default());
        let dates = Some(date::dates(text).into_iter().peekable());
        let mut splitter = Splitter { text, lower, words: &mut words, pieces: &mut pieces, dates };
        let mut at = 0;
        while at < lower.len() {
            match splitter.dates.as_mut().and_then(|dates| dates.next_if(|found| found.range.start <= at)) {
                Some(found) if found.range.start == at => {
                    at = found.range.end;
                    splitter.push(found.range, PieceKind::Date(found.date));
                }
                Some(_) => {}
                None => at += if lower.as_bytes()[at] == b' ' { 1 } else { splitter.piece(at) },
            }
        }
        pieces
    }

    /// Texts of pieces that are joined, hide words and begin dates, put together at random.
    #[test]
    fn short_ways_lead_to_the_same_pieces() {
        const PIECES: [&str; 48] = [
            "word",
            "Word",
            "GCP",
            "s3",
            "v2",
            "42",
            "1,000",
            "3.5",
            "$3",
            "10gb",
            "9:30",
            "am",
            "2025-10-08",
            "8",
            "th",
            "October",
            "oct",
            "May",
            "may",
            "Wednesday",
            "wed",
            "Q1",
            "h2",
            "FY",
            "2025",
            "of",
            "cannot",
            "dont",
            "plant",
            "u",
            "’",
            "'",
            "'s",
            "n't",
            ".",
            ":",
            "&",
            "_",
            "@",
            "/",
            "-",
            "é",
            "Zoë",
            "(",
            ", ",
            "…",
            "%",
            "#",
        ];
        let mut next = crate::text::random_below();
        let mut dates = 0;
        for _ in 0..50_000 {
            let text = crate::text::random_text(&mut next, &PIECES, 10);
            let lower = lower_case(&text);
            let mut pieces = Pieces::default();
            split(&text, &lower, &mut Entries::default(), &mut pieces);
            let expected = split_slowly(&text, &lower);
            assert_eq!((&pieces.all, &pieces.numbers), (&expected.all, &expected.numbers), "{text:?}");
            let stems = |pieces: &Pieces| pieces.entries.iter().map(|entry| entry.stem).collect::<Vec<u64>>();
            assert_eq!(stems(&pieces), stems(&expected), "{text:?}");
            dates += pieces.all.iter().filter(|piece| matches!(piece.kind, PieceKind::Date(_))).count();
        }
        assert!(dates > 5_000, "{dates}");
    }
}
