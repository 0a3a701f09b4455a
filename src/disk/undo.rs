//! Takes back what the latest run changed, but for files that changed since.

use std::path::{Path, PathBuf};

use super::journal::{Entry, JournalError, Journals, Run, State, hash, temporary_prefix};
use super::names;
use super::stage::{Staged, WriteError, stage, sync_folder};
use super::waiting::side_by_side;

/// What an undo did.
#[derive(Debug)]
#[non_exhaustive]
pub struct Undone {
    /// The command that was taken back.
    pub command: String,
    /// When it ran, in seconds since 1970.
    pub at: u64,
    /// Files that are as they were before it, by their path then.
    pub restored: Vec<PathBuf>,
    /// Files that were left as they are; the journal keeps them.
    pub refused: Vec<(PathBuf, Refused)>,
    /// Nothing of the run can be taken back any more: the next undo takes back the run before.
    pub is_passed_over: bool,
}

/// Why a file was not taken back.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refused {
    /// Its text is neither the old one nor the one that the run left.
    ChangedSince,
    /// It was removed or got another name.
    Gone,
    /// Another file has got the name that it had.
    NameTaken,
    /// Files were renamed in the run, and another file of it cannot be taken back: links would break.
    WithOthers,
    Write(WriteError),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Refused::ChangedSince => formatter.write_str("it changed since"),
            Refused::Gone => formatter.write_str("it is not there any more"),
            Refused::NameTaken => formatter.write_str("another file has that name now"),
            Refused::WithOthers => formatter.write_str("files were renamed, and another one cannot be taken back"),
            Refused::Write(error) => error.fmt(formatter),
        }
    }
}

/// Where a file of a run stands now.
enum Now {
    /// As it was before the run.
    Old,
    /// Here, with the old or the new text.
    At { path: PathBuf, has_new_text: bool },
}

impl Journals {
    /// Takes back the latest run; `None` if there is none. A kill in the middle is made good by calling it again.
    ///
    /// # Errors
    /// The journal cannot be read or written; then no file was changed.
    pub fn undo(&self) -> Result<Option<Undone>, JournalError> {
        let Some((folder, mut run, before)) = self.latest()? else { return Ok(None) };
        run.temporary = temporary_prefix();
        self.update(&folder, &run, State::Pending)?;
        let (restored, refused) = (Vec::new(), Vec::new());
        let mut undone = Undone { command: run.command.clone(), at: run.at, restored, refused, is_passed_over: false };
        let now = side_by_side(run.entries.len(), |number| self.now(&run.entries[number]));
        let has_moved = run.entries.iter().any(|entry| entry.moved_to.is_some());
        let is_refused = has_moved && now.iter().any(Result::is_err);
        let staged = side_by_side(run.entries.len(), |number| match &now[number] {
            Ok(now) if !is_refused => self.stage_old(&run, number, &before, now),
            _ => Ok(None),
        });
        let is_refused = is_refused || has_moved && staged.iter().any(Result::is_err);
        let mut left = Vec::new();
        for (entry, (now, staged)) in run.entries.iter().zip(now.into_iter().zip(staged)).rev() {
            let restored = match (now, staged) {
                (Err(refused), _) => Err(refused),
                (_, Err(error)) => Err(Refused::Write(error)),
                (Ok(_), Ok(_)) if is_refused => Err(Refused::WithOthers),
                (Ok(now), Ok(staged)) => self.restore(entry, staged, now).map_err(Refused::Write),
            };
            match restored {
                Ok(()) => undone.restored.push(entry.path.clone()),
                Err(refused) => {
                    undone.refused.push((entry.path.clone(), refused));
                    left.push(entry.clone());
                }
            }
        }
        self.finish(&folder, run, left, &mut undone)?;
        Ok(Some(undone))
    }

