//! The `patterns` block: rules that the user declares, with examples that `vaultlint config` checks.

use regex::Regex;

use super::globs;
use super::level;
use super::rules::Rules;
use super::source::{Field, Source, suggestion};
use super::{ConfigProblem, PatternExample};
use crate::diagnostic::Severity;
use crate::parse::yaml::Node;
use crate::text::Span;
use crate::vault::settings::{Kind, KindDef, Pattern, PatternPlace};

const KEYS: [&str; 11] =
    ["name", "find", "message", "replace", "severity", "safe", "kinds", "match", "in", "bad", "good"];

/// What the config files declare.
#[derive(Default)]
pub(super) struct Patterns {
    pub patterns: Vec<Pattern>,
    pub examples: Vec<PatternExample>,
    /// Kinds that patterns name; whether they exist is known when every file is read.
    kinds: Vec<(String, ConfigProblem)>,
}

impl Patterns {
    /// Reads the block of one file; a pattern of the same name replaces that of a file it extends.
    pub fn read(&mut self, source: &mut Source<'_>, node: &Node, rules: &Rules) {
        let mut here: Vec<String> = Vec::new();
        for item in source.list("patterns", node) {
            let Some((pattern, examples)) = self.read_pattern(source, item, rules) else { continue };
            if here.contains(&pattern.name) {
                let name_span = item.get("name").map_or(item.span, |name| name.span);
                source.problem(name_span, format!("a pattern `{}` stands above already", pattern.name), None);
                continue;
            }
            here.push(pattern.name.clone());
            self.patterns.retain(|other| other.name != pattern.name);
            self.examples.retain(|other| other.pattern != pattern.name);
            // One that is off replaces what the file it extends says, and finds nothing.
            if !is_off(item) {
                self.patterns.push(pattern);
                self.examples.extend(examples);
            }
        }
    }

    fn read_pattern(
        &mut self,
        source: &mut Source<'_>,
        item: &Node,
        rules: &Rules,
    ) -> Option<(Pattern, Vec<PatternExample>)> {
        let fields = source.fields("patterns", item, &KEYS);
        let field = |key: &str| fields.iter().find(|field| field.key == key).copied();
        let mut required = |key: &str| {
            let found = field(key).and_then(|field| source.text(key, field.value));
            if field(key).is_none() {
                source.problem(first_line(item, source), format!("a pattern needs `{key}`"), None);
            }
            found
        };
        let (name, find, message) = (required("name"), required("find"), required("message"));
        let find = find.and_then(|find| regex(source, &find, field("find")?.value.span));
        let name = name.filter(|name| is_free(source, name, field("name").map(|field| field.value.span), rules));
        let (name, find, message) = (name?, find?, message?);
        let mut pattern = Pattern {
            name,
            find,
            message,
            replace: None,
            safe: false,
            severity: Severity::Warning,
            notes: Vec::new(),
            kinds: Vec::new(),
            place: PatternPlace::Text,
        };
        let mut examples = Vec::new();
        for field in fields {
            match field.key {
                "bad" | "good" => examples.extend(read_examples(source, field, &pattern.name)),
                _ => self.read_option(source, field, &mut pattern),
            }
        }
        Some((pattern, examples))
    }

    fn read_option(&mut self, source: &mut Source<'_>, field: Field<'_>, pattern: &mut Pattern) {
        match field.key {
            "replace" => pattern.replace = replacement(source, field.value, &pattern.find),
            "severity" => {
                let level = level::read(source, "severity", field.value);
                pattern.severity = level.and_then(|level| level.severity(None)).unwrap_or(Severity::Warning);
            }
            "safe" => pattern.safe = source.boolean("safe", field.value).unwrap_or_default(),
            "match" => pattern.notes = globs::read(source, "match", field.value),
            "kinds" => {
                for (kind, span) in source.texts("kinds", field.value) {
                    let mut unknown = Source::new(source.file);
                    unknown.problem(span, format!("no kind is named `{kind}`"), None);
                    self.kinds.extend(unknown.problems.pop().map(|problem| (kind.clone(), problem)));
                    pattern.kinds.push(kind);
                }
            }
            "in" => pattern.place = place(source, field.value).unwrap_or_default(),
            _ => {}
        }
    }

    /// Reports the kinds that neither the config nor vaultlint knows.
    pub fn check_kinds(&mut self, kinds: &[KindDef], problems: &mut Vec<ConfigProblem>) {
        for (name, mut problem) in std::mem::take(&mut self.kinds) {
            let declared = kinds.iter().any(|kind| kind.name == name);
            if declared || !matches!(Kind::from_name(&name), Kind::Other(_)) {
                continue;
            }
            let known = kinds.iter().map(|kind| kind.name.as_str());
            problem.help =
                Some(suggestion(&name, known.chain(["person", "organisation", "meeting", "project", "daily"])));
            problems.push(problem);
        }
    }
}

