//! Headings glued to the text above them, and lists split by stray blank lines.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::note::{Heading, Note};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BlockSpacing {}

impl Rule for BlockSpacing {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        let glued: Vec<&Heading> = note.outline.headings.iter().filter(|heading| is_glued(note, heading)).collect();
        if let Some((first, rest)) = glued.split_first() {
            let message = match rest.len() {
                0 => "no blank line above the heading".to_owned(),
                _ => format!("no blank line above {} headings", glued.len()),
            };
            let diagnostic = diagnostics.report(note.id, first.span, message);
            for heading in rest {
                diagnostic.related(note.id, heading.span, "here too");
            }
            report_glued(note, &glued, diagnostic);
        }
        for gap in split_lists(note) {
            let diagnostic = diagnostics.report(note.id, gap, "blank lines split this list in two");
            diagnostic.help("take them out if it is one list; not done by --fix, since the list would look different");
        }
    }
}

fn report_glued(note: &Note, glued: &[&Heading], diagnostic: &mut Diagnostic) {
    diagnostic.label("glued to what stands above").help("put a blank line above; some Markdown programs need it");
    let line_end = if note.text.contains("\r\n") { "\r\n" } else { "\n" };
    // A setext heading takes all lines of the paragraph above it, so a blank line there would cut its text.
    let edits = glued.iter().map(|heading| Edit::insert(note.id, heading.span.start, line_end)).collect();
    diagnostic.fix(Fix::safe("put a blank line above", edits));
}

/// The line above has text that is shown. The line below the frontmatter is the first of the note.
fn is_glued(note: &Note, heading: &Heading) -> bool {
    let start = heading.span.start as usize;
    let above = &note.text[..start];
    if heading.setext || !(above.ends_with('\n') || above.ends_with('\r')) {
        return false;
    }
    let ended = above.strip_suffix('\n').unwrap_or(above);
    let ended = ended.strip_suffix('\r').unwrap_or(ended);
    let line = &ended[memchr::memrchr2(b'\n', b'\r', ended.as_bytes()).map_or(0, |at| at + 1)..];
    let is_frontmatter_end = note.outline.frontmatter.span.is_some_and(|span| span.end as usize >= ended.len());
    !line.trim().is_empty() && !is_frontmatter_end && !is_comment(line.trim())
}

/// Programs mark the parts they write with comments; those are not shown.
fn is_comment(line: &str) -> bool {
    let is_between = |open: &str, close: &str| line.len() >= 4 && line.starts_with(open) && line.ends_with(close);
    is_between("%%", "%%") || is_between("<!--", "-->")
}

/// Two or more blank lines between two items of one list.
fn split_lists(note: &Note) -> Vec<Span> {
    let mut gaps = Vec::new();
    for pair in note.body.items.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        if before.quoted || after.depth != 0 || before.heading != after.heading || before.numbered != after.numbered {
            continue;
        }
        let (start, end) = (before.span.end as usize, after.span.start as usize);
        let Some(between) = note.text.get(start..end).filter(|between| between.trim().is_empty()) else { continue };
        if between.bytes().filter(|byte| *byte == b'\n').count() >= 3 {
            gaps.push(Span::new(start, end));
        }
    }
    gaps
}
