//! Reads the config files from the farthest to the nearest, then the command line, and makes a [`Config`] of it.

use std::sync::Arc;

use globset::GlobSet;

use super::extends::{Layer, layers};
use super::level;
use super::origins::Origins;
use super::patterns::Patterns;
use super::rules::Rules;
use super::source::{Field, Source, suggestion};
use super::{Config, ConfigProblem, ConfigText, Override, ReadExtended, Selection};
use super::{globs, kinds, names, overrides, selection};
use crate::diagnostic::Severity;
use crate::parse::yaml::{Node, NodeKind};
use crate::vault::settings::{KindDef, Names, Settings};

const KEYS: [&str; 9] =
    ["include", "exclude", "extends", "fail-on", "rules", "kinds", "names", "patterns", "overrides"];

pub(super) fn resolve(
    file: Option<&ConfigText>,
    selection: &Selection,
    read_extended: ReadExtended<'_>,
) -> Result<Config, Vec<ConfigProblem>> {
    let mut problems = Vec::new();
    let mut draft = Draft::new();
    for layer in file.map(|file| layers(file, read_extended, &mut problems)).unwrap_or_default() {
        draft.read(&layer, &mut problems);
    }
    draft.patterns.check_kinds(&draft.kinds, &mut problems);
    // The files keep their order, the farthest first; within a file the mistakes stand as the reader meets them.
    let order = file_order(&problems);
    problems.sort_by_key(|problem| (order.iter().position(|path| *path == problem.path), problem.span));
    draft.select(selection, &mut problems);
    let config = draft.finish(&mut problems);
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

fn file_order(problems: &[ConfigProblem]) -> Vec<Option<String>> {
    let mut order: Vec<Option<String>> = Vec::new();
    for problem in problems {
        if !order.contains(&problem.path) {
            order.push(problem.path.clone());
        }
    }
    order
}

/// Everything that the files said so far.
struct Draft {
    include: Option<GlobSet>,
    exclude: Option<GlobSet>,
    fail_on: Severity,
    rules: Rules,
    kinds: Vec<KindDef>,
    names: Names,
    patterns: Patterns,
    overrides: Vec<Override>,
    origins: Origins,
}

impl Draft {
    fn new() -> Draft {
        Draft {
            include: None,
            exclude: None,
            fail_on: Severity::Warning,
            rules: Rules::new(),
            kinds: Vec::new(),
            names: Names::default(),
            patterns: Patterns::default(),
            overrides: Vec::new(),
            origins: Origins::default(),
        }
    }

    fn read(&mut self, layer: &Layer, problems: &mut Vec<ConfigProblem>) {
        let mut source = Source::new(&layer.file);
        for field in source.entries("config", &layer.root) {
            // A key without a value is a block that the user has not filled in yet.
            if field.value.kind == NodeKind::Null && KEYS.contains(&field.key) {
                continue;
            }
            self.read_field(&mut source, field);
        }
        self.remember(&source, &layer.root);
        problems.append(&mut source.problems);
    }

    fn read_field(&mut self, source: &mut Source<'_>, field: Field<'_>) {
        let value = field.value;
        match field.key {
            "include" => self.include = globs::read_set(source, "include", value),
            "exclude" => self.exclude = globs::read_set(source, "exclude", value),
            "extends" => {}
            "fail-on" => self.fail_on = fail_on(source, value).unwrap_or(self.fail_on),
            "rules" => self.rules.read(source, value),
            "kinds" => kinds::read(source, value, &mut self.kinds),
            "names" => names::read(source, value, &mut self.names),
            "patterns" => self.patterns.read(source, value, &self.rules),
            "overrides" => overrides::read(source, value, &self.rules, &mut self.overrides),
            key => {
                let is_rule = self.rules.knows(key);
                let help = match is_rule {
                    true => format!("rules stand under `rules:`; write it there as `{key}: …`"),
                    false => suggestion(key, KEYS),
                };
                source.problem(field.key_span, format!("the config has no key `{key}`"), Some(help));
            }
        }
    }

    fn remember(&mut self, source: &Source<'_>, root: &Node) {
        for (key, value) in root.entries() {
            let Some(name) = key.text().filter(|name| KEYS.contains(name)) else { continue };
            match (name, &value.kind) {
                ("rules", _) => {}
                ("kinds" | "names", NodeKind::Map(entries)) => {
                    for (own, value) in entries {
                        self.origins.set(source, &format!("{name}.{}", own.key_text()), own, value);
                    }
                }
                ("patterns" | "overrides", NodeKind::List(items)) => {
                    items.iter().for_each(|item| self.origins.add(source, name, item));
                }
                _ => self.origins.set(source, name, key, value),
            }
        }
    }

    fn select(&mut self, selected: &Selection, problems: &mut Vec<ConfigProblem>) {
        let patterns = &mut self.patterns.patterns;
        selection::apply(selected, &mut self.rules, patterns, &mut self.overrides, problems);
        if let Some(severity) = selected.fail_on {
            self.fail_on = severity;
            self.origins.command_line("fail-on", severity.name(), "--fail-on");
        }
    }

    fn finish(self, problems: &mut Vec<ConfigProblem>) -> Config {
        let settings =
            Settings { kinds: self.kinds, names: self.names, patterns: self.patterns.patterns, ..Settings::default() };
        let origins = self.origins.finish(&self.rules);
        Config {
            settings: Arc::new(settings),
            rules: self.rules.build(problems),
            include: self.include,
            exclude: self.exclude,
            fail_on: self.fail_on,
            overrides: self.overrides,
            origins,
            examples: self.patterns.examples,
        }
    }
}

fn fail_on(source: &mut Source<'_>, node: &Node) -> Option<Severity> {
    let word = source.text("fail-on", node)?;
    let severity = Severity::from_name(&word);
    if severity.is_none() {
        let words = &level::WORDS[..3];
        let help = suggestion(&word, words.iter().copied());
        source.problem(node.span, format!("`{word}` is not a level to fail on"), Some(help));
    }
    severity
}
