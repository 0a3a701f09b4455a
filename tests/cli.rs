//! Runs the real binary on the command lines of `fixtures/cli/*.toml`, and on vaults that only a file system can make
//! wrong: links in a circle, folders without permission, bytes that are not UTF-8, a pipe that closes early.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde::Deserialize;

mod support;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

/// One command line. Texts are compared as pieces that must (or must not) stand in the output.
#[derive(Deserialize)]
struct Case {
    name: String,
    args: Vec<String>,
    /// Folder below `fixtures/vaults`; a copy of it is the working folder.
    vault: Option<String>,
    /// Files to write first.
    #[serde(default)]
    files: std::collections::BTreeMap<String, String>,
    status: i32,
    #[serde(default)]
    stdout: Vec<String>,
    #[serde(default)]
    stderr: Vec<String>,
    #[serde(default)]
    not_stdout: Vec<String>,
    #[serde(default)]
    not_stderr: Vec<String>,
    /// Files that must have exactly this text afterwards.
    #[serde(default)]
    after: std::collections::BTreeMap<String, String>,
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn vaultlint(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vaultlint"));
    command.current_dir(folder).args(args).env("NO_COLOR", "1").env("XDG_STATE_HOME", folder.join(".state"));
    command.output().expect("the binary runs")
}

#[test]
fn command_lines() {
    let mut failures = Vec::new();
    let mut run = 0;
    for entry in std::fs::read_dir(root().join("fixtures/cli")).expect("the cases are there") {
        let path = entry.expect("the cases are there").path();
        let cases: Cases = toml::from_str(&std::fs::read_to_string(&path).expect("cases are UTF-8"))
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for case in cases.case {
            run += 1;
            failures.extend(check(&case));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    assert!(run > 0);
}

fn check(case: &Case) -> Option<String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    if let Some(vault) = &case.vault {
        support::copy(&root().join("fixtures/vaults").join(vault), folder.path());
    }
    for (path, text) in &case.files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a file has a folder")).expect("a folder is made");
        std::fs::write(path, text).expect("a file is written");
    }
    let args: Vec<&str> = case.args.iter().map(String::as_str).collect();
    let output = vaultlint(folder.path(), &args);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    let mut wrong = Vec::new();
    if output.status.code() != Some(case.status) {
        wrong.push(format!("status {:?}, expected {}", output.status.code(), case.status));
    }
    wrong.extend(
        case.stdout.iter().filter(|piece| !stdout.contains(*piece)).map(|piece| format!("no `{piece}` in the output")),
    );
    wrong.extend(
        case.stderr.iter().filter(|piece| !stderr.contains(*piece)).map(|piece| format!("no `{piece}` in the errors")),
    );
    wrong.extend(
        case.not_stdout.iter().filter(|piece| stdout.contains(*piece)).map(|piece| format!("`{piece}` in the output")),
    );
    wrong.extend(
        case.not_stderr.iter().filter(|piece| stderr.contains(*piece)).map(|piece| format!("`{piece}` in the errors")),
    );
    for (path, text) in &case.after {
        let actual = std::fs::read_to_string(folder.path().join(path)).unwrap_or_default();
        if actual != *text {
            wrong.push(format!("`{path}` is now\n{actual}"));
        }
    }
    (!wrong.is_empty())
        .then(|| format!("{}: {}\n--- stdout\n{stdout}--- stderr\n{stderr}", case.name, wrong.join("; ")))
}

#[test]
fn the_demo_vault_has_a_finding_of_every_rule() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::copy(&root().join("fixtures/vaults/demo"), folder.path());
    let names: Vec<&str> = vaultlint::rules::RULES.iter().map(|def| def.name).collect();
    let output = vaultlint(folder.path(), &["--output-format", "json", "--select", &names.join(",")]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let found = value["diagnostics"].as_array().expect("a list");
    // A name that Windows refuses cannot lie in a repository that Windows checks out.
    let cannot_be_shown = ["unportable-note-name"];
    let is_found = |rule: &str| found.iter().any(|one| one["rule"] == rule);
    let missing: Vec<&str> =
        names.into_iter().filter(|name| !is_found(name) && !cannot_be_shown.contains(name)).collect();
    assert!(missing.is_empty(), "the demo vault shows no {}", missing.join(", "));
}

#[test]
fn threads_and_order_do_not_matter() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::copy(&root().join("fixtures/vaults/demo"), folder.path());
    let run = |threads: &str| vaultlint(folder.path(), &["--output-format", "json", "--threads", threads]).stdout;
    // With them changes how many notes are taken at once: a dozen, a few, each by itself.
    assert_eq!(run("1"), run("4"));
    assert_eq!(run("1"), run("64"));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let links: String = (0..20_000).map(|number| format!("[[Missing note number {number}]]\n")).collect();
    std::fs::write(folder.path().join("Many.md"), links).expect("a file is written");
    let mut child = Command::new(env!("CARGO_BIN_EXE_vaultlint"))
        .current_dir(folder.path())
        .args(["--output-format", "concise"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn bytes_that_are_no_text_are_a_finding() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("Old.md"), b"Gr\xfc\xdfe").expect("a file is written");
    std::fs::write(folder.path().join("New.md"), "[[Old]] and [[Gone]]").expect("a file is written");
    let output = vaultlint(folder.path(), &[]);
    let stdout = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout.contains("unreadable-note") && stdout.contains("`Gone`") && !stdout.contains("`Old`"), "{stdout}");
}

