//! The lines of a note that may say what a property says: `**Role**: …`, `role:: …`, short statements.

use std::cell::OnceCell;

use memchr::{memchr, memchr2_iter};

use crate::language::fact::{NoLexicon, Statement, read, subject_keys};
use crate::note::{Field, Note, ParagraphKind};
use crate::text::Span;

/// Longer lines tell more than one thing.
const MOST_BYTES: usize = 120;

/// A line of the text.
pub(super) struct Line {
    pub span: Span,
    /// Label and value of `**Label**: value`.
    pub labelled: Option<(Span, Span)>,
    words: OnceCell<Vec<u32>>,
    /// Few lines are read at all, and all are moved about.
    statement: OnceCell<Box<Statement>>,
}

impl Line {
    fn new(span: Span, labelled: Option<(Span, Span)>) -> Line {
        Line { span, labelled, words: OnceCell::new(), statement: OnceCell::new() }
    }

    /// Tells whether the line has one of these words.
    pub fn has_one_of(&self, text: &str, words: &[u32]) -> bool {
        let own = self.words.get_or_init(|| subject_keys(self.span.of(text)));
        words.iter().any(|word| own.contains(word))
    }

    /// Returns what the line states.
    pub fn statement(&self, note: &Note) -> &Statement {
        self.statement.get_or_init(|| Box::new(read(self.span.of(&note.text), &NoLexicon, note.path.stem())))
    }
}

/// Returns the lines of items, quotes and paragraphs, and the inline fields, without their marks.
pub(super) fn statements(note: &Note) -> Vec<Line> {
    let items =
        note.body.items.iter().filter(|item| item.task.is_none() && !item.numbered).map(|item| item.text_span);
    let paragraphs = note.body.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::TableRow);
    let spans = items.chain(paragraphs.map(|paragraph| paragraph.span));
    let mut lines = Vec::new();
    spans.for_each(|span| split(note, span, &mut lines));
    let fields = note.body.fields.iter().filter(|field| is_of_the_note(note, field));
    let labelled = |field: &Field| (trimmed(&note.text, field.key_span), field.value_span);
    lines.extend(fields.map(|field| Line::new(field.value_span, Some(labelled(field)))));
    lines.sort_by_key(|line| line.span.start);
    lines
}

/// A field beside other words, or in a task, is about its item: `- [ ] Send it [due:: 2025-10-30]`.
fn is_of_the_note(note: &Note, field: &Field) -> bool {
    let items = &note.body.items;
    let below = items.partition_point(|item| item.span.start <= field.key_span.start);
    let item = below.checked_sub(1).map(|index| &items[index]).filter(|item| item.span.covers(field.value_span));
    item.is_none_or(|item| {
        let (text, brackets) = (item.text_span, 1);
        let is_whole = text.start + brackets >= field.key_span.start && text.end <= field.value_span.end + brackets;
        item.task.is_none() && is_whole
    })
}

fn split(note: &Note, span: Span, lines: &mut Vec<Line>) {
    let text = span.of(&note.text);
    let mut at = 0;
    for end in memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        let place = trimmed(&note.text, Span::new(at, end).shifted(span.start as usize));
        let (begin, line) = (place.start as usize, place.of(&note.text));
        at = end + 1;
        if line.is_empty() || line.len() > MOST_BYTES {
            continue;
        }
        let colon = memchr(b':', line.as_bytes());
        if colon.is_none_or(|colon| !line[colon..].contains("::")) {
            let labelled = colon.and_then(|colon| labelled(begin, line, colon));
            lines.push(Line::new(place, labelled));
        }
    }
}

fn trimmed(text: &str, span: Span) -> Span {
    let rest = span.of(text).trim_start();
    let start = span.range().end - rest.len();
    Span::new(start, start + rest.trim_end().len())
}

/// Takes `**Label**: value`, `Label: value` and `**Label:** value` apart at the first colon.
fn labelled(begin: usize, line: &str, colon: usize) -> Option<(Span, Span)> {
    let is_mark = |sign| matches!(sign, '*' | '_' | ' ');
    let (before, rest) = (&line[..colon], &line[colon + 1..]);
    if !rest.starts_with(is_mark) {
        return None;
    }
    let label = before.trim_matches(is_mark);
    let value = rest.trim_matches(is_mark).trim_end_matches('.');
    let is_label = label.starts_with(char::is_alphabetic) && label.split_whitespace().count() <= 3;
    if !is_label || value.is_empty() {
        return None;
    }
    // It begins with a letter.
    let label = label.trim_end();
    let label_start = begin + before.len() - before.trim_start_matches(is_mark).len();
    let value_start = begin + line.len() - rest.trim_start_matches(is_mark).len();
    let (label, value) =
        (Span::new(label_start, label_start + label.len()), Span::new(value_start, value_start + value.len()));
    Some((label, value))
}
