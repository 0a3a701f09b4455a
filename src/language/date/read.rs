//! Reads the pieces of a date: numbers, signs, the names of months and weekdays.
use super::Weekday;

/// A place in a text that moves on over what it expects, and stays where that does not stand.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Reader { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Reads a number of at least `min` and at most `max` digits that no further digit follows.
    pub(super) fn digits(&mut self, min: usize, max: usize) -> Option<u32> {
        let (mut number, mut count) = (0, 0);
        while let Some(digit) = self.text.as_bytes().get(self.at + count).filter(|byte| byte.is_ascii_digit()) {
            if count == max {
                return None;
            }
            number = number * 10 + u32::from(digit - b'0');
            count += 1;
        }
        if count < min {
            return None;
        }
        self.at += count;
        Some(number)
    }

    pub(super) fn sign(&mut self, signs: &[u8]) -> Option<u8> {
        let sign = self.byte().filter(|byte| signs.contains(byte))?;
        self.at += 1;
        Some(sign)
    }

    pub(super) fn letter(&mut self, letter: u8) -> bool {
        self.sign(&[letter, letter.to_ascii_lowercase()]).is_some()
    }

    pub(super) fn space(&mut self) -> Option<u8> {
        self.sign(b" ")
    }

    pub(super) fn word(&mut self, word: &str) {
        if self.text[self.at..].starts_with(word) {
            self.at += word.len();
        }
    }

    pub(super) fn ordinal(&mut self) {
        if ["st", "nd", "rd", "th"].iter().any(|end| self.text[self.at..].starts_with(end)) {
            self.at += 2;
        }
    }

    /// Reads the day of `October 8`, not the hour of `Oct 8:30`, the share of `May 8%` or the number of `May 8.5`.
    pub(super) fn day(&mut self) -> Option<u8> {
        let start = self.at;
        let day = self.digits(1, 2)? as u8;
        self.ordinal();
        let rest = &self.text[self.at..];
        let number_goes_on = rest.starts_with([':', '%', '/'])
            || rest.strip_prefix(['.', ',']).is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
        let word_goes_on = rest.starts_with(|next: char| next.is_alphanumeric());
        if number_goes_on || word_goes_on {
            self.at = start;
            return None;
        }
        Some(day)
    }

    /// Reads ` 2025`, `, 2025`, ` of 2025`.
    pub(super) fn year_behind(&mut self) -> Option<i16> {
        let start = self.at;
        self.sign(b".");
        self.sign(b",");
        self.space();
        self.word("of ");
        self.word("FY");
        let year = self.digits(4, 4).filter(|year| (1800..=2200).contains(year));
        if year.is_none() || self.at < start + 5 {
            self.at = start;
            return None;
        }
        year.map(|year| year as i16)
    }

    pub(super) fn year(&mut self, short: bool) -> Option<i16> {
        if let Some(year) = self.digits(4, 4) {
            return Some(year as i16);
        }
        if !short {
            return None;
        }
        self.digits(2, 2).map(|year| 2000 + year as i16)
    }

    pub(super) fn month(&mut self) -> Option<u8> {
        const NAMES: [(&str, &[&str]); 12] = [
            ("january", &["Jan"]),
            ("february", &["Feb"]),
            ("march", &["Mar"]),
            ("april", &["Apr"]),
            ("may", &[]),
            ("june", &["Jun"]),
            ("july", &["Jul"]),
            ("august", &["Aug"]),
            ("september", &["Sep", "Sept"]),
            ("october", &["Oct"]),
            ("november", &["Nov"]),
            ("december", &["Dec"]),
        ];
        if !begins_month(&self.text.as_bytes()[self.at..]) {
            return None;
        }
        let word = first_word(&self.text[self.at..]);
        let index = NAMES.iter().position(|(name, short)| {
            let capital = word.starts_with(|letter: char| letter.is_ascii_uppercase());
            name.eq_ignore_ascii_case(word) && (capital || !matches!(*name, "may" | "march"))
                || short.iter().any(|short| short.eq_ignore_ascii_case(word))
        })?;
        self.at += word.len();
        Some(index as u8 + 1)
    }
}

/// `Wednesday`, `Wed`, `Weds`, also `Wednesdays`; a short form only with a capital (`sun`, `sat` and `wed` are words).
pub(super) fn weekday_at(text: &str) -> Option<(usize, Weekday)> {
    const NAMES: [(&str, &[&str], Weekday); 7] = [
        ("monday", &["Mon"], Weekday::Monday),
        ("tuesday", &["Tue", "Tues"], Weekday::Tuesday),
        ("wednesday", &["Wed", "Weds"], Weekday::Wednesday),
        ("thursday", &["Thu", "Thur", "Thurs"], Weekday::Thursday),
        ("friday", &["Fri"], Weekday::Friday),
        ("saturday", &["Sat"], Weekday::Saturday),
        ("sunday", &["Sun"], Weekday::Sunday),
    ];
    if !begins_weekday(text.as_bytes()) {
        return None;
    }
    let word = first_word(text);
    let (_, _, weekday) = NAMES.iter().find(|(name, short, _)| {
        name.eq_ignore_ascii_case(word)
            || name.eq_ignore_ascii_case(word.trim_end_matches('s'))
            || short.contains(&word)
    })?;
    Some((word.len(), *weekday))
}

/// The names of months, short forms too, begin with three letters that turn nearly every other word away at once.
fn begins_month(text: &[u8]) -> bool {
    matches!(
        &first_small(text),
        b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec"
    )
}

fn begins_weekday(text: &[u8]) -> bool {
    matches!(&first_small(text), b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
}

/// Tells whether a date may begin with a word in lower case: a number, or the name of a month, a weekday or a part of a
/// year. Other words may begin as these do; none that begins a date is left out.
pub(in crate::language) fn may_begin(word: &str) -> bool {
    let bytes = word.as_bytes();
    let is_part = matches!(bytes, [b'q' | b'h', b'0'..=b'9', ..] | [b'f', b'y', ..]);
    is_part || bytes.first().is_some_and(u8::is_ascii_digit) || begins_month(bytes) || begins_weekday(bytes)
}

/// The first three bytes in small letters; of a shorter text none.
fn first_small(text: &[u8]) -> [u8; 3] {
    text.first_chunk().map_or([0; 3], |first: &[u8; 3]| first.map(|byte| byte.to_ascii_lowercase()))
}

fn first_word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}
