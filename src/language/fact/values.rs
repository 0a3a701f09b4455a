//! Numbers as values: amounts with units, ranges, bounds, times of day, words for numbers.
use super::vocabulary::{Unit, hash, vocabulary};

/// A number or a range, in the base unit of its dimension.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantity {
    pub low: f64,
    pub high: f64,
    /// What is measured: a hash of the dimension's name, 0 for a bare count.
    pub dimension: u64,
    /// How many base units the written unit is.
    pub factor: f64,
    /// 1000 for `k`, 1 for none.
    pub magnitude: f64,
    pub bound: Bound,
}

/// A day in seconds.
pub(super) const DAY: f64 = 86_400.0;

/// How exactly a number is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    Exact,
    About,
    AtLeast,
    AtMost,
}

impl Quantity {
    pub(super) fn count(value: f64) -> Quantity {
        Quantity { low: value, high: value, dimension: 0, factor: 1.0, magnitude: 1.0, bound: Bound::Exact }
    }

    /// A period: `weekly`, `every six weeks`.
    pub(super) fn period(seconds: f64) -> Quantity {
        Quantity { dimension: hash("period"), ..Quantity::count(seconds) }
    }

    pub(super) fn percent(value: f64) -> Quantity {
        Quantity { dimension: hash("percent"), ..Quantity::count(value) }
    }

    /// A time of day in minutes.
    fn clock(minutes: f64) -> Quantity {
        Quantity { dimension: hash("clock"), ..Quantity::count(minutes) }
    }

    /// Tells whether both can be true: equal in value, one inside the other, or near when one is only about right.
    pub(super) fn agrees(&self, other: &Quantity) -> bool {
        if self.dimension != other.dimension {
            return false;
        }
        let about = self.bound == Bound::About || other.bound == Bound::About;
        // 2 TB are 2000 GB and 2048 GiB, 3 months are 90 days: another unit may round.
        let slack = match (about, self.factor == other.factor) {
            (true, _) => 0.1,
            (_, true) => 1e-9,
            _ => 0.03 + 0.025 * (self.factor / other.factor).log10().abs() / 3.0,
        };
        if self.bound == other.bound && matches!(self.bound, Bound::AtLeast | Bound::AtMost) {
            return self.equals(other);
        }
        let (low, high) = (self.bounds(), other.bounds());
        let scale = self.high.abs().max(other.high.abs()).max(f64::MIN_POSITIVE);
        low.0 <= high.1 + slack * scale && high.0 <= low.1 + slack * scale
    }

    /// Tells whether one is as good as written for the other: same value, same kind of bound.
    pub(super) fn equals(&self, other: &Quantity) -> bool {
        let slack = if self.factor == other.factor { 1e-9 } else { 0.051 };
        let near = |one: f64, another: f64| (one - another).abs() <= slack * one.abs().max(another.abs());
        let loose = |bound: Bound| if bound == Bound::About { Bound::Exact } else { bound };
        self.dimension == other.dimension
            && near(self.low, other.low)
            && near(self.high, other.high)
            && loose(self.bound) == loose(other.bound)
    }

    fn bounds(&self) -> (f64, f64) {
        match self.bound {
            Bound::AtLeast => (self.low, f64::INFINITY),
            Bound::AtMost => (f64::NEG_INFINITY, self.high),
            _ => (self.low, self.high),
        }
    }

    /// Joins `10` and `30` of `10–30`; `$1.1` takes the magnitude of `$1.2M`, `10` the unit of `30 GB`.
    pub(super) fn up_to(self, end: Quantity) -> Quantity {
        let bare = self.dimension == 0;
        let takes_magnitude = self.magnitude == 1.0 && end.magnitude > 1.0 && self.low <= end.high / end.magnitude;
        let unit = if bare { end.factor } else { 1.0 };
        let start = self.low * unit * if takes_magnitude { end.magnitude } else { 1.0 };
        let (dimension, factor) =
            if end.dimension == 0 { (self.dimension, self.factor) } else { (end.dimension, end.factor) };
        let end = if end.dimension == 0 { end.high * self.factor } else { end.high };
        Quantity { low: start.min(end), high: end.max(start), dimension, factor, ..self }
    }

    /// Applies a unit that stands behind the number.
    pub(super) fn with_unit(self, unit: Option<&Unit>) -> Option<Quantity> {
        let unit = unit?;
        if self.dimension != 0 {
            return None;
        }
        Some(Quantity {
            low: self.low * unit.factor,
            high: self.high * unit.factor,
            dimension: unit.dimension,
            factor: unit.factor,
            ..self
        })
    }

    pub(super) fn times(self, magnitude: f64) -> Quantity {
        Quantity { low: self.low * magnitude, high: self.high * magnitude, magnitude, ..self }
    }
}

/// A number read at the front of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub length: usize,
    pub quantity: Quantity,
    /// Only digits: may be a label (`phase 2`) or a year.
    pub bare: bool,
}

