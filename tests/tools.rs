//! What other programs make of vaultlint: pre-commit and git's own hooks on real commits, shells and manual readers on
//! what is written for them. A program that is not installed is passed over by name.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const VAULTLINT: &str = env!("CARGO_BIN_EXE_vaultlint");

/// A vault in git, without the surroundings of a hook that may be running these tests.
struct Vault {
    folder: tempfile::TempDir,
}

impl Vault {
    fn new() -> Vault {
        let vault = Vault { folder: tempfile::tempdir().expect("a temporary folder") };
        vault.write(".obsidian/app.json", "{}");
        vault.write("People/Ada Lovelace.md", "First programmer.\n");
        vault.write("Index.md", "See [[Ada Lovelace]] and [[Nobody]].\n");
        vault.git(&["init", "-q", "-b", "main"]);
        vault.git(&["config", "user.name", "Ada"]);
        vault.git(&["config", "user.email", "ada@example.org"]);
        vault.git(&["add", "-A"]);
        vault.git(&["commit", "-q", "-m", "begin"]);
        vault
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("vault")
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("a file can be written");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("a file can be read")
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        let hook = std::env::vars_os().filter(|(name, _)| {
            let name = name.to_string_lossy();
            name.starts_with("GIT_") || name.starts_with("PRE_COMMIT")
        });
        hook.for_each(|(name, _)| {
            command.env_remove(name);
        });
        command.env("PRE_COMMIT_HOME", self.folder.path().join("pre-commit")).env("NO_COLOR", "1");
        command.env("VAULTLINT_STATE_DIR", self.folder.path().join("state"));
        command
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.command("git", arguments).output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", all(&output));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Stages everything and commits; the hook's words, and whether there is a commit.
    fn commit(&self) -> (bool, String) {
        self.git(&["add", "-A"]);
        let output = self.command("git", &["commit", "-q", "-m", "a commit"]).output().expect("git runs");
        (output.status.success(), all(&output))
    }

    #[track_caller]
    fn commits(&self) {
        let (is_made, said) = self.commit();
        assert!(is_made, "{said}");
    }

    #[track_caller]
    fn is_refused(&self, because: &str) {
        let before = self.git(&["rev-parse", "HEAD"]);
        let (is_made, said) = self.commit();
        assert!(!is_made && said.contains(because), "{said}");
        assert_eq!(self.git(&["rev-parse", "HEAD"]), before);
    }

    /// The project's own hooks with the program of this build; `false` where there is no pre-commit.
    fn use_pre_commit(&self, hook: &str) -> bool {
        if !is_there("pre-commit", &["--version"]) {
            eprintln!("skipped: real pre-commit (it is not installed)");
            return false;
        }
        self.write(".pre-commit-config.yaml", &config(hook));
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "hooks"]);
        let installed = self.command("pre-commit", &["install"]).output().expect("pre-commit runs");
        assert!(installed.status.success(), "{}", all(&installed));
        true
    }
}

/// A config that takes one hook from `.pre-commit-hooks.yaml`, but does not build it.
fn config(hook: &str) -> String {
    let hooks = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml"));
    let hooks = hooks.expect("the hooks are there").replace("\r\n", "\n");
    let own = hooks.split("- id: ").find(|own| own.starts_with(&format!("{hook}\n"))).expect("such a hook");
    assert!(own.contains("entry: vaultlint ") && own.contains("language: rust"), "{own}");
    let own = own.replace("entry: vaultlint ", &format!("entry: \"{}\" ", VAULTLINT.replace('\\', "/")));
    // What is quoted inside of an entry is one word; all of it must be quoted for YAML then.
    let own = own.lines().map(|line| match line.trim().strip_prefix("entry: ") {
        Some(entry) => format!("  entry: '{entry}'"),
        None => line.replace("language: rust", "language: system"),
    });
    let own = own.collect::<Vec<_>>().join("\n      ");
    format!("repos:\n  - repo: local\n    hooks:\n      - id: {own}\n")
}

