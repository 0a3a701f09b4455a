//! Where each setting comes from, for `vaultlint config`.

use serde_yaml::Value;

use super::level;
use super::rules::{Draft, Rules};
use super::source::Source;
use crate::parse::yaml::{Node, NodeKind};

/// Settings that are not rules: dotted key, value as YAML, origin.
#[derive(Default)]
pub(super) struct Origins {
    found: Vec<(String, String, String)>,
}

impl Origins {
    /// Remembers a value; a nearer file overwrites.
    pub fn set(&mut self, source: &Source<'_>, key: &str, key_node: &Node, value: &Node) {
        self.found.retain(|(other, ..)| other != key);
        self.found.push((key.to_owned(), flow(value, &source.file.text), source.origin(key_node.span)));
    }

    /// Remembers one entry of a list that adds up over the files.
    pub fn add(&mut self, source: &Source<'_>, key: &str, value: &Node) {
        self.found.push((key.to_owned(), flow(value, &source.file.text), source.origin(value.span)));
    }

    /// Remembers what the command line sets.
    pub fn command_line(&mut self, key: &str, value: &str, option: &str) {
        self.found.retain(|(other, ..)| other != key);
        self.found.push((key.to_owned(), value.to_owned(), option.to_owned()));
    }

    /// Returns everything, defaults included.
    pub fn finish(self, rules: &Rules) -> Vec<(String, String, String)> {
        let mut all = Vec::new();
        let defaults = [("include", "[\"**/*.md\", \"**/*.canvas\"]"), ("exclude", "[]"), ("fail-on", "warning")];
        for (key, value) in defaults {
            if !self.found.iter().any(|(other, ..)| other == key) {
                all.push((key.to_owned(), value.to_owned(), "default".to_owned()));
            }
        }
        all.extend(self.found);
        for draft in &rules.drafts {
            all.extend(of_rule(draft));
        }
        all
    }
}

fn of_rule(draft: &Draft) -> Vec<(String, String, String)> {
    let name = draft.def.name;
    let severity = draft.level.map_or(draft.meta.severity, |level| level.severity(draft.meta.severity));
    let origin = draft.origin.clone().unwrap_or_else(|| "default".to_owned());
    let mut all = vec![(format!("rules.{name}"), level::shown(severity).to_owned(), origin)];
    for (option, default) in (draft.def.defaults)().as_mapping().into_iter().flatten() {
        let option = option.as_str().unwrap_or_default();
        let set = draft.options.iter().find(|(key, ..)| key == option);
        let (value, origin) = set.map_or((default, "default"), |(_, value, origin)| (value, origin));
        all.push((format!("rules.{name}.{option}"), yaml_text(value), origin.to_owned()));
    }
    all
}

/// Writes a part of a file on one line, without its comments.
fn flow(node: &Node, text: &str) -> String {
    match &node.kind {
        NodeKind::List(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item, text)).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(entries) if entries.is_empty() => "{}".to_owned(),
        NodeKind::Map(entries) => {
            let entry = |(key, value): &(Node, Node)| format!("{}: {}", flow(key, text), flow(value, text));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        _ => one_line(node.span.of(text)),
    }
}

/// Shows a value of an option on one line.
fn yaml_text(value: &Value) -> String {
    match value {
        Value::Sequence(items) => format!("[{}]", items.iter().map(yaml_text).collect::<Vec<_>>().join(", ")),
        Value::Mapping(entries) => {
            let entry = |(key, value)| format!("{}: {}", yaml_text(key), yaml_text(value));
            format!("{{ {} }}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        scalar => serde_yaml::to_string(scalar).map(|text| one_line(&text)).unwrap_or_default(),
    }
}

fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