/// Tells whether a number may begin so: with a digit or the sign of a currency.
pub(super) fn may_begin_number(first: char) -> bool {
    first.is_ascii_digit() || currency(first).is_some()
}

/// Reads a number in lower case: `$1.2m`, `44`, `10gb`, `5%`, `1,000`, `09:30`, `150k`; nothing of `v2.1`, `s3`, `2.1.3`.
pub(super) fn number(text: &str) -> Option<Number> {
    let currency = text.chars().next().and_then(currency);
    let start = if currency.is_some() { text.chars().next()?.len_utf8() } else { 0 };
    let (digits, value) = digits(&text[start..])?;
    let at = start + digits;
    if currency.is_none()
        && let Some(clock) = clock(text, at, value)
    {
        return Some(clock);
    }
    let suffix_length = text[at..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'%').count();
    let suffix = &text[at..at + suffix_length];
    let mut quantity = Quantity::count(value);
    if !suffix.is_empty() {
        quantity = match (magnitude(suffix, currency.is_some()), quantity.with_unit(vocabulary().units.get(suffix))) {
            (Some(magnitude), _) => quantity.times(magnitude),
            (None, Some(with_unit)) if currency.is_none() => with_unit,
            _ => return None,
        };
    }
    let rest = &text[at + suffix_length..];
    let is_ratio = rest.strip_prefix(':').is_some_and(|rest| rest.starts_with(|next: char| next.is_ascii_digit()));
    if is_ratio || rest.starts_with(|next: char| next.is_alphabetic() || next == '_') {
        return None;
    }
    if let Some(name) = currency {
        quantity.dimension = hash(name);
    }
    let bare = currency.is_none() && suffix.is_empty();
    Some(Number { length: at + suffix_length, quantity, bare })
}

/// Reads `2.3M` as it is written, since a small `m` is a metre.
pub(super) fn millions(written: &str) -> Option<Number> {
    let (length, value) = digits(written)?;
    let rest = written[length..].strip_prefix('M')?;
    let quantity = Quantity::count(value).times(1e6);
    (!rest.starts_with(char::is_alphanumeric)).then_some(Number { length: length + 1, quantity, bare: false })
}

/// Reads `1,000`, `3.5`, `12`: the length and the value. A second dot makes it a version, which is no number.
fn digits(text: &str) -> Option<(usize, f64)> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    if !is_digit(0) {
        return None;
    }
    let whole = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if whole <= 15 && !matches!(bytes.get(whole), Some(b',' | b'.')) {
        let value = bytes[..whole].iter().fold(0_u64, |value, digit| 10 * value + u64::from(digit - b'0'));
        return Some((whole, value as f64));
    }
    let (mut at, mut plain, mut dots) = (0, String::new(), 0);
    while at < bytes.len() {
        match bytes[at] {
            digit if digit.is_ascii_digit() => plain.push(digit as char),
            b',' if (1..=3).all(|step| is_digit(at + step)) && !is_digit(at + 4) && dots == 0 => {}
            b'.' if is_digit(at + 1) => {
                dots += 1;
                plain.push('.');
            }
            _ => break,
        }
        at += 1;
    }
    (dots <= 1 && plain.len() <= 18).then(|| plain.parse().ok().map(|value| (at, value))).flatten()
}

/// `09:30`, `3 pm` with or without the space, `3:30pm`, `3 p.m.`
fn clock(text: &str, at: usize, hour: f64) -> Option<Number> {
    if hour > 24.0 || hour.fract() != 0.0 {
        return None;
    }
    let rest = &text[at..];
    let minutes =
        rest.strip_prefix(':').filter(|rest| rest.len() >= 2 && rest.as_bytes()[..2].iter().all(u8::is_ascii_digit));
    let minute: Option<f64> = minutes.and_then(|rest| rest[..2].parse().ok());
    let end = at + if minute.is_some() { 3 } else { 0 };
    const HALVES: [(&str, f64); 8] = [
        ("am", 0.0),
        ("pm", 12.0),
        (" am", 0.0),
        (" pm", 12.0),
        ("a.m.", 0.0),
        ("p.m.", 12.0),
        (" a.m.", 0.0),
        (" p.m.", 12.0),
    ];
    let half = HALVES.iter().find(|(half, _)| text[end..].starts_with(half));
    let (half, half_length) = half.map_or((None, 0), |(half, hours)| (Some(*hours), half.len()));
    if minute.is_none() && half.is_none() || text[end + half_length..].starts_with(char::is_alphanumeric) {
        return None;
    }
    let hour = half.map_or(hour, |half| hour % 12.0 + half);
    Some(Number {
        length: end + half_length,
        quantity: Quantity::clock(hour * 60.0 + minute.unwrap_or(0.0)),
        bare: false,
    })
}

fn currency(sign: char) -> Option<&'static str> {
    Some(match sign {
        '$' => "dollar",
        '€' => "euro",
        '£' => "sterling",
        '¥' => "yen",
        _ => return None,
    })
}

