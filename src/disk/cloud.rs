//! Tells notes whose contents a sync program has moved to the cloud: reading them would fetch them.

use std::path::Path;

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
    use std::os::unix::fs::MetadataExt;
    let looks_empty = metadata.is_file() && metadata.len() > 0 && metadata.blocks() == 0;
    // Some file systems keep small files without blocks, others never count blocks: the file itself must say so too.
    looks_empty && has_no_data(path)
}

/// The whole file is a hole.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
fn has_no_data(path: &Path) -> bool {
    let Ok(file) = std::fs::File::open(path) else { return false };
    rustix::fs::seek(&file, rustix::fs::SeekFrom::Data(0)) == Err(rustix::io::Errno::NXIO)
}

#[cfg(all(unix, not(any(target_os = "macos", target_os = "linux", target_os = "android", target_os = "freebsd"))))]
fn has_no_data(_: &Path) -> bool {
    false
}

#[cfg(not(any(unix, windows)))]
fn is_placeholder(_: &Path, _: &std::fs::Metadata) -> bool {
    false
}
