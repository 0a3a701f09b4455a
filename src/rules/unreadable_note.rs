//! Notes that are not UTF-8.

use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::{Contents, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnreadableNote {}

impl Rule for UnreadableNote {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for (id, file) in vault.files() {
            let Contents::NotUtf8 { offset, line } = file.contents else { continue };
            diagnostics
                .report(id, Span::at(0), format!("not UTF-8: byte {offset} (line {line}) is no character; Obsidian shows the note garbled"))
                .help("save the note as UTF-8 (in most editors: save with encoding); links to it still work");
        }
    }
}
