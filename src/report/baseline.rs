//! Findings that are known and accepted: what a baseline file holds, and what is new beside it.

use std::collections::BTreeMap;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::fingerprint::{self, Fingerprint};
use crate::diagnostic::Diagnostic;
use crate::vault::Vault;

const VERSION: u64 = 1;

/// How often each finding is known, by fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    counts: FxHashMap<Fingerprint, u32>,
}

impl Known {
    /// Counts fingerprints.
    pub fn new(fingerprints: impl IntoIterator<Item = Fingerprint>) -> Known {
        let mut known = Known::default();
        for fingerprint in fingerprints {
            *known.counts.entry(fingerprint).or_default() += 1;
        }
        known
    }

    /// Tells whether such a finding is known at all.
    pub fn contains(&self, fingerprint: Fingerprint) -> bool {
        self.counts.contains_key(&fingerprint)
    }

    /// Keeps the findings that are not known: of equal ones, those beyond the known number. Returns what is left of the
    /// known ones.
    pub fn filter(mut self, vault: &Vault, found: &mut Vec<Diagnostic>) -> Known {
        let mut prints = fingerprint::all(vault, found).into_iter();
        found.retain(|_| {
            let print = prints.next().expect("every finding has a fingerprint");
            match self.counts.get_mut(&print) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        self.counts.retain(|_, count| *count > 0);
        self
    }
}

/// A baseline file: one line a finding, sorted, so that its diffs are small.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: BTreeMap<Entry, u32>,
}

/// A known finding; the fingerprint decides, path and rule are for people and for the order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    pub path: String,
    pub rule: String,
    pub fingerprint: Fingerprint,
}

/// Why a baseline cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BaselineError {
    /// It is not a baseline; the reason in words.
    NotABaseline(String),
    /// Another vaultlint wrote it.
    OtherVersion(u64),
}

impl fmt::Display for BaselineError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BaselineError::NotABaseline(reason) => write!(formatter, "it is no baseline of vaultlint: {reason}"),
            BaselineError::OtherVersion(version) => write!(
                formatter,
                "it has format version {version}, this vaultlint reads version {VERSION}\n  write it anew: \
                 `vaultlint --write-baseline`"
            ),
        }
    }
}

impl std::error::Error for BaselineError {}

#[derive(Serialize, Deserialize)]
struct Line {
    path: String,
    rule: String,
    fingerprint: String,
    count: u32,
}

#[derive(Deserialize)]
struct File {
    findings: Vec<Line>,
}

impl Baseline {
    /// Counts findings.
    pub fn of(vault: &Vault, found: &[Diagnostic]) -> Baseline {
        let mut baseline = Baseline::default();
        for (diagnostic, fingerprint) in found.iter().zip(fingerprint::all(vault, found)) {
            let path = vault.path(diagnostic.primary.file).to_string();
            *baseline.entries.entry(Entry { path, rule: diagnostic.rule.to_owned(), fingerprint }).or_default() += 1;
        }
        baseline
    }

    /// Reads a baseline file.
    ///
    /// # Errors
    /// What is wrong with it, or the version that it has.
    pub fn parse(text: &str) -> Result<Baseline, BaselineError> {
        let wrong = |reason: String| BaselineError::NotABaseline(reason);
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        match value["version"].as_u64() {
            Some(VERSION) => {}
            Some(other) => return Err(BaselineError::OtherVersion(other)),
            None => return Err(wrong("no `version`".to_owned())),
        }
        let file: File = serde_json::from_value(value).map_err(|error| wrong(error.to_string()))?;
        let mut baseline = Baseline::default();
        for Line { path, rule, fingerprint, count } in file.findings {
            let print = Fingerprint::from_hex(&fingerprint);
            let fingerprint = print.ok_or_else(|| wrong(format!("`{fingerprint}` is no fingerprint")))?;
            *baseline.entries.entry(Entry { path, rule, fingerprint }).or_default() += count;
        }
        Ok(baseline)
    }

