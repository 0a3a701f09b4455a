//! Where each setting comes from, for `vaultlint config`.

use super::level;
use super::rules::{Draft, Rules};
use super::source::Source;
use crate::parse::yaml::{self, Node};
use crate::rule::RuleDef;

/// Settings that are not rules: dotted key, value as YAML, origin.
#[derive(Default)]
pub(super) struct Origins {
    found: Vec<(String, String, String)>,
}

impl Origins {
    /// Remembers a value; a nearer file overwrites.
    pub fn set(&mut self, source: &Source<'_>, key: &str, key_node: &Node, value: &Node) {
        self.found.retain(|(other, ..)| other != key);
        let written = one_line(value.span.of(&source.file.text));
        self.found.push((key.to_owned(), written, source.origin(key_node.span)));
    }

    /// Remembers one entry of a list that adds up over the files.
    pub fn add(&mut self, source: &Source<'_>, key: &str, value: &Node) {
        let written = one_line(value.span.of(&source.file.text));
        self.found.push((key.to_owned(), written, source.origin(value.span)));
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
    for (option, default) in default_options(draft.def) {
        let key = format!("rules.{name}.{option}");
        let (value, origin) = match draft.options.iter().find(|(key, ..)| *key == option) {
            Some((_, value, origin)) => (yaml_text(value), origin.clone()),
            None => (default, "default".to_owned()),
        };
        all.push((key, value, origin));
    }
    all
}

/// Returns the options of a rule with their defaults, as its page shows them.
pub(super) fn default_options(def: &RuleDef) -> Vec<(String, String)> {
    let Some(block) = options_block(def.page) else { return Vec::new() };
    let Ok(root) = yaml::parse(block) else { return Vec::new() };
    let option = |(key, value): &(Node, Node)| (key.key_text(), one_line(value.span.of(block)));
    root.entries().iter().map(option).collect()
}

/// Returns the `yaml` block below `## Options`.
pub(super) fn options_block(page: &str) -> Option<&str> {
    let section = page.split("\n## Options\n").nth(1)?;
    let section = section.split("\n## ").next().unwrap_or(section);
    section.split("```yaml\n").nth(1)?.split("```").next()
}

fn yaml_text(value: &serde_yaml::Value) -> String {
    serde_yaml::to_string(value).map(|text| one_line(&text)).unwrap_or_default()
}

fn one_line(written: &str) -> String {
    written.split_whitespace().collect::<Vec<_>>().join(" ")
}
