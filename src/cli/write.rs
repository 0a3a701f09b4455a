//! Writes the changes of a command to the vault, and says what was not written.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::Failure;
use super::session::Session;
use crate::disk::{FileWrite, Journals, WriteError};
use crate::fix::{Changes, FileChange};
use crate::report::visible;
use crate::text::VaultPath;

/// What became of the changes.
pub struct Written {
    /// Files that changed, by their paths before.
    pub files: BTreeSet<VaultPath>,
    /// Something was not written, and standard error says what.
    pub failed: bool,
}

/// Writes changes, with a journal for `vaultlint undo`; files of one group are written together or not at all.
///
/// # Errors
/// The journal cannot be kept; then nothing was changed.
pub fn write(session: &Session, changes: &Changes, groups: &[Vec<VaultPath>]) -> Result<Written, Failure> {
    if changes.is_empty() {
        return Ok(Written { files: BTreeSet::new(), failed: false });
    }
    let files: Vec<FileWrite> = changes.iter().map(|(path, change)| file_write(session, path, change)).collect();
    let on_disk = |path: &VaultPath| session.disk_path(path);
    let groups: Vec<Vec<PathBuf>> = groups.iter().map(|group| group.iter().map(on_disk).collect()).collect();
    let journals = Journals::open(&session.root.folder).map_err(failure)?;
    let committed = journals.commit(&command(), &files, &groups).map_err(failure)?;
    for (path, error) in &committed.failed {
        let hint = match error {
            WriteError::ChangedSince if session.content.git.is_some() => " (it has changes that are not staged)",
            _ => "",
        };
        eprintln!("vaultlint: `{}` was not written: {error}{hint}", visible(&path.to_string_lossy()));
    }
    if committed.written.is_empty() && committed.failed.iter().any(|(_, error)| error.is_full_disk()) {
        eprintln!("vaultlint: there is no room for all new texts, so no note is changed");
        return Ok(Written { files: BTreeSet::new(), failed: true });
    }
    for path in &committed.held_back {
        eprintln!(
            "vaultlint: `{}` was not written, since it belongs with one that was not",
            visible(&path.to_string_lossy())
        );
    }
    let on_disk: BTreeSet<&PathBuf> = committed.written.iter().collect();
    let files = changes.iter().map(|(path, _)| path).filter(|path| on_disk.contains(&session.disk_path(path)));
    Ok(Written { files: files.cloned().collect(), failed: !committed.failed.is_empty() })
}

/// Turns a journal that cannot be used into a failure of the command.
pub fn failure(error: crate::disk::JournalError) -> Failure {
    Failure::Message(error.to_string())
}

fn file_write(session: &Session, path: &VaultPath, change: &FileChange) -> FileWrite {
    let old = session.disk_path(path);
    let new_place = |to: &VaultPath| match to.folder() == path.folder() {
        // The folder's own spelling on disk stays.
        true => old.with_file_name(to.file_name()),
        false => PathBuf::from(to.as_str()),
    };
    FileWrite {
        text: change.text.as_ref().map(|text| (text.before.clone(), text.after.clone())),
        moved_to: change.moved_to.as_ref().map(new_place),
        is_new: change.is_new,
        path: old,
    }
}

/// The command as typed, for `undo` to name.
fn command() -> String {
    let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once("vaultlint".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}
