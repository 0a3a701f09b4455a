//! Colours and links of a terminal, as far as the [`Style`] wants them.

use super::Style;
use super::url;
use crate::diagnostic::Severity;

/// What a piece of text is, which decides its colour.
#[derive(Clone, Copy)]
pub enum Tone {
    Severity(Severity),
    Strong,
    Faint,
    Remedy,
}

impl Style {
    /// Returns `text` in the colour of `tone`.
    pub(super) fn paint(&self, tone: Tone, text: &str) -> String {
        if !self.color {
            return text.to_owned();
        }
        let code = match tone {
            Tone::Severity(Severity::Error) => "1;31",
            Tone::Severity(Severity::Warning) => "1;33",
            Tone::Severity(Severity::Info) => "1;34",
            Tone::Strong => "1",
            Tone::Faint => "2",
            Tone::Remedy => "32",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }

    /// Returns the name of a rule as a link to its page.
    pub(super) fn rule_link(&self, rule: &str, text: &str) -> String {
        self.link(text, || url::rule_page(rule))
    }

    /// Returns a location as a link to the file at `path` in the vault: the Obsidian app's if wanted, else the file's.
    pub(super) fn file_link(&self, path: &str, text: &str) -> String {
        self.link(text, || match (&self.obsidian, &self.hyperlinks) {
            (Some(vault), _) => url::obsidian(vault, path),
            (None, folder) => url::file(&format!("{}/{path}", folder.as_deref().unwrap_or_default())),
        })
    }

    fn link(&self, text: &str, address: impl Fn() -> String) -> String {
        match self.hyperlinks {
            Some(_) => format!("\x1b]8;;{}\x1b\\{text}\x1b]8;;\x1b\\", address()),
            None => text.to_owned(),
        }
    }
}
