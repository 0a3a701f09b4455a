//! Writing to a real disk: all or nothing, what a note has beside its text, undo, and what a kill leaves behind.

use std::fs;
use std::path::{Path, PathBuf};

use vaultlint::disk::{Committed, FileWrite, Folder, Journals, Read, is_in_cloud, read, read_note, says_in_cloud};

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir(place.root()).expect("a new folder");
        for (path, text) in files {
            place.write(path, text);
        }
        place
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn journals(&self) -> Journals {
        Journals::open_in(&self.root(), &self.folder.path().join("state")).expect("journals open")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
    }

    /// Every file below the vault with its text, hidden ones too.
    fn files(&self) -> Vec<(String, String)> {
        fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
            for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
                if entry.is_dir() {
                    walk(root, &entry, found);
                } else {
                    let name = entry.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
                    found.push((name, fs::read_to_string(&entry).unwrap_or_default()));
                }
            }
        }
        let mut found = Vec::new();
        walk(&self.root(), &self.root(), &mut found);
        found.sort();
        found
    }

    #[track_caller]
    fn check(&self, expected: &[(&str, &str)]) {
        let expected: Vec<(String, String)> =
            expected.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(self.files(), expected);
    }
}

fn edit(path: &str, before: &str, after: &str) -> FileWrite {
    FileWrite { path: path.into(), text: Some((before.into(), after.into())), moved_to: None, is_new: false }
}

fn rename(path: &str, to: &str) -> FileWrite {
    FileWrite { path: path.into(), text: None, moved_to: Some(to.into()), is_new: false }
}

fn reasons(committed: &Committed) -> Vec<(String, String)> {
    committed.failed.iter().map(|(path, error)| (path.display().to_string(), error.to_string())).collect()
}

fn undo(place: &Place) -> Vec<(String, String)> {
    let undone = place.journals().undo().expect("undo works").expect("a run to undo");
    undone.refused.iter().map(|(path, refused)| (path.display().to_string(), refused.to_string())).collect()
}

fn pair(path: &str, reason: &str) -> Vec<(String, String)> {
    vec![(path.to_owned(), reason.to_owned())]
}

#[test]
fn a_run_and_its_undo() {
    let start = [("a.md", "\u{feff}one\r\n"), ("b/c.md", "two"), ("d.png", "x")];
    let place = Place::new(&start);
    let mut moved = edit("b/c.md", "two", "2");
    moved.moved_to = Some("new/folder/C.md".into());
    let files = [edit("a.md", "\u{feff}one\r\n", "\u{feff}1\r\n"), moved, rename("d.png", "e.png")];
    let committed = place.journals().commit("fix", &files, &[]).expect("it can be written");
    assert_eq!((committed.written.len(), committed.failed.len()), (3, 0));
    place.check(&[("a.md", "\u{feff}1\r\n"), ("e.png", "x"), ("new/folder/C.md", "2")]);
    assert_eq!(undo(&place), []);
    place.check(&start);
    assert!(!place.root().join("new").exists(), "folders that the run made are gone");
    assert!(place.journals().undo().expect("undo works").is_none());
}

#[test]
fn a_file_that_a_run_makes_goes_with_its_undo() {
    let start = [("a.md", "one")];
    let place = Place::new(&start);
    let made = || FileWrite { is_new: true, ..edit("new.yaml", "", "x: 1\n") };
    let committed = place.journals().commit("test", &[edit("a.md", "one", "1"), made()], &[]).expect("written");
    assert_eq!(reasons(&committed), []);
    place.check(&[("a.md", "1"), ("new.yaml", "x: 1\n")]);
    assert_eq!(undo(&place), []);
    place.check(&start);
    // One that came there in the meantime is not touched, neither by the run nor by its undo.
    place.write("new.yaml", "mine");
    let committed = place.journals().commit("test", &[edit("a.md", "one", "1"), made()], &[]).expect("written");
    assert_eq!(committed.failed.len(), 1);
    assert_eq!(undo(&place), []);
    place.check(&[("a.md", "one"), ("new.yaml", "mine")]);
    // What the user wrote into it stays.
    fs::remove_file(place.root().join("new.yaml")).expect("removed");
    place.journals().commit("test", &[made()], &[]).expect("written");
    place.write("new.yaml", "x: 2\n");
    assert_eq!(undo(&place), pair("new.yaml", "it changed since"));
    place.check(&[("a.md", "one"), ("new.yaml", "x: 2\n")]);
}

