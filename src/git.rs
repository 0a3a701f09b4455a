//! Asks git what is staged, what changed, and how notes were at a revision. Nothing that the repository's own
//! configuration names is run: it may have come with the vault.

use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

mod blobs;
mod environment;
mod object;
mod parse;

pub use blobs::Blobs;
pub use object::is_named;
pub use parse::{Change, Entry, EntryKind};

/// The repository that a vault lies in.
#[derive(Debug)]
pub struct Repository {
    /// The vault's folder.
    folder: PathBuf,
    /// How the vault's folder is reached from the top of the work tree, with a `/` at its end; empty at the top.
    prefix: Vec<u8>,
    environment: environment::Environment,
}

/// A state of all files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// What the next commit will hold.
    Index,
    /// A revision by the name of its object.
    Commit(String),
    /// Before the first commit.
    Empty,
}

/// Why git gave no answer.
#[derive(Debug)]
#[non_exhaustive]
pub enum GitError {
    NotInstalled,
    /// The vault lies in no work tree, or git does not trust it; with git's own words.
    NoRepository(String),
    UnknownRevision {
        revision: String,
        is_shallow: bool,
    },
    /// The command, and git's own words.
    Failed(String, String),
}

impl fmt::Display for GitError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GitError::NotInstalled => {
                formatter.write_str("git was not found; install it or leave out the options that need it")
            }
            GitError::NoRepository(said) => {
                write!(formatter, "the vault is in no git repository that git will read\n  git: {said}")
            }
            GitError::UnknownRevision { revision, is_shallow: true } => write!(
                formatter,
                "this clone has no revision `{revision}`: it is shallow\n  fetch the history first: `git fetch --unshallow`; \
                 for GitHub's checkout action `fetch-depth: 0`"
            ),
            GitError::UnknownRevision { revision, is_shallow: false } => {
                write!(formatter, "git knows no revision `{revision}`\n  fetch it, or see `git log` for what there is")
            }
            GitError::Failed(command, said) => write!(formatter, "`git {command}` failed\n  git: {said}"),
        }
    }
}

impl std::error::Error for GitError {}

impl Repository {
    /// Finds the repository of a vault's folder.
    ///
    /// # Errors
    /// There is no git, or no work tree around the folder.
    pub fn open(folder: &Path) -> Result<Repository, GitError> {
        let mut repository = Repository {
            folder: folder.to_owned(),
            prefix: Vec::new(),
            environment: environment::Environment::without_hook(),
        };
        let found = repository.run(&["rev-parse", "--absolute-git-dir", "--show-prefix"]).or_else(|error| {
            // A work tree that only the variables know of: `git --git-dir=… --work-tree=…`.
            let Some(with_hook) = environment::Environment::with_hook() else { return Err(error) };
            repository.environment = with_hook;
            repository.run(&["rev-parse", "--absolute-git-dir", "--show-prefix"])
        });
        let found = found.map_err(|error| match error {
            GitError::Failed(_, said) => GitError::NoRepository(said),
            other => other,
        })?;
        let mut lines = found.split(|byte| *byte == b'\n');
        let git_dir = parse::path(lines.next().unwrap_or_default());
        repository.prefix = lines.next().unwrap_or_default().to_vec();
        repository.environment.use_index_in(&git_dir);
        Ok(repository)
    }

