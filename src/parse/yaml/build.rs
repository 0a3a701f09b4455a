//! Builds the tree from the events of granit-parser.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag};
use rustc_hash::FxHashMap;

use super::indent::{self, Begins};
use super::{Document, Node, NodeKind, Reason, YamlError, reason, scalar};
use crate::text::Span;

/// How deep collections may be nested; far above anything written by hand.
const DEPTH: usize = 100;
/// What the aliases of one document may cost together, so that a few lines cannot grow to gigabytes.
const ALIAS_COST: usize = 10_000;

/// So many brackets that close at the indentation of their key are let pass; each has the document read anew.
const MOST_OUTDENTED: usize = 16;

pub(super) fn document(text: &str) -> Result<Document, YamlError> {
    let mut read_as = Cow::Borrowed(text);
    let mut joined = 0;
    loop {
        let stop = match read(text, &read_as) {
            Ok(document) => return Ok(document),
            Err(stop) => stop,
        };
        let offset = stop.offset.filter(|_| joined < MOST_OUTDENTED);
        let Some(next) = offset.and_then(|offset| join_closing_bracket(&read_as, offset)) else {
            return Err(stop.error);
        };
        read_as = next.into();
        joined += 1;
    }
}

/// Why a document was not read to its end, and where if it is the parser that stopped.
struct Stop {
    error: YamlError,
    offset: Option<usize>,
}

/// Reads a text as another one of the same length says.
fn read(text: &str, read_as: &str) -> Result<Document, Stop> {
    let options = granit_parser::options! {
        strict_indentation: true,
        max_buffered_comment_events: usize::MAX,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
    };
    let mut builder = Builder::new(text);
    for event in Parser::new_from_str_with_options(read_as, options) {
        let (event, span) = event.map_err(|error| scan_error(text, &error))?;
        let span = span.byte_range().expect("a parser of a string knows byte offsets");
        builder.take(event, Span::new(span.start, span.end)).map_err(|error| Stop { error, offset: None })?;
    }
    Ok(builder.finish())
}

/// Puts a bracket that closes at the indentation of its key, which YAML forbids and Obsidian's parser lets pass, at the end of
/// the line before; what is in between becomes spaces.
fn join_closing_bracket(text: &str, offset: usize) -> Option<String> {
    let line_start = |at: usize| text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent = offset - line_start(offset);
    let is_first = text[line_start(offset)..offset].bytes().all(|byte| byte == b' ');
    if !is_first || !text[offset..].starts_with([']', '}']) {
        return None;
    }
    let above = text[..line_start(offset)].trim_end();
    let mut end = above.len();
    // The line of the key is the first one above that begins no farther right; the bracket opens there. A list item's own
    // bracket is held against its dash.
    let mut lines = std::iter::successors(Some(line_start(end)), |start| (*start > 0).then(|| line_start(start - 1)));
    let begin = |start: usize, marks: &[char]| text[start..].len() - text[start..].trim_start_matches(marks).len();
    let is_text = |line: &str| !line.starts_with(['\n', '\r']) && !line.trim_start().starts_with('#');
    let key = lines.find(|start| begin(*start, &[' ']) <= indent && is_text(&text[*start..]))?;
    let behind_dash = begin(key, &[' ', '-']);
    let is_item = behind_dash > 0 && text[key + behind_dash..].starts_with(['[', '{']);
    let column = if is_item { text[key..key + behind_dash].rfind('-').unwrap_or(behind_dash) } else { behind_dash };
    if column != indent || !text[key..].lines().next()?.contains(['[', '{']) {
        return None;
    }
    // A comment would take the bracket in.
    let last = &above[line_start(end)..];
    let comment = if last.trim_start_matches(' ').starts_with('#') { Some(0) } else { last.find(" #") };
    end = comment.map_or(end, |comment| line_start(end) + comment);
    let mut joined = text.to_owned();
    joined.replace_range(end..offset, &" ".repeat(offset - end));
    Some(joined)
}

fn scan_error(text: &str, error: &ScanError) -> Stop {
    let mut offset = error.marker().byte_offset().unwrap_or_default().min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    Stop { error: reason::of(text, offset, error.kind()), offset: Some(offset) }
}

struct Builder<'a> {
    text: &'a str,
    open: Vec<Open>,
    root: Option<Node>,
    comments: Vec<Span>,
    duplicates: Vec<(Span, Span)>,
    anchors: FxHashMap<usize, Anchored>,
    alias_cost: usize,
    /// End of the last value or key.
    cursor: usize,
    documents: usize,
}

/// A collection that has begun.
struct Open {
    start: usize,
    /// In brackets, where indentation means nothing.
    flow: bool,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<(Node, Node)>, key: Option<Node> },
}

