//! Who is called what: files by folded name, answered in constant time without a lowered string per link.

use std::hash::Hasher;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};
use unicode_normalization::UnicodeNormalization;

use super::File;
use crate::text::{FileId, hash_small, last_component, to_u32};

/// Files by the hash of their folded file name; equal names stand together. A copy costs nothing.
#[derive(Clone)]
pub(super) struct Index {
    names: Arc<Names>,
    /// A file that has another name than the index was made with, and the hash of that name.
    renamed: Option<(FileId, u64)>,
}

#[derive(Default)]
struct Names {
    by_name: FxHashMap<u64, Slot>,
    /// Files of names that several files have.
    groups: Vec<Vec<FileId>>,
    /// By file: others have its name.
    is_shared: Vec<bool>,
    /// Some path has a `#`.
    has_hash: bool,
}

#[derive(Clone, Copy)]
enum Slot {
    One(FileId),
    Many(u32),
}

impl Index {
    pub(super) fn new(files: &[File]) -> Index {
        let mut names = Names::default();
        names.by_name.reserve(files.len());
        for (number, file) in files.iter().enumerate() {
            let name = file.path.file_name();
            names.add(FileId(to_u32(number)), fold_hash(name, ""));
            names.has_hash |= memchr::memchr(b'#', file.path.as_str().as_bytes()).is_some();
        }
        names.is_shared = vec![false; files.len()];
        names.groups.iter().flatten().for_each(|id| names.is_shared[id.index()] = true);
        Index { names: Arc::new(names), renamed: None }
    }

    /// Returns the index of the same files after `file` got the name `name`: it is to be asked with files that say so.
    pub(super) fn with_name(&self, file: FileId, name: &str) -> Index {
        Index { names: self.names.clone(), renamed: Some((file, fold_hash(name, ""))) }
    }
}

impl Names {
    fn add(&mut self, id: FileId, hash: u64) {
        match self.by_name.get(&hash).copied() {
            None => {
                self.by_name.insert(hash, Slot::One(id));
            }
            Some(Slot::One(first)) => {
                self.by_name.insert(hash, Slot::Many(to_u32(self.groups.len())));
                self.groups.push(vec![first, id]);
            }
            Some(Slot::Many(group)) => self.groups[group as usize].push(id),
        }
    }

    fn of(&self, hash: u64) -> &[FileId] {
        match self.by_name.get(&hash) {
            None => &[],
            Some(Slot::One(id)) => std::slice::from_ref(id),
            Some(Slot::Many(group)) => self.groups[*group as usize].as_slice(),
        }
    }
}

impl Index {
    /// Returns the files whose name equals the last component of `path` with `suffix` added, both folded.
    pub(super) fn candidates<'a>(&'a self, files: &'a [File], path: &'a str, suffix: &'a str) -> Candidates<'a> {
        let name = last_component(path);
        let hash = fold_hash(name, suffix);
        let found = self.names.of(hash);
        let renamed = self.renamed.filter(|(id, of)| *of == hash && !found.contains(id)).map(|(id, _)| id);
        Candidates { files, name, suffix, found, renamed }
    }

    /// Tells whether another file may have the name of this one.
    pub(super) fn is_shared(&self, file: FileId) -> bool {
        self.names.is_shared[file.index()] || self.renamed.is_some()
    }

    /// Tells whether any file may have a `#` in its path, which no link can hold.
    pub(super) fn has_hash(&self) -> bool {
        self.names.has_hash || self.renamed.is_some()
    }

    pub(super) fn named(&self, files: &[File], name: &str) -> Vec<FileId> {
        self.candidates(files, name, "").iter().collect()
    }

    pub(super) fn by_path(&self, files: &[File], path: &str) -> Option<FileId> {
        self.candidates(files, path, "").iter().find(|id| is_same_path(files[id.index()].path.as_str(), path, ""))
    }
}

