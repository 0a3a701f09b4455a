//! Lines that state something by themselves: list items, rows of tables, lines of quotes and callouts. Steps, labels,
//! placeholders and what is mostly code are none.

use crate::language::date;
use crate::language::fact::{is_unspaced_statement, without_source};
use crate::note::{Body, Fact, FactKind, FactPlace, Outline, ParagraphKind, VerbatimKind};
use crate::text::{Span, Strings, to_u32};

mod frame;

use frame::Frames;

/// A text of fewer words, links aside, states nothing.
const LEAST_WORDS: usize = 2;

/// A word in place of a date is no longer, in bytes.
const LONGEST_PLACEHOLDER: usize = 16;

/// Longer texts are prose.
const MOST_BYTES: usize = 1_000;

/// Finds the facts of a note whose outline has everything else but its names and strings.
pub(super) fn parse(text: &str, outline: &Outline, body: &Body, strings: &mut Strings) -> Box<[Fact]> {
    let mut facts = Facts { text, outline, body, strings, found: Vec::new() };
    facts.items();
    facts.paragraphs();
    facts.found.sort_by_key(|fact| fact.span.start);
    facts.found.as_slice().into()
}

struct Facts<'t> {
    text: &'t str,
    outline: &'t Outline,
    body: &'t Body,
    strings: &'t mut Strings,
    found: Vec<Fact>,
}

impl Facts<'_> {
    fn items(&mut self) {
        let mut frames = Frames::new(self.text, self.body);
        for (index, item) in self.body.items.iter().enumerate() {
            let is_open = item.task.is_none_or(|state| state == ' ');
            if item.numbered || !is_open {
                // What is ticked off was true once; a numbered step is part of a recipe.
                continue;
            }
            let kind = if item.task.is_some() { FactKind::Task } else { FactKind::Statement };
            let place = FactPlace::Item(item.list);
            if let Some(fact) = self.add(item.text_span, kind, place, item.heading) {
                fact.frame = frames.of(index);
            }
        }
    }

    fn paragraphs(&mut self) {
        let mut table = None;
        let mut end_of_table = 0;
        for (index, paragraph) in self.body.paragraphs.iter().enumerate() {
            match paragraph.kind {
                ParagraphKind::Text => {}
                ParagraphKind::Quote if !self.is_title(paragraph.span) => {
                    self.add(paragraph.span, FactKind::Statement, FactPlace::Quote, paragraph.heading);
                }
                ParagraphKind::Quote => {}
                ParagraphKind::TableRow => {
                    let follows =
                        self.text[end_of_table..paragraph.span.start as usize].matches(['\n', '\r']).count() <= 3;
                    let first = *table.get_or_insert(index);
                    end_of_table = paragraph.span.end as usize;
                    if self.is_header(paragraph.span) || !follows {
                        table = Some(index);
                    } else {
                        self.add(paragraph.span, FactKind::Statement, FactPlace::Row(to_u32(first)), paragraph.heading);
                    }
                }
            }
        }
    }

    /// The line of a callout that gives its type and title.
    fn is_title(&self, span: Span) -> bool {
        let before = &self.text[..span.start as usize];
        let line = &before[memchr::memrchr2(b'\n', b'\r', before.as_bytes()).map_or(0, |at| at + 1)..];
        line.trim_start_matches([' ', '\t', '>']).starts_with("[!") || self.text[span.range()].starts_with("[!")
    }

    /// The row above the line of dashes.
    fn is_header(&self, span: Span) -> bool {
        let next = self.text[span.end as usize..].lines().nth(1).unwrap_or_default();
        next.contains('-') && next.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t' | b'>'))
    }

    /// What is left of a text without the comments at its end, which say nothing to who reads the note.
    fn without_comments(&self, mut span: Span) -> Span {
        let text = |span: Span| self.text[span.range()].trim_end();
        while text(span).ends_with("%%") || text(span).ends_with("-->") {
            let end = span.start + to_u32(text(span).len());
            let comments = self.body.verbatim.partition_point(|verbatim| verbatim.span.start < end);
            let last = comments.checked_sub(1).map(|index| &self.body.verbatim[index]);
            let is_comment = |kind| matches!(kind, VerbatimKind::Comment | VerbatimKind::HtmlComment);
            match last.filter(|last| is_comment(last.kind) && last.span.end == end && last.span.start >= span.start) {
                Some(comment) => span.end = comment.span.start,
                None => break,
            }
            span.end = span.start + to_u32(text(span).len());
        }
        span
    }

    fn add(&mut self, span: Span, kind: FactKind, place: FactPlace, heading: Option<u32>) -> Option<&mut Fact> {
        let span = self.without_comments(span);
        let text = &self.text[span.range()];
        if text.len() > MOST_BYTES || text.ends_with(':') || self.is_code(span) {
            return None;
        }
        let kind = match (self.shape(span), cue(text)) {
            (Shape::Nothing, _) | (_, Cue::Template) => return None,
            (Shape::Links, _) => FactKind::Links,
            (Shape::Words, Cue::Source) if without_source(text) == text.trim_end() => FactKind::Entry,
            (Shape::Words, _) if is_entry(text) => FactKind::Entry,
            (Shape::Words, _) => kind,
        };
        let text = self.strings.add(text);
        let heading = heading.map_or(0, |index| index + 1);
        self.found.push(Fact { span, text_start: text.start(), kind, place, frame: 0, heading });
        self.found.last_mut()
    }

    /// Most of the text is code.
    fn is_code(&self, span: Span) -> bool {
        let first = self.body.verbatim.partition_point(|verbatim| verbatim.span.end <= span.start);
        let inside = self.body.verbatim[first..].iter().take_while(|verbatim| verbatim.span.start < span.end);
        let code = inside.filter(|verbatim| verbatim.kind != VerbatimKind::Comment).map(|verbatim| verbatim.span.len());
        2 * code.sum::<usize>() > span.len()
    }

    /// Tells whether there are words beside the links.
    fn shape(&self, span: Span) -> Shape {
        let first = self.outline.links.partition_point(|link| link.span.end <= span.start);
        let links = self.outline.links[first..].iter().take_while(|link| link.span.start < span.end);
        let (mut at, mut words, mut any_link) = (span.start as usize, 0, false);
        for link in links {
            words += count_words(self.text.get(at..link.span.start as usize).unwrap_or_default());
            at = at.max(link.span.end as usize);
            any_link = true;
        }
        words += count_words(self.text.get(at..span.end as usize).unwrap_or_default());
        match words {
            0 if any_link => Shape::Links,
            0 => Shape::Nothing,
            words if words < LEAST_WORDS && !any_link && !is_unspaced_statement(&self.text[span.range()]) => {
                Shape::Nothing
            }
            _ => Shape::Words,
        }
    }
}

