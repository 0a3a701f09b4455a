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
pub mod alias;
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

    /// Does this rule ask for today's date (`Settings::today`)? The clock is read only if one that is on does.
    fn asks_for_today(&self) -> bool {
        false
    }
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

/// A rule lists so many places of one note; a note with more is no longer read by a person.
pub const MOST_IN_A_NOTE: usize = 10_000;

/// Takes what rules find, one after the other; stamps the rule's name and severity on every finding.
pub struct Diagnostics {
    rule: &'static str,
    severity: Severity,
    found: Vec<Diagnostic>,
    /// The latest findings that are about one note.
    in_a_row: usize,
}

impl Default for Diagnostics {
    /// Returns an empty sink that no rule has begun to write to.
    fn default() -> Diagnostics {
        Diagnostics::new("", Severity::Info)
    }
}

impl Diagnostics {
    /// Returns an empty sink for a rule at a severity.
    pub fn new(rule: &'static str, severity: Severity) -> Diagnostics {
        Diagnostics { rule, severity, found: Vec::new(), in_a_row: 0 }
    }

    /// What is found from now on is found by another rule.
    pub fn begin(&mut self, rule: &'static str, severity: Severity) {
        if self.is_full() {
            self.say_that_there_are_more();
        }
        (self.rule, self.severity, self.in_a_row) = (rule, severity, 0);
    }

    /// Adds a finding at `span` of `file` and returns it, to be given help, related places and a fix.
    pub fn report(&mut self, file: FileId, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.make_room(file);
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

    /// Tells whether further findings about the note of the latest one will not be listed: a rule may end its search.
    pub fn is_full(&self) -> bool {
        self.in_a_row > MOST_IN_A_NOTE
    }

    /// Returns the findings.
    pub fn into_found(mut self) -> Vec<Diagnostic> {
        if self.is_full() {
            self.say_that_there_are_more();
        }
        self.found
    }

    fn make_room(&mut self, file: FileId) {
        if self.found.last().is_some_and(|last| last.primary.file != file) {
            if self.is_full() {
                self.say_that_there_are_more();
            }
            self.in_a_row = 0;
        }
        if self.is_full() {
            self.found.pop();
        } else {
            self.in_a_row += 1;
        }
    }

    /// The one finding too many stands for all that follow it.
    fn say_that_there_are_more(&mut self) {
        if let Some(last) = self.found.last_mut() {
            let message = format!("there are more places like the {MOST_IN_A_NOTE} that are listed of this note");
            let Diagnostic { rule, severity, ref primary, .. } = *last;
            let (file, span) = (primary.file, primary.span);
            let mut more = Diagnostics::new(rule, severity);
            *last = more.report(file, span, message).clone();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostics, MOST_IN_A_NOTE};
    use crate::diagnostic::Severity;
    use crate::text::{FileId, Span};

    #[test]
    fn a_note_with_too_many_findings_says_so_once() {
        let mut diagnostics = Diagnostics::new("broken-wikilink", Severity::Error);
        for number in 0..MOST_IN_A_NOTE + 5 {
            assert_eq!(diagnostics.is_full(), number > MOST_IN_A_NOTE);
            diagnostics.report(FileId(1), Span::at(number), "broken").help("look");
        }
        diagnostics.report(FileId(2), Span::at(0), "broken");
        assert!(!diagnostics.is_full());
        let found = diagnostics.into_found();
        assert_eq!(found.len(), MOST_IN_A_NOTE + 2);
        let more = &found[MOST_IN_A_NOTE];
        assert_eq!((more.primary.span, more.help.as_deref()), (Span::at(MOST_IN_A_NOTE + 4), None));
        assert!(more.message.starts_with("there are more"));
        assert_eq!(found[MOST_IN_A_NOTE + 1].message, "broken");
    }
}
