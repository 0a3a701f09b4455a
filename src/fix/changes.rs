//! What fixes change: for each file its text before and after, and its new path.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::apply::splice;
use super::plan::Planned;
use crate::diagnostic::Edit;
use crate::text::{Span, VaultPath};

/// The difference between the vault on disk and the fixed vault. Keys are paths on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    files: BTreeMap<VaultPath, FileChange>,
}

/// What becomes of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct FileChange {
    /// The text on disk and the text to be; `None` if the text stays.
    pub text: Option<TextChange>,
    pub moved_to: Option<VaultPath>,
    /// The file is not on disk yet.
    pub is_new: bool,
}

/// A text before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextChange {
    pub before: Arc<str>,
    pub after: Arc<str>,
}

/// Changes to try, with where the pieces of each edited text went.
pub(super) struct Trial {
    pub changes: Changes,
    pub moved: FxHashMap<VaultPath, Vec<(Span, Span)>>,
}

impl Changes {
    /// Returns the changed files in the order of their paths on disk.
    pub fn iter(&self) -> impl Iterator<Item = (&VaultPath, &FileChange)> {
        self.files.iter()
    }

    /// Returns what becomes of the file at `path` on disk.
    pub fn get(&self, path: &VaultPath) -> Option<&FileChange> {
        self.files.get(path)
    }

    /// Returns the names that files have after the changes.
    pub fn names_of(&self, files: &BTreeSet<VaultPath>) -> BTreeSet<VaultPath> {
        let moved = |path: &VaultPath| self.get(path).and_then(|change| change.moved_to.clone());
        files.iter().map(|path| moved(path).unwrap_or_else(|| path.clone())).collect()
    }

    /// Tells whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Returns how many files change.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Adds the renaming of a file, without a fix: for `vaultlint rename`.
    pub fn rename(&mut self, path: &VaultPath, to: &VaultPath) {
        let change = self.files.entry(path.clone()).or_default();
        change.moved_to = (to != path).then(|| to.clone());
    }

    /// Adds a new text of a file, whose text on disk is `before`.
    pub fn edit(&mut self, path: &VaultPath, before: &Arc<str>, after: Arc<str>) {
        let change = self.files.entry(path.clone()).or_default();
        let before = change.text.as_ref().map_or(before, |text| &text.before).clone();
        change.text = (before != after).then_some(TextChange { before, after });
    }

    /// Adds a file that is not on disk.
    pub fn create(&mut self, path: &VaultPath, text: Arc<str>) {
        self.edit(path, &Arc::from(""), text);
        self.files.entry(path.clone()).or_default().is_new = true;
    }

    /// Leaves out the changes of some files: those that cannot be written.
    pub fn retain(&mut self, wanted: impl Fn(&VaultPath) -> bool) {
        self.files.retain(|path, _| wanted(path));
    }

    /// Returns files with these changes, in the order of their new paths.
    pub fn applied_to(&self, texts: &[(VaultPath, Arc<str>)]) -> Vec<(VaultPath, Arc<str>)> {
        let file = |(path, text): &(VaultPath, Arc<str>)| {
            let Some(change) = self.get(path) else { return (path.clone(), text.clone()) };
            let text = change.text.as_ref().map_or(text, |text| &text.after).clone();
            (change.moved_to.as_ref().unwrap_or(path).clone(), text)
        };
        let mut files: Vec<_> = texts.iter().map(file).collect();
        files.sort_by(|a, b| a.0.cmp(&b.0));
        files
    }

    /// Returns the path on disk of each file that has moved, by its new path.
    pub(super) fn origins(&self) -> FxHashMap<VaultPath, VaultPath> {
        let moved = |(path, change): (&VaultPath, &FileChange)| Some((change.moved_to.clone()?, path.clone()));
        self.files.iter().filter_map(moved).collect()
    }

    /// Returns these changes with the planned fixes on top; `texts` are the present texts by path on disk.
    pub(super) fn with<'a>(
        &self,
        texts: &FxHashMap<VaultPath, Arc<str>>,
        planned: impl Iterator<Item = &'a Planned>,
    ) -> Trial {
        let mut trial = Trial { changes: self.clone(), moved: FxHashMap::default() };
        let mut edits: BTreeMap<&VaultPath, Vec<&Edit>> = BTreeMap::new();
        for fix in planned {
            for (path, of_file) in &fix.edits {
                edits.entry(path).or_default().extend(of_file);
            }
            if let Some((path, to)) = &fix.rename {
                trial.changes.rename(path, to);
            }
        }
        for (path, edits) in edits {
            let text = &texts[path];
            let spliced = splice(path, text, edits.into_iter()).expect("planned edits fit and do not overlap");
            trial.changes.edit(path, text, spliced.text.into());
            trial.moved.insert(path.clone(), spliced.moved);
        }
        trial.changes.files.retain(|_, change| *change != FileChange::default());
        trial
    }

    /// Returns a number that tells states of the vault apart.
    pub(super) fn digest(&self) -> u64 {
        let mut hasher = FxHasher::default();
        for (path, change) in &self.files {
            path.hash(&mut hasher);
            change.moved_to.hash(&mut hasher);
            change.text.as_ref().map(|text| &text.after).hash(&mut hasher);
        }
        hasher.finish()
    }
}
