//! The command line in everyday use: hooks, only what is new, standard input, rename, undo, questions.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

mod support;

struct Place {
    folder: tempfile::TempDir,
}

/// What a command printed and how it ended.
struct Said {
    status: i32,
    out: String,
    err: String,
}

impl Place {
    /// A vault in git with a person, a link to her and a link to nobody.
    fn new() -> Place {
        let place = Place { folder: tempfile::tempdir().expect("a temporary folder") };
        fs::create_dir_all(place.vault().join(".obsidian")).expect("folders can be made");
        place.write("People/Ada Lovelace.md", "First programmer.\n");
        place.write("Index.md", "See [[Ada Lovelace]] and [[Nobody]].\n");
        place.write("Notes.md", "Written by [[Ada Lovelase]].\n\ntext\n## Head\n");
        place.git(&["init", "-q", "-b", "main"]);
        place.commit();
        place
    }

    fn vault(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.vault().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.vault().join(path)).unwrap_or_default()
    }

    fn commit(&self) {
        self.git(&["add", "-A"]);
        self.git(&["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "commit", "-q", "-m", "x"]);
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.command("git", arguments).output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.vault());
        let hook = std::env::vars_os().filter(|(name, _)| {
            let name = name.to_string_lossy();
            name.starts_with("GIT_") || name.starts_with("PRE_COMMIT")
        });
        hook.for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.env("VAULTLINT_STATE_DIR", self.folder.path().join("state")).env("NO_COLOR", "1");
        command
    }

    fn run(&self, arguments: &[&str]) -> Said {
        said(self.command(env!("CARGO_BIN_EXE_vaultlint"), arguments).output().expect("vaultlint runs"))
    }

    /// As a hook of `git commit` runs it.
    fn hook(&self, arguments: &[&str]) -> Said {
        let mut command = self.command(env!("CARGO_BIN_EXE_vaultlint"), arguments);
        said(command.env("GIT_INDEX_FILE", ".git/index").output().expect("vaultlint runs"))
    }

    fn feed(&self, arguments: &[&str], input: &str) -> Said {
        let mut command = self.command(env!("CARGO_BIN_EXE_vaultlint"), arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("vaultlint runs");
        child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
        said(child.wait_with_output().expect("it ends"))
    }
}

fn said(output: std::process::Output) -> Said {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Said { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

impl Said {
    /// The places and rules of the findings, and the status.
    #[track_caller]
    fn check(&self, status: i32, findings: &[&str]) {
        let found: Vec<&str> = self.out.lines().filter(|line| line.contains("]: ")).collect();
        let found: Vec<String> =
            found.iter().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(
            (self.status, found),
            (status, findings.iter().map(ToString::to_string).collect()),
            "{}{}",
            self.out,
            self.err
        );
    }
}

const ADA: &str = "Notes.md:1:14 error[broken-wikilink]";
const NOBODY: &str = "Index.md:1:28 error[broken-wikilink]";

#[test]
fn a_hook_sees_what_is_staged() {
    let place = Place::new();
    place.hook(&["--staged"]).check(0, &[]);
    place.run(&["--staged"]).check(1, &[NOBODY, ADA]);
    place.write("Notes.md", "Written by [[Ada Lovelase]].\n\n[[Staged]]\n");
    place.git(&["add", "-A"]);
    place.write("Notes.md", "[[Not staged]]\n");
    place.write("Untracked.md", "[[Nowhere]]\n");
    place.hook(&["--staged"]).check(1, &[ADA, "Notes.md:3:3 error[broken-wikilink]"]);
}

#[test]
fn a_staged_deletion_breaks_links_in_notes_that_nobody_touched() {
    let place = Place::new();
    place.git(&["rm", "-q", "People/Ada Lovelace.md"]);
    place.hook(&["--staged"]).check(1, &["Index.md:1:7 error[broken-wikilink]"]);
    place.git(&["reset", "-q", "--hard"]);
    place.git(&["mv", "People/Ada Lovelace.md", "People/Countess.md"]);
    place.hook(&["--staged"]).check(1, &["Index.md:1:7 error[broken-wikilink]"]);
}

#[test]
fn a_note_that_a_commit_deletes_is_not_planned() {
    let place = Place::new();
    place.write("Depot.md", "The northern one.\n");
    let days = ["Monday.md", "Tuesday.md", "Wednesday.md"];
    days.iter().for_each(|day| place.write(day, "Ask at [[Depot]] about [[Yard 7]].\n"));
    place.commit();
    place.git(&["rm", "-q", "Depot.md"]);
    let broken = days.map(|day| format!("{day}:1:10 error[broken-wikilink]"));
    place.hook(&["--staged"]).check(1, &broken.each_ref().map(String::as_str));
    place.run(&["--since", "HEAD"]).check(1, &broken.each_ref().map(String::as_str));
}

#[test]
fn a_commit_that_only_deletes_says_what_was_looked_at() {
    let place = Place::new();
    place.write("Spare.md", "Nobody links here.\n");
    place.commit();
    place.git(&["rm", "-q", "Spare.md"]);
    let said = place.hook(&["--staged"]);
    said.check(0, &[]);
    assert!(said.out.starts_with("Nothing found; links to 1 deleted file checked in "), "{}", said.out);
}

#[test]
fn a_staged_change_of_a_heading_breaks_links_in_notes_that_nobody_touched() {
    let place = Place::new();
    place.write("Plan A.md", "# Plan A\n\n## Why\n");
    place.write("Other.md", "[[Plan A#Why]] [[Plan A#Never there]] [why](Plan%20A.md#Why)\n");
    place.commit();
    place.write("Plan A.md", "# Plan A\n\n## What for\n");
    place.git(&["add", "-A"]);
    let broken = ["Other.md:1:3 warning[broken-heading]", "Other.md:1:45 warning[broken-heading]"];
    place.hook(&["--staged"]).check(1, &broken);
}

#[test]
fn the_revisions_of_pre_commit_are_honoured() {
    let place = Place::new();
    place.write("New.md", "[[Gone]]\n");
    place.commit();
    place.write("Later.md", "[[Unseen]]\n");
    let mut command = place.command(env!("CARGO_BIN_EXE_vaultlint"), &["--staged"]);
    command.env("PRE_COMMIT_FROM_REF", "HEAD~1").env("PRE_COMMIT_TO_REF", "HEAD");
    said(command.output().expect("vaultlint runs")).check(1, &["New.md:1:3 error[broken-wikilink]"]);
}

#[test]
fn a_commit_does_not_wait_for_hints_that_are_not_listed() {
    let place = Place::new();
    let told = "- Ada Lovelace owns the deployment runbook of the Apollo cluster.\n";
    place.write("Apollo.md", told);
    place.write("Runbooks.md", &format!("{told}- Stale. <!-- vaultlint-disable-line contradictory-fact -->\n"));
    place.git(&["add", "-A"]);
    let hook = place.hook(&["--staged"]);
    hook.check(0, &[]);
    assert!(!hook.out.contains("hint"), "{}", hook.out);
    let asked = place.hook(&["--staged", "--show-info"]);
    assert!(asked.out.contains("info[repeated-fact]"), "{}", asked.out);
}

#[test]
fn a_staged_note_is_laid_beside_those_that_nobody_touched() {
    let place = Place::new();
    let meeting = "---\nattendees: [\"[[Ines Moreau]]\"]\n---\nRacks.\n";
    place.write("2026-03-02 - Review of the storage plan for Turku.md", meeting);
    place.write("2026-03-03 - Review of the storage plan for Oulu.md", meeting);
    place.write("2026-03-03 - Storage plan for Oulu reviewed.md", meeting);
    place.write("People/Jon Berg.md", "---\nemail: jon@berg.example\n---\n");
    place.commit();
    place.write("2026-03-02 - Storage plan for Turku reviewed.md", meeting);
    place.write("People/Jonathan Bergh.md", "---\nemail: Jon@Berg.example\n---\n");
    place.git(&["add", "-A"]);
    let twice = "2026-03-02 - Review of the storage plan for Turku.md:1:1 warning[duplicate-meeting]";
    let person = "People/Jonathan Bergh.md:1:1 warning[duplicate-person]";
    place.hook(&["--staged"]).check(1, &[twice, person]);
}

/// What is left out because no staged note asks for it must not show.
#[test]
fn a_hook_finds_in_a_note_what_a_run_over_the_vault_finds_there() {
    let place = Place::new();
    support::copy(&PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/vaults/demo"), &place.vault());
    place.commit();
    // Templates are not among them: they are checked only if they are named.
    let listed = place.run(&["--files"]).out;
    let notes: Vec<&str> = listed.lines().filter(|path| path.ends_with(".md")).collect();
    let findings = |said: Said| -> Vec<String> {
        said.out.lines().filter(|line| line.contains("]: ")).map(str::to_owned).collect()
    };
    let mut found = 0;
    for note in notes {
        let before = place.read(note);
        place.write(note, &format!("{before}\nOne more line.\n"));
        place.git(&["add", "-A"]);
        let (hook, run) = (place.hook(&["--staged", "--show-info"]), place.run(&["check", note, "--show-info"]));
        let (hook, run) = (findings(hook), findings(run));
        let own = |findings: &[String]| -> Vec<String> {
            findings.iter().filter(|line| line.starts_with(&format!("{note}:"))).cloned().collect()
        };
        assert_eq!(own(&hook), own(&run), "{note}");
        assert!(hook.iter().all(|line| run.contains(line)), "{note}: {hook:?} {run:?}");
        found += hook.len();
        place.write(note, &before);
    }
    assert!(found > 20, "{found}");
}

#[cfg(unix)]
#[test]
fn a_hook_does_not_wait_for_a_pipe_in_the_place_of_a_note() {
    let place = Place::new();
    let notes = place.vault().join("Notes.md");
    fs::remove_file(&notes).expect("a note can be removed");
    assert!(Command::new("mkfifo").arg(&notes).status().expect("mkfifo runs").success());
    place.write("Index.md", "See [[Notes]] and [[No one]].\n");
    place.git(&["add", "Index.md"]);
    place.hook(&["--staged"]).check(1, &["Index.md:1:21 error[broken-wikilink]"]);
}

#[test]
fn a_fix_of_a_note_with_other_changes_is_refused() {
    let place = Place::new();
    place.write("Notes.md", "text\n## Head\n");
    place.git(&["add", "-A"]);
    // The commit would have what was staged, and not the fix.
    let fixed = place.hook(&["--staged", "--fix"]);
    assert_eq!(fixed.status, 1, "{}", fixed.out);
    assert!(fixed.err.contains("`git add` what was fixed"), "{}", fixed.err);
    assert_eq!(place.read("Notes.md"), "text\n\n## Head\n");
    place.write("Notes.md", "other text\n");
    let refused = place.hook(&["--staged", "--fix"]);
    assert_eq!((refused.status, place.read("Notes.md").as_str()), (2, "other text\n"));
    assert!(refused.err.contains("it has changes that are not staged"), "{}", refused.err);
}

#[test]
fn since_a_revision_only_what_is_new_is_reported() {
    let place = Place::new();
    place.run(&["--since", "HEAD"]).check(0, &[]);
    place.write("Index.md", "a line above\n\nSee [[Ada Lovelace]] and [[Nobody]].\n\n[[Gone]]\n");
    place.run(&["--since", "HEAD"]).check(1, &["Index.md:5:3 error[broken-wikilink]"]);
    place.git(&["add", "-A"]);
    place.git(&["mv", "Notes.md", "Renamed.md"]);
    place.run(&["--since", "HEAD"]).check(1, &["Index.md:5:3 error[broken-wikilink]"]);
    place.git(&["add", "-A"]);
    fs::rename(place.vault().join("Renamed.md"), place.vault().join("Moved.md")).expect("renamed as the app does");
    place.run(&["--since", "HEAD"]).check(1, &["Index.md:5:3 error[broken-wikilink]"]);
    let unknown = place.run(&["--since", "nowhere"]);
    assert_eq!((unknown.status, unknown.err.lines().next()), (2, Some("vaultlint: git knows no revision `nowhere`")));
}

#[test]
fn a_baseline_leaves_only_what_is_new() {
    let place = Place::new();
    place.run(&["--write-baseline"]).check(0, &[]);
    place.run(&[]).check(0, &[]);
    place.run(&["--no-baseline"]).check(1, &[NOBODY, ADA]);
    place.write("Index.md", "above\n\nSee [[Ada Lovelace]] and [[Nobody]].\n\n[[Nobody]] again\n");
    place.run(&[]).check(1, &["Index.md:5:3 error[broken-wikilink]"]);
    place.write("Notes.md", "nothing\n");
    let gone = place.run(&[]);
    assert!(gone.err.contains("2 findings of the baseline are gone"), "{}", gone.err);
    assert!(gone.err.contains("  Notes.md: block-spacing\n  Notes.md: broken-wikilink\n"), "{}", gone.err);
    place.run(&["--write-baseline"]).check(0, &[]);
    assert!(!place.read("vaultlint-baseline.json").contains("Notes.md"));
    place.write("other.json", "{\"version\": 9, \"findings\": []}");
    let other = place.run(&["--baseline", "other.json"]);
    assert_eq!(other.status, 2);
    assert!(other.err.contains("format version 9"), "{}", other.err);
    assert_eq!(place.run(&["--baseline", "missing.json"]).status, 2);
}

#[test]
fn a_run_of_some_rules_calls_no_finding_of_others_gone() {
    let place = Place::new();
    place.write("Done.md", "%% vaultlint-disable-next-line broken-wikilink %%\nNothing is wrong here.\n");
    place.write("People/Ada Lovelace.md", "---\naliases: [Countess]\n---\nFirst programmer.\n");
    place.write("Alias.md", "See [[Countess]].\n");
    place.run(&["--write-baseline"]).check(0, &[]);
    let whole = place.read("vaultlint-baseline.json");
    assert!(whole.contains("unused-suppression") && whole.contains("block-spacing"), "{whole}");
    let some_rules: [&[&str]; 4] = [
        &["--select", "broken-wikilink"],
        &["--ignore", "block-spacing,suppressions"],
        &["--severity", "block-spacing=off,broken-wikilink=off"],
        &["--select", "suppressions"],
    ];
    for narrowed in some_rules {
        let said = place.run(narrowed);
        assert!(said.status == 0 && !said.err.contains("gone"), "{narrowed:?}: {}", said.err);
        place.run(&[narrowed, &["--write-baseline"]].concat()).check(0, &[]);
        assert_eq!(place.read("vaultlint-baseline.json"), whole, "{narrowed:?}");
    }
    // What a rule that ran did not find again is gone, and so is all that was found in a note that is deleted.
    place.write("Index.md", "See [[Ada Lovelace]].\n");
    place.run(&["--select", "dates"]).check(0, &[]);
    let one = place.run(&["--select", "broken-wikilink"]);
    assert!(one.err.contains("1 finding of the baseline is gone") && one.err.contains("  Index.md: broken-wikilink\n"));
    fs::remove_file(place.vault().join("Notes.md")).expect("a note is deleted");
    let deleted = place.run(&["--select", "dates"]);
    assert!(deleted.err.contains("2 findings of the baseline are gone"), "{}", deleted.err);
}

#[test]
fn what_the_baseline_accepts_is_not_fixed() {
    let place = Place::new();
    place.run(&["--write-baseline"]).check(0, &[]);
    place.write("New.md", "text\n## Head\n");
    place.run(&["--fix"]).check(0, &[]);
    assert_eq!(place.read("New.md"), "text\n\n## Head\n");
    assert_eq!(place.read("Notes.md"), "Written by [[Ada Lovelase]].\n\ntext\n## Head\n");
}

#[test]
fn standard_input_is_checked_as_a_note() {
    let place = Place::new();
    let input = "x\r\n## Head\r\n[[Ada Lovelase]] [[Ada Lovelace]]\r\n";
    place.feed(&["--stdin-filename", "New/Note.md", "-"], input).check(1, &["New/Note.md:3:3 error[broken-wikilink]"]);
    let fixed = place.feed(&["--stdin-filename", "New/Note.md", "--fix", "-"], input);
    assert_eq!((fixed.status, fixed.out.as_str()), (1, "x\r\n\r\n## Head\r\n[[Ada Lovelase]] [[Ada Lovelace]]\r\n"));
    assert!(fixed.err.contains("New/Note.md:4:3: error[broken-wikilink]"), "{}", fixed.err);
    let clean = place.feed(&["--stdin-filename", "Notes.md", "--unsafe-fixes", "-"], "[[Ada Lovelase]]");
    assert_eq!((clean.status, clean.out.as_str()), (0, "[[Ada Lovelace]]"));
    assert_eq!(place.run(&["-"]).status, 2);
    assert_eq!(place.feed(&["--stdin-filename", "x.png", "-"], "").status, 2);
    assert!(!place.vault().join("New").exists());
}

#[test]
fn a_note_is_renamed_with_its_links_and_back() {
    let place = Place::new();
    let renamed = place.run(&["rename", "Ada Lovelace", "Countess"]);
    assert_eq!(
        renamed.out, "`People/Ada Lovelace.md` is now `People/Countess.md`; 1 link follows.\n",
        "{}",
        renamed.err
    );
    assert_eq!(place.read("Index.md"), "See [[Countess]] and [[Nobody]].\n");
    assert_eq!(place.read("People/Countess.md"), "First programmer.\n");
    assert_eq!(place.run(&["undo"]).status, 0);
    assert_eq!(place.read("Index.md"), "See [[Ada Lovelace]] and [[Nobody]].\n");
    assert_eq!(place.read("People/Ada Lovelace.md"), "First programmer.\n");
    let nothing = place.run(&["undo"]);
    assert_eq!(nothing.status, 2);
    for wrong in ["a#b", "a|b", "../out", ".hidden", "Ada Lovelace", "/Notes", " "] {
        let refused = place.run(&["rename", "People/Ada Lovelace.md", wrong]);
        assert_eq!(refused.status, 2, "{wrong}: {}{}", refused.out, refused.err);
    }
    assert_eq!(place.run(&["rename", "Nobody", "Somebody"]).status, 2);
    let diff = place.run(&["rename", "Ada Lovelace", "Countess", "--diff"]);
    assert!(
        diff.out.contains("rename to People/Countess.md\n") && diff.out.contains("+See [[Countess]]"),
        "{}",
        diff.out
    );
    assert_eq!(place.read("Index.md"), "See [[Ada Lovelace]] and [[Nobody]].\n");
}

#[test]
fn a_rename_is_not_taken_back_by_half() {
    let place = Place::new();
    assert_eq!(place.run(&["rename", "Ada Lovelace", "Countess"]).status, 0);
    place.write("People/Ada Lovelace.md", "another\n");
    let refused = place.run(&["undo"]);
    assert_eq!(refused.status, 2, "{}", refused.out);
    assert!(
        refused.err.contains("`People/Ada Lovelace.md` is left as it is: another file has that name now"),
        "{}",
        refused.err
    );
    assert_eq!(place.read("Index.md"), "See [[Countess]] and [[Nobody]].\n");
    std::fs::remove_file(place.vault().join("People/Ada Lovelace.md")).expect("removed");
    assert_eq!(place.run(&["undo"]).status, 0);
    assert_eq!(place.read("Index.md"), "See [[Ada Lovelace]] and [[Nobody]].\n");
}

#[test]
fn a_baseline_replaces_no_note() {
    let place = Place::new();
    let refused = place.run(&["--write-baseline", "--baseline", "Index.md"]);
    assert_eq!(refused.status, 2, "{}", refused.out);
    assert!(refused.err.contains("`Index.md` is not replaced by a baseline: it is no baseline"), "{}", refused.err);
    assert_eq!(place.read("Index.md"), "See [[Ada Lovelace]] and [[Nobody]].\n");
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_out_of_the_vault() {
    let place = Place::new();
    let outside = place.vault().parent().expect("a folder").join("outside");
    for (name, arguments) in
        [("vaultlint-baseline.json", &["--write-baseline"][..]), ("vaultlint.yaml", &["init", "--force"])]
    {
        let link = place.vault().join(name);
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(&outside, &link).expect("a link");
        let refused = place.run(arguments);
        assert_eq!(refused.status, 2, "{name}: {}", refused.out);
        assert!(refused.err.contains("it is a link that leads out of the vault"), "{name}: {}", refused.err);
        assert!(!outside.exists());
        std::fs::remove_file(&link).expect("removed");
    }
}

#[test]
fn undo_leaves_what_changed_since() {
    let place = Place::new();
    place.run(&["--fix", "--unsafe-fixes"]).check(1, &[NOBODY]);
    place.write("Notes.md", "mine\n");
    let refused = place.run(&["undo"]);
    assert_eq!((refused.status, place.read("Notes.md").as_str()), (2, "mine\n"));
    assert!(refused.err.contains("`Notes.md` is left as it is: it changed since"), "{}", refused.err);
}

#[test]
fn each_fix_is_asked_for() {
    let place = Place::new();
    let asked = place.feed(&["--interactive"], "y\nn\n");
    asked.check(1, &[NOBODY]);
    assert_eq!(place.read("Notes.md"), "Written by [[Ada Lovelace]].\n\ntext\n## Head\n");
    assert!(asked.err.contains("+Written by [[Ada Lovelace]]."), "{}", asked.err);
    place.feed(&["--interactive"], "q\n").check(1, &[NOBODY]);
    place.feed(&["--interactive"], "what\na\n").check(1, &[NOBODY]);
    assert_eq!(place.read("Notes.md"), "Written by [[Ada Lovelace]].\n\ntext\n\n## Head\n");
}

/// Notes by their paths.
type Notes = [(&'static str, &'static str)];

/// Who answers is not asked again, whatever the answer, and `undo` takes it back.
#[test]
fn answers_about_names_are_remembered() {
    const VIA: &Notes = &[
        ("People/Rob Banga.md", "Field engineer.\n"),
        ("People/Ida Tarn.md", "- 2025-10-31: 1:1 between Ida Tarn and Rob Benoit on packaging (via Rob Banga)\n"),
    ];
    const SHOWN: &Notes = &[
        ("People/Priya Nair.md", "Lead of the data platform.\n"),
        ("Intro.md", "Introduced by [[Priya Nair|Priya Menon]].\n"),
    ];
    const TWO_NOTES: &Notes = &[
        ("People/Rob Banga.md", "---\ncompany: Acme\n---\n"),
        ("People/Robert Banga.md", "---\ncompany: Acme\n---\n"),
    ];
    const TITLE: &Notes = &[("People/Tomas Rieger.md", "---\nrole: buyer\n---\n# Tomas Riedl\n")];
    let cases: &[(&str, &Notes, &[&str])] = &[
        (
            "name-mismatch",
            VIA,
            &["write `Rob Banga`", "write `Rob Benoit`", "one person", "two people", "to the aliases"],
        ),
        ("name-mismatch", SHOWN, &["write `Priya Nair`", "one person", "two people", "to the aliases"]),
        ("duplicate-person", TWO_NOTES, &["one person", "two people"]),
        ("title-mismatch", TITLE, &["write `Tomas Rieger`", "one person", "two people", "to the aliases"]),
    ];
    for (rule, files, answers) in cases {
        for answer in *answers {
            let place = Place::new();
            files.iter().for_each(|(path, text)| place.write(path, text));
            let what = |said: &Said| format!("{rule}, {answer}: {}{}", said.out, said.err);
            let asked = place.feed(&["--interactive", "--select", rule], "q\n");
            let offers = asked.err.lines().filter_map(|line| line.split_once("  "));
            let mut offers = offers.filter(|(number, _)| number.parse::<u32>().is_ok());
            let number = offers.find_map(|(number, offer)| offer.contains(answer).then_some(number));
            let number = number.unwrap_or_else(|| panic!("not offered: {}", what(&asked)));
            let said = place.feed(&["--interactive", "--select", rule], &format!("{number}\n"));
            assert!(said.status == 0 && said.err.contains("`vaultlint undo` takes"), "{}", what(&said));
            let again = place.run(&["--select", rule]);
            assert_eq!(again.status, 0, "{}", what(&again));
            let undone = place.run(&["undo"]);
            assert_eq!(undone.status, 0, "{}", what(&undone));
            let is_as_before = files.iter().all(|(path, text)| place.read(path) == *text);
            assert!(is_as_before && !place.vault().join("vaultlint.yaml").exists(), "{}", what(&undone));
        }
    }
}

#[test]
fn an_answer_goes_into_the_config_that_is_there() {
    let place = Place::new();
    place.write("People/Rob Banga.md", "---\ncompany: Acme\n---\n");
    place.write("People/Robert Banga.md", "---\ncompany: Acme\n---\n");
    let config = "# mine\nnames:\n  different: []  # nobody yet\n";
    place.write("vaultlint.yaml", config);
    let said = place.feed(&["--interactive", "--select", "duplicate-person"], "2\n");
    assert!(said.err.contains("`Rob Banga` and `Robert Banga` are two people"), "{}", said.err);
    let added = "# mine\nnames:\n  different: [[\"Rob Banga\", \"Robert Banga\"]]  # nobody yet\n";
    assert_eq!(place.read("vaultlint.yaml"), added);
    place.run(&["undo"]);
    assert_eq!(place.read("vaultlint.yaml"), config);
}

#[test]
fn git_takes_the_diff() {
    let place = Place::new();
    place.write("Odd \"name\" ü.md", "a\r\nb\r\n## Head\r\nno end");
    place.write("No end.md", "x\n## y");
    place.commit();
    let diff = place.run(&["--fix", "--unsafe-fixes", "--diff"]);
    assert_eq!(diff.status, 1);
    let patch = place.folder.path().join("patch");
    fs::write(&patch, &diff.out).expect("written");
    place.git(&["apply", "--whitespace=nowarn", patch.to_str().expect("UTF-8")]);
    let patched: Vec<String> = ["Odd \"name\" ü.md", "No end.md", "Notes.md"].map(|path| place.read(path)).into();
    place.git(&["checkout", "-q", "."]);
    place.run(&["--fix", "--unsafe-fixes"]);
    let fixed: Vec<String> = ["Odd \"name\" ü.md", "No end.md", "Notes.md"].map(|path| place.read(path)).into();
    assert_eq!(patched, fixed);
    assert_eq!(patched[0], "a\r\nb\r\n\r\n## Head\r\nno end");
}

#[test]
fn a_baseline_does_not_hide_what_a_staged_deletion_breaks() {
    let place = Place::new();
    place.run(&["--write-baseline"]).check(0, &[]);
    place.commit();
    place.write("Notes.md", "Written by [[Ada Lovelase]].\n\nmore text\n\n## Head\n");
    place.git(&["add", "-A"]);
    place.hook(&["--staged"]).check(0, &[]);
    place.git(&["rm", "-q", "People/Ada Lovelace.md"]);
    place.hook(&["--staged"]).check(1, &["Index.md:1:7 error[broken-wikilink]"]);
}

#[cfg(unix)]
#[test]
fn neither_a_link_out_of_the_folder_nor_a_pipe_is_read_for_the_config() {
    let place = Place::new();
    fs::write(place.folder.path().join("outside.yaml"), "rules: { links: off }\n").expect("a file can be written");
    std::os::unix::fs::symlink("../outside.yaml", place.vault().join("base.yaml")).expect("links can be made");
    place.write("vaultlint.yaml", "extends: base.yaml\n");
    let said = place.run(&["check", "."]);
    assert_eq!(said.status, 2, "{}", said.err);
    assert!(said.err.contains("leads outside the folder of the config"), "{}", said.err);
    place.write("vaultlint.yaml", "rules: {}\n");
    let pipe = place.vault().join("vaultlint-baseline.json");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    let said = place.run(&["check", "."]);
    assert_eq!(said.status, 2, "{}", said.err);
    assert!(said.err.contains("it is no file"), "{}", said.err);
}

#[test]
fn a_selection_follows_the_notes_that_a_fix_renames() {
    let place = Place::new();
    place.write("Ada|Byron.md", "See [[Nowhere]].\n");
    place.write("Ada Byron Notes.md", "Not selected: [[Ada Lovelase]].\n");
    let said = place.run(&["--unsafe-fixes", "Ada|Byron.md"]);
    said.check(1, &["Ada Byron.md:1:7 error[broken-wikilink]"]);
    assert_eq!(place.read("Ada Byron Notes.md"), "Not selected: [[Ada Lovelase]].\n");
}

#[test]
fn every_path_is_looked_at() {
    let place = Place::new();
    let (vault, outside) = (place.vault(), place.folder.path().display().to_string());
    let here = vault.to_str().expect("UTF-8");
    place.run(&[here, "Notes.md"]).check(1, &[NOBODY, ADA]);
    for other in ["no-such-note.md", &outside] {
        assert_eq!(place.run(&[here, other]).status, 2, "{other}");
    }
}

#[cfg(unix)]
#[test]
fn what_lies_outside_of_the_vault_is_not_renamed() {
    let place = Place::new();
    let outside = place.folder.path().join("outside");
    fs::create_dir(&outside).expect("a folder");
    fs::write(outside.join("Far.md"), "far").expect("a file");
    std::os::unix::fs::symlink(&outside, place.vault().join("Linked")).expect("a link");
    std::os::unix::fs::symlink(outside.join("Far.md"), place.vault().join("Near.md")).expect("a link");
    for old in ["Linked/Far", "Near"] {
        let said = place.run(&["rename", old, "People/Moved"]);
        assert_eq!(said.status, 2, "{old}: {}", said.out);
        assert!(said.err.contains("it leads out of the vault"), "{old}: {}", said.err);
    }
    assert!(outside.join("Far.md").exists() && place.vault().join("Near.md").exists());
}

#[test]
fn undo_goes_on_past_a_run_that_changed_since() {
    let place = Place::new();
    place.write("Other.md", "See [[Ada Lovelase]].\n");
    place.run(&["--unsafe-fixes", "Notes.md"]);
    place.run(&["--unsafe-fixes", "Other.md"]);
    place.write("Other.md", "mine\n");
    let refused = place.run(&["undo"]);
    assert!(refused.status == 2 && refused.err.contains("once more"), "{}", refused.err);
    let undone = place.run(&["undo"]);
    assert_eq!((undone.status, place.read("Other.md").as_str()), (0, "mine\n"), "{}", undone.err);
    assert!(place.read("Notes.md").starts_with("Written by [[Ada Lovelase]]."));
}

#[test]
fn no_command_is_silent_about_what_it_could_not_read() {
    let place = Place::new();
    place.write(".obsidian/app.json", "{");
    for arguments in [&["--fix", "--diff"][..], &["--write-baseline"], &["inspect"], &["rename", "Notes", "Pages"]] {
        let said = place.run(arguments);
        assert_eq!(said.status, 2, "{arguments:?}: {}", said.out);
        assert!(said.err.contains("app.json"), "{arguments:?}: {}", said.err);
    }
}

#[test]
fn a_suppression_counts_that_another_rule_made_needless() {
    let place = Place::new();
    let trip = "[[Trip report]] %% vaultlint-disable-line broken-wikilink %%\n";
    for (path, text) in [("A.md", trip), ("B.md", trip), ("C.md", "[[Trip report]]\n")] {
        place.write(path, text);
    }
    place.run(&["--select", "unused-suppression,broken-wikilink,planned-note", "A.md", "B.md"]).check(0, &[]);
}

#[test]
fn each_pattern_is_judged_by_itself() {
    let place = Place::new();
    let patterns = "patterns:\n  - { name: firm, find: Acme, message: m, replace: Acme Corp, safe: true }\n  \
                    - { name: slip, find: teh, message: m, replace: the, safe: true }\n";
    place.write("vaultlint.yaml", patterns);
    place.write("Notes.md", "Acme has teh key.\n");
    let said = place.run(&["--fix", "--select", "pattern", "Notes.md"]);
    assert_eq!(place.read("Notes.md"), "Acme has the key.\n", "{}", said.err);
    assert!(said.err.contains("pattern `firm`") && !said.err.contains("mistake of vaultlint"), "{}", said.err);
}

#[test]
fn a_report_replaces_an_earlier_one_and_no_note() {
    let place = Place::new();
    let refused = place.run(&["--output", "Notes.md"]);
    assert!(refused.status == 2 && refused.err.contains("is not replaced: it is a note"), "{}", refused.err);
    assert!(place.read("Notes.md").starts_with("Written by"));
    for _ in 0..2 {
        assert_eq!(place.run(&["--output-format", "markdown", "--output", "Report.md"]).status, 1);
        assert!(place.read("Report.md").starts_with("# vaultlint report\n"));
    }
}

#[test]
fn what_makes_a_run_fail_is_listed() {
    let place = Place::new();
    let own = ["--select", "broken-wikilink", "--severity", "broken-wikilink=info"];
    let said = place.run(&[&["-q", "--fail-on", "info"][..], &own].concat());
    said.check(1, &[&NOBODY.replace("error", "info"), &ADA.replace("error", "info")]);
}

#[test]
fn a_rule_that_is_selected_by_name_runs_everywhere() {
    let place = Place::new();
    place.write("vaultlint.yaml", "overrides:\n  - { match: '*.md', rules: { links: off } }\n");
    place.run(&["--select", "broken-wikilink"]).check(1, &[NOBODY, ADA]);
}

#[test]
fn without_a_path_the_folder_is_checked_that_one_stands_in() {
    let place = Place::new();
    place.write("Deep/Below.md", "[[Nowhere]]\n");
    let mut command = place.command(env!("CARGO_BIN_EXE_vaultlint"), &[]);
    command.current_dir(place.vault().join("Deep"));
    said(command.output().expect("vaultlint runs")).check(1, &["Below.md:1:3 error[broken-wikilink]"]);
    let mut whole = place.command(env!("CARGO_BIN_EXE_vaultlint"), &["--vault", ".."]);
    whole.current_dir(place.vault().join("Deep"));
    assert_eq!(said(whole.output().expect("vaultlint runs")).out.matches("error[").count(), 3);
}

#[test]
fn a_rename_takes_a_path_from_the_root_of_the_disk() {
    let place = Place::new();
    let path = |name: &str| place.vault().join(name).display().to_string();
    let renamed = place.run(&["rename", &path("People/Ada Lovelace.md"), &path("People/Countess.md")]);
    assert_eq!((renamed.status, place.read("People/Countess.md").as_str()), (0, "First programmer.\n"));
    assert_eq!(place.run(&["rename", "People/Countess.md", &path("")]).status, 0);
    assert_eq!(place.read("Countess.md"), "First programmer.\n");
    let outside = place.folder.path().join("Far.md").display().to_string();
    let refused = place.run(&["rename", "Countess.md", &outside]);
    assert!(refused.status == 2 && refused.err.contains("lies outside of the vault"), "{}", refused.err);
}

#[test]
fn a_pattern_that_is_off_finds_nothing() {
    let place = Place::new();
    place.write("vaultlint.yaml", "patterns:\n  - { name: firm, find: Written, message: m, severity: off }\n");
    place.run(&["--select", "pattern"]).check(0, &[]);
}

#[test]
fn findings_of_one_rule_are_listed_one_by_one() {
    let place = Place::new();
    let links: String = (0..60).map(|number| format!("[[No {number}]]\n\n")).collect();
    place.write("Many.md", &format!("{links}2026-02-30\n"));
    let pretty = |own: &[&str]| place.run(&[&["--output-format", "pretty"][..], own].concat()).out;
    let overview = pretty(&[]);
    assert!(overview.contains("all: --select broken-wikilink"), "{overview}");
    let listed = pretty(&["--select", "broken-wikilink"]);
    assert!(listed.contains("No 59") && !listed.contains("all: --select"), "{listed}");
}

#[cfg(target_os = "linux")]
#[test]
fn notes_whose_names_differ_by_unicode_form_alone_are_both_checked() {
    let place = Place::new();
    let names = ["Caf\u{e9}.md", "Cafe\u{301}.md"];
    names.iter().for_each(|name| place.write(name, "[[Nowhere]]\n"));
    let said = place.run(&["--select", "broken-wikilink,unlinkable-note-name"]);
    assert_eq!(said.out.matches("no note named `Nowhere`").count(), 2, "{}", said.out);
    assert_eq!(said.out.matches("by case or Unicode form alone").count(), 1, "{}", said.out);
}

#[test]
fn a_question_about_one_pattern_answers_for_no_other() {
    let place = Place::new();
    let patterns = "patterns:\n  - { name: one, find: foo, message: m, replace: FOO }\n  \
                    - { name: two, find: bar, message: m, replace: BAR }\n";
    place.write("vaultlint.yaml", patterns);
    place.write("Notes.md", "foo bar\n");
    place.feed(&["--interactive", "--select", "pattern", "Notes.md"], "a\nn\n");
    assert_eq!(place.read("Notes.md"), "FOO bar\n");
}

#[test]
fn one_answer_is_for_all_equal_findings() {
    let place = Place::new();
    place.write("Road map.md", "---\naliases: Roadmap\n---\n");
    place.write("Links.md", &"- see [[Roadmap]]\n\npara\n\n".repeat(5));
    place.feed(&["--interactive", "--select", "alias-link", "Links.md"], "y\n");
    assert_eq!(place.read("Links.md").matches("[[Road map|Roadmap]]").count(), 5);
}

#[test]
fn settings_and_notes_are_no_place_for_a_summary() {
    let place = Place::new();
    place.write("vaultlint.yaml", "{}\n");
    for file in ["Notes.md", "vaultlint.yaml"] {
        let said = place.run(&["--summary", file]);
        assert_eq!(said.status, 2, "{file}: {}", said.out);
    }
    assert!(place.read("Notes.md").starts_with("Written by") && place.read("vaultlint.yaml") == "{}\n");
    assert_eq!(place.run(&["--output", "vaultlint.yaml"]).status, 2);
}
