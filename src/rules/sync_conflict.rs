//! Copies of a note that a sync program made when two devices changed it.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span, VaultPath};
use crate::vault::{Contents, Vault, conflicted_copy};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SyncConflict {}

impl Rule for SyncConflict {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for id in vault.checked() {
            let path = vault.path(id);
            let Some(copy) = conflicted_copy(path.stem()) else { continue };
            let original = original(vault, path, copy.of);
            let is_of_a_series = || vault.by_path(&beside(path, &format!("{} 1", copy.of))).is_some();
            let is_copy = |original| is_similar(vault, id, original) && !is_of_a_series();
            if !copy.is_certain && !original.is_some_and(is_copy) {
                continue;
            }
            let message = format!("a copy that {} made when two devices changed the note", copy.program);
            let diagnostic = diagnostics.report(id, Span::at(0), message);
            match original {
                Some(original) => {
                    diagnostic.related(original, Span::at(0), "the note it is a copy of");
                    let note = vault.path(original);
                    diagnostic.help(format!("bring what is new into `{note}`, then delete the copy"));
                }
                None => {
                    diagnostic.help("the note it was a copy of is gone: rename it, or delete it");
                }
            }
        }
    }
}

fn original(vault: &Vault, copy: &VaultPath, name: &str) -> Option<FileId> {
    vault.by_path(&beside(copy, name)).filter(|id| vault.file(*id).contents == Contents::Read)
}

/// The path of a file of that name in the folder of another.
fn beside(path: &VaultPath, name: &str) -> String {
    let folder = path.folder();
    let slash = if folder.is_empty() { "" } else { "/" };
    format!("{folder}{slash}{name}.{}", path.extension())
}

/// Most lines of the shorter note stand in the other too; headings and short lines do not count, since they come from a
/// template.
fn is_similar(vault: &Vault, one: FileId, another: FileId) -> bool {
    const MIN_LEN: usize = 16;
    const MIN_LINES: usize = 3;
    let (Some(one), Some(another)) = (vault.text(one), vault.text(another)) else { return false };
    if one.trim() == another.trim() {
        return !one.trim().is_empty();
    }
    let own: FxHashSet<&str> = telling_lines(&one, MIN_LEN).collect();
    let others: FxHashSet<&str> = telling_lines(&another, MIN_LEN).collect();
    let shared = own.intersection(&others).count();
    let fewer = own.len().min(others.len());
    shared >= MIN_LINES && shared * 10 >= fewer * 7
}

fn telling_lines(text: &str, min_len: usize) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(move |line| line.len() >= min_len && !line.starts_with('#'))
}
