//! Writes an answer about names into the text of a config file; every other byte of it stays.

use crate::diagnostic::Remember;
use crate::parse::yaml::{self, Node, NodeKind};
use crate::text::Span;

/// Returns the config with the answers added under `names`; answers that are there already are left out.
///
/// # Errors
/// Why the file cannot be added to, in words.
pub fn remember(text: &str, answers: &[Remember]) -> Result<String, String> {
    let mut text = text.to_owned();
    for answer in answers {
        text = add(&text, answer)?;
    }
    Ok(text)
}

fn add(text: &str, answer: &Remember) -> Result<String, String> {
    let (list, a, b) = match answer {
        Remember::SamePerson(a, b) => ("same", a, b),
        Remember::DifferentPeople(a, b) => ("different", a, b),
        // A note keeps its aliases itself.
        Remember::Alias(..) => return Ok(text.to_owned()),
    };
    let root = yaml::parse(text).map_err(|error| error.message)?;
    let entry = format!("[{}, {}]", quoted(a), quoted(b));
    let added = match (&root.kind, entry_of(&root, "names")) {
        (NodeKind::Null, _) => at_end(text, &format!("names:\n  {list}:\n    - {entry}\n")),
        (NodeKind::Map(_), None) if is_flow(text, &root) => {
            in_flow(text, &root, &format!("names: {{{list}: [{entry}]}}"))
        }
        (NodeKind::Map(_), None) => at_end(text, &format!("names:\n  {list}:\n    - {entry}\n")),
        (NodeKind::Map(_), Some((key, names))) => in_names(text, key, names, list, &entry, (a, b))?,
        _ => return Err("the config is not a mapping".to_owned()),
    };
    // What was written must say what was meant.
    let read = yaml::parse(&added).map_err(|error| error.message)?;
    let groups = read.get("names").and_then(|names| names.get(list)).map(items).unwrap_or_default();
    let is_there = groups.iter().any(|group| holds(group, a, b));
    if is_there { Ok(added) } else { Err(format!("`names: {list}` has a form that cannot be added to")) }
}

fn in_names(
    text: &str,
    key: &Node,
    names: &Node,
    list: &str,
    entry: &str,
    (a, b): (&str, &str),
) -> Result<String, String> {
    match (&names.kind, entry_of(names, list)) {
        (NodeKind::Map(_), Some((_, groups))) if items(groups).iter().any(|group| holds(group, a, b)) => {
            Ok(text.to_owned())
        }
        (NodeKind::Map(_), Some((key, groups))) => in_list(text, key, groups, entry),
        (NodeKind::Map(_), None) if is_flow(text, names) => Ok(in_flow(text, names, &format!("{list}: [{entry}]"))),
        (NodeKind::Map(entries), None) => {
            let pad = " ".repeat(entries.first().map_or(2, |(first, _)| column(text, first)));
            let end = entries.last().map_or(key.span, |(last, value)| content(text, last, value));
            Ok(after_line(text, end, &format!("{pad}{list}:\n{pad}  - {entry}\n")))
        }
        (NodeKind::Null, _) => {
            // `names: ~`
            let text = format!("{}{}", &text[..names.span.start as usize], &text[names.span.end as usize..]);
            Ok(after_line(&text, key.span, &format!("  {list}:\n    - {entry}\n")))
        }
        _ => Err("`names` is not a mapping".to_owned()),
    }
}

fn in_list(text: &str, key: &Node, groups: &Node, entry: &str) -> Result<String, String> {
    match &groups.kind {
        NodeKind::List(_) if is_flow(text, groups) => Ok(in_flow(text, groups, entry)),
        NodeKind::List(list) => {
            let first = list.first().ok_or("an empty list has no form to follow")?;
            let dash = line_start(text, first.span.start as usize);
            let indent = text[dash..].len() - text[dash..].trim_start_matches(' ').len();
            // The first item goes above the others, so that comments below keep their places.
            Ok(insert(text, dash, &format!("{}- {entry}\n", " ".repeat(indent))))
        }
        NodeKind::Null => {
            let pad = " ".repeat(column(text, key) + 2);
            Ok(after_line(text, key.span, &format!("{pad}- {entry}\n")))
        }
        _ => Err("it is not a list".to_owned()),
    }
}

fn entry_of<'a>(node: &'a Node, key: &str) -> Option<&'a (Node, Node)> {
    node.entries().iter().find(|(name, _)| name.text() == Some(key))
}

fn items(node: &Node) -> Vec<&Node> {
    if let NodeKind::List(items) = &node.kind { items.iter().collect() } else { Vec::new() }
}

fn holds(group: &Node, a: &str, b: &str) -> bool {
    let names: Vec<&str> = items(group).iter().filter_map(|name| name.text()).collect();
    names.contains(&a) && names.contains(&b)
}

fn is_flow(text: &str, node: &Node) -> bool {
    node.span.of(text).starts_with(['[', '{'])
}

