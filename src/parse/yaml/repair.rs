//! The smallest change that makes a block of properties YAML, in the way it was probably meant.

use super::{NodeKind, Reason, YamlError, parse_document, quote};
use crate::text::{self, Span};

/// How a text becomes YAML.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Replacements in the order of the text; spans count from its start.
    pub edits: Vec<(Span, String)>,
    /// Nothing else can have been meant: the text of every value stays as it is read by people.
    pub certain: bool,
    /// What is done, in a few words.
    pub title: &'static str,
}

/// More mistakes than this in one block are not a slip.
const MOST_STEPS: usize = 50;

/// More steps than this in one line do not lead on: each of them would quote the quotes of the last.
const MOST_STEPS_OF_A_LINE: usize = 4;

/// Returns the repair of a text that is no YAML; `None` if it is YAML, or if no repair makes a mapping of it.
pub fn repair(text: &str) -> Option<Repair> {
    let written: Vec<&str> = text::lines(text).collect();
    let mut lines: Vec<String> = written.iter().map(|line| (*line).to_owned()).collect();
    let mut steps: Vec<Step> = Vec::new();
    let (mut last_line, mut in_line) = (0, 0);
    while steps.len() < MOST_STEPS {
        let current = lines.concat();
        let error = match parse_document(&current) {
            Err(error) => error,
            Ok(document) if matches!(document.root.kind, NodeKind::Map(_)) && !steps.is_empty() => {
                return Some(finish(&written, &lines, &steps));
            }
            Ok(document) => match document.root.kind {
                NodeKind::Text { .. } if steps.is_empty() => not_a_mapping(document.root.span),
                _ => return None,
            },
        };
        let (line, column) = place(&lines, error.span.start as usize)?;
        // A step must lead on: a mistake above one that was repaired is a new one.
        in_line = if line == last_line { in_line + 1 } else { 1 };
        if line < last_line || in_line > MOST_STEPS_OF_A_LINE {
            return None;
        }
        last_line = line;
        let step = step(&lines, line, column, &error)?;
        step.apply(&mut lines);
        steps.push(step);
    }
    None
}

fn not_a_mapping(span: Span) -> YamlError {
    YamlError { span, reason: Reason::NotAProperty, message: String::new() }
}

/// The new text of a line, or of all lines that a tab indents.
struct Step {
    changes: Vec<(usize, String)>,
    certain: bool,
    title: &'static str,
}

impl Step {
    fn line(line: usize, text: String, certain: bool, title: &'static str) -> Option<Step> {
        Some(Step { changes: vec![(line, text)], certain, title })
    }

    fn apply(&self, lines: &mut [String]) {
        for (line, text) in &self.changes {
            lines[*line].clone_from(text);
        }
    }
}

/// Returns line and column of an offset.
fn place(lines: &[String], offset: usize) -> Option<(usize, usize)> {
    let mut start = 0;
    for (index, line) in lines.iter().enumerate() {
        if offset < start + line.len() || index + 1 == lines.len() {
            return Some((index, offset.saturating_sub(start)));
        }
        start += line.len();
    }
    None
}

fn step(lines: &[String], line: usize, column: usize, error: &YamlError) -> Option<Step> {
    let text = &lines[line];
    let parts = Parts::of(text);
    match error.reason {
        Reason::Colon | Reason::ReservedCharacter | Reason::Alias => {
            let is_plain = !parts.value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '!']);
            let is_inside = column >= parts.before.len();
            // `- a: b: c` may be an entry or one text.
            let certain = !(parts.in_list && parts.has_key);
            (is_plain && is_inside).then(|| parts.quoted(line, certain))?
        }
        Reason::Escape => {
            let inner = parts.value.strip_prefix('"')?.strip_suffix('"')?;
            let value = format!("'{}'", inner.replace("\\\"", "\"").replace('\'', "''"));
            Step::line(
                line,
                parts.with_value(&value),
                !has_valid_escape(inner),
                "use single quotes, where a backslash is a backslash",
            )
        }
        Reason::AfterQuote => parts.quoted(line, false),
        Reason::AfterBracket => parts.links(line).or_else(|| parts.quoted(line, false)),
        Reason::Tab => tabs(lines),
        Reason::NotAProperty => missing_space(lines, line),
        Reason::MissingColon => missing_space(lines, line.checked_sub(1)?),
        Reason::OpenBracket => {
            let bracket = if text[column..].starts_with('[') { "]" } else { "}" };
            close(lines, line, &parts, bracket, "close the bracket at the end of its line")
        }
        Reason::HashInBrackets => parts.without_hashes(line),
        Reason::OpenQuote => {
            let quote = if text[column..].starts_with('"') { "\"" } else { "'" };
            close(lines, line, &parts, quote, "close the quote at the end of its line")
        }
        Reason::Other => None,
    }
}

/// A line in its parts: `  - key: ` / `value` / ` # comment` with line ending.
pub(super) struct Parts<'a> {
    pub(super) before: &'a str,
    pub(super) value: &'a str,
    after: &'a str,
    in_list: bool,
    has_key: bool,
}

