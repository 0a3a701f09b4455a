//! The same statement twice in one note.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Applicability, Fix, Severity};
use crate::language::fact::{Relation, fingerprint, is_unspaced_statement};
use crate::note::{FactKind, FactPlace, Link, Note};
use crate::rule::statements::{groups, quoted, reason, removals};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, last_component, to_u32, words};
use crate::vault::Vault;
use crate::vault::facts::{FactId, FactPair};
use crate::vault::settings::Settings;

mod topics;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateFact {}

impl Rule for DuplicateFact {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        for list in topics::repeated(note) {
            report_topics(note, &list, diagnostics);
        }
    }

    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let pairs: Vec<&FactPair> = vault.note_facts(file).pairs.iter().filter(|pair| is_duplicate(vault, pair)).collect();
        for group in groups(&pairs) {
            report_group(vault, &group, &pairs, diagnostics);
        }
        for group in repeated_links(vault, file) {
            report_again(vault, &group, "this list has the same link twice", diagnostics);
        }
        for group in repeated_entries(vault, file) {
            report_again(vault, &group, "this entry stands twice", diagnostics);
        }
    }
}

fn is_duplicate(vault: &Vault, pair: &FactPair) -> bool {
    matches!(pair.comparison.relation, Relation::Equal | Relation::Near) && says_enough(vault, pair.one)
}

/// Two words say too little to be called a fact, unless one is said of the other.
fn says_enough(vault: &Vault, id: FactId) -> bool {
    let statement = vault.statement(id);
    statement.len() >= 3
        || statement.len() == 2 && statement.has_copula()
        || is_unspaced_statement(vault.fact_text(id))
}

fn report_group(vault: &Vault, group: &[FactId], pairs: &[&FactPair], diagnostics: &mut Diagnostics) {
    let [first, second, ..] = *group else { return };
    let file = first.file;
    let is_equal = group.iter().all(|id| vault.fingerprint(*id) == vault.fingerprint(first));
    let times = if group.len() == 2 { "twice".to_owned() } else { format!("{} times", group.len()) };
    let how = if is_equal { times } else { format!("{times}, in other words") };
    let message = format!("{} is stated {how}", quoted(vault.fact_text(first)));
    let diagnostic = diagnostics.report(file, vault.fact(second).span, message);
    diagnostic.label("said again here").related(file, vault.fact(first).span, "first said here");
    for id in &group[2..] {
        diagnostic.related(file, vault.fact(*id).span, "and here");
    }
    let differs = |pair: &&&FactPair| pair.comparison.relation == Relation::Near && group.contains(&pair.one);
    let comparison = pairs.iter().find(|pair| pair.one == first && pair.another == second);
    let comparison = comparison.or_else(|| pairs.iter().find(differs));
    let why = comparison.map_or_else(|| "the same words".to_owned(), |pair| reason(&pair.comparison));
    diagnostic.help(format!("{why}\nkeep one of them"));
    if let Some(mut fix) = fix(vault, group, is_equal) {
        let is_label = || !vault.statement(first).says_something() && !is_unspaced_statement(vault.fact_text(first));
        if fix.applicability == Applicability::Safe && is_label() {
            fix = Fix::unsafe_because(fix.title, "one of two equal labels may be meant for something else", fix.edits);
        }
        diagnostic.fix(fix);
    }
}

/// Takes out the later ones, if all stand in one list. Of two that are worded differently the longer stays.
fn fix(vault: &Vault, group: &[FactId], is_equal: bool) -> Option<Fix> {
    let list = |id: &FactId| match vault.fact(*id).place {
        FactPlace::Item(list) => Some(list),
        _ => None,
    };
    let first = list(group.first()?)?;
    if group.iter().any(|id| list(id) != Some(first)) {
        return None;
    }
    let longest = group.iter().max_by_key(|id| (vault.fact_text(**id).len(), std::cmp::Reverse(**id)))?;
    let is_alike = |id: &FactId| are_written_alike(vault.fact_text(*id), vault.fact_text(group[0]));
    let are_alike = is_equal && group.iter().all(is_alike);
    let kept = if are_alike { group.first()? } else { longest };
    let others = group.iter().filter(|id| *id != kept);
    let edits = removals(vault, kept.file, others.map(|id| vault.fact(*id)))?;
    Some(match are_alike {
        true => Fix::safe("remove what is said again", edits),
        false => Fix::unsafe_because("keep the longest alone", "the others are worded differently", edits),
    })
}

