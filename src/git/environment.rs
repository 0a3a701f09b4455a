//! The surroundings in which git is run: variables that a hook inherits, and settings that could run a program.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings that win over the repository's own: no program is run and nothing is fetched.
pub(super) const SETTINGS: [&str; 7] = [
    "core.fsmonitor=false",
    "core.untrackedCache=false",
    "core.hooksPath=/dev/null",
    "diff.external=",
    "protocol.allow=never",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
];

/// Variables of the user's own that git may still see.
const KEPT: [&str; 7] = [
    "GIT_EXEC_PATH",
    "GIT_CEILING_DIRECTORIES",
    "GIT_DISCOVERY_ACROSS_FILESYSTEM",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CONFIG_GLOBAL",
    "GIT_CONFIG_SYSTEM",
];

/// The variables with which git is run.
#[derive(Debug, Default)]
pub(super) struct Environment {
    /// The index that the running commit is made of.
    index: Option<PathBuf>,
    /// `GIT_DIR` and the like, where the work tree cannot be found without them.
    repository: Vec<(&'static str, OsString)>,
}

impl Environment {
    /// A hook's variables may belong to another repository than the vault's: they are not passed on.
    pub(super) fn without_hook() -> Environment {
        Environment::default()
    }

    /// Returns the variables that name a repository; `None` if there are none.
    pub(super) fn with_hook() -> Option<Environment> {
        let names = ["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"];
        let set = names.into_iter().filter_map(|name| Some((name, std::env::var_os(name)?)));
        // Relative ones count from where the hook runs.
        let absolute = set.filter_map(|(name, value)| Some((name, std::path::absolute(value).ok()?.into_os_string())));
        let repository: Vec<_> = absolute.collect();
        (!repository.is_empty()).then_some(Environment { index: None, repository })
    }

    /// Takes over the index that a hook was given, if it is one of this repository: `git commit FILE` makes its own.
    pub(super) fn use_index_in(&mut self, git_dir: &Path) {
        let Some(index) = std::env::var_os("GIT_INDEX_FILE") else { return };
        let Ok(index) = std::path::absolute(index) else { return };
        let folder = index.parent().and_then(|folder| folder.canonicalize().ok());
        let is_own = folder.is_some_and(|folder| git_dir.canonicalize().is_ok_and(|own| folder.starts_with(own)));
        self.index = is_own.then_some(index);
    }

    pub(super) fn apply(&self, command: &mut Command) {
        for (name, _) in std::env::vars_os() {
            let is_git = name.to_str().is_some_and(|name| name.starts_with("GIT_") && !is_kept(name));
            if is_git {
                command.env_remove(name);
            }
        }
        command.envs(self.repository.iter().map(|(name, value)| (name, value)));
        if let Some(index) = &self.index {
            command.env("GIT_INDEX_FILE", index);
        }
        // Neither locks, nor questions, nor the network, nor another language than the one the messages are read in.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
        command.env("LC_ALL", "C.UTF-8").env("GIT_ATTR_NOSYSTEM", "1");
    }
}

fn is_kept(name: &str) -> bool {
    let is_setting =
        name == "GIT_CONFIG_COUNT" || name.starts_with("GIT_CONFIG_KEY_") || name.starts_with("GIT_CONFIG_VALUE_");
    is_setting || KEPT.contains(&name)
}
