//! A property that stands twice: for Obsidian the whole frontmatter is invalid then.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix, Severity};
use crate::note::{FrontmatterProblemKind as Kind, Note, Outline, Property, Value, ValueKind, has_anchor};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::Settings;

/// Lists so long that joining them takes more comparisons are not joined.
const MOST_COMPARED: u64 = 1_000_000;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateProperty {}

impl Rule for DuplicateProperty {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        let outline = &note.outline;
        let duplicates = outline.frontmatter.problems.iter().filter(|problem| problem.kind == Kind::DuplicateKey);
        let mut duplicates = duplicates.peekable();
        let by_span: FxHashMap<Span, &Property> = match duplicates.peek() {
            Some(_) => outline.properties.iter().rev().map(|property| (property.key_span, property)).collect(),
            None => FxHashMap::default(),
        };
        for problem in duplicates {
            let find = |span: Span| by_span.get(&span).copied();
            let (Some(first), Some(later)) = (problem.related.and_then(find), find(problem.span)) else { continue };
            let message = format!("property `{}` stands twice", outline.str(later.key));
            let diagnostic = diagnostics.report(note.id, later.key_span, message);
            diagnostic.label("again here").related(note.id, first.key_span, "the first");
            diagnostic.help("Obsidian drops the whole block: the note has no properties, tags or aliases");
            offer(note, first, later, diagnostic);
        }
        check_case(note, diagnostics);
    }
}

/// `Tags` and `tags` are two keys of YAML, and one property of Obsidian.
fn check_case(note: &Note, diagnostics: &mut Diagnostics) {
    let outline = &note.outline;
    if outline.top_level().len() <= FEW && all_differ(outline) {
        return;
    }
    // The first property of each way to write a name.
    let mut written: FxHashMap<String, Vec<&Property>> = FxHashMap::default();
    for later in outline.top_level() {
        let name = outline.str(later.key);
        let ways = written.entry(name.to_lowercase()).or_default();
        let first = ways.iter().find(|first| outline.str(first.key) != name).copied();
        if !ways.iter().any(|way| outline.str(way.key) == name) {
            ways.push(later);
        }
        let Some(first) = first else { continue };
        let message = format!("`{name}` and `{}` are one property for Obsidian", outline.str(first.key));
        let diagnostic = diagnostics.report(note.id, later.key_span, message);
        diagnostic.label("again here").related(note.id, first.key_span, "the first").at_most(Severity::Warning);
        diagnostic.help("Obsidian does not tell capital from small letters in a property's name; keep one of the two");
    }
}

/// So many names are held against each other.
const FEW: usize = 16;

fn all_differ(outline: &Outline) -> bool {
    let name = |property: &Property| outline.str(property.key);
    outline.top_level().iter().enumerate().all(|(index, later)| {
        let differs = |first: &Property| !name(first).eq_ignore_ascii_case(name(later));
        name(later).is_ascii() && outline.top_level()[..index].iter().all(differs)
    })
}

fn offer(note: &Note, first: &Property, later: &Property, diagnostic: &mut Diagnostic) {
    let (Some(first_lines), Some(later_lines)) = (lines(note, first), lines(note, later)) else { return };
    let delete = |lines: Span| vec![Edit::delete(note.id, lines)];
    let outline = &note.outline;
    // What an anchor names is used elsewhere.
    if [first, later].iter().any(|property| has_anchor(note, &property.value)) {
        return;
    }
    if same_value(outline, &first.value, &later.value) {
        diagnostic.fix(Fix::safe("remove the second: both have the same value", delete(later_lines)));
    } else if is_empty(&later.value) {
        diagnostic.fix(Fix::unsafe_because(
            "remove the second: it is empty",
            "it may be meant to be empty",
            delete(later_lines),
        ));
    } else if is_empty(&first.value) {
        diagnostic.fix(Fix::unsafe_because(
            "remove the first: it is empty",
            "it may be meant to be empty",
            delete(first_lines),
        ));
    } else if let Some(edits) = joined(note, first, later, later_lines) {
        diagnostic.fix(Fix::unsafe_because("join the two lists", "one of the two may be out of date", edits));
    } else {
        let reason = "one of the two values is lost";
        diagnostic.alternative(Fix::unsafe_because("keep the first value", reason, delete(later_lines)));
        diagnostic.alternative(Fix::unsafe_because("keep the second value", reason, delete(first_lines)));
    }
}

