//! Judges subpaths of links to long notes without going through their headings for each link.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};

use super::index::fold;
use super::resolve::{self, Subpath, heading_key};
use super::{Contents, File};
use crate::note::Outline;
use crate::text::FileId;

/// In shorter notes going through them is as fast.
const LONG: usize = 64;

/// The keys of the long notes that a link with a subpath leads to.
#[derive(Default)]
pub(super) struct Subpaths {
    long: Mutex<FxHashMap<FileId, Arc<Keys>>>,
}

/// What the subpaths of one note are looked up in.
struct Keys {
    /// The headings of each key, in order.
    headings: FxHashMap<String, Vec<usize>>,
    /// The block ids, and whether each is a footnote's.
    block_ids: FxHashSet<(bool, String)>,
}

impl Subpaths {
    /// Judges the subpath of a link to a file (clauses H and B).
    pub fn judge(&self, id: FileId, file: &File, outline: &Outline, subpath: &str) -> Subpath {
        if outline.headings.len() < LONG && outline.block_ids.len() < LONG || file.contents != Contents::Read {
            return resolve::subpath(file, outline, subpath);
        }
        let keys = self.keys(id, outline);
        let has_block = |id: &str, footnote: bool| keys.block_ids.contains(&(footnote, folded(id.trim())));
        resolve::subpath_with(file, subpath, &has_block, &|| keys.has_headings(outline, subpath))
    }

    fn keys(&self, id: FileId, outline: &Outline) -> Arc<Keys> {
        // A thread that panicked left whole entries.
        let mut long = self.long.lock().unwrap_or_else(PoisonError::into_inner);
        long.entry(id).or_insert_with(|| Arc::new(Keys::of(outline))).clone()
    }
}

impl Keys {
    fn of(outline: &Outline) -> Keys {
        let mut headings: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, heading) in outline.headings.iter().enumerate() {
            headings.entry(heading_key(outline.str(heading.text()))).or_default().push(number);
        }
        let block_ids = outline.block_ids.iter().map(|block| (block.footnote, folded(outline.str(block.id)))).collect();
        Keys { headings, block_ids }
    }

    /// Each segment must match a later heading of a deeper level than the previous match (clause H4).
    fn has_headings(&self, outline: &Outline, subpath: &str) -> bool {
        let (mut level, mut next) = (0, 0);
        for segment in subpath.split('#').map(heading_key).filter(|segment| !segment.is_empty()) {
            let Some(numbers) = self.headings.get(&segment) else { return false };
            let later = &numbers[numbers.partition_point(|number| *number < next)..];
            let Some(found) = later.iter().find(|number| outline.headings[**number].level > level) else {
                return false;
            };
            level = outline.headings[*found].level;
            next = found + 1;
        }
        true
    }
}

fn folded(id: &str) -> String {
    fold(id.chars()).collect()
}
