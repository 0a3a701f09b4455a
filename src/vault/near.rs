//! Which existing file a missing link target most likely means.

use super::Vault;
use crate::text::FileId;

/// A file that a missing target may mean, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    pub file: FileId,
    pub closeness: Closeness,
}

/// Why a file is near to a target, nearest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// The names differ by Unicode form, dash, apostrophe or white space alone.
    SameButTypography,
    /// The name exists in another folder than the one written.
    OtherFolder,
    /// The target is an alias of the note.
    Alias,
    /// The target is a cut-off beginning of the name.
    CutOff,
    /// The target has a slash, and a note is named by what stands behind it or by all of it.
    Slash,
    /// This many edits.
    Edits(u8),
}

/// Names prepared for the search of near ones; built at the first miss.
pub(super) struct NearIndex {}

impl NearIndex {
    pub(super) fn new(_vault: &Vault) -> NearIndex {
        NearIndex {}
    }

    pub(super) fn nearest(&self, _vault: &Vault, _source: FileId, _target: &str) -> Vec<Near> {
        Vec::new()
    }

    pub(super) fn with_alias(&self, _vault: &Vault, _name: &str) -> Vec<FileId> {
        Vec::new()
    }
}
