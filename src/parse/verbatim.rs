//! Where code, HTML and math begin and end: the parts of CommonMark that decide what is not prose. The functions look at a
//! piece of text alone; a differential test has comrak as their judge.

use memchr::{memchr, memchr_iter, memmem};

mod html;
pub(super) use html::{BlockKind, HtmlEnds, InlineHtml, block_end, block_start, inline_html, is_void, opened_tag};

/// Runs of more backticks open nothing.
const MAX_BACKTICKS: usize = 80;

/// The line that opens a fenced code block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fence {
    sign: u8,
    len: usize,
}

/// Reads an opening fence at the beginning of `line` (indent removed).
pub(super) fn opening_fence(line: &[u8]) -> Option<Fence> {
    let sign = *line.first().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let len = run(line, sign);
    let has_backtick = sign == b'`' && memchr(b'`', &line[len..]).is_some();
    (len >= 3 && !has_backtick).then_some(Fence { sign, len })
}

impl Fence {
    /// Tells whether `line` (indent removed) closes the block: as many signs at least, and nothing behind them.
    pub fn is_closed_by(self, line: &[u8]) -> bool {
        let len = if line.first() == Some(&self.sign) { run(line, self.sign) } else { 0 };
        len >= self.len && line[len..].iter().all(|byte| matches!(byte, b' ' | b'\t'))
    }
}

/// Finds inline code in one piece of text; remembers which runs of backticks have no partner.
pub(super) struct CodeSpans {
    /// For each length the place of the last such run; filled by the first search that fails.
    last: Option<Box<[usize; MAX_BACKTICKS + 1]>>,
}

impl CodeSpans {
    /// Knows nothing yet.
    pub fn new() -> CodeSpans {
        CodeSpans { last: None }
    }

    /// Returns the end of the code that the backticks at `start` open; `Err` has the end of the backticks if none is opened.
    pub fn end(&mut self, text: &[u8], start: usize) -> Result<usize, usize> {
        let len = run(&text[start..], b'`');
        let inner = start + len;
        if len > MAX_BACKTICKS || self.last.as_ref().is_some_and(|last| last[len] < inner) {
            return Err(inner);
        }
        let mut from = inner;
        while let Some(at) = memchr(b'`', &text[from..]) {
            let found = run(&text[from + at..], b'`');
            from += at + found;
            if found == len {
                return Ok(from);
            }
        }
        self.last.get_or_insert_with(|| last_runs(text, inner));
        Err(inner)
    }
}

/// Finds the last run of each length that begins at `from` or behind it.
fn last_runs(text: &[u8], from: usize) -> Box<[usize; MAX_BACKTICKS + 1]> {
    let mut last = Box::new([0; MAX_BACKTICKS + 1]);
    let mut end = from;
    for at in memchr_iter(b'`', &text[from..]).map(|at| from + at) {
        if at >= end {
            let len = run(&text[at..], b'`');
            end = at + len;
            if len <= MAX_BACKTICKS {
                last[len] = at;
            }
        }
    }
    last
}

/// Returns the end of the math that the dollar signs at `start` open; `Err` has the end of the signs if none is opened.
/// `$x$` has no white space inside its signs and no digit behind them (clause L8); `$$x$$` has what it wants.
pub(super) fn math_end(text: &[u8], start: usize) -> Result<usize, usize> {
    let len = run(&text[start..], b'$');
    let inner = start + len;
    let end = match len {
        1 => inline_math_end(text, inner),
        2 => memmem::find(&text[inner..], b"$$").map(|at| inner + at + 2),
        _ => None,
    };
    end.filter(|end| *end > inner + len).ok_or(inner)
}

fn inline_math_end(text: &[u8], inner: usize) -> Option<usize> {
    if text.get(inner).is_none_or(u8::is_ascii_whitespace) {
        return None;
    }
    let mut from = inner;
    loop {
        let at = from + memchr(b'$', &text[from..])?;
        match text[at - 1] {
            b'\\' => from = at + 1,
            before if before.is_ascii_whitespace() => return None,
            _ => return (!text.get(at + 1).is_some_and(u8::is_ascii_digit)).then_some(at + 1),
        }
    }
}

/// Returns how many times `sign` stands at the beginning of `text`.
pub(super) fn run(text: &[u8], sign: u8) -> usize {
    text.iter().take_while(|byte| **byte == sign).count()
}
