//! The marks that git leaves in a file when two changes meet.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use crate::note::{Note, VerbatimKind};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConflictMarker {}

impl Rule for ConflictMarker {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        for conflict in conflicts(&note.text) {
            let is_example = note.body.verbatim.iter().any(|region| {
                matches!(region.kind, VerbatimKind::CodeBlock | VerbatimKind::HtmlComment) && region.span.covers(conflict.all())
            });
            if is_example {
                continue;
            }
            let diagnostic = diagnostics.report(note.id, conflict.begin, "a git conflict was never resolved");
            diagnostic.label("one version begins here");
            diagnostic.related(note.id, conflict.middle, "the other version begins here");
            diagnostic.related(note.id, conflict.end, "the conflict ends here");
            diagnostic.help("keep what is right of the two versions and delete the three lines of marks");
        }
    }
}

/// Three lines of marks in their order.
pub(super) struct Conflict {
    begin: Span,
    middle: Span,
    end: Span,
}

impl Conflict {
    pub(super) fn all(&self) -> Span {
        Span { start: self.begin.start, end: self.end.end }
    }
}

/// All three marks are asked for: a line of `=` alone underlines a heading, and seven `>` may be quotes in quotes.
pub(super) fn conflicts(text: &str) -> Vec<Conflict> {
    let mut conflicts = Vec::new();
    static BEGIN: LazyLock<Finder> = LazyLock::new(|| Finder::new("<<<<<<<"));
    if BEGIN.find(text.as_bytes()).is_none() {
        return conflicts;
    }
    let (mut begin, mut middle) = (None, None);
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let content = line.trim_end_matches(['\n', '\r']);
        let span = Span::new(start, start + content.len());
        start += line.len();
        match content.as_bytes().first() {
            Some(b'<') if is_mark(content, "<<<<<<<") => (begin, middle) = (Some(span), None),
            Some(b'=') if content.trim_end() == "=======" && begin.is_some() => middle = middle.or(Some(span)),
            Some(b'>') if is_mark(content, ">>>>>>>") => {
                if let (Some(begin), Some(middle)) = (begin.take(), middle.take()) {
                    conflicts.push(Conflict { begin, middle, end: span });
                }
            }
            _ => {}
        }
    }
    conflicts
}

fn is_mark(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}
