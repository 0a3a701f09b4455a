//! Which folder is the vault.

use std::path::{Path, PathBuf};

/// The folder of a vault and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// The vault's folder, absolute.
    pub folder: PathBuf,
    /// The work tree of git that the folder lies in.
    pub git: Option<PathBuf>,
    /// The folder is known to be whole: targets that are not in it do not exist. Not so for lone files outside any vault.
    pub is_whole: bool,
}

impl Root {
    /// Tells whether the folder says of itself that it is a vault.
    pub fn is_marked(&self) -> bool {
        is_marked(&self.folder)
    }
}

/// Finds the vault for the paths of the command line: `vault` if given; else the nearest of the first path and its
/// ancestors that holds `.obsidian` or `vaultlint.yaml`, not above the git root; else the path itself if it is a folder;
/// else the git root; else the folder of the file, which then is no whole vault.
pub fn vault_root(vault: Option<&Path>, first: &Path) -> std::io::Result<Root> {
    let start = std::path::absolute(vault.unwrap_or(first))?;
    let folder = if start.is_dir() { start.clone() } else { start.parent().unwrap_or(&start).to_owned() };
    let folder = clean(&folder);
    let git = folder.ancestors().find(|folder| folder.join(".git").exists()).map(Path::to_owned);
    if vault.is_some() {
        return Ok(Root { folder, git, is_whole: true });
    }
    let below_git = |folder: &&Path| git.as_ref().is_none_or(|git| folder.starts_with(git));
    let marked = folder.ancestors().take_while(below_git).find(|folder| is_marked(folder)).map(Path::to_owned);
    let is_folder = start.is_dir();
    let is_whole = marked.is_some() || is_folder || git.is_some();
    let chosen = marked.or_else(|| is_folder.then(|| folder.clone())).or_else(|| git.clone()).unwrap_or(folder);
    Ok(Root { folder: chosen, git, is_whole })
}

fn is_marked(folder: &Path) -> bool {
    folder.join(".obsidian").is_dir() || folder.join("vaultlint.yaml").is_file()
}

/// Takes `.` and `..` out without asking the disk: a link's own name stays.
fn clean(path: &Path) -> PathBuf {
    let mut cleaned = PathBuf::new();
    for component in path.components() {
        match component {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => {
                cleaned.pop();
            }
            component => cleaned.push(component),
        }
    }
    cleaned
}