fn first_line(node: &Node, source: &Source<'_>) -> Span {
    let written = node.span.of(&source.file.text);
    let line = written.lines().next().unwrap_or_default();
    Span::new(node.span.start as usize, node.span.start as usize + line.trim_end().len())
}

fn regex(source: &mut Source<'_>, written: &str, span: Span) -> Option<Regex> {
    let regex = Regex::new(written).ok();
    if regex.is_none() {
        source.regex_problem(written, span);
    }
    regex
}

/// A pattern's name stands in reports like a rule's.
fn is_free(source: &mut Source<'_>, name: &str, span: Option<Span>, rules: &Rules) -> bool {
    let span = span.unwrap_or_default();
    let is_kebab = !name.is_empty()
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !name.starts_with('-');
    if !is_kebab {
        let help = Some("small letters, digits and hyphens, for example `our-spelling`".to_owned());
        source.problem(span, format!("`{name}` cannot be the name of a pattern"), help);
        return false;
    }
    let taken = rules.knows(name);
    if taken {
        source.problem(span, format!("`{name}` is the name of a rule or category of vaultlint"), None);
    }
    !taken
}

/// A group that the pattern does not have would be replaced by nothing.
fn replacement(source: &mut Source<'_>, node: &Node, find: &Regex) -> Option<String> {
    let written = source.text("replace", node)?;
    for group in groups(&written) {
        let known = match group.parse::<usize>() {
            Ok(number) => number < find.captures_len(),
            Err(_) => find.capture_names().flatten().any(|name| name == group),
        };
        if !known {
            let help = "`${1}` is the first group; a dollar sign itself is written `$$`".to_owned();
            source.problem(node.span, format!("`find` has no group `{group}`"), Some(help));
            return None;
        }
    }
    Some(written)
}

/// The groups that a replacement names: `$1`, `$name`, `${name}`; `$$` is a dollar sign.
fn groups(replacement: &str) -> Vec<&str> {
    let mut groups = Vec::new();
    let mut rest = replacement;
    while let Some(at) = rest.find('$') {
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            rest = after;
            continue;
        }
        let name = match rest.strip_prefix('{') {
            Some(braced) => braced.split('}').next().unwrap_or_default(),
            None => {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                &rest[..end]
            }
        };
        if !name.is_empty() {
            groups.push(name);
        }
    }
    groups
}

fn place(source: &mut Source<'_>, node: &Node) -> Option<PatternPlace> {
    let word = source.text("in", node)?;
    match word.as_str() {
        "text" => Some(PatternPlace::Text),
        "frontmatter" => Some(PatternPlace::Frontmatter),
        "everywhere" => Some(PatternPlace::Everywhere),
        _ => {
            let help = suggestion(&word, ["text", "frontmatter", "everywhere"]);
            source.problem(node.span, format!("a pattern cannot look in `{word}`"), Some(help));
            None
        }
    }
}

fn read_examples(source: &mut Source<'_>, field: Field<'_>, pattern: &str) -> Vec<PatternExample> {
    let texts = source.texts(field.key, field.value);
    let example = |(text, span)| PatternExample {
        pattern: pattern.to_owned(),
        text,
        is_bad: field.key == "bad",
        file: source.file.clone(),
        span,
    };
    texts.into_iter().map(example).collect()
}

/// Checks the examples beside the patterns.
pub(super) fn check_examples(patterns: &[Pattern], examples: &[PatternExample]) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    for example in examples {
        let Some(pattern) = patterns.iter().find(|pattern| pattern.name == example.pattern) else { continue };
        let Some(message) = failure(pattern, example) else { continue };
        let mut source = Source::new(&example.file);
        source.problem(example.span, message, None);
        problems.append(&mut source.problems);
    }
    problems
}

fn failure(pattern: &Pattern, example: &PatternExample) -> Option<String> {
    let name = &pattern.name;
    match (pattern.find.is_match(&example.text), example.is_bad) {
        (false, true) => return Some(format!("`{name}` finds nothing in this bad example")),
        (true, false) => return Some(format!("`{name}` finds something in this good example")),
        (false, false) => return None,
        (true, true) => {}
    }
    let fixed = pattern.find.replace_all(&example.text, pattern.replace.as_deref()?);
    let found_again = pattern.find.is_match(&fixed);
    found_again.then(|| format!("`{name}` finds its own replacement again: `{fixed}`"))
}

/// `severity: off`
fn is_off(pattern: &Node) -> bool {
    pattern.get("severity").is_some_and(|node| level::quietly(node) == Some(level::Level::Off))
}
