//! Properties and headings that the config asks of every note of a kind, and a note has not.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Note, ValueKind};
use crate::parse::yaml;
use crate::rule::{Diagnostics, Rule};
use crate::text::{Span, to_u32};
use crate::vault::settings::kind::PropertyRule;
use crate::vault::settings::{KindDef, Settings};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct MissingProperty {}

impl Rule for MissingProperty {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        let Some(def) = settings.declared_kind(note) else { return };
        // Of a block that Obsidian cannot read, nothing is known; malformed-frontmatter tells of it.
        let frontmatter = &note.outline.frontmatter;
        if frontmatter.valid || frontmatter.span.is_none() && frontmatter.problems.is_empty() {
            check_properties(note, def, diagnostics);
        }
        check_headings(note, def, diagnostics);
    }
}

fn check_properties(note: &Note, def: &KindDef, diagnostics: &mut Diagnostics) {
    let missing: Vec<&PropertyRule> =
        def.schema.properties.iter().filter(|rule| rule.required && is_missing(note, &rule.name)).collect();
    if missing.is_empty() {
        return;
    }
    let names: Vec<String> = missing.iter().map(|rule| format!("`{}`", rule.name)).collect();
    let names = names.join(", ");
    let span = note
        .outline
        .frontmatter
        .span
        .map_or(Span::at(0), |span| Span::new(span.start as usize, span.start as usize + 3));
    let it = if missing.len() == 1 { "it" } else { "them" };
    let message = format!("missing {names}: the config asks for {it} in notes of kind `{}`", def.name);
    let diagnostic = diagnostics.report(note.id, span, message);
    diagnostic.help(format!("add {names}, or take `required` away in the config")).group_key(names.clone());
    // A value can be filled in only where the config leaves a single choice.
    let is_clear = |rule: &&PropertyRule| rule.values.len() == 1 && note.outline.property(&rule.name).is_none();
    let (Some(block), true) = (note.outline.frontmatter.span, missing.iter().all(is_clear)) else { return };
    let ending = if block.of(&note.text).contains("\r\n") { "\r\n" } else { "\n" };
    let lines: String = missing.iter().map(|rule| format!("{}: {}{ending}", rule.name, yaml::value(&rule.values[0]))).collect();
    let edit = Edit::insert(note.id, note.outline.frontmatter.inner.end, lines);
    let reason = "the note may be of another kind";
    diagnostic.fix(Fix::unsafe_because("add the only value that the config allows", reason, vec![edit]));
}

fn is_missing(note: &Note, name: &str) -> bool {
    let Some(property) = note.outline.property(name) else { return true };
    match property.value.kind {
        ValueKind::Null => true,
        ValueKind::Text { value, .. } => note.outline.str(value).trim().is_empty(),
        ValueKind::List(range) => range.len == 0,
        _ => false,
    }
}

fn check_headings(note: &Note, def: &KindDef, diagnostics: &mut Diagnostics) {
    for wanted in &def.schema.headings {
        let text = wanted.trim_start_matches('#');
        let level = wanted.len() - text.len();
        let is_it = |heading: &&crate::note::Heading| {
            let same_level = level == 0 || usize::from(heading.level) == level;
            same_level && note.outline.str(heading.text()).eq_ignore_ascii_case(text.trim())
        };
        if note.outline.headings.iter().any(|heading| is_it(&heading)) {
            continue;
        }
        let message = format!("missing heading `{wanted}`: the config asks for it in notes of kind `{}`", def.name);
        let diagnostic = diagnostics.report(note.id, Span::at(0), message);
        diagnostic.help("add the heading, or take it away in the config").group_key(wanted.clone());
        if level == 0 {
            continue;
        }
        let gap = if note.text.is_empty() || note.text.ends_with("\n\n") {
            ""
        } else if note.text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        let edit = Edit::insert(note.id, to_u32(note.text.len()), format!("{gap}{wanted}\n"));
        let reason = "the heading is empty, and its place is a guess";
        diagnostic.fix(Fix::unsafe_because("add the heading at the end", reason, vec![edit]));
    }
}