/// The whole lines of a property; `None` where something else stands on them, or a comment that would be lost.
fn lines(note: &Note, property: &Property) -> Option<Span> {
    let (start, value_end) = (property.key_span.start as usize, property.value.span.end as usize);
    let line_start = note.text[..start].rfind('\n').map_or(0, |at| at + 1);
    let rest = &note.text[value_end..];
    let line_len = rest.find('\n').map_or(rest.len(), |at| at + 1);
    let is_alone = note.text[line_start..start].trim().is_empty() && rest[..line_len].trim().is_empty();
    let has_comment = note.text[start..value_end].contains(" #");
    (is_alone && !has_comment).then(|| Span::new(line_start, value_end + line_len))
}

fn is_empty(value: &Value) -> bool {
    match value.kind {
        ValueKind::Null => true,
        ValueKind::List(range) => range.len == 0,
        _ => false,
    }
}

fn same_value(outline: &Outline, one: &Value, other: &Value) -> bool {
    match (one.kind, other.kind) {
        (ValueKind::Text { value: one, .. }, ValueKind::Text { value: other, .. }) => {
            outline.str(one) == outline.str(other)
        }
        (ValueKind::List(one), ValueKind::List(other)) => {
            let pairs = outline.list(one).iter().zip(outline.list(other));
            one.len == other.len && pairs.into_iter().all(|(one, other)| same_value(outline, one, other))
        }
        (ValueKind::Map(one), ValueKind::Map(other)) => {
            let mut pairs = outline.entries(one).iter().zip(outline.entries(other));
            let same = |(one, other): (&Property, &Property)| {
                outline.str(one.key) == outline.str(other.key) && same_value(outline, &one.value, &other.value)
            };
            one.len == other.len && pairs.all(same)
        }
        (one, other) => one == other,
    }
}

/// Moves the items of the later list to the end of the first, if both are written with dashes and equally far in.
fn joined(note: &Note, first: &Property, later: &Property, later_lines: Span) -> Option<Vec<Edit>> {
    let (ValueKind::List(first_items), ValueKind::List(later_items)) = (first.value.kind, later.value.kind) else {
        return None;
    };
    if u64::from(first_items.len) * u64::from(later_items.len) > MOST_COMPARED {
        return None;
    }
    let outline = &note.outline;
    let column = |value: &Value| {
        let start = value.span.start as usize;
        let line_start = note.text[..start].rfind('\n').map_or(0, |at| at + 1);
        (note.text[start..].starts_with('-') && note.text[line_start..start].trim().is_empty())
            .then(|| start - line_start)
    };
    if column(&first.value)? != column(&later.value)? {
        return None;
    }
    let is_new = |item: &&Value| !outline.list(first_items).iter().any(|own| same_value(outline, own, item));
    let is_text = |item: &Value| !matches!(item.kind, ValueKind::List(_) | ValueKind::Map(_));
    if !outline.list(later_items).iter().all(is_text) {
        return None;
    }
    let indent = " ".repeat(column(&first.value)?);
    let ending = if later_lines.of(&note.text).ends_with("\r\n") { "\r\n" } else { "\n" };
    let item = |item: &Value| format!("{ending}{indent}- {}", item.span.of(&note.text));
    let added: String = outline.list(later_items).iter().filter(is_new).map(item).collect();
    Some(vec![Edit::insert(note.id, first.value.span.end, added), Edit::delete(note.id, later_lines)])
}
