//! What a statement says about the names in it besides naming people: who told it, a birth name, a meeting of two.

use std::sync::LazyLock;

use memchr::memmem::{Finder, FinderRev};

use crate::text::{Span, to_u32};

/// Where cues may stand in a note, in order: most have few, and only a statement with one inside is read for it.
pub(super) struct Cues {
    via: Vec<u32>,
    birth: Vec<u32>,
    meeting: Vec<u32>,
}

static VIA: LazyLock<[FinderRev; 2]> = LazyLock::new(|| ["(via ", "(Via "].map(FinderRev::new));
static IA: LazyLock<Finder> = LazyLock::new(|| Finder::new("ia "));
static BIRTH: LazyLock<[Finder; 3]> = LazyLock::new(|| ["nee ", "geb. ", "maiden name"].map(Finder::new));
static ACCENTED_BIRTH: LazyLock<Finder> = LazyLock::new(|| Finder::new("né"));
static ON: LazyLock<[Finder; 2]> = LazyLock::new(|| ["ne-on-", "ne on "].map(Finder::new));

const IN_DIGITS: &[&str] = &["1:1", "1-1", "1on1", "1-on-1", "1 on 1"];
const IN_WORDS: &[&str] = &["one-on-one", "One-on-one", "one on one", "One-on-One"];

impl Cues {
    pub fn of(text: &str) -> Cues {
        let bytes = text.as_bytes();
        let is_via = |&at: &usize| bytes[..at].ends_with(b"(v") || bytes[..at].ends_with(b"(V");
        let births = BIRTH.iter().chain(std::iter::once(&*ACCENTED_BIRTH)).flat_map(|cue| cue.find_iter(bytes));
        let in_digits = memchr::memchr_iter(b'1', bytes).filter(|&at| begins(bytes, at, IN_DIGITS));
        let in_words = ON.iter().flat_map(|on| on.find_iter(bytes)).filter_map(|at| at.checked_sub(1));
        Cues {
            via: sorted(IA.find_iter(bytes).filter(is_via).map(|at| at - "(v".len())),
            birth: sorted(births),
            meeting: sorted(in_digits.chain(in_words)),
        }
    }

    /// Returns what stands in the parentheses of `(via …)` at the end of a statement.
    pub fn via(&self, text: &str, statement: Span) -> Option<Span> {
        let found = if is_inside(&self.via, statement) { via(statement.of(text)) } else { None };
        found.map(|via| via.shifted(statement.start as usize))
    }

    /// `née Gordon` is a surname alone.
    pub fn names_birth_name(&self, text: &str, statement: Span) -> bool {
        is_inside(&self.birth, statement) && names_birth_name(statement.of(text))
    }

    pub fn is_one_to_one(&self, text: &str, statement: Span) -> bool {
        is_inside(&self.meeting, statement) && is_one_to_one(statement.of(text))
    }
}

fn sorted(places: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut places: Vec<u32> = places.map(to_u32).collect();
    places.sort_unstable();
    places
}

fn is_inside(places: &[u32], statement: Span) -> bool {
    let next = places.partition_point(|&place| place < statement.start);
    places.get(next).is_some_and(|&place| place < statement.end)
}

fn begins(bytes: &[u8], at: usize, ways: &[&str]) -> bool {
    ways.iter().any(|way| bytes[at..].starts_with(way.as_bytes()))
}

fn via(text: &str) -> Option<Span> {
    memchr::memrchr(b')', text.as_bytes())?;
    let start = VIA.iter().find_map(|cue| cue.rfind(text.as_bytes()))? + "(via ".len();
    let len = text[start..].rfind(')')?;
    let rest = &text[start + len + 1..];
    let ends = rest.chars().all(|c| !c.is_alphanumeric()) || rest.trim_start().starts_with('^');
    ends.then(|| Span::new(start, start + len))
}

fn names_birth_name(text: &str) -> bool {
    let starts_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    let has_accent = memchr::memchr("é".as_bytes()[0], text.as_bytes()).is_some();
    let has_cue = |finder: &Finder| finder.find(text.as_bytes()).is_some_and(starts_word);
    has_accent && ["née ", "né "].iter().any(|cue| text.find(cue).is_some_and(starts_word)) || BIRTH.iter().any(has_cue)
}

fn is_one_to_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_way = |at: usize, ways: &[&str]| {
        ways.iter().any(|way| bytes[at..].starts_with(way.as_bytes()) && is_apart(text, at, at + way.len()))
    };
    memchr::memchr_iter(b'1', bytes).any(|at| is_way(at, IN_DIGITS))
        || ON.iter().any(|on| on.find_iter(bytes).any(|at| at > 0 && is_way(at - 1, IN_WORDS)))
}

/// No letter or digit stands right beside the piece, nor a digit behind a separator: `11:15` and `2025-1-1` are no meetings.
fn is_apart(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | ':');
    !before.is_some_and(is_part) && !after.is_some_and(char::is_alphanumeric)
}
