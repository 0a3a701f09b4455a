//! Dataview fields: `key:: value` on a line of its own, `[key:: value]` and `(key:: value)` (clause Z10).

use memchr::{memchr_iter, memchr2_iter};

use crate::note::Field;
use crate::parse::content::Content;
use crate::parse::draft::Draft;

/// Longer keys are prose.
const MAX_KEY_LEN: usize = 80;

/// Reads the fields of the line `start..end` of `content`; `verbatim` is the number of regions before this content.
pub(in crate::parse) fn read(content: &Content, (start, end): (usize, usize), verbatim: usize, draft: &mut Draft) {
    let line = &content.text[start..end];
    let mut closings = Closings::default();
    let mut behind = 0;
    for at in memchr_iter(b':', line.as_bytes()) {
        if at < behind || line.as_bytes().get(at + 1) != Some(&b':') {
            continue;
        }
        behind = at + 2;
        let Some((key, value)) = field_at(line, at, &mut closings) else { continue };
        let key_span = content.span(start + key.0, start + key.1);
        let regions = &draft.verbatim[verbatim.min(draft.verbatim.len())..];
        let last = regions.partition_point(|region| region.span.start <= key_span.start);
        if last > 0 && regions[last - 1].span.end > key_span.start {
            continue;
        }
        let value_span = content.span(start + value.0, start + value.1);
        draft.fields.push(Field { key_span, value_span });
    }
}

type Range = (usize, usize);

/// Returns key and value of the field whose colons stand at `colons`.
fn field_at(line: &str, colons: usize, closings: &mut Closings) -> Option<(Range, Range)> {
    if !matches!(line.as_bytes().get(colons + 2), None | Some(b' ' | b'\t' | b'[')) {
        return None;
    }
    let from = line.floor_char_boundary(colons.saturating_sub(MAX_KEY_LEN));
    let (open, bracket) = match line[from..colons].rfind(['[', '(', ']', ')']) {
        Some(at) if matches!(line.as_bytes()[from + at], b'[' | b'(') => (from + at + 1, Some(from + at)),
        None if from == 0 => (0, None),
        _ => return None,
    };
    let key = trimmed(line, open, colons, is_markup);
    let value_end = bracket.map_or(Some(line.len()), |bracket| closings.of(line.as_bytes(), bracket))?;
    is_key(&line[key.0..key.1]).then(|| (key, trimmed(line, colons + 2, value_end, |_| false)))
}

fn is_markup(character: char) -> bool {
    matches!(character, '*' | '_' | '~' | '`' | '=')
}

fn trimmed(line: &str, start: usize, end: usize, extra: fn(char) -> bool) -> Range {
    let is_outside = |character: char| character.is_whitespace() || extra(character);
    let left = line[start..end].trim_start_matches(is_outside);
    let inner = left.trim_end_matches(is_outside);
    (end - left.len(), end - left.len() + inner.len())
}

/// A key is made of words; a sign such as a full stop makes it a sentence.
fn is_key(key: &str) -> bool {
    let is_word = |character: char| {
        character.is_alphanumeric() || matches!(character, ' ' | '-' | '_' | '/') || !character.is_ascii()
    };
    !key.is_empty() && key.chars().all(is_word)
}

/// Where the brackets of a line close; read once, when the first field asks.
#[derive(Default)]
struct Closings {
    /// Opening and closing brackets, by the place of the first.
    pairs: Option<Vec<(usize, usize)>>,
}

impl Closings {
    fn of(&mut self, line: &[u8], bracket: usize) -> Option<usize> {
        let pairs = self.pairs.get_or_insert_with(|| {
            let mut pairs = Vec::new();
            add_pairs(line, (b'[', b']'), &mut pairs);
            add_pairs(line, (b'(', b')'), &mut pairs);
            pairs.sort_unstable();
            pairs
        });
        let index = pairs.binary_search_by_key(&bracket, |(open, _)| *open).ok()?;
        Some(pairs[index].1)
    }
}

fn add_pairs(line: &[u8], (open, close): (u8, u8), pairs: &mut Vec<(usize, usize)>) {
    let mut opened = Vec::new();
    for at in memchr2_iter(open, close, line) {
        if line[at] == open {
            opened.push(at);
        } else if let Some(open) = opened.pop() {
            pairs.push((open, at));
        }
    }
}
