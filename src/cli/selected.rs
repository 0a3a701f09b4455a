//! Which findings the paths of the command line ask for.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Failure;
use super::session::{Session, missing, vault_path};
use crate::diagnostic::Diagnostic;
use crate::fix::Changes;
use crate::text::{FileId, VaultPath};
use crate::vault::Vault;

/// The notes whose findings are reported, by their paths: a fix that renames one gives others new numbers.
#[derive(Clone)]
pub enum Selected {
    All,
    Some(BTreeSet<VaultPath>),
}

impl Selected {
    /// Reads the paths of the command line against the files of the vault; a note that is named is checked even if an
    /// ignore file names it too.
    ///
    /// # Errors
    /// A path that does not exist, lies outside the vault, or is an attachment.
    pub fn new(session: &mut Session, paths: &[PathBuf]) -> Result<Selected, Failure> {
        let (mut selected, mut are_all) = (BTreeSet::new(), paths.is_empty());
        for path in paths {
            if !path.exists() && !path.is_symlink() {
                return Err(missing(path));
            }
            let Some(inside) = vault_path(&session.root, path) else {
                let root = session.root.folder.display();
                return Err(Failure::Message(format!(
                    "`{}` is not inside the vault `{root}`\n  check one vault at a time, or name its folder with --vault",
                    path.display()
                )));
            };
            if inside.as_str().is_empty() {
                are_all = true;
            } else if path.is_dir() {
                selected.extend(below(session, inside.as_str()));
            } else {
                selected.insert(file(session, inside, path)?);
            }
        }
        Ok(if are_all { Selected::All } else { Selected::Some(selected) })
    }

    /// Keeps the findings that have any span in a selected note.
    pub fn filter(&self, vault: &Vault, found: &mut Vec<Diagnostic>) {
        found.retain(|diagnostic| self.holds(vault, diagnostic));
    }

    /// Tells whether a finding has any span in a selected note.
    pub fn holds(&self, vault: &Vault, diagnostic: &Diagnostic) -> bool {
        let mut labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        labels.any(|label| self.contains(vault.path(label.file)))
    }

    /// Tells whether a note is selected.
    pub fn contains(&self, path: &VaultPath) -> bool {
        match self {
            Selected::All => true,
            Selected::Some(selected) => selected.contains(path),
        }
    }

    /// Returns the same notes under the names that changes give them.
    pub fn after(&self, changes: &Changes) -> Selected {
        match self {
            Selected::All => Selected::All,
            Selected::Some(selected) => Selected::Some(changes.names_of(selected)),
        }
    }

    /// Returns the checked notes that are selected.
    pub fn notes<'a>(&'a self, vault: &'a Vault) -> impl Iterator<Item = FileId> + 'a {
        vault.checked().filter(|id| self.contains(vault.path(*id)))
    }
}

fn below(session: &Session, folder: &str) -> Vec<VaultPath> {
    let prefix = format!("{folder}/");
    let inside = session.layout.files.iter().filter(|file| file.path.as_str().starts_with(&prefix));
    inside.map(|file| file.path.clone()).collect()
}

fn file(session: &mut Session, inside: VaultPath, typed: &std::path::Path) -> Result<VaultPath, Failure> {
    let files = &mut session.layout.files;
    let Ok(index) = files.binary_search_by(|file| file.path.cmp(&inside)) else {
        return Err(Failure::Message(format!("`{}` is hidden from Obsidian, so it is not checked", typed.display())));
    };
    if !inside.is_source() {
        return Err(Failure::Message(format!(
            "`{}` is an attachment; vaultlint checks notes (.md) and canvases (.canvas)",
            typed.display()
        )));
    }
    if files[index].contents == crate::vault::Contents::Read {
        files[index].checked = true;
    }
    Ok(inside)
}
