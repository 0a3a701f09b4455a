//! The hash of a text as a reader sees it: equal for texts that differ in mark-up, case, quotes and final punctuation alone.
use super::plain::{IS_MARKUP, Plain, is_telling, start_of_text, tells};
use crate::text::{SMALL, letters_in_front};
use rustc_hash::FxHasher;
use std::cell::Cell;
use std::hash::Hasher;

/// Returns the fingerprint of a statement's text. Links count by what they lead to.
pub fn fingerprint(text: &str) -> u64 {
    thread_local! {
        static PLAIN: Cell<Plain> = Cell::default();
    }
    // Most texts have neither mark-up nor signs that say something, and are hashed as they stand.
    let (marks, rest) = text.split_at(start_of_text(text));
    let is_refused = |before: char, sign: char, rest: &str| {
        u8::try_from(sign).is_ok_and(|byte| IS_MARKUP[usize::from(byte)]) || tells(before, sign, rest)
    };
    if !marks.chars().any(is_telling)
        && let Some(hash) = hash(rest, 0, is_refused)
    {
        return hash;
    }
    let mut plain = PLAIN.take();
    plain.read(text);
    let fingerprint = of_plain(&plain);
    PLAIN.set(plain);
    fingerprint
}

/// Returns the fingerprint of a text whose mark-up is taken out.
pub(super) fn of_plain(plain: &Plain) -> u64 {
    hash(&plain.text, plain.addresses ^ plain.code.rotate_left(32) ^ plain.signs.rotate_left(16), |_, _, _| false)
        .unwrap_or_default()
}

/// Hashes the words of a text, and the signs that carry meaning; none if there is a sign that is refused.
fn hash(text: &str, addresses: u64, is_refused: impl Fn(char, char, &str) -> bool) -> Option<u64> {
    let mut hasher = FxHasher::default();
    let mut word = Word::default();
    let mut previous = ' ';
    let mut rest = text;
    loop {
        let length = letters_in_front(rest.as_bytes());
        if let [.., last] = &rest.as_bytes()[..length] {
            word.push_letters(rest.as_bytes(), length, &mut hasher);
            previous = char::from(*last);
        }
        rest = &rest[length..];
        let Some(first) = rest.bytes().next() else { break };
        if first == b' ' {
            word.end(&mut hasher);
            (previous, rest) = (' ', &rest[1..]);
            continue;
        }
        let mut letters = rest.chars();
        let Some(letter) = letters.next() else { break };
        rest = letters.as_str();
        if is_refused(previous, letter, rest) {
            return None;
        }
        word.push_sign(letter, previous, rest, &mut hasher);
        previous = letter;
    }
    word.end(&mut hasher);
    hasher.write_u64(addresses);
    Some(hasher.finish())
}

/// The bytes of a word, eight at a time.
#[derive(Default)]
struct Word {
    bytes: u64,
    length: u32,
}

impl Word {
    fn push(&mut self, byte: u8, hasher: &mut FxHasher) {
        self.bytes = self.bytes << 8 | u64::from(byte);
        self.length += 1;
        if self.length.is_multiple_of(8) {
            hasher.write_u64(self.bytes);
        }
    }

    /// Adds the first letters and digits of `text`, all ASCII, as if small.
    fn push_letters(&mut self, text: &[u8], length: usize, hasher: &mut FxHasher) {
        if let 1..=8 = length
            && self.length == 0
            && let Some(eight) = text.first_chunk()
        {
            self.bytes = (u64::from_be_bytes(*eight) | SMALL) >> (64 - 8 * length);
            self.length = length as u32;
            if length == 8 {
                hasher.write_u64(self.bytes);
            }
            return;
        }
        let letters = &text[..length];
        let (eights, rest) = if self.length == 0 { letters.as_chunks() } else { (&[][..], letters) };
        for eight in eights {
            self.bytes = u64::from_be_bytes(*eight) | SMALL;
            self.length += 8;
            hasher.write_u64(self.bytes);
        }
        rest.iter().for_each(|byte| self.push(byte | 0x20, hasher));
    }

