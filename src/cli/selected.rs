//! Which findings the paths of the command line ask for.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Failure;
use super::session::{Session, missing, vault_path};
use crate::diagnostic::Diagnostic;
use crate::text::FileId;
use crate::vault::Vault;

/// The notes whose findings are reported.
pub enum Selected {
    All,
    Some(BTreeSet<FileId>),
}

impl Selected {
    /// Reads the paths of the command line against the files of the vault; a note that is named is checked even if an
    /// ignore file names it too.
    ///
    /// # Errors
    /// A path that does not exist, lies outside the vault, or is an attachment.
    pub fn new(session: &mut Session, paths: &[PathBuf]) -> Result<Selected, Failure> {
        let mut selected = BTreeSet::new();
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
                return Ok(Selected::All);
            }
            if path.is_dir() {
                selected.extend(below(session, inside.as_str()));
            } else {
                selected.insert(file(session, inside.as_str(), path)?);
            }
        }
        Ok(if paths.is_empty() { Selected::All } else { Selected::Some(selected) })
    }

    /// Keeps the findings that have any span in a selected note.
    pub fn filter(&self, found: &mut Vec<Diagnostic>) {
        found.retain(|diagnostic| self.holds(diagnostic));
    }

    /// Tells whether a finding has any span in a selected note.
    pub fn holds(&self, diagnostic: &Diagnostic) -> bool {
        let mut labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        labels.any(|label| self.contains(label.file))
    }

    /// Tells whether a note is selected.
    pub fn contains(&self, id: FileId) -> bool {
        match self {
            Selected::All => true,
            Selected::Some(selected) => selected.contains(&id),
        }
    }

    /// Returns the checked notes that are selected.
    pub fn notes<'a>(&'a self, vault: &'a Vault) -> impl Iterator<Item = FileId> + 'a {
        vault.checked().filter(|id| self.contains(*id))
    }
}

fn below(session: &Session, folder: &str) -> Vec<FileId> {
    let prefix = format!("{folder}/");
    let files = session.layout.files.iter().enumerate();
    let inside = files.filter(|(_, file)| file.path.as_str().starts_with(&prefix));
    inside.map(|(index, _)| FileId(crate::text::to_u32(index))).collect()
}

fn file(session: &mut Session, inside: &str, typed: &std::path::Path) -> Result<FileId, Failure> {
    let files = &mut session.layout.files;
    let Ok(index) = files.binary_search_by(|file| file.path.as_str().cmp(inside)) else {
        return Err(Failure::Message(format!("`{}` is hidden from Obsidian, so it is not checked", typed.display())));
    };
    if !files[index].path.is_note() && !files[index].path.is_canvas() {
        return Err(Failure::Message(format!(
            "`{}` is an attachment; vaultlint checks notes (.md) and canvases (.canvas)",
            typed.display()
        )));
    }
    if files[index].contents == crate::vault::Contents::Read {
        files[index].checked = true;
    }
    Ok(FileId(crate::text::to_u32(index)))
}
