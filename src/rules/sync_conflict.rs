//! Copies of a note that a sync program made when two devices changed it.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span, VaultPath};
use crate::vault::{Contents, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct SyncConflict {}

impl Rule for SyncConflict {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        for id in vault.checked() {
            let path = vault.path(id);
            let Some(copy) = conflicted_copy(path.stem()) else { continue };
            let original = original(vault, path, copy.of);
            if !copy.is_certain && !original.is_some_and(|original| is_similar(vault, id, original)) {
                continue;
            }
            let message = format!("a copy that {} made when two devices changed the note", copy.program);
            let diagnostic = diagnostics.report(id, Span::at(0), message);
            match original {
                Some(original) => {
                    diagnostic.related(original, Span::at(0), "the note it is a copy of");
                    let note = vault.path(original);
                    diagnostic.help(format!("bring what is new into `{note}`, then delete the copy"));
                }
                None => {
                    diagnostic.help("the note it was a copy of is gone: rename it, or delete it");
                }
            }
        }
    }
}

/// What a file name tells of a copy.
struct Copy<'a> {
    /// The name without the program's mark.
    of: &'a str,
    program: &'static str,
    /// Nobody gives such a name by hand.
    is_certain: bool,
}

fn conflicted_copy(stem: &str) -> Option<Copy<'_>> {
    syncthing(stem).or_else(|| in_brackets(stem)).or_else(|| numbered(stem)).or_else(|| with_device(stem))
}

/// `Plan.sync-conflict-20251030-101500-ABCDEFG`.
fn syncthing(stem: &str) -> Option<Copy<'_>> {
    let (of, mark) = stem.split_once(".sync-conflict-")?;
    let is_mark = mark.bytes().filter(u8::is_ascii_digit).count() >= 8;
    is_mark.then_some(Copy { of, program: "Syncthing", is_certain: true })
}

/// `Plan (Ada's conflicted copy 2025-10-30)`, `Plan (conflicted copy 2025-10-30 101500)`, `Plan (Conflicted copy phone
/// 202510301015)`, `Plan (Case Conflict)`, and `Plan (1)`.
fn in_brackets(stem: &str) -> Option<Copy<'_>> {
    let inner = stem.strip_suffix(')')?;
    let at = inner.rfind('(').filter(|at| *at > 0)?;
    let (of, mark) = (inner[..at].trim_end(), inner[at + 1..].to_lowercase());
    let has_digits = mark.bytes().any(|byte| byte.is_ascii_digit());
    let copy = |program, is_certain| Some(Copy { of, program, is_certain });
    match mark.as_str() {
        mark if mark.starts_with("conflicted copy ") && has_digits => {
            let ends_in_minute = mark.rsplit(' ').next().is_some_and(|last| last.len() == 12);
            copy(if ends_in_minute { "Obsidian Sync" } else { "Nextcloud" }, true)
        }
        mark if mark.contains("conflicted copy") => copy("Dropbox", true),
        "case conflict" | "unicode encoding conflict" => copy("Dropbox", true),
        mark if is_small_number(mark) => copy("a sync program", false),
        _ => None,
    }
}

/// `Plan 2`, as iCloud names the second of two.
fn numbered(stem: &str) -> Option<Copy<'_>> {
    let (of, number) = stem.rsplit_once(' ')?;
    is_small_number(number).then_some(Copy { of, program: "iCloud", is_certain: false })
}

/// `Plan-LAPTOP-4F7K`, as OneDrive adds the name of the computer.
fn with_device(stem: &str) -> Option<Copy<'_>> {
    let is_device = |mark: &str| {
        let is_name = mark.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        is_name && mark.len() >= 4 && mark.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let mut marks = stem.match_indices('-').filter(|(at, _)| *at > 0 && is_device(&stem[at + 1..]));
    marks.next().map(|(at, _)| Copy { of: &stem[..at], program: "OneDrive", is_certain: false })
}

fn is_small_number(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| (b'1'..=b'9').contains(&byte))
}

fn original(vault: &Vault, copy: &VaultPath, name: &str) -> Option<FileId> {
    let folder = copy.folder();
    let slash = if folder.is_empty() { "" } else { "/" };
    let path = format!("{folder}{slash}{name}.{}", copy.extension());
    vault.by_path(&path).filter(|id| vault.file(*id).contents == Contents::Read)
}

/// Most lines of the shorter note stand in the other too; headings and short lines do not count, since they come from a
/// template.
fn is_similar(vault: &Vault, one: FileId, another: FileId) -> bool {
    const MIN_LEN: usize = 16;
    const MIN_LINES: usize = 3;
    let (Some(one), Some(another)) = (vault.text(one), vault.text(another)) else { return false };
    if one.trim() == another.trim() {
        return !one.trim().is_empty();
    }
    let own: FxHashSet<&str> = telling_lines(&one, MIN_LEN).collect();
    let others: FxHashSet<&str> = telling_lines(&another, MIN_LEN).collect();
    let shared = own.intersection(&others).count();
    let fewer = own.len().min(others.len());
    shared >= MIN_LINES && shared * 10 >= fewer * 7
}

fn telling_lines(text: &str, min_len: usize) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(move |line| line.len() >= min_len && !line.starts_with('#'))
}
