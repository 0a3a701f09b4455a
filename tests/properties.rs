//! What must hold for every vault: random edits of real-shaped notes, from a seed that a failure prints.
//! `VAULTLINT_CASES=100000` runs more of them, `VAULTLINT_SEED` others; `VAULTLINT_KEEP` names a folder for what fails.

#[path = "support/mutate.rs"]
mod mutate;
mod support;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use mutate::{Random, mutated};
use vaultlint::config::Config;
use vaultlint::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use vaultlint::fix::{self, Changes, applicable, apply};
use vaultlint::lint::{Linted, in_memory};
use vaultlint::note::{Note, Outline, Property, Range, Value, ValueKind};
use vaultlint::parse::parse;
use vaultlint::text::{FileId, Span, VaultPath};
use vaultlint::vault::Vault;

type Files = Vec<(VaultPath, Arc<str>)>;

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Runs a property for many seeds; a panic or a broken promise names its seed.
fn for_seeds(cases: u64, property: impl Fn(u64) -> Result<(), String>) {
    let (cases, first) = (number("VAULTLINT_CASES", cases), number("VAULTLINT_SEED", 1));
    for seed in first..first + cases {
        let outcome = catch_unwind(AssertUnwindSafe(|| property(seed)));
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(broken)) => panic!("VAULTLINT_SEED={seed} VAULTLINT_CASES=1: {broken}"),
            Err(_) => panic!("VAULTLINT_SEED={seed} VAULTLINT_CASES=1: a panic"),
        }
    }
}

/// The notes of the demo vault and of every page of a rule.
fn corpus() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["fixtures/vaults/demo", "rules", "fixtures/rules"] {
        add_folder(&root.join(folder), &root.join(folder), &mut files);
    }
    let pages: Vec<Arc<str>> = files.iter().map(|(_, text): &(VaultPath, Arc<str>)| text.clone()).collect();
    for (number, page) in pages.iter().enumerate() {
        for (path, text) in support::examples(page).iter().flat_map(support::Example::files) {
            files.push((VaultPath::new(&format!("examples/{number}/{path}")), text));
        }
    }
    files.sort();
    files
}

fn add_folder(root: &Path, folder: &Path, files: &mut Files) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !name.starts_with('.') {
            add_folder(root, &path, files);
        } else if name.ends_with(".md") || name.ends_with(".canvas") {
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let relative = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
            files.push((VaultPath::new(&relative), text.into()));
        }
    }
}

/// A small vault around some mutated notes.
fn vault(corpus: &Files, seed: u64) -> Files {
    let mut random = Random::new(seed);
    let mut files: Files = Vec::new();
    for _ in 0..4 {
        let (path, text) = &corpus[random.below(corpus.len())];
        let (_, other) = &corpus[random.below(corpus.len())];
        files.retain(|(there, _)| there != path);
        files.push((path.clone(), mutated(text, other, &mut random).into()));
    }
    // One note stays as it is, so that links lead somewhere.
    let (path, text) = &corpus[random.below(corpus.len())];
    files.retain(|(there, _)| there != path);
    files.push((path.clone(), text.clone()));
    files.sort();
    files
}

/// Writes a vault that breaks a promise into the folder that `VAULTLINT_KEEP` names.
fn keep(files: &Files) {
    let Some(folder) = std::env::var_os("VAULTLINT_KEEP").map(std::path::PathBuf::from) else { return };
    for (path, text) in files {
        let file = folder.join(path.as_str());
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders can be made");
        std::fs::write(file, text.as_bytes()).expect("a note can be written");
    }
}

/// Every rule on, whatever its level by default.
fn everything() -> Config {
    let mut config = Config::default();
    for active in &mut config.rules {
        active.level = active.level.or(Some(Severity::Warning));
    }
    let settings = Arc::make_mut(&mut config.settings);
    settings.today = Some(jiff::civil::date(2026, 1, 15));
    config
}

fn fits(text: &str, span: Span, what: &str) -> Result<(), String> {
    let range = span.start as usize..span.end as usize;
    match span.start <= span.end && text.get(range).is_some() {
        true => Ok(()),
        false => Err(format!("{what}: {span:?} does not fit a text of {} bytes", text.len())),
    }
}

