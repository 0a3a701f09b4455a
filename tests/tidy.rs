//! Checks the invariants of ARCHITECTURE.md against the source tree: the order of modules, the homes of crates, rules and
//! their pages, the table of rules.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use vaultlint::rule::Category;
use vaultlint::rules::RULES;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every source file below `src` with its path relative to `src` and its text.
fn sources() -> Vec<(String, String)> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).expect("src is readable") {
        let path = entry.expect("src is readable").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(root().join("src")).expect("below src").to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).expect("source is UTF-8")));
        }
    }
}

/// The modules of `lib.rs` in their order.
fn modules() -> Vec<String> {
    let lib = read("src/lib.rs");
    let names = lib.lines().filter_map(|line| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

#[test]
fn a_module_uses_only_modules_above_it() {
    let modules = modules();
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let module = file.split(['/', '.']).next().unwrap_or_default().to_owned();
        let Some(own) = modules.iter().position(|name| *name == module) else { continue };
        // Test modules may look anywhere.
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        if file.contains("test") {
            continue;
        }
        for (number, line) in code.lines().enumerate() {
            for used in used_modules(line) {
                if modules.iter().position(|name| *name == used).is_some_and(|place| place > own) {
                    wrong.push(format!("src/{file}:{}: `{module}` uses `{used}`, which stands below it", number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn used_modules(line: &str) -> Vec<String> {
    if line.trim_start().starts_with("//") {
        return Vec::new();
    }
    let pieces = line.split("crate::").skip(1);
    pieces
        .map(|piece| piece.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect())
        .collect()
}

#[test]
fn crates_stay_at_home() {
    let homes: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("comrak", &["cli/explain"][..]),
        ("granit_parser", &["parse/yaml"]),
        ("serde_yaml", &["rule.rs", "config", "cli/init", "cli/config"]),
        (
            "serde_json",
            &["report", "parse/canvas", "discover", "cli", "config/schema", "baseline", "fix", "disk", "parse/yaml"],
        ),
        ("walkdir", &["discover"]),
        ("ignore", &["discover"]),
        ("globset", &["vault/settings", "config", "discover"]),
        ("clap", &["cli"]),
        ("clap_complete", &["cli"]),
        ("clap_mangen", &["cli"]),
        ("miette", &["report/pretty"]),
        ("strsim", &["text.rs", "language", "vault/near"]),
        ("rphonetic", &["language"]),
        ("unicode_segmentation", &["language", "report"]),
        ("unicode_width", &["report"]),
        ("rust_stemmers", &["language"]),
        ("similar", &["fix"]),
        ("sha1", &["git"]),
        ("sha2", &["report", "fix", "disk", "baseline", "git"]),
        ("etcetera", &["disk"]),
        ("regex", &["vault/settings", "config", "discover", "language", "rules/pattern"]),
    ]);
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        for (name, homes) in &homes {
            let is_used = text.lines().any(|line| {
                let line = line.trim();
                !line.starts_with("//")
                    && (line.contains(&format!("{name}::")) || line.starts_with(&format!("use {name}")))
                    && !line.contains(&format!("_{name}::"))
                    && !line.contains(&format!("crate::{name}::"))
                    && !line.contains(&format!(":{name}::"))
            });
            if is_used && !homes.iter().any(|home| file.starts_with(home)) {
                wrong.push(format!("src/{file} uses `{name}`, whose home is {}", homes.join(", ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_page_a_file_and_a_line() {
    let names: Vec<String> = RULES.iter().map(|def| def.name.to_owned()).collect();
    let files = |folder: &str, extension: &str| {
        let entries = std::fs::read_dir(root().join(folder)).expect("the folder is there");
        let mut names: Vec<String> = entries
            .filter_map(|entry| {
                let path = entry.expect("an entry").path();
                let is_wanted = path.extension().is_some_and(|own| own == extension);
                is_wanted.then(|| path.file_stem().expect("a stem").to_string_lossy().into_owned())
            })
            .collect();
        names.sort();
        names
    };
    let pages: Vec<String> = files("rules", "md").into_iter().filter(|name| name != "README").collect();
    let mut sorted = names.clone();
    sorted.sort();
    assert_eq!(pages, sorted, "the pages in rules/ and the list in src/rules.rs differ");
    let sources: Vec<String> = files("src/rules", "rs").iter().map(|name| name.replace('_', "-")).collect();
    assert_eq!(sources, sorted, "the files in src/rules/ and the list in src/rules.rs differ");
    for name in files("fixtures/rules", "md") {
        assert!(names.contains(&name), "fixtures/rules/{name}.md belongs to no rule");
    }
    for def in RULES {
        let meta = def.meta();
        assert!(!meta.summary.is_empty(), "{}: the page has no first sentence", def.name);
        for replaced in &meta.replaces {
            assert!(names.contains(replaced), "{}: replaces `{replaced}`, which is no rule", def.name);
        }
        let wants_reason = meta.fix != vaultlint::rule::FixKind::None;
        let has_reason = def.page.contains("**The fix") || def.page.contains("**Fix") || def.page.contains("## Fix");
        assert!(!wants_reason || has_reason, "{}: the page does not say why its fix is safe or not", def.name);
    }
}

#[test]
fn options_on_the_page_are_the_defaults() {
    for def in RULES {
        let defaults = (def.defaults)();
        let section = def.page.split("\n## Options\n").nth(1).unwrap_or_default();
        let section = section.split("\n## ").next().unwrap_or_default();
        let block = section.split("```yaml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
        let written: serde_yaml::Value =
            serde_yaml::from_str(block).unwrap_or_else(|error| panic!("{}: {error}", def.name));
        let is_empty =
            |value: &serde_yaml::Value| value.is_null() || value.as_mapping().is_some_and(|map| map.is_empty());
        if is_empty(&defaults) {
            assert!(is_empty(&written), "{}: the page names options that the rule does not have", def.name);
        } else {
            assert_eq!(written, defaults, "{}: the page's options are not the defaults", def.name);
            (def.build)(Some(&written)).unwrap_or_else(|error| panic!("{}: {error}", def.name));
        }
    }
}

/// The table of all rules, in the order of categories and of the list.
fn table() -> String {
    let mut table = String::from("| rule | level | fix | finds |\n| --- | --- | --- | --- |\n");
    for category in Category::ALL {
        let own: Vec<_> = RULES.iter().map(|def| def.meta()).filter(|meta| meta.category == category).collect();
        if own.is_empty() {
            continue;
        }
        table.push_str(&format!("| **{}** | | | |\n", category.name()));
        for meta in own {
            let level = meta.severity.map_or("off", |severity| severity.name());
            let fix = if meta.fix.name() == "none" { "–" } else { meta.fix.name() };
            let summary = meta.summary.replace('|', "\\|");
            table.push_str(&format!("| [{0}]({0}.md) | {level} | {fix} | {summary} |\n", meta.name));
        }
    }
    table
}

/// The rules of each category in one row: what a first look needs.
fn overview() -> String {
    let mut table = String::from("| about | finds |\n| --- | --- |\n");
    for category in Category::ALL {
        let own: Vec<_> = RULES.iter().map(|def| def.meta()).filter(|meta| meta.category == category).collect();
        let names: Vec<String> = own.iter().map(|meta| format!("[{0}](rules/{0}.md)", meta.name)).collect();
        if !names.is_empty() {
            table.push_str(&format!("| **{}** | {} |\n", category.name(), names.join(", ")));
        }
    }
    table
}

/// Compares a generated piece of a file, or rewrites it with `UPDATE_EXPECT=1`.
fn check_generated(path: &str, start: &str, end: &str, content: &str) {
    let text = read(path);
    let (Some(from), Some(to)) = (text.find(start), text.find(end)) else {
        panic!("{path} has no `{start}` … `{end}`")
    };
    let from = from + start.len();
    let expected = format!("\n{content}");
    if text[from..to] == expected {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        let updated = format!("{}{expected}{}", &text[..from], &text[to..]);
        std::fs::write(root().join(path), updated).expect("the file can be written");
        return;
    }
    panic!("{path} is not up to date: UPDATE_EXPECT=1 cargo test --test tidy");
}

#[test]
fn the_tables_of_rules_are_up_to_date() {
    let table = table();
    check_generated("rules/README.md", "<!-- rules -->", "<!-- /rules -->", &table);
    check_generated("README.md", "<!-- rules -->", "<!-- /rules -->", &overview());
}

#[test]
fn every_module_begins_with_a_sentence() {
    let wrong: Vec<String> = sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(file, _)| format!("src/{file}"))
        .collect();
    assert!(wrong.is_empty(), "no module comment: {}", wrong.join(", "));
}

#[test]
fn nothing_is_unwrapped_in_src() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if file.contains("test") {
            continue;
        }
        for (number, line) in text.split("#[cfg(test)]").next().unwrap_or_default().lines().enumerate() {
            if line.contains(".unwrap()") && !line.trim_start().starts_with("//") {
                wrong.push(format!("src/{file}:{}", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "`unwrap()` in {}", wrong.join(", "));
}

#[test]
fn every_module_stands_in_the_code_map() {
    let map = read("ARCHITECTURE.md");
    let missing: Vec<String> = modules().into_iter().filter(|module| !map.contains(&format!("{module}.rs"))).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md does not name {}", missing.join(", "));
}
