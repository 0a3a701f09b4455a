//! The hash of a text as a reader sees it: equal for texts that differ in mark-up, case, quotes and final punctuation alone.
use super::plain::Plain;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Returns the fingerprint of a statement's text. Links count by what they lead to.
pub fn fingerprint(text: &str) -> u64 {
    let plain = Plain::new(text);
    let mut hasher = FxHasher::default();
    let mut word = [0; 64];
    let mut length = 0;
    let mut previous = ' ';
    let mut letters = plain.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied().unwrap_or(' ');
        let joins = letter.is_alphanumeric() || is_kept_sign(previous, letter, next);
        if joins {
            for small in letter.to_lowercase() {
                if length + 4 > word.len() {
                    hasher.write(&word[..length]);
                    length = 0;
                }
                length += small.encode_utf8(&mut word[length..]).len();
            }
        } else if letter != '\'' && length > 0 {
            hasher.write(&word[..length]);
            hasher.write_u8(0);
            length = 0;
        }
        previous = letter;
    }
    hasher.write(&word[..length]);
    hasher.write_u64(plain.addresses);
    hasher.finish()
}

/// Signs that carry meaning: those inside numbers, of money, of comparison, and the question mark.
fn is_kept_sign(previous: char, sign: char, next: char) -> bool {
    match sign {
        '$' | '€' | '£' | '¥' | '%' | '<' | '>' | '≤' | '≥' | '?' | '+' => true,
        '.' | ',' | ':' | '/' | '-' | '–' => {
            previous.is_ascii_digit() && next.is_ascii_digit()
                || sign == '-' && previous == ' ' && next.is_ascii_digit()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::fingerprint;

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
    fn other_texts() {
        for (one, another) in [
            ("rises 1.5 %", "rises 15 %"),
            ("Is it ready?", "It is ready"),
            ("Is it ready?", "Is it ready"),
            ("see [this](a)", "see [this](b)"),
            ("at -5 degrees", "at 5 degrees"),
            ("ab c", "a bc"),
        ] {
            assert_ne!(fingerprint(one), fingerprint(another), "{one} # {another}");
        }
    }
}
