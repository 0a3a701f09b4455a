//! Finds the vault, lists its files, and decides what is checked and what is a link target alone.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use globset::GlobSet;
use rayon::prelude::*;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use walkdir::{DirEntry, WalkDir};

use crate::text::{VaultPath, last_component};
use crate::vault::settings::ObsidianSettings;
use crate::vault::{Contents, File};

mod disk_path;
mod ignored;
mod listed;
mod obsidian;
mod root;
pub use disk_path::DiskPath;
pub use listed::Listed;
pub use obsidian::from_json as obsidian_settings;
pub use root::{Root, vault_root};

use ignored::Ignored;

/// The files of a vault, before any note is read.
pub struct Layout {
    /// Sorted by path.
    pub files: Vec<File>,
    /// Where each file is on disk, relative to the root.
    pub disk_paths: Vec<DiskPath>,
    pub obsidian: ObsidianSettings,
    /// Notes that a sync program moved to the cloud, as far as their names or the system tell before they are opened.
    pub in_cloud: usize,
    /// The first folder below the root that is an Obsidian vault by itself.
    pub inner_vault: Option<PathBuf>,
    /// Folders and files that could not be listed, and settings that could not be read, each as a sentence.
    pub problems: Vec<String>,
}

/// What decides which files are checked.
#[derive(Default)]
pub struct Options<'a> {
    pub include: Option<&'a GlobSet>,
    pub exclude: Option<&'a GlobSet>,
    /// Also check what `.gitignore` and Obsidian's excluded files name.
    pub no_ignore: bool,
}

/// Lists a vault. What cannot be listed is named in `problems`; the rest is listed all the same.
pub fn discover(root: &Root, options: &Options<'_>) -> Layout {
    let mut problems = Vec::new();
    let obsidian = obsidian::read(&root.folder, &mut problems);
    let walk = Walk::new(&root.folder, Ignored::new(root, &obsidian, options.no_ignore));
    let Seen { files: mut found, inner_vault, problems: unlisted } = walk.run();
    problems.extend(unlisted);
    if crate::disk::IS_TOLD_BEFORE {
        // Asking the system takes as long as the walk; of attachments only the names matter.
        let notes = found.par_iter_mut().filter(|found| !found.in_cloud && found.path.is_source());
        notes.for_each(|found| found.in_cloud = crate::disk::is_in_cloud(&root.folder.join(found.disk())));
    }
    let in_cloud = found.iter().filter(|found| found.in_cloud).count();
    let (files, disk_paths) = sorted(found, &obsidian, options);
    Layout { files, disk_paths, obsidian, in_cloud, inner_vault, problems }
}

struct Found {
    path: VaultPath,
    /// Where it is on disk, if not where its path says.
    disk: Option<PathBuf>,
    ignored: bool,
    in_cloud: bool,
    outside: bool,
}

impl Found {
    fn disk(&self) -> &Path {
        self.disk.as_deref().unwrap_or(Path::new(self.path.as_str()))
    }
}

/// What a walk saw.
#[derive(Default)]
struct Seen {
    files: Vec<Found>,
    /// The first vault below the root.
    inner_vault: Option<PathBuf>,
    /// What could not be listed.
    problems: Vec<String>,
}

impl Seen {
    fn add(&mut self, other: Seen) {
        self.files.extend(other.files);
        self.problems.extend(other.problems);
        other.inner_vault.into_iter().for_each(|vault| self.see_vault(vault));
    }

    /// Remembers the first vault in the order of the paths: the walk has none.
    fn see_vault(&mut self, vault: PathBuf) {
        if self.inner_vault.as_ref().is_none_or(|known| vault < *known) {
            self.inner_vault = Some(vault);
        }
    }
}

#[derive(Clone)]
struct Walk<'a> {
    root: &'a Path,
    /// Without a slash at its end.
    root_text: Option<&'a str>,
    ignored: Ignored,
    /// Linked folders that lie outside the vault and in which the walk is.
    outside: Vec<PathBuf>,
}

