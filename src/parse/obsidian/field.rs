//! Dataview fields: `key:: value` on a line of its own, `[key:: value]` and `(key:: value)` (clause Z10).

use memchr::memmem;

use crate::note::Field;
use crate::parse::content::Content;
use crate::parse::draft::Draft;

/// Longer keys are prose.
const MAX_KEY_LEN: usize = 80;

/// Reads the fields of the line `start..end` of `content`; `verbatim` is the number of regions before this content.
pub(in crate::parse) fn read(content: &Content, (start, end): (usize, usize), verbatim: usize, draft: &mut Draft) {
    let line = &content.text[start..end];
    for at in memmem::find_iter(line.as_bytes(), b"::") {
        let Some((key, value)) = field_at(line, at) else { continue };
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
fn field_at(line: &str, colons: usize) -> Option<(Range, Range)> {
    if !matches!(line.as_bytes().get(colons + 2), None | Some(b' ' | b'\t' | b'[')) {
        return None;
    }
    let from = line.floor_char_boundary(colons.saturating_sub(MAX_KEY_LEN));
    let (open, close) = match line[from..colons].rfind(['[', '(', ']', ')']) {
        Some(at) => match line.as_bytes()[from + at] {
            b'[' => (from + at + 1, Some((b'[', b']'))),
            b'(' => (from + at + 1, Some((b'(', b')'))),
            _ => return None,
        },
        None if from == 0 => (0, None),
        None => return None,
    };
    let key = trimmed(line, open, colons, is_markup);
    let value_end = close.map_or(Some(line.len()), |signs| closing(line.as_bytes(), colons + 2, signs))?;
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

/// Returns where the bracket closes that was opened before `from`.
fn closing(line: &[u8], from: usize, (open, close): (u8, u8)) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in line.iter().enumerate().skip(from) {
        match *byte {
            byte if byte == open => depth += 1,
            byte if byte == close && depth == 0 => return Some(at),
            byte if byte == close => depth -= 1,
            _ => {}
        }
    }
    None
}
