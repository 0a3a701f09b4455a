//! Finds dates in text: one pass that stops at digits and at the first letters of months, weekdays and quarters.
use super::read::{Reader, weekday_at};
use super::{Date, Weekday};
use crate::text::next_byte;
use std::ops::Range;

mod begin;

use begin::next_word;

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Found {
    /// The bytes of the date, without a time of day and without the weekday beside it.
    pub range: Range<usize>,
    pub date: Date,
    /// The weekday that stands beside a day: `Wed 2025-10-08`, `Oct 8 (Wednesday)`.
    pub weekday: Option<Weekday>,
    /// Where that weekday stands.
    pub weekday_range: Option<Range<usize>>,
}

impl Found {
    fn alone(range: Range<usize>, date: Date) -> Found {
        Found { range, date, weekday: None, weekday_range: None }
    }
}

/// Returns the dates of a text in order. A date is whole words: none inside `v2025-10-08b` or a path. A bare year is none.
pub fn dates(text: &str) -> Vec<Found> {
    find(text, 0, |at, _| next_word(text, at))
}

/// Returns those of the [`dates`] of a text that begin from `start`, before which none ends.
pub(in crate::language) fn dates_from(text: &str, start: usize) -> Vec<Found> {
    let start = start.checked_sub(1).map_or(0, |before| next_word(text, before));
    find(text, start, |at, _| next_word(text, at))
}

/// Tells whether a date stands at `at`, if a word begins there.
pub(in crate::language) fn stands_at(text: &str, at: usize) -> bool {
    at < text.len() && date_at(text, at).is_some_and(|(length, _)| ends_word(text, at + length))
}

/// Tells whether a date may begin in a part of a text that begins with a word or number.
pub(in crate::language) fn may_stand_in(text: &str, part: Range<usize>) -> bool {
    stands_at(text, part.start) || next_word(text, part.start) < part.end
}

/// So far before its first digit a date and the weekday before it can begin, at most.
const MOST_BEFORE_DIGIT: usize = 30;

/// What joins a weekday to the day before it is no longer.
const MOST_BESIDE: usize = 6;

/// Returns those of the [`dates`] of a text that have a digit; only what is near to digits is looked at.
pub fn dates_with_digits(text: &str) -> Vec<Found> {
    let bytes = text.as_bytes();
    let next_digit = |at| next_byte(bytes, at, u8::is_ascii_digit).unwrap_or(bytes.len());
    let mut digit = next_digit(0);
    if digit == bytes.len() {
        return Vec::new();
    }
    let start = if digit > MOST_BEFORE_DIGIT { next_word(text, digit - MOST_BEFORE_DIGIT) } else { 0 };
    let mut found = find(text, start, |at, beside| {
        if digit < at {
            digit = next_digit(at);
        }
        match () {
            () if at <= beside || digit <= at + MOST_BEFORE_DIGIT => next_word(text, at),
            () if digit == bytes.len() => digit,
            () => next_word(text, digit - MOST_BEFORE_DIGIT),
        }
    });
    found.retain(|date| bytes[date.range.clone()].iter().any(u8::is_ascii_digit));
    found
}

/// Returns the dates that begin from `at` on, where a word begins. `next` says where the next one can begin behind a place,
/// and is told how far a weekday would still stand beside the last date.
fn find(text: &str, mut at: usize, mut next: impl FnMut(usize, usize) -> usize) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    while at < text.len() {
        let Some((length, date)) = date_at(text, at).filter(|(length, _)| ends_word(text, at + length)) else {
            at = next(at, found.last().map_or(0, |last| last.range.end + MOST_BESIDE));
            continue;
        };
        let range = at..at + length;
        at = range.end;
        match (found.last_mut(), date) {
            (Some(last), Date::Weekday(weekday))
                if is_day(last.date) && is_beside(&text[last.range.end..range.start]) =>
            {
                (last.weekday, last.weekday_range) = (Some(weekday), Some(range));
            }
            (Some(last), _) if is_day(date) && is_beside(&text[last.range.end..range.start]) => match last.date {
                Date::Weekday(weekday) => {
                    let weekday_range = Some(last.range.clone());
                    *last = Found { range, date, weekday: Some(weekday), weekday_range };
                }
                _ => found.push(Found::alone(range, date)),
            },
            _ => found.push(Found::alone(range, date)),
        }
    }
    found
}

