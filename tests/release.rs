//! What a release is made of, and those who take it: its archives, who names them, the templates that it fills, and the
//! script with which the action installs it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}")).replace("\r\n", "\n")
}

/// The targets for which the workflow packs an archive.
fn targets() -> Vec<String> {
    let workflow: serde_yaml::Value = serde_yaml::from_str(&read(".github/workflows/release.yml")).expect("it is YAML");
    let jobs = workflow["jobs"]["archive"]["strategy"]["matrix"]["include"].as_sequence().expect("a list of jobs");
    jobs.iter().map(|job| job["target"].as_str().expect("a target").to_owned()).collect()
}

/// What `.ci/package` calls the archive of a target.
fn archive(target: &str) -> String {
    let ending = if target.contains("windows") { "zip" } else { "tar.gz" };
    format!("vaultlint-{target}.{ending}")
}

/// The names of archives that stand in a text.
fn named(text: &str) -> BTreeSet<String> {
    let name = regex::Regex::new(r"vaultlint-[a-z0-9_]+-[a-z0-9_-]+\.(tar\.gz|zip)").expect("a pattern");
    name.find_iter(text).map(|found| found.as_str().to_owned()).collect()
}

#[test]
fn archives_that_are_named_are_made() {
    let made: BTreeSet<String> = targets().iter().map(|target| archive(target)).collect();
    for path in
        ["packaging/homebrew/vaultlint.rb", "packaging/winget/vaultlint.vaultlint.installer.yaml", "docs/install.md"]
    {
        let named = named(&read(path));
        assert!(!named.is_empty() && named.is_subset(&made), "{path} names {named:?}; made are {made:?}");
    }
    let script = read(".github/action/install.sh");
    let choice = regex::Regex::new(r"target=(\w\S+) archive=(\w\S+) ;;").expect("a pattern");
    let chosen: Vec<String> =
        choice.captures_iter(&script).map(|found| format!("vaultlint-{}.{}", &found[1], &found[2])).collect();
    assert!(chosen.len() >= 5 && chosen.iter().all(|name| made.contains(name)), "the action takes {chosen:?}");
}

#[test]
fn cargo_binstall_finds_the_archives() {
    let manifest: toml::Value = toml::from_str(&read("Cargo.toml")).expect("it is TOML");
    let package = &manifest["package"];
    let (repository, version) = (package["repository"].as_str(), package["version"].as_str());
    let (repository, version) = (repository.expect("a repository"), version.expect("a version"));
    let metadata = &package["metadata"]["binstall"];
    let overrides = metadata["overrides"].as_table().expect("a table");
    let targets = targets();
    for target in overrides.keys() {
        assert!(targets.contains(target), "no archive is made for {target}");
    }
    for target in targets {
        let own = |key: &str| overrides.get(&target).and_then(|own| own.get(key)).or(metadata.get(key));
        let filled = |key: &str| {
            let template = own(key).and_then(toml::Value::as_str).expect("a template");
            let ending = if target.contains("windows") { ".exe" } else { "" };
            let values = [("repo", repository), ("version", version), ("target", &target), ("bin", "vaultlint")];
            let values = values.into_iter().chain([("binary-ext", ending)]);
            values.fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{ {name} }}"), value))
        };
        assert_eq!(filled("pkg-url"), format!("{repository}/releases/download/v{version}/{}", archive(&target)));
        let format = if target.contains("windows") { "zip" } else { "tgz" };
        assert_eq!(filled("pkg-fmt"), format);
        let program = if target.contains("windows") { "vaultlint.exe" } else { "vaultlint" };
        assert_eq!(filled("bin-dir"), format!("vaultlint-{target}/{program}"));
    }
}

#[cfg(unix)]
mod made {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::{Command, Output};
    use std::sync::OnceLock;

