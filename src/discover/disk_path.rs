//! Where a file is on disk: nearly always where its path in the vault says, which then is not kept twice.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use crate::text::VaultPath;

/// The place of a file relative to the vault's folder.
#[derive(Clone, Debug)]
pub enum DiskPath {
    AsNamed(VaultPath),
    /// The name on disk is in another Unicode form, no Unicode, or that of a placeholder.
    Other(Arc<Path>),
}

impl DiskPath {
    /// Takes the place of the file that the vault knows as `path`; `None` if it is the one that the path says.
    pub(super) fn new(place: Option<PathBuf>, path: VaultPath) -> DiskPath {
        place.map_or(DiskPath::AsNamed(path), |place| DiskPath::Other(place.into()))
    }

    /// Returns the place as git writes it: with `/`, and with signs for what is no Unicode.
    pub fn with_slashes(&self) -> Cow<'_, str> {
        match self {
            DiskPath::AsNamed(path) => path.as_str().into(),
            DiskPath::Other(place) if MAIN_SEPARATOR == '/' => place.to_string_lossy(),
            DiskPath::Other(place) => place.to_string_lossy().replace(MAIN_SEPARATOR, "/").into(),
        }
    }
}

impl AsRef<Path> for DiskPath {
    fn as_ref(&self) -> &Path {
        match self {
            DiskPath::AsNamed(path) => Path::new(path.as_str()),
            DiskPath::Other(place) => place,
        }
    }
}
