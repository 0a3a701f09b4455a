//! A statement without mark-up: emphasis, links, comments and list marks are taken out, and every place can be found again
//! in the text as written.
use std::ops::Range;

/// The text of a statement as a reader sees it, and where each piece of it stands in the source.
#[derive(Debug, Default)]
pub(super) struct Plain {
    pub text: String,
    /// Plain offset and source offset wherever the two stop running in step; sorted.
    steps: Vec<(u32, u32)>,
    /// Links: where the name of the target stands in `text`.
    pub links: Vec<Range<usize>>,
    /// Whole text is struck through, or nothing but links.
    pub struck: bool,
    /// Where the links lead beyond what is read (addresses, parts of notes): two texts that differ in them are not equal.
    pub addresses: u64,
    /// Code with signs that say something: two texts that differ in it say different things.
    pub code: u64,
}

impl Plain {
    /// Takes the mark-up out of `source`.
    pub fn new(source: &str) -> Plain {
        let plain = Plain { text: String::with_capacity(source.len()), ..Plain::default() };
        let mut stripper = Stripper { source, at: 0, plain, in_step: false };
        stripper.at = start_of_text(source);
        stripper.run();
        stripper.plain
    }

    /// Returns the source bytes of a piece of the plain text.
    pub fn source(&self, source: &str, piece: Range<usize>) -> Range<usize> {
        if let [(plain, start)] = self.steps[..] {
            // Nothing was taken out of the middle.
            let moved = start as usize - plain as usize;
            return piece.start + moved..piece.end + moved;
        }
        let start = self.place(piece.start);
        let last = self.text[piece.clone()].chars().next_back().map_or(piece.end, |last| piece.end - last.len_utf8());
        let last = self.place(last);
        let end = last + source.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..end.max(start)
    }

