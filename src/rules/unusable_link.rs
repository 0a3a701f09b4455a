//! Links whose target no note can ever have.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Severity};
use crate::note::{LinkKind, LinkPlace, is_template_text};
use crate::rule::{Diagnostics, Rule};
use crate::text::FileId;
use crate::vault::{Unusable, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnusableLink {}

impl Rule for UnusableLink {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for link in outline.links.iter().filter(|link| link.place != LinkPlace::Generated) {
            let Some(reason) = vault.unusable(file, link) else { continue };
            let target = outline.str(link.target);
            if link.kind == LinkKind::Canvas || is_template_text(target) {
                continue;
            }
            let shown = match reason {
                Unusable::Hash { gap, .. } => format!("{target}{gap}{}", outline.str(link.subpath)),
                _ => target.to_owned(),
            };
            let diagnostic = diagnostics.report(file, link.target_span, message(reason, &shown));
            diagnostic.label("no note can be reached so").help(help(vault, file, reason, target));
            add_near(vault, file, reason, target, diagnostic);
            cap(reason, link.kind, diagnostic);
            if link.place == LinkPlace::Comment {
                // Obsidian counts links in comments, but nobody reads or clicks them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}

fn message(reason: Unusable, target: &str) -> String {
    match reason {
        Unusable::WebAddress | Unusable::OtherAddress => format!("`{target}` is an address, not a note"),
        Unusable::OutOfVault => format!("`{target}` leads out of the vault"),
        Unusable::Hidden => format!("`{target}` is hidden: Obsidian sees no file or folder that begins with a dot"),
        Unusable::Folder => format!("`{target}` is a folder: only files can be linked"),
        Unusable::Hash { .. } => format!("`{target}` cannot be reached: in a link the name ends at `#`"),
        Unusable::Sign(sign) => format!("no note can be named `{target}`: Obsidian refuses `{sign}` in names"),
    }
}

fn help(vault: &Vault, source: FileId, reason: Unusable, target: &str) -> String {
    match reason {
        Unusable::WebAddress | Unusable::OtherAddress => format!("write `[text]({})`", target.replace(' ', "%20")),
        Unusable::OutOfVault => "move the file into the vault, or link to it as `file:///…`".to_owned(),
        Unusable::Hidden => "move the file to a folder without a dot".to_owned(),
        Unusable::Folder => "link to a note in the folder".to_owned(),
        Unusable::Hash { file, .. } => around_hash(vault, source, file),
        Unusable::Sign('\\') => "folders are written with `/`".to_owned(),
        Unusable::Sign('|') => "write the note's name before the `|`".to_owned(),
        Unusable::Sign(sign) => format!("write the target without `{sign}`"),
    }
}

/// Where a folder has the `#`, the name alone may reach the note.
fn around_hash(vault: &Vault, source: FileId, note: FileId) -> String {
    let (path, text) = (vault.path(note), vault.link_text(source, note));
    if !text.contains('#') {
        return format!("link to it as `{text}`");
    }
    let what = if path.file_name().contains('#') { "name" } else { "path" };
    format!("rename {path} so that its {what} has no `#`")
}

/// What would have been said had the target been a name like any other.
fn add_near(vault: &Vault, file: FileId, reason: Unusable, target: &str, diagnostic: &mut Diagnostic) {
    let plain = target.replace('\\', "/");
    let near = if matches!(reason, Unusable::Sign(_)) { vault.nearest(file, &plain) } else { Vec::new() };
    if let Some(near) = near.first() {
        let help = diagnostic.help.take().unwrap_or_default();
        diagnostic.help(format!("{help}; did you mean `{}`?", vault.link_text(file, near.file)));
    }
}

/// Schemes other than `https` are confidence M (L12); Markdown links out of the vault work in other programs.
fn cap(reason: Unusable, kind: LinkKind, diagnostic: &mut Diagnostic) {
    let elsewhere = matches!(reason, Unusable::OutOfVault | Unusable::Hidden | Unusable::Folder);
    if reason == Unusable::OtherAddress || kind == LinkKind::Markdown && elsewhere {
        diagnostic.at_most(Severity::Warning);
    }
}
