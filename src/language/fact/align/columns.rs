//! The tokens of a statement as another's are held against them: made once for a statement, which is compared with several.
use super::bits::{self, Bits, indices};
use super::{Statement, Token, are_one_value, is_long, is_one_spelling};
use crate::language::fact::vocabulary::{Binding, vocabulary};
use crate::language::fact::voice::is_participle;

/// Words are found by so many lists, that of their concept and that of their stem.
const LISTS: usize = 32;

/// The letters of a small alphabet, and a few.
const LETTERS: usize = 32;

/// Which tokens are what, one bit each.
#[derive(Debug)]
pub(in crate::language::fact) struct Columns {
    /// Words and names by their concept and by their stem.
    lists: [Bits; LISTS],
    pub values: Bits,
    /// Words so long that one letter more or less leaves them the same.
    long: Bits,
    /// How those words begin, one bit each.
    beginnings: u64,
    pub words: Bits,
    /// Names and words that may be one.
    pub names: Bits,
    /// Words that some word comes close to or excludes.
    pub kin: Bits,
    /// Tokens that open a part: what stands between breaks.
    pub parts: Bits,
    /// Participles that say no more than `from`, as in `letters written by Ada`; unlike `was written by Ada`.
    pub origins: Bits,
    /// First words behind `from` with something before it.
    pub sources: Bits,
    /// The tokens that begin with each letter.
    by_letter: [Bits; LETTERS],
}

impl Columns {
    fn of(statement: &Statement) -> Columns {
        let mut columns = Columns {
            lists: [0; LISTS],
            values: 0,
            long: 0,
            beginnings: 0,
            words: 0,
            names: 0,
            kin: 0,
            parts: 0,
            origins: 0,
            sources: 0,
            by_letter: [0; LETTERS],
        };
        let mut clause = 0;
        for (at, token) in statement.tokens.iter().enumerate() {
            columns.add(statement, token, 1 << at);
            columns.parts |= Bits::from(token.after_break || token.clause != clause) << at;
            clause = token.clause;
            if at > 0 && token.opens {
                columns.add_source(statement, at, token.binding);
            }
        }
        columns
    }

    fn add(&mut self, statement: &Statement, token: &Token, bit: Bits) {
        self.by_letter[letter(statement.word(token))] |= bit;
        let vocabulary = vocabulary();
        if token.is_value() {
            self.values |= bit;
            return;
        }
        self.lists[list(token.concept)] |= bit;
        self.lists[list(token.stem)] |= bit;
        if token.may_be_name || token.is_name() {
            self.names |= bit;
        }
        if !token.is_word() {
            return;
        }
        self.words |= bit;
        if is_long(token) {
            self.long |= bit;
            self.beginnings |= beginning(statement.word(token));
        }
        if vocabulary.has_opposite(token.concept) || vocabulary.has_relatives(token.stem) {
            self.kin |= bit;
        }
    }

    /// Adds what stands before the first word of `from Ada` or `by Ada`.
    fn add_source(&mut self, statement: &Statement, at: usize, binding: Binding) {
        let verb = &statement.tokens[at - 1];
        let is_origin = || vocabulary().is_origin(verb.stem) && is_participle(statement.word(verb));
        match binding {
            Binding::From => self.sources |= 1 << at,
            // Something stands before the participle as well.
            Binding::By if at > 1 && is_origin() && !statement.copulas.contains(&(at - 1)) => {
                self.origins |= 1 << (at - 1);
            }
            _ => {}
        }
    }

    /// Returns the tokens of their statement that say the same as a token of `one`.
    pub(super) fn row(&self, statement: &Statement, one: &Statement, token: &Token) -> Bits {
        let filtered = |among: Bits, is_same: &dyn Fn(&Token) -> bool| {
            bits::of(indices(among).filter(|at| is_same(&statement.tokens[*at])))
        };
        if token.is_value() {
            return filtered(self.values, &|other| are_one_value(token, other));
        }
        let listed = self.lists[list(token.concept)] | self.lists[list(token.stem)];
        let row = filtered(listed, &|other| other.concept == token.concept || other.stem == token.stem);
        if self.long & !row == 0 || !is_long(token) || !token.is_word() {
            return row;
        }
        let word = one.word(token);
        if self.beginnings & beginning(word) == 0 {
            return row;
        }
        row | filtered(self.long & !row, &|other| is_one_spelling(word, statement.word(other)))
    }

    /// Returns those of the left-over tokens that nothing on the other side takes: no name a name, no value a value, no word one
    /// that comes close to it or excludes it.
    pub(super) fn unanswered(&self, rest: Bits, other: &Columns, others_rest: Bits) -> Bits {
        let kinds = [(self.names, other.names), (self.values, other.values), (self.kin, other.kin)];
        let answered = kinds.into_iter().filter(|(_, others)| others & others_rest != 0);
        rest & !answered.fold(0, |answered, (own, _)| answered | own)
    }

    /// Returns the tokens that may begin with the same letter as a word.
    pub(super) fn beginning_as(&self, word: &str) -> Bits {
        self.by_letter[letter(word)]
    }
}

impl Statement {
    pub(in crate::language::fact) fn columns(&self) -> &Columns {
        self.columns.get_or_init(|| Box::new(Columns::of(self)))
    }
}

/// Returns one number for the first letter.
fn letter(word: &str) -> usize {
    word.bytes().next().map_or(0, |byte| usize::from(byte) % LETTERS)
}

fn list(number: u64) -> usize {
    // The upper bits of a product depend on all bits of the number.
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - LISTS.trailing_zeros())) as usize
}

/// Returns one bit for how a word of three bytes or more begins.
fn beginning(word: &str) -> u64 {
    let [a, b, c] = [0, 1, 2].map(|at| u64::from(word.as_bytes()[at]));
    1 << ((a ^ b.wrapping_mul(7) ^ c.wrapping_mul(31)) % 64)
}