impl<'a> Walk<'a> {
    fn new(root: &'a Path, ignored: Ignored) -> Walk<'a> {
        let root_text = root.to_str().map(|root| root.trim_end_matches('/'));
        Walk { root, root_text, ignored, outside: Vec::new() }
    }

    /// Goes through the vault, the folders right below its own side by side.
    fn run(mut self) -> Seen {
        let (mut seen, mut folders) = (Seen::default(), Vec::new());
        self.ignored.enter(self.root, 0);
        for entry in WalkDir::new(self.root).min_depth(1).max_depth(1).follow_links(true) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => folders.push(entry),
                entry => self.see(entry, 0, &mut seen),
            }
        }
        let below = folders.par_iter().with_max_len(1).map_init(|| self.clone(), Walk::below);
        below.collect::<Vec<Seen>>().into_iter().for_each(|below| seen.add(below));
        seen
    }

    /// Goes through a folder right below the vault's own.
    fn below(&mut self, folder: &DirEntry) -> Seen {
        let mut seen = Seen::default();
        if !self.enter(folder, folder.depth(), &mut seen) {
            return seen;
        }
        let mut entries = WalkDir::new(folder.path()).min_depth(1).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if !self.enter(&entry, folder.depth() + entry.depth(), &mut seen) {
                        entries.skip_current_dir();
                    }
                }
                entry => self.see(entry, folder.depth(), &mut seen),
            }
        }
        seen
    }

    /// Takes what is no folder, in a walk that begins at that depth below the vault's folder.
    fn see(&mut self, entry: walkdir::Result<DirEntry>, begin: usize, seen: &mut Seen) {
        match entry {
            Ok(entry) => seen.files.extend(self.file(&entry, begin + entry.depth())),
            Err(error) => seen.problems.extend(explain(&error, self.root)),
        }
    }

    /// Tells whether the walk goes into a folder that lies at that depth below the vault's.
    fn enter(&mut self, entry: &DirEntry, depth: usize, seen: &mut Seen) -> bool {
        if is_hidden(entry) {
            let is_vault = entry.file_name() == ".obsidian" && depth > 1;
            let vault = entry.path().parent().filter(|_| is_vault);
            let vault = vault.and_then(|vault| vault.strip_prefix(self.root).ok());
            vault.into_iter().for_each(|vault| seen.see_vault(vault.to_owned()));
            return false;
        }
        self.outside.retain(|folder| entry.path().starts_with(folder));
        if entry.path_is_symlink() {
            // Links to a folder inside the vault or to one that holds it would list every note twice (clause R16).
            let Ok(target) = entry.path().canonicalize() else { return false };
            let Ok(root) = self.root.canonicalize() else { return false };
            if target.starts_with(&root) || root.starts_with(&target) {
                return false;
            }
            self.outside.push(entry.path().to_owned());
        }
        self.ignored.enter(entry.path(), depth);
        true
    }

    fn file(&mut self, entry: &DirEntry, depth: usize) -> Option<Found> {
        if !entry.file_type().is_file() {
            return None;
        }
        let (path, disk, is_stub) = self.plain_path(entry).or_else(|| self.path(entry))?;
        let linked = entry.path_is_symlink() || self.outside.iter().any(|folder| entry.path().starts_with(folder));
        let ignored = self.ignored.file(entry.path(), depth);
        Some(Found { path, disk, ignored, in_cloud: is_stub, outside: linked })
    }

    /// Returns the path of a file as the vault names it, where else it is on disk, and whether it is a placeholder.
    fn path(&self, entry: &DirEntry) -> Option<(VaultPath, Option<PathBuf>, bool)> {
        let name = entry.file_name().to_string_lossy();
        let relative = entry.path().strip_prefix(self.root).ok()?;
        let stub = icloud_name(&name);
        if name.starts_with('.') && stub.is_none() {
            return None;
        }
        let shown = if let Some(stub) = stub { Cow::Owned(relative.with_file_name(stub)) } else { relative.into() };
        let path = VaultPath::new(&vault_path(&shown));
        let disk = elsewhere(relative, &path);
        Some((path, disk, stub.is_some()))
    }

    /// The same for nearly all files: the path is text as the vault writes it, and no component need be looked at.
    fn plain_path(&self, entry: &DirEntry) -> Option<(VaultPath, Option<PathBuf>, bool)> {
        let below = entry.path().to_str()?.strip_prefix(self.root_text?)?.strip_prefix('/')?;
        let is_hidden = last_component(below).starts_with('.');
        (!is_hidden && is_plain(below)).then(|| (VaultPath::new(below), None, false))
    }
}

