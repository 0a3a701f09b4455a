//! Values that YAML or Obsidian swallows: `#x` read as a comment, `{{x}}` as a mapping, `tags: a, b` as no tag.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::language::date;
use crate::note::{FrontmatterProblemKind as Kind, Note, Property, Value, ValueKind, has_anchor, is_template_text};
use crate::parse::{is_tag, yaml};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct LostValue {}

impl Rule for LostValue {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        let problems = &note.outline.frontmatter.problems;
        let has_comment = problems.iter().any(|problem| problem.kind == Kind::ValueLostToComment);
        let values = if has_comment { by_end(note) } else { Vec::new() };
        for problem in problems {
            match problem.kind {
                Kind::ValueLostToComment => report_comment(note, problem.span, &values, diagnostics),
                Kind::TemplateVariable => report_template(note, problem.span, diagnostics),
                _ => {}
            }
        }
        if let Some(tags) = note.outline.property("tags") {
            check_tags(note, tags, diagnostics);
        }
    }
}

/// Returns the values of the frontmatter in the order in which they end.
fn by_end(note: &Note) -> Vec<&Value> {
    let properties = note.outline.properties.iter().map(|property| &property.value);
    let mut values: Vec<&Value> = properties.chain(&note.outline.values).collect();
    values.sort_by_key(|value| value.span.end);
    values
}

fn report_comment(note: &Note, comment: Span, values: &[&Value], diagnostics: &mut Diagnostics) {
    let Some((value, owner)) = value_before(note, comment, values) else { return };
    // For YAML a no-break space is no white space: left behind the quotes, it would be a mistake.
    let text = comment.of(&note.text).trim_end_matches([' ', '\t', '\r', '\n']);
    let lost = Span::new(comment.start as usize, comment.start as usize + text.len());
    let written = text.trim_end();
    let of_tags = owner.is_some_and(|owner| note.outline.str(owner.key).eq_ignore_ascii_case("tags"));
    if value.kind == ValueKind::Null {
        // Behind a space, the sign may begin a comment: `#ff0000 # accent`.
        let (written, lost) = written.split_once(" # ").map_or((written, lost), |(before, _)| {
            let before = before.trim_end();
            (before, Span::new(lost.start as usize, lost.start as usize + before.len()))
        });
        let diagnostic =
            diagnostics.report(note.id, lost, format!("`{written}` is a comment for YAML, so the value is empty"));
        diagnostic.label("lost").help("put a value that begins with `#` in quotes; tags are written without `#`");
        let is_item = owner.is_some_and(|owner| owner.value.kind != ValueKind::Null);
        let new = if of_tags { tag_list(written, is_item) } else { None }.unwrap_or_else(|| yaml::quote(written));
        // `key:#x` would not be a comment, so a space stands before it already.
        diagnostic.fix(Fix::safe(format!("write `{new}`"), vec![Edit::replace(note.id, lost, new)]));
        return;
    }
    let diagnostic =
        diagnostics.report(note.id, lost, format!("`{written}` is a comment for YAML and not part of the value"));
    diagnostic.label("lost").help("put the value in quotes, or write a space after `#` if it is meant as a comment");
    let whole = Span { start: value.span.start, end: lost.end };
    let new = yaml::quote(whole.of(&note.text).trim_end());
    let edit = vec![Edit::replace(note.id, whole, new)];
    diagnostic.fix(Fix::unsafe_because("put the whole value in quotes", "it may be meant as a comment", edit));
}

/// The value that ends directly before the comment, with the top-level property it belongs to; `None` if the comment takes
/// nothing away: behind quotes, brackets, numbers and dates it is a remark.
fn value_before<'n>(note: &'n Note, comment: Span, values: &[&'n Value]) -> Option<(&'n Value, Option<&'n Property>)> {
    let outline = &note.outline;
    let ends_here = |value: &&&Value| {
        let between = &note.text[value.span.end as usize..comment.start as usize];
        between.chars().all(|c| c == ' ' || c == '\t')
    };
    let before = &values[..values.partition_point(|value| value.span.end <= comment.start)];
    let is_open = |value: &&&Value| match value.kind {
        ValueKind::Null => value.span.is_empty(),
        ValueKind::Text { quoted: false, value } => date::parse(outline.str(value)).is_none(),
        _ => false,
    };
    let value = *before.iter().rev().take_while(ends_here).filter(is_open).last()?;
    let properties = outline.top_level();
    let behind = properties.partition_point(|property| property.key_span.end <= value.span.start);
    Some((value, behind.checked_sub(1).map(|index| &properties[index])))
}

/// `#a #b` as the list `[a, b]`, or as `a` where it is an item of a list already.
fn tag_list(written: &str, is_item: bool) -> Option<String> {
    let words: Vec<&str> = written.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let tags: Option<Vec<&str>> = words.iter().map(|word| word.strip_prefix('#')).collect();
    let tags = tags.filter(|tags| tags.iter().all(|tag| is_tag(tag)))?;
    match (is_item, tags.as_slice()) {
        (true, [tag]) => Some((*tag).to_owned()),
        (true, _) => None,
        (false, tags) => Some(yaml::flow_list(tags.iter().copied())),
    }
}

fn report_template(note: &Note, span: Span, diagnostics: &mut Diagnostics) {
    let written = span.of(&note.text);
    let diagnostic = diagnostics.report(note.id, span, format!("`{written}` without quotes is a mapping for YAML"));
    diagnostic.label("not a text").help("Obsidian's property editor rewrites it, and the template variable is lost");
    diagnostic.fix(Fix::safe("put it in quotes", vec![Edit::replace(note.id, span, yaml::quote(written))]));
}

/// Since Obsidian 1.9 a text is one tag: with a comma or a space it is none.
fn check_tags(note: &Note, tags: &Property, diagnostics: &mut Diagnostics) {
    let ValueKind::Text { value, .. } = tags.value.kind else { return };
    let text = note.outline.str(value).trim();
    if is_template_text(text) || !text.contains(|c: char| c == ',' || c.is_whitespace()) {
        return;
    }
    let diagnostic = diagnostics.report(note.id, tags.value.span, format!("the text `{text}` gives the note no tag"));
    diagnostic.label("no tag").help("several tags are a list; since version 1.9 Obsidian does not split a text");
    if tags.value.span.of(&note.text).contains('\n') || has_anchor(note, &tags.value) {
        return;
    }
    let has_comma = text.contains(',');
    let names: Vec<&str> = match has_comma {
        true => text.split(',').map(str::trim).filter(|name| !name.is_empty()).collect(),
        false => text.split_whitespace().collect(),
    };
    let names: Vec<&str> = names.into_iter().map(|name| name.strip_prefix('#').unwrap_or(name)).collect();
    if !names.iter().all(|name| is_tag(name)) {
        return;
    }
    let edits = vec![Edit::replace(note.id, tags.value.span, yaml::flow_list(names))];
    diagnostic.fix(match has_comma {
        true => Fix::safe("write the tags as a list", edits),
        false => Fix::unsafe_because("write the words as a list of tags", "they may be one tag", edits),
    });
}
