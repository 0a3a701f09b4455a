//! Where the text of each file comes from: the disk, git, standard input, or a change that is not written yet.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::discover::{DiskPath, Layout};
use crate::disk::{self, Folder, Read};
use crate::fix::Changes;
use crate::git::{self, Blobs, Entry};
use crate::text::{FileId, VaultPath, to_u32};
use crate::vault::File;

/// What stands in the place of the files on disk; by default nothing does.
#[derive(Default)]
pub struct Content {
    /// Texts that were given, such as standard input.
    pub given: BTreeMap<VaultPath, Arc<str>>,
    pub git: Option<Arc<GitContent>>,
}

/// Files as git has them.
pub struct GitContent {
    pub blobs: Arc<Blobs>,
    /// Sorted by path.
    pub entries: Vec<Entry>,
}

impl GitContent {
    /// Returns where the file of a path stands among the entries.
    pub fn position(&self, path: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path)).ok()
    }

    /// The same for paths that are mostly asked for in order: `next` is where the next one likely stands.
    fn next_position(&self, path: &str, next: &mut usize) -> Option<usize> {
        let is_next = self.entries.get(*next).is_some_and(|entry| entry.path == path);
        let found = if is_next { Some(*next) } else { self.position(path) };
        *next = found.map_or(*next, |found| found + 1);
        found
    }
}

/// Where each file of a layout with some changes is read.
pub struct Overlay {
    sources: Vec<Source>,
    git: Option<Arc<GitContent>>,
}

enum Source {
    Disk(DiskPath),
    /// Here until it is renamed, and there when it is.
    Moved(DiskPath, VaultPath),
    /// Place among git's entries.
    Git(u32, DiskPath),
    Given(Arc<str>),
}

impl Overlay {
    /// Puts changes and content over a layout; returns the files that there are then, and where they are read.
    pub fn new(layout: &Layout, content: &Content, changes: &Changes) -> (Vec<File>, Overlay) {
        let place = |next: &mut usize, (file, disk): (&File, &DiskPath)| {
            let change = changes.get(&file.path);
            let text = change.and_then(|change| change.text.as_ref()).map(|text| text.after.clone());
            let text = text.or_else(|| content.given.get(&file.path).cloned());
            let moved = change.and_then(|change| change.moved_to.clone());
            let source = text.map_or_else(|| content.source(disk, next), Source::Given);
            let source = match (source, &moved) {
                (Source::Disk(disk), Some(path)) => Source::Moved(disk, path.clone()),
                (source, _) => source,
            };
            (File { path: moved.unwrap_or_else(|| file.path.clone()), ..file.clone() }, source)
        };
        let places = layout.files.par_iter().zip(&layout.disk_paths).map_init(|| 0, place);
        let mut entries: Vec<(File, Source)> = places.collect();
        if changes.iter().any(|(_, change)| change.moved_to.is_some()) {
            entries.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        }
        let (files, sources) = entries.into_par_iter().unzip();
        (files, Overlay { sources, git: content.git.clone() })
    }

    /// Reads a file.
    ///
    /// # Errors
    /// The system's or git's reason.
    pub fn read(&self, folder: &Folder, id: FileId) -> std::io::Result<Read> {
        match &self.sources[id.index()] {
            Source::Disk(path) => folder.read_note(path.as_ref()),
            Source::Moved(old, new) => match folder.read_note(old.as_ref()) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => folder.read_note(Path::new(new.as_str())),
                read => read,
            },
            Source::Git(entry, path) => self.read_blob(*entry, folder.read_note(path.as_ref())),
            Source::Given(text) => Ok(Read::Text(text.to_string())),
        }
    }

    /// Reads a file again; `None` if it is no text any more.
    pub fn text(&self, folder: &Folder, id: FileId) -> Option<Arc<str>> {
        if let Source::Given(text) = &self.sources[id.index()] {
            return Some(text.clone());
        }
        match self.read(folder, id).ok()? {
            Read::Text(text) => Some(text.into()),
            Read::NotUtf8 { .. } => None,
        }
    }

    /// Git may hold other line endings than the disk: if nothing else differs, the text is the one on disk, which a fix
    /// can then be written to.
    fn read_blob(&self, entry: u32, on_disk: std::io::Result<Read>) -> std::io::Result<Read> {
        let git = self.git.as_ref().expect("files of git come with their list");
        let object = &git.entries[entry as usize].object;
        if let Ok(Read::Text(text)) = &on_disk
            && git::is_named(text.as_bytes(), object)
        {
            return on_disk;
        }
        let stored = git.blobs.read(object)?;
        match on_disk {
            Ok(Read::Text(text)) if text.as_bytes() != stored && is_same_but_line_ends(text.as_bytes(), &stored) => {
                Ok(Read::Text(text))
            }
            _ => Ok(disk::as_text(stored)),
        }
    }
}

impl Content {
    fn source(&self, disk: &DiskPath, next: &mut usize) -> Source {
        match self.git.as_ref().and_then(|git| git.next_position(&disk.with_slashes(), next)) {
            Some(entry) => Source::Git(to_u32(entry), disk.clone()),
            None => Source::Disk(disk.clone()),
        }
    }
}

fn is_same_but_line_ends(a: &[u8], b: &[u8]) -> bool {
    let without = |bytes: &[u8]| -> Vec<u8> {
        let is_kept = |(at, byte): &(usize, &u8)| **byte != b'\r' || bytes.get(at + 1) != Some(&b'\n');
        bytes.iter().enumerate().filter(is_kept).map(|(_, byte)| *byte).collect()
    };
    a.len().abs_diff(b.len()) <= a.len().max(b.len()) / 2 && without(a) == without(b)
}
