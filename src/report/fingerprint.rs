//! A name for a finding that stays when lines move: for baselines, and for programs that compare two runs.

use std::fmt;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};

use super::source::{Source, Sources};
use crate::diagnostic::Diagnostic;
use crate::text::VaultPath;
use crate::vault::Vault;

/// The first 64 bits of a SHA-256; shown as 16 hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl Fingerprint {
    /// Reads 16 hexadecimal digits.
    pub fn from_hex(digits: &str) -> Option<Fingerprint> {
        let is_plain = digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_plain.then(|| u64::from_str_radix(digits, 16).ok()).flatten().map(Fingerprint)
    }
}

/// Returns the fingerprint of every finding, in their order; reads the text of each note once.
pub fn all(vault: &Vault, diagnostics: &[Diagnostic]) -> Vec<Fingerprint> {
    all_as(vault, diagnostics, |path| path)
}

/// Returns the fingerprints as if each note had the path that `path` returns for it: for notes that were renamed since.
pub fn all_as<'a>(
    vault: &'a Vault,
    diagnostics: &[Diagnostic],
    path: impl Fn(&'a VaultPath) -> &'a VaultPath,
) -> Vec<Fingerprint> {
    let sources = Sources::new(vault);
    let print = |diagnostic: &Diagnostic| of_path(path(vault.path(diagnostic.primary.file)), &sources, diagnostic);
    diagnostics.iter().map(print).collect()
}

/// Counts equal fingerprints, for formats that want each to be unique: 1 for the first, 2 for the next equal one.
#[derive(Default)]
pub struct Numbering {
    seen: FxHashMap<Fingerprint, u32>,
}

impl Numbering {
    /// Returns the number of this finding among those with the same fingerprint so far, from 1.
    pub fn next(&mut self, fingerprint: Fingerprint) -> u32 {
        let count = self.seen.entry(fingerprint).or_default();
        *count += 1;
        *count
    }
}

/// Words further away than this do not count; only a line without spaces is that long.
const NEARBY: usize = 240;
const WORDS: usize = 3;

pub(super) fn of(vault: &Vault, sources: &Sources, diagnostic: &Diagnostic) -> Fingerprint {
    of_path(vault.path(diagnostic.primary.file), sources, diagnostic)
}

fn of_path(path: &VaultPath, sources: &Sources, diagnostic: &Diagnostic) -> Fingerprint {
    let path = path.as_str();
    // The place of a group finding is one of several: only what the group has in common counts.
    let (marked, before, after) = match &diagnostic.group_key {
        Some(key) => (normal(key), String::new(), String::new()),
        None => marked(&sources.get(diagnostic.primary.file), diagnostic),
    };
    let mut hash = Sha256::new();
    for (index, part) in ["v1", diagnostic.rule, path, &marked, &before, &after].into_iter().enumerate() {
        if index > 0 {
            hash.update([0]);
        }
        hash.update(part.as_bytes());
    }
    let first = hash.finalize().first_chunk::<8>().copied().expect("SHA-256 has 32 bytes");
    Fingerprint(u64::from_be_bytes(first))
}

/// The marked text and the three words before and after it on its line, in normal form.
fn marked(source: &Source, diagnostic: &Diagnostic) -> (String, String, String) {
    let range = source.range(diagnostic.primary.span);
    let text = source.text();
    let line_start = source.line(source.line_of(range.start)).start;
    let line_end = source.line(source.line_of(range.end)).end;
    let from = text.ceil_char_boundary(line_start.max(range.start.saturating_sub(NEARBY))).min(range.start);
    let to = text.floor_char_boundary(line_end.min(range.end + NEARBY)).max(range.end);
    let (before, after) = (&text[from..range.start], &text[range.end..to]);
    let mut words: Vec<&str> = before.split_whitespace().rev().take(WORDS).collect();
    words.reverse();
    let after: Vec<&str> = after.split_whitespace().take(WORDS).collect();
    (normal(&text[range]), normal(&words.join(" ")), normal(&after.join(" ")))
}

fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