#[test]
fn spans_of_a_note_fit_its_text() {
    let corpus = corpus();
    for_seeds(400, |seed| {
        let mut random = Random::new(seed);
        let (path, text) = &corpus[random.below(corpus.len())];
        let (_, other) = &corpus[random.below(corpus.len())];
        let text = mutated(text, other, &mut random);
        let path = if random.below(8) == 0 { VaultPath::new("a.canvas") } else { path.clone() };
        let note = parse(FileId(0), path, text.as_str());
        spans(&note).into_iter().try_for_each(|(what, span)| fits(&text, span, what))
    });
}

fn spans(note: &Note) -> Vec<(&'static str, Span)> {
    let (outline, body) = (&note.outline, &note.body);
    let mut spans = vec![("frontmatter", outline.frontmatter.inner)];
    spans.extend(outline.frontmatter.span.map(|span| ("frontmatter", span)));
    spans.extend(outline.frontmatter.problems.iter().map(|problem| ("problem", problem.span)));
    spans.extend(outline.properties.iter().flat_map(|entry| [("key", entry.key_span), ("value", entry.value.span)]));
    spans.extend(outline.values.iter().map(|value| ("value", value.span)));
    spans.extend(outline.headings.iter().flat_map(|item| [("heading", item.span), ("heading", item.text_span)]));
    spans.extend(body.items.iter().flat_map(|item| [("item", item.span), ("item", item.text_span)]));
    spans.extend(body.paragraphs.iter().map(|item| ("paragraph", item.span)));
    spans.extend(outline.links.iter().flat_map(|link| [("link", link.span), ("target", link.target_span)]));
    spans.extend(outline.links.iter().filter_map(|link| Some(("display", link.display?))));
    spans.extend(outline.tags.iter().map(|item| ("tag", item.span)));
    spans.extend(outline.block_ids.iter().map(|item| ("block id", item.span)));
    spans.extend(body.callouts.iter().map(|item| ("callout", item.span)));
    spans.extend(body.fields.iter().flat_map(|item| [("field", item.key_span), ("field", item.value_span)]));
    spans.extend(body.verbatim.iter().map(|item| ("verbatim", item.span)));
    spans.extend(body.unclosed.iter().map(|item| ("unclosed", item.span)));
    spans.extend(outline.suppressions.iter().flat_map(|item| [("suppression", item.span), ("scope", item.scope)]));
    spans.extend(outline.canvas_problem.iter().map(|(span, _)| ("canvas problem", *span)));
    spans
}

#[test]
fn findings_and_fixes_fit_their_texts() {
    let (corpus, config) = (corpus(), everything());
    for_seeds(100, |seed| {
        let linted = in_memory(&vault(&corpus, seed), &config);
        linted.diagnostics.iter().try_for_each(|diagnostic| finding_fits(&linted, diagnostic))
    });
}

fn finding_fits(linted: &Linted, diagnostic: &Diagnostic) -> Result<(), String> {
    let what = format!("{}: {}", diagnostic.rule, diagnostic.message);
    for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.related) {
        fits(&linted.vault.text(label.file).unwrap_or_default(), label.span, &what)?;
    }
    for fix in diagnostic.fix.iter().chain(&diagnostic.alternatives) {
        for edit in &fix.edits {
            let text = linted.vault.text(edit.file).unwrap_or_default();
            fits(&text, edit.span, &what)?;
            let own: Vec<Edit> = fix.edits.iter().filter(|other| other.file == edit.file).cloned().collect();
            apply(linted.vault.path(edit.file), &text, &own).map_err(|bad| format!("{what}: {}: {bad}", fix.title))?;
        }
    }
    Ok(())
}

#[test]
fn a_second_run_of_the_fixes_changes_nothing() {
    let (corpus, config) = (corpus(), everything());
    for_seeds(60, |seed| {
        let files = vault(&corpus, seed);
        for most in [Applicability::Safe, Applicability::Unsafe] {
            let (outcome, fixed) = fix::in_memory(&files, &config, most);
            if let Some(bug) = outcome.bugs.first() {
                keep(&files);
                return Err(format!("{} in {}:{}: {} ({})", bug.rule, bug.path, bug.line, bug.reason, bug.title));
            }
            let (again, _) = fix::in_memory(&fixed, &config, most);
            if let Some(second) = again.applied.first() {
                keep(&files);
                return Err(format!("{} in {}:{} again: {}", second.rule, second.path, second.line, second.title));
            }
        }
        Ok(())
    });
}

#[test]
fn bytes_outside_the_edits_stay() {
    let (corpus, config) = (corpus(), everything());
    for_seeds(100, |seed| {
        let linted = in_memory(&vault(&corpus, seed), &config);
        let fixes =
            linted.diagnostics.iter().flat_map(|diagnostic| diagnostic.fix.iter().chain(&diagnostic.alternatives));
        fixes.into_iter().try_for_each(|fix| edits_alone(&linted, fix))
    });
}