struct Anchored {
    node: Node,
    cost: usize,
    depth: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Builder<'a> {
        Builder {
            text,
            open: Vec::new(),
            root: None,
            comments: Vec::new(),
            duplicates: Vec::new(),
            anchors: FxHashMap::default(),
            alias_cost: 0,
            cursor: 0,
            documents: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), YamlError> {
        match event {
            Event::DocumentStart(..) => return self.start_document(span),
            Event::Comment(..) => self.comments.push(span),
            Event::Alias(id) => {
                let node = self.alias(id, span)?;
                self.add(node, 0);
            }
            Event::Scalar(value, style, anchor, tag) => {
                self.check_tab(span, false)?;
                let node = self.scalar(&value, style, tag.as_deref(), span);
                self.add(node, anchor);
            }
            Event::SequenceStart(style, anchor, _) => {
                self.check_tab(span, style == StructureStyle::Block)?;
                let kind = OpenKind::List(Vec::new());
                self.open.push(Open { start: self.dash(span), flow: style == StructureStyle::Flow, anchor, kind });
            }
            Event::MappingStart(style, anchor, _) => {
                self.check_tab(span, style == StructureStyle::Block)?;
                let kind = OpenKind::Map { entries: Vec::new(), key: None };
                self.open.push(Open { start: span.start as usize, flow: style == StructureStyle::Flow, anchor, kind });
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            _ => {}
        }
        Ok(())
    }

    fn start_document(&mut self, span: Span) -> Result<(), YamlError> {
        self.documents += 1;
        if self.documents > 1 {
            let message = "a second YAML document begins here".to_owned();
            return Err(YamlError { span, reason: Reason::Other, message });
        }
        Ok(())
    }

    fn check_tab(&self, span: Span, block: bool) -> Result<(), YamlError> {
        let start = span.start as usize;
        let begins = match self.open.last() {
            Some(open) if open.flow => return Ok(()),
            Some(Open { kind: OpenKind::Map { key: None, .. }, .. }) => Begins::Block,
            _ if block => Begins::Block,
            Some(open) => Begins::Value { parent_indent: column(self.text, open.start) },
            None => Begins::Value { parent_indent: 0 },
        };
        indent::check(self.text, start, begins)
    }

    /// The parser reports a list that is not indented at its first value; the span begins at the dash.
    fn dash(&self, span: Span) -> usize {
        let start = span.start as usize;
        if !span.is_empty() || self.text[start..].starts_with('-') {
            return start;
        }
        self.text[self.cursor..start].rfind('-').map_or(start, |at| self.cursor + at)
    }

    fn scalar(&self, value: &str, style: ScalarStyle, tag: Option<&Tag>, span: Span) -> Node {
        let text = |quoted| NodeKind::Text { value: value.to_owned(), quoted };
        match style {
            ScalarStyle::Plain if span.is_empty() => Node { span: self.missing(span), kind: empty(tag) },
            ScalarStyle::Plain => {
                let kind = if tag.is_none_or(resolves) { scalar::resolve(value) } else { text(false) };
                Node { span, kind }
            }
            ScalarStyle::Literal | ScalarStyle::Folded => Node { span: self.block_scalar(span), kind: text(true) },
            _ => Node { span, kind: text(true) },
        }
    }

    /// Where a missing value would stand: directly after the colon or dash.
    fn missing(&self, span: Span) -> Span {
        let end = span.start as usize;
        match self.open.last() {
            Some(Open { kind: OpenKind::Map { key: Some(_), .. }, .. }) => {
                let rest = &self.text[self.cursor..];
                let colon = rest.trim_start();
                let skipped = rest.len() - colon.len();
                Span::at(if colon.starts_with(':') { self.cursor + skipped + 1 } else { self.cursor })
            }
            Some(Open { kind: OpenKind::List(_), flow: false, .. }) => Span::at(self.after_dash(end)),
            _ => Span::at(self.text[..end].trim_end().len()),
        }
    }

    /// The end of the last dash between the last value and `end`; the parser looks past a comment behind the dash.
    fn after_dash(&self, end: usize) -> usize {
        let start = self.cursor.min(end);
        let mut at = end;
        for line in self.text[start..end].split_inclusive('\n').rev() {
            at -= line.len();
            let mut dash = None;
            let mut rest = line;
            while let Some(after) = rest.trim_start().strip_prefix('-') {
                dash = Some(line.len() - after.len());
                rest = after;
            }
            if let Some(dash) = dash {
                return at + dash;
            }
        }
        self.text[..end].trim_end().len()
    }

    /// The parser reports the lines of a block scalar; the span also covers its `|` or `>`.
    fn block_scalar(&self, span: Span) -> Span {
        let end = span.end as usize;
        let start = self.text[self.cursor..end].find(['|', '>']).map_or(span.start as usize, |at| self.cursor + at);
        Span::new(start, start + self.text[start..end].trim_end().len())
    }

    /// The value of an alias stands where the alias stands, with all that is in it.
    fn alias(&mut self, id: usize, span: Span) -> Result<Node, YamlError> {
        let error = |message: &str| YamlError { span, reason: Reason::Other, message: message.to_owned() };
        let Some(anchored) = self.anchors.get(&id) else {
            return Err(error("this alias stands inside the value that it names"));
        };
        self.alias_cost += anchored.cost;
        if self.alias_cost > ALIAS_COST || self.open.len() + anchored.depth > DEPTH {
            return Err(error("the aliases of this document expand to too many values"));
        }
        Ok(placed_at(&anchored.node, span))
    }

    fn add(&mut self, node: Node, anchor: usize) {
        self.cursor = self.cursor.max(node.span.end as usize);
        if anchor != 0 {
            let (cost, depth) = weigh(&node);
            self.anchors.insert(anchor, Anchored { node: node.clone(), cost, depth });
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open { kind: OpenKind::List(items), .. }) => items.push(node),
            Some(Open { kind: OpenKind::Map { entries, key }, .. }) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push((key, node)),
            },
        }
    }

    fn close(&mut self, span: Span) {
        let open = self.open.pop().expect("the parser closes only what it opened");
        // Only brackets have a place of their own; a block ends where its last value ends.
        let end = if span.is_empty() { self.cursor.max(open.start) } else { span.end as usize };
        let kind = match open.kind {
            OpenKind::List(items) => NodeKind::List(items),
            OpenKind::Map { entries, .. } => {
                self.duplicates.extend(duplicates(&entries));
                NodeKind::Map(entries)
            }
        };
        self.add(Node { span: Span::new(open.start, end), kind }, open.anchor);
    }

    fn finish(self) -> Document {
        let mut duplicates = self.duplicates;
        duplicates.sort_by_key(|(_, later)| *later);
        let root = self.root.unwrap_or(Node { span: Span::at(0), kind: NodeKind::Null });
        Document { root, comments: self.comments, duplicates }
    }
}

