//! Embeds whose note or attachment does not exist.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Severity;
use crate::note::{LinkKind, LinkPlace};
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrokenEmbed {}

impl Rule for BrokenEmbed {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for link in &outline.links {
            if diagnostics.is_full() {
                return;
            }
            if !link.embed || link.kind == LinkKind::Canvas || !vault.is_broken(file, link) {
                continue;
            }
            let target = outline.str(link.target);
            let what = if is_file_name(target) { "file" } else { "note" };
            let diagnostic = diagnostics.report(file, link.target_span, format!("no {what} named `{target}` to embed"));
            diagnostic.label(format!("no such {what}"));
            suggest::nearest(vault, file, link, diagnostic);
            if diagnostic.help.as_deref().is_some_and(|help| help.starts_with("no ")) && what == "file" {
                diagnostic.help("put the file into the vault, or take the embed away");
            }
            if link.place == LinkPlace::Comment {
                // Obsidian counts embeds in comments, but nobody sees them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}

/// The target has an extension of letters and digits, as attachments do.
fn is_file_name(target: &str) -> bool {
    target.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty() && (2..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}