    fn finish(
        &self,
        folder: &Path,
        mut run: Run,
        mut left: Vec<Entry>,
        undone: &mut Undone,
    ) -> Result<(), JournalError> {
        if left.is_empty() {
            names::remove_empty(&run.folders_made);
        }
        left.reverse();
        let may_succeed = |(_, refused): &(PathBuf, Refused)| matches!(refused, Refused::Write(_) | Refused::NameTaken);
        undone.is_passed_over =
            undone.restored.is_empty() && !left.is_empty() && !undone.refused.iter().any(may_succeed);
        (run.entries, run.is_passed_over) = (left, undone.is_passed_over);
        undone.restored.sort();
        undone.refused.sort_by(|a, b| a.0.cmp(&b.0));
        let mut folders: Vec<PathBuf> = undone.restored.iter().map(|path| self.folder_of(path)).collect();
        folders.dedup();
        folders.iter().for_each(|folder| sync_folder(folder));
        self.update(folder, &run, State::Over)
    }

    fn folder_of(&self, path: &Path) -> PathBuf {
        let path = self.root.join(path);
        path.parent().unwrap_or(&self.root).to_owned()
    }

    /// Tells whether a file is as it was before the run.
    pub(super) fn is_old(&self, entry: &Entry) -> bool {
        matches!(self.now(entry), Ok(Now::Old))
    }

    fn now(&self, entry: &Entry) -> Result<Now, Refused> {
        let old = self.root.join(&entry.path);
        let new = entry.moved_to.as_ref().map(|path| self.root.join(path));
        let is_old_there = is_there(&old, new.as_deref());
        let moved = new.filter(|new| is_there(new, Some(&old)));
        if is_old_there && moved.is_some() {
            return Err(Refused::NameTaken);
        }
        if !is_old_there && moved.is_none() {
            return if entry.is_new { Ok(Now::Old) } else { Err(Refused::Gone) };
        }
        let path = moved.clone().unwrap_or(old);
        let Some(text) = &entry.text else {
            return Ok(if moved.is_some() { Now::At { path, has_new_text: false } } else { Now::Old });
        };
        let found = hash(&std::fs::read(&path).map_err(|error| Refused::Write(error.into()))?);
        match (found == text.before, found == text.after) {
            (true, _) if moved.is_none() => Ok(Now::Old),
            (true, _) => Ok(Now::At { path, has_new_text: false }),
            (_, true) => Ok(Now::At { path, has_new_text: true }),
            _ => Err(Refused::ChangedSince),
        }
    }

    /// Writes the old text of a file beside it, unless the file holds it.
    fn stage_old(&self, run: &Run, number: usize, before: &[u8], now: &Now) -> Result<Option<Staged>, WriteError> {
        let (Now::At { path, has_new_text: true }, Some(text)) = (now, &run.entries[number].text) else {
            return Ok(None);
        };
        let old = text.of(before).filter(|old| hash(old) == text.before);
        let old = old.ok_or_else(|| WriteError::System(std::io::Error::other("the journal is damaged")))?;
        let is_new = |bytes: &[u8]| hash(bytes) == text.after;
        stage(&self.root, path, is_new, old, &run.temporary_name(number)).map(Some)
    }

    fn restore(&self, entry: &Entry, staged: Option<Staged>, now: Now) -> Result<(), WriteError> {
        let Now::At { path, .. } = now else { return Ok(()) };
        if let (Some(staged), Some(text)) = (staged, &entry.text) {
            staged.publish(|bytes| hash(bytes) == text.after)?;
        }
        let old = self.root.join(&entry.path);
        if path != old {
            names::rename(&self.root, &path, &old)?;
        }
        self.remove_made(entry);
        Ok(())
    }
}

/// Tells whether a file has exactly the name `path`. On a file system that ignores case, the old name of a file whose case
/// alone changed is there too: then the folder is asked how it writes the name.
fn is_there(path: &Path, other: Option<&Path>) -> bool {
    if path.symlink_metadata().is_err() {
        return false;
    }
    let is_same_but_case =
        other.is_some_and(|other| path.as_os_str().len() == other.as_os_str().len() && lower(path) == lower(other));
    let Some((folder, name)) = path.parent().zip(path.file_name()).filter(|_| is_same_but_case) else { return true };
    std::fs::read_dir(folder)
        .is_ok_and(|mut entries| entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() == name)))
}

fn lower(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}