fn all(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn is_there(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

#[test]
fn pre_commit_passes_and_fails() {
    let vault = Vault::new();
    if !vault.use_pre_commit("vaultlint") {
        return;
    }
    // What is wrong in notes that nobody touched stops nobody.
    vault.write("New.md", "About [[Ada Lovelace]].\n");
    vault.commits();
    vault.write("New.md", "About [[Ada Lovelase]].\n");
    vault.is_refused("New.md:1:9: error[broken-wikilink]: no note named `Ada Lovelase`");
}

#[test]
fn pre_commit_sees_what_a_deletion_breaks_elsewhere() {
    let vault = Vault::new();
    if !vault.use_pre_commit("vaultlint") {
        return;
    }
    fs::remove_file(vault.path().join("People/Ada Lovelace.md")).expect("a note is deleted");
    vault.is_refused("Index.md:1:7: error[broken-wikilink]: no note named `Ada Lovelace`");
    vault.write("Index.md", "See nobody.\n");
    vault.commits();
}

#[test]
fn pre_commit_fixes_and_the_next_commit_passes() {
    let vault = Vault::new();
    if !vault.use_pre_commit("vaultlint-fix") {
        return;
    }
    vault.write("New.md", "text\n## Head\n");
    vault.is_refused("files were modified by this hook");
    assert_eq!(vault.read("New.md"), "text\n\n## Head\n");
    vault.commits();
}

#[test]
fn pre_commit_compares_two_revisions() {
    let vault = Vault::new();
    if !vault.use_pre_commit("vaultlint") {
        return;
    }
    vault.write("New.md", "[[Gone]]\n");
    vault.git(&["add", "-A"]);
    vault.git(&["commit", "-q", "--no-verify", "-m", "around the hook"]);
    let run = |from: &str, to: &str| {
        let arguments = ["run", "--from-ref", from, "--to-ref", to];
        let output = vault.command("pre-commit", &arguments).output().expect("pre-commit runs");
        (output.status.success(), all(&output))
    };
    let (passed, said) = run("HEAD~1", "HEAD");
    assert!(!passed && said.contains("New.md:1:3: error[broken-wikilink]") && !said.contains("Index.md"), "{said}");
    let (passed, said) = run("HEAD~2", "HEAD~1");
    assert!(passed, "{said}");
}

#[cfg(unix)]
#[test]
fn a_hook_of_two_lines_is_enough() {
    use std::os::unix::fs::PermissionsExt as _;
    let vault = Vault::new();
    let hook = vault.path().join(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().expect("a folder")).expect("folders can be made");
    fs::write(&hook, format!("#!/bin/sh\nexec '{VAULTLINT}' --staged --quiet\n")).expect("written");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("mode set");
    vault.write("New.md", "About [[Ada Lovelace]].\n");
    vault.commits();
    // A commit of one file alone has an index of its own.
    vault.write("New.md", "About [[Ada Lovelase]].\n");
    vault.write("Other.md", "About [[Nothing]].\n");
    vault.git(&["add", "-A"]);
    let output = vault.command("git", &["commit", "-q", "-m", "one file", "New.md"]).output().expect("git runs");
    assert!(!output.status.success() && all(&output).contains("New.md:1:9") && !all(&output).contains("Other.md"));
    vault.is_refused("Other.md:1:9");
}

#[test]
fn shells_read_their_completions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Command::new(VAULTLINT).args(["completions", shell]).output().expect("vaultlint runs");
        let script = String::from_utf8(output.stdout).expect("a script is UTF-8");
        assert!(output.status.success() && script.contains("write-baseline") && script.contains("explain"), "{shell}");
        let file = folder.path().join(shell);
        fs::write(&file, script).expect("written");
        match Command::new(shell).arg("-n").arg(&file).output() {
            Ok(read) if ["bash", "zsh", "fish"].contains(&shell) => {
                assert!(read.status.success() && read.stderr.is_empty(), "{shell}: {}", all(&read));
            }
            _ => eprintln!("skipped: completions of {shell} (no such shell to read them)"),
        }
    }
    let unknown = Command::new(VAULTLINT).args(["completions", "tcsh"]).output().expect("vaultlint runs");
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn the_manual_page_is_read_without_complaint() {
    let output = Command::new(VAULTLINT).arg("man").output().expect("vaultlint runs");
    let page = String::from_utf8(output.stdout).expect("a manual page is UTF-8");
    for wanted in ["EXIT STATUS", "EXAMPLES", "COMMAND explain", "ENVIRONMENT", "FILES"] {
        assert!(
            page.contains(&format!(".SH \"{wanted}\"")) || page.contains(&format!(".SH {wanted}")),
            "{wanted}\n{page}"
        );
    }
    for command in ["check", "rename", "undo"] {
        assert!(page.contains(command), "{command}");
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("vaultlint.1");
    fs::write(&file, page).expect("written");
    match Command::new("mandoc").args(["-T", "lint", "-W", "error"]).arg(&file).output() {
        Ok(read) => assert!(read.status.success(), "{}", all(&read)),
        Err(_) => eprintln!("skipped: mandoc (it is not installed)"),
    }
    match Command::new("groff").args(["-man", "-Tutf8", "-ww", "-z"]).arg(&file).output() {
        Ok(read) => assert!(read.status.success() && read.stderr.is_empty(), "{}", all(&read)),
        Err(_) => eprintln!("skipped: groff (it is not installed)"),
    }
}

/// Runs `.github/action/check.sh` as a step of a workflow does.
#[cfg(unix)]
fn action(vault: &Vault, inputs: &[(&str, &str)]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".github/action/check.sh");
    let mut command = vault.command("bash", &[script.to_str().expect("UTF-8")]);
    command.env("VAULTLINT", VAULTLINT).env("GITHUB_WORKSPACE", vault.folder.path());
    command.env("GITHUB_OUTPUT", vault.folder.path().join("output"));
    command.env("GITHUB_STEP_SUMMARY", vault.folder.path().join("summary"));
    command.envs(inputs.iter().copied()).output().expect("bash runs")
}

#[cfg(unix)]
#[test]
fn the_action_marks_lines_writes_a_summary_and_sarif() {
    let vault = Vault::new();
    let output = action(&vault, &[("FOLDER", "vault"), ("PATHS", ".\n"), ("SARIF", "out.sarif")]);
    let said = all(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("::error file=vault/Index.md,line=1,endLine=1,col=28"), "{said}");
    let written = |name: &str| fs::read_to_string(vault.folder.path().join(name)).unwrap_or_default();
    assert_eq!(written("output"), "status=1\n");
    let summary = written("summary");
    assert!(summary.starts_with("### vaultlint: 1 error in 1 note\n"), "{summary}");
    assert!(
        summary.contains("| `vault/Index.md:1:28` | `broken-wikilink` | `` no note named `Nobody` `` |"),
        "{summary}"
    );
    let sarif: serde_json::Value = serde_json::from_str(&written("out.sarif")).expect("SARIF is JSON");
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(place, "vault/Index.md");
    let passed = action(&vault, &[("FOLDER", "vault"), ("SINCE", "HEAD"), ("FAIL_ON", "info")]);
    assert_eq!(passed.status.code(), Some(0), "{}", all(&passed));
    let failed = action(&vault, &[("FOLDER", "vault"), ("SINCE", "no-such-revision")]);
    assert_eq!(failed.status.code(), Some(2), "{}", all(&failed));
    assert_eq!(written("output"), "status=1\nstatus=0\nstatus=2\n");
}

#[cfg(unix)]
#[test]
fn no_input_of_the_action_is_code() {
    let vault = Vault::new();
    let evil = "$(touch evil)`touch evil`;touch evil;--output=evil";
    for name in ["FOLDER", "PATHS", "SINCE", "FAIL_ON", "FORMAT", "SUMMARY"] {
        let output = action(&vault, &[("FOLDER", "vault"), (name, evil)]);
        assert!(!all(&output).contains("panicked") && output.status.code() != Some(0), "{name}: {}", all(&output));
        let is_made = |folder: &Path| folder.join("evil").exists();
        assert!(!is_made(vault.folder.path()) && !is_made(&vault.path()), "{name}");
    }
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("action.yml")).expect("it is there");
    let runs = manifest.lines().filter(|line| line.trim_start().starts_with("run:"));
    assert_eq!(runs.filter(|line| line.contains("${{")).count(), 0, "an input would be read as code");
}
