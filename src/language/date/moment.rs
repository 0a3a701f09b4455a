//! Reads a date by a Moment format, the language in which Obsidian's settings say how daily notes are named.
use super::read::{Reader, weekday_at};
use super::{Date, Weekday};

/// Reads `name` by a Moment format such as `YYYY-MM-DD` or `dddd, MMMM Do YYYY`; returns the date and the weekday that the
/// name states. `None` if the name does not have that form, or the format says too little.
pub fn parse_format(name: &str, format: &str) -> Option<(Date, Option<Weekday>)> {
    let parts = Parts::of(name, format)?;
    Some((parts.date()?, parts.weekday))
}

/// Tells whether `name` has the form of a Moment format; its words may be of any language.
pub fn fits_format(name: &str, format: &str) -> bool {
    Parts::of(name, format).is_some()
}

/// Longest first, so that `MM` is not read as two `M`.
const TOKENS: [&str; 31] = [
    "YYYY", "GGGG", "gggg", "MMMM", "dddd", "DDDD", "MMM", "ddd", "DDD", "YY", "MM", "DD", "Do", "dd", "WW", "ww",
    "HH", "hh", "mm", "ss", "M", "D", "W", "w", "Q", "H", "h", "m", "s", "E", "d",
];

#[derive(Default)]
struct Parts {
    year: Option<i16>,
    month: Option<u8>,
    day: Option<u8>,
    week: Option<u8>,
    quarter: Option<u8>,
    weekday: Option<Weekday>,
    /// A month or a day stands there in a form that is not read.
    is_unread: bool,
}

impl Parts {
    fn of(name: &str, format: &str) -> Option<Parts> {
        let mut parts = Parts::default();
        let mut reader = Reader::new(name);
        let mut rest = format;
        while let Some(first) = rest.chars().next() {
            if let Some((literal, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                reader.literal(literal)?;
                rest = after;
            } else if let Some(token) = TOKENS.iter().find(|token| rest.starts_with(**token)) {
                parts.read(token, &mut reader)?;
                rest = &rest[token.len()..];
            } else {
                reader.literal(&rest[..first.len_utf8()])?;
                rest = &rest[first.len_utf8()..];
            }
        }
        (reader.at == name.len()).then_some(parts)
    }

    fn read(&mut self, token: &str, reader: &mut Reader<'_>) -> Option<()> {
        match token {
            "YYYY" | "GGGG" | "gggg" => {
                let century = i16::from(reader.two_digits()?) * 100;
                self.year = Some(century + i16::from(reader.two_digits()?));
            }
            "YY" => self.year = Some(i16::from(reader.two_digits()?) + 2000),
            "MMMM" | "MMM" => {
                self.month = reader.month();
                if self.month.is_none() {
                    self.is_unread = true;
                    reader.letters()?;
                }
            }
            "MM" => self.month = Some(reader.two_digits()?),
            "M" => self.month = Some(reader.digits(1, 2)? as u8),
            "DD" => self.day = Some(reader.two_digits()?),
            "D" => self.day = Some(reader.digits(1, 2)? as u8),
            "Do" => {
                self.day = Some(reader.digits(1, 2)? as u8);
                // `3rd`; other languages end otherwise, or not at all.
                reader.letters();
            }
            "WW" | "ww" => self.week = Some(reader.two_digits()?),
            "W" | "w" => self.week = Some(reader.digits(1, 2)? as u8),
            "Q" => self.quarter = Some(reader.digits(1, 1)? as u8),
            "dddd" | "ddd" | "dd" => match reader.weekday() {
                Some(weekday) => self.weekday = Some(weekday),
                None => reader.letters()?,
            },
            "DDDD" | "DDD" => {
                self.is_unread = true;
                reader.digits(1, 3)?;
            }
            "E" | "d" => {
                reader.digits(1, 1)?;
            }
            "HH" | "hh" | "mm" | "ss" => {
                reader.two_digits()?;
            }
            _ => {
                reader.digits(1, 2)?;
            }
        }
        Some(())
    }

    fn date(&self) -> Option<Date> {
        let year = self.year.filter(|_| !self.is_unread)?;
        match *self {
            Parts { month: Some(month), day: Some(day), .. } => Some(Date::Day { year: Some(year), month, day }),
            Parts { week: Some(week), .. } => Some(Date::Week { year, week }),
            Parts { month: Some(month), .. } => Some(Date::Month { year: Some(year), month }),
            Parts { quarter: Some(quarter), .. } => Some(Date::Quarter { year: Some(year), quarter }),
            _ => Some(Date::Year(year)),
        }
    }
}

impl Reader<'_> {
    fn literal(&mut self, literal: &str) -> Option<()> {
        self.text[self.at..].starts_with(literal).then(|| self.at += literal.len())
    }

    /// One letter or more of any language.
    fn letters(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let length = rest.len() - rest.trim_start_matches(char::is_alphabetic).len();
        self.at += length;
        (length > 0).then_some(())
    }

    /// Two digits, whatever follows: `YYYYMMDD` has no signs between its parts.
    fn two_digits(&mut self) -> Option<u8> {
        let digits =
            self.text.get(self.at..self.at + 2).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        self.at += 2;
        digits.parse().ok()
    }

    fn weekday(&mut self) -> Option<Weekday> {
        let (length, weekday) = weekday_at(&self.text[self.at..])?;
        self.at += length;
        Some(weekday)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_daily_notes() {
        for (name, format, wanted) in [
            ("2025-10-30", "YYYY-MM-DD", Some("2025-10-30")),
            ("30.10.2025", "DD.MM.YYYY", Some("2025-10-30")),
            ("03/04/2025", "DD/MM/YYYY", Some("2025-04-03")),
            ("Thursday, October 30th 2025", "dddd, MMMM Do YYYY", Some("2025-10-30")),
            ("2025/10/2025-10-30", "YYYY/MM/YYYY-MM-DD", Some("2025-10-30")),
            ("20251030", "YYYYMMDD", Some("2025-10-30")),
            ("2025-W44", "gggg-[W]ww", Some("2025-W44")),
            ("2025-10-30 extra", "YYYY-MM-DD", None),
            ("notes", "YYYY-MM-DD", None),
            ("2025-é", "YYYY-MM", None),
            ("8 février 2026", "D MMMM YYYY", None),
            ("Donnerstag 2025-10-30", "dddd YYYY-MM-DD", Some("2025-10-30")),
            ("202510300915", "YYYYMMDDHHmm", Some("2025-10-30")),
        ] {
            let read = parse_format(name, format).map(|(date, _)| date.to_string());
            assert_eq!(read.as_deref(), wanted, "{name} {format}");
        }
    }
}
