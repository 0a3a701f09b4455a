//! Properties that hold a mapping, or a list with mappings or lists in it.

use serde::{Deserialize, Serialize};

use crate::note::{FrontmatterProblemKind as Kind, Note, Property, Value, ValueKind, unquoted_wikilink};
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NestedProperty {}

impl Rule for NestedProperty {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        for property in note.outline.top_level() {
            let key = note.outline.str(property.key);
            // What Obsidian itself reads there must be texts: property-type says so.
            let is_own = ["tags", "aliases", "cssclasses"].iter().any(|own| key.eq_ignore_ascii_case(own));
            if is_own || !is_nested(note, property) {
                continue;
            }
            let message = format!("`{key}` holds values in values, which Obsidian's property editor cannot edit");
            let diagnostic = diagnostics.report(note.id, property.key_span, message);
            diagnostic.label("nested").help("Obsidian reads it; to edit it there, split it into single properties");
        }
    }
}

fn is_nested(note: &Note, property: &Property) -> bool {
    let is_template = |value: &Value| {
        let problems = note.outline.frontmatter.problems.iter();
        problems.into_iter().any(|problem| problem.kind == Kind::TemplateVariable && value.span.covers(problem.span))
    };
    let is_link = |value: &Value| unquoted_wikilink(note, value).is_some();
    match property.value.kind {
        ValueKind::Map(range) => range.len > 0 && !is_template(&property.value),
        ValueKind::List(range) if !is_link(&property.value) => {
            let is_deep = |value: &Value| matches!(value.kind, ValueKind::Map(_) | ValueKind::List(_));
            note.outline.list(range).iter().any(|item| is_deep(item) && !is_link(item) && !is_template(item))
        }
        _ => false,
    }
}
