//! Writes one file in two steps: the new text beside it in a hidden file, then one rename.

use std::fmt;
use std::fs::{File, Metadata, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Why a file was not written. Nothing of it has changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// Its content is no longer what was read.
    ChangedSince,
    /// It is not there any more.
    Gone,
    /// It, or its new name, lies out of the vault, perhaps behind a link.
    OutsideVault,
    ReadOnly,
    /// Its contents lie in the cloud.
    InCloud,
    /// The system refuses the owner, the mode or an attribute that it has now.
    CannotKeep(&'static str),
    /// Another file has the new name already.
    NameTaken,
    /// Its name cannot be written down in the journal.
    NameNotUtf8,
    System(std::io::Error),
}

impl fmt::Display for WriteError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::ChangedSince => formatter.write_str("it changed after it was read"),
            WriteError::Gone => formatter.write_str("it is not there any more"),
            WriteError::OutsideVault => formatter.write_str("it leads out of the vault"),
            WriteError::ReadOnly => formatter.write_str("it is read-only"),
            WriteError::InCloud => formatter.write_str("its contents lie in the cloud"),
            WriteError::CannotKeep(what) => write!(formatter, "its {what} could not be kept"),
            WriteError::NameTaken => formatter.write_str("another file has the new name already"),
            WriteError::NameNotUtf8 => formatter.write_str("its name is not UTF-8"),
            WriteError::System(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for WriteError {}

impl WriteError {
    /// The disk or the user's share of it has no room left.
    pub fn is_full_disk(&self) -> bool {
        use std::io::ErrorKind::{QuotaExceeded, StorageFull};
        matches!(self, WriteError::System(error) if matches!(error.kind(), StorageFull | QuotaExceeded))
    }
}

impl From<std::io::Error> for WriteError {
    fn from(error: std::io::Error) -> WriteError {
        match error.kind() {
            std::io::ErrorKind::NotFound => WriteError::Gone,
            _ => WriteError::System(error),
        }
    }
}

/// A new text that lies beside its note, ready to take its place; dropped, it is removed.
pub(super) struct Staged {
    note: PathBuf,
    temporary: PathBuf,
    is_published: bool,
}

/// Writes `after` beside the note at `path` if the note holds `before`. `root` is the vault's real folder, `temporary` the
/// name of the hidden file.
pub(super) fn stage(
    root: &Path,
    path: &Path,
    before: impl Fn(&[u8]) -> bool,
    after: &[u8],
    temporary: &str,
) -> Result<Staged, WriteError> {
    // A link to a note inside the vault is followed: the note itself is written, the link stays.
    let note = path.canonicalize()?;
    if !note.starts_with(root) {
        return Err(WriteError::OutsideVault);
    }
    let metadata = std::fs::metadata(&note)?;
    may_write(&note, &metadata)?;
    if !before(&std::fs::read(&note)?) {
        return Err(WriteError::ChangedSince);
    }
    let temporary = note.with_file_name(temporary);
    let mut file = create(&temporary)?;
    let staged = Staged { note, temporary, is_published: false };
    file.write_all(after)?;
    keep(&staged.note, &metadata, &file)?;
    file.sync_all()?;
    Ok(staged)
}

impl Staged {
    /// Puts the new text in the place of the note, if the note still holds `before`.
    pub(super) fn publish(mut self, before: impl Fn(&[u8]) -> bool) -> Result<(), WriteError> {
        if !before(&std::fs::read(&self.note)?) {
            return Err(WriteError::ChangedSince);
        }
        std::fs::rename(&self.temporary, &self.note)?;
        self.is_published = true;
        Ok(())
    }

    /// Tells whether the note still holds `before`.
    pub(super) fn is_still(&self, before: impl Fn(&[u8]) -> bool) -> bool {
        std::fs::read(&self.note).is_ok_and(|bytes| before(&bytes))
    }

    /// Returns the folder that the note lies in.
    pub(super) fn folder(&self) -> PathBuf {
        self.note.parent().unwrap_or(&self.note).to_owned()
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        if !self.is_published {
            // If this fails too, the next run removes the file by the journal.
            let _ = std::fs::remove_file(&self.temporary);
        }
    }
}

/// Makes the renames in a folder survive a power cut, where the system can.
pub(super) fn sync_folder(folder: &Path) {
    // Windows opens no folders and needs no such call; a file system that cannot do it has done what it can.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// A rename would replace a read-only file without a word: the file itself is asked.
fn may_write(note: &Path, metadata: &Metadata) -> Result<(), WriteError> {
    if !metadata.is_file() {
        return Err(WriteError::Gone);
    }
    if super::cloud::is_in_cloud(note) {
        return Err(WriteError::InCloud);
    }
    if metadata.permissions().readonly() {
        return Err(WriteError::ReadOnly);
    }
    match OpenOptions::new().write(true).open(note) {
        Ok(_) => Ok(()),
        Err(error) => Err(match error.kind() {
            std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => WriteError::ReadOnly,
            _ => error.into(),
        }),
    }
}

fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

/// Gives the new file what the note has beside its text.
fn keep(note: &Path, metadata: &Metadata, file: &File) -> Result<(), WriteError> {
    #[cfg(unix)]
    keep_owner(metadata, file)?;
    file.set_permissions(metadata.permissions()).map_err(|_| WriteError::CannotKeep("mode"))?;
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    keep_attributes(note, file)?;
    #[cfg(any(windows, target_os = "macos"))]
    keep_creation_time(metadata, file);
    let _ = note;
    Ok(())
}

#[cfg(unix)]
fn keep_owner(metadata: &Metadata, file: &File) -> Result<(), WriteError> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let own = file.metadata()?;
    let user = (own.uid() != metadata.uid()).then(|| metadata.uid());
    let group = (own.gid() != metadata.gid()).then(|| metadata.gid());
    if user.is_some() || group.is_some() {
        fchown(file, user, group).map_err(|_| WriteError::CannotKeep("owner"))?;
    }
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn keep_attributes(note: &Path, file: &File) -> Result<(), WriteError> {
    use rustix::fs::{XattrFlags, fgetxattr, flistxattr, fsetxattr};
    let old = File::open(note)?;
    let mut names = vec![0; 64 << 10];
    // A file system without attributes says so with an error.
    let Ok(length) = flistxattr(&old, &mut names[..]) else { return Ok(()) };
    for name in names[..length].split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let mut value = vec![0; 64 << 10];
        let kept = fgetxattr(&old, name, &mut value[..])
            .and_then(|length| fsetxattr(file, name, &value[..length], XattrFlags::empty()));
        // The system's own attributes may be refused; what the user or a program wrote may not be lost.
        let is_own = [&b"user."[..], b"com.apple.metadata:", b"com.apple.FinderInfo"];
        if kept.is_err() && is_own.iter().any(|prefix| name.starts_with(prefix)) {
            return Err(WriteError::CannotKeep("extended attributes"));
        }
    }
    Ok(())
}

#[cfg(any(windows, target_os = "macos"))]
fn keep_creation_time(metadata: &Metadata, file: &File) {
    #[cfg(target_os = "macos")]
    use std::os::macos::fs::FileTimesExt;
    #[cfg(windows)]
    use std::os::windows::fs::FileTimesExt;
    if let Ok(created) = metadata.created() {
        let _ = file.set_times(std::fs::FileTimes::new().set_created(created));
    }
}
