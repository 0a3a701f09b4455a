//! Closes leaves: what a heading, paragraph, table row or region of code gives to the outline.

use memchr::memchr;

use super::{BlockKind, Blocks, Container, ContainerKind, Cursor, Leaf, Opened, list, table};
use crate::note::{Heading, Paragraph, ParagraphKind, UnclosedKind, VerbatimKind};
use crate::parse::content::{Content, lines};
use crate::parse::obsidian::{self, Place, block_id, callout, field};
use crate::parse::verbatim::run;
use crate::text::{Span, to_u32};

/// What is left of a block after its inline syntax was read.
struct Scanned {
    /// Without the end of a comment that began above the block.
    start: u32,
    /// Where the text ends before the block id, if there is one in the last line.
    before_id: Option<u32>,
}

impl Blocks<'_> {
    pub(super) fn close_leaf(&mut self) {
        match std::mem::replace(&mut self.leaf, Leaf::None) {
            Leaf::None | Leaf::Table { .. } => {}
            Leaf::Paragraph { first, .. } => self.close_paragraph(first),
            Leaf::Indented { span } => self.draft.add_verbatim(span, VerbatimKind::CodeBlock),
            Leaf::Html { kind: BlockKind::Comment, span } => self.draft.add_verbatim(span, VerbatimKind::HtmlComment),
            Leaf::Html { span, .. } => self.draft.add_verbatim(span, VerbatimKind::Html),
            Leaf::Fenced { span, .. } => {
                self.draft.add_verbatim(span, VerbatimKind::CodeBlock);
                let line = lines(span.of(self.text)).next().map_or(0, |(_, end)| end);
                let start = span.start as usize;
                self.draft.add_unclosed(Span::new(start, start + line), UnclosedKind::CodeFence);
            }
        }
    }

    pub(super) fn close_fenced(&mut self, span: Span) {
        self.leaf = Leaf::None;
        self.draft.add_verbatim(span, VerbatimKind::CodeBlock);
    }

    fn close_paragraph(&mut self, first: bool) {
        let mut lines = std::mem::take(&mut self.lines);
        let last = lines.len() - 1;
        lines[last] = self.trimmed(lines[last]);
        let scanned = self.scan(&lines, false);
        let whole = Span { start: scanned.start, end: lines[last].end.max(scanned.start) };
        match self.containers.last().map(|container| container.kind) {
            Some(ContainerKind::Item { index, .. }) if first => {
                self.fill_item(index, lines[0], whole, scanned.before_id)
            }
            kind if self.is_quoted() => {
                let is_head = first && matches!(kind, Some(ContainerKind::Quote));
                self.add_quote_lines(&lines, scanned.start, is_head);
            }
            _ => self.add_paragraph(whole, ParagraphKind::Text),
        }
        lines.clear();
        self.lines = lines;
    }

    fn is_quoted(&self) -> bool {
        self.containers.iter().any(|container| matches!(container.kind, ContainerKind::Quote))
    }

    /// Gives an item its own text: the paragraph it begins with.
    fn fill_item(&mut self, index: Option<u32>, first_line: Span, whole: Span, before_id: Option<u32>) {
        let Some(item) = index.and_then(|index| self.draft.items.get_mut(index as usize)) else { return };
        let task = list::task(first_line.of(self.text));
        let start = whole.start.max(first_line.start + task.map_or(0, |(_, len)| to_u32(len))).min(whole.end);
        let end = before_id.unwrap_or(whole.end).max(start);
        let text = Span { start, end }.of(self.text).trim_end();
        let end = start + to_u32(text.len());
        let blank = text.len() - text.trim_start().len();
        item.task = task.map(|(status, _)| status);
        item.span.end = whole.end.max(item.span.end);
        item.text_span = Span { start: start + to_u32(blank), end };
    }

    /// Adds the lines of a quote, each for itself; the head of a callout is no text.
    fn add_quote_lines(&mut self, lines: &[Span], start: u32, is_head: bool) {
        for (number, line) in lines.iter().enumerate() {
            let mut line = self.trimmed(*line);
            if number == 0 && is_head {
                let title = callout::read(line.of(self.text), line.start as usize, self.draft);
                let blank = line.of(self.text)[title..].bytes().take_while(|byte| *byte == b' ').count();
                line.start += to_u32(title + blank);
            }
            line.start = line.start.max(start);
            if line.start < line.end {
                self.add_paragraph(line, ParagraphKind::Quote);
            }
        }
    }

    fn add_paragraph(&mut self, span: Span, kind: ParagraphKind) {
        let text = span.of(self.text);
        let span = Span { start: span.end - to_u32(text.trim_ascii_start().len()), ..span };
        let is_verbatim = self.draft.verbatim.last().is_some_and(|region| region.span.covers(span));
        if !span.is_empty() && !is_verbatim {
            self.draft.paragraphs.push(Paragraph { span, kind, heading: self.heading });
        }
    }

    fn trimmed(&self, span: Span) -> Span {
        let text = span.of(self.text).trim_ascii_end();
        Span { start: span.start, end: span.start + to_u32(text.len()) }
    }

    pub(super) fn open_heading(&mut self, cursor: &Cursor, kept: usize) -> Opened {
        let level = run(cursor.rest(), b'#');
        if level > 6 || !matches!(cursor.rest().get(level), None | Some(b' ' | b'\t')) {
            return Opened::Nothing;
        }
        self.begin_leaf(kept, false);
        let line = &self.text[cursor.first..cursor.end()];
        let text = without_closing_marks(line[level..].trim_matches([' ', '\t', '\x0b', '\x0c']));
        let start = cursor.end() - line[level..].trim_start_matches([' ', '\t', '\x0b', '\x0c']).len();
        let text_span = Span::new(start, start + text.len());
        let span = self.trimmed(Span::new(cursor.first, cursor.end()));
        self.add_heading(level, span, text_span, &[text_span], false);
        Opened::Leaf
    }

    /// Turns the open paragraph into a heading, if `line` is the line below one (clause H5).
    pub(super) fn close_setext(&mut self, line: &[u8], end: usize) -> bool {
        let Leaf::Paragraph { first, .. } = self.leaf else { return false };
        let marks = line.trim_ascii_end();
        if run(marks, line[0]) != marks.len() {
            return false;
        }
        let is_quote = |container: &Container| matches!(container.kind, ContainerKind::Quote);
        let is_callout =
            first && self.containers.last().is_some_and(is_quote) && { callout::is_head(self.lines[0].of(self.text)) };
        if is_callout || self.lines.iter().all(|line| is_definition(line.of(self.text))) {
            return false;
        }
        self.leaf = Leaf::None;
        let mut lines = std::mem::take(&mut self.lines);
        let last = lines.len() - 1;
        lines[last] = self.trimmed(lines[last]);
        let text_span = Span { start: lines[0].start, end: lines[last].end };
        let span = Span::new(lines[0].start as usize, end);
        let level = if line[0] == b'=' { 1 } else { 2 };
        self.add_heading(level, span, text_span, &lines, true);
        lines.clear();
        self.lines = lines;
        true
    }

    fn add_heading(&mut self, level: usize, span: Span, text_span: Span, lines: &[Span], setext: bool) {
        let was_carried = self.carry.is_some();
        self.scan(lines, false);
        if was_carried && self.carry.is_none() {
            return;
        }
        let text_start = self.draft.strings.add(text_span.of(self.text)).start();
        self.draft.headings.push(Heading { level: level as u8, span, text_span, text_start, setext });
        if self.containers.is_empty() {
            self.heading = Some(to_u32(self.draft.headings.len() - 1));
        }
    }

    /// Turns the last line of the open paragraph into the first row of a table, if `line` is a fitting separator row.
    pub(super) fn open_table(&mut self, line: &[u8]) -> bool {
        let Leaf::Paragraph { first, no_table: false } = self.leaf else { return false };
        let Some(columns) = table::separator_columns(line) else { return false };
        let header = self.lines[self.lines.len() - 1];
        table::cells(self.text.as_bytes(), header.start as usize, header.end as usize, &mut self.cells);
        if self.cells.len() != columns {
            self.leaf = Leaf::Paragraph { first, no_table: true };
            return false;
        }
        self.lines.pop();
        if !self.lines.is_empty() {
            self.close_paragraph(first);
        }
        self.leaf = Leaf::Table { columns };
        self.table_row(header.start as usize, header.end as usize, columns);
        true
    }

    /// Reads a row; cells beyond the columns of the table are not shown, and so not read.
    pub(super) fn table_row(&mut self, start: usize, end: usize, columns: usize) {
        let mut cells = std::mem::take(&mut self.cells);
        table::cells(self.text.as_bytes(), start, end, &mut cells);
        for cell in cells.iter().take(columns) {
            self.scan(std::slice::from_ref(cell), true);
        }
        self.cells = cells;
        self.add_paragraph(self.trimmed(Span::new(start, end)), ParagraphKind::TableRow);
    }

    /// Reads the inline syntax of a block.
    fn scan(&mut self, block: &[Span], in_table: bool) -> Scanned {
        let (mut joined, mut pieces) = (std::mem::take(&mut self.joined), std::mem::take(&mut self.pieces));
        let content = Content::new(self.text, block, &mut joined, &mut pieces);
        let scanned = self.scan_content(&content, in_table);
        (self.joined, self.pieces) = (joined, pieces);
        scanned
    }

    fn scan_content(&mut self, content: &Content, in_table: bool) -> Scanned {
        let place = Place { link: self.link_place, in_table };
        let start = self.scan_carried(content, place);
        let regions = self.draft.verbatim.len();
        let opening = obsidian::scan(content, (start, content.text.len()), place, self.draft, &mut self.room);
        let may_hold = |sign: u8, is_in_note: bool| is_in_note && memchr(sign, content.text.as_bytes()).is_some();
        let is_asked = may_hold(b'^', self.has_block_ids) || may_hold(b':', self.has_fields);
        let before_id = if is_asked { self.scan_lines(content, start, regions) } else { None };
        if let Some(opening) = opening {
            self.begin_carry(opening.kind, content.source(opening.at));
        }
        let before_id = before_id.map(|end| content.span(end, end).start);
        Scanned { start: to_u32(content.source(start)), before_id }
    }

    /// Reads block ids and fields; returns where the text before the id of the last line ends.
    fn scan_lines(&mut self, content: &Content, start: usize, regions: usize) -> Option<usize> {
        let mut before_id = None;
        for (line_start, line_end) in lines(content.text) {
            let line = (line_start.max(start), line_end);
            if line.0 > line.1 {
                continue;
            }
            before_id = block_id::read(content, line, regions, self.draft);
            if self.has_fields {
                field::read(content, line, regions, self.draft);
            }
        }
        before_id
    }

    /// Reads what still belongs to a comment or math that began above; returns where the rest begins.
    fn scan_carried(&mut self, content: &Content, place: Place) -> usize {
        let Some(carry) = &self.carry else { return 0 };
        let Some(close) = memchr::memmem::find(content.text.as_bytes(), carry.sign()) else { return 0 };
        obsidian::scan(content, (0, close), place, self.draft, &mut self.room);
        self.end_carry_at(content.source(close + 1) + 1);
        close + 2
    }
}

fn without_closing_marks(text: &str) -> &str {
    let without = text.trim_end_matches('#');
    if without.len() == text.len() {
        return text;
    }
    let is_apart = without.is_empty() || without.ends_with([' ', '\t']);
    if is_apart { without.trim_ascii_end() } else { text }
}

/// `[label]: destination`: defines a link and shows nothing.
fn is_definition(line: &str) -> bool {
    let label = line.strip_prefix('[').filter(|label| !label.starts_with('^'));
    label.and_then(|label| label.find(']').map(|end| &label[end..])).is_some_and(|rest| rest.starts_with("]:"))
}
