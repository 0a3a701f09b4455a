//! Places in a text, pieces of text that outlive it, paths inside a vault, the nearest of several words, and
//! what is remembered of texts that come again.

use std::cell::RefCell;
use std::fmt;

use rustc_hash::FxHashMap;

mod bytes;

pub(crate) use bytes::{SMALL, hash_small, letters_in_front, next_byte};

/// A half-open range of bytes of one text. A text over 4 GiB is refused before a span of it is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// Returns the span from byte `start` to byte `end`; both must fit 32 bits.
    pub fn new(start: usize, end: usize) -> Span {
        debug_assert!(start <= end);
        Span { start: to_u32(start), end: to_u32(end) }
    }

    /// Returns the empty span at `offset`.
    pub fn at(offset: usize) -> Span {
        Span::new(offset, offset)
    }

    /// Returns the marked piece of `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Returns the span as a range of indices.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Tells whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether `offset` lies inside.
    pub fn contains(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Tells whether `other` lies wholly inside.
    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Tells whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the span moved `by` bytes towards the end.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start as usize + by, self.end as usize + by)
    }
}

/// Converts a length or offset; texts over 4 GiB are refused at reading, so this holds for every parsed text.
pub fn to_u32(value: usize) -> u32 {
    u32::try_from(value).expect("a text over 4 GiB is refused when it is read")
}

/// A piece of the string pool of an outline; resolve it with the outline it came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Str {
    start: u32,
    len: u32,
}

impl Str {
    /// Returns the piece of `len` bytes that begins at `start` in the pool.
    pub fn at(start: u32, len: usize) -> Str {
        Str { start, len: to_u32(len) }
    }

    /// Returns where the piece begins in the pool.
    pub fn start(self) -> u32 {
        self.start
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Tells whether the piece has no byte.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Returns the piece of `pool`.
    pub fn of(self, pool: &str) -> &str {
        &pool[self.start as usize..(self.start + self.len) as usize]
    }
}

/// Collects the strings that an outline keeps; `take` gives the pool that [`Str`] points into.
#[derive(Default)]
pub struct Strings {
    pool: String,
}

impl Strings {
    /// Adds a string and returns its place; the empty string takes no room.
    pub fn add(&mut self, text: &str) -> Str {
        if text.is_empty() {
            return Str::default();
        }
        let start = to_u32(self.pool.len());
        self.pool.push_str(text);
        Str { start, len: to_u32(text.len()) }
    }

    /// Returns a string that was added.
    pub fn get(&self, piece: Str) -> &str {
        piece.of(&self.pool)
    }

    /// Returns the pool, in room of its size, and empties it.
    pub fn take(&mut self) -> Box<str> {
        let taken = self.pool.as_str().into();
        self.pool.clear();
        taken
    }

    /// Drops what was added; the room stays.
    pub fn clear(&mut self) {
        self.pool.clear();
    }
}

/// Byte offsets of the starts of lines. `\n`, `\r\n` and a lone `\r` end a line.
pub struct LineIndex {
    starts: Vec<u32>,
}

/// A place as people count: line and column from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: u32,
    pub column: u32,
}

impl LineIndex {
    /// Scans `text` once.
    pub fn new(text: &str) -> LineIndex {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
        LineIndex { starts: std::iter::once(0).chain(ends.map(|end| to_u32(end + 1))).collect() }
    }

    /// Returns the number of the line that holds `offset`, from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    /// Returns how many lines there are; a text that ends in a line ending has an empty last line.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Tells whether there is no line; never so, an empty text has one.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Returns the bytes of line `line` (from 0) of `text` without its ending.
    pub fn span(&self, line: usize, text: &str) -> Span {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(text.len(), |next| *next as usize);
        let content = text[start..end].trim_end_matches(['\n', '\r']);
        Span::new(start, start + content.len())
    }

    /// Returns line and column of `offset`; a byte order mark takes no column.
    pub fn position(&self, offset: u32, text: &str) -> Position {
        let line = self.line(offset);
        let before = &text[self.starts[line] as usize..offset as usize];
        let before = if line == 0 { before.strip_prefix('\u{feff}').unwrap_or(before) } else { before };
        Position { line: to_u32(line + 1), column: to_u32(before.chars().count() + 1) }
    }
}

/// Returns where the line ends that goes on at `start`, and where the next one begins: behind `\n`, `\r\n` or a lone `\r`, or
/// at the end of the text too.
#[inline]
pub fn line_end(text: &[u8], start: usize) -> (usize, usize) {
    let end = memchr::memchr2(b'\n', b'\r', &text[start..]).map_or(text.len(), |at| start + at);
    let ending = if text[end..].starts_with(b"\r\n") { 2 } else { usize::from(end < text.len()) };
    (end, end + ending)
}

/// Returns the lines of a text with their endings.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    std::iter::from_fn(move || {
        let (_, next) = line_end(text.as_bytes(), start);
        let line = &text[start..next];
        start = next;
        (!line.is_empty()).then_some(line)
    })
}

/// The path of a file inside a vault: relative, with `/`, in Unicode form NFC.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VaultPath {
    text: std::sync::Arc<str>,
    /// Where the last component begins, in bytes.
    name: u32,
    /// Where its stem ends. Both are asked again and again.
    stem_end: u32,
}

impl VaultPath {
    /// Wraps a relative path; the caller has brought it to NFC and to `/`.
    pub fn new(path: &str) -> VaultPath {
        let name = memchr::memrchr(b'/', path.as_bytes()).map_or(0, |slash| slash + 1);
        let stem_end = memchr::memrchr(b'.', &path.as_bytes()[name..]).map_or(path.len(), |dot| name + dot);
        VaultPath { text: path.into(), name: to_u32(name), stem_end: to_u32(stem_end) }
    }

