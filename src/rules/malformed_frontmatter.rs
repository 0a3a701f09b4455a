//! What makes Obsidian drop the frontmatter: a YAML error, a wrong place, a missing end, no mapping.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::note::{FrontmatterProblem, FrontmatterProblemKind as Kind, Note};
use super::conflict_marker::conflicts;
use crate::parse::yaml;
use crate::rule::{Diagnostics, Rule};
use crate::text::{Span, lines};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MalformedFrontmatter {}

impl Rule for MalformedFrontmatter {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        for problem in &note.outline.frontmatter.problems {
            match problem.kind {
                // Of the marks in it conflict-marker tells.
                Kind::YamlError if is_in_conflict(note) => {}
                Kind::YamlError => report_yaml_error(note, problem, diagnostics),
                Kind::NotAMapping => report_text(note, problem, diagnostics),
                Kind::NotAtTop => report_place(note, problem, diagnostics),
                Kind::Unclosed => report_unclosed(note, problem, diagnostics),
                _ => {}
            }
        }
    }
}

fn is_in_conflict(note: &Note) -> bool {
    let block = note.outline.frontmatter.inner;
    conflicts(&note.text).iter().any(|conflict| conflict.all().overlaps(block))
}

const DROPPED: &str = "Obsidian drops the whole block: the note has no properties, tags or aliases";

fn report_yaml_error(note: &Note, problem: &FrontmatterProblem, diagnostics: &mut Diagnostics) {
    let reason = note.outline.str(problem.detail);
    let message = format!("frontmatter that is not YAML: {reason}");
    let diagnostic = diagnostics.report(note.id, problem.span, message);
    diagnostic.label("here");
    if is_behind_text(note, problem.span) {
        diagnostic.help(format!("{DROPPED}; is the closing `---` missing above this line?"));
        return;
    }
    if is_template(note) {
        let help = "this is a template, as `<%` tells: name its folder in Obsidian's settings, or under `exclude` in vaultlint.yaml";
        diagnostic.help(help).at_most(Severity::Info);
        return;
    }
    diagnostic.help(DROPPED);
    repair(note, diagnostic);
}

/// What Templater puts in the place of `<% … %>` may be YAML again.
fn is_template(note: &Note) -> bool {
    let block = note.outline.frontmatter.inner.of(&note.text);
    block.split_once("<%").is_some_and(|(_, rest)| rest.contains("%>"))
}

/// A blank line and then text that is no property: the block was probably meant to end there.
fn is_behind_text(note: &Note, span: Span) -> bool {
    let inner_start = note.outline.frontmatter.inner.start as usize;
    let last = lines(&note.text[span.start as usize..]).next().unwrap_or_default();
    let above: Vec<&str> = lines(&note.text[inner_start..span.start as usize + last.len()]).collect();
    let blank = above.iter().rposition(|line| line.trim().is_empty()).filter(|blank| *blank > 0);
    blank.is_some_and(|blank| above[blank + 1..].iter().any(|line| !is_of_a_block(line)))
}

/// Frontmatter without a property is often no frontmatter, but a note that begins with a horizontal line.
fn report_text(note: &Note, problem: &FrontmatterProblem, diagnostics: &mut Diagnostics) {
    let message = "text between `---` lines at the top of a note is read as properties, and this is none";
    let first_line = problem.span.of(&note.text).lines().next().unwrap_or_default();
    let start = problem.span.start as usize;
    let span = Span::new(start, start + first_line.trim_end().len());
    let diagnostic = diagnostics.report(note.id, span, message);
    diagnostic.label("not a property").at_most(Severity::Warning);
    diagnostic.help("write a property as `name: value`; a horizontal line at the top of a note is written `***`");
    repair(note, diagnostic);
}

fn repair(note: &Note, diagnostic: &mut Diagnostic) {
    let inner = note.outline.frontmatter.inner;
    let Some(repair) = yaml::repair(inner.of(&note.text)) else { return };
    let edit = |(span, new): &(Span, String)| Edit::replace(note.id, span.shifted(inner.start as usize), new.clone());
    let edits = repair.edits.iter().map(edit).collect();
    diagnostic.fix(match repair.certain {
        true => Fix::safe(repair.title, edits),
        false => Fix::unsafe_because(repair.title, "the line may be meant in another way", edits),
    });
}

fn report_place(note: &Note, problem: &FrontmatterProblem, diagnostics: &mut Diagnostics) {
    let message = "frontmatter that does not begin with `---` at the very start of the note";
    let diagnostic = diagnostics.report(note.id, problem.span, message);
    diagnostic.label("begins here");
    diagnostic.help("Obsidian shows the block as text: the note has no properties, tags or aliases");
    let start = if note.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let before = Span::new(start, problem.span.start as usize);
    diagnostic.fix(Fix::unsafe_because(
        "remove the blank space above the block",
        "the block becomes properties and is no longer shown as text",
        vec![Edit::delete(note.id, before)],
    ));
}

