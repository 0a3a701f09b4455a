//! Canvas nodes that show a file the vault does not have.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::note::LinkKind;
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrokenCanvasLink {}

impl Rule for BrokenCanvasLink {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        if let Some((span, reason)) = outline.canvas_problem {
            let message = format!("the canvas cannot be read: {}", outline.str(reason));
            diagnostics
                .report(file, span, message)
                .help("a canvas is JSON; take back the last change by hand or by a sync program")
                .at_most(Severity::Warning);
        }
        for link in &outline.links {
            if diagnostics.is_full() {
                return;
            }
            if link.kind != LinkKind::Canvas || !vault.is_broken(file, link) {
                continue;
            }
            let target = outline.str(link.target);
            let diagnostic = diagnostics.report(file, link.target_span, format!("the canvas shows `{target}`, which does not exist"));
            diagnostic.label("no such file");
            suggest::nearest(vault, file, link, diagnostic);
        }
    }
}
