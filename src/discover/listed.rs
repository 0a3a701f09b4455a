//! The layout of a vault whose files somebody else lists: git's index, or a revision.

use std::path::Path;

use super::{DiskPath, Found, Layout, Options, elsewhere, is_plain, sorted, vault_path};
use crate::text::VaultPath;
use crate::vault::settings::ObsidianSettings;
use crate::vault::{Contents, File};

/// Files that somebody lists, in the order of a vault.
pub struct Listed {
    files: Vec<File>,
    places: Vec<DiskPath>,
}

impl Listed {
    /// Reads a list of paths, relative to the vault's folder, with `/`. The content of a symbolic link stays unknown.
    pub fn new<'a>(
        list: impl Iterator<Item = (&'a str, bool)>,
        obsidian: &ObsidianSettings,
        options: &Options<'_>,
    ) -> Listed {
        let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
        let found = list.filter(|(path, _)| !is_hidden(path)).map(|(path, is_link)| found(path, is_link));
        let (files, places) = sorted(found.collect(), obsidian, options);
        Listed { files, places }
    }

    /// Lays a vault out from the list. What is checked on disk is checked here, and likewise what is not; files of the disk
    /// that are not listed are left out, but for those that `keep` names: they are targets alone.
    ///
    /// # Errors
    /// The first one of `keep`.
    pub fn beside<E>(self, on_disk: &Layout, keep: impl Fn(&str) -> Result<bool, E>) -> Result<Layout, E> {
        let mut both = Vec::with_capacity(self.files.len());
        let mut listed = self.files.into_iter().zip(self.places).peekable();
        // Both are sorted by path.
        for (file, place) in on_disk.files.iter().zip(&on_disk.disk_paths) {
            both.extend(std::iter::from_fn(|| listed.next_if(|(other, _)| other.path < file.path)));
            if let Some((mut own, place)) = listed.next_if(|(other, _)| other.path == file.path) {
                own.checked = file.checked || own.checked && file.contents == Contents::Unknown;
                both.push((own, place));
            } else if keep(&place.with_slashes())? {
                both.push((File { checked: false, ..file.clone() }, place.clone()));
            }
        }
        both.extend(listed);
        let (files, disk_paths) = both.into_iter().unzip();
        Ok(Layout {
            files,
            disk_paths,
            obsidian: on_disk.obsidian.clone(),
            in_cloud: 0,
            inner_vault: None,
            problems: Vec::new(),
        })
    }
}

fn found(path: &str, is_link: bool) -> Found {
    let disk = Path::new(path);
    let path = if is_plain(path) { VaultPath::new(path) } else { VaultPath::new(&vault_path(disk)) };
    Found { disk: elsewhere(disk, &path), path, ignored: false, in_cloud: false, outside: is_link }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    fn on_disk(files: &[(&str, bool, Contents)]) -> Layout {
        let file = |(path, checked, contents): &(&str, bool, Contents)| File {
            path: VaultPath::new(path),
            contents: contents.clone(),
            checked: *checked,
        };
        let files: Vec<File> = files.iter().map(file).collect();
        let disk_paths = files.iter().map(|file| DiskPath::AsNamed(file.path.clone())).collect();
        let obsidian = ObsidianSettings::default();
        Layout { files, disk_paths, obsidian, in_cloud: 0, inner_vault: None, problems: Vec::new() }
    }

    #[test]
    fn what_the_list_and_the_disk_know_is_brought_together_in_order() {
        let disk = on_disk(&[
            ("a.md", true, Contents::Read),
            ("b.md", false, Contents::Read),
            ("d.png", false, Contents::Attachment),
            ("e.md", true, Contents::Read),
            ("f.md", false, Contents::Unknown),
        ]);
        let list = ["f.md", "c.md", "b.md", "z.md", ".hidden/x.md", "a.md"].map(|path| (path, false));
        let list = Listed::new(list.into_iter(), &disk.obsidian, &Options::default());
        let keep = |path: &str| Ok::<_, ()>(path == "d.png" || path == "a.md");
        let layout = list.beside(&disk, keep).expect("nothing fails");
        let found: Vec<_> = layout.files.iter().map(|file| (file.path.as_str(), file.checked)).collect();
        let expected =
            [("a.md", true), ("b.md", false), ("c.md", true), ("d.png", false), ("f.md", true), ("z.md", true)];
        assert_eq!(found, expected);
        let places: Vec<_> = layout.disk_paths.iter().map(DiskPath::with_slashes).collect();
        assert_eq!(places, expected.map(|(path, _)| path));
    }

    #[cfg(unix)]
    #[test]
    fn a_place_is_written_as_git_writes_it() {
        use std::os::unix::ffi::OsStrExt;
        let place = Path::new(OsStr::from_bytes(b"a/b\\c \xff.md")).to_owned();
        assert_eq!(DiskPath::Other(place.into()).with_slashes(), "a/b\\c \u{fffd}.md");
    }
}