    /// Returns the text of the file.
    pub fn to_text(&self) -> String {
        let mut text = format!("{{\n  \"version\": {VERSION},\n  \"findings\": [");
        for (index, (entry, count)) in self.entries.iter().enumerate() {
            let Entry { path, rule, fingerprint } = entry.clone();
            let line = Line { path, rule, fingerprint: fingerprint.to_string(), count: *count };
            let line = serde_json::to_string(&line).expect("a line is texts and a number");
            text.push_str(if index == 0 { "\n    " } else { ",\n    " });
            text.push_str(&line);
        }
        text.push_str(if self.entries.is_empty() { "]\n}\n" } else { "\n  ]\n}\n" });
        text
    }

    /// Returns how often each finding is known.
    pub fn known(&self) -> Known {
        let mut known = Known::default();
        for (entry, count) in &self.entries {
            *known.counts.entry(entry.fingerprint).or_default() += count;
        }
        known
    }

    /// Returns the entries whose findings are gone, given what `Known::filter` left; their number counts the findings.
    pub fn unused(&self, left: &Known) -> Vec<(&Entry, u32)> {
        let unused = |(entry, count): (&'_ Entry, &u32)| {
            let left = left.counts.get(&entry.fingerprint).copied().unwrap_or_default().min(*count);
            (left > 0).then_some(left)
        };
        self.entries.iter().filter_map(|(entry, count)| Some((entry, unused((entry, count))?))).collect()
    }

    /// Adds the entries of an older baseline that this run could not judge.
    pub fn keep(&mut self, older: Baseline, is_judged: impl Fn(&Entry) -> bool) {
        let unjudged = older.entries.into_iter().filter(|(entry, _)| !is_judged(entry));
        self.entries.extend(unjudged);
    }

    /// Returns how many findings are known.
    pub fn len(&self) -> usize {
        self.entries.values().map(|count| *count as usize).sum()
    }

    /// Tells whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline(entries: &[(&str, &str, u64, u32)]) -> Baseline {
        let entry = |(path, rule, print, count): &(&str, &str, u64, u32)| {
            let fingerprint = Fingerprint(*print);
            (Entry { path: (*path).to_owned(), rule: (*rule).to_owned(), fingerprint }, *count)
        };
        Baseline { entries: entries.iter().map(entry).collect() }
    }

    #[test]
    fn a_file_is_sorted_and_read_again() {
        let written = baseline(&[("b.md", "x", 2, 1), ("a \"q\".md", "y", 1, 3)]);
        let text = "{\n  \"version\": 1,\n  \"findings\": [\n    \
            {\"path\":\"a \\\"q\\\".md\",\"rule\":\"y\",\"fingerprint\":\"0000000000000001\",\"count\":3},\n    \
            {\"path\":\"b.md\",\"rule\":\"x\",\"fingerprint\":\"0000000000000002\",\"count\":1}\n  ]\n}\n";
        assert_eq!(written.to_text(), text);
        assert_eq!(Baseline::parse(text), Ok(written));
        assert_eq!(Baseline::parse(&Baseline::default().to_text()), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_told() {
        assert_eq!(Baseline::parse("{\"version\": 2}"), Err(BaselineError::OtherVersion(2)));
        assert!(matches!(Baseline::parse("{}"), Err(BaselineError::NotABaseline(_))));
        assert!(matches!(Baseline::parse("[1"), Err(BaselineError::NotABaseline(_))));
        let wrong = "{\"version\":1,\"findings\":[{\"path\":\"\",\"rule\":\"\",\"fingerprint\":\"xyz\",\"count\":1}]}";
        assert_eq!(Baseline::parse(wrong), Err(BaselineError::NotABaseline("`xyz` is no fingerprint".to_owned())));
    }

    #[test]
    fn entries_without_finding_are_unused() {
        let baseline = baseline(&[("a.md", "x", 1, 3), ("a.md", "x", 2, 1)]);
        let mut left = baseline.known();
        left.counts.insert(Fingerprint(1), 2);
        left.counts.remove(&Fingerprint(2));
        let unused: Vec<u32> = baseline.unused(&left).iter().map(|(_, count)| *count).collect();
        assert_eq!(unused, [2]);
    }
}
