//! File and folder names that Windows, Android or a sync service refuses.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule, rename};
use crate::text::Span;
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnportableNoteName {}

impl Rule for UnportableNoteName {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        let mut folders = BTreeSet::new();
        for file in vault.checked() {
            let path = vault.path(file);
            for folder in path.folder().split('/').filter(|folder| !folder.is_empty()) {
                let Some(problem) = problem(folder) else { continue };
                // A folder is reported once, at its first note.
                if folders.insert(folder) {
                    diagnostics
                        .report(file, Span::at(0), format!("the folder name `{folder}` {problem}"))
                        .help("rename the folder in Obsidian, so that links follow");
                }
            }
            let name = path.stem();
            let Some(problem) = problem(name) else { continue };
            let diagnostic = diagnostics.report(file, Span::at(0), format!("the name `{name}` {problem}"));
            diagnostic.help("rename the note, so that every device and sync service can hold it");
            diagnostic.fix = rename::fix(vault, file, &portable(name), "other programs may know the note by its name");
        }
    }
}

const REFUSED: &[char] = &['\\', '/', ':', '*', '"', '<', '>', '?', '|'];
const DISTURBING: &[char] = &['#', '^', '[', ']'];

/// What is wrong with a name (clause R15).
fn problem(name: &str) -> Option<String> {
    if let Some(sign) = name.chars().find(|sign| REFUSED.contains(sign)) {
        return Some(format!("has `{sign}`, which Windows and Android refuse"));
    }
    if name.chars().any(char::is_control) {
        return Some("has a control character".to_owned());
    }
    if let Some(sign) = name.chars().find(|sign| DISTURBING.contains(sign)) {
        return Some(format!("has `{sign}`, which disturbs links"));
    }
    if name.ends_with(['.', ' ']) || name.starts_with(' ') {
        return Some("begins or ends with a space or dot, which Windows takes away".to_owned());
    }
    is_device(name).then(|| "is the name of a device on Windows".to_owned())
}

fn is_device(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or(name).trim_end().to_ascii_uppercase();
    let numbered = |device: &str| first.strip_prefix(device).is_some_and(|rest| matches!(rest.as_bytes(), [b'1'..=b'9']));
    matches!(first.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

fn portable(name: &str) -> String {
    let sign = |character: char| match character {
        ':' => " -".to_owned(),
        '"' => "'".to_owned(),
        '|' | '/' | '\\' => "-".to_owned(),
        _ if REFUSED.contains(&character) || DISTURBING.contains(&character) || character.is_control() => " ".to_owned(),
        _ => character.to_string(),
    };
    let name = rename::tidy(&name.chars().map(sign).collect::<String>());
    if !is_device(&name) {
        return name;
    }
    // Windows looks no further than the first dot.
    let end = name.find('.').unwrap_or(name.len());
    format!("{} note{}", name[..end].trim_end(), &name[end..])
}
