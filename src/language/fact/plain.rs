//! A statement without mark-up: emphasis, links, comments and list marks are taken out, and every place can be found again
//! in the text as written.
use crate::text::{to_u32, without_extension};
use memchr::{memchr, memchr3};
use std::ops::Range;

/// The text of a statement as a reader sees it.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub text: String,
    /// Plain offset and source offset wherever the two drift apart; sorted. They begin in step.
    pub steps: Vec<(u32, u32)>,
    /// Links: where the name of the target stands in `text`.
    pub links: Vec<Range<usize>>,
    /// Whole text is struck through, or nothing but links.
    pub struck: bool,
    /// Where the links lead beyond what is read (addresses, parts of notes): two texts that differ in them are not equal.
    pub addresses: u64,
    /// Code whose signs say something: two texts that differ in it are not equal.
    pub code: u64,
    /// Signs that say something (`❌`, `↓`, `-5`, `<`): two texts that differ in them say different things.
    pub signs: u64,
}

impl Plain {
    /// Makes this `source` without its mark-up, in the room that is there.
    pub fn read(&mut self, source: &str) {
        self.text.clear();
        self.text.reserve(source.len());
        self.links.clear();
        self.steps.clear();
        (self.struck, self.addresses, self.code, self.signs) = (false, 0, 0, 0);
        let start = start_of_text(source);
        Stripper { source, at: start, plain: self, drift: 0 }.run();
        self.note_signs(&source[..start]);
    }

    /// Takes notice of the signs that say something, those of the marks before the text as well.
    fn note_signs(&mut self, marks: &str) {
        let Plain { text, signs, .. } = self;
        let mut note =
            |sign: char| *signs = signs.rotate_left(5) ^ super::vocabulary::hash(sign.encode_utf8(&mut [0; 4]));
        marks.chars().filter(|mark| is_telling(*mark)).for_each(&mut note);
        if text.is_ascii() && memchr3(b'-', b'<', b'>', text.as_bytes()).is_none() {
            return;
        }
        // All such signs that are not ASCII have three bytes or four.
        let may_begin = |byte: u8| matches!(byte, b'-' | b'<' | b'>' | 0xe2..);
        for (at, _) in text.bytes().enumerate().filter(|(_, byte)| may_begin(*byte)) {
            let (before, rest) = text.split_at(at);
            let Some(sign) = rest.chars().next() else { continue };
            if tells(before.chars().next_back().unwrap_or(' '), sign, &rest[sign.len_utf8()..]) {
                note(if sign == '−' { '-' } else { sign });
            }
        }
    }

    /// Takes the mark-up out of `source`.
    #[cfg(test)]
    pub fn new(source: &str) -> Plain {
        let mut plain = Plain::default();
        plain.read(source);
        plain
    }
}

/// Which bytes may be mark-up.
pub(super) const IS_MARKUP: [bool; 256] = {
    let (mut markup, mut at) = ([false; 256], 0);
    while at < 256 {
        markup[at] = matches!(at as u8, b'[' | b'!' | b'*' | b'`' | b'_' | b'=' | b'~' | b'%' | b'<' | b'^' | b'\\');
        at += 1;
    }
    markup
};

/// Which bytes a reader sees as they stand, whatever is around them.
const IS_PLAIN: [bool; 256] = {
    let (mut plain, mut at) = ([false; 256], 0);
    while at < 128 {
        let is_space = matches!(at as u8, b'\t'..=b'\r');
        plain[at] = !IS_MARKUP[at] && !is_space;
        at += 1;
    }
    plain
};

/// Tells whether a mark says something wherever it stands: that it is not so, goes up or down, or how many there are.
pub(super) fn is_telling(mark: char) -> bool {
    matches!(
        mark,
        '❌' | '✗' | '✘' | '✖' | '❎' | '🚫' | '⛔' | '👎' | '🔴' | '🟠' | '🟡' | '⚠' // not so, or not quite
            | '↑' | '↓' | '⬆' | '⬇' | '▲' | '▼' | '🔺' | '🔻' | '📈' | '📉' | '★' | '☆' | '⭐'
            | '\u{2200}'..='\u{220d}' | '\u{2227}'..='\u{222a}' | '\u{2282}'..='\u{228b}' // mathematics
            | '♯' | '♭' | '♮' | '♠' | '♣' | '♥' | '♦' | '♀' | '♂'
    )
}

/// Tells whether a sign of a text says something that no word of it says: such a mark, the minus of a number, or what is
/// less or more.
pub(super) fn tells(before: char, sign: char, rest: &str) -> bool {
    let next_is = |is: fn(char) -> bool| rest.starts_with(is);
    match sign {
        '-' | '−' => {
            !before.is_alphanumeric() && !matches!(before, '-' | '.' | ')') && next_is(|next| next.is_ascii_digit())
        }
        '<' | '>' => before.is_whitespace() && next_is(|next| next.is_whitespace() || next.is_ascii_digit()),
        '≤' | '≥' => true,
        _ => !sign.is_ascii() && is_telling(sign),
    }
}

