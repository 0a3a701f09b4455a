//! Reads the blocks of a note line by line as CommonMark does: quotes, lists, headings, paragraphs, tables, code and HTML.
//! Blocks are closed in `leaf`, which hands their text to the scanner of Obsidian's own syntax.

use std::sync::LazyLock;

use memchr::memmem;

use super::content::Piece;
use super::draft::Draft;
use super::obsidian::Room;
use super::verbatim::{BlockKind, Fence, block_end, block_start, opening_fence};
use crate::note::LinkPlace;
use crate::text::{Span, line_end, to_u32};

mod carry;
mod container;
mod cursor;
mod leaf;
mod list;
mod table;

use carry::Carry;
use container::{Container, ContainerKind};
use cursor::Cursor;

/// White space of that many columns makes code.
const CODE_INDENT: usize = 4;

/// Reads `text` from `start` on into `draft`; `link_place` is given to links that stand in no comment.
pub(super) fn read(text: &str, start: usize, link_place: LinkPlace, draft: &mut Draft) {
    static FIELD: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("::"));
    let has_fields = FIELD.find(text.as_bytes()).is_some();
    let has_block_ids = memchr::memchr(b'^', text.as_bytes()).is_some();
    let mut blocks = Blocks {
        text,
        draft,
        link_place,
        has_fields,
        has_block_ids,
        containers: Vec::new(),
        leaf: Leaf::None,
        lines: Vec::new(),
        cells: Vec::new(),
        room: Room::default(),
        joined: String::new(),
        pieces: Vec::new(),
        heading: None,
        lists: 0,
        carry: None,
    };
    blocks.read(start);
}

/// The state of reading.
struct Blocks<'t> {
    text: &'t str,
    draft: &'t mut Draft,
    link_place: LinkPlace,
    /// The text holds `::` at all.
    has_fields: bool,
    /// The text holds `^` at all.
    has_block_ids: bool,
    /// The quotes, lists and items that are open, from outside to inside.
    containers: Vec<Container>,
    /// What is open in the innermost container.
    leaf: Leaf,
    /// The lines of the open paragraph.
    lines: Vec<Span>,
    cells: Vec<Span>,
    room: Room,
    joined: String,
    pieces: Vec<Piece>,
    /// The last heading outside quotes and lists.
    heading: Option<u32>,
    /// How many lists there are.
    lists: u32,
    carry: Option<Carry>,
}

enum Leaf {
    None,
    /// Its lines are in `lines`.
    Paragraph {
        /// It is the first thing in its container.
        first: bool,
        /// A separator row did not fit; no other is tried.
        no_table: bool,
    },
    Fenced {
        fence: Fence,
        span: Span,
    },
    Indented {
        span: Span,
    },
    Html {
        kind: BlockKind,
        span: Span,
    },
    Table {
        columns: usize,
    },
}

/// What a line does to the leaf that was open before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Continues {
    Yes,
    No,
    /// The line ends the leaf and is used up.
    Closes,
}

