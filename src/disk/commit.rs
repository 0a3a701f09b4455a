//! Writes the changes of a run: all new texts beside their notes first, then one rename after the other.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustc_hash::FxHashMap;

use super::journal::{Entry, EntryText, JournalError, Journals, Run, State, hash};
use super::names;
use super::stage::{Staged, WriteError, stage, sync_folder};
use super::waiting::side_by_side;

/// One file to write. Paths are relative to the vault, as on disk.
#[derive(Clone, Debug)]
pub struct FileWrite {
    pub path: PathBuf,
    /// The text that was read and the text to be.
    pub text: Option<(Arc<str>, Arc<str>)>,
    pub moved_to: Option<PathBuf>,
    /// It is not there yet: it is made, with an empty text before.
    pub is_new: bool,
}

/// What became of a run.
#[derive(Debug, Default)]
pub struct Committed {
    pub written: Vec<PathBuf>,
    /// Files that could not be written, each with the reason.
    pub failed: Vec<(PathBuf, WriteError)>,
    /// Files left as they are because a file that belongs to the same fix could not be written.
    pub held_back: Vec<PathBuf>,
}

impl Journals {
    /// Writes files; those of one group are written together or not at all. `command` is what `undo` will name.
    ///
    /// # Errors
    /// The journal cannot be written; then no file was changed.
    pub fn commit(
        &self,
        command: &str,
        files: &[FileWrite],
        groups: &[Vec<PathBuf>],
    ) -> Result<Committed, JournalError> {
        let (mut run, before) = self.write_down(command, files);
        let folder = self.begin(&run, &before)?;
        let mut commit = Commit { root: &self.root, run: &mut run, files, result: Committed::default() };
        let parts = commit.parts(groups);
        let staged = commit.stage();
        commit.publish(&parts, staged);
        let Commit { result, .. } = commit;
        let written: BTreeSet<&PathBuf> = result.written.iter().collect();
        run.entries.iter().filter(|entry| !written.contains(&entry.path)).for_each(|entry| self.remove_made(entry));
        run.entries.retain(|entry| written.contains(&entry.path));
        self.update(&folder, &run, State::Over)?;
        self.prune();
        Ok(result)
    }

    fn write_down(&self, command: &str, files: &[FileWrite]) -> (Run, Vec<u8>) {
        let mut before = Vec::new();
        let mut entry = |file: &FileWrite| Entry {
            path: file.path.clone(),
            text: file.text.as_ref().map(|(old, new)| {
                let offset = before.len() as u64;
                before.extend_from_slice(old.as_bytes());
                EntryText { offset, len: old.len() as u64, before: hash(old.as_bytes()), after: hash(new.as_bytes()) }
            }),
            moved_to: file.moved_to.clone(),
            is_new: file.is_new,
        };
        // A name that is not UTF-8 cannot be written down; `stage` refuses the file.
        let entries = files.iter().filter(|file| has_utf8_names(file)).map(&mut entry).collect();
        (Run::new(&self.root, command, entries), before)
    }
}

fn has_utf8_names(file: &FileWrite) -> bool {
    file.path.to_str().is_some() && file.moved_to.as_ref().is_none_or(|path| path.to_str().is_some())
}

struct Commit<'a> {
    root: &'a Path,
    run: &'a mut Run,
    files: &'a [FileWrite],
    result: Committed,
}

/// Files that are written together, as indices.
type Part = Vec<usize>;

/// What staging a file gives; nothing to stage where the text stays.
type Outcome = Result<Option<Staged>, WriteError>;

