//! A fix that renames a note in its folder, with every link to it.

use crate::diagnostic::Fix;
use crate::text::{FileId, VaultPath};
use crate::vault::Vault;

/// Returns the fix, the same as `vaultlint rename`; `None` if the name is taken, or a link cannot be kept with it.
pub fn fix(vault: &Vault, file: FileId, name: &str, reason: &'static str) -> Option<Fix> {
    let path = vault.path(file);
    let is_taken = vault.named(name).iter().any(|other| *other != file);
    if name.is_empty() || name == path.stem() || is_taken {
        return None;
    }
    let folder = if path.folder().is_empty() { String::new() } else { format!("{}/", path.folder()) };
    let renamed = VaultPath::new(&format!("{folder}{name}.{}", path.extension()));
    let edits = vault.rename_edits(file, &renamed).ok()?;
    let mut fix = Fix::unsafe_because(format!("rename the note to `{name}`"), reason, edits);
    fix.rename = Some((file, renamed));
    Some(fix)
}

/// Collapses white space, and takes spaces and dots away at the ends.
pub fn tidy(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    name.trim_matches(['.', ' ']).to_owned()
}