fn report_unclosed(note: &Note, problem: &FrontmatterProblem, diagnostics: &mut Diagnostics) {
    let message = "frontmatter that is never closed: no later line is `---`";
    let diagnostic = diagnostics.report(note.id, problem.span, message);
    diagnostic.label("opened here");
    diagnostic.help("Obsidian shows the block as text: the note has no properties, tags or aliases");
    let inner_start =
        problem.span.end as usize + note.text[problem.span.end as usize..].find('\n').map_or(0, |at| at + 1);
    let block: usize = properties(&note.text[inner_start..]).map(str::len).sum();
    let inner = &note.text[inner_start..inner_start + block];
    let is_whole = inner.ends_with('\n') && yaml::parse(inner).is_ok_and(|root| !root.entries().is_empty());
    if !is_whole {
        return;
    }
    let end = inner_start + block;
    let (title, edit) = match mistyped_fence(&note.text, end) {
        Some(line) => {
            diagnostic.related(note.id, line, "meant to close it?");
            (format!("write `---` in the place of `{}`", line.of(&note.text)), Edit::replace(note.id, line, "---"))
        }
        None => {
            let fence = if inner.ends_with("\r\n") { "---\r\n" } else { "---\n" };
            let title = "close the block after the last property".to_owned();
            (title, Edit::insert(note.id, crate::text::to_u32(end), fence))
        }
    };
    diagnostic.fix(Fix::unsafe_because(title, "where the block ends is a guess", vec![edit]));
}

/// `--`, `----` or a long dash on the line behind the properties.
fn mistyped_fence(text: &str, line_start: usize) -> Option<Span> {
    const LONGEST: usize = 12;
    let line = lines(&text[line_start..]).next()?.trim_end_matches(['\r', '\n']);
    let is_of_dashes = |signs: &str| !signs.is_empty() && signs.chars().all(|sign| "-–—−_=*~+".contains(sign));
    let is_fence = line != "---" && line.chars().count() <= LONGEST && is_of_dashes(line.trim());
    is_fence.then(|| Span::new(line_start, line_start + line.len()))
}

/// The lines at the beginning that look like a block of properties.
fn properties(text: &str) -> impl Iterator<Item = &str> {
    lines(text).take_while(|line| is_of_a_block(line))
}

fn is_of_a_block(line: &str) -> bool {
    let content = line.trim_end();
    let is_property = content.split_once(':').is_some_and(|(name, rest)| {
        !name.is_empty()
            && name.chars().all(|c| c.is_alphanumeric() || " _-".contains(c))
            && (rest.is_empty() || rest.starts_with(' '))
    });
    is_property || content.starts_with("- ") || content == "-" || content.starts_with("  ") || content.starts_with("# ")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::config::Config;
    use crate::diagnostic::Applicability;
    use crate::fix;
    use crate::lint::in_memory;
    use crate::text::VaultPath;

    #[test]
    fn text_behind_a_blank_line_is_seen_whatever_ends_the_lines() {
        let text = "---\ntitle: x\n\nSome text and\nmore: of: it\n---\n";
        for ending in ["\n", "\r\n"] {
            let note = (VaultPath::new("Note.md"), Arc::from(text.replace('\n', ending)));
            let found = in_memory(&[note], &Config::default()).diagnostics;
            let help = found.first().and_then(|first| first.help.clone()).unwrap_or_default();
            assert!(help.ends_with("is the closing `---` missing above this line?"), "{ending:?}: {help}");
        }
    }

    #[test]
    fn a_block_that_is_never_closed_is_closed_below_lines_of_any_ending() {
        let check = |before: &str, after: &str| {
            let note = (VaultPath::new("Note.md"), Arc::from(before));
            let (outcome, fixed) = fix::in_memory(&[note], &Config::default(), Applicability::Unsafe);
            assert_eq!((outcome.bugs.len(), &*fixed[0].1), (0, after));
        };
        check("---\r\na: b\rc: d\r\ntext\r\n", "---\r\na: b\rc: d\r\n---\r\ntext\r\n");
        check("---\na: b\rtext\n", "---\na: b\rtext\n");
        check("---\na: b\n---\rtext\n", "---\na: b\n---\n---\rtext\n");
        check("---\na: b\n ----\ntext\n", "---\na: b\n---\ntext\n");
        check("---\r\ntags:\r## Head\r\n", "---\r\ntags:\r\r\n## Head\r\n");
    }
}