/// Reads a text that is a date and nothing else; a time of day may follow, a weekday may stand before or behind.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok().map(Date::Year);
    }
    let found = dates(text);
    let [one] = found.as_slice() else { return None };
    let (before, behind) = (&text[..one.range.start], &text[one.range.end..]);
    let is_weekday = |text: &str| {
        let word = text.trim_matches([',', ' ', '(', ')', '.']);
        word.is_empty() || weekday_at(word).is_some_and(|(length, _)| length == word.len())
    };
    (is_weekday(before) && (is_weekday(behind) || is_time(behind))).then_some(one.date)
}

/// Returns the date that a name begins with: a file name or a link target such as `2025-10-30 - Intro` or `2025-10 - Ada`.
/// Only the forms that begin with the year, so that they sort.
pub fn leading(name: &str) -> Option<(Range<usize>, Date)> {
    let (length, date) = year_first(name)?;
    let next = name[length..].chars().next();
    let whole = next.is_none_or(|next| !next.is_alphanumeric() || next == 'T' && is_time(&name[length..]));
    whole.then_some((0..length, date))
}

fn is_day(date: Date) -> bool {
    matches!(date, Date::Day { .. } | Date::Ambiguous { .. })
}

/// What may stand between a day and its weekday.
fn is_beside(between: &str) -> bool {
    matches!(between, " " | ", " | " (" | " the " | ", the " | " on " | "," | " - " | " – ")
}

/// `T10:00`, ` 10:30:15`, `T10:00:00+02:00`.
fn is_time(text: &str) -> bool {
    let Some(time) = text.strip_prefix(['T', 't', ' ']) else { return false };
    let time = time.trim_start();
    let digits = time.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits)
        && time[digits..].starts_with(':')
        && time.bytes().all(|byte| {
            byte.is_ascii_digit()
                || matches!(byte, b':' | b'.' | b'+' | b'-' | b'Z' | b' ' | b'A' | b'a' | b'P' | b'p' | b'M' | b'm')
        })
}

fn ends_word(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    match rest.next() {
        None => true,
        Some('T' | 't') if is_clock(&text[end + 1..]) => true,
        Some(next) if next.is_alphanumeric() || next == '_' => false,
        Some('/' | '-' | '.' | '@') => !rest.next().is_some_and(char::is_alphanumeric),
        Some(_) => true,
    }
}

fn is_clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 5 && bytes[..2].iter().all(u8::is_ascii_digit) && bytes[2] == b':'
}

fn date_at(text: &str, at: usize) -> Option<(usize, Date)> {
    let rest = &text[at..];
    match rest.as_bytes()[0] {
        b'0'..=b'9' => year_first(rest).filter(|(length, _)| ends_word(text, at + length)).or_else(|| day_first(rest)),
        b'Q' | b'q' | b'H' => part_first(rest),
        b'F' if rest.starts_with("FY") => fiscal_year(rest),
        b'A'..=b'Z' | b'a'..=b'z' => month_first(rest, &text[..at]).or_else(|| {
            let (length, weekday) = weekday_at(rest)?;
            Some((length, Date::Weekday(weekday)))
        }),
        _ => None,
    }
}

/// `2025-10-08`, `2025/10/08`, `2025.10.08`, `2025-10`, `2025-W44`, `2025-Q1`.
fn year_first(text: &str) -> Option<(usize, Date)> {
    let mut reader = Reader::new(text);
    let year = reader.digits(4, 4)? as i16;
    let sign = reader.sign(b"-/.")?;
    if reader.letter(b'W') {
        return reader.digits(2, 2).map(|week| (reader.at, Date::Week { year, week: week as u8 }));
    }
    if sign == b'-' && reader.letter(b'Q') {
        return reader
            .digits(1, 1)
            .map(|quarter| (reader.at, Date::Quarter { year: Some(year), quarter: quarter as u8 }));
    }
    let month = reader.digits(2, 2)? as u8;
    let month_end = reader.at;
    if reader.sign(&[sign]).is_some()
        && let Some(day) = reader.digits(2, 2)
    {
        return Some((reader.at, Date::Day { year: Some(year), month, day: day as u8 }));
    }
    let goes_on =
        text[month_end..].strip_prefix('-').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    (sign == b'-' && !goes_on).then_some((month_end, Date::Month { year: Some(year), month }))
}