/// The texts are the same to the letter, but for bold print, space and what stands at the end: `-v` and `-V` are two options,
/// `F♯` and `F♭` two tones.
fn are_written_alike(one: &str, another: &str) -> bool {
    let plain = |text: &str| {
        let text = text.replace("**", "");
        let words: Vec<&str> = text.split_whitespace().collect();
        let text = words.join(" ");
        // `✅ Single sign-on works` is the same as without the mark.
        let is_mark = |letter: char| !letter.is_ascii() && !letter.is_alphanumeric() || letter == ' ';
        let text = text.trim_start_matches(is_mark).trim_end_matches(['.', '!', ';', '。', '！']);
        // A sentence may begin with a small letter.
        let first = text.chars().next().map(|letter| letter.to_lowercase().to_string()).unwrap_or_default();
        let rest: String = text.chars().skip(1).collect();
        first + &rest
    };
    plain(one) == plain(another)
}

/// Items that are the same links and nothing else, in one list.
fn repeated_links(vault: &Vault, file: FileId) -> Vec<Vec<FactId>> {
    let outline = vault.outline(file);
    let mut lists: FxHashMap<(u32, u64), Vec<FactId>> = FxHashMap::default();
    for (index, fact) in outline.facts.iter().enumerate() {
        if let (FactKind::Links, FactPlace::Item(list)) = (fact.kind, fact.place) {
            let id = FactId { file, index: to_u32(index) };
            lists.entry((list, fingerprint(vault.fact_text(id)))).or_default().push(id);
        }
    }
    leading_alike(vault, lists.into_values())
}

/// The shortest entry that is no routine (`2025-10-30: called, no answer`), in words with those of its date.
const LEAST_WORDS_OF_ENTRY: usize = 7;

/// Entries of a log that are the same word for word, with their day.
fn repeated_entries(vault: &Vault, file: FileId) -> Vec<Vec<FactId>> {
    let mut entries: FxHashMap<u64, Vec<FactId>> = FxHashMap::default();
    for (index, fact) in vault.outline(file).facts.iter().enumerate() {
        let id = FactId { file, index: to_u32(index) };
        if fact.kind == FactKind::Entry && words(vault.fact_text(id)).nth(LEAST_WORDS_OF_ENTRY - 1).is_some() {
            entries.entry(fingerprint(vault.fact_text(id))).or_default().push(id);
        }
    }
    leading_alike(vault, entries.into_values())
}

/// Keeps of each group those whose links are the first one's, and the groups that are still several, in order.
fn leading_alike(vault: &Vault, groups: impl Iterator<Item = Vec<FactId>>) -> Vec<Vec<FactId>> {
    let mut groups: Vec<Vec<FactId>> = groups.filter(|group| group.len() > 1).collect();
    groups.retain_mut(|group| {
        let first = shown_links(vault, group[0]);
        group.retain(|id| shown_links(vault, *id) == first);
        group.len() > 1
    });
    groups.sort_unstable();
    groups
}

/// Where the links of an item lead and how they are shown: a link under another name is wanted, and an embed shows more.
fn shown_links(vault: &Vault, id: FactId) -> Option<Vec<(String, String, bool)>> {
    let text = vault.text(id.file)?;
    let outline = vault.outline(id.file);
    let span = vault.fact(id).span;
    let first = outline.links.partition_point(|link| link.span.start < span.start);
    let links = outline.links[first..].iter().take_while(|link| span.covers(link.span));
    let shown = |link: &Link| {
        let target = link.target_span.of(&text).to_lowercase();
        let target = last_component(&target).to_owned();
        let display = link.display.map_or_else(|| target.clone(), |display| display.of(&text).to_lowercase());
        (target, display, link.embed)
    };
    Some(links.map(shown).collect())
}

/// Reports what stands again word for word.
fn report_again(vault: &Vault, group: &[FactId], message: &str, diagnostics: &mut Diagnostics) {
    let [first, second, ..] = *group else { return };
    let diagnostic = diagnostics.report(first.file, vault.fact(second).span, message);
    diagnostic.label("again here").related(first.file, vault.fact(first).span, "first here").help("keep one of them");
    if let Some(fix) = fix(vault, group, true) {
        diagnostic.fix(fix);
    }
}

fn report_topics(note: &Note, list: &topics::Repeated, diagnostics: &mut Diagnostics) {
    let pairs: Vec<String> = list
        .pairs
        .iter()
        .map(|(one, another)| format!("{} and {}", quoted(one.of(&note.text)), quoted(another.of(&note.text))))
        .collect();
    let topics = if list.pairs.len() == 1 { "one topic stands".to_owned() } else { format!("{} topics stand", list.pairs.len()) };
    let (first, second) = list.pairs[0];
    let diagnostic = diagnostics.report(note.id, second, format!("{topics} twice in this list"));
    diagnostic.label("again here").related(note.id, first, "first here");
    for (one, another) in &list.pairs[1..] {
        diagnostic.related(note.id, *one, "first here").related(note.id, *another, "again here");
    }
    diagnostic.help(format!("{}\nkeep one of each", pairs.join("\n")));
    if !list.is_exact {
        diagnostic.at_most(Severity::Info);
    }
}
