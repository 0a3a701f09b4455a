//! Reads notes, and writes them so that a kill at any moment leaves each one old or new and the run can be taken back.

use std::fs::{File, OpenOptions};
use std::io::{Error, ErrorKind, Read as _};
use std::path::Path;

mod cloud;
mod commit;
mod folder;
mod journal;
mod names;
mod stage;
mod undo;
mod waiting;

pub use cloud::{IS_TOLD_BEFORE, is_in_cloud, says_in_cloud};
pub use commit::{Committed, FileWrite};
pub use folder::Folder;
pub use journal::{JournalError, Journals, recover};
pub use stage::WriteError;
pub use undo::{Refused, Undone};

/// What reading a note gives.
#[derive(Debug)]
pub enum Read {
    Text(String),
    /// The offset of the first byte that is no character, and its line from 1.
    NotUtf8 {
        offset: u64,
        line: u32,
    },
}

/// Reads a whole file as text.
///
/// # Errors
/// The system's reason, or a file over 4 GiB.
pub fn read(path: &Path) -> std::io::Result<Read> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    read_open(file, size)
}

/// Reads a note. What is no regular file is refused: a pipe that has taken the place of a note would be waited for.
///
/// # Errors
/// The system's reason, a file over 4 GiB, one whose contents lie in the cloud, or a folder, pipe or device.
pub fn read_note(path: &Path) -> std::io::Result<Read> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    read_open_note(options.open(path)?)
}

fn read_open_note(file: File) -> std::io::Result<Read> {
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(Error::new(ErrorKind::InvalidInput, "it is no regular file"));
    }
    if cloud::is_open_placeholder(&file, &metadata) {
        return Err(Error::other(cloud::InCloud));
    }
    read_open(file, metadata.len())
}

fn read_open(mut file: File, size: u64) -> std::io::Result<Read> {
    // Asked before a byte is read: such a file would not fit the memory of many machines.
    if size > u64::from(u32::MAX) {
        return Err(too_large());
    }
    // One byte more, so that the end of the file is seen without growing. Most files are read whole at once.
    let size = usize::try_from(size).unwrap_or_default();
    let mut bytes = vec![0; size + 1];
    let read = match file.read(&mut bytes) {
        Err(error) if error.kind() == ErrorKind::Interrupted => 0,
        read => read?,
    };
    bytes.truncate(read);
    if read != size || size == 0 {
        file.take(u64::from(u32::MAX) + 1).read_to_end(&mut bytes)?;
    }
    if u32::try_from(bytes.len()).is_err() {
        return Err(too_large());
    }
    Ok(as_text(bytes))
}

/// Turns the bytes of a note into text, or says where they are none.
pub fn as_text(bytes: Vec<u8>) -> Read {
    match String::from_utf8(bytes) {
        Ok(text) => Read::Text(text),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let lines = error.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count();
            Read::NotUtf8 { offset: offset as u64, line: crate::text::to_u32(lines + 1) }
        }
    }
}

fn too_large() -> Error {
    Error::new(ErrorKind::FileTooLarge, "larger than 4 GiB")
}