/// Clause R16: loops, links into the vault and links to nothing are left out.
#[cfg(unix)]
#[test]
fn a_loop_of_links_ends_and_nothing_outside_is_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (vault, outside) = (folder.path().join("vault"), folder.path().join("outside"));
    std::fs::create_dir_all(&vault).expect("a folder is made");
    std::fs::create_dir_all(&outside).expect("a folder is made");
    std::fs::write(outside.join("Secret.md"), "[[Nowhere]]").expect("a file is written");
    std::fs::write(vault.join("Note.md"), "[[Secret]] [[Secret#heading]]").expect("a file is written");
    std::os::unix::fs::symlink(&vault, vault.join("again")).expect("a link is made");
    std::os::unix::fs::symlink(&outside, vault.join("linked")).expect("a link is made");
    std::os::unix::fs::symlink(folder.path().join("gone"), vault.join("dangling.md")).expect("a link is made");
    let output = vaultlint(&vault, &["--vault", "."]);
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{stdout}{stderr}");
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_named_and_the_rest_is_checked() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let closed = folder.path().join("closed");
    std::fs::create_dir_all(&closed).expect("a folder is made");
    std::fs::write(folder.path().join("Note.md"), "[[Gone]]").expect("a file is written");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).expect("permissions are set");
    let is_root = std::fs::read_dir(&closed).is_ok();
    let output = vaultlint(folder.path(), &["--vault", "."]);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).expect("permissions are set");
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(stdout.contains("`Gone`"), "{stdout}");
    if is_root {
        eprintln!("skipped: permissions (this user may read everything)");
    } else {
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.contains("cannot list `closed`"), "{stderr}");
    }
}

#[test]
fn the_readme_shows_what_is_printed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    support::copy(&root().join("fixtures/vaults/demo"), folder.path());
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let output = vaultlint(folder.path(), &["--output-format", "concise"]);
    let printed = String::from_utf8_lossy(&output.stdout);
    let excerpt = readme.split("<!-- excerpt -->").nth(1).and_then(|rest| rest.split("<!-- /excerpt -->").next());
    let lines: Vec<&str> =
        excerpt.expect("an excerpt").lines().filter(|line| !line.is_empty() && !line.starts_with("```")).collect();
    assert!(!lines.is_empty());
    for line in lines {
        let line = line.replace("fixtures/vaults/demo/", "");
        assert!(printed.contains(&line), "the demo vault does not print `{line}`");
    }
}
