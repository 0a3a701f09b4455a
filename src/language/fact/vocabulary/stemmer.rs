//! The stem of an English word: Porter2 (<https://snowballstem.org/algorithms/english/stemmer.html>), on the bytes of the
//! word. The names of the steps are those of its description.

/// Words that are what they seem to be another's form of, and their stems.
const IRREGULAR: [(&str, &str); 18] = [
    ("skis", "ski"),
    ("skies", "sky"),
    ("dying", "die"),
    ("lying", "lie"),
    ("tying", "tie"),
    ("idly", "idl"),
    ("gently", "gentl"),
    ("ugly", "ugli"),
    ("early", "earli"),
    ("only", "onli"),
    ("singly", "singl"),
    ("sky", "sky"),
    ("news", "news"),
    ("howe", "howe"),
    ("atlas", "atlas"),
    ("cosmos", "cosmos"),
    ("bias", "bias"),
    ("andes", "andes"),
];

/// Words that end with step 1a.
const WHOLE: [&[u8]; 8] = [b"inning", b"outing", b"canning", b"herring", b"earring", b"proceed", b"exceed", b"succeed"];

/// An ending and what takes its place; an ending stands before those that end it.
type Endings = [(&'static [u8], &'static [u8])];

const STEP_2: &Endings = &[
    (b"ization", b"ize"),
    (b"ational", b"ate"),
    (b"fulness", b"ful"),
    (b"ousness", b"ous"),
    (b"iveness", b"ive"),
    (b"tional", b"tion"),
    (b"biliti", b"ble"),
    (b"lessli", b"less"),
    (b"entli", b"ent"),
    (b"ation", b"ate"),
    (b"alism", b"al"),
    (b"aliti", b"al"),
    (b"ousli", b"ous"),
    (b"iviti", b"ive"),
    (b"fulli", b"ful"),
    (b"enci", b"ence"),
    (b"anci", b"ance"),
    (b"abli", b"able"),
    (b"izer", b"ize"),
    (b"ator", b"ate"),
    (b"alli", b"al"),
    (b"bli", b"ble"),
    (b"ogi", b"og"),
    (b"li", b""),
];

const STEP_3: &Endings = &[
    (b"ational", b"ate"),
    (b"tional", b"tion"),
    (b"alize", b"al"),
    (b"icate", b"ic"),
    (b"iciti", b"ic"),
    (b"ative", b""),
    (b"ical", b"ic"),
    (b"ness", b""),
    (b"ful", b""),
];

const STEP_4: &Endings = &[
    (b"ement", b""),
    (b"ance", b""),
    (b"ence", b""),
    (b"able", b""),
    (b"ible", b""),
    (b"ment", b""),
    (b"ant", b""),
    (b"ent", b""),
    (b"ism", b""),
    (b"ate", b""),
    (b"iti", b""),
    (b"ous", b""),
    (b"ive", b""),
    (b"ize", b""),
    (b"ion", b""),
    (b"al", b""),
    (b"er", b""),
    (b"ic", b""),
];

/// Returns the stem of a word in lower case, all ASCII.
pub(super) fn stem(word: &str) -> Vec<u8> {
    if let Some((_, stem)) = IRREGULAR.iter().find(|(known, _)| *known == word) {
        return stem.as_bytes().to_vec();
    }
    if word.len() < 3 {
        return word.as_bytes().to_vec();
    }
    let mut word = Word::new(word.as_bytes());
    word.step_1a();
    if !WHOLE.contains(&word.letters.as_slice()) {
        word.step_1b();
        word.step_1c();
        word.step_2();
        word.step_3();
        word.step_4();
        word.step_5();
    }
    word.letters.iter_mut().for_each(|letter| *letter = letter.to_ascii_lowercase());
    word.letters
}

struct Word {
    /// A `y` that is no vowel is `Y`.
    letters: Vec<u8>,
    r1: usize,
    r2: usize,
}

