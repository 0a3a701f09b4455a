//! One line a finding, and its help below: for editors, logs and the examples on rule pages.

use super::paint::Tone;
use super::source::Sources;
use super::visible::visible;
use super::{Report, Style, Summary};
use crate::diagnostic::Diagnostic;
use crate::vault::Vault;

/// Returns the findings as rule pages show them: every one, without colour, paths as they are in the vault.
pub fn concise(vault: &Vault, diagnostics: &[Diagnostic]) -> String {
    let (summary, style) = (Summary::default(), Style::default());
    let report = Report { vault, root: "", prefix: "", here: "", asked: "", diagnostics, metas: &[], summary, style };
    let sources = Sources::new(vault);
    diagnostics.iter().map(|diagnostic| line(&report, &sources, diagnostic)).collect()
}

/// Returns `path:line:column: severity[rule]: message`, and the help indented below.
pub(super) fn line(report: &Report, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let style = &report.style;
    let place = place(report, sources, diagnostic);
    let severity = style.paint(Tone::Severity(diagnostic.severity), diagnostic.severity.name());
    let rule = style.rule_link(diagnostic.rule, diagnostic.rule);
    let mut text = format!("{place}: {severity}[{rule}]: {}\n", visible(&diagnostic.message));
    for (index, line) in diagnostic.help.iter().flat_map(|help| help.lines()).enumerate() {
        text.push_str(if index == 0 { "  help: " } else { "        " });
        text.push_str(&visible(line));
        text.push('\n');
    }
    text
}

/// Returns `path:line:column` of the primary span, as a link where links are shown.
pub(super) fn place(report: &Report, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let text = plain_place(report, sources, diagnostic);
    report.style.file_link(report.vault.path(diagnostic.primary.file).as_str(), &text)
}

/// Returns `path:line:column` of the primary span.
pub(super) fn plain_place(report: &Report, sources: &Sources, diagnostic: &Diagnostic) -> String {
    let file = diagnostic.primary.file;
    let start = sources.get(file).start(diagnostic.primary.span);
    format!("{}:{}:{}", report.shown_path(file), start.line, start.column)
}
