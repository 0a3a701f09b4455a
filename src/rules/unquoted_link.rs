//! Links in properties that Obsidian does not read as links: wikilinks without quotes, and Markdown links.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Note, Value, ValueKind, unquoted_wikilink};
use crate::parse::{decoded, yaml};
use crate::rule::{Diagnostics, Rule};
use crate::text::{last_component, without_extension};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnquotedLink {}

impl Rule for UnquotedLink {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        let outline = &note.outline;
        for value in outline.properties.iter().map(|property| &property.value).chain(&outline.values) {
            match value.kind {
                ValueKind::List(_) => check_wikilink(note, value, diagnostics),
                ValueKind::Text { value: text, .. } => check_markdown(note, value, outline.str(text), diagnostics),
                _ => {}
            }
        }
    }
}

fn check_wikilink(note: &Note, value: &Value, diagnostics: &mut Diagnostics) {
    let Some(parts) = unquoted_wikilink(note, value) else { return };
    let written = value.span.of(&note.text);
    let message = format!("`{written}` without quotes is a list in a list for YAML, not a link");
    let diagnostic = diagnostics.report(note.id, value.span, message);
    diagnostic.label("not a link").help("Obsidian reads links in properties only in quotes");
    if written.contains(char::is_control) {
        // In quotes a line break or tab is written out, and the link is another one.
        return;
    }
    let edits = vec![Edit::replace(note.id, value.span, yaml::quote(written))];
    diagnostic.fix(match parts {
        1 => Fix::safe("put the link in quotes", edits),
        _ => Fix::unsafe_because("put the link in quotes", "the comma may separate two values of a list", edits),
    });
}

fn check_markdown(note: &Note, value: &Value, text: &str, diagnostics: &mut Diagnostics) {
    let Some((display, destination)) = markdown_link(text) else { return };
    let message = format!("`{text}` is a Markdown link, which Obsidian does not follow in a property");
    let diagnostic = diagnostics.report(note.id, value.span, message);
    diagnostic.label("not a link").help("a link in a property is a wikilink in quotes");
    let Some(link) = wikilink(display, destination) else { return };
    let new = yaml::quote_like(value.span.of(&note.text), &link);
    diagnostic.fix(Fix::safe(format!("write `{link}`"), vec![Edit::replace(note.id, value.span, new)]));
}

/// Splits `[display](destination)` with a destination inside the vault.
fn markdown_link(text: &str) -> Option<(&str, &str)> {
    let (display, rest) = text.strip_prefix('[')?.split_once("](")?;
    let destination = rest.strip_suffix(')')?.trim();
    let destination = destination.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(destination);
    let is_whole = !display.contains(['[', ']']) && !destination.contains(['(', ')', '\n']) && !destination.is_empty();
    // A colon before the first slash is a scheme; links out of the vault are nobody's business here.
    let has_scheme = destination.split('/').next().is_some_and(|first| first.contains(':'));
    (is_whole && !has_scheme && !destination.starts_with("//")).then_some((display, destination))
}

fn wikilink(display: &str, destination: &str) -> Option<String> {
    let target = decoded(destination);
    let (path, subpath) = target.split_once('#').map_or((&*target, ""), |(path, _)| (path, &target[path.len()..]));
    let path = without_extension(path);
    let link = format!("{path}{subpath}");
    let is_linkable = !link.contains(['[', ']', '|']) && !link.contains(char::is_control) && !display.contains(['[', ']', '|']) && !link.is_empty();
    let is_own_name = display.is_empty() || display == link || display == last_component(path);
    is_linkable.then(|| if is_own_name { format!("[[{link}]]") } else { format!("[[{link}|{display}]]") })
}
