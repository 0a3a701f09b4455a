//! The `kinds` block: which notes are of a kind, and what such a note must look like.

use regex::Regex;

use super::globs;
use super::source::{Field, Source, suggestion};
use crate::parse::yaml::{Node, NodeKind};
use crate::vault::settings::kind::{Kind, KindDef, PropertyRule, PropertyShape, Schema};

const KEYS: [&str; 7] = ["match", "type", "tag", "properties", "headings", "name", "closed"];

/// Reads the block of one file; a kind of the same name replaces that of a file it extends.
pub(super) fn read(source: &mut Source<'_>, node: &Node, kinds: &mut Vec<KindDef>) {
    for field in source.entries("kinds", node) {
        let kind = read_kind(source, field);
        match kinds.iter_mut().find(|other| other.name == kind.name) {
            Some(other) => *other = kind,
            None => kinds.push(kind),
        }
    }
}

fn read_kind(source: &mut Source<'_>, field: Field<'_>) -> KindDef {
    let name = field.key.to_owned();
    let mut def = KindDef {
        kind: Kind::from_name(&name),
        globs: Vec::new(),
        types: Vec::new(),
        tags: Vec::new(),
        schema: Schema::default(),
        name,
    };
    let texts = |source: &mut Source<'_>, field: Field<'_>| -> Vec<String> {
        source.texts(field.key, field.value).into_iter().map(|(text, _)| text).collect()
    };
    for field in source.fields(field.key, field.value, &KEYS) {
        match field.key {
            "match" => def.globs = globs::read(source, "match", field.value),
            "type" => def.types = texts(source, field),
            "tag" => def.tags = texts(source, field),
            "properties" => def.schema.properties = properties(source, field.value),
            "headings" => def.schema.headings = texts(source, field),
            "name" => def.schema.name = name_pattern(source, field.value),
            _ => def.schema.closed = source.boolean("closed", field.value).unwrap_or_default(),
        }
    }
    let has_nothing = def.globs.is_empty() && def.types.is_empty() && def.tags.is_empty();
    if has_nothing {
        def.types.push(def.name.clone());
    }
    def
}

fn properties(source: &mut Source<'_>, node: &Node) -> Vec<PropertyRule> {
    let entries = source.entries("properties", node);
    entries.into_iter().filter_map(|field| property(source, field)).collect()
}

fn property(source: &mut Source<'_>, field: Field<'_>) -> Option<PropertyRule> {
    let mut rule = PropertyRule {
        name: field.key.to_owned(),
        value: PropertyShape::Any,
        required: false,
        values: Vec::new(),
        pattern: None,
    };
    match field.value.kind {
        NodeKind::Null => {}
        NodeKind::Map(_) => {
            for option in source.fields(field.key, field.value, &["type", "required", "values", "pattern"]) {
                read_option(source, option, &mut rule);
            }
        }
        _ => rule.value = shape(source, field.key, field.value)?,
    }
    Some(rule)
}

fn read_option(source: &mut Source<'_>, option: Field<'_>, rule: &mut PropertyRule) {
    match option.key {
        "type" => rule.value = shape(source, "type", option.value).unwrap_or_default(),
        "required" => rule.required = source.boolean("required", option.value).unwrap_or_default(),
        "values" => {
            rule.values = source.texts("values", option.value).into_iter().map(|(value, _)| value).collect();
        }
        _ => rule.pattern = pattern(source, option.value),
    }
}

/// A pattern holds for the whole value.
fn pattern(source: &mut Source<'_>, node: &Node) -> Option<Regex> {
    let written = source.text("pattern", node)?;
    match Regex::new(&format!("^(?:{written})$")) {
        Ok(regex) => Some(regex),
        Err(_) => {
            source.regex_problem(&written, node.span);
            None
        }
    }
}

fn shape(source: &mut Source<'_>, name: &str, node: &Node) -> Option<PropertyShape> {
    let word = source.text(name, node)?;
    let shape = PropertyShape::from_name(&word);
    if shape.is_none() {
        let help = suggestion(&word, PropertyShape::ALL.map(PropertyShape::name));
        source.problem(node.span, format!("`{word}` is not a type of property"), Some(help));
    }
    shape
}

/// `*` and `{date}` are all that a name may leave open.
fn name_pattern(source: &mut Source<'_>, node: &Node) -> Option<String> {
    let written = source.text("name", node)?;
    let rest = written.replace("{date}", "");
    if let Some(open) = rest.find(['{', '}']) {
        let unknown = rest[open..].split_inclusive('}').next().unwrap_or_default();
        let help = Some("a name may hold `*` for any text and `{date}` for a day such as 2026-01-31".to_owned());
        source.problem(node.span, format!("`{unknown}` means nothing in a name"), help);
        return None;
    }
    Some(written)
}