fn is_vowel(letter: &u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Returns where the region behind the first vowel and the first other letter behind it begins.
fn region(letters: &[u8], start: usize) -> usize {
    let vowel = letters[start..].iter().position(is_vowel).map_or(letters.len(), |ahead| start + ahead);
    letters[vowel..].iter().position(|letter| !is_vowel(letter)).map_or(letters.len(), |ahead| vowel + ahead + 1)
}

impl Word {
    fn new(word: &[u8]) -> Word {
        let mut letters = word.strip_prefix(b"'").unwrap_or(word).to_vec();
        for at in 0..letters.len() {
            if letters[at] == b'y' && at.checked_sub(1).is_none_or(|before| is_vowel(&letters[before])) {
                letters[at] = b'Y';
            }
        }
        let known = [&b"gener"[..], b"commun", b"arsen"].into_iter().find(|known| letters.starts_with(known));
        let r1 = known.map_or_else(|| region(&letters, 0), |known| known.len());
        let r2 = region(&letters, r1);
        Word { letters, r1, r2 }
    }

    /// Returns where the ending of the table begins that the word has, and what takes its place.
    fn ending(&self, endings: &Endings) -> Option<(usize, &'static [u8], &'static [u8])> {
        let letters = self.letters.as_slice();
        let (ending, replacement) =
            endings.iter().find(|(ending, _)| ending.last() == letters.last() && letters.ends_with(ending))?;
        Some((letters.len() - ending.len(), *ending, *replacement))
    }

    fn replace(&mut self, start: usize, replacement: &[u8]) {
        self.letters.truncate(start);
        self.letters.extend_from_slice(replacement);
    }

    /// The letters before `end` end in a short syllable.
    fn is_short(&self, end: usize) -> bool {
        match &self.letters[..end] {
            [first, last] => is_vowel(first) && !is_vowel(last),
            [.., before, vowel, last] => {
                !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !matches!(last, b'w' | b'x' | b'Y')
            }
            _ => false,
        }
    }

    /// Takes `'s` and the `s` of a plural off.
    fn step_1a(&mut self) {
        let letters = self.letters.as_slice();
        let owner = [&b"'s'"[..], b"'s", b"'"].into_iter().find(|ending| letters.ends_with(ending));
        let letters = &letters[..letters.len() - owner.map_or(0, <[u8]>::len)];
        let end = letters.len();
        let cut = match letters {
            [.., b's', b's', b'e', b's'] => 2,
            [_, _, .., b'i', b'e', b'd' | b's'] if end >= 5 => 2,
            [.., b'i', b'e', b'd' | b's'] => 1,
            [.., b'u' | b's', b's'] => 0,
            [before @ .., _, b's'] if before.iter().any(is_vowel) => 1,
            _ => 0,
        };
        self.letters.truncate(end - cut);
    }

    /// Takes `ed` and `ing` off.
    fn step_1b(&mut self) {
        const ENDINGS: &Endings =
            &[(b"eedly", b"ee"), (b"ingly", b""), (b"edly", b""), (b"eed", b"ee"), (b"ing", b""), (b"ed", b"")];
        let Some((start, _, replacement)) = self.ending(ENDINGS) else { return };
        if !replacement.is_empty() {
            if start >= self.r1 {
                self.replace(start, replacement);
            }
            return;
        }
        if !self.letters[..start].iter().any(is_vowel) {
            return;
        }
        self.letters.truncate(start);
        match self.letters[..] {
            [.., b'a', b't'] | [.., b'b', b'l'] | [.., b'i', b'z'] => self.letters.push(b'e'),
            [.., one, another]
                if one == another && matches!(one, b'b' | b'd' | b'f' | b'g' | b'm' | b'n' | b'p' | b'r' | b't') =>
            {
                self.letters.truncate(start - 1);
            }
            _ if start == self.r1 && self.is_short(start) => self.letters.push(b'e'),
            _ => {}
        }
    }

    fn step_1c(&mut self) {
        if let [_, .., before, last @ (b'y' | b'Y')] = self.letters.as_mut_slice()
            && !is_vowel(before)
        {
            *last = b'i';
        }
    }

    fn step_2(&mut self) {
        let Some((start, ending, replacement)) = self.ending(STEP_2).filter(|found| found.0 >= self.r1) else { return };
        let before = self.letters[..start].last();
        let may_go = match ending {
            b"ogi" => before == Some(&b'l'),
            b"li" => before.is_some_and(|before| b"cdeghkmnrt".contains(before)),
            _ => true,
        };
        if may_go {
            self.replace(start, replacement);
        }
    }

    fn step_3(&mut self) {
        let Some((start, ending, replacement)) = self.ending(STEP_3).filter(|found| found.0 >= self.r1) else { return };
        if ending != b"ative" || start >= self.r2 {
            self.replace(start, replacement);
        }
    }

    fn step_4(&mut self) {
        let Some((start, ending, _)) = self.ending(STEP_4).filter(|found| found.0 >= self.r2) else { return };
        if ending != b"ion" || matches!(self.letters[..start].last(), Some(b's' | b't')) {
            self.letters.truncate(start);
        }
    }

    /// Takes the last `e` off, or the last of two `l`.
    fn step_5(&mut self) {
        let Some(start) = self.letters.len().checked_sub(1) else { return };
        let goes = match self.letters[..] {
            [.., b'e'] => start >= self.r2 || start >= self.r1 && !self.is_short(start),
            [.., b'l', b'l'] => start >= self.r2,
            _ => false,
        };
        if goes {
            self.letters.truncate(start);
        }
    }
}

#[cfg(test)]
mod tests {
    use rust_stemmers::{Algorithm, Stemmer};

    fn check(stemmer: &Stemmer, word: &str) {
        assert_eq!(String::from_utf8(super::stem(word)).as_deref(), Ok(&*stemmer.stem(word)), "{word}");
    }

    /// The words of the tables and pages, as they stand and with every ending of the language behind them.
    #[test]
    fn stems_as_snowball_does() {
        const ENDINGS: [&str; 64] = [
            "", "s", "es", "ies", "ied", "sses", "us", "ss", "'s", "'", "'s'", "eed", "eedly", "ed", "edly", "ing",
            "ingly", "ating", "bling", "izing", "tting", "y", "ily", "ization", "ational", "fulness", "ousness",
            "iveness", "tional", "bility", "lessly", "ently", "ation", "alism", "ality", "ously", "ivity", "fully",
            "ency", "ancy", "ably", "izer", "ator", "ally", "bly", "logy", "ly", "alize", "icate", "icity", "ative",
            "ical", "ness", "ful", "ement", "ance", "able", "ment", "ant", "ism", "sion", "er", "e", "ll",
        ];
        let stemmer = Stemmer::create(Algorithm::English);
        let texts = [
            include_str!("../../words/synonyms.tsv"),
            include_str!("../../words/function-words.tsv"),
            include_str!("../../../../rules/contradictory-fact.md"),
            include_str!("../../../../README.md"),
        ];
        let mut words: Vec<String> = texts
            .iter()
            .flat_map(|text| text.split(|letter: char| !letter.is_ascii_alphabetic() && letter != '\''))
            .map(str::to_ascii_lowercase)
            .collect();
        words.sort_unstable();
        words.dedup();
        for word in &words {
            ENDINGS.iter().for_each(|ending| check(&stemmer, &format!("{word}{ending}")));
        }
        super::IRREGULAR.iter().for_each(|(word, _)| check(&stemmer, word));
        for word in super::WHOLE {
            ["", "s", "ly"].iter().for_each(|ending| check(&stemmer, &format!("{}{ending}", word.escape_ascii())));
        }
    }

    #[test]
    fn stems_letters_at_random_as_snowball_does() {
        let stemmer = Stemmer::create(Algorithm::English);
        let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
        let mut next = |most: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as usize % most
        };
        for _ in 0..100_000 {
            let length = next(9);
            let word: String = (0..length).map(|_| char::from(b"aeiouyylsngedt'bcm&."[next(20)])).collect();
            check(&stemmer, &word);
        }
    }
}
