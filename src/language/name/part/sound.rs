//! How words of names sound: sound keys, one letter for each way to write a sound, and what a first letter may stand for.

use rphonetic::DoubleMetaphone;

use crate::text::Memo;

/// Returns whether two folded words sound alike.
pub fn sound_alike(a: &str, b: &str) -> bool {
    sounds_like(sounds(a), sounds(b))
}

/// The two words share a sound key.
fn sounds_like(a: [u32; 2], b: [u32; 2]) -> bool {
    a.into_iter().any(|sound| sound != 0 && b.contains(&sound))
}

/// One sound begins with the whole other, of two consonants or more.
pub(super) fn sounds_like_beginning(a: [u32; 2], b: [u32; 2]) -> bool {
    let begins = |a: u32, b: u32| {
        let (short, long) = (a.min(b), a.max(b));
        let bits = 32 - short.leading_zeros().min(31);
        let (short_len, long_len) = (bits.div_ceil(4), (32 - long.leading_zeros()).div_ceil(4));
        short_len >= 2 && long_len <= short_len + 1 && long >> (4 * (long_len - short_len)) == short
    };
    a.into_iter().any(|a| b.into_iter().any(|b| a != 0 && b != 0 && begins(a, b)))
}

/// Packs both Double Metaphone keys of a Latin word, primary and alternate, four bits a sound, the first eight sounds; 0 for
/// none. Costly, so asked for only where the letters leave it open.
pub(in crate::language::name) fn sounds(folded: &str) -> [u32; 2] {
    if !folded.is_ascii() || folded.len() < 2 {
        return [0, 0];
    }
    SOUNDS.with(|known| known.get(folded, || metaphones(folded)))
}

thread_local! {
    /// The same names come again and again.
    static SOUNDS: Memo<[u32; 2], 8192> = Memo::default();
}

fn metaphones(folded: &str) -> [u32; 2] {
    let metaphone = DoubleMetaphone::new(Some(8));
    let keys = metaphone.double_metaphone(folded);
    let pack = |key: String| key.bytes().fold(0u32, |packed, sound| (packed << 4) | sound_code(sound));
    let (primary, alternate) = (pack(keys.primary()), pack(keys.alternate()));
    // English reads `Ch` as in cheese; in names from elsewhere it is a K as often.
    let is_hard = primary == alternate && folded.starts_with("ch");
    let hard = is_hard.then(|| pack(metaphone.double_metaphone(&format!("k{}", &folded[2..])).primary()));
    [primary, hard.unwrap_or(alternate)]
}

/// The word with one letter for each way to write a sound: `Chaled` and `Khalid` become `kaled` and `kalid`.
pub(in crate::language::name) fn respelt(folded: &str) -> String {
    let (mut respelt, mut rest) = (String::with_capacity(folded.len()), folded);
    while let Some(letter) = rest.chars().next() {
        let (len, sound) = one_way(rest.as_bytes()).unwrap_or((letter.len_utf8(), &rest[..letter.len_utf8()]));
        if !respelt.ends_with(sound) {
            respelt.push_str(sound);
        }
        rest = &rest[len..];
    }
    respelt
}

/// How many letters stand for a sound at the beginning, and how it is written here.
fn one_way(rest: &[u8]) -> Option<(usize, &'static str)> {
    Some(match rest {
        [b's', b'c', b'h', ..] => (3, "s"),
        [b't', b'c', b'h', ..] => (3, "k"),
        [b'c' | b'k', b'h', ..] | [b'c', b'k', ..] => (2, "k"),
        [b'p', b'h', ..] => (2, "f"),
        [b't', b'h', ..] => (2, "t"),
        [b'g', b'h', ..] => (2, "g"),
        [b's' | b'z', b'h', ..] => (2, "s"),
        [b'x', ..] => (1, "ks"),
        [b'c' | b'q', ..] => (1, "k"),
        [b'y' | b'j', ..] => (1, "i"),
        [b'w', ..] => (1, "v"),
        [b'z', ..] => (1, "s"),
        _ => return None,
    })
}

/// The consonants of a word that is respelt, so that two ways to write a name share a key.
pub(in crate::language::name) fn consonants(respelt: &str) -> String {
    respelt.chars().filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'h')).collect()
}

fn sound_code(sound: u8) -> u32 {
    const SOUNDS: &[u8] = b"0AFHJKLMNPRSTX";
    SOUNDS.iter().position(|&known| known == sound).map_or(15, |at| at as u32 + 1)
}

/// The classes of sound that a name's beginning may stand for, one bit for each, so that `Carl` meets `Karl` and
/// `Geoffrey` meets `Jeffrey`.
pub(super) fn initial_classes(folded: &str) -> u32 {
    let letters = match folded.as_bytes() {
        [b'c', b'h', ..] => &b"cks"[..],
        [b'g', b'n', ..] => b"gn",
        [b'k', b'n', ..] => b"kn",
        [b'k', b's', ..] => b"kx",
        [b'p', b'h', ..] => b"fp",
        [b'w', b'r', ..] => b"fr",
        [b'z', b's', ..] => b"sz",
        [b'c', ..] => b"ks",
        [b'e', ..] => b"ei",
        [b'g', ..] => b"gj",
        [b'q', ..] => b"k",
        [b'u', ..] => b"uo",
        [b'v' | b'w', ..] => b"f",
        [b'x', ..] => b"xs",
        [b'y', ..] => b"ij",
        [b'z', ..] => b"sx",
        other => &other[..other.len().min(1)],
    };
    let bit = |letter: u8| if letter.is_ascii_lowercase() { 1u32 << (letter - b'a') } else { 0 };
    letters.iter().fold(0, |bits, &letter| bits | bit(letter))
}
