//! What a statement says about the names in it besides naming people: who told it, a birth name, a meeting of two.

use std::sync::LazyLock;

use memchr::memmem::{Finder, FinderRev};
use regex::bytes::Regex;

use crate::text::{Span, to_u32};

/// Where cues may stand in a note, in order: most have few, and only a statement with one inside is read for it.
#[derive(Default)]
pub struct Cues {
    via: Vec<u32>,
    birth: Vec<u32>,
    meeting: Vec<u32>,
}

/// All of them, since a note is gone through once for many as for one.
static CUES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\([vV]ia |nee |né|geb\. |maiden name|1:1|1-1|1on1|1-on-1|1 on 1|ne-on-|ne on ").ok());
static VIA: LazyLock<[FinderRev; 2]> = LazyLock::new(|| ["(via ", "(Via "].map(FinderRev::new));
static BIRTH: LazyLock<[Finder; 3]> = LazyLock::new(|| ["nee ", "geb. ", "maiden name"].map(Finder::new));
static ON: LazyLock<[Finder; 2]> = LazyLock::new(|| ["ne-on-", "ne on "].map(Finder::new));

impl Cues {
    /// Finds the cues of a note.
    pub fn of(text: &str) -> Cues {
        let mut cues = Cues::default();
        for found in CUES.iter().flat_map(|all| all.find_iter(text.as_bytes())) {
            let list = match found.as_bytes() {
                [b'(', ..] => &mut cues.via,
                [b'1', ..] | [b'n', b'e', b'-' | b' ', ..] => &mut cues.meeting,
                _ => &mut cues.birth,
            };
            list.push(to_u32(found.start()));
        }
        cues
    }

    /// Returns what stands in the parentheses of `(via …)` at the end of a statement.
    pub fn via(&self, text: &str, statement: Span) -> Option<Span> {
        let found = if is_inside(&self.via, statement) { via(statement.of(text)) } else { None };
        found.map(|via| via.shifted(statement.start as usize))
    }

    /// Returns whether a statement names a birth name: `née Gordon` is a surname alone.
    pub fn names_birth_name(&self, text: &str, statement: Span) -> bool {
        is_inside(&self.birth, statement) && names_birth_name(statement.of(text))
    }

    /// Returns whether a statement tells of a meeting of two.
    pub fn is_one_to_one(&self, text: &str, statement: Span) -> bool {
        is_inside(&self.meeting, statement) && is_one_to_one(statement.of(text))
    }
}

fn is_inside(places: &[u32], statement: Span) -> bool {
    let next = places.partition_point(|&place| place < statement.start);
    places.get(next).is_some_and(|&place| place < statement.end)
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
    const IN_DIGITS: &[&str] = &["1:1", "1-1", "1on1", "1-on-1", "1 on 1"];
    const IN_WORDS: &[&str] = &["one-on-one", "One-on-one", "one on one", "One-on-One"];
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
