//! The vault's folder, held open: the system finds a note from there faster than by its whole path.

use std::path::{Path, PathBuf};

use super::Read;

/// A folder in which notes are read.
pub struct Folder {
    path: PathBuf,
    /// `None` if it cannot be held open: then notes are found by their whole paths.
    #[cfg(unix)]
    handle: Option<rustix::fd::OwnedFd>,
}

impl Folder {
    /// Opens a folder.
    pub fn new(path: &Path) -> Folder {
        Folder {
            path: path.to_owned(),
            #[cfg(unix)]
            handle: {
                use rustix::fs::{Mode, OFlags};
                rustix::fs::open(path, OFlags::DIRECTORY | OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty()).ok()
            },
        }
    }

    /// Returns the whole path of what is at `place` in the folder.
    pub fn join(&self, place: &Path) -> PathBuf {
        self.path.join(place)
    }

    /// Reads the note at `place`, see [`super::read_note`].
    ///
    /// # Errors
    /// The system's reason.
    pub fn read_note(&self, place: &Path) -> std::io::Result<Read> {
        #[cfg(unix)]
        if let Some(folder) = &self.handle {
            use rustix::fs::{Mode, OFlags, openat};
            let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
            let note = rustix::io::retry_on_intr(|| openat(folder, place, flags, Mode::empty()))?;
            return super::read_open_note(note.into());
        }
        super::read_note(&self.join(place))
    }
}
