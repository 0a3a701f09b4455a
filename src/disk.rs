//! Reads notes.

use std::path::Path;

/// What reading a note gives.
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
    let bytes = std::fs::read(path)?;
    if u32::try_from(bytes.len()).is_err() {
        return Err(std::io::Error::other("larger than 4 GiB"));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Read::Text(text),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let lines = error.as_bytes()[..offset].iter().filter(|byte| **byte == b'\n').count();
            Read::NotUtf8 { offset: offset as u64, line: crate::text::to_u32(lines + 1) }
        }
    })
}

/// Tells whether a file's contents lie in the cloud alone, so that reading would fetch them.
pub fn is_in_cloud(path: &Path) -> bool {
    let _ = path;
    false
}