enum Shape {
    Nothing,
    Links,
    Words,
}

/// Signs by which a text is no statement.
enum Cue {
    None,
    /// `{{` or `<%`, where a template puts something.
    Template,
    /// `(via `
    Source,
}

fn cue(text: &str) -> Cue {
    let mut cue = Cue::None;
    for at in memchr::memchr3_iter(b'{', b'<', b'(', text.as_bytes()) {
        match text.as_bytes()[at..] {
            [b'{', b'{', ..] | [b'<', b'%', ..] => return Cue::Template,
            [b'(', b'v', b'i', b'a', b' ', ..] => cue = Cue::Source,
            _ => {}
        }
    }
    cue
}

/// Counts words, no further than it matters.
fn count_words(text: &str) -> usize {
    let (mut words, mut is_counted) = (0, false);
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            words += usize::from(!is_counted);
            is_counted = true;
            if words == LEAST_WORDS {
                break;
            }
        } else if letter.is_whitespace() {
            is_counted = false;
        }
    }
    words
}

/// `2025-10-30: …`, `unknown: [[…]] …`: a line of a log, which tells of an event and not of a state.
fn is_entry(text: &str) -> bool {
    let signs = text.bytes().take_while(|byte| matches!(byte, b'*' | b'_' | b'[' | b'(' | b' ')).count();
    let head = &text[signs..];
    let ends_head = |rest: &str| rest.trim_start_matches(['*', '_', ']', ')']).starts_with([':', ' ', '–', '—']);
    let dated = || date::leading(head).is_some_and(|(range, _)| ends_head(&head[range.end..]));
    head.starts_with(|first: char| first.is_ascii_digit()) && dated() || is_undated(head)
}

/// `unknown: [[…]] …`: a word in place of the date.
fn is_undated(head: &str) -> bool {
    let colon = head.bytes().take(LONGEST_PLACEHOLDER + 1).position(|byte| byte == b':');
    colon.is_some_and(|colon| {
        let (word, rest) = head.split_at(colon);
        date::is_placeholder(word.trim_end_matches(['*', '_', ']', ')'])) && rest.contains("[[")
    })
}