impl Index {
    /// Returns the first other file whose path is the same when case and Unicode form are set aside.
    pub(super) fn twin(&self, files: &[File], file: FileId) -> Option<FileId> {
        let path = files[file.index()].path.as_str();
        let same = |id: &FileId| *id != file && fold_eq(files[id.index()].path.as_str().chars(), path.chars());
        let by_case = if self.is_shared(file) { self.candidates(files, path, "").iter().find(same) } else { None };
        // Paths are held in NFC; only the second of two such files keeps its own form.
        by_case.or_else(|| {
            let composed: String = if path.is_ascii() { return None } else { path.nfc().collect() };
            self.by_path(files, &composed).filter(|id| *id != file)
        })
    }
}

/// Files of one name; hashes that meet by chance are sorted out while iterating.
#[derive(Clone, Copy)]
pub(super) struct Candidates<'a> {
    files: &'a [File],
    name: &'a str,
    suffix: &'a str,
    found: &'a [FileId],
    renamed: Option<FileId>,
}

impl<'a> Candidates<'a> {
    /// No other file has the name of the one that has it.
    fn is_one(&self) -> bool {
        self.found.len() <= 1 && self.renamed.is_none()
    }

    /// Returns the only file whose name may be the one that is asked for.
    pub(super) fn only(&self) -> Option<FileId> {
        self.found.first().copied().filter(|_| self.is_one())
    }

    pub(super) fn iter(self) -> impl Iterator<Item = FileId> + 'a {
        let same = move |id: &FileId| is_same_path(self.files[id.index()].path.file_name(), self.name, self.suffix);
        let (before, after) =
            self.found.split_at(self.found.partition_point(|id| self.renamed.is_some_and(|own| *id < own)));
        before.iter().copied().chain(self.renamed).chain(after.iter().copied()).filter(same)
    }
}

/// Characters as Obsidian compares them in paths: lower case, no-break spaces as plain ones (clause R1).
pub(super) fn fold(characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    characters.flat_map(|character| match character {
        '\u{a0}' | '\u{202f}' => ' '.to_lowercase(),
        _ => character.to_lowercase(),
    })
}

pub(super) fn fold_eq(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> bool {
    fold(a).eq(fold(b))
}

/// Tells whether `path` is `wanted` with `suffix` added, as Obsidian compares paths.
pub(super) fn is_same_path(path: &str, wanted: &str, suffix: &str) -> bool {
    // Most links are written as the path is.
    if path.strip_prefix(wanted) == Some(suffix) {
        return true;
    }
    if path.is_ascii() && wanted.is_ascii() {
        return path.len() == wanted.len() + suffix.len()
            && path.as_bytes()[..wanted.len()].eq_ignore_ascii_case(wanted.as_bytes())
            && path.as_bytes()[wanted.len()..].eq_ignore_ascii_case(suffix.as_bytes());
    }
    fold_eq(path.chars(), wanted.chars().chain(suffix.chars()))
}

/// Returns the hash of the last component of a path or target, by which names are told to be one.
pub fn name_hash(path: &str) -> u64 {
    fold_hash(last_component(path), "")
}

/// Hashes a name with `suffix` added, which is `.md` or nothing, folded. `.md` at the end is told apart from the rest,
/// so that nothing is put together to be hashed.
fn fold_hash(name: &str, suffix: &str) -> u64 {
    let mut hasher = FxHasher::default();
    let (stem, is_note) = match name.len().checked_sub(3).and_then(|at| name.split_at_checked(at)) {
        Some((stem, end)) if suffix.is_empty() && end.eq_ignore_ascii_case(".md") => (stem, true),
        _ => (name, !suffix.is_empty()),
    };
    if stem.is_ascii() {
        hash_small(stem, &mut hasher);
    } else {
        let folded: String = fold(stem.chars()).collect();
        hash_small(&folded, &mut hasher);
    }
    hasher.write_u8(u8::from(is_note));
    hasher.finish()
}