    /// Adds a letter beyond ASCII, or a sign if it carries meaning; other signs but apostrophes end the word.
    fn push_sign(&mut self, letter: char, previous: char, rest: &str, hasher: &mut FxHasher) {
        let mut room = [0; 4];
        if letter.is_alphanumeric() {
            for small in letter.to_lowercase() {
                small.encode_utf8(&mut room).bytes().for_each(|byte| self.push(byte, hasher));
            }
        } else if is_kept_sign(previous, letter, rest) {
            letter.encode_utf8(&mut room).bytes().for_each(|byte| self.push(byte, hasher));
        } else if !matches!(letter, '\'' | '’' | '‘') {
            self.end(hasher);
        }
    }

    fn end(&mut self, hasher: &mut FxHasher) {
        if self.length > 0 {
            hasher.write_u64(self.bytes);
            hasher.write_u32(self.length);
            *self = Word::default();
        }
    }
}

/// Signs that carry meaning: those inside numbers, of money, of comparison, and the question mark.
fn is_kept_sign(previous: char, sign: char, rest: &str) -> bool {
    let next_is_digit = || rest.starts_with(|next: char| next.is_ascii_digit());
    match sign {
        '$' | '€' | '£' | '¥' | '%' | '<' | '>' | '≤' | '≥' | '?' | '+' => true,
        '.' | ',' | ':' | '/' | '-' | '–' => {
            (previous.is_ascii_digit() || sign == '-' && previous.is_whitespace()) && next_is_digit()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::plain::Plain;
    use super::{fingerprint, of_plain};

    #[test]
    fn equal_texts() {
        for (one, another) in [
            ("Ada owns the runbook.", "- ✅ **Ada** owns the *runbook*"),
            ("Costs $0.07/GB", "costs $0.07/GB."),
            ("Ask [[People/Ada Lovelace|her]]", "Ask Ada Lovelace"),
            ("can’t wait!", "can't wait"),
            ("erasure-coding test", "Erasure coding test"),
        ] {
            assert_eq!(fingerprint(one), fingerprint(another), "{one} = {another}");
        }
    }

    #[test]
    fn a_text_without_mark_up_is_hashed_as_if_it_was_taken_out() {
        const PIECES: [&str; 30] = [
            "- ",
            "[ ] ",
            "✅ ",
            "→ ",
            "\"",
            "(",
            "Ada",
            "owns",
            "can’t",
            "$",
            "0.07",
            "1,5",
            "-5",
            "−5",
            "❌",
            "★",
            " < ",
            ">",
            "≥",
            "%",
            "?",
            ".",
            ":",
            ", ",
            "Éire",
            "ß",
            "\t",
            "\u{a0}",
            "*",
            "incomprehensible",
        ];
        let mut next = crate::text::random_below();
        for _ in 0..20_000 {
            let text = crate::text::random_text(&mut next, &PIECES, 6);
            assert_eq!(fingerprint(&text), of_plain(&Plain::new(&text)), "{text:?}");
        }
    }

    #[test]
    fn other_texts() {
        for (one, another) in [
            ("rises 1.5 %", "rises 15 %"),
            ("Is it ready?", "It is ready"),
            ("Is it ready?", "Is it ready"),
            ("see [this](a)", "see [this](b)"),
            ("at -5 degrees", "at 5 degrees"),
            ("ab c", "a bc"),
            ("- ✅ Sign-on works", "- ❌ Sign-on works"),
            ("Revenue ↑ this spring", "Revenue ↓ this spring"),
            ("Hotel Adler ★★★", "Hotel Adler ★★★★★"),
            ("runs at 18 °C", "runs at −18 °C"),
        ] {
            assert_ne!(fingerprint(one), fingerprint(another), "{one} # {another}");
        }
    }
}
