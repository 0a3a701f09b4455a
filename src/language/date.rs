//! Dates as people write them: what is known of a date (day, month, quarter, year, week, weekday), whether the calendar
//! has it, and where dates stand in a text. Knows no clock: nothing here depends on today.
mod moment;
mod read;
mod scan;

pub use jiff::civil::Weekday;
pub use moment::{fits_format, parse_format};
pub(super) use read::may_begin;
pub use scan::{Found, dates, dates_with_digits, leading, parse};
pub(super) use scan::{dates_from, may_stand_in, stands_at};

use jiff::civil;
use std::{cmp::Ordering, fmt};

/// What is known of a date. The parts are as written: `exists` says whether the calendar has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Date {
    /// `2025-10-08`, `October 8, 2025`; without a year `Oct 8`.
    Day { year: Option<i16>, month: u8, day: u8 },
    /// `03/04/2025`: both orders are possible and give two days. The first number and the second, as written.
    Ambiguous { year: i16, first: u8, second: u8 },
    /// `2025-10`, `October 2025`; without a year `October`.
    Month { year: Option<i16>, month: u8 },
    /// `2025-W44`.
    Week { year: i16, week: u8 },
    /// `Q1 2026`, `2026-Q1`; without a year `Q1`.
    Quarter { year: Option<i16>, quarter: u8 },
    /// `H2 2026`.
    Half { year: i16, half: u8 },
    /// `2025`, only where the whole text is a year or `FY` stands before it.
    Year(i16),
    /// `Wednesday`: a constraint on the day, not a day.
    Weekday(Weekday),
}

impl Date {
    /// Returns whether the calendar has this date. Without a year the 29th of February exists.
    pub fn exists(self) -> bool {
        match self {
            Date::Day { year, month, day } => civil_day(year.unwrap_or(2000), month, day).is_some(),
            Date::Ambiguous { .. } | Date::Weekday(_) => true,
            Date::Month { month, .. } => (1..=12).contains(&month),
            Date::Week { year, week } => civil::ISOWeekDate::new(year, week as i8, Weekday::Monday).is_ok(),
            Date::Quarter { quarter, .. } => (1..=4).contains(&quarter),
            Date::Half { half, .. } => (1..=2).contains(&half),
            Date::Year(year) => year > 0,
        }
    }

    /// Returns the first and the last day of the time that the date names; `None` without a year, for a weekday, for an
    /// ambiguous date, and for a date that does not exist.
    pub fn days(self) -> Option<(civil::Date, civil::Date)> {
        match self {
            Date::Day { year, month, day } => civil_day(year?, month, day).map(|day| (day, day)),
            Date::Month { year, month } => months(year?, month, 1),
            Date::Quarter { year, quarter } => months(year?, quarter.checked_mul(3)?.checked_sub(2)?, 3),
            Date::Half { year, half } => months(year, half.checked_mul(6)?.checked_sub(5)?, 6),
            Date::Year(year) => months(year, 1, 12),
            Date::Week { year, week } => {
                let monday = civil::ISOWeekDate::new(year, week as i8, Weekday::Monday).ok()?.date();
                Some((monday, monday.nth_weekday(1, Weekday::Sunday).ok()?))
            }
            Date::Ambiguous { .. } | Date::Weekday(_) => None,
        }
    }

    /// Returns the weekday of a full day.
    pub fn weekday(self) -> Option<Weekday> {
        match self {
            Date::Weekday(weekday) => Some(weekday),
            Date::Day { year: Some(year), month, day } => civil_day(year, month, day).map(civil::Date::weekday),
            _ => None,
        }
    }

    /// Returns whether this is one day of one year.
    pub fn is_full_day(self) -> bool {
        matches!(self, Date::Day { year: Some(_), .. })
    }

    /// Returns whether both can name one day: equal, one inside the other, or a weekday that the other is.
    pub fn agrees(self, other: Date) -> bool {
        if self == other {
            return true;
        }
        match (self, other) {
            (Date::Ambiguous { .. }, _) => self.readings().iter().any(|reading| reading.agrees(other)),
            (_, Date::Ambiguous { .. }) => other.agrees(self),
            (Date::Weekday(_), _) | (_, Date::Weekday(_)) => match (self.weekday(), other.weekday()) {
                (Some(one), Some(another)) => one == another,
                _ => true,
            },
            _ => match (self.days(), other.days()) {
                (Some((start, end)), Some((other_start, other_end))) => start <= other_end && other_start <= end,
                _ => self.parts_agree(other),
            },
        }
    }

