//! comrak's own wikilinks beside ours, on every fixture and on random Markdown. Each difference that is allowed has its
//! clause: `C` says what comrak does, `L` what Obsidian does.

use std::collections::BTreeMap;
use std::path::Path;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use proptest::prelude::*;
use vaultlint::note::{LinkKind, Note, VerbatimKind};
use vaultlint::parse::parse;
use vaultlint::text::{FileId, VaultPath};

#[test]
fn fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut compared = 0;
    for folder in ["fixtures", "rules"] {
        compared += check_folder(&root.join(folder));
    }
    assert!(compared > 0, "no fixture was compared");
}

fn check_folder(folder: &Path) -> usize {
    let mut compared = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            compared += check_folder(&path);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            // One note of the demo vault is not UTF-8 on purpose.
            let Ok(page) = std::fs::read_to_string(&path) else { continue };
            // comrak reads frontmatter as text (clause C8); links in properties are another matter.
            let body = page.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
            let page = body.map_or(page.as_str(), |(_, body)| body);
            // The notes of a page stand in code blocks: they are compared one by one.
            for text in page.split("\n````").chain([page]) {
                compare(text).unwrap_or_else(|difference| panic!("{}: {difference}", path.display()));
                compared += 1;
            }
        }
    }
    compared
}

const PIECES: &[&str] = &[
    "a",
    "word ",
    " ",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "# ",
    "[[a]]",
    "[[b|c]]",
    "![[d]]",
    "[[",
    "]]",
    "[",
    "]",
    "|",
    "\\|",
    "\\[",
    "[x](y)",
    "(z)",
    "`",
    "``",
    "$",
    "<b>",
    "</b>",
    "<!--",
    "-->",
    "%%",
    "#t",
    "[[e#f]]",
    "[[g||h]]",
    "[[]]",
    "[[i\\|j]]",
    "[[|k]]",
    "[[l\nm]]",
    "| n |\n",
    "|---|\n",
    "&amp;",
    "[[o]p]]",
    "[[q [[r]] s]]",
    "[[[t]]]",
    "*",
    "    ",
    "é",
];

fn markdown() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(PIECES), 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: ProptestConfig::default().cases.max(3000),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_markdown(text in markdown()) {
        if let Err(difference) = compare(&text) {
            return Err(TestCaseError::fail(difference));
        }
    }
}

/// Compares how often each target is linked.
fn compare(text: &str) -> Result<(), String> {
    let note = parse(FileId(0), VaultPath::new("Note.md"), text);
    let (ours, judged) = (our_targets(&note), judged_targets(text));
    for target in ours.keys().chain(judged.keys()) {
        let (our_count, judged_count) = (ours.get(target).copied(), judged.get(target).copied());
        if our_count == judged_count {
            continue;
        }
        let reason = if our_count < judged_count { more_in_comrak(&note, target) } else { more_in_ours(&note, target) };
        if reason.is_none() {
            return Err(format!("`{target}`: ours {our_count:?}, comrak {judged_count:?} in\n{text}\n{text:?}"));
        }
    }
    Ok(())
}

/// The clause for which comrak has a link that we do not have.
fn more_in_comrak(note: &Note, target: &str) -> Option<&'static str> {
    let text = &note.text;
    let has = |kind: VerbatimKind| note.body.verbatim.iter().any(|region| region.kind == kind);
    let clauses = [
        (target.is_empty() || target.contains(['\n', '\r']), "C4"),
        (ends_on_another_line(text, target), "C4: a line ending beside the target, which comrak trims away (C5, L3)"),
        (target.contains('&'), "C5: entities"),
        (target.contains('|') || text.contains("\\["), "C5: backslashes"),
        (text.contains("[[["), "L4: three brackets"),
        (text.contains("[[[") || text.matches("[[").count() > text.matches("]]").count(), "L4: innermost"),
        (target.contains('`') || has(VerbatimKind::InlineCode), "L5: code inside the brackets"),
        (has(VerbatimKind::Html) || has(VerbatimKind::HtmlComment), "L7: between inline tags"),
        (text.contains("\n    ") && text.contains("- "), "T3: indented lists hold blocks of their own"),
        (text.contains("](") || text.contains("[x]"), "C6: a wikilink in the text of a link"),
        (text.contains("|---"), "L10: an unescaped pipe breaks the cell"),
        (text.contains("$"), "L8"),
    ];
    clauses.into_iter().find(|(applies, _)| *applies).map(|(_, clause)| clause)
}

/// Some `[[` of that target is closed in another line only.
fn ends_on_another_line(text: &str, target: &str) -> bool {
    let is_margin = |c: char| c.is_whitespace() || c == '>';
    text.match_indices("[[").any(|(at, _)| {
        let inside = &text[at + 2..];
        let inside = inside.find("]]").map_or(inside, |end| &inside[..end]);
        let written = inside.split('|').next().unwrap_or_default();
        inside.contains(['\n', '\r']) && written.trim_matches(is_margin) == target.trim_matches(is_margin)
    })
}

/// The clause for which we have a link that comrak does not have.
fn more_in_ours(note: &Note, target: &str) -> Option<&'static str> {
    let text = &note.text;
    let is_it = |link: &&vaultlint::note::Link| link.target_span.of(text).trim() == target;
    let first = note.outline.links.iter().find(is_it)?;
    let (is_embed, first) = (note.outline.links.iter().filter(is_it).any(|link| link.embed), first.span.start as usize);
    let brackets = |sign: char| text[..first].matches(sign).count();
    let clauses = [
        (is_embed, "C1"),
        (brackets('[') > 0 || brackets(']') > 0, "C2: a bracket before it"),
        (text.matches("[[").count() > 1, "C2: a bracket before another link of that target"),
        (target.contains(['[', ']', '|']), "C3"),
        (target.contains('&'), "C5: entities"),
        (text.contains("\\|"), "C5: escaped pipes"),
        (target.starts_with('|'), "C4: a pipe in first position"),
        (text[first..].contains("||"), "C3: two pipes"),
        (text.contains("    "), "T3: an indented list"),
        (text[first..].contains("]]]"), "C3: a bracket behind it"),
    ];
    clauses.into_iter().find(|(applies, _)| *applies).map(|(_, clause)| clause)
}

fn our_targets(note: &Note) -> BTreeMap<String, usize> {
    let links = note.outline.links.iter().filter(|link| link.kind == LinkKind::Wikilink);
    count(links.map(|link| link.target_span.of(&note.text).trim().to_owned()))
}

fn judged_targets(text: &str) -> BTreeMap<String, usize> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.math_dollars = true;
    options.extension.wikilinks_title_after_pipe = true;
    let arena = Arena::new();
    let root = parse_document(&arena, text, &options);
    count(root.descendants().filter_map(|node| match &node.data().value {
        NodeValue::WikiLink(link) => Some(link.url.trim().to_owned()),
        _ => None,
    }))
}

fn count(targets: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for target in targets {
        *counts.entry(target).or_default() += 1;
    }
    counts
}
