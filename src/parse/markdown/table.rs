//! Finds the rows and cells of a table. A pipe splits unless a backslash stands before it.

use memchr::memchr_iter;

use crate::text::Span;

/// Tells whether a line is a separator row such as `|---|:-:|`, and how many columns it has.
pub(super) fn separator_columns(line: &[u8]) -> Option<usize> {
    if !matches!(line.first(), Some(b'|' | b'-' | b':' | b' ' | b'\t')) {
        return None;
    }
    let inner = line.strip_prefix(b"|").unwrap_or(line).trim_ascii_end();
    let inner = inner.strip_suffix(b"|").unwrap_or(inner);
    let is_column = |cell: &[u8]| {
        let cell = cell.trim_ascii();
        let cell = cell.strip_prefix(b":").unwrap_or(cell);
        let cell = cell.strip_suffix(b":").unwrap_or(cell);
        !cell.is_empty() && cell.iter().all(|byte| *byte == b'-')
    };
    let mut columns = 0;
    for cell in inner.split(|byte| *byte == b'|') {
        if !is_column(cell) {
            return None;
        }
        columns += 1;
    }
    Some(columns)
}

/// Collects the cells of the row `text[start..end]`, without pipes; they may have white space around them.
pub(super) fn cells(text: &[u8], start: usize, end: usize, cells: &mut Vec<Span>) {
    cells.clear();
    let mut from = start;
    if text[start..end].first() == Some(&b'|') {
        from += 1;
    }
    let first = from;
    for at in memchr_iter(b'|', &text[first..end]) {
        let at = first + at;
        if text[at - 1] != b'\\' || at == from {
            cells.push(Span::new(from, at));
            from = at + 1;
        }
    }
    if !text[from..end].trim_ascii().is_empty() {
        cells.push(Span::new(from, end));
    }
}

/// Tells whether a line can be a row: it has something beside one pipe.
pub(super) fn is_row(line: &[u8]) -> bool {
    !matches!(line.trim_ascii_end(), b"" | b"|")
}
