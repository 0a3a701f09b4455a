//! The layout of a vault whose files somebody else lists: git's index, or a revision.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::{Found, Layout, Options, elsewhere, sorted, vault_path};
use crate::text::VaultPath;
use crate::vault::Contents;

/// A file of a list, relative to the vault's folder, with `/`.
#[derive(Clone, Debug)]
pub struct Listed {
    pub path: String,
    /// A symbolic link: a target whose contents stay unknown.
    pub is_link: bool,
}

/// Lays a vault out from a list. What is checked on disk is checked here, and likewise what is not; files of the disk that
/// are not listed are left out, but for those that `keep` names: they are targets alone.
pub fn listed(list: &[Listed], on_disk: &Layout, keep: impl Fn(&str) -> bool, options: &Options<'_>) -> Layout {
    let known: FxHashMap<&VaultPath, usize> =
        on_disk.files.iter().enumerate().map(|(index, file)| (&file.path, index)).collect();
    let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
    let found = list.iter().filter(|listed| !is_hidden(&listed.path)).map(found).collect();
    let (mut files, mut disk_paths) = sorted(found, &on_disk.obsidian, options);
    for (file, _) in files.iter_mut().zip(&disk_paths) {
        if let Some(index) = known.get(&file.path) {
            file.checked =
                on_disk.files[*index].checked || file.checked && on_disk.files[*index].contents == Contents::Unknown;
        }
    }
    let kept = on_disk.files.iter().zip(&on_disk.disk_paths).filter(|(file, disk)| {
        keep(&disk.as_ref().to_string_lossy().replace('\\', "/"))
            && files.binary_search_by(|other| other.path.cmp(&file.path)).is_err()
    });
    let kept: Vec<_> =
        kept.map(|(file, disk)| (crate::vault::File { checked: false, ..file.clone() }, disk.clone())).collect();
    let mut both: Vec<_> = files.drain(..).zip(disk_paths.drain(..)).chain(kept).collect();
    both.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let (files, disk_paths) = both.into_iter().unzip();
    Layout {
        files,
        disk_paths,
        obsidian: on_disk.obsidian.clone(),
        in_cloud: 0,
        inner_vault: None,
        problems: Vec::new(),
    }
}

fn found(listed: &Listed) -> Found {
    let disk = Path::new(&listed.path);
    let path = VaultPath::new(&vault_path(disk));
    Found { disk: elsewhere(disk, &path), path, ignored: false, in_cloud: false, outside: listed.is_link }
}