    /// Returns which of the two comes first; `None` when they overlap without being equal, or when one names no time.
    pub fn compare(self, other: Date) -> Option<Ordering> {
        let ((start, end), (other_start, other_end)) = (self.days()?, other.days()?);
        match () {
            () if end < other_start => Some(Ordering::Less),
            () if other_end < start => Some(Ordering::Greater),
            () if (start, end) == (other_start, other_end) => Some(Ordering::Equal),
            () => None,
        }
    }

    /// Returns the days that an ambiguous date can mean, month first and day first; any other date is its own reading.
    pub fn readings(self) -> [Date; 2] {
        match self {
            Date::Ambiguous { year, first, second } => [
                Date::Day { year: Some(year), month: first, day: second },
                Date::Day { year: Some(year), month: second, day: first },
            ],
            _ => [self, self],
        }
    }

    /// Compares months and days where at least one date has no year.
    fn parts_agree(self, other: Date) -> bool {
        let ((months, day), (other_months, other_day)) = (self.parts(), other.parts());
        let months_meet = months.0 <= other_months.1 && other_months.0 <= months.1;
        let days_meet = day.zip(other_day).is_none_or(|(day, other_day)| day == other_day);
        months_meet && days_meet
    }

    /// Returns the range of months and the day of the month, as far as they are known.
    fn parts(self) -> ((u8, u8), Option<u8>) {
        match self {
            Date::Day { month, day, .. } => ((month, month), Some(day)),
            Date::Month { month, .. } => ((month, month), None),
            Date::Quarter { quarter, .. } => {
                let last = quarter.clamp(1, 4) * 3;
                ((last - 2, last), None)
            }
            Date::Half { half, .. } => {
                let last = half.clamp(1, 2) * 6;
                ((last - 5, last), None)
            }
            _ => ((1, 12), None),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Date::Day { year: Some(year), month, day } => write!(f, "{year:04}-{month:02}-{day:02}"),
            Date::Day { year: None, month, day } => write!(f, "{} {day}", month_name(month)),
            Date::Ambiguous { year, first, second } => write!(f, "{first:02}/{second:02}/{year:04}"),
            Date::Month { year: Some(year), month } => write!(f, "{year:04}-{month:02}"),
            Date::Month { year: None, month } => f.write_str(month_name(month)),
            Date::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Date::Quarter { year: Some(year), quarter } => write!(f, "Q{quarter} {year:04}"),
            Date::Quarter { year: None, quarter } => write!(f, "Q{quarter}"),
            Date::Half { year, half } => write!(f, "H{half} {year:04}"),
            Date::Year(year) => write!(f, "{year:04}"),
            Date::Weekday(weekday) => f.write_str(weekday_name(weekday)),
        }
    }
}

/// Returns whether the text stands where a date belongs and says that there is none: `unknown`, `TBD`, `n/a`, `?`.
pub fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 20] = [
        "unknown",
        "tbd",
        "tba",
        "tbc",
        "tbs",
        "n/a",
        "na",
        "none",
        "null",
        "nil",
        "undated",
        "no date",
        "not set",
        "not known",
        "unset",
        "date",
        "pending",
        "to be determined",
        "to be confirmed",
        "to be decided",
    ];
    const MARKS: [char; 6] = ['?', '-', '–', '—', '.', '…'];
    let text = text.trim().trim_matches(is_wrap).trim();
    if !text.starts_with(begins_placeholder) {
        return false;
    }
    if text.chars().all(|mark| MARKS.contains(&mark)) {
        return true;
    }
    let word = text.trim_end_matches(MARKS);
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)) || is_letter_pattern(text)
}

/// Tells whether [`is_placeholder`] may hold for a text that begins like this, by one look.
pub fn may_be_placeholder(text: &str) -> bool {
    text.starts_with(|first| begins_placeholder(first) || is_wrap(first) || first.is_whitespace())
}

fn is_wrap(sign: char) -> bool {
    matches!(sign, '(' | ')' | '[' | ']' | '<' | '>' | '"' | '\'' | '*' | '_')
}