/// `8 October 2025`, `8th of October`, `03/04/2025`, `08.10.2025`, `8-Oct-2025`.
fn day_first(text: &str) -> Option<(usize, Date)> {
    let mut reader = Reader::new(text);
    let first = reader.digits(1, 2)? as u8;
    let first_end = reader.at;
    if let Some(sign) = reader.sign(b"/.-")
        && let Some(second) = reader.digits(1, 2)
    {
        reader.sign(&[sign])?;
        let year = reader.year(sign == b'/')?;
        return Some((reader.at, numeric(sign, first, second as u8, year)));
    }
    let mut reader = Reader { text, at: first_end };
    reader.ordinal();
    let joined = reader.sign(b"-").is_some();
    if !joined {
        reader.space()?;
        reader.word("of ");
    }
    let month = reader.month()?;
    if joined {
        reader.sign(b"-")?;
        let year = reader.digits(4, 4)? as i16;
        return Some((reader.at, Date::Day { year: Some(year), month, day: first }));
    }
    let end = reader.at;
    let year = reader.year_behind();
    Some((if year.is_some() { reader.at } else { end }, Date::Day { year, month, day: first }))
}

/// Dots are day first; slashes and hyphens are only clear when one number is above twelve or both are equal.
fn numeric(sign: u8, first: u8, second: u8, year: i16) -> Date {
    match () {
        () if sign == b'.' || first > 12 => Date::Day { year: Some(year), month: second, day: first },
        () if second > 12 || first == second => Date::Day { year: Some(year), month: first, day: second },
        () => Date::Ambiguous { year, first, second },
    }
}

/// `Q1 2026`, `Q1`, `H2 2026`.
fn part_first(text: &str) -> Option<(usize, Date)> {
    let mut reader = Reader { text, at: 1 };
    let part = reader.digits(1, 1)? as u8;
    let end = reader.at;
    reader.sign(b"-/");
    let year = reader.year_behind().or_else(|| reader.digits(4, 4).map(|year| year as i16));
    match (text.as_bytes()[0], year) {
        (b'H', Some(year)) if (1..=2).contains(&part) => Some((reader.at, Date::Half { year, half: part })),
        (b'H', _) => None,
        (_, year) if (1..=4).contains(&part) => {
            Some((if year.is_some() { reader.at } else { end }, Date::Quarter { year, quarter: part }))
        }
        _ => None,
    }
}

/// `FY2026`, `FY 26`.
fn fiscal_year(text: &str) -> Option<(usize, Date)> {
    let mut reader = Reader { text, at: 2 };
    reader.space();
    let year = reader.year(true)?;
    Some((reader.at, Date::Year(year)))
}

/// `October 8, 2025`, `Oct 8`, `October 2025`, and `October` alone when it is no other word (`may`, `march`).
fn month_first(text: &str, before: &str) -> Option<(usize, Date)> {
    let mut reader = Reader::new(text);
    let month = reader.month()?;
    let name_end = reader.at;
    reader.sign(b".");
    if reader.space().is_some()
        && let Some(day) = reader.day()
    {
        let day_end = reader.at;
        let year = reader.year_behind();
        return Some((if year.is_some() { reader.at } else { day_end }, Date::Day { year, month, day }));
    }
    reader.at = name_end;
    if let Some(year) = reader.year_behind() {
        return Some((reader.at, Date::Month { year: Some(year), month }));
    }
    let name = &text[..name_end];
    let clear = name.starts_with(|letter: char| letter.is_ascii_uppercase())
        && (!matches!(name, "May" | "March" | "Mar" | "Jan" | "Jun") || follows_preposition(before));
    clear.then_some((name_end, Date::Month { year: None, month }))
}

fn follows_preposition(before: &str) -> bool {
    let word = before.trim_end().rsplit(' ').next().unwrap_or_default();
    [
        "in", "by", "until", "till", "since", "from", "during", "to", "early", "mid", "late", "of", "before", "after",
        "for",
    ]
    .iter()
    .any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests;
