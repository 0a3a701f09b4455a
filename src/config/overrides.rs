//! The `overrides` block: other levels for some notes.

use super::rules::Rules;
use super::source::Source;
use super::{Override, globs, level};
use crate::parse::yaml::{Node, NodeKind};

/// Reads the block of one file; the later of two overrides wins.
pub(super) fn read(source: &mut Source<'_>, node: &Node, rules: &Rules, overrides: &mut Vec<Override>) {
    for item in source.list("overrides", node) {
        let mut own = Override { matches: Vec::new(), levels: Vec::new() };
        for field in source.fields("overrides", item, &["match", "rules"]) {
            match field.key {
                "match" => own.matches = globs::read(source, "match", field.value),
                _ => own.levels = levels(source, field.value, rules),
            }
        }
        for key in ["match", "rules"] {
            if item.get(key).is_none() && matches!(item.kind, NodeKind::Map(_)) {
                source.problem(item.span, format!("an override needs `{key}`"), None);
            }
        }
        overrides.push(own);
    }
}

fn levels(source: &mut Source<'_>, node: &Node, rules: &Rules) -> Vec<(usize, Option<crate::diagnostic::Severity>)> {
    let mut levels = Vec::new();
    for field in source.entries("rules", node) {
        let indices = rules.indices(field.key);
        if !rules.knows(field.key) {
            let message = format!("no rule is named `{}`", field.key);
            source.problem(field.key_span, message, Some(rules.suggestion(field.key)));
        } else if matches!(field.value.kind, NodeKind::Map(_)) {
            let help = Some("options belong under `rules` at the top; they hold for the whole vault".to_owned());
            source.problem(field.value.span, "an override changes levels only", help);
        } else if let Some(level) = level::read(source, field.key, field.value) {
            let is_category = rules.index(field.key).is_none();
            let own = |index: usize| (index, level.severity(rules.drafts[index].meta.severity));
            // A rule's own line wins over the line of its category: the first entry of a rule counts.
            let at = if is_category { levels.len() } else { 0 };
            levels.splice(at..at, indices.into_iter().map(own));
        }
    }
    levels
}
