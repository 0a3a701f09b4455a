//! Numbers as they stand: amounts with what follows them, labels (`phase 2`) and years.
use super::Reader;
use crate::language::date::Date;
use crate::language::fact::statement::{Token, Value};
use crate::language::fact::values::{Number, Quantity, magnitude_word, ordinal};
use crate::language::fact::vocabulary::{Binding, Function, Unit, WordValue, entry, hash, vocabulary};
use crate::language::fact::words::{Piece, PieceKind, Shape};
use std::ops::Range;

impl Reader<'_> {
    /// Reads words that are numbers: `twelve`, `second`, `weekly`, `every six weeks`.
    pub(super) fn value_word(&mut self, word: &str, range: &Range<usize>) -> bool {
        if self.frequency(word, range.start) || self.fraction(word, range.start) {
            return true;
        }
        if word == "one" && self.one_unit(range.start) {
            return true;
        }
        let entry = self.entry(self.at);
        if let Some(WordValue::Number(value)) = entry.value {
            if self.ends_name(range) {
                self.push(range.clone(), Value::Label, hash(word));
                self.at += 1;
                return true;
            }
            if self.numbers_noun(range, self.at + 1) {
                self.push(range.clone(), Value::Label, hash(&value.to_string()));
                self.at += 1;
                return true;
            }
            let (value, end) = self.tens_and_ones(value);
            let range = range.start..self.pieces[end].range.end;
            self.at = end + 1;
            self.quantity(range, Quantity::count(value));
            return true;
        }
        if word == "first" && self.numbers_a_day() {
            self.push(range.clone(), Value::Ordinal(1), hash("ordinal"));
            self.at += 1;
            return true;
        }
        if word == "last" && self.is_day_of_month() {
            self.push(range.clone(), Value::Ordinal(u32::MAX), hash("ordinal"));
            self.at += 1;
            return true;
        }
        if entry.value == Some(WordValue::Ordinal)
            && let Some(number) = ordinal(word)
        {
            self.push(range.clone(), Value::Ordinal(number), hash("ordinal"));
            self.at += 1;
            return true;
        }
        if let Some(WordValue::Period(seconds)) = entry.value {
            self.push(range.clone(), Value::Quantity(Quantity::period(seconds)), hash("quantity"));
            self.at += 1;
            return true;
        }
        matches!(word, "every" | "each" | "per" | "a") && self.period(range.start)
            || word == "by" && self.text(self.at + 1) == "the" && self.period_of(self.at + 2, range.start)
    }

    pub(super) fn number(&mut self) {
        let piece = &self.pieces[self.at];
        let PieceKind::Number(index) = piece.kind else { return };
        let Number { quantity, bare, .. } = self.numbers[index];
        let range = piece.range.clone();
        if bare && self.ratio(quantity.low, range.start) {
            return;
        }
        let written = &self.lower[range.clone()];
        self.at += 1;
        self.first = false;
        // `2025-031` is no amount.
        let is_serial =
            written.len() > 1 && written.starts_with('0') && written.bytes().all(|byte| byte.is_ascii_digit());
        if bare && (is_serial || self.is_label(written, &range)) {
            self.push(range, Value::Label, hash(written));
        } else if bare && self.is_year(written) {
            let year = written.parse().unwrap_or_default();
            self.push(range, Value::Date(Date::Year(year)), hash("date"));
            self.release();
        } else {
            self.quantity(range, quantity);
        }
    }

    /// `phase 2`, `SOC 2`, `#12`: the number is a name, not an amount.
    pub(super) fn is_label(&self, written: &str, range: &Range<usize>) -> bool {
        if self.lower[..range.start].ends_with('#') {
            return true;
        }
        let Some(last) = self.statement.tokens.last() else { return false };
        let adjacent = matches!(&self.lower[last.text.end..range.start], " " | "-" | ". ");
        let unit_follows = self.entry(self.at).unit.is_some() || self.entry(self.at).is_magnitude;
        // `HX-2`: a number joined to a name is part of it, whatever follows.
        let is_joined = &self.lower[last.text.end..range.start] == "-";
        let noun = entry(&self.lower[last.text.clone()]).function == Some(Function::Label);
        // `Case 35: …` numbers the line; whatever the word is, the number says which one, not how many.
        let heads = self.statement.tokens.len() == 1 && self.lower[range.end..].starts_with(':');
        adjacent
            && !unit_follows
            && !written.contains(',')
            && (noun || heads || self.is_one_of_several(last) || last.is_name() && (is_joined || !self.follows_noun()))
    }

    /// `bed 4`, `Postgres 14 is`: behind a noun that begins the statement or stands behind a preposition, and before no other.
    fn is_one_of_several(&self, noun: &Token) -> bool {
        let is_place = noun.opens || self.statement.tokens.len() == 1;
        let word = &self.lower[noun.text.clone()];
        let may_be_verb =
            !noun.opens && (word.ends_with("ed") || word.ends_with("ing") || vocabulary().is_verb_form(word));
        let ends = self.text(self.at).is_empty() || self.entry(self.at).is_small();
        noun.is_word()
            && is_place
            && ends
            && !may_be_verb
            && !self.statement.copulas.contains(&self.statement.tokens.len())
    }

    /// `phase two` is `phase 2`, unlike `in case two nodes fail`; `next` is the piece behind the number.
    pub(super) fn numbers_noun(&self, range: &Range<usize>, next: usize) -> bool {
        let Some(last) = self.statement.tokens.last() else { return false };
        // `Phase two starts`: of these the number is no count, whatever follows.
        const MEMBERS: [&str; 12] = [
            "phase", "stage", "step", "chapter", "level", "tier", "part", "round", "season", "wave", "release",
            "sprint",
        ];
        let noun = &self.lower[last.text.clone()];
        let behind = self.entry(next);
        let counts = behind.unit.is_some() || behind.is_magnitude || behind.number().is_some();
        let is_label =
            MEMBERS.contains(&noun) || entry(noun).function == Some(Function::Label) && !self.is_plural(next);
        &self.lower[last.text.end..range.start] == " " && !counts && is_label
    }

    /// A plain word follows the number, so that it counts something: `Apollo 3 servers`.
    pub(super) fn follows_noun(&self) -> bool {
        self.is_plural(self.at)
    }

    fn is_plural(&self, at: usize) -> bool {
        let word = self.text(at);
        self.is_lower_word(at)
            && !self.entry(at).is_small()
            && (word.ends_with('s') && self.entry(at).stem != hash(word))
    }

    pub(super) fn is_year(&self, written: &str) -> bool {
        let plausible = written.len() == 4 && (written.starts_with("19") || written.starts_with("20"));
        plausible && !self.follows_noun() && self.entry(self.at).unit.is_none()
    }

    /// Adds an amount with what follows it: a magnitude, a unit, the other end of a range.
    pub(super) fn quantity(&mut self, mut range: Range<usize>, mut quantity: Quantity) {
        while self.entry(self.at).is_magnitude
            && let Some(magnitude) = magnitude_word(self.text(self.at))
        {
            quantity = quantity.times(magnitude);
            range.end = self.pieces[self.at].range.end;
            self.at += 1;
        }
        let hyphen = matches!(self.pieces.get(self.at), Some(Piece { kind: PieceKind::Dash, range: dash }) if dash.start == range.end);
        let unit_at = self.at + usize::from(hyphen);
        let (unit, unit_end) = match self.unit_of_two(unit_at) {
            Some(unit) => (Some(unit), unit_at + 1),
            None => (self.entry(unit_at).unit, unit_at),
        };
        if let Some(with_unit) = quantity.with_unit(unit) {
            quantity = with_unit;
            range.end = self.pieces[unit_end].range.end;
            self.at = unit_end + 1;
        }
        quantity.bound = self.bound.take().unwrap_or(quantity.bound);
        if let Some(start) = self.range_start(range.start)
            && let Some(last) = self.statement.tokens.last_mut()
        {
            last.value = Value::Quantity(start.up_to(quantity));
            last.text.end = range.end;
            return;
        }
        self.push(range, Value::Quantity(quantity), hash("quantity"));
        if !self.counts_noun() {
            self.release();
        }
    }

    /// `per cent`, `basis points`.
    fn unit_of_two(&self, at: usize) -> Option<&'static Unit> {
        let first = self.text(at);
        let may_be = matches!(first, "per" | "basis") && self.pieces.get(at + 1).is_some();
        may_be.then(|| vocabulary().units.get(&*format!("{first} {}", self.text(at + 1)))).flatten()
    }

    /// `the first Tuesday`, `the first of each month`: unlike elsewhere, a number.
    fn numbers_a_day(&self) -> bool {
        self.is_weekday(self.at + 1) || self.is_of_month(self.at + 1)
    }

    /// `last Friday of each month`, unlike `last Friday`, which is past.
    fn is_day_of_month(&self) -> bool {
        self.is_weekday(self.at + 1) && self.is_of_month(self.at + 2)
    }

    fn is_weekday(&self, at: usize) -> bool {
        matches!(self.pieces.get(at), Some(Piece { kind: PieceKind::Date(Date::Weekday(_)), .. }))
    }

    /// `of the month`
    fn is_of_month(&self, at: usize) -> bool {
        let [next, article, month] = [0, 1, 2].map(|ahead| self.text(at + ahead));
        next == "of" && matches!(article, "the" | "each" | "every") && month == "month"
    }

    /// `takes one hour`, `a one-year contract`; at the start it may be a time that nobody knows (`one day`).
    fn one_unit(&mut self, start: usize) -> bool {
        let is_hyphened = matches!(self.pieces.get(self.at + 1), Some(Piece { kind: PieceKind::Dash, .. }));
        let is_told = is_hyphened || !self.statement.tokens.is_empty();
        let unit_at = self.at + 1 + usize::from(is_hyphened);
        let unit = self.entry(unit_at).unit.filter(|unit| is_told && !unit.is_money());
        let Some(quantity) = Quantity::count(1.0).with_unit(unit) else { return false };
        self.at = unit_at + 1;
        self.quantity(start..self.pieces[self.at - 1].range.end, quantity);
        true
    }

    /// A word that is counted stands next: what governs the amount governs it.
    pub(super) fn counts_noun(&self) -> bool {
        let is_lower = self.is_lower_word(self.at);
        // `at 7:30 every Thursday`
        is_lower && !self.entry(self.at).is_small() && !matches!(self.text(self.at), "every" | "each")
    }

    /// Returns the amount before this one if the two are the ends of a range.
    pub(super) fn range_start(&self, start: usize) -> Option<Quantity> {
        let last = self.statement.tokens.last()?;
        let Value::Quantity(quantity) = last.value else { return None };
        let between = self.lower[last.text.end..start].trim();
        let joins = matches!(between, "-" | "–" | "to") && last.binding != Binding::From
            || between == "and" && last.binding == Binding::Between;
        joins.then_some(quantity)
    }

    /// `Channel Four`: a number with a capital behind a name is part of it.
    fn ends_name(&self, range: &Range<usize>) -> bool {
        let last = self.statement.tokens.last().filter(|last| last.is_name());
        let is_capital = self.pieces[self.at].kind == PieceKind::Word(Shape::Capital);
        is_capital && self.has_lower && last.is_some_and(|last| &self.lower[last.text.end..range.start] == " ")
    }

    /// Reads `thirty-one`, of which the tens stand here: the value, and the piece that it ends with.
    fn tens_and_ones(&self, tens: f64) -> (f64, usize) {
        let hyphen = matches!(self.pieces.get(self.at + 1), Some(Piece { kind: PieceKind::Dash, .. }));
        let ones_at = self.at + 1 + usize::from(hyphen);
        let ones = if self.text(ones_at) == "one" { Some(1.0) } else { self.entry(ones_at).number() };
        let is_tens = (20.0..100.0).contains(&tens) && tens % 10.0 == 0.0;
        match ones.filter(|ones| is_tens && (1.0..10.0).contains(ones)) {
            Some(ones) => (tens + ones, ones_at),
            None => (tens, self.at),
        }
    }
}