    /// Returns the revision of that name.
    ///
    /// # Errors
    /// Git knows none, or the clone is too shallow to hold it.
    pub fn revision(&self, name: &str) -> Result<Tree, GitError> {
        let commit = format!("{name}^{{commit}}");
        match self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]) {
            Ok(found) => Ok(Tree::Commit(String::from_utf8_lossy(&found).trim().to_owned())),
            Err(GitError::Failed(..)) => {
                let shallow = self.run(&["rev-parse", "--is-shallow-repository"])?;
                Err(GitError::UnknownRevision { revision: name.to_owned(), is_shallow: shallow.starts_with(b"true") })
            }
            Err(other) => Err(other),
        }
    }

    /// Returns the last commit of the current branch; [`Tree::Empty`] before the first one.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn head(&self) -> Result<Tree, GitError> {
        match self.revision("HEAD") {
            Err(GitError::UnknownRevision { .. }) => Ok(Tree::Empty),
            other => other,
        }
    }

    /// Returns the vault's files of a tree, in git's order.
    ///
    /// # Errors
    /// Git's own words.
    pub fn files(&self, tree: &Tree) -> Result<Vec<Entry>, GitError> {
        let prefix = parse::text(&self.prefix);
        let listed = match tree {
            Tree::Empty => return Ok(Vec::new()),
            Tree::Index => self.run(&["ls-files", "-s", "-z", "--full-name"])?,
            Tree::Commit(commit) if prefix.is_empty() => self.run(&["ls-tree", "-r", "-z", "--full-tree", commit])?,
            Tree::Commit(commit) => self.run(&["ls-tree", "-r", "-z", "--full-tree", commit, "--", &prefix])?,
        };
        Ok(parse::entries(&listed, &self.prefix))
    }

    /// Returns what differs in the vault between two trees, renames told from deletions.
    ///
    /// # Errors
    /// Git's own words.
    pub fn changes(&self, from: &Tree, to: &Tree) -> Result<Vec<Change>, GitError> {
        let (from_name, to_name) = (self.name(from)?, self.name(to)?);
        let options = ["-r", "-z", "-M", "--name-status", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all"];
        let mut arguments = vec![if *to == Tree::Index { "diff-index" } else { "diff-tree" }];
        arguments.extend(options);
        if *to == Tree::Index {
            arguments.extend(["--cached", &from_name]);
        } else {
            arguments.extend([from_name.as_str(), &to_name]);
        }
        Ok(parse::changes(&self.run(&arguments)?, &self.prefix))
    }

    /// Returns the files of the vault's folder that git neither tracks nor ignores.
    ///
    /// # Errors
    /// Git's own words.
    pub fn untracked(&self) -> Result<Vec<String>, GitError> {
        let listed = self.run(&["ls-files", "-z", "--others", "--exclude-standard", "--full-name"])?;
        Ok(parse::paths(&listed, &self.prefix))
    }

    /// Returns a reader of file contents.
    ///
    /// # Errors
    /// Git cannot be run.
    pub fn blobs(&self) -> Result<Blobs, GitError> {
        Blobs::start(|| self.command(&["cat-file", "--batch"]))
    }

    /// Returns the name by which git takes a tree as an argument.
    fn name(&self, tree: &Tree) -> Result<String, GitError> {
        match tree {
            Tree::Commit(commit) => Ok(commit.clone()),
            Tree::Index => Ok(String::new()),
            Tree::Empty => {
                let name = self.feed(&["hash-object", "-t", "tree", "--stdin"], b"")?;
                Ok(String::from_utf8_lossy(&name).trim().to_owned())
            }
        }
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, GitError> {
        self.feed(arguments, b"")
    }

    fn feed(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, GitError> {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |error: std::io::Error| match error.kind() {
            std::io::ErrorKind::NotFound => GitError::NotInstalled,
            _ => GitError::Failed(arguments.join(" "), error.to_string()),
        };
        let mut child = command.spawn().map_err(failed)?;
        if let Some(mut stdin) = child.stdin.take() {
            // Git may have ended without reading; what it says about that counts.
            let _ = stdin.write_all(input);
        }
        let output = child.wait_with_output().map_err(failed)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(GitError::Failed(arguments.join(" "), said))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).arg("--no-pager").arg("--no-replace-objects").arg("--literal-pathspecs");
        for setting in environment::SETTINGS {
            command.args(["-c", setting]);
        }
        self.environment.apply(&mut command);
        command.args(arguments);
        command
    }
}
