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
            let Target::Ambiguous(found) = vault.resolve(file, link) else { continue };
            let target = outline.str(link.target);
            let message = format!("{} files match `{target}`, and Obsidian may take any of them", found.len());
            let diagnostic = diagnostics.report(file, link.target_span, message);
            let paths: Vec<String> = found.iter().take(3).map(|id| format!("`{}`", vault.link_text(file, *id))).collect();
            diagnostic.label("not stable").help(format!("write the path of the one you mean: {}", paths.join(" or ")));
            let fix = |id: &FileId| {
                let edit = suggest::retarget(vault, file, link, *id)?;
                let title = format!("link to `{}`", vault.link_text(file, *id));
                Some(Fix::unsafe_because(title, "another of the files may be meant", vec![edit]))
            };
            match only_with_subpath(vault, file, link, &found) {
                Some(only) => diagnostic.fix = fix(&only),
                None => diagnostic.alternatives = found.iter().take(3).filter_map(fix).collect(),
            }
            if link.place == LinkPlace::Comment {
                // Obsidian counts links in comments, but nobody reads or clicks them (clause L6).
                diagnostic.at_most(Severity::Info);
            }
        }
    }
}

/// The one file that has the heading or block of the link: it must be meant.
fn only_with_subpath(vault: &Vault, source: FileId, link: &Link, found: &[FileId]) -> Option<FileId> {
    let mut with = found.iter().filter(|id| vault.subpath(link, source, **id) == Subpath::Found);
    let only = with.next()?;
    with.next().is_none().then_some(*only)
}
