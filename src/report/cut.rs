//! Cuts a line around its marked places to a width: a note's line is often a whole paragraph.

use std::ops::Range;

use super::visible::{leading, trailing, visible, width};

/// What is left of a line, made visible, and where the marks lie in it.
#[derive(Debug, PartialEq, Eq)]
pub struct Cut {
    pub text: String,
    pub marks: Vec<Range<usize>>,
}

/// What stands for a piece that was left out, with a space on the sides that have text.
const GAP: &str = "…";
const GAP_WIDTH: usize = 3;
/// How far from a cut a word boundary is looked for.
const WORD: usize = 14;

/// Cuts `line` to about `columns`; looks only at the neighbourhood of `marks` (byte ranges in the line).
pub fn cut(line: &str, marks: &[Range<usize>], columns: usize) -> Cut {
    let (whole, _) = leading(line, columns);
    let islands = match whole == line.len() {
        true => vec![Island { start: 0, end: line.len() }],
        false => islands(line, marks, columns),
    };
    render(line, &islands, marks)
}

/// A piece of the line that is shown.
#[derive(Clone, Debug)]
struct Island {
    start: usize,
    end: usize,
}

fn islands(line: &str, marks: &[Range<usize>], columns: usize) -> Vec<Island> {
    let mut islands = cores(line, marks, columns);
    if islands.is_empty() {
        islands.push(Island { start: 0, end: 0 });
    }
    // What one side does not need (the line or a word ends there) goes to the others in the next round; in the last one
    // the first that can use it takes it.
    for share in [Share::Even, Share::Even, Share::All] {
        let taken: usize = islands.iter().map(|island| width(&visible(&line[island.start..island.end]))).sum();
        let gaps = GAP_WIDTH * (islands.len() + 1) - 2;
        grow(line, &mut islands, columns.saturating_sub(taken + gaps), share);
        islands = merged(line, islands);
    }
    islands
}

#[derive(Clone, Copy, PartialEq)]
enum Share {
    Even,
    All,
}

/// The marks, those that touch as one; of a mark that is too long its head and its tail.
fn cores(line: &str, marks: &[Range<usize>], columns: usize) -> Vec<Island> {
    let mut ranges = marks.to_vec();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    let most = (columns / joined.len().max(1)).saturating_sub(2 * GAP_WIDTH).max(12);
    let island = |core: Range<usize>| Island { start: core.start, end: core.end };
    let mut islands = Vec::new();
    for range in joined {
        let (head, _) = leading(&line[range.clone()], most);
        if head == range.len() {
            islands.push(island(range));
            continue;
        }
        let mark = &line[range.clone()];
        let head = whole_words_at_start(&mark[..leading(mark, most * 2 / 3).0]);
        let tail = whole_words_at_end(&mark[mark.len() - trailing(mark, most / 3).0..]);
        islands.push(island(range.start..range.start + head.len()));
        islands.push(island(range.end - tail.len().min(range.len() - head.len())..range.end));
    }
    islands
}

/// Adds what stands beside each island, in whole words where there are spaces.
fn grow(line: &str, islands: &mut [Island], mut spare: usize, share: Share) {
    let count = islands.len();
    for index in 0..count {
        let floor = if index == 0 { 0 } else { islands[index - 1].end };
        let ceiling = islands.get(index + 1).map_or(line.len(), |next| next.start);
        let sides = if share == Share::All { [1, 1] } else { [2 * (count - index), 2 * (count - index) - 1] };
        let island = &mut islands[index];
        let before = before(line, floor, island.start, spare / sides[0]);
        island.start -= before.len();
        spare = spare.saturating_sub(width(&visible(before)));
        let after = after(line, island.end, ceiling, spare / sides[1]);
        island.end += after.len();
        spare = spare.saturating_sub(width(&visible(after)));
    }
}

/// The end of `floor..start` that fits.
fn before(line: &str, floor: usize, start: usize, columns: usize) -> &str {
    let (bytes, _) = trailing(&line[floor..start], columns);
    let piece = &line[start - bytes..start];
    match start - bytes {
        from if from == floor => piece,
        from if line[..from].ends_with(char::is_whitespace) => piece.trim_start(),
        _ => whole_words_at_end(piece),
    }
}

/// The start of `end..ceiling` that fits.
fn after(line: &str, end: usize, ceiling: usize, columns: usize) -> &str {
    let (bytes, _) = leading(&line[end..ceiling], columns);
    let piece = &line[end..end + bytes];
    match end + bytes {
        to if to == ceiling => piece,
        to if line[to..].starts_with(char::is_whitespace) => piece.trim_end(),
        _ => whole_words_at_start(piece),
    }
}

