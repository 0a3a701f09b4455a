//! What happens when the ground gives way: kill -9 in the middle of `--fix`, a full disk, a folder that cannot be written.
//! `VAULTLINT_KILLS=200 VAULTLINT_NOTES=2000` kills more often; `VAULTLINT_SMALL_DISK` names a small file system to fill.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A note that `--fix` changes, with a text of its own.
fn old_text(number: u64) -> String {
    format!(
        "---\ntags: [x]\n---\nNote {number} of many, see [[Note {}]].\n## Below\ntext {}\n",
        number + 1,
        "word ".repeat(200)
    )
}

fn new_text(number: u64) -> String {
    old_text(number).replace("\n## Below", "\n\n## Below")
}

struct Place {
    folder: tempfile::TempDir,
    notes: u64,
}

impl Place {
    fn new(parent: &Path, notes: u64) -> Place {
        let folder = tempfile::tempdir_in(parent).expect("a temporary folder");
        let place = Place { folder, notes };
        fs::create_dir_all(place.vault().join(".obsidian")).expect("folders can be made");
        for folder in 0..10 {
            fs::create_dir(place.vault().join(format!("folder {folder}"))).expect("a new folder");
        }
        for number in 0..=notes {
            fs::write(place.note(number), old_text(number)).expect("a note can be written");
        }
        // The last link leads somewhere too.
        fs::write(place.note(notes), "the end\n").expect("a note can be written");
        place
    }

    fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn note(&self, number: u64) -> PathBuf {
        self.vault().join(format!("folder {}/Note {number}.md", number % 10))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vaultlint"));
        command.args(arguments).arg("--vault").arg(self.vault()).current_dir(self.vault());
        command.env("VAULTLINT_STATE_DIR", self.folder.path().join("state"));
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("vaultlint runs")
    }

    /// Checks that every note is whole, and counts the new ones.
    fn new_notes(&self) -> u64 {
        let is_new = |number: &u64| {
            let text = fs::read_to_string(self.note(*number)).expect("no note is lost");
            assert!(text == old_text(*number) || text == new_text(*number), "note {number} is half-written: {text:?}");
            text == new_text(*number)
        };
        (0..self.notes).filter(is_new).count() as u64
    }

    fn left_over(&self) -> usize {
        let folders = (0..10).map(|folder| self.vault().join(format!("folder {folder}")));
        let entries = folders.flat_map(|folder| fs::read_dir(folder).expect("a folder").flatten());
        entries.filter(|entry| entry.path().extension().is_none_or(|extension| extension != "md")).count()
    }
}

/// Kills `--fix` at every stage of its work, then checks that each note is old or new, that the next run cleans up and that
/// `undo` brings the start back.
#[test]
fn a_kill_leaves_every_note_old_or_new() {
    let place = Place::new(&std::env::temp_dir(), number("VAULTLINT_NOTES", 200));
    let (reading, whole) = (time(&place, &["check", "--diff"]), time(&place, &["check", "--fix"]));
    assert_eq!(place.new_notes(), place.notes, "a run that is not killed fixes every note");
    place.run(&["undo"]);
    let kills = number("VAULTLINT_KILLS", 4);
    let (mut halfway, mut cleaned) = (0, 0);
    for kill in 0..kills {
        // From the end of the reading to the end of the writing, in even steps.
        let share = u32::try_from(kill * 1000 / kills).expect("below 1000");
        let after = reading.mul_f32(0.7) + whole.saturating_sub(reading.mul_f32(0.7)) * share / 1000;
        let mut command = place.command(&["check", "--fix", "--quiet"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("vaultlint runs");
        std::thread::sleep(after);
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        let new = place.new_notes();
        halfway += u64::from(new > 0 && new < place.notes);
        cleaned += u64::from(place.left_over() > 0);
        place.run(&["check", "--quiet"]);
        assert_eq!(place.left_over(), 0, "the next run cleans up");
        let undo = place.run(&["undo"]);
        assert_eq!(place.new_notes(), 0, "{}", String::from_utf8_lossy(&undo.stderr));
    }
    println!("{kills} kills on {} notes: {halfway} with some notes new, {cleaned} with files to clean up", place.notes);
}

fn time(place: &Place, arguments: &[&str]) -> Duration {
    let started = Instant::now();
    place.run(arguments);
    started.elapsed()
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new(&std::env::temp_dir(), 20);
    let locked = place.vault().join("folder 3");
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).expect("mode set");
    let may_write_anyway = fs::write(locked.join("probe"), "").is_ok();
    let output = place.run(&["check", "--fix"]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).expect("mode set");
    // Root may write everywhere.
    if may_write_anyway {
        return;
    }
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(place.new_notes(), 18);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("`folder 3/Note 3.md` was not written: Permission denied"), "{said}");
}