/// What lies between the edits must lie between what they left.
fn edits_alone(linted: &Linted, fix: &Fix) -> Result<(), String> {
    for file in fix.edits.iter().map(|edit| edit.file) {
        let text = linted.vault.text(file).unwrap_or_default();
        let mut edits: Vec<Edit> = fix.edits.iter().filter(|edit| edit.file == file).cloned().collect();
        edits.sort_by_key(|edit| edit.span);
        let fixed = apply(linted.vault.path(file), &text, &edits).map_err(|bad| bad.to_string())?;
        let mut rest = fixed.as_str();
        let mut at = 0;
        for edit in &edits {
            let kept = &text[at..edit.span.range().start];
            let Some(found) = rest.find(kept) else { return Err(format!("`{kept}` is lost: {}", fix.title)) };
            rest = &rest[found + kept.len()..];
            at = edit.span.range().end.max(at);
        }
        if !rest.ends_with(&text[at..]) {
            return Err(format!("the end is lost: {}", fix.title));
        }
    }
    Ok(())
}

#[test]
fn valid_frontmatter_stays_valid_and_equal_but_for_the_edited_keys() {
    let (corpus, config) = (corpus(), everything());
    for_seeds(60, |seed| {
        let files = vault(&corpus, seed);
        let mut edited = BTreeSet::new();
        let mut choose = |vault: &Vault, diagnostic: &Diagnostic| {
            let fix = applicable(diagnostic, Applicability::Unsafe).filter(|fix| fix.rename.is_none())?;
            edited.extend(fix.edits.iter().flat_map(|edit| touched_keys(vault, edit)));
            Some(fix.clone())
        };
        let mut relint = |_: Linted, changes: &Changes| in_memory(&changes.applied_to(&files), &config);
        let before = in_memory(&files, &config);
        let after = fix::run(in_memory(&files, &config), &mut choose, &mut relint).linted;
        before.vault.files().try_for_each(|(id, _)| frontmatter_stays(&before.vault, &after.vault, id, &edited))
    });
}

/// The top-level properties that an edit touches, by path and name.
fn touched_keys(vault: &Vault, edit: &Edit) -> Vec<(VaultPath, String)> {
    let outline = vault.outline(edit.file);
    let properties = outline.top_level();
    // A property reaches to the next one: the comment that swallowed its value is part of it.
    let reaches_to = |index: usize| properties.get(index + 1).map_or(u32::MAX, |next| next.key_span.start);
    let touches = |(index, property): &(usize, &Property)| {
        edit.span.start < reaches_to(*index) && property.key_span.start <= edit.span.end
    };
    let touched = properties.iter().enumerate().filter(touches).map(|(_, property)| property);
    touched.map(|property| (vault.path(edit.file).clone(), outline.str(property.key).to_owned())).collect()
}

fn frontmatter_stays(
    before: &Vault,
    after: &Vault,
    id: FileId,
    edited: &BTreeSet<(VaultPath, String)>,
) -> Result<(), String> {
    let path = before.path(id);
    let (before, after) = (before.outline(id), after.outline(id));
    if before.frontmatter.span.is_none() || !before.frontmatter.valid {
        return Ok(());
    }
    if after.frontmatter.span.is_none() || !after.frontmatter.valid {
        return Err(format!("the frontmatter of {path} is broken"));
    }
    for property in before.top_level() {
        let key = before.str(property.key).to_owned();
        let is_same = |other: &&Property| {
            after.str(other.key) == key && shown(after, &other.value) == shown(before, &property.value)
        };
        if after.top_level().iter().find(is_same).is_none() && !edited.contains(&(path.clone(), key.clone())) {
            return Err(format!("{path}: `{key}` changed without an edit of its own"));
        }
    }
    Ok(())
}

fn shown(outline: &Outline, value: &Value) -> String {
    let list =
        |range: Range| outline.list(range).iter().map(|value| shown(outline, value)).collect::<Vec<_>>().join(", ");
    let entry = |property: &Property| format!("{}: {}", outline.str(property.key), shown(outline, &property.value));
    match value.kind {
        ValueKind::Text { value, .. } => format!("{:?}", outline.str(value)),
        ValueKind::List(range) => format!("[{}]", list(range)),
        ValueKind::Map(range) => {
            format!("{{{}}}", outline.entries(range).iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => format!("{other:?}"),
    }
}
