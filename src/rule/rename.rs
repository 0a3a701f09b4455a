//! A fix that renames a note in its folder, with every link to it.

use super::suggest;
use crate::diagnostic::Fix;
use crate::text::{FileId, VaultPath};
use crate::vault::Vault;

/// Returns the fix; `None` if the name is taken, or a link to the note cannot be written with it.
pub fn fix(vault: &Vault, file: FileId, name: &str, reason: &'static str) -> Option<Fix> {
    let path = vault.path(file);
    let is_taken = vault.named(name).iter().any(|other| *other != file);
    if name.is_empty() || name == path.stem() || is_taken {
        return None;
    }
    let folder = if path.folder().is_empty() { String::new() } else { format!("{}/", path.folder()) };
    let renamed = format!("{folder}{name}.{}", path.extension());
    let mut edits = Vec::new();
    for (source, number) in vault.backlinks(file) {
        let outline = vault.outline(*source);
        let link = &outline.links[*number as usize];
        let target = outline.str(link.target);
        if target.is_empty() {
            continue;
        }
        let (folder, last) = target.rsplit_once('/').map_or(("", target), |(folder, last)| (folder, last));
        let slash = if folder.is_empty() && !target.starts_with('/') { "" } else { "/" };
        let extension = if last.len() > path.stem().len() { &last[last.rfind('.')?..] } else { "" };
        edits.push(suggest::write_target(vault, *source, link, format!("{folder}{slash}{name}{extension}"))?);
    }
    let mut fix = Fix::unsafe_because(format!("rename the note to `{name}`"), reason, edits);
    fix.rename = Some((file, VaultPath::new(&renamed)));
    Some(fix)
}

/// Collapses white space, and takes spaces and dots away at the ends.
pub fn tidy(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.trim_matches(['.', ' ']).to_owned()
}
