//! How words of names sound: sound keys, one letter for each way to write a sound, and what a first letter may stand for.

use rphonetic::DoubleMetaphone;

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
    const WAYS: &[(&str, &str)] = &[
        ("sch", "s"),
        ("tch", "k"),
        ("ch", "k"),
        ("kh", "k"),
        ("ck", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("gh", "g"),
        ("sh", "s"),
        ("zh", "s"),
        ("x", "ks"),
        ("c", "k"),
        ("q", "k"),
        ("y", "i"),
        ("j", "i"),
        ("w", "v"),
        ("z", "s"),
    ];
    let (mut respelt, mut rest) = (String::with_capacity(folded.len()), folded);
    while let Some(letter) = rest.chars().next() {
        let way = WAYS.iter().find(|(way, _)| rest.starts_with(way));
        let (len, sound) =
            way.map_or((letter.len_utf8(), &rest[..letter.len_utf8()]), |(way, sound)| (way.len(), *sound));
        if !respelt.ends_with(sound) {
            respelt.push_str(sound);
        }
        rest = &rest[len..];
    }
    respelt
}

/// The consonants of the word as it sounds, so that two ways to write a name share a key.
pub(in crate::language::name) fn skeleton(folded: &str) -> String {
    let mut skeleton = respelt(folded);
    skeleton.retain(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'h'));
    skeleton
}

fn sound_code(sound: u8) -> u32 {
    const SOUNDS: &[u8] = b"0AFHJKLMNPRSTX";
    SOUNDS.iter().position(|&known| known == sound).map_or(15, |at| at as u32 + 1)
}

/// The classes of sound that a name's beginning may stand for, one bit for each, so that `Carl` meets `Karl` and
/// `Geoffrey` meets `Jeffrey`.
pub(super) fn initial_classes(folded: &str) -> u32 {
    const CLASSES: &[(&str, &str)] = &[
        ("ch", "cks"),
        ("gn", "gn"),
        ("kn", "kn"),
        ("ks", "kx"),
        ("ph", "fp"),
        ("wr", "fr"),
        ("zs", "sz"),
        ("c", "ks"),
        ("e", "ei"),
        ("g", "gj"),
        ("i", "i"),
        ("j", "j"),
        ("q", "k"),
        ("u", "uo"),
        ("v", "f"),
        ("w", "f"),
        ("x", "xs"),
        ("y", "ij"),
        ("z", "sx"),
    ];
    let bit = |letter: u8| if letter.is_ascii_lowercase() { 1u32 << (letter - b'a') } else { 0 };
    let classes = CLASSES.iter().find(|(start, _)| folded.starts_with(start)).map(|(_, classes)| *classes);
    let letters = classes.map_or(&folded.as_bytes()[..folded.len().min(1)], str::as_bytes);
    letters.iter().fold(0, |bits, &letter| bits | bit(letter))
}
