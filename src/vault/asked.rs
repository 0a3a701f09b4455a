//! What a run asks of a vault: findings of all notes, or what a change may have broken.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Vault, name_hash};
use crate::text::FileId;

/// What findings are asked for; by default all.
#[derive(Default)]
pub(super) struct Asked {
    /// `None` for all.
    notes: Option<FxHashSet<FileId>>,
    /// Hashes of the names of files that the change takes away.
    gone: FxHashSet<u64>,
}

impl Vault {
    /// A change took files away whose names hash to these, see [`name_hash`].
    pub fn without(mut self, gone: FxHashSet<u64>) -> Vault {
        self.asked.gone = gone;
        self
    }

    /// Findings are asked for in which one of these notes has a part.
    pub fn about(mut self, is_asked: impl Fn(&Vault, FileId) -> bool + Sync) -> Vault {
        let checked: Vec<FileId> = self.checked().collect();
        let notes = checked.into_par_iter().filter(|file| is_asked(&self, *file)).collect();
        self.asked.notes = Some(notes);
        self
    }

    /// Tells whether findings of all notes are asked for.
    pub fn is_asked_whole(&self) -> bool {
        self.asked.notes.is_none()
    }

    /// Tells whether findings are asked for in which a note has a part: what no such note has a part in need not be looked at.
    pub fn is_asked(&self, file: FileId) -> bool {
        self.asked.notes.as_ref().is_none_or(|notes| notes.contains(&file))
    }

    /// Tells whether a link's target is named as a file that the change took away.
    pub fn has_lost(&self, target: &str) -> bool {
        self.asked.gone.contains(&name_hash(target))
    }
}
