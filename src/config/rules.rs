//! The `rules` block: a level, or options, for rules and categories.

use serde_yaml::{Mapping, Value};

use super::level::{self, Level};
use super::source::{Field, Source, suggestion};
use super::{ActiveRule, ConfigProblem};
use crate::parse::yaml::{Node, NodeKind};
use crate::rule::{Category, RuleDef, RuleMeta};
use crate::rules::{RULES, did_you_mean};

/// What the config files say about every rule, in the order of the list.
pub(super) struct Rules {
    pub drafts: Vec<Draft>,
}

/// What is known of one rule so far; a nearer file overwrites.
pub(super) struct Draft {
    pub def: &'static RuleDef,
    pub meta: RuleMeta,
    pub level: Option<Level>,
    /// Where the level was set.
    pub origin: Option<String>,
    /// Option, value and where it was set.
    pub options: Vec<(String, Value, String)>,
    pub is_reported: bool,
}

impl Draft {
    pub fn is_off(&self) -> bool {
        self.level.map_or(self.meta.severity.is_none(), |level| level == Level::Off)
    }
}

impl Rules {
    pub fn new() -> Rules {
        let draft = |def: &'static RuleDef| Draft {
            def,
            meta: def.meta(),
            level: None,
            origin: None,
            options: Vec::new(),
            is_reported: true,
        };
        Rules { drafts: RULES.iter().map(draft).collect() }
    }

    /// Returns the index of the rule of that name, a former name included.
    pub fn index(&self, name: &str) -> Option<usize> {
        let own = self.drafts.iter().position(|draft| draft.def.name == name);
        own.or_else(|| self.drafts.iter().position(|draft| draft.meta.aliases.iter().any(|alias| alias == name)))
    }

    /// Returns the rules that a name or category means; empty for any other word.
    pub fn indices(&self, word: &str) -> Vec<usize> {
        if let Some(index) = self.index(word) {
            return vec![index];
        }
        let Some(category) = Category::from_name(word) else { return Vec::new() };
        (0..self.drafts.len()).filter(|index| self.drafts[*index].meta.category == category).collect()
    }

    /// Tells whether the word names a rule or a category.
    pub fn knows(&self, word: &str) -> bool {
        self.index(word).is_some() || Category::from_name(word).is_some()
    }

    /// Returns every word that names rules.
    pub fn words(&self) -> impl Iterator<Item = &'static str> + Clone + '_ {
        let names = self.drafts.iter().map(|draft| draft.def.name);
        names.chain(Category::ALL.into_iter().map(Category::name))
    }

    /// Says which rule or category was probably meant.
    pub fn suggestion(&self, word: &str) -> String {
        did_you_mean(word, self.words())
    }

    /// Reads the block of one file.
    pub fn read(&mut self, source: &mut Source<'_>, node: &Node) {
        let fields = source.entries("rules", node);
        let (names, categories): (Vec<_>, Vec<_>) = fields
            .into_iter()
            .partition(|field| self.index(field.key).is_some() || Category::from_name(field.key).is_none());
        // A rule's own line wins over the line of its category, wherever the two stand.
        for field in categories {
            let Some(level) = level::read(source, field.key, field.value) else { continue };
            for index in self.indices(field.key) {
                self.set_level(index, level, source.origin(field.key_span));
            }
        }
        for field in names {
            match self.index(field.key) {
                Some(index) => self.read_rule(source, index, field),
                None => {
                    let message = format!("no rule is named `{}`", field.key);
                    source.problem(field.key_span, message, Some(self.suggestion(field.key)));
                }
            }
        }
    }

    fn read_rule(&mut self, source: &mut Source<'_>, index: usize, field: Field<'_>) {
        if !matches!(field.value.kind, NodeKind::Map(_)) {
            if let Some(level) = level::read(source, field.key, field.value) {
                self.set_level(index, level, source.origin(field.key_span));
            }
            return;
        }
        for option in source.entries(field.key, field.value) {
            let origin = source.origin(option.key_span);
            if option.key == "severity" {
                if let Some(level) = level::read(source, "severity", option.value) {
                    self.set_level(index, level, origin);
                }
            } else if self.fits(source, index, option) {
                let options = &mut self.drafts[index].options;
                options.retain(|(key, ..)| key != option.key);
                options.push((option.key.to_owned(), value(option.value), origin));
            }
        }
    }

    /// Tries the rule with this option alone, so that a mistake has a place.
    fn fits(&self, source: &mut Source<'_>, index: usize, option: Field<'_>) -> bool {
        let def = self.drafts[index].def;
        let Err(error) = (def.build)(Some(&block([(option.key, value(option.value))]))) else { return true };
        if error.contains("unknown field") {
            let known: Vec<&str> = quoted(&error).skip(1).chain(["severity"]).collect();
            let message = format!("`{}` has no option `{}`", def.name, option.key);
            source.problem(option.key_span, message, Some(suggestion(option.key, known)));
        } else {
            source.problem(option.value.span, format!("`{}` {}", option.key, expected(&error)), None);
        }
        false
    }

    fn set_level(&mut self, index: usize, level: Level, origin: String) {
        self.drafts[index].level = Some(level);
        self.drafts[index].origin = Some(origin);
    }

    /// Makes the rules with their options and levels.
    pub fn build(self, problems: &mut Vec<ConfigProblem>) -> Vec<ActiveRule> {
        let mut active = Vec::new();
        for draft in self.drafts {
            let options = block(draft.options.iter().map(|(key, value, _)| (key.as_str(), value.clone())));
            let level = draft.level.map_or(draft.meta.severity, |level| level.severity(draft.meta.severity));
            match (draft.def.build)(Some(&options)) {
                Ok(rule) => active.push(ActiveRule {
                    def: draft.def,
                    meta: draft.meta,
                    rule,
                    level,
                    is_reported: draft.is_reported,
                }),
                Err(error) => problems.push(ConfigProblem::without_place(
                    format!("the options of `{}` do not fit together: {error}", draft.def.name),
                    None,
                )),
            }
        }
        active
    }
}

fn block<'a>(options: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    Value::Mapping(options.into_iter().map(|(key, value)| (Value::from(key), value)).collect())
}

/// Turns a tree with spans into one that serde reads.
fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Bool(value) => (*value).into(),
        NodeKind::Integer(value) => (*value).into(),
        NodeKind::Float(value) => (*value).into(),
        NodeKind::Text { value, .. } => value.as_str().into(),
        NodeKind::List(items) => Value::Sequence(items.iter().map(value).collect()),
        NodeKind::Map(entries) => {
            Value::Mapping(entries.iter().map(|(key, entry)| (value(key), value(entry))).collect::<Mapping>())
        }
    }
}

/// The words that serde's message holds in backticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}

/// Turns serde's message into a sentence about the option.
fn expected(error: &str) -> String {
    if error.contains("unknown variant") {
        let words: Vec<String> = quoted(error).skip(1).map(|word| format!("`{word}`")).collect();
        return format!("must be one of {}", words.join(", "));
    }
    let Some((_, expected)) = error.rsplit_once("expected ") else { return format!("does not fit: {error}") };
    let expected = expected.split(" at line").next().unwrap_or(expected);
    let plain = match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number",
        "i8" | "i16" | "i32" | "i64" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "`true` or `false`",
        "a string" => "a text",
        "a sequence" => "a list",
        "a map" => "a mapping",
        other => other,
    };
    format!("must be {plain}")
}