#[test]
fn runs_are_undone_one_after_the_other() {
    let place = Place::new(&[("a.md", "0")]);
    for step in 0..5 {
        place
            .journals()
            .commit("fix", &[edit("a.md", &step.to_string(), &(step + 1).to_string())], &[])
            .expect("written");
    }
    for step in (0..5).rev() {
        assert_eq!(undo(&place), []);
        place.check(&[("a.md", &step.to_string())]);
    }
}

#[test]
fn a_file_that_changed_after_it_was_read_is_left_alone_with_its_group() {
    let start = [("a.md", "one"), ("b.md", "changed"), ("c.md", "three")];
    let place = Place::new(&start);
    let files = [edit("a.md", "one", "1"), edit("b.md", "two", "2"), edit("c.md", "three", "3")];
    let committed = place.journals().commit("fix", &files, &[vec!["a.md".into(), "b.md".into()]]).expect("journal");
    assert_eq!(reasons(&committed), pair("b.md", "it changed after it was read"));
    assert_eq!(committed.held_back, [PathBuf::from("a.md")]);
    place.check(&[("a.md", "one"), ("b.md", "changed"), ("c.md", "3")]);
    assert_eq!(undo(&place), []);
    place.check(&start);
}

#[test]
fn undo_refuses_what_changed_since() {
    let place = Place::new(&[("a.md", "one"), ("b.md", "two")]);
    let files = [edit("a.md", "one", "1"), edit("b.md", "two", "2")];
    place.journals().commit("fix", &files, &[]).expect("written");
    place.write("a.md", "1 and more");
    assert_eq!(undo(&place), pair("a.md", "it changed since"));
    place.check(&[("a.md", "1 and more"), ("b.md", "two")]);
    place.write("a.md", "1");
    assert_eq!(undo(&place), []);
    place.check(&[("a.md", "one"), ("b.md", "two")]);
}

#[test]
fn undo_of_a_rename_is_all_or_nothing() {
    let place = Place::new(&[("a.md", "one"), ("b.md", "[[a]]")]);
    let files = [rename("a.md", "c.md"), edit("b.md", "[[a]]", "[[c]]")];
    place.journals().commit("rename", &files, &[]).expect("written");
    place.write("b.md", "[[c]]!");
    assert_eq!(undo(&place).len(), 2);
    place.check(&[("b.md", "[[c]]!"), ("c.md", "one")]);
}

#[test]
fn undo_of_a_rename_waits_for_a_file_that_cannot_be_written() {
    let place = Place::new(&[("a.md", "one"), ("b.md", "[[a]]")]);
    let files = [rename("a.md", "c.md"), edit("b.md", "[[a]]", "[[c]]")];
    place.journals().commit("rename", &files, &[]).expect("written");
    let path = place.root().join("b.md");
    let permissions = std::fs::metadata(&path).expect("it is there").permissions();
    let mut locked = permissions.clone();
    locked.set_readonly(true);
    std::fs::set_permissions(&path, locked).expect("locked");
    assert_eq!(undo(&place).len(), 2);
    place.check(&[("b.md", "[[c]]"), ("c.md", "one")]);
    std::fs::set_permissions(&path, permissions).expect("unlocked");
    assert_eq!(undo(&place), []);
    place.check(&[("a.md", "one"), ("b.md", "[[a]]")]);
}

#[test]
fn a_rename_never_replaces_a_file() {
    let start = [("a.md", "one"), ("b.md", "two"), ("c.md", "[[a]]")];
    let place = Place::new(&start);
    let files = [rename("a.md", "b.md"), edit("c.md", "[[a]]", "[[b]]")];
    let group = vec!["a.md".into(), "c.md".into()];
    let committed = place.journals().commit("rename", &files, &[group]).expect("journal");
    assert_eq!(reasons(&committed), pair("a.md", "another file has the new name already"));
    place.check(&start);
    let out = place.journals().commit("rename", &[rename("a.md", "../a.md")], &[]).expect("journal");
    assert_eq!(reasons(&out), pair("a.md", "it leads out of the vault"));
    place.check(&start);
}

