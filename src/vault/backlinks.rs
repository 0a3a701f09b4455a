//! The links that lead to each file, all in one array.

use super::Vault;
use crate::text::{FileId, to_u32};

/// A link as its source and its index in the source's outline.
type Backlink = (FileId, u32);

pub(super) struct Backlinks {
    /// By file: where its links end in `links`; they begin where those of the file before end.
    ends: Box<[u32]>,
    links: Box<[Backlink]>,
}

impl Backlinks {
    /// Collects the links of all notes, by target; those of one target in the order of their sources.
    pub fn new(vault: &Vault) -> Backlinks {
        let mut ends = vec![0; vault.files.len()];
        for_each(vault, |target, _| ends[target.index()] += 1);
        let mut all = 0;
        for end in &mut ends {
            // Where the links of the file begin; it moves to their end as they are filled in.
            (*end, all) = (all, all + *end);
        }
        let mut links = vec![(FileId(0), 0); all as usize].into_boxed_slice();
        for_each(vault, |target, link| {
            let next = &mut ends[target.index()];
            links[*next as usize] = link;
            *next += 1;
        });
        Backlinks { ends: ends.into(), links }
    }

    /// Returns the links that lead to a file.
    pub fn of(&self, file: FileId) -> &[Backlink] {
        let start = file.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.links[start as usize..self.ends[file.index()] as usize]
    }
}

fn for_each(vault: &Vault, mut take: impl FnMut(FileId, Backlink)) {
    for (source, _) in vault.files() {
        for (number, target) in vault.targets(source).iter().enumerate() {
            if let Some(target) = target.file() {
                take(target, (source, to_u32(number)));
            }
        }
    }
}