impl<'a> Parts<'a> {
    pub(super) fn of(line: &'a str) -> Parts<'a> {
        let content = line.trim_end();
        let mut at = content.len() - content.trim_start().len();
        let mut in_list = false;
        while let Some(rest) = content[at..].strip_prefix("- ") {
            in_list = true;
            at = content.len() - rest.trim_start().len();
        }
        let key = key_end(&content[at..]);
        if let Some(end) = key {
            at += end;
            at = content.len() - content[at..].trim_start().len();
        }
        let end = content[at..].find(" # ").map_or(content.len(), |comment| at + comment);
        let value = content[at..end].trim_end();
        let after = &line[at + value.len()..];
        Parts { before: &line[..at], value, after, in_list, has_key: key.is_some() }
    }

    fn with_value(&self, value: &str) -> String {
        format!("{}{value}{}", self.before, self.after)
    }

    fn quoted(&self, line: usize, certain: bool) -> Option<Step> {
        // `#word` inside may be meant as a comment.
        let certain = certain && !self.value.contains(" #");
        let value = quote(self.value);
        (!self.value.is_empty())
            .then(|| Step::line(line, self.with_value(&value), certain, "put the value in quotes"))?
    }

    /// `[[A]], [[B]]` is meant as a list of links.
    fn links(&self, line: usize) -> Option<Step> {
        let mut links = Vec::new();
        for part in self.value.split(']').filter(|part| !part.is_empty()) {
            let link = part.trim_start_matches([',', ' ']).strip_prefix("[[")?;
            links.push(quote(&format!("[[{link}]]")));
        }
        let value = format!("[{}]", links.join(", "));
        (links.len() > 1).then(|| Step::line(line, self.with_value(&value), false, "write the links as a list"))?
    }

    /// `[#a, #b]`: tags are written without `#`, other values in quotes.
    fn without_hashes(&self, line: usize) -> Option<Step> {
        let inner = self.value.strip_prefix('[')?.strip_suffix(']')?;
        let key = self.before.trim_end().trim_end_matches(':').trim();
        let are_tags = key.eq_ignore_ascii_case("tags") || key.eq_ignore_ascii_case("tag");
        let is_plain = |item: &str| !item.contains(['[', ']', '{', '}', '"', '\'']) && !item.contains(" #");
        let mut items = Vec::new();
        for item in inner.split(',').map(str::trim) {
            let hidden = item.strip_prefix('#').filter(|hidden| !hidden.is_empty());
            items.push(match hidden {
                _ if !is_plain(item) => return None,
                Some(tag) if are_tags => tag.to_owned(),
                Some(_) => quote(item),
                None => item.to_owned(),
            });
        }
        let title = if are_tags { "write the tags without `#`" } else { "put what begins with `#` in quotes" };
        Step::line(line, self.with_value(&format!("[{}]", items.join(", "))), true, title)
    }
}

/// Returns where the key with its colon ends.
fn key_end(text: &str) -> Option<usize> {
    let end = if text.ends_with(':') && !text.contains(": ") { text.len() } else { text.find(": ")? + 1 };
    let is_quoted = text.starts_with(['"', '\'']);
    (!is_quoted && !text[..end].contains(['[', '{', '#'])).then_some(end)
}

/// An escape that double quotes know, so that it would be another text in single quotes.
fn has_valid_escape(text: &str) -> bool {
    let mut letters = text.chars();
    while letters.any(|letter| letter == '\\') {
        if letters.next().is_some_and(|escaped| "0abtnvfre \\/N_LPxuU".contains(escaped)) {
            return true;
        }
    }
    false
}

/// Turns every tab that indents into two spaces. In a text of several lines a tab may belong to the text.
fn tabs(lines: &[String]) -> Option<Step> {
    if lines.iter().any(|line| opens_block(line)) {
        return None;
    }
    let mut changes = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let rest = line.trim_start_matches([' ', '\t']);
        let after_dash = rest.strip_prefix("-\t").map(|rest| format!("- {}", rest.trim_start_matches([' ', '\t'])));
        let indent = line[..line.len() - rest.len()].replace('\t', "  ");
        let new = format!("{indent}{}", after_dash.as_deref().unwrap_or(rest));
        if new != *line && !rest.trim().is_empty() {
            changes.push((index, new));
        }
    }
    (!changes.is_empty()).then_some(Step { changes, certain: true, title: "indent with spaces" })
}

/// `code: |`, `text: >-`
fn opens_block(line: &str) -> bool {
    let value = line.rsplit_once(':').map(|(_, value)| value.trim()).unwrap_or_default();
    value.starts_with(['|', '>']) && value.len() <= 3
}

/// `-item` among list items, `key:value` among properties.
fn missing_space(lines: &[String], line: usize) -> Option<Step> {
    let text = lines[line].as_str();
    let content = text.trim_start();
    let indent = &text[..text.len() - content.len()];
    if let Some(item) = content.strip_prefix('-') {
        let sibling = format!("{indent}- ");
        let has_sibling = line.checked_sub(1).is_some_and(|above| lines[above].starts_with(&sibling));
        let starts_word = item.starts_with(|first: char| !first.is_whitespace() && first != '-');
        return (has_sibling && starts_word)
            .then(|| Step::line(line, format!("{indent}- {item}"), true, "put a space after the dash"))?;
    }
    let (name, value) = content.split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let is_value = value.starts_with(|first: char| !first.is_whitespace() && first != '/' && first != ':');
    (is_name && is_value)
        .then(|| Step::line(line, format!("{indent}{name}: {value}"), false, "put a space after the colon"))?
}