/// Joins islands with no more between them than the sign for a gap would take.
fn merged(line: &str, islands: Vec<Island>) -> Vec<Island> {
    let mut merged: Vec<Island> = Vec::new();
    for island in islands {
        match merged.last_mut() {
            Some(last) if leading(&line[last.end..island.start], GAP_WIDTH).0 == island.start - last.end => {
                last.end = island.end;
            }
            _ => merged.push(island),
        }
    }
    merged
}

/// Leaves out the broken word at the end, if it begins near.
fn whole_words_at_start(text: &str) -> &str {
    let near = text.ceil_char_boundary(text.len().saturating_sub(WORD));
    let kept = text[near..].rfind(char::is_whitespace).map_or(text, |space| &text[..near + space]);
    kept.trim_end()
}

/// Leaves out the broken word at the start, if it ends near.
fn whole_words_at_end(text: &str) -> &str {
    let near = text.floor_char_boundary(WORD);
    let kept = text[..near].find(char::is_whitespace).map_or(text, |space| &text[space..]);
    kept.trim_start()
}

fn render(line: &str, islands: &[Island], marks: &[Range<usize>]) -> Cut {
    let mut text = String::new();
    let mut starts = Vec::with_capacity(islands.len());
    let mut shown_to = 0;
    for island in islands {
        if island.start > shown_to {
            text.push_str(if text.is_empty() { "" } else { " " });
            text.push_str(GAP);
            text.push(' ');
        }
        starts.push(text.len());
        text.push_str(&visible(&line[island.start..island.end]));
        shown_to = island.end;
    }
    if shown_to < line.len() {
        text.push_str(if text.is_empty() { "" } else { " " });
        text.push_str(GAP);
    }
    let place = |offset: usize| {
        let found = islands.iter().zip(&starts).find(|(island, _)| offset <= island.end);
        match found {
            Some((island, at)) => at + visible(&line[island.start..offset.max(island.start)]).len(),
            None => text.len(),
        }
    };
    let marks = marks.iter().map(|mark| place(mark.start)..place(mark.end)).collect();
    Cut { text, marks }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cuts around what stands between `<` and `>`, and marks it the same way in the result.
    fn check(marked: &str, columns: usize, expected: &str) {
        let (mut line, mut marks) = (String::new(), Vec::new());
        for character in marked.chars() {
            match character {
                '<' => marks.push(line.len()..line.len()),
                '>' => marks.last_mut().expect("opened before").end = line.len(),
                _ => line.push(character),
            }
        }
        let cut = cut(&line, &marks, columns);
        assert!(width(&cut.text) <= columns.max(20), "{} columns: {}", width(&cut.text), cut.text);
        let mut shown = cut.text.clone();
        for mark in cut.marks.iter().rev() {
            shown.insert(mark.end, '>');
            shown.insert(mark.start, '<');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn lines_are_cut_around_marks() {
        check("short <line> stays", 40, "short <line> stays");
        check(
            "the quick brown fox jumps over the <lazy> dog and runs away",
            40,
            "… fox jumps over the <lazy> dog and runs …",
        );
        check(
            "<The> quick brown fox jumps over the lazy dog and runs away",
            40,
            "<The> quick brown fox jumps over the …",
        );
        check("the quick brown fox jumps over the lazy dog and runs <away>", 40, "… over the lazy dog and runs <away>");
        check(
            "1:1 between Jason Vallery and <Rob Benoit> to align on the roadmap of the coming marketplace packages \
             with partners (via <Rob Banga>)",
            80,
            "… Jason Vallery and <Rob Benoit> to align on the … with partners (via <Rob Banga>)",
        );
    }

    #[test]
    fn long_marks_keep_head_and_tail() {
        check(
            "aa <one two three four five six seven eight nine ten eleven> zz",
            40,
            "… <one two three four … ten eleven> zz",
        );
    }

    #[test]
    fn columns_are_what_a_terminal_shows() {
        check("日本語日本語日本語日本語<日本>語日本語日本語日本語日本語", 30, "… 本語日本語<日本>語日本語日本 …");
        check("\u{202e}\x1b[2Jx <y>", 60, "\\u{202e}␛[2Jx <y>");
    }

    #[test]
    fn an_endless_line_costs_no_more_than_a_short_one() {
        let line = "word ".repeat(2_000_000);
        for number in 0..2_000 {
            let mark = number * 5000..number * 5000 + 4;
            let cut = cut(&line, std::slice::from_ref(&mark), 80);
            assert!(cut.text.len() < 200);
        }
    }
}