    /// A release packed by the project's own script. Its programs lead to the one of this build, so that they run here.
    fn release() -> &'static Path {
        static RELEASE: OnceLock<tempfile::TempDir> = OnceLock::new();
        let packed = RELEASE.get_or_init(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let program = folder.path().join("program");
            script(&program, &format!("exec '{}' \"$@\"", env!("CARGO_BIN_EXE_vaultlint")));
            for target in targets() {
                let mut package = Command::new(root().join(".ci/package"));
                let output = package.args([&target]).arg(&program).arg(folder.path()).output().expect("bash runs");
                assert!(output.status.success(), "{target}: {}", all(&output));
            }
            folder
        });
        packed.path()
    }

    fn script(path: &Path, body: &str) {
        fs::write(path, format!("#!/bin/sh\n{body}\n")).expect("a script is written");
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a mode is set");
    }

    fn all(output: &Output) -> String {
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }

    fn checksum(archive: &str) -> String {
        let stated =
            fs::read_to_string(release().join(format!("{archive}.sha256"))).expect("a checksum lies beside it");
        stated.split(' ').next().expect("a checksum").to_owned()
    }

    #[test]
    fn an_archive_holds_what_its_takers_look_for() {
        let name = "vaultlint-x86_64-unknown-linux-musl";
        let list = Command::new("tar").arg("-tzf").arg(release().join(format!("{name}.tar.gz"))).output();
        let list = all(&list.expect("tar runs"));
        for file in
            ["vaultlint", "man/vaultlint.1", "completions/_vaultlint", "completions/vaultlint.ps1", "LICENSE-MIT"]
        {
            assert!(list.lines().any(|line| line == format!("{name}/{file}")), "no {file} in\n{list}");
        }
        // What the formula installs lies in the archive.
        let formula = read("packaging/homebrew/vaultlint.rb");
        let file = regex::Regex::new(r#"install "([^"]+)""#).expect("a pattern");
        let installed: Vec<&str> =
            file.captures_iter(&formula).map(|found| found.get(1).expect("a file").as_str()).collect();
        assert!(installed.len() >= 5, "{installed:?}");
        for file in installed {
            assert!(list.lines().any(|line| line == format!("{name}/{file}")), "no {file} in\n{list}");
        }
    }

    #[test]
    fn the_templates_are_filled() {
        let out = tempfile::tempdir().expect("a temporary folder");
        let mut fill = Command::new(root().join("packaging/fill"));
        let Ok(output) = fill.arg("v1.2.3").arg(release()).arg(out.path()).output() else {
            return eprintln!("skipped: the formula and the manifest (no Python)");
        };
        assert!(output.status.success(), "{}", all(&output));
        let filled = |path: &str| fs::read_to_string(out.path().join(path)).expect("it is filled");
        let formula = filled("homebrew/vaultlint.rb");
        for archive in named(&formula) {
            let place = format!("/v1.2.3/{archive}\"\n      sha256 \"{}\"", checksum(&archive));
            assert!(formula.contains(&place), "{archive} in\n{formula}");
        }
        match Command::new("ruby").arg("-c").arg(out.path().join("homebrew/vaultlint.rb")).output() {
            Ok(read) => assert!(read.status.success(), "{}", all(&read)),
            Err(_) => eprintln!("skipped: the formula as Ruby (it is not installed)"),
        }
        for part in ["installer.", "locale.en-US.", ""] {
            let text = filled(&format!("winget/vaultlint.vaultlint.{part}yaml"));
            let manifest: serde_yaml::Value = serde_yaml::from_str(&text).expect("it is YAML");
            assert_eq!(manifest["PackageVersion"].as_str(), Some("1.2.3"));
            assert!(!text.contains('@'), "{text}");
            if part == "installer." {
                let sum = manifest["Installers"][0]["InstallerSha256"].as_str().expect("a checksum");
                assert_eq!(sum, checksum("vaultlint-x86_64-pc-windows-msvc.zip"));
            }
        }
    }

    /// A runner of the action: programs that stand in for GitHub's and for Rust's, and what they were asked.
    struct Runner {
        folder: tempfile::TempDir,
    }

    impl Runner {
        /// `gh` has the release of `version`; `cargo` hands out the program of this build.
        fn new(version: &str) -> Runner {
            let runner = Runner { folder: tempfile::tempdir().expect("a temporary folder") };
            fs::create_dir(runner.path("bin")).expect("a folder is made");
            let log = format!("echo \"$(basename \"$0\") $*\" >> '{}'", runner.path("asked").display());
            let gh = format!(
                "{log}\n[ \"$3\" = 'v{version}' ] || {{ echo 'release not found' >&2; exit 1; }}\n\
                 cd '{}' && cp \"$9\" \"${{11}}\" \"$7\"",
                release().display()
            );
            script(&runner.path("bin/gh"), &gh);
            let cargo = format!(
                "{log}\nfor word; do folder=$word; done\nmkdir -p \"$folder/release\"\ncp '{}' \"$folder/release/vaultlint\"",
                release().join("program").display()
            );
            script(&runner.path("bin/cargo"), &cargo);
            runner
        }

        fn path(&self, name: &str) -> PathBuf {
            self.folder.path().join(name)
        }

        fn install(&self, inputs: &[(&str, &str)]) -> Output {
            let path = std::env::var("PATH").unwrap_or_default();
            let mut install = Command::new("bash");
            install.arg(root().join(".github/action/install.sh")).current_dir(self.folder.path());
            install.env("PATH", format!("{}:{path}", self.path("bin").display()));
            install.env("RUNNER_TEMP", self.folder.path()).env("GITHUB_OUTPUT", self.path("output"));
            install.env("REPOSITORY", "vaultlint/vaultlint").env_remove("VERSION");
            install.envs(inputs.iter().copied()).output().expect("bash runs")
        }

        /// What was asked of the programs that stand in.
        fn asked(&self) -> String {
            fs::read_to_string(self.path("asked")).unwrap_or_default()
        }

        /// The program that the next step of the action is given runs.
        #[track_caller]
        fn has_program(&self) {
            let output = fs::read_to_string(self.path("output")).expect("the step has an output");
            let program = output.trim().strip_prefix("program=").expect("the output names the program");
            let said = all(&Command::new(program).arg("--version").output().expect("the program runs"));
            assert!(said.starts_with("vaultlint "), "{said}");
        }
    }

    const VERSION: &str = env!("CARGO_PKG_VERSION");

    #[test]
    fn the_action_installs_the_release_that_belongs_to_it() {
        let runner = Runner::new(VERSION);
        let output = runner.install(&[]);
        assert!(output.status.success(), "{}", all(&output));
        runner.has_program();
        let asked = runner.asked();
        assert!(asked.starts_with(&format!("gh release download v{VERSION} --repo vaultlint/vaultlint ")), "{asked}");
        assert!(!asked.contains("cargo"), "{asked}");
    }

    #[test]
    fn the_action_installs_the_release_that_is_asked_for_or_none() {
        let runner = Runner::new("9.8.7");
        assert!(runner.install(&[("VERSION", "v9.8.7")]).status.success());
        runner.has_program();
        let other = runner.install(&[("VERSION", "9.9.9")]);
        assert_eq!(other.status.code(), Some(2));
        assert!(all(&other).contains("::error::vaultlint: there is no release 9.9.9 to install"), "{}", all(&other));
        let evil = runner.install(&[("VERSION", "$(touch evil)")]);
        assert_eq!(evil.status.code(), Some(2));
        assert!(all(&evil).contains("a version is three numbers") && !runner.path("evil").exists(), "{}", all(&evil));
        assert!(!runner.asked().contains("cargo"), "{}", runner.asked());
    }

    #[test]
    fn the_action_builds_where_there_is_no_release() {
        // A workflow of this very repository names no repository of an action.
        for (version, repository, is_asked) in [("9.8.7", "vaultlint/vaultlint", true), (VERSION, "", false)] {
            let runner = Runner::new(version);
            let output = runner.install(&[("REPOSITORY", repository)]);
            let said = all(&output);
            assert!(output.status.success() && said.contains("no release") && said.contains("building it"), "{said}");
            runner.has_program();
            assert!(runner.asked().contains("cargo build --release --locked --manifest-path "), "{}", runner.asked());
            assert_eq!(runner.asked().contains("gh "), is_asked);
        }
    }

    #[test]
    fn the_action_takes_no_archive_whose_checksum_is_wrong() {
        let runner = Runner::new(VERSION);
        let gh = fs::read_to_string(runner.path("bin/gh")).expect("it is there");
        script(&runner.path("bin/gh"), &format!("{gh}\necho more >> \"$7/$9\""));
        let output = runner.install(&[]);
        assert_eq!(output.status.code(), Some(2), "{}", all(&output));
        assert!(all(&output).contains("::error::vaultlint: the checksum of vaultlint-"), "{}", all(&output));
        assert!(!runner.path("output").exists() && !runner.asked().contains("cargo"));
    }
}
