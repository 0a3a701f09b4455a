//! What `.gitignore` files and Obsidian's excluded files name: not checked, but link targets all the same.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use regex::Regex;

use super::Root;
use crate::vault::settings::ObsidianSettings;

/// The rules that hold in the folder in which the walk is.
#[derive(Clone)]
pub(super) struct Ignored {
    off: bool,
    root: PathBuf,
    /// Ignore files of the folders from the git root down to the current one, with the depth in the walk.
    stack: Vec<(usize, Gitignore)>,
    /// The depth of the ignored folder in which the walk is.
    inside: Option<usize>,
    prefixes: Vec<String>,
    patterns: Vec<Regex>,
}

impl Ignored {
    pub(super) fn new(root: &Root, obsidian: &ObsidianSettings, off: bool) -> Ignored {
        let (patterns, prefixes): (Vec<_>, Vec<_>) = obsidian
            .excluded
            .iter()
            .partition(|entry| entry.len() > 2 && entry.starts_with('/') && entry.ends_with('/'));
        let regex = |entry: &String| Regex::new(&format!("(?i){}", &entry[1..entry.len() - 1])).ok();
        let mut ignored = Ignored {
            off,
            root: root.folder.clone(),
            stack: Vec::new(),
            inside: None,
            prefixes: prefixes.into_iter().map(|prefix| prefix.to_lowercase()).collect(),
            patterns: patterns.into_iter().filter_map(regex).collect(),
        };
        if let Some(git) = &root.git {
            let mut above: Vec<&Path> =
                root.folder.ancestors().skip(1).take_while(|folder| folder.starts_with(git)).collect();
            above.reverse();
            ignored.stack.extend(above.into_iter().filter_map(gitignore).map(|gitignore| (0, gitignore)));
        }
        ignored
    }

    /// Enters a folder of the walk; 0 is the vault itself, which no ignore file above it excludes.
    pub(super) fn enter(&mut self, folder: &Path, depth: usize) {
        if self.off {
            return;
        }
        self.leave_to(depth);
        if depth > 0 && self.inside.is_none() && self.is_ignored(folder, true) {
            self.inside = Some(depth);
        }
        self.stack.extend(gitignore(folder).map(|gitignore| (depth + 1, gitignore)));
    }

    /// Tells whether a file of the walk is ignored.
    pub(super) fn file(&mut self, path: &Path, depth: usize) -> bool {
        if self.off {
            return false;
        }
        self.leave_to(depth);
        self.inside.is_some() || self.is_ignored(path, false) || self.is_excluded(path)
    }

    fn leave_to(&mut self, depth: usize) {
        while self.stack.last().is_some_and(|(own, _)| *own > depth) {
            self.stack.pop();
        }
        if self.inside.is_some_and(|inside| inside >= depth) {
            self.inside = None;
        }
    }

    fn is_ignored(&self, path: &Path, is_folder: bool) -> bool {
        let decided = self.stack.iter().rev().map(|(_, gitignore)| gitignore.matched(path, is_folder));
        decided.into_iter().find(|found| !found.is_none()).is_some_and(|found| found.is_ignore())
    }

    /// Plain text is a case-insensitive path prefix, text between slashes a regular expression (clause R11).
    fn is_excluded(&self, path: &Path) -> bool {
        if self.prefixes.is_empty() && self.patterns.is_empty() {
            return false;
        }
        let Ok(relative) = path.strip_prefix(&self.root) else { return false };
        let relative = super::vault_path(relative);
        let lower = relative.to_lowercase();
        self.prefixes.iter().any(|prefix| lower.starts_with(prefix.as_str()))
            || self.patterns.iter().any(|pattern| pattern.is_match(&relative))
    }
}

fn gitignore(folder: &Path) -> Option<Gitignore> {
    let file = folder.join(".gitignore");
    if !file.is_file() {
        return None;
    }
    let mut builder = GitignoreBuilder::new(folder);
    // A line that is no pattern is passed over, as git does.
    let _ = builder.add(file);
    builder.build().ok().filter(|gitignore| !gitignore.is_empty())
}
