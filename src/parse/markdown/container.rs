//! What holds other blocks: quotes, lists, their items, footnotes.

use super::cursor::Cursor;
use super::list::Marker;
use super::{Blocks, CODE_INDENT, Opened};
use crate::note::{BlockId, Item};
use crate::parse::obsidian::block_id;
use crate::text::{Span, to_u32};

/// Quotes and lists nested deeper than this are text.
const MAX_DEPTH: usize = 100;

pub(super) struct Container {
    pub kind: ContainerKind,
    /// Nothing is in it yet.
    pub empty: bool,
}

#[derive(Clone, Copy)]
pub(super) enum ContainerKind {
    Quote,
    List {
        sign: u8,
        number: u32,
        /// Columns before its first marker.
        indent: usize,
    },
    Item {
        /// Index of the item; `None` if it lies in a comment.
        index: Option<u32>,
        /// Columns by which its content is indented.
        indent: usize,
    },
    Footnote,
}

impl Container {
    pub(super) fn item(&self) -> Option<Option<u32>> {
        if let ContainerKind::Item { index, .. } = self.kind { Some(index) } else { None }
    }
}

impl Blocks<'_> {
    /// Walks over the marks of the open containers; returns how many of them go on.
    pub(super) fn match_containers(&self, cursor: &mut Cursor) -> usize {
        for (depth, container) in self.containers.iter().enumerate() {
            match container.kind {
                ContainerKind::Quote if cursor.indent < CODE_INDENT && cursor.byte(0) == b'>' => {
                    cursor.advance_past(1);
                    cursor.skip_space();
                }
                ContainerKind::Item { indent, .. } if cursor.indent >= indent => cursor.advance_columns(indent),
                ContainerKind::Item { .. } if cursor.blank && !container.empty => cursor.advance_past(0),
                ContainerKind::Footnote if cursor.indent >= CODE_INDENT => cursor.advance_columns(CODE_INDENT),
                ContainerKind::Footnote if cursor.blank => {}
                ContainerKind::List { .. } => {}
                _ => return depth,
            }
        }
        self.containers.len()
    }

    pub(super) fn open_quote(&mut self, cursor: &mut Cursor, kept: &mut usize) -> Opened {
        if *kept >= MAX_DEPTH {
            return Opened::Nothing;
        }
        self.begin_leaf(*kept, false);
        cursor.advance_past(1);
        cursor.skip_space();
        self.push(ContainerKind::Quote, kept)
    }

    pub(super) fn open_footnote(&mut self, cursor: &mut Cursor, kept: &mut usize) -> Opened {
        let Some(len) = block_id::footnote_len(cursor.rest()).filter(|_| *kept < MAX_DEPTH) else {
            return Opened::Nothing;
        };
        self.begin_leaf(*kept, false);
        let label = cursor.first + 2;
        let label_end = label + memchr::memchr(b']', &cursor.bytes[label..]).unwrap_or(0);
        let id = self.draft.strings.add(&self.text[label..label_end]);
        self.draft.block_ids.push(BlockId { span: Span::new(cursor.first, label_end + 2), id, footnote: true });
        cursor.advance_past(len);
        self.push(ContainerKind::Footnote, kept)
    }

    pub(super) fn open_item(&mut self, cursor: &mut Cursor, kept: &mut usize, marker: Marker) -> Opened {
        if *kept + 1 >= MAX_DEPTH {
            return Opened::Nothing;
        }
        self.begin_leaf(*kept, true);
        let (start, outer_indent) = (cursor.first, cursor.indent);
        cursor.advance_past(marker.len);
        let indent = cursor.indent;
        let is_text = (1..=CODE_INDENT).contains(&indent) && !cursor.blank;
        if is_text {
            cursor.advance_past(0);
        } else {
            cursor.skip_space();
        }
        let padding = marker.len + if is_text { indent } else { 1 };
        let number = self.list_number(kept, marker, outer_indent);
        let index = self.add_item(start, cursor.first.min(cursor.end()), number, marker);
        self.push(ContainerKind::Item { index, indent: outer_indent + padding }, kept)
    }

    /// Returns the number of the list that the item goes on with, or of a new one.
    fn list_number(&mut self, kept: &mut usize, marker: Marker, indent: usize) -> u32 {
        if let Some(Container { kind: ContainerKind::List { sign, number, .. }, .. }) = self.containers.last() {
            if marker.fits(*sign) {
                return *number;
            }
            self.containers.pop();
            *kept -= 1;
        }
        let number = self.lists;
        self.lists += 1;
        self.push(ContainerKind::List { sign: marker.sign, number, indent }, kept);
        number
    }

    fn add_item(&mut self, start: usize, content: usize, list: u32, marker: Marker) -> Option<u32> {
        let items = || self.containers.iter().filter_map(Container::item);
        let quoted = self.containers.iter().any(|container| matches!(container.kind, ContainerKind::Quote));
        let item = Item {
            span: Span::new(start, start + marker.len),
            text_span: Span::at(content),
            list,
            parent: items().next_back().flatten(),
            heading: self.heading,
            depth: u8::try_from(items().count()).unwrap_or(u8::MAX),
            numbered: marker.numbered,
            task: None,
            quoted,
        };
        self.draft.items.push(item);
        Some(to_u32(self.draft.items.len() - 1))
    }

    fn push(&mut self, kind: ContainerKind, kept: &mut usize) -> Opened {
        self.containers.push(Container { kind, empty: true });
        *kept = self.containers.len();
        Opened::Container
    }
}
