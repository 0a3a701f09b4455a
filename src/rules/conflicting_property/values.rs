//! Whether two values of one property can contradict each other at all. Values of two sorts, a shorter form, another unit and
//! what is said roughly do not.

use std::cmp::Ordering;

use super::sorts::{are_of_one_sort, is_of_a_sort};
use crate::language::date::{self, Date};
use crate::text::words;

/// Words by which a value is no value, or not quite.
const ROUGH: [&str; 25] = [
    "about", "above", "almost", "approx", "around", "below", "circa", "early", "ex", "former", "formerly", "late", "mid",
    "nearly", "over", "previous", "previously", "roughly", "see", "since", "tba", "tbc", "tbd", "under", "until",
];

/// Tells whether a note can only mean one of two values; titles of people are told apart by other signs than names are.
pub(super) fn may_contradict(one: &str, another: &str, are_titles: bool) -> bool {
    if letters(one) == letters(another) || is_rough(one) || is_rough(another) {
        return false;
    }
    match (is_number(one), is_number(another)) {
        (true, true) => match (day(one), day(another)) {
            (Some(one), Some(another)) => one.compare(another).is_some_and(|order| order != Ordering::Equal),
            (None, None) => are_two_numbers(one, another),
            _ => false,
        },
        (false, false) => {
            let (one, another) = (one.trim(), another.trim());
            !is_short_for(one, another) && !is_short_for(another, one) && are_of_one_sort(one, another, are_titles)
        }
        _ => false,
    }
}

/// Tells whether there is a value that [`may_contradict`] this one.
pub(super) fn may_be_contradicted(value: &str, is_title: bool) -> bool {
    !is_rough(value) && (is_number(value) || is_of_a_sort(value.trim(), is_title))
}

/// Reads a date; a number alone may be a year, and is compared as a number.
fn day(text: &str) -> Option<Date> {
    date::parse(text).filter(|_| !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')))
}

fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_rough(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_sign = |text: &str| text.starts_with(['~', '≈', '<', '>', '≤', '≥']);
    let has_mark = lower.contains("://") || lower.contains("ca. ");
    is_sign(&lower) || has_mark || words(&lower).any(|word| ROUGH.contains(&word))
}

/// The value begins with a number, behind a sign of money or the `v` of a version.
fn is_number(text: &str) -> bool {
    let rest = text.trim_start_matches(['$', '€', '£', '¥', '+', '-', '−', ' ']);
    rest.strip_prefix(['v', 'V']).unwrap_or(rest).starts_with(|first: char| first.is_ascii_digit())
}

/// Numbers of one unit, as many in both, that differ. `50k`, `50,000` and `50.000` are one number.
fn are_two_numbers(one: &str, another: &str) -> bool {
    let (one, another) = (Numbers::read(one), Numbers::read(another));
    let are_plain = one.is_plain && another.is_plain;
    let differ = if are_plain { one.all != another.all } else { !one.significant().eq(another.significant()) };
    one.unit == another.unit && one.all.len() == another.all.len() && differ
}

struct Numbers {
    /// The digits of each, without separators.
    all: Vec<String>,
    /// The letters between and behind them.
    unit: String,
    /// No number has a separator or a letter for its size.
    is_plain: bool,
}

impl Numbers {
    fn read(text: &str) -> Numbers {
        let mut numbers = Numbers { all: Vec::new(), unit: String::new(), is_plain: true };
        let mut rest = text;
        while let Some(at) = rest.find(|sign: char| sign.is_ascii_digit()) {
            numbers.add_unit(&rest[..at]);
            rest = &rest[at..];
            let end = rest.find(|sign: char| !sign.is_ascii_digit() && !matches!(sign, '.' | ',')).unwrap_or(rest.len());
            let digits: String = rest[..end].chars().filter(char::is_ascii_digit).collect();
            let behind = &rest[end..];
            let has_size = behind.starts_with(['k', 'K', 'M']) && !behind[1..].starts_with(char::is_alphabetic);
            numbers.is_plain &= digits.len() == end && !has_size;
            numbers.all.push(digits);
            rest = &behind[usize::from(has_size)..];
        }
        numbers.add_unit(rest);
        numbers
    }

    /// Returns the digits of each without the zeros around them.
    fn significant(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|number| number.trim_matches('0'))
    }

    fn add_unit(&mut self, text: &str) {
        self.unit.extend(text.chars().filter(|sign| sign.is_alphabetic()).flat_map(char::to_lowercase));
    }
}

/// `US` is short for `United States`, `en` for `English`.
fn is_short_for(short: &str, long: &str) -> bool {
    let letters: String = short.chars().filter(|letter| letter.is_alphabetic()).collect();
    let count = letters.chars().count();
    if !(2..=5).contains(&count) || short.contains(' ') {
        return false;
    }
    let initials: String = words(long).filter_map(|word| word.chars().next()).collect();
    let is_capital = letters.chars().all(char::is_uppercase);
    is_capital && initials.len() > 1 && letters.starts_with(&initials.to_uppercase())
        || count <= 3 && long.to_lowercase().starts_with(&letters.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{may_be_contradicted, may_contradict};

    #[test]
    fn values_of_one_sort_contradict() {
        for (one, another) in [
            ("Halden", "Birk Logistics"),
            ("50000", "$60k"),
            ("1200", "1,300"),
            ("4", "40"),
            ("2026-05-15", "2026-05-16"),
            ("active", "done"),
            ("San Jose, CA", "Turku"),
            ("US", "Norway"),
            ("+49 30 1234", "+49 30 9999"),
        ] {
            assert!(may_contradict(one, another, false) && may_contradict(another, one, false), "{one} # {another}");
            assert!(may_be_contradicted(one, false) && may_be_contradicted(another, false), "{one} # {another}");
        }
    }

    #[test]
    fn other_forms_of_one_value_do_not() {
        for (one, another) in [
            ("50000", "$50k"),
            ("1.2M", "1,200,000"),
            ("50000", "50.000 €"),
            ("12.50", "€12.50"),
            ("90 min", "1 h 30"),
            ("1.80 m", "180 cm"),
            ("2.1", "v2.1.0"),
            ("978-3-16-148410-0", "9783161484100"),
            ("en", "English"),
            ("US", "United States"),
            ("NYC", "New York"),
            ("P&G", "Procter & Gamble"),
            ("4", "4-6"),
            ("2026-05-15", "mid-May"),
            ("1200", "~1,150"),
            ("1811", "about 1812"),
            ("1952", "Ulm"),
            ("live", "https://status.example.com"),
            ("Halden", "12,000 employees"),
            ("Head of Storage", "tbc"),
            ("Halden", "Birk (until 2024)"),
        ] {
            assert!(!may_contradict(one, another, false) && !may_contradict(another, one, false), "{one} = {another}");
        }
    }
}
