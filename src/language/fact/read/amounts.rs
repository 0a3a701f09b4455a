//! Words that are amounts: periods (`every six weeks`, `$800 a month`), how often something is (`twice a day`) and parts
//! (`half an hour`, `two thirds of the budget`).
use super::Reader;
use crate::language::date::Date;
use crate::language::fact::statement::{Token, Value};
use crate::language::fact::values::{DAY, Quantity, part_word};
use crate::language::fact::vocabulary::{Binding, hash};
use crate::language::fact::words::{Piece, PieceKind};

impl Reader<'_> {
    /// `by the hour`.
    pub(super) fn period_of(&mut self, unit: usize, start: usize) -> bool {
        let Some(seconds) = self.time_unit(unit) else { return false };
        let end = self.pieces[unit].range.end;
        self.push(start..end, Value::Quantity(Quantity::period(seconds)), hash("quantity"));
        self.release();
        self.at = unit + 1;
        true
    }

    /// Returns how many seconds the unit of time at a piece is.
    fn time_unit(&self, index: usize) -> Option<f64> {
        let unit = self.entry(index).unit_of_time()?;
        (self.text(index) != "second").then_some(unit.factor)
    }

    /// `twice a day`, `three times per week`, `once every 30 seconds`: the period between two times.
    pub(super) fn frequency(&mut self, word: &str, start: usize) -> bool {
        if word == "once" && matches!(self.text(self.at + 1), "every" | "each") {
            self.at += 1;
            let is_period = self.period(start);
            self.at -= usize::from(!is_period);
            return is_period;
        }
        let (count, mut next) = match (word, self.text(self.at + 1)) {
            ("once", _) => (1.0, self.at + 1),
            ("twice", _) => (2.0, self.at + 1),
            (_, "times") => match self.entry(self.at).number() {
                Some(count) => (count, self.at + 2),
                None => return false,
            },
            _ => return false,
        };
        if !matches!(self.text(next), "a" | "an" | "per" | "each" | "every") || count < 1.0 {
            return false;
        }
        next += 1;
        let Some(seconds) = self.time_unit(next) else { return false };
        let end = self.pieces[next].range.end;
        self.push(start..end, Value::Quantity(Quantity::period(seconds / count)), hash("quantity"));
        self.release();
        self.at = next + 1;
        true
    }

    /// `half an hour`, `two thirds of the budget`, `a quarter of a mile`.
    pub(super) fn fraction(&mut self, word: &str, start: usize) -> bool {
        let (value, mut next) = match (word, self.text(self.at + 1)) {
            ("half", _) => (0.5, self.at + 1),
            ("a" | "one", part) => match part_word(part) {
                Some(value) => (value, self.at + 2),
                None => return false,
            },
            (_, parts) => match (self.entry(self.at).number(), part_word(parts)) {
                (Some(count), Some(value)) if parts.ends_with('s') => (count * value, self.at + 2),
                _ => return false,
            },
        };
        let is_of = self.text(next) == "of";
        next += usize::from(is_of);
        let is_article = matches!(self.text(next), "a" | "an");
        let unit = Quantity::count(value).with_unit(self.entry(next + usize::from(is_article)).unit);
        let (quantity, end) = match unit {
            Some(quantity) if is_article => (quantity, next + 1),
            _ if is_of => (Quantity::percent(100.0 * value), next - 1),
            _ => return false,
        };
        let range = start..self.pieces[end].range.end;
        self.push(range, Value::Quantity(quantity), hash("quantity"));
        if is_of && !is_article {
            self.bind(Binding::Of);
        } else {
            self.release();
        }
        self.at = end + 1;
        true
    }

    /// `2/3 of the sites`, which is two thirds of them.
    pub(super) fn ratio(&mut self, parts: f64, start: usize) -> bool {
        let [slash, whole] = [1, 2].map(|ahead| self.pieces.get(self.at + ahead).map(|piece| piece.kind));
        let (Some(PieceKind::Slash), Some(PieceKind::Number(whole))) = (slash, whole) else { return false };
        let whole = self.numbers[whole].quantity.low;
        if self.text(self.at + 3) != "of" || parts >= whole {
            return false;
        }
        let end = self.pieces[self.at + 3].range.end;
        self.push(start..end, Value::Quantity(Quantity::percent(100.0 * parts / whole)), hash("quantity"));
        self.bind(Binding::Of);
        self.at += 4;
        self.first = false;
        true
    }

    /// `EUR 0.12`, which is `€0.12`.
    pub(super) fn money(&mut self, start: usize) -> bool {
        const CODE: usize = 3;
        let Some(Piece { kind: PieceKind::Number(index), range }) = self.pieces.get(self.at + 1) else { return false };
        let unit = self.entry(self.at).unit.filter(|unit| unit.is_money() && self.text(self.at).len() == CODE);
        let Some(quantity) = self.numbers[*index].quantity.with_unit(unit) else { return false };
        self.at += 2;
        self.quantity(start..range.end, quantity);
        true
    }

    /// `every six weeks`, `per month`, `once a year`.
    pub(super) fn period(&mut self, start: usize) -> bool {
        let mut next = self.at + 1;
        let mut count = 1.0;
        if let Some(Piece { kind: PieceKind::Number(number), .. }) = self.pieces.get(next) {
            (count, next) = (self.numbers[*number].quantity.low, next + 1);
        } else if let Some(value) = self.entry(next).number() {
            (count, next) = (value, next + 1);
        } else if self.text(next) == "other" {
            (count, next) = (2.0, next + 1);
        }
        let is_night = self.text(next) == "night" && self.text(self.at) != "a";
        // Behind `per` no ordinal stands.
        let of_second = || (self.text(self.at) == "per" && self.text(next) == "second").then_some(1.0);
        let unit = self.time_unit(next).or(is_night.then_some(DAY)).or_else(of_second);
        let counted = next > self.at + 1;
        let previous = self.at.checked_sub(1).map_or("", |index| self.text(index));
        let is_article = self.text(self.at) == "a";
        match unit {
            Some(unit) if !is_article || !counted && (previous == "times" || self.last_is_counted()) => {
                let end = self.pieces[next].range.end;
                self.push(start..end, Value::Quantity(Quantity::period(count * unit)), hash("quantity"));
                self.release();
                self.at = next + 1;
                true
            }
            // `every other Tuesday` is every second one.
            None if self.text(next - 1) == "other"
                && matches!(
                    self.pieces.get(next).map(|piece| &piece.kind),
                    Some(PieceKind::Date(Date::Weekday(_)))
                ) =>
            {
                self.push(start..self.pieces[next - 1].range.end, Value::Ordinal(2), hash("ordinal"));
                self.at = next;
                true
            }
            _ => false,
        }
    }

    /// An amount stands just before, or before the word that it counts: `$800 a month`, `210 patients a day`.
    fn last_is_counted(&self) -> bool {
        let is_amount = |token: &Token| match token.value {
            Value::Quantity(quantity) => quantity.dimension != hash("time") && quantity.dimension != hash("period"),
            _ => false,
        };
        let tokens = &self.statement.tokens;
        let ends_here = self
            .at
            .checked_sub(1)
            .is_some_and(|before| tokens.last().is_some_and(|last| last.text.end == self.pieces[before].range.end));
        ends_here && tokens.iter().rev().take(2).any(is_amount)
    }
}
