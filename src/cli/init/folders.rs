//! The folders of a vault with the notes below each.

use std::collections::BTreeMap;

use crate::text::FileId;
use crate::vault::Vault;

/// The notes below every folder, folders in the order of their paths; the vault itself is none.
pub struct Folders {
    pub notes: BTreeMap<String, Vec<FileId>>,
}

impl Folders {
    /// Sorts notes into their folders, and into those above.
    pub fn of(vault: &Vault, notes: &[FileId]) -> Folders {
        let mut below: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        for id in notes {
            let mut folder = vault.path(*id).folder();
            while !folder.is_empty() {
                below.entry(folder.to_owned()).or_default().push(*id);
                folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            }
        }
        Folders { notes: below }
    }

    /// Returns the highest folders that fit.
    pub fn highest(&self, fits: impl Fn(&[FileId]) -> bool) -> Vec<String> {
        let mut chosen: Vec<String> = Vec::new();
        for (folder, notes) in &self.notes {
            let is_below = chosen.iter().any(|above| folder.starts_with(&format!("{above}/")));
            if !is_below && fits(notes) {
                chosen.push(folder.clone());
            }
        }
        chosen
    }
}