/// Returns where the text begins: behind list marker, task box and the emoji or arrow that stands before the words.
pub(super) fn start_of_text(source: &str) -> usize {
    let is_text = match source.as_bytes() {
        [b'*', second, ..] => *second != b' ',
        [b'[', b'[', third, ..] => *third != b']',
        [b'`' | b'(' | b'"', ..] => true,
        [first, ..] => first.is_ascii_alphanumeric(),
        [] => true,
    };
    if is_text {
        return 0;
    }
    let mut rest = source.trim_start();
    for marker in ["- ", "* ", "+ "] {
        rest = rest.strip_prefix(marker).unwrap_or(rest);
    }
    if rest.starts_with('[') && rest.chars().nth(2) == Some(']') && rest.chars().nth(3).is_none_or(char::is_whitespace)
    {
        rest = rest.split_once(']').map(|x| x.1).unwrap_or_default();
    }
    let is_mark = |mark: char| !mark.is_alphanumeric() && !"[($€£¥\"'“‘~#@<*_=`!-+%".contains(mark);
    source.len() - rest.trim_start_matches(|mark: char| mark.is_whitespace() || is_mark(mark)).len()
}

struct Stripper<'a> {
    source: &'a str,
    at: usize,
    plain: &'a mut Plain,
    /// How far the source is ahead of the plain text.
    drift: usize,
}

impl Stripper<'_> {
    fn run(&mut self) {
        while self.at < self.source.len() {
            let rest = &self.source[self.at..];
            let plain_length = rest.bytes().take_while(|byte| IS_PLAIN[usize::from(*byte)]).count();
            if plain_length > 0 {
                self.keep(plain_length);
                continue;
            }
            if !self.markup(rest) {
                self.character(rest);
            }
        }
        let trimmed = self.plain.text.trim_end().len();
        self.plain.text.truncate(trimmed);
    }

    /// Takes mark-up at the front of `rest`; false if there is none.
    fn markup(&mut self, rest: &str) -> bool {
        match rest.as_bytes()[0] {
            b'[' if rest.starts_with("[[") => self.wikilink(rest),
            b'[' if rest.starts_with("[^") => self.footnote(rest),
            b'[' => self.markdown_link(rest),
            b'!' if rest.starts_with("![[") => {
                self.at += 1;
                true
            }
            b'`' => self.code(rest),
            b'*' => {
                self.at += 1;
                true
            }
            b'_' if self.at_word_edge() => {
                self.at += 1;
                true
            }
            b'=' if rest.starts_with("==") => {
                self.at += 2;
                true
            }
            b'~' if rest.starts_with("~~") => self.struck(rest),
            b'%' if rest.starts_with("%%") => self.enclosed(rest, "%%", "%%"),
            b'<' if rest.starts_with("<!--") => self.enclosed(rest, "<!--", "-->"),
            b'<' => self.tag(rest),
            b'^' => self.block_id(rest),
            b'\\' => {
                self.at += 1;
                true
            }
            _ => false,
        }
    }

    fn at_word_edge(&self) -> bool {
        let is_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
        !(is_word(self.source[..self.at].chars().next_back()) && is_word(self.source[self.at + 1..].chars().next()))
    }

    /// `[[folder/Target.md#part|display]]` reads as `Target`: what is named counts, not how it is shown.
    fn wikilink(&mut self, rest: &str) -> bool {
        let Some(end) = find_pair(rest, *b"]]") else { return false };
        let target = &rest[2..end];
        let name_end = target.bytes().position(|byte| matches!(byte, b'|' | b'#' | b'\\')).unwrap_or(target.len());
        let folder = target.as_bytes()[..name_end].iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1);
        let name = target[folder..name_end].trim_end();
        let name = without_extension(name);
        if name.is_empty() {
            self.note_address(target);
        } else if name_end < target.len()
            && let Some(part) = memchr(b'#', target.as_bytes())
        {
            self.note_address(&target[part..target.find(['|', '\\']).unwrap_or(target.len()).max(part)]);
        }
        self.at += 2 + folder;
        let from = self.plain.text.len();
        self.keep_letters(name.len());
        self.plain.links.push(from..self.plain.text.len());
        self.at += end - folder - name.len();
        true
    }

    /// `[^1]` leads to a note below, and is no number of the text.
    fn footnote(&mut self, rest: &str) -> bool {
        let Some(end) = memchr(b']', rest.as_bytes()).filter(|end| !rest[1..*end].contains([' ', '['])) else {
            return false;
        };
        self.note_address(&rest[..end]);
        self.at += end + 1;
        true
    }

    /// `[text](address)` reads as its text.
    fn markdown_link(&mut self, rest: &str) -> bool {
        let Some(middle) = find_pair(rest, *b"](") else { return false };
        let Some(length) = memchr(b')', &rest.as_bytes()[middle + 2..]) else { return false };
        if rest.as_bytes()[1..middle].iter().any(|byte| matches!(byte, b'[' | b']')) {
            return false;
        }
        let address = &rest[middle + 2..middle + 2 + length];
        self.note_address(address);
        self.at += 1;
        self.keep_letters(middle - 1);
        self.at += length + 3;
        true
    }

    fn note_address(&mut self, address: &str) {
        self.plain.addresses = self.plain.addresses.rotate_left(5) ^ super::vocabulary::hash(address);
    }

    /// Code is kept as written. Its signs say something even where those of prose do not.
    fn code(&mut self, rest: &str) -> bool {
        let marks = rest.bytes().take_while(|byte| *byte == b'`').count();
        let length = match marks {
            1 => memchr(b'`', &rest.as_bytes()[1..]),
            _ => rest[marks..].find(&rest[..marks]),
        };
        self.at += marks;
        let Some(length) = length else { return true };
        let inside = &rest[marks..marks + length];
        let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '.' | ',' | '_' | '-' | '/');
        if !inside.chars().all(is_plain) || inside.starts_with('-') || find_pair(inside, *b" -").is_some() {
            self.plain.code = self.plain.code.rotate_left(5) ^ super::vocabulary::hash(inside);
        }
        self.keep_letters(length);
        self.at += marks;
        true
    }

    fn struck(&mut self, rest: &str) -> bool {
        let Some(length) = rest[2..].find("~~") else { return false };
        self.at += length + 4;
        let has_words = |text: &str| text.chars().any(char::is_alphanumeric);
        self.plain.struck |= !has_words(&self.plain.text) && !has_words(&self.source[self.at..]);
        true
    }

    fn enclosed(&mut self, rest: &str, open: &str, close: &str) -> bool {
        let Some(length) = rest[open.len()..].find(close) else { return false };
        self.at += open.len() + length + close.len();
        true
    }

    fn tag(&mut self, rest: &str) -> bool {
        let is_tag = rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        match rest.find('>').filter(|_| is_tag) {
            Some(end) => {
                self.at += end + 1;
                true
            }
            None => false,
        }
    }

    /// `^id` at the end of the text.
    fn block_id(&mut self, rest: &str) -> bool {
        let is_id = rest[1..].trim_end().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_id {
            self.at += rest.len();
        }
        is_id
    }

    /// Keeps one character; typographic quotes become plain ones, any white space a space.
    fn character(&mut self, rest: &str) {
        let Some(letter) = rest.chars().next() else { return };
        let plain = match letter {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' => '"',
            letter if letter.is_whitespace() => ' ',
            letter => letter,
        };
        self.step();
        self.plain.text.push(plain);
        self.at += letter.len_utf8();
    }

    /// Keeps `length` bytes as written.
    fn keep(&mut self, length: usize) {
        self.step();
        self.plain.text.push_str(&self.source[self.at..self.at + length]);
        self.at += length;
    }

    fn step(&mut self) {
        let drift = self.at - self.plain.text.len();
        if drift != self.drift {
            self.plain.steps.push((to_u32(self.plain.text.len()), to_u32(self.at)));
            self.drift = drift;
        }
    }

    /// Keeps `length` bytes, letter by letter, without looking for mark-up.
    fn keep_letters(&mut self, length: usize) {
        let end = self.at + length;
        while self.at < end {
            let rest = &self.source[self.at..end];
            match rest.bytes().take_while(|byte| matches!(byte, b' '..=b'~')).count() {
                0 => self.character(rest),
                printed => self.keep(printed),
            }
        }
    }
}

