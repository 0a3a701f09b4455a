//! Obsidian syntax that is opened and never closed.

use serde::{Deserialize, Serialize};

use crate::note::{Note, UnclosedKind};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnclosedSyntax {}

impl Rule for UnclosedSyntax {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        for unclosed in &note.outline.unclosed {
            let (what, help) = words(unclosed.kind);
            let diagnostic = diagnostics.report(note.id, unclosed.span, format!("{what} is never closed"));
            diagnostic.label("opened here").help(help);
        }
    }
}

fn words(kind: UnclosedKind) -> (&'static str, &'static str) {
    match kind {
        UnclosedKind::Wikilink => ("the wikilink", "write `]]` after the target, on the same line"),
        UnclosedKind::Comment => ("the comment", "write `%%` where it ends; until then Obsidian hides the rest of the note"),
        UnclosedKind::CodeFence => {
            ("the code block", "write the same fence where the code ends; until then everything below it is code")
        }
        UnclosedKind::MathBlock => ("the math block", "write `$$` where it ends"),
        UnclosedKind::Callout => ("the callout's type", "write `]` after the type, as in `> [!note]`"),
    }
}