    /// Returns the path as text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the last component: `a/b.md` gives `b.md`.
    pub fn file_name(&self) -> &str {
        &self.text[self.name as usize..]
    }

    /// Returns the file name without its extension: `a/v1.2.md` gives `v1.2`.
    pub fn stem(&self) -> &str {
        &self.text[self.name as usize..self.stem_end as usize]
    }

    /// Returns the folder without a slash at its end; empty at the root.
    pub fn folder(&self) -> &str {
        &self.text[..(self.name as usize).saturating_sub(1)]
    }

    /// Returns the extension as written, without the dot; empty if there is none.
    pub fn extension(&self) -> &str {
        self.text.get(self.stem_end as usize + 1..).unwrap_or_default()
    }

    /// Tells whether the file is a Markdown note.
    pub fn is_note(&self) -> bool {
        self.extension().eq_ignore_ascii_case("md")
    }

    /// Tells whether the file is read: a note or a canvas.
    pub fn is_source(&self) -> bool {
        self.is_note() || self.is_canvas()
    }

    /// Tells whether the file is a canvas.
    pub fn is_canvas(&self) -> bool {
        self.extension().eq_ignore_ascii_case("canvas")
    }
}

/// What was made of texts that come again and again, such as the names of properties; the first `MOST` of them are kept.
pub struct Memo<T, const MOST: usize = 1024> {
    known: RefCell<FxHashMap<Box<str>, T>>,
}

impl<T, const MOST: usize> Default for Memo<T, MOST> {
    fn default() -> Memo<T, MOST> {
        Memo { known: RefCell::default() }
    }
}

impl<T: Clone, const MOST: usize> Memo<T, MOST> {
    /// Returns what `make` makes of a text.
    pub fn get(&self, text: &str, make: impl FnOnce() -> T) -> T {
        if let Some(known) = self.known.borrow().get(text) {
            return known.clone();
        }
        let made = make();
        let mut known = self.known.borrow_mut();
        if known.len() < MOST {
            known.insert(text.into(), made.clone());
        }
        made
    }
}

/// Returns what stands behind the last `/` of a path or of a link's target. Every link is asked, and this is quicker than
/// `rsplit`.
pub fn last_component(path: &str) -> &str {
    memchr::memrchr(b'/', path.as_bytes()).map_or(path, |slash| &path[slash + 1..])
}

/// Returns the words of a text: its runs of letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Tells whether each of two lists has something that the other lacks.
pub fn each_lacks_one<T: PartialEq>(one: &[T], another: &[T]) -> bool {
    let lacks = |own: &[T], other: &[T]| other.iter().any(|item| !own.contains(item));
    lacks(one, another) && lacks(another, one)
}

/// Returns a link's target without `.md`, which need not be written.
pub fn without_extension(target: &str) -> &str {
    target.strip_suffix(".md").unwrap_or(target)
}

impl fmt::Display for VaultPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// A file of the vault: a note, a canvas or an attachment, numbered in the order of the paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

impl FileId {
    /// Returns the number as an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Returns how many letters must be put in, taken out, changed or swapped with their neighbour to make one text the other.
pub fn edit_distance(a: &str, b: &str) -> usize {
    strsim::damerau_levenshtein(a, b)
}

/// Returns the word of `words` nearest to `wanted`, if it is near enough to be a slip of the hand (Damerau-Levenshtein,
/// one edit in three characters at most).
pub fn closest<'a>(wanted: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wanted.chars().count() / 3).max(1);
    words
        .into_iter()
        .map(|word| (strsim::damerau_levenshtein(wanted, word), word))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, word)| word)
}

/// Draws numbers below a bound for tests: the same ones each time, by a linear congruence (Knuth's MMIX).
#[cfg(test)]
pub(crate) fn random_below() -> impl FnMut(usize) -> usize {
    let mut seed = 0x9E37_79B9_7F4A_7C15_u64;
    move |bound| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % bound
    }
}

/// Puts so many pieces together at random, some of them apart.
#[cfg(test)]
pub(crate) fn random_text(next: &mut impl FnMut(usize) -> usize, pieces: &[&str], count: usize) -> String {
    (0..count).map(|_| [pieces[next(pieces.len())], ["", " "][next(2)]].concat()).collect()
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, VaultPath, lines};

    #[test]
    fn a_path_is_taken_apart() {
        let parts = |path: &str| {
            let path = VaultPath::new(path);
            [path.folder(), path.file_name(), path.stem(), path.extension()].map(str::to_owned)
        };
        assert_eq!(parts("a/b.c/v1.2.md"), ["a/b.c", "v1.2.md", "v1.2", "md"]);
        assert_eq!(parts("Ada.MD"), ["", "Ada.MD", "Ada", "MD"]);
        assert_eq!(parts("a.b/LICENSE"), ["a.b", "LICENSE", "LICENSE", ""]);
        assert_eq!(parts("a/.hidden"), ["a", ".hidden", "", "hidden"]);
        assert_eq!(parts("Zoë./é."), ["Zoë.", "é.", "é", ""]);
        assert_eq!(parts(""), ["", "", "", ""]);
    }

    #[test]
    fn every_line_ending_ends_one_line() {
        let starts = |text: &str| LineIndex::new(text).starts;
        assert_eq!(starts("a\nb\r\nc\rd\r"), [0, 2, 5, 7, 9]);
        assert_eq!(starts("\r\r\n\n"), [0, 1, 3, 4]);
        let lines = |text| lines(text).collect::<Vec<_>>();
        assert_eq!(lines("a\nb\r\nc\rd"), ["a\n", "b\r\n", "c\r", "d"]);
        assert_eq!(lines("\r\r\n\n"), ["\r", "\r\n", "\n"]);
    }
}
