//! Which heading or block id of a note a missing subpath most likely means.

use super::resolve::heading_key;
use super::{Subpath, Vault};
use crate::text::{FileId, edit_distance};

/// At most this many are offered.
const MOST: usize = 3;
/// More headings than this are not compared: a bound for hostile notes.
const MOST_HEADINGS: usize = 2000;
/// Longer texts are no slips of the hand.
const LONGEST: usize = 200;

/// How near a heading is, nearest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// The same letters and digits: a slug, or another nesting.
    SameLetters,
    /// One is the other with more words before or behind.
    MoreWords,
    Edits(usize),
}

/// Returns the texts for a link, without `#`, likeliest first: the best kind alone.
pub(super) fn nearest(vault: &Vault, file: FileId, subpath: &str) -> Vec<String> {
    let outline = vault.outline(file);
    let segments: Vec<&str> = subpath.split('#').filter(|segment| !segment.trim().is_empty()).collect();
    let Some((last, before)) = segments.split_last() else { return Vec::new() };
    let wanted = heading_key(last);
    if wanted.is_empty() || wanted.len() > LONGEST {
        return Vec::new();
    }
    let mut found: Vec<(Closeness, usize, String)> = Vec::new();
    for (number, heading) in outline.headings.iter().take(MOST_HEADINGS).enumerate() {
        let text = outline.str(heading.text());
        let Some(closeness) = closeness(&wanted, &heading_key(text)) else { continue };
        let writable = writable(text);
        let chain = before.iter().copied().chain([writable.as_str()]).collect::<Vec<_>>().join("#");
        let leads = |path: &String| vault.subpath_of(file, &format!("#{path}")) == Subpath::Found;
        if let Some(path) = [chain, writable.clone()].into_iter().find(leads)
            && !found.iter().any(|(_, _, known)| *known == path)
        {
            found.push((closeness, number, path));
        }
    }
    found.sort();
    let best = found.first().map(|(closeness, ..)| *closeness);
    found.retain(|(closeness, ..)| Some(*closeness) == best);
    found.into_iter().map(|(_, _, path)| path).take(MOST).collect()
}

fn closeness(wanted: &str, key: &str) -> Option<Closeness> {
    let letters = |text: &str| text.chars().filter(|character| character.is_alphanumeric()).collect::<String>();
    let (mine, theirs) = (letters(wanted), letters(key));
    if mine.is_empty() || theirs.is_empty() || key.len() > LONGEST {
        return None;
    }
    if mine == theirs {
        return Some(Closeness::SameLetters);
    }
    if more_words(wanted, key) || more_words(key, wanted) {
        return Some(Closeness::MoreWords);
    }
    let length = mine.chars().count().max(theirs.chars().count());
    if digits(&mine) != digits(&theirs) || mine.chars().count().abs_diff(theirs.chars().count()) > length / 5 {
        return None;
    }
    let edits = edit_distance(&mine, &theirs);
    (edits <= (length / 5).max(1) && length >= 4).then_some(Closeness::Edits(edits))
}

/// `long` begins or ends with `short`, on the border of a word, and `short` says something by itself.
fn more_words(short: &str, long: &str) -> bool {
    let is_border = |rest: &str, at_start: bool| {
        let next = if at_start { rest.chars().next_back() } else { rest.chars().next() };
        next.is_some_and(|character| !character.is_alphanumeric())
    };
    let begins = long.strip_prefix(short).is_some_and(|rest| is_border(rest, false));
    let ends = long.strip_suffix(short).is_some_and(|rest| is_border(rest, true));
    short.chars().filter(|character| character.is_alphabetic()).count() >= 4 && (begins || ends)
}

/// Another number is another heading.
fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// A heading as Obsidian writes it into a link (clause H8), white space collapsed.
fn writable(heading: &str) -> String {
    let heading = ["%%", "[[", "]]"].iter().fold(heading.to_owned(), |text, sign| text.replace(sign, " "));
    let kept = heading.replace([':', '#', '|', '^', '\\', '[', ']', '\n', '\r'], " ");
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn nearest_block_ids<'v>(vault: &'v Vault, file: FileId, id: &str) -> Vec<&'v str> {
    let outline = vault.outline(file);
    let id = id.trim().to_lowercase();
    let most = (id.chars().count() / 4).max(1);
    let mut found: Vec<(usize, &str)> = Vec::new();
    if id.len() > LONGEST || id.len() < 3 {
        return Vec::new();
    }
    for block in outline.block_ids.iter().take(MOST_HEADINGS).filter(|block| !block.footnote) {
        let own = outline.str(block.id);
        let edits = edit_distance(&id, &own.to_lowercase());
        if edits <= most && digits(&id) == digits(own) {
            found.push((edits, own));
        }
    }
    found.sort();
    found.into_iter().map(|(_, id)| id).take(MOST).collect()
}
