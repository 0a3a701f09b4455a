//! Text from notes as people may safely see it: control characters, direction marks and other invisible characters are
//! written out, and what a CI system takes for a command is broken up. A note can neither paint the terminal nor speak.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns `text` with everything unseen written out; a tab becomes four spaces, a line ending a sign for it.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        push(&mut shown, character);
    }
    Cow::Owned(shown)
}

/// Returns a text of several lines with everything unseen but its line endings written out, and without commands of CI.
pub fn visible_lines(text: &str) -> String {
    let shown: String = text
        .split_inclusive('\n')
        .flat_map(|line| match line.strip_suffix('\n') {
            Some(line) => [visible(line), Cow::Borrowed("\n")],
            None => [visible(line), Cow::Borrowed("")],
        })
        .collect();
    without_commands(shown)
}

/// Tells whether a character does something other than stand there to be read.
pub fn is_hidden(character: char) -> bool {
    match character {
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true,
        _ if character < '\u{ad}' => false,
        // Soft hyphen, direction marks, embeddings and isolates, line separators, zero-width spaces and word joiners.
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => true,
        // Fillers that look like nothing.
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' => true,
        // Tags and supplementary variation selectors: a whole text can hide in them.
        '\u{e0000}'..='\u{e01ef}' => true,
        _ => false,
    }
}

fn push(shown: &mut String, character: char) {
    match character {
        '\t' => shown.push_str("    "),
        '\0'..='\u{1f}' => shown.push(char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}')),
        '\u{7f}' => shown.push('\u{2421}'),
        _ if is_hidden(character) => shown.push_str(&format!("\\u{{{:x}}}", character as u32)),
        _ => shown.push(character),
    }
}

/// Returns `text` without what GitHub, Azure or TeamCity take for a command: `::name` at the start of a line, and `##[`,
/// `##vso[` and the like anywhere.
pub fn without_commands(text: String) -> String {
    let text = without_hash_commands(text);
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if !text.lines().any(is_command) {
        return text;
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        clean.push_str(&line[..indent]);
        clean.push_str(if is_command(line) { "\\" } else { "" });
        clean.push_str(&line[indent..]);
    }
    clean
}

fn without_hash_commands(text: String) -> String {
    let is_command = |rest: &str| rest.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).starts_with('[');
    let found: Vec<usize> = text.match_indices("##").map(|(at, _)| at + 2).collect();
    // `match_indices` steps over `##`; in `###[` the last two count.
    let mut broken: Vec<usize> = found.iter().map(|at| at + usize::from(text[*at..].starts_with('#'))).collect();
    broken.retain(|at| is_command(&text[*at..]));
    let mut clean = text;
    for at in broken.into_iter().rev() {
        clean.insert(at - 1, ' ');
    }
    clean
}

/// Returns how many columns a text takes in a terminal.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Returns `text`, cut at its end to `columns`.
pub fn fit(text: &str, columns: usize) -> Cow<'_, str> {
    let (whole, _) = leading(text, columns);
    if whole == text.len() {
        return Cow::Borrowed(text);
    }
    let (kept, _) = leading(text, columns.saturating_sub(1));
    Cow::Owned(format!("{}…", text[..kept].trim_end()))
}

/// Returns how many bytes of the start of `text` fit into `columns`, and the columns they take. Never looks far beyond.
pub fn leading(text: &str, columns: usize) -> (usize, usize) {
    let near = &text[..text.floor_char_boundary(byte_limit(columns))];
    let (mut bytes, mut taken) = (0, 0);
    for grapheme in near.graphemes(true) {
        let wide = width(&visible(grapheme));
        if taken + wide > columns {
            break;
        }
        bytes += grapheme.len();
        taken += wide;
    }
    (bytes, taken)
}

/// Returns how many bytes of the end of `text` fit into `columns`, and the columns they take.
pub fn trailing(text: &str, columns: usize) -> (usize, usize) {
    let near = &text[text.ceil_char_boundary(text.len().saturating_sub(byte_limit(columns)))..];
    let (mut bytes, mut taken) = (0, 0);
    for grapheme in near.graphemes(true).rev() {
        let wide = width(&visible(grapheme));
        if taken + wide > columns {
            break;
        }
        bytes += grapheme.len();
        taken += wide;
    }
    (bytes, taken)
}

/// A column rarely takes more than a few bytes; heaps of combining marks are cut off rather than measured.
fn byte_limit(columns: usize) -> usize {
    columns.saturating_mul(12).saturating_add(48)
}

/// Breaks a text into lines of at most `columns`, at spaces; its own line endings stay. A longer word stays whole.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let paragraph = visible(paragraph.trim_end_matches('\r'));
        let mut line = String::new();
        let mut taken = 0;
        for word in paragraph.split(' ') {
            let wide = width(word);
            if !line.is_empty() && taken + 1 + wide > columns {
                lines.push(std::mem::take(&mut line));
                taken = 0;
            }
            if !line.is_empty() {
                line.push(' ');
                taken += 1;
            }
            line.push_str(word);
            taken += wide;
        }
        lines.push(line);
    }
    lines
}

/// Returns a path as a shell takes it, safe to show.
pub fn as_typed(path: &str) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-~+@:,".contains(letter);
    match path.chars().all(is_plain) {
        true => path.to_owned(),
        false => format!("'{}'", visible(path).replace('\'', "'\\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unseen_is_written_out() {
        assert_eq!(visible("plain é 日本 👩‍👩‍👧"), "plain é 日本 👩‍👩‍👧");
        assert_eq!(visible("a\x1b[31mred\x07"), "a␛[31mred␇");
        assert_eq!(visible("a\tb\nc"), "a    b␊c");
        assert_eq!(visible("x\u{9b}31m\u{7f}"), "x\\u{9b}31m␡");
        assert_eq!(visible("\u{202e}evil\u{2066}\u{200b}"), "\\u{202e}evil\\u{2066}\\u{200b}");
        assert_eq!(visible("tag\u{e0041}"), "tag\\u{e0041}");
    }

    #[test]
    fn commands_of_ci_are_broken_up() {
        let clean = |text: &str| without_commands(text.to_owned());
        assert_eq!(clean("a::b\n"), "a::b\n");
        assert_eq!(clean("::error::x\nb\n"), "\\::error::x\nb\n");
        assert_eq!(clean("x\n   ::set-output name=a::b\n"), "x\n   \\::set-output name=a::b\n");
        assert_eq!(clean("## heading ##[stop-commands]x"), "## heading # #[stop-commands]x");
        assert_eq!(clean("see [[a##b]] ##vso[task.x]"), "see [[a##b]] # #vso[task.x]");
        assert_eq!(clean("##[a]###[b]####[c]"), "# #[a]## #[b]### #[c]");
    }

    #[test]
    fn texts_are_cut_by_columns() {
        assert_eq!(fit("short", 10), "short");
        assert_eq!(fit("日本語日本語", 7), "日本語…");
        assert_eq!(leading("日本語", 5), (6, 4));
        assert_eq!(trailing("日本語", 5), (6, 4));
        let heap = format!("a{}", "\u{301}".repeat(100_000));
        assert!(leading(&heap, 10).0 < 200);
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("first\nsecond part", 80), ["first", "second part"]);
        assert_eq!(wrap("", 80), [""]);
    }
}