/// Returns the place of a file on disk if it is not the one that its path in the vault says.
fn elsewhere(disk: &Path, path: &VaultPath) -> Option<PathBuf> {
    (disk.as_os_str() != path.as_str()).then(|| disk.to_owned())
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// `.Name.md.icloud` stands for `Name.md` that lies in the cloud.
fn icloud_name(name: &str) -> Option<&str> {
    name.strip_prefix('.')?.strip_suffix(".icloud").filter(|name| !name.is_empty())
}

/// With `/` between components and in NFC, as Obsidian holds paths (clause R1).
pub(crate) fn vault_path(path: &Path) -> String {
    let mut joined = String::new();
    for component in path.components() {
        if !joined.is_empty() {
            joined.push('/');
        }
        joined.push_str(&component.as_os_str().to_string_lossy());
    }
    if is_composed(&joined) { joined } else { joined.nfc().collect() }
}

/// A path is text as the vault writes it, if there are no empty components and none like `..` in it.
fn is_plain(path: &str) -> bool {
    MAIN_SEPARATOR == '/' && is_composed(path)
}

fn is_composed(text: &str) -> bool {
    text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

fn sorted(mut found: Vec<Found>, obsidian: &ObsidianSettings, options: &Options<'_>) -> (Vec<File>, Vec<DiskPath>) {
    let is_elsewhere = |found: &Found| found.disk() != Path::new(found.path.as_str());
    let on_disk = |a: &Found, b: &Found| (is_elsewhere(a), a.disk()).cmp(&(is_elsewhere(b), b.disk()));
    found.par_sort_by(|a, b| a.path.cmp(&b.path).then_with(|| on_disk(a, b)));
    // Two names that differ by Unicode form alone: the second keeps its own form, so that both are seen.
    let mut is_sorted = true;
    for index in 1..found.len() {
        if found[index].path == found[index - 1].path {
            let disk = found[index].disk().to_owned();
            found[index].path = VaultPath::new(&disk.to_string_lossy().replace('\\', "/"));
            found[index].disk = elsewhere(&disk, &found[index].path);
            is_sorted = false;
        }
    }
    if !is_sorted {
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found.dedup_by(|a, b| a.path == b.path);
    }
    let laid_out = |found: Found| {
        let file = file(&found, obsidian, options);
        (file, DiskPath::new(found.disk, found.path))
    };
    found.into_par_iter().map(laid_out).unzip()
}

fn file(found: &Found, obsidian: &ObsidianSettings, options: &Options<'_>) -> File {
    let path = found.path.clone();
    let source = path.is_source();
    let contents = match source {
        false => Contents::Attachment,
        true if found.in_cloud || found.outside => Contents::Unknown,
        true => Contents::Read,
    };
    let included = options.include.is_none_or(|globs| globs.is_match(path.as_str()))
        && !options.exclude.is_some_and(|globs| globs.is_match(path.as_str()));
    let checked = !found.ignored && included && !obsidian.is_template(&path) && contents != Contents::Unknown;
    File { path, contents, checked }
}

fn explain(error: &walkdir::Error, root: &Path) -> Option<String> {
    // A loop of links is what Obsidian ignores too (clause R16).
    if error.loop_ancestor().is_some() {
        return None;
    }
    let path = error.path().map_or(root, |path| path.strip_prefix(root).unwrap_or(path));
    let is_dangling = error.io_error().is_some_and(|error| error.kind() == std::io::ErrorKind::NotFound);
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    (!is_dangling).then(|| format!("cannot list `{}`: {reason}", path.display()))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_to_a_path_leads_where_the_long_one_does() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("b/\u{e4} \u{b7} c");
        std::fs::create_dir_all(&below).expect("folders");
        for name in ["a.md", "\u{e4}.md", "a\u{308}.md", ".hidden.md", ".Note.md.icloud", "back\\slash.md", "a.b..md"] {
            std::fs::write(folder.path().join(name), "").expect("a note");
            std::fs::write(below.join(name), "").expect("a note");
        }
        let root = Root { folder: folder.path().to_owned(), git: None, is_whole: true };
        let ignored = Ignored::new(&root, &ObsidianSettings::default(), true);
        let walk = Walk::new(&root.folder, ignored);
        let (mut short, mut long) = (0, 0);
        for entry in WalkDir::new(&root.folder).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            match walk.plain_path(&entry) {
                Some(path) => {
                    short += 1;
                    assert_eq!(Some(path), walk.path(&entry));
                }
                None => long += 1,
            }
        }
        assert!(short >= 6 && long >= 6, "{short} {long}");
    }
}
