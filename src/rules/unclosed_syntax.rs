//! Obsidian syntax that is opened and never closed.

use serde::{Deserialize, Serialize};

use crate::note::{Note, Unclosed, UnclosedKind};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnclosedSyntax {}

impl Rule for UnclosedSyntax {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        for unclosed in note.body.unclosed.iter().filter(|unclosed| !is_something_else(note, unclosed)) {
            let (what, mut help) = words(unclosed.kind);
            if unclosed.kind == UnclosedKind::Wikilink && has_bracket_too_many(&note.text[unclosed.span.start as usize..]) {
                help = "it looks like a Markdown link with one `[` too many: take one away";
            }
            let diagnostic = diagnostics.report(note.id, unclosed.span, format!("{what} is never closed"));
            diagnostic.label("opened here").help(help);
        }
    }
}

/// `[[Bug] it broke](https://…)` is a Markdown link; and where `%%` stand in pairs, each closes another.
fn is_something_else(note: &Note, unclosed: &Unclosed) -> bool {
    match unclosed.kind {
        UnclosedKind::Wikilink => is_markdown_link(&note.text[unclosed.span.start as usize..]),
        UnclosedKind::Comment => note.text.matches("%%").count().is_multiple_of(2),
        _ => false,
    }
}

/// The text of a link has fewer bytes: a line of brackets that stay open is read once, not once for each.
const LONGEST_TEXT: usize = 1_000;

/// The brackets that `text` begins with close in pairs on the line, and an address follows.
fn is_markdown_link(text: &str) -> bool {
    let near = &text[..text.floor_char_boundary(LONGEST_TEXT)];
    let line = near.split(['\n', '\r']).next().unwrap_or(near);
    let mut depth = 0;
    let end = line.bytes().position(|byte| {
        depth += i32::from(byte == b'[') - i32::from(byte == b']');
        depth == 0
    });
    end.is_some_and(|end| line[end + 1..].starts_with('('))
}

/// `[[the manual](https://…)`
fn has_bracket_too_many(text: &str) -> bool {
    text.strip_prefix("[[").is_some_and(|rest| is_markdown_link(&text[1..]) && !rest.starts_with('['))
}

fn words(kind: UnclosedKind) -> (&'static str, &'static str) {
    match kind {
        UnclosedKind::Wikilink => ("the wikilink", "write `]]` after the target, on the same line"),
        UnclosedKind::Comment => ("the comment", "write `%%` where it ends; until then Obsidian hides the rest of the note"),
        UnclosedKind::CodeFence => {
            ("the code block", "write the same fence where the code ends; until then what follows is code")
        }
        UnclosedKind::MathBlock => ("the math block", "write `$$` where it ends"),
        UnclosedKind::Callout => ("the callout's type", "write `]` after the type, as in `> [!note]`"),
    }
}