/// The first letters of the words, the marks and the patterns: they turn nearly every other text away.
fn begins_placeholder(first: char) -> bool {
    let is_word = matches!(first.to_ascii_lowercase(), 'u' | 't' | 'n' | 'd' | 'p');
    let is_pattern = first.is_ascii_digit() || matches!(first.to_ascii_lowercase(), 'y' | 'm' | 'x' | '_' | '/');
    is_word || is_pattern || matches!(first, '?' | '-' | '–' | '—' | '.' | '…')
}

/// Returns the English name of a month, `?` for a number that is no month.
pub fn month_name(month: u8) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    (month as usize).checked_sub(1).and_then(|index| NAMES.get(index)).copied().unwrap_or("?")
}

/// Returns the English name of a weekday.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// `YYYY-MM-DD`, `YYYY-??-??`, `xxxx-xx-xx`: the pattern of a date that nobody filled in.
fn is_letter_pattern(text: &str) -> bool {
    let is_unfilled = |byte: u8| matches!(byte, b'Y' | b'M' | b'D' | b'y' | b'm' | b'd' | b'X' | b'x' | b'?' | b'_');
    if !text.bytes().all(|byte| is_unfilled(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.')) {
        return false;
    }
    let parts: Vec<&str> = text.split(['-', '/', '.']).collect();
    let unfilled = |part: &&str| !part.is_empty() && part.bytes().all(is_unfilled);
    let filled = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    (2..=3).contains(&parts.len())
        && parts.iter().all(|part| unfilled(part) || filled(part))
        && parts.iter().any(unfilled)
}

fn civil_day(year: i16, month: u8, day: u8) -> Option<civil::Date> {
    civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn months(year: i16, first: u8, count: u8) -> Option<(civil::Date, civil::Date)> {
    let start = civil_day(year, first, 1)?;
    Some((start, civil_day(year, first + count - 1, 1)?.last_of_month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        parse(text).unwrap_or_else(|| panic!("{text} is a date"))
    }

    #[test]
    fn existence_follows_the_calendar() {
        for (text, exists) in [
            ("2025-10-08", true),
            ("2025-02-30", false),
            ("2024-02-29", true),
            ("2025-02-29", false),
            ("Feb 29", true),
            ("2025-13", false),
            ("2025-13-01", false),
            ("2025-W53", false),
            ("2026-W53", true),
            ("30 February 2025", false),
            ("31/04/2025", false),
        ] {
            assert_eq!(date(text).exists(), exists, "{text}");
        }
    }

    #[test]
    fn values_agree_when_one_day_fits_both() {
        for (one, another, agrees) in [
            ("2025-10-08", "Wednesday", true),
            ("2025-10-08", "Thursday", false),
            ("2025-10-08", "October 8, 2025", true),
            ("2025-10-08", "Oct 8", true),
            ("2025-10-08", "Oct 9", false),
            ("2025-10-08", "2025-10", true),
            ("2025-10-08", "Q4 2025", true),
            ("2025-10-08", "Q3 2025", false),
            ("Q4", "October", true),
            ("Q1", "October", false),
            ("03/04/2025", "2025-04-03", true),
            ("03/04/2025", "2025-04-04", false),
            ("2025-W41", "2025-10-08", true),
            ("2025-W42", "2025-10-08", false),
            ("H2 2025", "Q3 2025", true),
        ] {
            assert_eq!(date(one).agrees(date(another)), agrees, "{one} {another}");
            assert_eq!(date(another).agrees(date(one)), agrees, "{another} {one}");
        }
    }

    #[test]
    fn order_needs_disjoint_times() {
        assert_eq!(date("2025-10").compare(date("2025-11-01")), Some(Ordering::Less));
        assert_eq!(date("2025-10").compare(date("2025-10-01")), None);
        assert_eq!(date("2025-10-08").compare(date("8 Oct 2025")), Some(Ordering::Equal));
    }

    #[test]
    fn words_where_a_date_belongs() {
        for text in ["unknown", "TBD", "n/a", "?", "???", "none", "—", "YYYY-MM-DD", "2025-??-??", "(unknown)", "tbd."]
        {
            assert!(is_placeholder(text), "{text}");
        }
        let marks =
            ["YYYY-MM-DD", "mm.dd", "xx/xx", "?? 2025", "(unset)", "To be decided", "Pending…", "N/A", "Date", "/??"];
        assert_eq!(marks.map(is_placeholder), [true, true, true, false, true, true, true, true, true, true]);
        for text in ["", "2025-10-08", "soon", "Ada", "day"] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