/// Adds to what stands between `[` and `]`, or `{` and `}`: behind the last entry, since a line of its own would have to be
/// indented.
fn in_flow(text: &str, node: &Node, added: &str) -> String {
    let inner = text[..node.span.end as usize - 1].trim_end();
    let before = match inner.chars().next_back() {
        Some('[' | '{') => "",
        Some(',') => " ",
        _ => ", ",
    };
    insert(text, inner.len(), &format!("{before}{added}"))
}

/// Returns the place of an entry with the comments that are indented below it.
fn content(text: &str, key: &Node, value: &Node) -> Span {
    let start = key.span.start as usize;
    let indent = column(text, key);
    let mut end = start + text[start..value.span.end.max(key.span.end) as usize].trim_end().len();
    while let Some(line_end) = text[end..].find('\n').map(|at| end + at + 1) {
        let line = text[line_end..].lines().next().unwrap_or_default();
        let comment = line.trim_start_matches(' ');
        if !comment.starts_with('#') || line.len() - comment.len() <= indent {
            break;
        }
        end = line_end + line.len();
    }
    Span::new(start, end)
}

/// Puts a line below the line in which a place ends.
fn after_line(text: &str, place: Span, added: &str) -> String {
    let end = text[place.end as usize..].find('\n').map(|at| place.end as usize + at + 1);
    end.map_or_else(|| at_end(text, added), |end| insert(text, end, added))
}

fn at_end(text: &str, added: &str) -> String {
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    insert(text, text.len(), &format!("{gap}{added}"))
}

fn insert(text: &str, at: usize, added: &str) -> String {
    let added = if text.contains("\r\n") { added.replace('\n', "\r\n") } else { added.to_owned() };
    format!("{}{added}{}", &text[..at], &text[at..])
}

fn column(text: &str, node: &Node) -> usize {
    node.span.start as usize - line_start(text, node.span.start as usize)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn quoted(name: &str) -> String {
    let plain = name.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{}\"", plain.replace(char::is_control, " "))
}

#[cfg(test)]
mod tests {
    use super::remember;
    use crate::diagnostic::Remember;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let answers = [Remember::SamePerson("Rob B".to_owned(), "Rob \"C\"".to_owned())];
        assert_eq!(remember(text, &answers).as_deref(), Ok(expected));
        assert_eq!(remember(expected, &answers).as_deref(), Ok(expected), "a second answer changes nothing");
    }

    #[test]
    fn every_form_of_a_config_takes_an_answer() {
        let entry = "[\"Rob B\", \"Rob \\\"C\\\"\"]";
        check("", &format!("names:\n  same:\n    - {entry}\n"));
        check("# mine\nrules: {}", &format!("# mine\nrules: {{}}\nnames:\n  same:\n    - {entry}\n"));
        check("names:\n", &format!("names:\n  same:\n    - {entry}\n"));
        check("rules: {}\r\n", &format!("rules: {{}}\r\nnames:\r\n  same:\r\n    - {entry}\r\n"));
        check(
            "names:\n    owner: Ada # me\n\nrules: {}\n",
            &format!("names:\n    owner: Ada # me\n    same:\n      - {entry}\n\nrules: {{}}\n"),
        );
        check(
            "names:\n  owner: Ada\n  different:\n    - [A, B] # no\n    # both\n\n# more\nrules: {}\n",
            &format!(
                "names:\n  owner: Ada\n  different:\n    - [A, B] # no\n    # both\n  same:\n    - {entry}\n\n\
                 # more\nrules: {{}}\n"
            ),
        );
        check("names:\n  same: [[A, B]] # x\n", &format!("names:\n  same: [[A, B], {entry}] # x\n"));
        check("names:\n  same:\n  - [A, B]\n  # x\n", &format!("names:\n  same:\n  - {entry}\n  - [A, B]\n  # x\n"));
        let spread = "names:\n  same:\n    -\n      - A\n      - B\n";
        let answers = [Remember::SamePerson("Rob B".to_owned(), "Rob C".to_owned())];
        assert!(remember(spread, &answers).is_err(), "a form that is not understood is left alone, and said");
        check("names: {owner: Ada}\n", &format!("names: {{owner: Ada, same: [{entry}]}}\n"));
        check("{}\n", &format!("{{names: {{same: [{entry}]}}}}\n"));
        check("{rules: {}}\n", &format!("{{rules: {{}}, names: {{same: [{entry}]}}}}\n"));
        check("names:\n  same: [\n    [A, B],\n  ]\n", &format!("names:\n  same: [\n    [A, B], {entry}\n  ]\n"));
        check("names: ~ # x\n", &format!("names:  # x\n  same:\n    - {entry}\n"));
        check("names:\r\n  same:\r\n", &format!("names:\r\n  same:\r\n    - {entry}\r\n"));
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        let answers = [Remember::DifferentPeople("A".to_owned(), "B".to_owned())];
        assert!(remember("names: Ada\n", &answers).is_err());
        assert!(remember("- x\n", &answers).is_err());
        assert!(remember("names: [\n", &answers).is_err());
    }
}
