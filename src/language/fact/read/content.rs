//! Words that say something of their own, and names.
use super::{Denial, Reader};
use crate::language::fact::statement::Value;
use crate::language::fact::values::Bound;
use crate::language::fact::vocabulary::{Entry, hash, stem, vocabulary};
use crate::language::fact::words::{PieceKind, Shape};
use std::ops::Range;

impl Reader<'_> {
    /// Adds a word or a name.
    pub(super) fn content(&mut self, word: &str, entry: &Entry, range: Range<usize>, shape: Shape) {
        match word {
            ">" => return self.bound = Some(Bound::AtLeast),
            "<" => return self.bound = Some(Bound::AtMost),
            "%" => return,
            "non" => return self.deny(Denial::Attribute),
            // `needs no approval` is `does not need any approval`.
            "any" if self.statement.denials.contains(&self.clause) => return,
            _ if entry.refuses && self.text(self.at) == "to" => return self.deny(Denial::Whole),
            _ => {}
        }
        let is_version = word.len() > 1
            && word.starts_with('v')
            && word[1..].bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if is_version {
            return self.push(range, Value::Label, hash(word));
        }
        let value = if self.is_name(word, entry.is_known(), &range, shape) { Value::Name } else { Value::Word };
        let end = range.end;
        let base = if value == Value::Word { positive(word) } else { None };
        match base {
            Some(base) => {
                self.deny(Denial::Attribute);
                self.push(range, value, stem(base));
            }
            None => match unit_stem(word, entry) {
                Some(stem) => self.push(range, value, stem),
                None => self.push_known(range, value, entry.stem, entry.concept()),
            },
        }
        let is_capital = value == Value::Word && shape == Shape::Capital;
        let may_be_name = is_capital && !entry.is_known() && self.lexicon.is_name(word).is_none();
        if may_be_name && let Some(token) = self.statement.tokens.last_mut() {
            token.may_be_name = true;
        }
        let is_owner = matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Possessive));
        let is_link_end = || self.links.iter().any(|link| link.end == end);
        if value == Value::Name && !is_owner && (!self.next_is_capital() || is_link_end()) {
            self.release();
        }
    }

    /// Tells whether a piece is a word in lower case.
    pub(super) fn is_lower_word(&self, at: usize) -> bool {
        matches!(self.pieces.get(at).map(|piece| &piece.kind), Some(PieceKind::Word(Shape::Lower)))
    }

    pub(super) fn next_is_capital(&self) -> bool {
        matches!(self.pieces.get(self.at).map(|piece| &piece.kind), Some(PieceKind::Word(Shape::Capital | Shape::Mark)))
    }

    pub(super) fn is_name(&self, word: &str, is_known: bool, range: &Range<usize>, shape: Shape) -> bool {
        if self.links.iter().any(|link| link.start <= range.start && range.end <= link.end) {
            return true;
        }
        match shape {
            Shape::Lower => false,
            Shape::Mark => !(is_known && word.bytes().all(|byte| byte.is_ascii_alphabetic())),
            Shape::Capital => match self.lexicon.is_name(word) {
                Some(known) => known || !self.first && self.has_lower,
                None if self.first => self.next_is_capital() && self.has_lower && !is_known,
                None => self.has_lower,
            },
        }
    }
}

/// Units without a number (`per GB`) are one whatever they are called.
fn unit_stem(word: &str, entry: &Entry) -> Option<u64> {
    let unit = entry.unit.filter(|_| word.len() > 1)?;
    Some(unit.dimension ^ unit.factor.to_bits())
}

/// `unsupported` denies `supported`, `incompatible` denies `compatible`; words such as `united` and `inform` deny nothing.
fn positive(word: &str) -> Option<&str> {
    const BASES: [&str; 18] = [
        "compatible",
        "complete",
        "active",
        "accurate",
        "correct",
        "secure",
        "visible",
        "valid",
        "consistent",
        "sufficient",
        "eligible",
        "possible",
        "reversible",
        "regular",
        "legal",
        "capable",
        "accessible",
        "applicable",
    ];
    if word.starts_with('i') {
        let base = ["in", "im", "ir", "il"].iter().find_map(|prefix| word.strip_prefix(prefix))?;
        return BASES.contains(&base).then_some(base);
    }
    const OTHERS: [&str; 6] = ["unified", "understandable", "unlimited", "undefined", "underlined", "undermined"];
    let base = word.strip_prefix("un")?;
    let is_form = base.len() >= 5 && (base.ends_with("ed") || base.ends_with("able") || base.ends_with("ible"));
    let is_irregular = base.len() >= 3 && vocabulary().is_verb_form(base);
    ((is_form || is_irregular) && !OTHERS.contains(&word)).then_some(base)
}
