//! What a rule is: a struct of options, a page of metadata, and a sink for its findings.

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::note::Note;
use crate::text::{FileId, Span};
use crate::vault::Vault;
use crate::vault::settings::Settings;

mod page;
pub mod dates;
pub mod people;
pub mod statements;
pub mod rename;
pub mod suggest;
pub use page::{Category, FixKind, RuleMeta};

/// One rule. It implements the one method that fits its question; it knows neither its name nor its level, and does no I/O.
pub trait Rule: Send + Sync {
    /// Is this note right? Sees the text, and no other note; the result depends on the note and the settings alone.
    fn check_note(&self, _note: &Note, _settings: &Settings, _diagnostics: &mut Diagnostics) {}

    /// Does this note agree with the vault? Sees outlines and the index, not the text; runs for the notes in parallel.
    fn check_outline(&self, _vault: &Vault, _file: FileId, _diagnostics: &mut Diagnostics) {}

    /// Do the notes agree with each other? Runs once.
    fn check_vault(&self, _vault: &Vault, _diagnostics: &mut Diagnostics) {}
}

/// Makes a rule from its options; the error says what is wrong with them.
pub type Build = fn(Option<&serde_yaml::Value>) -> Result<Box<dyn Rule>, String>;

/// A rule as listed: its name, its page, and how to make it from its options.
pub struct RuleDef {
    /// The rule's only identity, in kebab-case.
    pub name: &'static str,
    /// The Markdown text of its page.
    pub page: &'static str,
    /// Makes the rule with its documented defaults, or with the options of the config.
    pub build: Build,
    /// Returns its options with their documented defaults.
    pub defaults: fn() -> serde_yaml::Value,
}

impl RuleDef {
    /// Returns what the page's frontmatter says.
    pub fn meta(&self) -> RuleMeta {
        RuleMeta::of(self)
    }
}

/// Makes a rule from an option block; the error is serde's message.
pub fn build<R: Rule + DeserializeOwned + Default + 'static>(
    options: Option<&serde_yaml::Value>,
) -> Result<Box<dyn Rule>, String> {
    let rule = match options {
        Some(options) => serde_yaml::from_value::<R>(options.clone()).map_err(|error| error.to_string())?,
        None => R::default(),
    };
    Ok(Box::new(rule))
}

/// Returns a rule's options with their defaults.
pub fn defaults<R: Serialize + Default>() -> serde_yaml::Value {
    serde_yaml::to_value(R::default()).expect("options are plain data")
}

/// Takes what one rule finds; stamps the rule's name and severity on every finding.
pub struct Diagnostics {
    rule: &'static str,
    severity: Severity,
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Returns an empty sink for a rule at a severity.
    pub fn new(rule: &'static str, severity: Severity) -> Diagnostics {
        Diagnostics { rule, severity, found: Vec::new() }
    }

    /// Adds a finding at `span` of `file` and returns it, to be given help, related places and a fix.
    pub fn report(&mut self, file: FileId, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.found.push(Diagnostic {
            rule: self.rule,
            severity: self.severity,
            message: message.into(),
            primary: Label { file, span, message: Cow::Borrowed("") },
            related: Vec::new(),
            help: None,
            fix: None,
            alternatives: Vec::new(),
            group_key: None,
            pattern: None,
        });
        self.found.last_mut().expect("a finding was just pushed")
    }

    /// Returns the findings.
    pub fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }
}