/// Finds two signs of ASCII side by side.
fn find_pair(text: &str, pair: [u8; 2]) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += memchr(pair[0], &bytes[at..])?;
        if *bytes.get(at + 1)? == pair[1] {
            return Some(at);
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_seen() {
        for (source, plain) in [
            ("- [x] ✅ **Bold** and ==marked==", "Bold and marked"),
            ("[[People/Ada Lovelace|she]] wrote `code`", "Ada Lovelace wrote code"),
            ("see [the docs](https://a.b/c) now", "see the docs now"),
            ("Ada’s plan %%hidden%% ^id-1", "Ada's plan"),
            ("snake_case and _slanted_", "snake_case and slanted"),
            ("~~gone~~ stays", "stays"),
            ("a [stray bracket", "a [stray bracket"),
            ("![[Map#North]]", "Map"),
            ("rebuilt in 1348[^1], they say[^note].", "rebuilt in 1348, they say."),
        ] {
            assert_eq!(Plain::new(source).text.trim(), plain, "{source}");
        }
        assert!(Plain::new("~~all of it~~.").struck);
    }

    /// What is kept in one piece is what would be kept sign by sign.
    #[test]
    fn plain_signs_stand_as_they_are() {
        for sign in (0..128).map(|byte: u8| byte as char).filter(|sign| IS_PLAIN[*sign as usize]) {
            let source = format!("a{sign}b");
            let mut plain = Plain::default();
            let mut by_sign = Stripper { source: &source, at: 0, plain: &mut plain, drift: 0 };
            assert!(sign.is_alphanumeric() || !by_sign.markup(&format!("{sign}b")), "{sign:?}");
            source.char_indices().for_each(|(at, _)| by_sign.character(&source[at..]));
            assert_eq!(Plain::new(&source).text, plain.text, "{sign:?}");
        }
    }
}
