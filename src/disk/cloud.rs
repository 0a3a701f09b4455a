//! Tells notes whose contents a sync program has moved to the cloud: reading them would fetch them.

use std::path::Path;

/// Opening such a file may fetch it, so that it must be told before. Elsewhere an open file tells it at no cost.
pub const IS_TOLD_BEFORE: bool = cfg!(any(windows, target_os = "macos"));

/// Why a note is not read whose contents lie in the cloud alone.
#[derive(Debug)]
pub struct InCloud;

impl std::fmt::Display for InCloud {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("its contents lie in the cloud")
    }
}

impl std::error::Error for InCloud {}

/// Tells whether a note was not read because its contents lie in the cloud alone.
pub fn says_in_cloud(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(|reason| reason.is::<InCloud>())
}

/// Tells whether a file's contents lie in the cloud alone, so that reading would fetch them.
pub fn is_in_cloud(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| is_placeholder(path, &metadata))
}

#[cfg(target_os = "macos")]
fn is_placeholder(_: &Path, metadata: &std::fs::Metadata) -> bool {
    use std::os::macos::fs::MetadataExt;
    const DATALESS: u32 = 0x4000_0000;
    metadata.st_flags() & DATALESS != 0
}

#[cfg(windows)]
fn is_placeholder(_: &Path, metadata: &std::fs::Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    const OFFLINE: u32 = 0x1000;
    const RECALL_ON_OPEN: u32 = 0x4_0000;
    const RECALL_ON_DATA_ACCESS: u32 = 0x40_0000;
    metadata.file_attributes() & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS) != 0
}

#[cfg(all(unix, not(target_os = "macos")))]
fn is_placeholder(path: &Path, metadata: &std::fs::Metadata) -> bool {
    looks_empty(metadata) && std::fs::File::open(path).is_ok_and(|file| has_no_data(&file))
}

/// Tells whether a file that is open says of itself what [`is_in_cloud`] asks; never so where it is told before.
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) fn is_open_placeholder(file: &std::fs::File, metadata: &std::fs::Metadata) -> bool {
    looks_empty(metadata) && has_no_data(file)
}

#[cfg(not(all(unix, not(target_os = "macos"))))]
pub(super) fn is_open_placeholder(_: &std::fs::File, _: &std::fs::Metadata) -> bool {
    false
}

/// Some file systems keep small files without blocks, others never count blocks: the file itself must say so too.
#[cfg(all(unix, not(target_os = "macos")))]
fn looks_empty(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    metadata.is_file() && metadata.len() > 0 && metadata.blocks() == 0
}

/// The whole file is a hole.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
fn has_no_data(file: &std::fs::File) -> bool {
    let found = rustix::fs::seek(file, rustix::fs::SeekFrom::Data(0));
    // A file that does have data is read from its beginning.
    found == Err(rustix::io::Errno::NXIO) || rustix::fs::seek(file, rustix::fs::SeekFrom::Start(0)).is_err()
}

#[cfg(all(unix, not(any(target_os = "macos", target_os = "linux", target_os = "android", target_os = "freebsd"))))]
fn has_no_data(_: &std::fs::File) -> bool {
    false
}

#[cfg(not(any(unix, windows)))]
fn is_placeholder(_: &Path, _: &std::fs::Metadata) -> bool {
    false
}
