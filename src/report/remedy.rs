//! What to do about a finding, in words: its help, its fix and the alternatives.

use super::Style;
use super::paint::Tone;
use super::visible::{visible, wrap};
use crate::diagnostic::{Applicability, Diagnostic, Fix};

/// Returns the lines below a finding: `help: …`, `fix: …`, `or: …`, wrapped and indented alike.
pub(super) fn lines(style: &Style, diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.help.iter().map(|help| help_lines(style, help)).collect::<String>();
    let fixes = diagnostic.fix.iter().map(|fix| ("fix", fix));
    for (word, fix) in fixes.chain(diagnostic.alternatives.iter().map(|fix| ("or", fix))) {
        text.push_str(&labelled(style, word, &in_words(fix)));
    }
    text
}

/// Returns the lines of a help.
pub(super) fn help_lines(style: &Style, help: &str) -> String {
    labelled(style, "help", help)
}

/// Returns the title of a fix and whether it is safe, and if not why.
pub(super) fn in_words(fix: &Fix) -> String {
    let title = visible(&fix.title);
    match fix.applicability {
        Applicability::Safe => format!("{title} (safe)"),
        Applicability::Unsafe if fix.reason.is_empty() => format!("{title} (unsafe)"),
        Applicability::Unsafe => format!("{title} (unsafe: {})", visible(&fix.reason)),
        Applicability::DisplayOnly if fix.remember.is_some() => format!("{title} (--interactive)"),
        Applicability::DisplayOnly => format!("{title} (by hand)"),
    }
}

fn labelled(style: &Style, word: &str, text: &str) -> String {
    let mut lines = String::new();
    for (index, line) in wrap(text, style.width.saturating_sub(8).max(24)).iter().enumerate() {
        match index {
            0 => {
                lines.push_str(&" ".repeat(6 - word.len()));
                lines.push_str(&style.paint(Tone::Remedy, word));
                lines.push_str(": ");
            }
            _ => lines.push_str("        "),
        }
        lines.push_str(line);
        lines.push('\n');
    }
    lines
}