/// `k`, `m`, `bn` behind a number; `m` and `t` alone only behind money, since metres and tons are written so.
fn magnitude(suffix: &str, is_money: bool) -> Option<f64> {
    Some(match suffix {
        "k" => 1e3,
        "m" if is_money => 1e6,
        "mm" if is_money => 1e6,
        "mn" | "mio" => 1e6,
        "b" | "bn" => 1e9,
        "t" if is_money => 1e12,
        "tn" => 1e12,
        _ => return None,
    })
}

/// Returns the factor of `million` and its like.
pub(super) fn magnitude_word(word: &str) -> Option<f64> {
    Some(match word {
        "hundred" => 1e2,
        "thousand" => 1e3,
        "million" | "millions" | "mio" | "mn" | "mil" => 1e6,
        "billion" | "billions" | "bn" => 1e9,
        "trillion" => 1e12,
        "dozen" => 12.0,
        _ => return None,
    })
}

/// Returns the value of a word for a number; `one` is left out, it mostly is an article.
pub(super) fn number_word(word: &str) -> Option<f64> {
    if let "dozen" | "hundred" | "thousand" | "million" | "billion" = word {
        return magnitude_word(word);
    }
    const WORDS: [(&str, u8); 27] = [
        ("zero", 0),
        ("two", 2),
        ("three", 3),
        ("four", 4),
        ("five", 5),
        ("six", 6),
        ("seven", 7),
        ("eight", 8),
        ("nine", 9),
        ("ten", 10),
        ("eleven", 11),
        ("twelve", 12),
        ("thirteen", 13),
        ("fourteen", 14),
        ("fifteen", 15),
        ("sixteen", 16),
        ("seventeen", 17),
        ("eighteen", 18),
        ("nineteen", 19),
        ("twenty", 20),
        ("thirty", 30),
        ("forty", 40),
        ("fifty", 50),
        ("sixty", 60),
        ("seventy", 70),
        ("eighty", 80),
        ("ninety", 90),
    ];
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, value)| f64::from(*value))
}

/// Returns the value of a part: `third`, `quarters`.
pub(super) fn part_word(word: &str) -> Option<f64> {
    Some(match word {
        "half" | "halves" => 0.5,
        "third" | "thirds" => 1.0 / 3.0,
        "quarter" | "quarters" => 0.25,
        "fifth" | "fifths" => 0.2,
        "sixth" | "sixths" => 1.0 / 6.0,
        "eighth" | "eighths" => 0.125,
        "tenth" | "tenths" => 0.1,
        _ => return None,
    })
}

/// Returns the value of an ordinal: `2nd`, `third`; `first` is left out, it mostly is an adjective.
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: [&str; 9] = ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(index) = WORDS.iter().position(|name| *name == word) {
        return Some(index as u32 + 2);
    }
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end))?;
    digits.parse().ok()
}

/// Returns the period that an adverb or adjective names, in seconds.
pub(super) fn period_word(word: &str) -> Option<f64> {
    Some(match word {
        "hourly" => 3_600.0,
        "daily" | "nightly" => DAY,
        "weekly" => 7.0 * DAY,
        "fortnightly" | "biweekly" => 14.0 * DAY,
        "monthly" => 2_629_800.0,
        "bimonthly" => 5_259_600.0,
        "quarterly" => 7_889_400.0,
        "annually" | "yearly" | "annual" => 31_557_600.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Quantity {
        let number = number(text).unwrap_or_else(|| panic!("{text} is a number"));
        number.quantity.with_unit(vocabulary().units.get(text[number.length..].trim())).unwrap_or(number.quantity)
    }

    #[test]
    fn values_agree_as_values() {
        for (one, another, agree) in [
            ("$2m", "$2,000,000", true),
            ("$2m", "$2.5m", false),
            ("2 tb", "2000 gb", true),
            ("2 tb", "2048 gb", true),
            ("2 tb", "3000 gb", false),
            ("90 minutes", "1.5 hours", true),
            ("90 days", "3 months", true),
            ("5%", "5 percent", true),
            ("09:30", "9:30am", true),
            ("3pm", "15:00", true),
            ("4 pm", "16:00", true),
            ("150k", "150000", true),
            ("36", "37", false),
            ("5 gb", "5 minutes", false),
            ("1 week", "7 days", true),
        ] {
            assert_eq!(value(one).agrees(&value(another)), agree, "{one} {another}");
            assert_eq!(value(one).equals(&value(another)), agree, "{one} {another}");
        }
    }

    #[test]
    fn ranges_contain() {
        let range = value("10").up_to(value("30"));
        assert!(range.agrees(&value("24")) && !range.agrees(&value("31")));
        let money = number("$1.1").map(|number| number.quantity).expect("a number").up_to(value("$1.2m"));
        assert_eq!((money.low, money.high), (1.1e6, 1.2e6));
    }

    #[test]
    fn what_is_no_number() {
        for text in ["v2.1", "2.1.3", "10023abc", "s3", "abc", "", "$"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