#[test]
fn two_runs_at_once_are_refused() {
    let place = Place::new(&[]);
    let held = place.journals();
    let second = Journals::open_in(&place.root(), &place.folder.path().join("state"));
    assert_eq!(
        second.err().map(|error| error.to_string()).as_deref(),
        Some("another vaultlint is writing in this vault; wait for it to end")
    );
    drop(held);
    place.journals();
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let place = Place::new(&[]);
    fs::write(place.root().join("a.md"), b"ab\ncd\xff").expect("written");
    assert!(matches!(read(&place.root().join("a.md")), Ok(Read::NotUtf8 { offset: 5, line: 2 })));
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    #[test]
    fn mode_and_attributes_stay() {
        let place = Place::new(&[("a.md", "one")]);
        let note = place.root().join("a.md");
        fs::set_permissions(&note, fs::Permissions::from_mode(0o640)).expect("mode set");
        let has_attributes = set_attribute(&note, "red");
        place.journals().commit("fix", &[edit("a.md", "one", "1")], &[]).expect("written");
        let metadata = fs::metadata(&note).expect("the note");
        assert_eq!(metadata.mode() & 0o7777, 0o640);
        if has_attributes {
            assert_eq!(attribute(&note).as_deref(), Some("red"));
        }
    }

    fn set_attribute(path: &Path, value: &str) -> bool {
        rustix::fs::setxattr(path, "user.test", value.as_bytes(), rustix::fs::XattrFlags::empty()).is_ok()
    }

    fn attribute(path: &Path) -> Option<String> {
        let mut buffer = [0; 64];
        let length = rustix::fs::getxattr(path, "user.test", &mut buffer[..]).ok()?;
        String::from_utf8(buffer[..length].to_vec()).ok()
    }

    #[test]
    fn read_only_files_are_left_alone() {
        let place = Place::new(&[("a.md", "one")]);
        let note = place.root().join("a.md");
        fs::set_permissions(&note, fs::Permissions::from_mode(0o444)).expect("mode set");
        let committed = place.journals().commit("fix", &[edit("a.md", "one", "1")], &[]).expect("journal");
        assert_eq!(reasons(&committed), pair("a.md", "it is read-only"));
        place.check(&[("a.md", "one")]);
    }

    #[test]
    fn links_are_followed_inside_the_vault_alone() {
        let place = Place::new(&[("real/a.md", "one")]);
        let outside = place.folder.path().join("outside.md");
        fs::write(&outside, "one").expect("written");
        symlink("real/a.md", place.root().join("link.md")).expect("link");
        symlink(&outside, place.root().join("out.md")).expect("link");
        let files = [edit("link.md", "one", "1"), edit("out.md", "one", "1")];
        let committed = place.journals().commit("fix", &files, &[]).expect("journal");
        assert_eq!(reasons(&committed), pair("out.md", "it leads out of the vault"));
        assert!(place.root().join("link.md").is_symlink());
        place.check(&[("link.md", "1"), ("out.md", "one"), ("real/a.md", "1")]);
    }

    #[test]
    fn a_hole_is_a_placeholder() {
        let place = Place::new(&[("a.md", "one")]);
        let hole = place.root().join("hole.md");
        fs::File::create(&hole).and_then(|file| file.set_len(5000)).expect("a file with a hole");
        assert_eq!((is_in_cloud(&hole), is_in_cloud(&place.root().join("a.md"))), (true, false));
        let folder = Folder::new(&place.root());
        assert!(folder.read_note("hole.md".as_ref()).is_err_and(|error| says_in_cloud(&error)));
        let committed = place.journals().commit("fix", &[edit("hole.md", "one", "1")], &[]).expect("journal");
        assert_eq!(reasons(&committed), pair("hole.md", "its contents lie in the cloud"));
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_note_is_not_waited_for() {
    let place = Place::new(&[("n.md", "text")]);
    let pipe = place.root().join("pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
    assert!(made.success());
    assert_eq!(read_note(&pipe).expect_err("refused").to_string(), "it is no regular file");
    assert!(read_note(&place.root()).is_err(), "so is a folder");
    assert!(matches!(read_note(&place.root().join("n.md")), Ok(Read::Text(text)) if text == "text"));
    let folder = Folder::new(&place.root());
    assert!(matches!(folder.read_note("n.md".as_ref()), Ok(Read::Text(text)) if text == "text"));
    assert!(folder.read_note("pipe.md".as_ref()).is_err() && folder.read_note("none.md".as_ref()).is_err());
}
