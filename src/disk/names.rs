//! Gives a file another name without ever replacing another file.

use std::path::{Path, PathBuf};

use super::stage::WriteError;

/// Renames `old` to `new`, both below `root`. Folders that are missing are made and returned, outermost first.
pub(super) fn rename(root: &Path, old: &Path, new: &Path) -> Result<Vec<PathBuf>, WriteError> {
    lies_inside(root, old, new)?;
    let made = make_folders(root, new)?;
    match free(old, new).and_then(|place| move_to(old, new, place)) {
        Ok(()) => Ok(made),
        Err(error) => {
            remove_empty(&made);
            Err(error)
        }
    }
}

/// Tells whether `old` could get the name `new`: it lies in the vault, and nobody else has that name.
pub(super) fn may_rename(root: &Path, old: &Path, new: &Path) -> Result<(), WriteError> {
    lies_inside(root, old, new)?;
    free(old, new).map(|_| ())
}

/// A file behind a linked folder is another folder's; a link would lead elsewhere from another folder.
fn lies_inside(root: &Path, old: &Path, new: &Path) -> Result<(), WriteError> {
    let is_link = old.symlink_metadata()?.is_symlink();
    let folder = old.parent().unwrap_or(old).canonicalize()?;
    let leads_out = !folder.starts_with(root)
        || is_link && (old.parent() != new.parent() || !old.canonicalize()?.starts_with(root));
    if leads_out { Err(WriteError::OutsideVault) } else { Ok(()) }
}

/// Removes folders that are empty again, innermost first.
pub(super) fn remove_empty(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        // A folder that holds something by now stays.
        let _ = std::fs::remove_dir(folder);
    }
}

/// What stands at a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Nothing,
    /// The file itself: the file system takes names that differ by case or Unicode form for one.
    Itself,
}

fn free(old: &Path, new: &Path) -> Result<Place, WriteError> {
    if new.symlink_metadata().is_err() {
        return Ok(Place::Nothing);
    }
    let (Some(folder), Some(name)) = (new.parent(), new.file_name()) else { return Err(WriteError::NameTaken) };
    let has_exactly = std::fs::read_dir(folder)?.flatten().any(|entry| entry.file_name() == name);
    let is_itself =
        !has_exactly && old.canonicalize().ok().is_some_and(|old| new.canonicalize().is_ok_and(|new| new == old));
    if is_itself { Ok(Place::Itself) } else { Err(WriteError::NameTaken) }
}

fn move_to(old: &Path, new: &Path, place: Place) -> Result<(), WriteError> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    if place == Place::Nothing {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        match renameat_with(CWD, old, CWD, new, RenameFlags::NOREPLACE) {
            Ok(()) => return Ok(()),
            Err(Errno::EXIST) => return Err(WriteError::NameTaken),
            // The file system has no such call: `free` has just looked.
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {}
            Err(error) => return Err(std::io::Error::from(error).into()),
        }
    }
    let _ = place;
    Ok(std::fs::rename(old, new)?)
}

/// Makes the folders of `new` that are missing, if they lie in the vault.
fn make_folders(root: &Path, new: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let folder = new.parent().unwrap_or(new);
    let mut missing: Vec<PathBuf> =
        folder.ancestors().take_while(|folder| !folder.exists()).map(Path::to_owned).collect();
    missing.reverse();
    let there = folder.ancestors().find(|folder| folder.exists()).unwrap_or(folder);
    if !there.canonicalize()?.starts_with(root) {
        return Err(WriteError::OutsideVault);
    }
    for (index, folder) in missing.iter().enumerate() {
        if let Err(error) = std::fs::create_dir(folder) {
            remove_empty(&missing[..index]);
            return Err(error.into());
        }
    }
    Ok(missing)
}
