//! Headings of one note that a link cannot tell apart.

use std::collections::BTreeMap;
use std::hash::Hasher;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use crate::note::{Note, Outline};
use crate::rule::{Diagnostics, Rule};
use crate::vault::resolve::heading_key;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateHeading {}

impl Rule for DuplicateHeading {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        for same in groups(&note.outline) {
            let heading = |number: usize| &note.outline.headings[number];
            let text = note.outline.str(heading(same[0]).text());
            let count = if same.len() == 2 { "twice".to_owned() } else { format!("{} times", same.len()) };
            let message = format!("the heading `{text}` stands here {count}");
            let diagnostic = diagnostics.report(note.id, heading(same[1]).text_span, message);
            diagnostic.label("a link cannot reach it").related(note.id, heading(same[0]).text_span, "a link leads here");
            for number in &same[2..] {
                diagnostic.related(note.id, heading(*number).text_span, "a link cannot reach it either");
            }
            diagnostic.help("give them different texts, or put them below different headings, if you want to link to them");
        }
    }
}

/// Two headings may have one text: in most notes all differ, and a hash of the ASCII letters and digits tells.
fn may_repeat(outline: &Outline) -> bool {
    let letters = |text: &str| {
        let mut hasher = FxHasher::default();
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        letters.for_each(|letter| hasher.write_u8(letter.to_ascii_lowercase()));
        hasher.finish()
    };
    // Some letters beyond ASCII have small ones in it.
    let hash = |text: &str| if text.is_ascii() { letters(text) } else { letters(&heading_key(text)) };
    let mut hashes: Vec<u64> = outline.headings.iter().map(|heading| hash(outline.str(heading.text()))).collect();
    hashes.sort_unstable();
    hashes.windows(2).any(|pair| pair[0] == pair[1])
}

/// Indices of headings with the same text below the same headings, in document order; each group has two or more.
fn groups(outline: &Outline) -> Vec<Vec<usize>> {
    if !may_repeat(outline) {
        return Vec::new();
    }
    // The group of a heading, and the headings above it, stand for its path: equal paths have one number.
    let mut numbers: BTreeMap<(usize, u8, String), usize> = BTreeMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut above: Vec<(u8, usize)> = Vec::new();
    for (number, heading) in outline.headings.iter().enumerate() {
        above.retain(|(level, _)| *level < heading.level);
        let parent = above.last().map_or(0, |(_, path)| path + 1);
        let key = heading_key(outline.str(heading.text()));
        if key.is_empty() {
            continue;
        }
        let path = *numbers.entry((parent, heading.level, key)).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[path].push(number);
        above.push((heading.level, path));
    }
    // A heading below a repeated one is reported with that one.
    groups.retain(|group| group.len() > 1);
    groups
}