/// Returns the keys that stand twice: the first and the later key.
pub(super) fn duplicates(entries: &[(Node, Node)]) -> Vec<(Span, Span)> {
    // Mappings written by hand are short: each key is compared with those before it.
    if entries.len() > 32 {
        return duplicates_by_hash(entries);
    }
    let first = |(index, (key, _)): (usize, &(Node, Node))| {
        let (first, _) = entries[..index].iter().find(|(other, _)| same_key(other, key))?;
        Some((first.span, key.span))
    };
    entries.iter().enumerate().filter_map(first).collect()
}

fn duplicates_by_hash(entries: &[(Node, Node)]) -> Vec<(Span, Span)> {
    let mut seen: FxHashMap<String, Vec<&Node>> = FxHashMap::default();
    let mut duplicates = Vec::new();
    for (key, _) in entries {
        let same_text = seen.entry(key.key_text()).or_default();
        match same_text.iter().find(|other| same_key(other, key)) {
            Some(first) => duplicates.push((first.span, key.span)),
            None => same_text.push(key),
        }
    }
    duplicates
}

fn column(text: &str, offset: usize) -> usize {
    offset - text[..offset].rfind(['\n', '\r']).map_or(0, |at| at + 1)
}

/// A tag that leaves the meaning of a plain scalar to the core schema.
fn resolves(tag: &Tag) -> bool {
    matches!(tag.core_suffix(), Some("int" | "float" | "bool" | "null"))
}

fn empty(tag: Option<&Tag>) -> NodeKind {
    match tag {
        Some(tag) if !resolves(tag) => NodeKind::Text { value: String::new(), quoted: false },
        _ => NodeKind::Null,
    }
}

/// Keys are equal as values; collections never are.
fn same_key(one: &Node, other: &Node) -> bool {
    match (&one.kind, &other.kind) {
        (NodeKind::Text { value: one, .. }, NodeKind::Text { value: other, .. }) => one == other,
        (NodeKind::List(_) | NodeKind::Map(_), _) => false,
        (one, other) => one == other,
    }
}

fn placed_at(node: &Node, span: Span) -> Node {
    let kind = match &node.kind {
        NodeKind::List(items) => NodeKind::List(items.iter().map(|item| placed_at(item, span)).collect()),
        NodeKind::Map(entries) => {
            let place = |(key, value): &(Node, Node)| (placed_at(key, span), placed_at(value, span));
            NodeKind::Map(entries.iter().map(place).collect())
        }
        scalar => scalar.clone(),
    };
    Node { span, kind }
}

/// What a copy of the node costs, and how deep it is.
fn weigh(node: &Node) -> (usize, usize) {
    let add = |(cost, depth): (usize, usize), node: &Node| {
        let (own_cost, own_depth) = weigh(node);
        (cost + own_cost, depth.max(own_depth))
    };
    let (cost, depth) = match &node.kind {
        NodeKind::List(items) => items.iter().fold((0, 0), add),
        NodeKind::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).fold((0, 0), add),
        NodeKind::Text { value, .. } => (value.len() / 64, 0),
        _ => (0, 0),
    };
    (cost + 1, depth + 1)
}
