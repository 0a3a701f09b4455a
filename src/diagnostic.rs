//! What a rule reports: a diagnostic with labelled spans, help, and fixes made of edits.

use std::borrow::Cow;

use crate::text::{FileId, Span, VaultPath};

/// How much a finding weighs. The order is from light to heavy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl Severity {
    /// Returns the name used in the config and in every output.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }

    /// Reads a name; `None` for any other word.
    pub fn from_name(name: &str) -> Option<Severity> {
        [Severity::Info, Severity::Warning, Severity::Error].into_iter().find(|severity| severity.name() == name)
    }
}

/// One finding.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The rule's name.
    pub rule: &'static str,
    pub severity: Severity,
    pub message: String,
    pub primary: Label,
    pub related: Vec<Label>,
    pub help: Option<String>,
    pub fix: Option<Fix>,
    /// Further fixes to choose from; never applied by themselves.
    pub alternatives: Vec<Fix>,
    /// What the fingerprint hashes instead of the marked text, for findings about a group of places.
    pub group_key: Option<String>,
    /// For findings of `pattern` the name of the pattern that the user declared: suppressions may say it.
    pub pattern: Option<String>,
}

/// A marked place in a file of the vault. An empty message marks without words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub file: FileId,
    pub span: Span,
    pub message: Cow<'static, str>,
}

/// A change that resolves a finding: all edits or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub applicability: Applicability,
    /// Why the fix is not safe; shown beside it. Empty for safe fixes.
    pub reason: Cow<'static, str>,
    pub edits: Vec<Edit>,
    /// A file to rename after the edits, with the new path.
    pub rename: Option<(FileId, VaultPath)>,
    /// Something to remember in the config (`names.same`, `names.different`) or the note (`aliases`), offered by `--interactive` alone.
    pub remember: Option<Remember>,
}

/// An answer that the config or a note keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remember {
    SamePerson(String, String),
    DifferentPeople(String, String),
    /// The person whose note it is has that name too: an alias of the note.
    Alias(FileId, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Applicability {
    /// Keeps the meaning and the rendering of the vault.
    Safe,
    /// Needs `--unsafe-fixes`.
    Unsafe,
    /// Shown, never applied.
    DisplayOnly,
}

impl Applicability {
    /// Returns the name used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
            Applicability::DisplayOnly => "display",
        }
    }
}

/// Replaces a span of one file; an empty span inserts. In a canvas the replacement is text, escaped for JSON when applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub file: FileId,
    pub span: Span,
    pub replacement: String,
}

impl Fix {
    /// Returns a fix that keeps meaning and rendering.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        Fix::new(title.into(), Applicability::Safe, "".into(), edits)
    }

    /// Returns a fix that may change the meaning, with the reason in a few words.
    pub fn unsafe_because(title: impl Into<String>, reason: impl Into<Cow<'static, str>>, edits: Vec<Edit>) -> Fix {
        Fix::new(title.into(), Applicability::Unsafe, reason.into(), edits)
    }

    /// Returns a fix that is only shown.
    pub fn display_only(title: impl Into<String>, edits: Vec<Edit>) -> Fix {
        Fix::new(title.into(), Applicability::DisplayOnly, "".into(), edits)
    }

    fn new(title: String, applicability: Applicability, reason: Cow<'static, str>, edits: Vec<Edit>) -> Fix {
        Fix { title, applicability, reason, edits, rename: None, remember: None }
    }
}

impl Edit {
    /// Returns an edit that puts `replacement` in the place of `span`.
    pub fn replace(file: FileId, span: Span, replacement: impl Into<String>) -> Edit {
        Edit { file, span, replacement: replacement.into() }
    }

    /// Returns an edit that inserts before byte `offset`.
    pub fn insert(file: FileId, offset: u32, text: impl Into<String>) -> Edit {
        Edit::replace(file, Span { start: offset, end: offset }, text)
    }

    /// Returns an edit that removes `span`.
    pub fn delete(file: FileId, span: Span) -> Edit {
        Edit::replace(file, span, "")
    }
}

impl Diagnostic {
    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Gives the primary span a few words.
    pub fn label(&mut self, message: impl Into<Cow<'static, str>>) -> &mut Diagnostic {
        self.primary.message = message.into();
        self
    }

    /// Marks a further place.
    pub fn related(&mut self, file: FileId, span: Span, message: impl Into<Cow<'static, str>>) -> &mut Diagnostic {
        self.related.push(Label { file, span, message: message.into() });
        self
    }

    /// Attaches the fix.
    pub fn fix(&mut self, fix: Fix) -> &mut Diagnostic {
        self.fix = Some(fix);
        self
    }

    /// Offers a further fix to choose.
    pub fn alternative(&mut self, fix: Fix) -> &mut Diagnostic {
        self.alternatives.push(fix);
        self
    }

    /// Lowers the severity to `severity` if it is higher; never raises it.
    pub fn at_most(&mut self, severity: Severity) -> &mut Diagnostic {
        self.severity = self.severity.min(severity);
        self
    }

    /// Says which of the user's patterns found it.
    pub fn pattern(&mut self, name: impl Into<String>) -> &mut Diagnostic {
        self.pattern = Some(name.into());
        self
    }

    /// Sets what the fingerprint hashes for a finding about a group.
    pub fn group_key(&mut self, key: impl Into<String>) -> &mut Diagnostic {
        self.group_key = Some(key.into());
        self
    }
}
