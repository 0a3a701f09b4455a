//! Pairs of endings that make two names of one stem.

use crate::language::name::tables;

/// Two given names that differ as a man's and a woman's do: `Mario`, `Maria`; `Paul`, `Paula`; `Christian`, `Christina`.
pub(super) fn is_gender_pair(a: &str, b: &str) -> bool {
    if a.as_bytes().first() != b.as_bytes().first() {
        return false;
    }
    // `Frédéric`, `Frédérique`
    if a.strip_suffix("que").is_some_and(|stem| b.strip_suffix('c') == Some(stem))
        || b.strip_suffix("que").is_some_and(|stem| a.strip_suffix('c') == Some(stem))
    {
        return true;
    }
    let is_first_female = a.ends_with('a') && (!b.ends_with('a') || a.len() > b.len());
    let (female, male) = if is_first_female { (a, b) } else { (b, a) };
    if let Some(stem) = female.strip_suffix("ina").or_else(|| female.strip_suffix("ine")) {
        // `Nikola`, `Nikolina`
        let own = male.trim_end_matches(['a', 'e', 'o', 'u']);
        if stem.len() >= 4 && (male == stem || own == stem) {
            return true;
        }
    }
    if is_french_pair(a, b) || is_french_pair(b, a) || is_japanese_pair(a, b) || is_japanese_pair(b, a) {
        return true;
    }
    let Some(stem) = female.strip_suffix('a') else { return false };
    if male.ends_with('a') || stem.len() < 3 {
        return false;
    }
    let is_other_ending = |ending: &str| male.strip_suffix(ending) == Some(stem);
    male == stem
        || stem.strip_suffix('i') == Some(male)
        || ["o", "us"].into_iter().any(is_other_ending)
        // `Simone` is a man's name, `Sofie` none.
        || is_other_ending("e") && !stem.ends_with('i')
        // `Florian`, `Florina`
        || female.strip_suffix("ina").is_some_and(|stem| male.strip_suffix("ian") == Some(stem))
        || (male.ends_with("er") && stem.strip_suffix('r') == male.strip_suffix("er"))
        || (male.ends_with('n') && tables::is_known_given(female) && tables::is_known_given(male))
            && strsim::osa_distance(female, male) == 1
}

/// `Jeanne`, `Jean`; `Denise`, `Denis`; `Christiane`, `Christian`.
fn is_french_pair(female: &str, male: &str) -> bool {
    let Some(stem) = female.strip_suffix('e') else { return false };
    let is_doubled = male.ends_with('n') && male.len() >= 4 && stem.strip_suffix('n') == Some(male);
    let is_consonant = !male.ends_with(['a', 'e', 'i', 'o', 'u', 'y']);
    is_doubled || stem == male && is_consonant && male.len() >= 5
}

/// `Kazuko`, `Kazuo`.
fn is_japanese_pair(female: &str, male: &str) -> bool {
    let stem = female.strip_suffix("ko").filter(|stem| stem.len() >= 3);
    stem.is_some() && stem == male.strip_suffix('o')
}

/// Two surnames that one family bears, that differ by a parent's name or are one in two cases: `Novák`, `Nováková`; `Stefánsson`,
/// `Stefánsdóttir`; `Virtanen`, `Virtasen`.
pub(super) fn is_surname_ending_pair(a: &str, b: &str) -> bool {
    const ENDINGS: &[(&str, &str)] = &[
        ("ska", "ski"),
        ("ska", "sky"),
        ("skaya", "sky"),
        ("skaya", "ski"),
        ("cka", "cki"),
        ("ova", "ov"),
        ("ova", ""),
        ("eva", "ev"),
        ("eva", ""),
        ("ina", "in"),
        ("sdottir", "sson"),
        ("sen", "nen"),
        ("sella", "nen"),
        ("selle", "nen"),
        ("selta", "nen"),
        ("opoulou", "opoulos"),
        ("iene", "as"),
        ("ова", "ов"),
        ("ева", "ев"),
        ("ина", "ин"),
        ("ская", "скии"),
    ];
    const SHORTEST_STEM: usize = 3;
    if a.as_bytes().first_chunk::<SHORTEST_STEM>() != b.as_bytes().first_chunk() {
        return false;
    }
    let differ = |a: &str, b: &str| {
        ENDINGS.iter().any(|(ending, other)| {
            let stems = a.strip_suffix(ending).zip(b.strip_suffix(other));
            stems.is_some_and(|(a, b)| a == b && a.len() >= SHORTEST_STEM)
        })
    };
    differ(a, b) || differ(b, a)
}

/// `Hiroki` and `Hiroko`, `Yuki` and `Yuka`: another vowel at the end makes another name, where a slip would rather fall
/// inside the word. `Sofia` and `Sofie` are one.
pub(super) fn differ_in_last_vowel(a: &str, b: &str) -> bool {
    let stem = |word: &str| word.strip_suffix(['a', 'e', 'i', 'o', 'u']).map(str::len);
    let (Some(len), Some(other)) = (stem(a), stem(b)) else { return false };
    a != b && len == other && len >= 2 && a.as_bytes()[..len] == b.as_bytes()[..len] && a.as_bytes()[len - 1] != b'i'
}
