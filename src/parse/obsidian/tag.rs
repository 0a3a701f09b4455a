//! Tags in the text (clauses T).

use super::Scan;
use crate::note::Tag;

impl Scan<'_> {
    pub(super) fn tag(&mut self) {
        let start = self.at;
        self.at += 1;
        if !self.may_begin_tag(start) {
            return;
        }
        let name = tag_name(&self.text[start + 1..]);
        if !is_tag_name(name) {
            return;
        }
        self.at = start + 1 + name.len();
        self.tag_end = self.at;
        let name = self.draft.strings.add(name);
        self.draft.tags.push(Tag { span: self.content.span(start, self.at), name, in_property: false });
    }

    /// Before a tag: the beginning, white space, another tag, an underscore, or an escaped bracket (clause T3).
    fn may_begin_tag(&self, at: usize) -> bool {
        if at == self.start || at == self.tag_end {
            return true;
        }
        match self.bytes[at - 1] {
            b' ' | b'\t' | b'\n' | b'\r' | b'_' => true,
            b'[' | b']' | b'(' | b')' | b'{' | b'}' => self.escape_end == at,
            byte if byte < 0x80 => false,
            _ => self.text[..at].chars().next_back().is_some_and(char::is_whitespace),
        }
    }
}

/// Returns the longest piece at the beginning of `text` that a tag may consist of (clause T1).
fn tag_name(text: &str) -> &str {
    let end = text.char_indices().find(|(_, character)| !is_tag_character(*character)).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn is_tag_character(character: char) -> bool {
    match character {
        '_' | '-' | '/' => true,
        '\0'..='\u{7f}' => character.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' | '\u{2e00}'..='\u{2e7f}' => false,
        _ => !character.is_whitespace(),
    }
}

/// Returns the first character of a name, without `#`, that no tag may hold (clause T1).
pub fn invalid_tag_character(name: &str) -> Option<char> {
    name.chars().find(|character| !is_tag_character(*character))
}

/// Tells whether a name, without `#`, is a tag for sure.
pub fn is_tag(name: &str) -> bool {
    invalid_tag_character(name).is_none() && is_tag_name(name)
}

/// Tells whether a name is more than digits (clause T2); whether a slash between digits suffices is unknown.
fn is_tag_name(name: &str) -> bool {
    name.bytes().any(|byte| !byte.is_ascii_digit() && byte != b'/')
}