#[test]
fn read_only_notes_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new(&std::env::temp_dir(), 20);
    fs::set_permissions(place.note(3), fs::Permissions::from_mode(0o444)).expect("mode set");
    let output = place.run(&["check", "--fix"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(place.new_notes(), 19);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("`folder 3/Note 3.md` was not written: it is read-only"), "{said}");
}

/// Neither a fix nor a rename touches a note that lies in the cloud, one out of the vault behind a link, or one that the
/// user locked; a rename that would have to is refused as a whole.
#[test]
fn notes_that_may_not_be_written_are_left_alone() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    let place = Place::new(&std::env::temp_dir(), 3);
    let text = "See [[Note 1]].\n## Below\n";
    let (cloud, outside) = (place.vault().join("Cloud.md"), place.folder.path().join("Outside.md"));
    fs::File::create(&cloud).and_then(|file| file.set_len(1 << 16)).expect("a file with a hole");
    let is_untouched =
        || fs::metadata(&cloud).is_ok_and(|metadata| metadata.blocks() == 0 && metadata.len() == 1 << 16);
    // Some file systems have no holes.
    let has_holes = is_untouched();
    fs::write(&outside, text).expect("a note can be written");
    symlink(&outside, place.vault().join("Link.md")).expect("a link can be made");
    fs::write(place.vault().join("Locked.md"), text).expect("a note can be written");
    fs::set_permissions(place.vault().join("Locked.md"), fs::Permissions::from_mode(0o444)).expect("mode set");

    let check = |locked: &str| {
        assert_eq!(fs::read_to_string(&outside).expect("it is there"), text);
        assert!(fs::symlink_metadata(place.vault().join("Link.md")).expect("it is there").is_symlink());
        assert_eq!(fs::read_to_string(place.vault().join("Locked.md")).expect("it is there"), locked);
        assert!(!has_holes || is_untouched());
    };
    let fixed = place.run(&["check", "--fix"]);
    let said = String::from_utf8_lossy(&fixed.stderr).into_owned();
    assert_eq!((fixed.status.code(), place.new_notes()), (Some(2), 3), "{said}");
    assert!(said.contains("`Locked.md` was not written: it is read-only"), "{said}");
    assert_eq!(said.contains("1 note lies in the cloud alone"), has_holes, "{said}");
    check(text);
    let listed = place.run(&["check", "--files"]);
    assert_eq!(!String::from_utf8_lossy(&listed.stdout).contains("Cloud.md"), has_holes);

    let refused = place.run(&["rename", "Note 1", "Renamed"]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert_eq!(refused.status.code(), Some(2), "{said}");
    assert!(said.contains("`Locked.md` was not written: it is read-only"), "{said}");
    assert_eq!(place.new_notes(), 3);
    check(text);

    fs::set_permissions(place.vault().join("Locked.md"), fs::Permissions::from_mode(0o644)).expect("mode set");
    let renamed = place.run(&["rename", "Note 1", "Renamed"]);
    assert_eq!(renamed.status.code(), Some(0), "{}", String::from_utf8_lossy(&renamed.stderr));
    let linking = fs::read_to_string(place.note(0)).expect("it is there");
    assert!(linking.contains("[[Renamed]]"), "{linking}");
    check(&text.replace("Note 1", "Renamed"));
    place.run(&["undo"]);
    assert_eq!(place.new_notes(), 3);
    check(text);
}

/// Fills a small file system to the brim before each try, with less and less room for new texts.
#[test]
fn a_full_disk_changes_nothing() {
    let Some(disk) = std::env::var_os("VAULTLINT_SMALL_DISK") else { return };
    let disk = PathBuf::from(disk);
    let place = Place::new(&disk, 200);
    let state = tempfile::tempdir().expect("a temporary folder");
    for room in [0_u64, 1, 10, 100, 150] {
        for state in [state.path().to_owned(), disk.join("state")] {
            let filler = fill(&disk, room * 4096);
            let mut command = place.command(&["check", "--fix"]);
            let output = command.env("VAULTLINT_STATE_DIR", &state).output().expect("vaultlint runs");
            fs::remove_file(filler).expect("the filler can be removed");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(2), "{room}: {said}");
            assert!(said.contains("No space left on device"), "{room}: {said}");
            assert_eq!((place.new_notes(), place.left_over()), (0, 0), "{room}");
        }
    }
    assert_eq!(place.run(&["check", "--fix"]).status.code(), Some(0));
    assert_eq!(place.new_notes(), place.notes);
}

fn fill(disk: &Path, room: u64) -> PathBuf {
    use std::io::Write;
    let path = disk.join("filler");
    let mut file = fs::File::create(&path).expect("a file can be made");
    while file.write_all(&[1; 4096]).is_ok() {}
    let length = file.metadata().expect("the filler is there").len();
    file.set_len(length.saturating_sub(room)).expect("a file can be cut");
    path
}
