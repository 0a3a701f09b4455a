//! Gives a note one more alias: an edit of its frontmatter, whatever form that has.

use crate::diagnostic::{Edit, Fix};
use crate::note::{Outline, Property, ValueKind};
use crate::parse::{parse, yaml};
use crate::text::{FileId, Span, to_u32};
use crate::vault::Vault;

/// Returns the fix that adds `name` to the aliases of a note; `None` where its frontmatter has a form that cannot be added to.
pub fn add_alias(vault: &Vault, note: FileId, name: &str) -> Option<Fix> {
    let text = vault.text(note)?;
    let outline = vault.outline(note);
    let (span, written) = match outline.property("aliases") {
        Some(aliases) => to_property(&text, outline, aliases, name)?,
        None => new_property(&text, outline, name)?,
    };
    let added = format!("{}{written}{}", text.get(..span.range().start)?, text.get(span.range().end..)?);
    // What was written must say what was meant, and nothing else may be lost.
    let read = parse(note, vault.path(note).clone(), added.as_str()).outline;
    let has_all = outline.aliases().iter().all(|(own, _)| read.aliases().iter().any(|(alias, _)| alias == own));
    let is_added = read.aliases().iter().any(|(alias, _)| *alias == name);
    let edits = vec![Edit::replace(note, span, written)];
    let title = format!("add `{name}` to the aliases");
    (read.frontmatter.valid && has_all && is_added).then(|| Fix::unsafe_because(title, "they may be two people", edits))
}

fn to_property(text: &str, outline: &Outline, aliases: &Property, name: &str) -> Option<(Span, String)> {
    let span = aliases.value.span;
    let own = span.of(text);
    let item = || yaml::flow_list([name]).trim_matches(['[', ']']).to_owned();
    match aliases.value.kind {
        ValueKind::Null => {
            Some((span, format!("{}{}", if own.is_empty() { " " } else { "" }, yaml::flow_list([name]))))
        }
        ValueKind::Text { .. } => Some((span, format!("[{own}, {}]", item()))),
        ValueKind::List(range) if range.len == 0 => Some((span, yaml::flow_list([name]))),
        ValueKind::List(_) if own.starts_with('[') => {
            let end = span.end - 1;
            Some((Span { start: end, end }, format!(", {}", item())))
        }
        ValueKind::List(range) => {
            let last = outline.list(range).last()?.span.range();
            let line = text[..last.start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
            let indent = &text[line..last.start];
            let end = text[last.end..].find(['\n', '\r']).map(|at| last.end + at)?;
            let line_end = if text[end..].starts_with("\r\n") { "\r\n" } else { "\n" };
            Some((Span::at(end), format!("{line_end}{indent}{}", item())))
        }
        _ => None,
    }
}

fn new_property(text: &str, outline: &Outline, name: &str) -> Option<(Span, String)> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines = format!("aliases:{line_end}  - {}{line_end}", yaml::flow_list([name]).trim_matches(['[', ']']));
    match outline.frontmatter.span {
        Some(_) if !outline.frontmatter.valid => None,
        Some(_) => Some((Span::at(outline.frontmatter.inner.end as usize), lines)),
        None => {
            let start = to_u32(text.len() - text.trim_start_matches('\u{feff}').len());
            Some((Span { start, end: start }, format!("---{line_end}{lines}---{line_end}")))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::add_alias;
    use crate::config::Config;
    use crate::lint::in_memory;
    use crate::text::{FileId, VaultPath};

    #[track_caller]
    fn check(before: &str, after: Option<&str>) {
        let files = [(VaultPath::new("Ada Lovelace.md"), Arc::from(before))];
        let linted = in_memory(&files, &Config::default());
        let fixed = add_alias(&linted.vault, FileId(0), "Ada B: Byron")
            .map(|fix| crate::fix::apply(linted.vault.path(FileId(0)), before, &fix.edits).expect("the edit fits"));
        assert_eq!(fixed.as_deref(), after);
    }

    #[test]
    fn every_form_of_frontmatter_takes_an_alias() {
        check("x\n", Some("---\naliases:\n  - \"Ada B: Byron\"\n---\nx\n"));
        check("---\r\na: b\r\n---\r\nx", Some("---\r\na: b\r\naliases:\r\n  - \"Ada B: Byron\"\r\n---\r\nx"));
        check("---\naliases: [Ada, B]\n---\n", Some("---\naliases: [Ada, B, \"Ada B: Byron\"]\n---\n"));
        check("---\naliases: []\n---\n", Some("---\naliases: [\"Ada B: Byron\"]\n---\n"));
        check("---\naliases:\na: b\n---\n", Some("---\naliases: [\"Ada B: Byron\"]\na: b\n---\n"));
        check("---\naliases: Ada\n---\n", Some("---\naliases: [Ada, \"Ada B: Byron\"]\n---\n"));
        check("---\naliases:\r- Ada\n---\n", Some("---\naliases:\r- Ada\n- \"Ada B: Byron\"\n---\n"));
        check(
            "---\naliases:\n- Ada # first\n- 'B' # last\na: b\n---\n",
            Some("---\naliases:\n- Ada # first\n- 'B' # last\n- \"Ada B: Byron\"\na: b\n---\n"),
        );
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        check("---\na: [\n---\n", None);
        check("---\n{a: b}\n---\n", None);
        check("---\naliases: {a: b}\n---\n", None);
    }
}