impl Blocks<'_> {
    fn read(&mut self, start: usize) {
        let bytes = self.text.as_bytes();
        let mut start = if bytes[start..].starts_with("\u{feff}".as_bytes()) { start + 3 } else { start };
        let mut after_blank = false;
        while start < bytes.len() {
            let (end, next) = line_end(bytes, start);
            let cursor = Cursor::new(&bytes[..end], start);
            // A second blank line changes nothing.
            if !(cursor.blank && after_blank) {
                after_blank = cursor.blank;
                self.line(cursor);
            }
            start = next;
        }
        self.close_leaf();
        self.end_carry();
    }

    fn line(&mut self, mut cursor: Cursor) {
        let mut kept = self.match_containers(&mut cursor);
        let all_kept = kept == self.containers.len();
        let continues = if all_kept { self.continue_leaf(&mut cursor) } else { Continues::No };
        if continues == Continues::Closes {
            return;
        }
        let is_verbatim = matches!(self.leaf, Leaf::Fenced { .. } | Leaf::Indented { .. } | Leaf::Html { .. });
        if continues == Continues::Yes && is_verbatim {
            return self.add_verbatim_line(&cursor);
        }
        let was_paragraph = matches!(self.leaf, Leaf::Paragraph { .. });
        let (mut opened, mut continues) = (false, continues == Continues::Yes);
        loop {
            let in_paragraph = continues && was_paragraph;
            match self.open_block(&mut cursor, &mut kept, in_paragraph, was_paragraph && !opened, continues) {
                Opened::Container => (opened, continues) = (true, false),
                Opened::Leaf => return,
                Opened::Nothing => break,
            }
        }
        if cursor.blank {
            if !continues {
                self.close_from(kept);
            }
        } else if was_paragraph && !opened {
            // Also the lazy continuation: a paragraph goes on without the marks of its containers.
            self.lines.push(Span::new(cursor.first, cursor.end()));
        } else if let (true, &Leaf::Table { columns }) = (continues, &self.leaf) {
            self.table_row(cursor.first, cursor.end(), columns);
        } else {
            let first = self.begin_leaf(kept, false);
            self.leaf = Leaf::Paragraph { first, no_table: false };
            self.lines.push(Span::new(cursor.first, cursor.end()));
        }
    }

    fn continue_leaf(&mut self, cursor: &mut Cursor) -> Continues {
        let goes_on = match self.leaf {
            Leaf::None => false,
            Leaf::Paragraph { .. } => !cursor.blank,
            Leaf::Table { .. } => !cursor.blank && table::is_row(cursor.rest()),
            Leaf::Indented { .. } => cursor.blank || cursor.indent >= CODE_INDENT,
            Leaf::Html { kind, .. } => kind != BlockKind::Tag || !cursor.blank,
            Leaf::Fenced { fence, mut span } => {
                if cursor.indent < CODE_INDENT && fence.is_closed_by(cursor.rest()) {
                    span.end = to_u32(cursor.end());
                    self.close_fenced(span);
                    return Continues::Closes;
                }
                true
            }
        };
        if goes_on { Continues::Yes } else { Continues::No }
    }

    fn add_verbatim_line(&mut self, cursor: &Cursor) {
        let end = to_u32(cursor.end());
        match &mut self.leaf {
            Leaf::Fenced { span, .. } => span.end = end,
            Leaf::Indented { span } if !cursor.blank => span.end = end,
            Leaf::Html { kind, span } => {
                span.end = end;
                if block_end(*kind, cursor.rest()) {
                    self.close_leaf();
                }
            }
            _ => {}
        }
    }

    /// Opens the block that begins at the cursor, if one does; then what was open beyond `kept` containers is closed.
    fn open_block(
        &mut self,
        cursor: &mut Cursor,
        kept: &mut usize,
        in_paragraph: bool,
        may_be_lazy: bool,
        continues: bool,
    ) -> Opened {
        if cursor.blank {
            return Opened::Nothing;
        }
        if cursor.indent >= CODE_INDENT {
            return self.open_indented(cursor, kept, may_be_lazy);
        }
        let rest = cursor.rest();
        let opened = match rest[0] {
            b'>' => self.open_quote(cursor, kept),
            b'#' => self.open_heading(cursor, *kept),
            b'`' | b'~' => self.open_fence(cursor, *kept),
            b'<' => self.open_html(cursor, *kept, in_paragraph),
            b'=' | b'-' if in_paragraph && self.close_setext(rest, cursor.end()) => Opened::Leaf,
            b'-' | b'*' | b'_' if is_rule(rest) => self.open_rule(*kept),
            b'[' => self.open_footnote(cursor, kept),
            b'-' | b'*' | b'+' | b'0'..=b'9' => match list::marker(cursor, in_paragraph) {
                Some(marker) => self.open_item(cursor, kept, marker),
                None => Opened::Nothing,
            },
            _ => Opened::Nothing,
        };
        let may_be_table = matches!(opened, Opened::Nothing) && in_paragraph && continues;
        if may_be_table && self.open_table(rest) { Opened::Leaf } else { opened }
    }

    fn open_indented(&mut self, cursor: &mut Cursor, kept: &mut usize, may_be_lazy: bool) -> Opened {
        // Obsidian reads an indented list as a list (clause T3), where CommonMark sees code.
        let outer = kept.checked_sub(1).map(|last| self.containers[last].kind);
        let goes_on = matches!(outer, Some(ContainerKind::List { indent, .. }) if indent >= CODE_INDENT);
        if may_be_lazy && !goes_on {
            return Opened::Nothing;
        }
        if let Some(marker) = list::marker(cursor, false) {
            return self.open_item(cursor, kept, marker);
        }
        if may_be_lazy {
            return Opened::Nothing;
        }
        self.begin_leaf(*kept, false);
        self.leaf = Leaf::Indented { span: Span::new(cursor.first, cursor.end()) };
        Opened::Leaf
    }

    fn open_fence(&mut self, cursor: &Cursor, kept: usize) -> Opened {
        let Some(fence) = opening_fence(cursor.rest()) else { return Opened::Nothing };
        self.begin_leaf(kept, false);
        self.leaf = Leaf::Fenced { fence, span: Span::new(cursor.first, cursor.end()) };
        Opened::Leaf
    }

    fn open_html(&mut self, cursor: &Cursor, kept: usize, in_paragraph: bool) -> Opened {
        let Some(kind) = block_start(cursor.rest(), in_paragraph) else { return Opened::Nothing };
        self.begin_leaf(kept, false);
        self.leaf = Leaf::Html { kind, span: Span::new(cursor.first, cursor.end()) };
        if block_end(kind, cursor.rest()) {
            self.close_leaf();
        }
        Opened::Leaf
    }

    fn open_rule(&mut self, kept: usize) -> Opened {
        self.begin_leaf(kept, false);
        Opened::Leaf
    }

    /// Closes what does not go on, so that a block can begin in the innermost of `kept` containers; tells whether it is the
    /// first one there.
    fn begin_leaf(&mut self, kept: usize, is_item: bool) -> bool {
        self.close_from(kept);
        let is_list = |container: &Container| matches!(container.kind, ContainerKind::List { .. });
        if !is_item && self.containers.last().is_some_and(is_list) {
            self.containers.pop();
        }
        self.containers.last_mut().is_some_and(|container| std::mem::replace(&mut container.empty, false))
    }

    fn close_from(&mut self, kept: usize) {
        self.close_leaf();
        self.containers.truncate(kept);
    }
}

/// What a line has opened.
enum Opened {
    Container,
    /// The line is used up.
    Leaf,
    Nothing,
}

/// Tells whether a line is a thematic break: three or more equal signs and white space.
fn is_rule(line: &[u8]) -> bool {
    let is_part = |byte: &u8| *byte == line[0] || matches!(byte, b' ' | b'\t');
    line.iter().all(is_part) && line.iter().filter(|byte| **byte == line[0]).count() >= 3
}
