//! Links that several notes match equally well, so that Obsidian's choice is not stable.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Fix, Severity};
use crate::note::{Link, LinkKind, LinkPlace};
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::{Subpath, Target, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct AmbiguousWikilink {}

impl Rule for AmbiguousWikilink {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for link in &outline.links {
            if link.kind == LinkKind::Canvas || link.place == LinkPlace::Generated {
                continue;
            }
            let (found, is_stable) = match vault.resolve(file, link) {
                Target::Ambiguous(found) => (found, false),
                _ => (vault.rivals(file, link), true),
            };
            if found.len() < 2 {
                continue;
            }
            let target = outline.str(link.target);
            let choice = if is_stable {
                format!("takes {} since its path is the shortest", vault.path(found[0]))
            } else {
                "may take any of them".to_owned()
            };
            let message = format!("{} files match `{target}`, and Obsidian {choice}", found.len());
            let diagnostic = diagnostics.report(file, link.target_span, message);
            let paths: Vec<String> = found.iter().take(3).map(|id| format!("`{}`", path(vault, file, *id))).collect();
            diagnostic.label(if is_stable { "chosen by the length of the path" } else { "not stable" });
            diagnostic.help(format!("write the path of the one you mean: {}", paths.join(" or ")));
            let fix = |id: &FileId| {
                let path = path(vault, file, *id);
                let title = format!("link to `{path}`");
                let path =
                    if link.kind == LinkKind::Markdown && vault.path(*id).is_note() { path + ".md" } else { path };
                let edit = suggest::write_target(vault, file, link, path)?;
                Some(Fix::unsafe_because(title, "another of the files may be meant", vec![edit]))
            };
            match only_with_subpath(vault, file, link, &found) {
                Some(only) => diagnostic.fix = fix(&only),
                None => diagnostic.alternatives = found.iter().take(3).filter_map(fix).collect(),
            }
            if is_stable || link.place == LinkPlace::Comment {
                // The link leads somewhere, and always there. Obsidian counts links in comments, but nobody reads or clicks them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}

/// The whole path without `.md`, from the root of the vault if it would be taken for something else.
fn path(vault: &Vault, source: FileId, file: FileId) -> String {
    let path = vault.path(file).as_str();
    let path = if vault.path(file).is_note() { &path[..path.len() - 3] } else { path };
    if vault.leads_to(source, path, file) { path.to_owned() } else { format!("/{path}") }
}

/// The one file that has the heading or block of the link: it must be meant.
fn only_with_subpath(vault: &Vault, source: FileId, link: &Link, found: &[FileId]) -> Option<FileId> {
    let mut with = found.iter().filter(|id| vault.subpath(link, source, **id) == Subpath::Found);
    let only = with.next()?;
    with.next().is_none().then_some(*only)
}