/// Adds a closing mark at the end of a line, if the next line is a property of its own.
fn close(lines: &[String], line: usize, parts: &Parts<'_>, mark: &str, title: &'static str) -> Option<Step> {
    let next = lines[line + 1..].iter().find(|line| !line.trim().is_empty());
    let is_alone = next.is_none_or(|next| key_end(next.trim_end()).is_some());
    let fits = is_alone && (parts.has_key || parts.in_list) && !parts.value.is_empty();
    fits.then(|| Step::line(line, parts.with_value(&format!("{}{mark}", parts.value)), false, title))?
}

fn finish(written: &[&str], lines: &[String], steps: &[Step]) -> Repair {
    let mut edits = Vec::new();
    let mut start = 0;
    for (old, new) in written.iter().zip(lines) {
        if old != new {
            edits.push(difference(start, old, new));
        }
        start += old.len();
    }
    let first = steps.first().map_or("", |step| step.title);
    let same = steps.iter().all(|step| step.title == first);
    let title = if same { first } else { "repair the lines that are not YAML" };
    Repair { edits, certain: steps.iter().all(|step| step.certain), title }
}

/// The part of a line that changes.
fn difference(start: usize, old: &str, new: &str) -> (Span, String) {
    let same = |(one, other): &(char, char)| one == other;
    let prefix: usize = old.chars().zip(new.chars()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
    let (old_rest, new_rest) = (&old[prefix..], &new[prefix..]);
    let suffix: usize =
        old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(same).map(|(one, _)| one.len_utf8()).sum();
    let span = Span::new(start + prefix, start + old.len() - suffix);
    (span, new_rest[..new_rest.len() - suffix].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks the repaired text; `?` before it says that something else may have been meant.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown = repair(text).map_or("none".to_owned(), |repair| {
            let mut new = text.to_owned();
            for (span, replacement) in repair.edits.iter().rev() {
                new.replace_range(span.range(), replacement);
            }
            format!("{}{new}", if repair.certain { "" } else { "?" })
        });
        assert_eq!(shown, expected, "{text:?}");
    }

    #[test]
    fn repairs() {
        check("title: Dune: Part Two\nyear: 1977\n", "title: \"Dune: Part Two\"\nyear: 1977\n");
        check("title: A \"B\": C # d\r\n", "title: 'A \"B\": C' # d\r\n");
        check("a: 1\rb: x: y\rc: @kim\n", "a: 1\rb: \"x: y\"\rc: \"@kim\"\n");
        check("a: @kim\nb: `x`\nc: %5\nd: *e*\n", "a: \"@kim\"\nb: \"`x`\"\nc: \"%5\"\nd: \"*e*\"\n");
        check("- a\n", "none");
        check("aliases:\n  - @kim\n", "aliases:\n  - \"@kim\"\n");
        check("path: \"C:\\docs\"\n", "path: 'C:\\docs'\n");
        check("title: \"Dune\" part\n", "?title: '\"Dune\" part'\n");
        check("up: [[A]] and [[B]]\n", "?up: \"[[A]] and [[B]]\"\n");
        check("up: [[A]], [[B|b]]\n", "?up: [\"[[A]]\", \"[[B|b]]\"]\n");
        check("tags:\n\t- a\n\t- b\n", "tags:\n  - a\n  - b\n");
        check("tags:\n  - a\n  -b\n", "tags:\n  - a\n  - b\n");
        check("title:x\n", "?title: x\n");
        check("title:x\nyear: 1\n", "?title: x\nyear: 1\n");
        check("year: 1\ntitle:x\n", "?year: 1\ntitle: x\n");
        check("tags: [a, b\ntitle: x\n", "?tags: [a, b]\ntitle: x\n");
        check("title: \"x\nyear: 1\n", "?title: \"x\"\nyear: 1\n");
        check("a: b\n- c\n", "none");
        check("a:\n  b: 1\n c: 2\n", "none");
        check("This note starts with a rule.\n", "none");
        check("see https://example.org\n", "none");
        check("a: 1\n", "none");
        check("tags: [#a, b, #c/d]\n", "tags: [a, b, c/d]\n");
        check("tags: [a, #b]\r\nx: 1\r\n", "tags: [a, b]\r\nx: 1\r\n");
        check("colours: [#fff, #000000]\n", "colours: [\"#fff\", \"#000000\"]\n");
        check("tags: [#a #b]\n", "none");
        check("up: [[A\n", "?up: [[A]]\n");
        // Quoted once more at every step, this line would grow without end.
        check("\"^\t*::?>b&-',a\n\r!}#*-*[:|#aa\" &:]-^\t,|}^\t'-{%\n@:{  ,>\n", "none");
    }
}
