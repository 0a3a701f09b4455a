//! Dates as they stand, with the name of their day: `Monday, 1 June 2026`, `2026-06-01 (Monday)`.
use super::Reader;
use crate::language::date::{self, Date};
use crate::language::fact::statement::Value;
use crate::language::fact::vocabulary::hash;
use crate::language::fact::words::{Piece, PieceKind};
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn date(&mut self, date: Date, mut range: Range<usize>) {
        self.at += 1;
        if date.is_full_day() {
            range.start = self.day_before(range.start);
            range.end = self.day_behind(range.end);
        }
        self.push(range, Value::Date(date), hash("date"));
        self.release();
    }

    /// Takes the name of the day before a date back, which says nothing more; returns where it starts.
    fn day_before(&mut self, start: usize) -> usize {
        let lower = self.lower;
        let is_day = |text: Range<usize>| matches!(lower[text.end..start].trim(), "" | ",") && is_weekday(&lower[text]);
        let Some(day) = self.statement.tokens.pop_if(|last| is_day(last.text.clone())) else { return start };
        (self.binding, self.article, self.opens) = (day.binding, day.definite, day.opens);
        self.after_break = day.after_break;
        day.text.start
    }

    /// Goes on behind the name of the day that stands behind a date, if there is one; returns where the date ends then.
    fn day_behind(&mut self, end: usize) -> usize {
        let [Piece { kind: PieceKind::Pause | PieceKind::Comma, .. }, day, ..] = &self.pieces[self.at..] else {
            return end;
        };
        if !matches!(self.lower[end..day.range.start].trim(), "(" | ",") || !is_weekday(&self.lower[day.range.clone()])
        {
            return end;
        }
        self.at += 2;
        day.range.end
    }
}

fn is_weekday(word: &str) -> bool {
    word.len() <= "wednesday".len() && matches!(date::parse(word), Some(Date::Weekday(_)))
}
