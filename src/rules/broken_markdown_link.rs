//! Markdown links into the vault whose file does not exist.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix, Severity};
use crate::note::{LinkKind, LinkPlace};
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrokenMarkdownLink {}

impl Rule for BrokenMarkdownLink {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for link in &outline.links {
            if diagnostics.is_full() {
                return;
            }
            if link.kind != LinkKind::Markdown || link.embed || !vault.is_broken(file, link) {
                continue;
            }
            let target = outline.str(link.target);
            let diagnostic = diagnostics.report(file, link.target_span, format!("no file `{target}` in the vault"));
            diagnostic.label("no such file");
            if is_host(target) {
                diagnostic.help("without `https://` the address is a path in the vault");
                diagnostic.fix(Fix::unsafe_because(
                    format!("link to `https://{target}`"),
                    "only you know that the site is meant",
                    vec![Edit::insert(file, link.target_span.start, "https://")],
                ));
            } else {
                suggest::nearest(vault, file, link, diagnostic);
            }
            if link.place == LinkPlace::Comment {
                // Obsidian counts links in comments, but nobody reads or clicks them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}

/// The target begins like the address of a site, without a scheme.
fn is_host(target: &str) -> bool {
    let host = target.split('/').next().unwrap_or(target).to_ascii_lowercase();
    let is_name = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    let ending = host.rsplit('.').next().unwrap_or_default();
    is_name && (host.starts_with("www.") || host.len() > ending.len() + 1 && matches!(ending, "com" | "org" | "net"))
}