    fn place(&self, offset: usize) -> usize {
        let index = self.steps.partition_point(|step| step.0 as usize <= offset);
        let (plain, source) = index.checked_sub(1).map_or((0, 0), |index| self.steps[index]);
        source as usize + (offset - plain as usize)
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

/// Returns where the text begins: behind list marker, task box and the emoji or arrow that stands before the words.
pub(super) fn start_of_text(source: &str) -> usize {
    if source.starts_with(|first: char| first.is_ascii_alphanumeric()) {
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
    plain: Plain,
    /// The next byte of the source goes to the next byte of the plain text without a new step.
    in_step: bool,
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
            b'[' => self.markdown_link(rest),
            b'!' if rest.starts_with("![[") => {
                self.skip(1);
                true
            }
            b'`' => self.code(rest),
            b'*' => {
                self.skip(1);
                true
            }
            b'_' if self.at_word_edge() => {
                self.skip(1);
                true
            }
            b'=' if rest.starts_with("==") => {
                self.skip(2);
                true
            }
            b'~' if rest.starts_with("~~") => self.struck(rest),
            b'%' if rest.starts_with("%%") => self.enclosed(rest, "%%", "%%"),
            b'<' if rest.starts_with("<!--") => self.enclosed(rest, "<!--", "-->"),
            b'<' => self.tag(rest),
            b'^' => self.block_id(rest),
            b'\\' => {
                self.skip(1);
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
        let Some(end) = rest.find("]]") else { return false };
        let target = &rest[2..end];
        let name = &target[..target.find(['|', '#', '\\']).unwrap_or(target.len())];
        let start = 2 + name.rfind('/').map_or(0, |slash| slash + 1);
        let name = rest[start..2 + name.len()].trim_end();
        let name = name.strip_suffix(".md").unwrap_or(name);
        if name.is_empty() {
            self.note_address(target);
        } else if let Some(part) = target.find('#') {
            self.note_address(&target[part..target.find(['|', '\\']).unwrap_or(target.len()).max(part)]);
        }
        self.skip(start);
        let from = self.plain.text.len();
        self.keep_letters(name.len());
        self.plain.links.push(from..self.plain.text.len());
        self.skip(end + 2 - start - name.len());
        true
    }

    /// `[text](address)` reads as its text.
    fn markdown_link(&mut self, rest: &str) -> bool {
        let Some(middle) = rest.find("](") else { return false };
        let Some(length) = rest[middle + 2..].find(')') else { return false };
        if rest[1..middle].contains(['[', ']']) {
            return false;
        }
        let address = &rest[middle + 2..middle + 2 + length];
        self.note_address(address);
        self.skip(1);
        self.keep_letters(middle - 1);
        self.skip(length + 3);
        true
    }

    fn note_address(&mut self, address: &str) {
        self.plain.addresses = self.plain.addresses.rotate_left(5) ^ super::vocabulary::hash(address);
    }

    /// Code is kept as written. Its signs say something even where those of prose do not.
    fn code(&mut self, rest: &str) -> bool {
        let marks = rest.len() - rest.trim_start_matches('`').len();
        let inside = rest[marks..].find(&rest[..marks]).map(|length| &rest[marks..marks + length]);
        self.skip(marks);
        let Some(inside) = inside else { return true };
        let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '.' | ',' | '_' | '-' | '/');
        if !inside.chars().all(is_plain) || inside.starts_with('-') || inside.contains(" -") {
            self.plain.code = self.plain.code.rotate_left(5) ^ super::vocabulary::hash(inside);
        }
        self.keep_letters(inside.len());
        self.skip(marks);
        true
    }

    fn struck(&mut self, rest: &str) -> bool {
        let Some(length) = rest[2..].find("~~") else { return false };
        self.skip(length + 4);
        let has_words = |text: &str| text.chars().any(char::is_alphanumeric);
        self.plain.struck |= !has_words(&self.plain.text) && !has_words(&self.source[self.at..]);
        true
    }

    fn enclosed(&mut self, rest: &str, open: &str, close: &str) -> bool {
        let Some(length) = rest[open.len()..].find(close) else { return false };
        self.skip(open.len() + length + close.len());
        true
    }

    fn tag(&mut self, rest: &str) -> bool {
        let is_tag = rest[1..].starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '/');
        match rest.find('>').filter(|_| is_tag) {
            Some(end) => {
                self.skip(end + 1);
                true
            }
            None => false,
        }
    }

    /// `^id` at the end of the text.
    fn block_id(&mut self, rest: &str) -> bool {
        let is_id = rest[1..].trim_end().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_id {
            self.skip(rest.len());
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
        if plain.len_utf8() == letter.len_utf8() {
            self.step();
            self.plain.text.push(plain);
            self.at += letter.len_utf8();
            return;
        }
        self.in_step = false;
        self.step();
        self.plain.text.push(plain);
        self.at += letter.len_utf8();
        self.in_step = false;
    }

    /// Keeps `length` bytes as written.
    fn keep(&mut self, length: usize) {
        self.step();
        self.plain.text.push_str(&self.source[self.at..self.at + length]);
        self.at += length;
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

    fn skip(&mut self, length: usize) {
        self.at += length;
        self.in_step = false;
    }

    fn step(&mut self) {
        if !self.in_step {
            self.plain.steps.push((crate::text::to_u32(self.plain.text.len()), crate::text::to_u32(self.at)));
            self.in_step = true;
        }
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
            let mut by_sign = Stripper { source: &source, at: 0, plain: Plain::default(), in_step: false };
            assert!(sign.is_alphanumeric() || !by_sign.markup(&format!("{sign}b")), "{sign:?}");
            source.char_indices().for_each(|(at, _)| by_sign.character(&source[at..]));
            assert_eq!(Plain::new(&source).text, by_sign.plain.text, "{sign:?}");
        }
    }

    #[test]
    fn places_lead_back_to_the_source() {
        let source = "- **Ada’s** [[x/Engine|machine]] works";
        let plain = Plain::new(source);
        for word in ["Ada", "Engine", "works"] {
            let start = plain.text.find(word).expect("the word is there");
            assert_eq!(&source[plain.source(source, start..start + word.len())], word);
        }
    }
}
