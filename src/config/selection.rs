//! What the command line says about rules: it wins over the config files.

use super::level::{self, Level};
use super::rules::Rules;
use super::{ConfigProblem, Override, Selection};
use crate::diagnostic::Severity;
use crate::vault::settings::Pattern;

/// Applies `--select`, `--severity` and `--ignore`, in this order.
pub(super) fn apply(
    selection: &Selection,
    rules: &mut Rules,
    patterns: &mut Vec<Pattern>,
    overrides: &mut [Override],
    problems: &mut Vec<ConfigProblem>,
) {
    let mut choice = Choice { rules, patterns, overrides, problems };
    choice.select(&selection.select);
    for typed in &selection.severity {
        choice.severity(typed, &selection.select);
    }
    for word in &selection.ignore {
        choice.set(word, "--ignore", Level::Off);
    }
}

struct Choice<'a> {
    rules: &'a mut Rules,
    patterns: &'a mut Vec<Pattern>,
    overrides: &'a mut [Override],
    problems: &'a mut Vec<ConfigProblem>,
}

impl Choice<'_> {
    fn select(&mut self, words: &[String]) {
        if words.is_empty() {
            return;
        }
        let mut selected = Vec::new();
        for word in words {
            let indices = self.rules.indices(word);
            // A rule that is called by its name is wanted, even if it is off; a category means those that are on.
            if let Some(index) = self.rules.index(word) {
                let draft = &mut self.rules.drafts[index];
                if draft.is_off() {
                    draft.level = Some(Level::Own);
                    draft.origin = Some("--select".to_owned());
                }
                for own in self.overrides.iter_mut() {
                    own.levels.retain(|(other, level)| *other != index || level.is_some());
                }
            } else if !self.rules.knows(word) && !self.is_pattern(word) {
                self.unknown(word, "--select");
            }
            selected.extend(indices);
        }
        let names: Vec<&str> = selected.iter().map(|index| self.rules.drafts[*index].def.name).collect();
        for index in 0..self.rules.drafts.len() {
            let draft = &mut self.rules.drafts[index];
            if selected.contains(&index) || draft.def.name == "pattern" {
                continue;
            }
            // It still decides which findings of a selected rule are better told by another one.
            match !draft.is_off() && draft.meta.replaces.iter().any(|replaced| names.contains(&replaced.as_str())) {
                true => draft.is_reported = false,
                false => self.set_rule(index, "--select", Level::Off),
            }
        }
        let all_patterns = words.iter().any(|word| word == "pattern");
        self.patterns.retain(|pattern| all_patterns || words.contains(&pattern.name));
    }

    /// `RULE=LEVEL`.
    fn severity(&mut self, typed: &str, selected: &[String]) {
        let Some((word, level)) = typed.split_once('=') else {
            self.problem(format!("`--severity {typed}`: expected RULE=LEVEL"), None);
            return;
        };
        let Some(level) = Level::from_word(level) else {
            let help = super::source::suggestion(level, level::WORDS);
            self.problem(format!("`--severity {typed}`: `{level}` is not a level"), Some(help));
            return;
        };
        let is_selected = |index: &usize| {
            let meta = &self.rules.drafts[*index].meta;
            let names =
                |word: &String| word == meta.name || word == meta.category.name() || meta.aliases.contains(word);
            selected.is_empty() || selected.iter().any(names)
        };
        let indices: Vec<usize> = self.rules.indices(word);
        let chosen: Vec<usize> = indices.iter().copied().filter(is_selected).collect();
        if !self.rules.knows(word) {
            self.set(word, "--severity", level);
        }
        for index in chosen {
            self.set_rule(index, "--severity", level);
        }
    }

    fn set(&mut self, word: &str, option: &str, level: Level) {
        let indices = self.rules.indices(word);
        if !self.rules.knows(word) && !self.is_pattern(word) {
            self.unknown(word, option);
        }
        for index in indices {
            self.set_rule(index, option, level);
        }
        match level.severity(Some(Severity::Warning)) {
            None => self.patterns.retain(|pattern| pattern.name != word),
            Some(severity) => {
                let named = self.patterns.iter_mut().filter(|pattern| pattern.name == word);
                named.for_each(|pattern| pattern.severity = severity);
            }
        }
    }

    /// Sets a level for all notes: what the config says for some of them gives way.
    fn set_rule(&mut self, index: usize, option: &str, level: Level) {
        self.rules.drafts[index].level = Some(level);
        self.rules.drafts[index].origin = Some(option.to_owned());
        for own in self.overrides.iter_mut() {
            own.levels.retain(|(other, _)| *other != index);
        }
    }

    fn is_pattern(&self, word: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.name == word)
    }

    fn unknown(&mut self, word: &str, option: &str) {
        let help = self.rules.suggestion(word);
        self.problem(format!("`{option} {word}`: no rule or category of that name"), Some(help));
    }

    fn problem(&mut self, message: String, help: Option<String>) {
        self.problems.push(ConfigProblem::without_place(message, help));
    }
}
