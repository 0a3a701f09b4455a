//! Texts looked through several bytes at a time.

/// Hashes a text, eight bytes at a time; capital ASCII letters count as small ones.
pub(crate) fn hash_small(text: &str, hasher: &mut impl std::hash::Hasher) {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    eights.iter().for_each(|eight| hasher.write_u64(small(u64::from_le_bytes(*eight))));
    // What is left is read together with the bytes before it.
    let last = match text.as_bytes().last_chunk::<8>() {
        Some(last) if !rest.is_empty() => small(u64::from_le_bytes(*last)),
        _ => rest.iter().fold(0, |word, byte| word << 8 | u64::from(byte.to_ascii_lowercase())),
    };
    hasher.write_u64(last ^ (text.len() as u64) << 56);
}

/// Makes the capital ASCII letters among eight bytes small, all at once: in a byte below 0x80 the highest bit is free to
/// say what it is.
fn small(eight: u64) -> u64 {
    const EACH: u64 = u64::MAX / 0xff;
    let low = eight & (EACH * 0x7f);
    let (from_a, behind_z) = (low + EACH * (0x80 - b'A' as u64), low + EACH * (0x7f - b'Z' as u64));
    let capitals = from_a & !behind_z & !eight & (EACH * 0x80);
    eight | capitals >> 2
}

/// Returns where the next wanted byte stands, from `from` on; made for bytes that few texts have.
pub(crate) fn next_byte(bytes: &[u8], from: usize, is_wanted: impl Fn(&u8) -> bool) -> Option<usize> {
    const STEP: usize = 16;
    let mut at = from;
    // Without a branch for each byte, so that many are looked at in one step.
    while let Some(step) = bytes.get(at..at + STEP)
        && !step.iter().fold(false, |any, byte| any | is_wanted(byte))
    {
        at += STEP;
    }
    bytes[at..].iter().position(is_wanted).map(|found| at + found)
}

/// Counts the letters and digits of ASCII that a text begins with, eight bytes at a time.
pub(crate) fn letters_in_front(text: &[u8]) -> usize {
    let mut length = 0;
    while let Some(eight) = text[length..].first_chunk() {
        let found = leading_letters(u64::from_be_bytes(*eight));
        length += found;
        if found < 8 {
            return length;
        }
    }
    length + text[length..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// Counts the letters and digits of ASCII among eight bytes, from the highest byte to the first other one. The sums set the
/// highest bit of each byte that is no less than a bound; none carries over, since all are below 128.
fn leading_letters(eight: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let from = |bytes: u64, bound: u8| bytes + u64::from(128 - bound) * ONES;
    let digits = eight & (127 * ONES);
    let small = digits | SMALL;
    let letters = from(small, b'a') & !from(small, b'z' + 1) | from(digits, b'0') & !from(digits, b'9' + 1);
    (!(letters & !eight) & (128 * ONES)).leading_zeros() as usize / 8
}

/// The bit that tells small letters from capitals; it is set in every digit.
pub(crate) const SMALL: u64 = 0x2020_2020_2020_2020;

#[cfg(test)]
mod tests {
    use super::{letters_in_front, small};

    #[test]
    fn eight_bytes_become_small_as_one_does() {
        for byte in 0..=u8::MAX {
            for other in [0, b'@', b'A', b'Z', b'[', 0x80, 0xff] {
                let eight = [byte, other, byte, byte, other, other, byte, other];
                let expected = u64::from_le_bytes(eight.map(|byte| byte.to_ascii_lowercase()));
                assert_eq!(small(u64::from_le_bytes(eight)), expected, "{eight:?}");
            }
        }
    }

    #[test]
    fn letters_are_counted_as_by_the_byte() {
        for byte in 0..=255 {
            for at in 0..10 {
                let mut text = *b"aZ09zA5mQx7";
                text[at] = byte;
                let expected = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
                assert_eq!(letters_in_front(&text), expected, "{byte} {at}");
            }
        }
    }
}
