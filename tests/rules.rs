//! Runs every example in `rules/` and `fixtures/rules/`: what is reported, and what the fixes leave.
//! `UPDATE_EXPECT=1 cargo test --test rules` rewrites the report and fixed blocks.

mod support;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use support::{Block, Example, examples};
use vaultlint::config::{Config, ConfigText, Selection};
use vaultlint::diagnostic::{Applicability, Diagnostic, Severity};
use vaultlint::fix::{self, Changes, applicable};
use vaultlint::lint::{Linted, in_memory};
use vaultlint::report::concise;
use vaultlint::text::VaultPath;
use vaultlint::vault::Vault;

type Files = Vec<(VaultPath, Arc<str>)>;

#[test]
fn pages_are_true() {
    let mut failures = Vec::new();
    let mut run = 0;
    for folder in ["rules", "fixtures/rules"] {
        for path in pages(folder) {
            let rule = path.file_stem().expect("a page has a name").to_string_lossy().into_owned();
            if rule == "README" {
                continue;
            }
            run += check_page(&path, &rule, &mut failures);
        }
    }
    assert!(failures.is_empty(), "{} examples are not true:\n\n{}", failures.len(), failures.join("\n\n"));
    assert!(run > 0, "no example was run");
}

/// Who is to trust a fix reads on its page when it is applied, and sees a note before and after it.
#[test]
fn pages_show_the_fixes_of_their_rules() {
    let mut wrong = Vec::new();
    for def in vaultlint::rules::RULES {
        let (name, page, declared) = (def.name, def.page, def.meta().fix.name());
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/rules/{name}.md"));
        let fixtures = std::fs::read_to_string(fixtures).unwrap_or_default();
        let offered = |kind, or_chosen| [page, &fixtures].iter().any(|page| offers(page, name, kind, or_chosen));
        let kinds =
            [("safe", Applicability::Safe, "after the fix"), ("unsafe", Applicability::Unsafe, "after the unsafe fix")];
        for (kind, applicability, suffix) in kinds {
            let is_declared = declared == kind || declared == "both";
            if is_declared != offered(applicability, is_declared) {
                wrong.push(format!("{name}: `fix: {declared}`, but the examples say otherwise of {kind} fixes"));
            }
            let is_shown = examples(page).iter().flat_map(|own| &own.blocks).any(|own| own.caption.ends_with(suffix));
            if is_declared && !is_shown {
                wrong.push(format!("{name}: the page has no note {suffix}"));
            }
            if is_declared && !prose(page).iter().any(|paragraph| gives_reason(paragraph, kind)) {
                wrong.push(format!("{name}: the page does not say why its fix is {kind}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The paragraphs of a page: no properties, headings, captions or code.
fn prose(page: &str) -> Vec<String> {
    let body = page.splitn(3, "---\n").nth(2).unwrap_or_default();
    let outside = body.split("```").step_by(2).flat_map(|text| text.split("\n\n"));
    let is_prose = |text: &&str| !text.is_empty() && !text.starts_with('#') && !text.ends_with("fix:");
    outside.map(str::trim).filter(is_prose).map(str::to_owned).collect()
}

/// Tells whether a paragraph says that a fix is safe or unsafe and in the same sentence why.
fn gives_reason(paragraph: &str, kind: &str) -> bool {
    const REASONS: [&str; 7] = [" since ", ": ", " where ", " when ", " if ", " unless ", " only when "];
    let mut sentences = paragraph.split(". ");
    sentences.any(|sentence| {
        let has_word = sentence.split(|c: char| !c.is_alphanumeric()).any(|word| word == kind);
        has_word && REASONS.iter().any(|reason| sentence.contains(reason))
    })
}

/// Tells whether the rule offers a fix of that kind in an example, perhaps as one of several to choose from.
fn offers(page: &str, rule: &str, kind: Applicability, or_chosen: bool) -> bool {
    examples(page).iter().any(|example| {
        let found = in_memory(&example.files(), &config(example, rule)).diagnostics;
        let chosen = |own: &Diagnostic| or_chosen && own.alternatives.iter().any(|fix| fix.applicability == kind);
        let own = found.iter().filter(|own| own.rule == rule);
        own.into_iter().any(|own| own.fix.as_ref().is_some_and(|fix| fix.applicability == kind) || chosen(own))
    })
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder of pages is there");
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.expect("a page is listed").path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    pages
}

fn check_page(path: &Path, rule: &str, failures: &mut Vec<String>) -> usize {
    let page = std::fs::read_to_string(path).expect("a page is UTF-8");
    let examples = examples(&page);
    let mut edits = Vec::new();
    for example in &examples {
        for (block, actual) in outcomes(&page, example, rule) {
            if block.content != actual {
                let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(path).display();
                failures.push(format!(
                    "{name}, `{}`, {}:\n--- expected\n{}--- got\n{actual}---",
                    example.heading, block.caption, block.content
                ));
                let text = if block.range.is_empty() { new_block(&block.caption, &actual) } else { actual };
                edits.push((block.range.clone(), text));
            }
        }
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() && !edits.is_empty() {
        let mut page = page.clone();
        edits.sort_by_key(|(range, _)| range.start);
        for (range, text) in edits.into_iter().rev() {
            page.replace_range(range, &text);
        }
        std::fs::write(path, page).expect("a page can be written");
    }
    examples.len()
}

/// What each expectation of an example should say, with the block that says it now. Missing `report` blocks expect
/// nothing; where something is reported all the same, the block is made up at the end of the section.
fn outcomes(page: &str, example: &Example, rule: &str) -> Vec<(Block, String)> {
    let config = config(example, rule);
    let files = example.files();
    let linted = in_memory(&files, &config);
    let mut outcomes = vec![report(page, example, &linted)];
    for (suffix, unsafe_too) in [("after the fix", false), ("after the unsafe fix", true)] {
        let wanted: Vec<_> =
            files.iter().filter(|(path, _)| example.block(&format!("`{path}` {suffix}")).is_some()).collect();
        if wanted.is_empty() && !example.blocks.is_empty() && unsafe_too {
            continue;
        }
        let most = if unsafe_too { Applicability::Unsafe } else { Applicability::Safe };
        let fixed = fixed(&files, &config, most);
        assert_eq!(
            fixed,
            self::fixed(&fixed, &config, most),
            "{rule}, `{}`: a second run changes something",
            example.heading
        );
        for (path, text) in &fixed {
            let before = files.iter().find(|(own, _)| own == path).map(|(_, text)| text);
            let caption = format!("`{path}` {suffix}");
            match example.block(&caption) {
                Some(block) => outcomes.push((copy(block), text.to_string())),
                None if before != Some(text) && !unsafe_too => {
                    outcomes.push((missing(example, &caption), text.to_string()))
                }
                None => {}
            }
        }
    }
    outcomes
}

fn report(page: &str, example: &Example, linted: &Linted) -> (Block, String) {
    let _ = page;
    let actual = concise(&linted.vault, &linted.diagnostics);
    match example.language("report") {
        Some(block) => (copy(block), actual),
        None => (missing(example, "report"), actual),
    }
}

/// A block that the page does not have yet, as it is to be written.
fn new_block(caption: &str, text: &str) -> String {
    match caption.trim_end_matches(MISSING) {
        "report" => format!("```report\n{text}```\n"),
        caption => format!("{caption}:\n```md\n{text}```\n"),
    }
}

const MISSING: &str = " (no such block)";

fn missing(example: &Example, caption: &str) -> Block {
    let content = String::new();
    Block { caption: format!("{caption}{MISSING}"), language: String::new(), content, range: example.end..example.end }
}

fn copy(block: &Block) -> Block {
    Block {
        caption: block.caption.clone(),
        language: block.language.clone(),
        content: block.content.clone(),
        range: block.range.clone(),
    }
}

/// The rule of the page alone, on; a `yaml` block is the config and may switch others on.
fn config(example: &Example, rule: &str) -> Config {
    let text = example.language("yaml").map(|block| block.content.clone()).unwrap_or_default();
    let file = ConfigText { path: "vaultlint.yaml".to_owned(), text };
    let resolve = |selection: &Selection| {
        Config::resolve(Some(&file), selection, &|path| Err(format!("{path}: no file in an example")))
            .unwrap_or_else(|problems| panic!("{rule}, `{}`: {problems:?}", example.heading))
    };
    let mut config = resolve(&Selection::default());
    let overridden: Vec<usize> =
        config.overrides.iter().flat_map(|own| own.levels.iter().map(|(index, _)| *index)).collect();
    let named = |index: usize, name: &str| {
        let key = format!("rules.{name}");
        let is_set = |(own, _, origin): &(String, String, String)| {
            own.strip_prefix(&key).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) && origin != "default"
        };
        overridden.contains(&index) || config.origins.iter().any(is_set)
    };
    let named: Vec<bool> = config.rules.iter().enumerate().map(|(index, own)| named(index, own.def.name)).collect();
    for (active, is_named) in config.rules.iter_mut().zip(named) {
        if active.def.name == rule {
            active.level = active.level.or(Some(Severity::Warning));
        } else if !is_named {
            active.level = None;
        }
    }
    obsidian(example, &mut config);
    config
}

fn obsidian(example: &Example, config: &mut Config) {
    let mut json = |name: &str| {
        let block = example.block(&format!("`.obsidian/{name}`"));
        block.map_or(serde_json::Value::Null, |block| serde_json::from_str(&block.content).expect("settings are JSON"))
    };
    let settings = Arc::make_mut(&mut config.settings);
    settings.obsidian = vaultlint::discover::obsidian_settings(&mut json);
    settings.today = Some(jiff::civil::date(2026, 1, 15));
}

fn fixed(files: &Files, config: &Config, most: Applicability) -> Files {
    let mut choose = |_: &Vault, diagnostic: &Diagnostic| applicable(diagnostic, most).cloned();
    let mut relint = |_: Linted, changes: &Changes| in_memory(&changed(files, changes), config);
    let outcome = fix::run(in_memory(files, config), &mut choose, &mut relint);
    let bugs: Vec<String> =
        outcome.bugs.iter().map(|bug| format!("{}: {} ({})", bug.rule, bug.title, bug.reason)).collect();
    assert!(bugs.is_empty(), "fixes were taken back: {bugs:?}");
    changed(files, &outcome.changes)
}

fn changed(files: &Files, changes: &Changes) -> Files {
    let change = |(path, text): &(VaultPath, Arc<str>)| {
        let change = changes.get(path);
        let text =
            change.and_then(|change| change.text.as_ref()).map_or_else(|| text.clone(), |text| text.after.clone());
        (change.and_then(|change| change.moved_to.clone()).unwrap_or_else(|| path.clone()), text)
    };
    files.iter().map(change).collect()
}
