//! The cut lines that miette draws. It numbers lines one after the other, so it gets them under running numbers of the
//! same length, and the true ones are put in afterwards; a line left out between shows as `⋮`.

use std::fmt;

use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::super::Style;
use super::super::paint::Tone;

/// Lines as they are shown, with their numbers in the note.
pub struct Lines {
    text: String,
    starts: Vec<usize>,
    numbers: Vec<usize>,
    digits: usize,
}

impl Lines {
    /// Returns no lines yet; line numbers take `digits`.
    pub fn new(digits: usize) -> Lines {
        Lines { text: String::new(), starts: Vec::new(), numbers: Vec::new(), digits }
    }

    /// Adds the line that has `number` in its note; returns the byte where it begins.
    pub fn push(&mut self, number: usize, line: &str) -> usize {
        let start = self.text.len();
        self.starts.push(start);
        self.numbers.push(number);
        self.text.push_str(line);
        self.text.push('\n');
        start
    }

    /// Returns all lines, each with its ending.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns what stands before byte `offset` on its line.
    pub fn before(&self, offset: usize) -> &str {
        &self.text[self.starts[self.line(offset)]..offset]
    }

    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    fn end(&self, line: usize) -> usize {
        self.starts.get(line + 1).copied().unwrap_or(self.text.len())
    }

    /// The running number of the first line: the smallest of as many digits.
    fn base(&self) -> usize {
        10usize.pow(u32::try_from(self.digits).unwrap_or(1) - 1)
    }

    /// Returns the frame as drawn, without the two lines at its head, with true line numbers.
    pub fn numbered(&self, drawn: &str, style: &Style) -> String {
        let digits = self.digits;
        let mut text = String::with_capacity(drawn.len() + 64);
        let mut numbers = self.numbers.iter().copied();
        let mut last = None;
        for row in drawn.lines().skip(2) {
            let is_numbered = row.trim_start().starts_with(|first: char| first.is_ascii_digit());
            let Some(number) = is_numbered.then(|| numbers.next()).flatten() else {
                text.push_str(row.trim_end());
                text.push('\n');
                continue;
            };
            if last.is_some_and(|last| last + 1 < number) {
                text.push_str(&format!(" {:digits$} ⋮\n", ""));
            }
            last = Some(number);
            let rest = row.trim_start().trim_start_matches(|digit: char| digit.is_ascii_digit());
            text.push_str(&style.paint(Tone::Faint, &format!(" {number:>digits$}")));
            text.push_str(rest.trim_end());
            text.push('\n');
        }
        text
    }
}

impl SourceCode for Lines {
    /// Whole lines, whatever the span: miette asks for the lines of a label, and context is never wanted.
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let first = self.line(span.offset());
        let last = self.line((span.offset() + span.len()).saturating_sub(1).max(span.offset()));
        let range = self.starts[first]..self.end(last);
        let data = &self.text.as_bytes()[range.clone()];
        let place = (range.start, range.len()).into();
        Ok(Box::new(MietteSpanContents::new(data, place, self.base() - 1 + first, 0, last - first + 1)))
    }
}

/// Lines and labels in the form that miette draws; it says nothing itself.
pub struct Picture<'a> {
    pub lines: &'a Lines,
    pub labels: Vec<LabeledSpan>,
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for Picture<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.lines.text)
    }
}

impl std::error::Error for Picture<'_> {}

impl miette::Diagnostic for Picture<'_> {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.lines)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
