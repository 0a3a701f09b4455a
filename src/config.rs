//! The config file as written -> settings, rules with their options and levels; or diagnostics about the file.

use std::sync::Arc;

use globset::{GlobMatcher, GlobSet};

mod remember;
pub use remember::remember;
mod draft;
mod extends;
mod globs;
mod kinds;
mod level;
mod names;
mod origins;
mod overrides;
mod patterns;
mod rules;
mod selection;
mod source;
#[cfg(test)]
mod tests;

use crate::diagnostic::Severity;
use crate::rule::{Rule, RuleDef, RuleMeta};
use crate::rules::RULES;
use crate::text::{Span, VaultPath};
use crate::vault::settings::Settings;

/// What a run goes by: everything the user chose, resolved.
pub struct Config {
    pub settings: Arc<Settings>,
    /// Every rule with its options and level, in the order of the list.
    pub rules: Vec<ActiveRule>,
    /// What is checked; `None` means all notes and canvases.
    pub include: Option<GlobSet>,
    pub exclude: Option<GlobSet>,
    /// The lightest finding that makes the exit status 1.
    pub fail_on: Severity,
    pub overrides: Vec<Override>,
    /// Where each setting comes from, for `vaultlint config`: dotted key, value as YAML, origin.
    pub origins: Vec<(String, String, String)>,
    /// What the user writes beside the patterns to prove them.
    pub examples: Vec<PatternExample>,
}

/// A text that a pattern must find something in (`bad`) or nothing (`good`).
#[derive(Clone, Debug)]
pub struct PatternExample {
    /// The pattern's name.
    pub pattern: String,
    pub text: String,
    pub is_bad: bool,
    /// Where the example stands.
    pub file: ConfigText,
    pub span: Span,
}

/// A rule as it runs.
pub struct ActiveRule {
    pub def: &'static RuleDef,
    pub meta: RuleMeta,
    pub rule: Box<dyn Rule>,
    /// `None` is off.
    pub level: Option<Severity>,
    /// Not so for a rule that runs only because it replaces findings of one that `--select` names.
    pub is_reported: bool,
}

/// Other levels for some notes.
pub struct Override {
    pub matches: Vec<GlobMatcher>,
    /// Indices into `Config::rules` with the level there.
    pub levels: Vec<(usize, Option<Severity>)>,
}

/// What the command line says about rules; it wins over the config.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// Names or categories; empty means what the config says.
    pub select: Vec<String>,
    pub ignore: Vec<String>,
    /// `RULE=LEVEL` as typed.
    pub severity: Vec<String>,
    pub fail_on: Option<Severity>,
}

/// A mistake in a config file, shown like a finding on that file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file as the user names it; the command line's own mistakes have none.
    pub path: Option<String>,
    /// The text of that file, to show the line.
    pub text: String,
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

impl ConfigProblem {
    /// Returns a mistake that is not in a file, such as one on the command line.
    pub fn without_place(message: String, help: Option<String>) -> ConfigProblem {
        ConfigProblem { path: None, text: String::new(), span: Span::default(), message, help }
    }
}

/// A config file: where it is (as the user names it) and what it says.
#[derive(Clone, Debug)]
pub struct ConfigText {
    pub path: String,
    pub text: String,
}

/// Reads a file that `extends` names, relative to the config file that names it; an error says why it cannot be read.
pub type ReadExtended<'a> = &'a dyn Fn(&str) -> Result<ConfigText, String>;

impl Config {
    /// Resolves defaults, config file and command line, in this order.
    ///
    /// # Errors
    /// Every mistake found, in the order of the file.
    pub fn resolve(
        file: Option<&ConfigText>,
        selection: &Selection,
        read_extended: ReadExtended<'_>,
    ) -> Result<Config, Vec<ConfigProblem>> {
        draft::resolve(file, selection, read_extended)
    }

    /// Checks the `bad` and `good` examples of the patterns; each that does not hold is a mistake in the config.
    pub fn check_examples(&self) -> Vec<ConfigProblem> {
        patterns::check_examples(&self.settings.patterns, &self.examples)
    }

    /// Returns the level of a rule (by its index in `rules`) for one note; `None` is off.
    pub fn level(&self, rule: usize, path: &VaultPath) -> Option<Severity> {
        // Asked for every rule of every note.
        if self.overrides.is_empty() {
            return self.rules[rule].level;
        }
        let overridden = self.overrides.iter().rev().find_map(|over| {
            let (_, level) = over.levels.iter().find(|(index, _)| *index == rule)?;
            over.matches.iter().any(|glob| glob.is_match(path.as_str())).then_some(*level)
        });
        overridden.unwrap_or(self.rules[rule].level)
    }

    /// Tells whether a rule is on for any note.
    pub fn runs(&self, rule: usize) -> bool {
        self.heaviest(rule).is_some()
    }

    /// Returns the heaviest level that a rule has for any note; `None` if it is off for all.
    pub fn heaviest(&self, rule: usize) -> Option<Severity> {
        let levels = self.overrides.iter().flat_map(|over| &over.levels).filter(|(index, _)| *index == rule);
        levels.map(|(_, level)| *level).chain([self.rules[rule].level]).max().flatten()
    }

    /// Turns a rule off for all notes.
    pub fn turn_off(&mut self, rule: usize) {
        self.rules[rule].level = None;
        self.overrides.iter_mut().for_each(|over| over.levels.retain(|(index, _)| *index != rule));
    }
}

impl Default for Config {
    /// Returns the documented defaults.
    fn default() -> Config {
        let active = |def: &'static RuleDef| {
            let meta = def.meta();
            let rule = (def.build)(None).expect("a rule's defaults build");
            ActiveRule { def, level: meta.severity, meta, rule, is_reported: true }
        };
        Config {
            settings: Arc::default(),
            rules: RULES.iter().map(active).collect(),
            include: None,
            exclude: None,
            fail_on: Severity::Warning,
            overrides: Vec::new(),
            origins: Vec::new(),
            examples: Vec::new(),
        }
    }
}
