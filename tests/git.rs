//! Questions to a real git: staged and changed notes, contents at a revision, hostile settings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use vaultlint::git::{Change, GitError, Repository, Tree};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a temporary folder") };
        place.git(&["init", "-q", "-b", "main"]);
        place.git(&["config", "user.name", "Ada"]);
        place.git(&["config", "user.email", "ada@example.org"]);
        place.git(&["config", "commit.gpgsign", "false"]);
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command.arg("-C").arg(self.folder.path()).args(arguments);
        let variables = std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_"));
        variables.for_each(|(name, _)| {
            command.env_remove(name);
        });
        let output = command.output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "x"]);
    }

    fn open(&self, vault: &str) -> Repository {
        Repository::open(&self.path(vault)).expect("a repository")
    }
}

fn contents(repository: &Repository, tree: &Tree) -> Vec<(String, String)> {
    let blobs = repository.blobs().expect("git runs");
    let files = repository.files(tree).expect("git lists");
    let content = |object: &str| String::from_utf8_lossy(&blobs.read(object).expect("an object")).into_owned();
    files.into_iter().map(|entry| (content(&entry.object), entry.path)).map(|(text, path)| (path, text)).collect()
}

fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn the_index_is_read_and_not_the_work_tree() {
    let place = Place::new();
    place.write("vault/a b.md", "one");
    place.write("vault/ü\"\t.md", "odd name\n");
    place.write("vault/gone.md", "gone, and long enough to be known again under its new name");
    place.write("outside.md", "x");
    let repository = place.open("vault");
    assert_eq!(repository.head().expect("git runs"), Tree::Empty);
    assert_eq!(repository.files(&Tree::Index).expect("git lists"), []);
    place.git(&["add", "-A"]);
    let added = repository.changes(&Tree::Empty, &Tree::Index).expect("git compares");
    assert_eq!(added.len(), 3);
    place.commit();
    place.write("vault/a b.md", "two");
    place.git(&["add", "-A"]);
    place.git(&["mv", "vault/gone.md", "vault/kept.md"]);
    place.git(&["rm", "-q", "--cached", "vault/ü\"\t.md"]);
    place.write("vault/a b.md", "three");
    place.write("vault/new.md", "untracked");
    let head = repository.head().expect("git runs");
    let renamed = Change::Renamed { from: "gone.md".to_owned(), to: "kept.md".to_owned() };
    let expected = [Change::Written("a b.md".to_owned()), renamed, Change::Deleted("ü\"\t.md".to_owned())];
    assert_eq!(repository.changes(&head, &Tree::Index).expect("git compares"), expected);
    let long = "gone, and long enough to be known again under its new name";
    assert_eq!(contents(&repository, &Tree::Index), pairs(&[("a b.md", "two"), ("kept.md", long)]));
    let before = [("a b.md", "one"), ("gone.md", long), ("ü\"\t.md", "odd name\n")];
    assert_eq!(contents(&repository, &head), pairs(&before));
    assert_eq!(repository.untracked().expect("git lists"), ["new.md", "ü\"\t.md"]);
}

#[test]
fn revisions_that_are_not_there_are_told() {
    let place = Place::new();
    place.write("a.md", "one");
    place.commit();
    let repository = place.open("");
    assert!(matches!(repository.revision("HEAD"), Ok(Tree::Commit(_))));
    let unknown = repository.revision("--upload-pack=x");
    assert!(matches!(unknown, Err(GitError::UnknownRevision { is_shallow: false, .. })), "{unknown:?}");
    place.write("a.md", "two");
    place.commit();
    let source = format!("file://{}", place.folder.path().display());
    place.git(&["clone", "-q", "--depth", "1", &source, "shallow"]);
    let shallow = place.open("shallow").revision("HEAD~1");
    assert!(matches!(shallow, Err(GitError::UnknownRevision { is_shallow: true, .. })), "{shallow:?}");
}

#[test]
fn a_folder_without_repository_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let found = Repository::open(folder.path());
    assert!(matches!(found, Err(GitError::NoRepository(_))), "{found:?}");
}

#[cfg(unix)]
#[test]
fn nothing_that_the_repository_names_is_run() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let evil = place.path("evil.sh");
    let ran = place.path("ran");
    fs::write(&evil, format!("#!/bin/sh\necho $0 >> '{}'\ncat\n", ran.display())).expect("written");
    fs::set_permissions(&evil, fs::Permissions::from_mode(0o755)).expect("mode set");
    place.write("a.md", "one");
    place.commit();
    let evil = evil.display().to_string();
    for setting in [
        "core.fsmonitor",
        "diff.external",
        "diff.x.command",
        "diff.x.textconv",
        "filter.x.clean",
        "filter.x.smudge",
        "filter.x.process",
        "core.pager",
        "core.sshCommand",
    ] {
        place.git(&["config", setting, &evil]);
    }
    fs::write(place.path(".git/info/attributes"), "* diff=x filter=x\n").expect("written");
    for hook in ["post-index-change", "fsmonitor-watchman", "query-watchman"] {
        fs::create_dir_all(place.path(".git/hooks")).expect("made");
        fs::copy(&evil, place.path(&format!(".git/hooks/{hook}"))).expect("copied");
    }
    place.write("a.md", "two");
    place.write("b.md", "two");
    let repository = place.open("");
    let head = repository.head().expect("git runs");
    repository.changes(&head, &Tree::Index).expect("git compares");
    repository.untracked().expect("git lists");
    assert_eq!(contents(&repository, &Tree::Index).len(), 2);
    assert_eq!(contents(&repository, &head).len(), 2);
    assert!(!Path::new(&ran).exists(), "{}", fs::read_to_string(&ran).unwrap_or_default());
}