impl Commit<'_> {
    /// Joins groups that share a file; a file of no group is a part by itself.
    fn parts(&self, groups: &[Vec<PathBuf>]) -> Vec<Part> {
        let index: FxHashMap<&PathBuf, usize> =
            self.files.iter().enumerate().map(|(index, file)| (&file.path, index)).collect();
        let mut leader: Vec<usize> = (0..self.files.len()).collect();
        fn lead(leader: &mut [usize], mut file: usize) -> usize {
            while leader[file] != file {
                leader[file] = leader[leader[file]];
                file = leader[file];
            }
            file
        }
        for group in groups {
            let members: Vec<usize> = group.iter().filter_map(|path| index.get(path).copied()).collect();
            for pair in members.windows(2) {
                let (a, b) = (lead(&mut leader, pair[0]), lead(&mut leader, pair[1]));
                leader[a.max(b)] = a.min(b);
            }
        }
        let mut parts: Vec<Part> = vec![Vec::new(); self.files.len()];
        for file in 0..self.files.len() {
            parts[lead(&mut leader, file)].push(file);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// Writes every new text beside its note. A full disk ends it at once: then nothing is changed at all.
    fn stage(&self) -> Vec<Option<Outcome>> {
        let has_room = AtomicBool::new(true);
        let mut staged = side_by_side(self.files.len(), |number| {
            let result = has_room.load(Ordering::Relaxed).then(|| self.stage_file(number, &self.files[number]))?;
            if result.as_ref().is_err_and(WriteError::is_full_disk) {
                has_room.store(false, Ordering::Relaxed);
            }
            Some(result)
        });
        if !has_room.into_inner() {
            staged.iter_mut().filter(|staged| matches!(staged, Some(Ok(_)))).for_each(|staged| *staged = None);
        }
        staged
    }

    fn stage_file(&self, number: usize, file: &FileWrite) -> Outcome {
        if !has_utf8_names(file) {
            return Err(WriteError::NameNotUtf8);
        }
        let path = self.root.join(&file.path);
        if let Some(to) = &file.moved_to {
            names::may_rename(self.root, &path, &self.root.join(to))?;
        }
        let Some((before, after)) = &file.text else { return Ok(None) };
        if file.is_new {
            File::create_new(&path).map_err(|error| match error.kind() {
                std::io::ErrorKind::AlreadyExists => WriteError::ChangedSince,
                _ => error.into(),
            })?;
        }
        let is_before = |bytes: &[u8]| bytes == before.as_bytes();
        stage(self.root, &path, is_before, after.as_bytes(), &self.run.temporary_name(number)).map(Some)
    }

    fn publish(&mut self, parts: &[Part], mut staged: Vec<Option<Outcome>>) {
        let mut folders = BTreeSet::new();
        for part in parts {
            let ready: Vec<_> = part.iter().map(|file| (*file, staged[*file].take())).collect();
            if ready.iter().all(|(file, ready)| self.is_ready(*file, ready)) {
                folders.extend(self.publish_part(ready));
            } else {
                self.refuse(ready);
            }
        }
        folders.iter().for_each(|folder| sync_folder(folder));
    }

    fn is_ready(&self, file: usize, ready: &Option<Outcome>) -> bool {
        let Some(Ok(staged)) = ready else { return false };
        let Some((before, _)) = &self.files[file].text else { return true };
        staged.as_ref().is_some_and(|staged| staged.is_still(|bytes| bytes == before.as_bytes()))
    }

    /// Says for each file of a part that is not written whether it is the reason or suffers from another.
    fn refuse(&mut self, part: Vec<(usize, Option<Outcome>)>) {
        for (file, ready) in part {
            let is_ready = self.is_ready(file, &ready);
            let path = self.files[file].path.clone();
            match ready {
                Some(Err(error)) => self.result.failed.push((path, error)),
                Some(Ok(_)) if !is_ready => self.result.failed.push((path, WriteError::ChangedSince)),
                _ => self.result.held_back.push(path),
            }
        }
    }

    /// Puts the new texts in place, then the new names; if one fails, takes the others of the part back.
    fn publish_part(&mut self, part: Vec<(usize, Option<Outcome>)>) -> Vec<PathBuf> {
        let mut folders = Vec::new();
        let mut done: Vec<usize> = Vec::new();
        let mut part = part.into_iter();
        for (file, ready) in part.by_ref() {
            let staged = ready.and_then(Result::ok).flatten();
            folders.extend(staged.as_ref().map(Staged::folder));
            if let Err(error) = self.publish_file(file, staged) {
                self.result.failed.push((self.files[file].path.clone(), error));
                for file in done.drain(..) {
                    let list = if self.take_back(file) { &mut self.result.held_back } else { &mut self.result.written };
                    list.push(self.files[file].path.clone());
                }
                break;
            }
            done.push(file);
        }
        self.result.held_back.extend(part.map(|(file, _)| self.files[file].path.clone()));
        self.result.written.extend(done.into_iter().map(|file| self.files[file].path.clone()));
        folders
    }

    fn publish_file(&mut self, file: usize, staged: Option<Staged>) -> Result<(), WriteError> {
        let FileWrite { path, text, moved_to, .. } = &self.files[file];
        if let (Some(staged), Some((before, _))) = (staged, text) {
            staged.publish(|bytes| bytes == before.as_bytes())?;
        }
        if let Some(to) = moved_to {
            let moved = names::rename(self.root, &self.root.join(path), &self.root.join(to));
            match moved {
                Ok(made) => self.run.folders_made.extend(made),
                Err(error) => {
                    self.take_back_text(file, path);
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    fn take_back(&self, file: usize) -> bool {
        let FileWrite { path, moved_to, .. } = &self.files[file];
        let is_back = moved_to
            .as_ref()
            .is_none_or(|to| names::rename(self.root, &self.root.join(to), &self.root.join(path)).is_ok());
        is_back && self.take_back_text(file, path)
    }

    fn take_back_text(&self, file: usize, path: &Path) -> bool {
        let Some((before, after)) = &self.files[file].text else { return true };
        let is_after = |bytes: &[u8]| bytes == after.as_bytes();
        let name = self.run.temporary_name(self.files.len() + file);
        let staged = stage(self.root, &self.root.join(path), is_after, before.as_bytes(), &name);
        staged.and_then(|staged| staged.publish(is_after)).is_ok()
    }
}
