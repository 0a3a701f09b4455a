//! Links in properties that Obsidian does not read as links: wikilinks without quotes, and Markdown links.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Note, Outline, Value, ValueKind, unquoted_wikilink};
use crate::parse::{decoded, yaml};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, last_component, without_extension};
use crate::vault::Vault;
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnquotedLink {}

impl Rule for UnquotedLink {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        // What stands in a list of tags or aliases is no link.
        for value in values(&note.outline).filter(|value| !is_plain_list(&note.outline, value)) {
            check_wikilink(note, value, diagnostics);
        }
    }

    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for value in values(outline) {
            if let ValueKind::Text { value: text, .. } = value.kind {
                check_markdown(vault, file, value, outline.str(text), diagnostics);
            }
        }
    }
}

/// The values of a block that Obsidian reads; of one that it drops, malformed-frontmatter or duplicate-property tells.
fn values(outline: &Outline) -> impl Iterator<Item = &Value> {
    let own = outline.properties.iter().map(|property| &property.value).chain(&outline.values);
    own.filter(|_| outline.frontmatter.valid)
}

fn is_plain_list(outline: &Outline, value: &Value) -> bool {
    const LISTS: [&str; 6] = ["tags", "tag", "aliases", "alias", "cssclasses", "cssclass"];
    let of = |name: &&str| outline.property(name).is_some_and(|property| property.value.span == value.span);
    matches!(value.kind, ValueKind::List(_)) && LISTS.iter().any(of)
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

fn check_markdown(vault: &Vault, file: FileId, value: &Value, text: &str, diagnostics: &mut Diagnostics) {
    let Some((display, destination)) = markdown_link(text) else { return };
    let target = decoded(destination);
    let (path, subpath) = target.split_once('#').map_or((&*target, ""), |(path, _)| (path, &target[path.len()..]));
    let leads_to = if path.is_empty() { None } else { vault.resolve_text(file, path, false).file() };
    // A mail address, a site without its scheme, a part of a pattern: nothing of the vault.
    if leads_to.is_none() && !path.is_empty() && !path.ends_with(".md") {
        return;
    }
    let message = format!("`{text}` is a Markdown link, which Obsidian does not follow in a property");
    let diagnostic = diagnostics.report(file, value.span, message);
    diagnostic.label("not a link").help("a link in a property is a wikilink in quotes");
    let path = leads_to.map_or_else(|| without_extension(path).to_owned(), |target| vault.link_text(file, target));
    // Such a path leads nowhere in a wikilink either.
    let link = wikilink(display, &path, subpath).filter(|_| !path.starts_with(['.', '/']));
    if let Some((link, written)) = link.zip(vault.text(file)) {
        let new = yaml::quote_like(value.span.of(&written), &link);
        diagnostic.fix(Fix::safe(format!("write `{link}`"), vec![Edit::replace(file, value.span, new)]));
    }
}

/// Splits `[display](destination "title")` with a destination inside the vault; without its title.
fn markdown_link(text: &str) -> Option<(&str, &str)> {
    let (display, rest) = text.strip_prefix('[')?.split_once("](")?;
    let destination = without_title(rest.strip_suffix(')')?.trim());
    let destination = destination.strip_prefix('<').and_then(|inner| inner.strip_suffix('>')).unwrap_or(destination);
    let is_whole = !display.contains(['[', ']']) && !destination.contains(['(', ')', '\n']) && !destination.is_empty();
    // A colon before the first slash is a scheme; links out of the vault are nobody's business here.
    let has_scheme = destination.split('/').next().is_some_and(|first| first.contains(':'));
    (is_whole && !has_scheme && !destination.starts_with("//")).then_some((display, destination))
}

fn without_title(destination: &str) -> &str {
    let title = |quote: char| {
        let (path, title) = destination.strip_suffix(quote)?.rsplit_once(quote)?;
        (!title.is_empty() && path.ends_with(' ')).then(|| path.trim_end())
    };
    title('"').or_else(|| title('\'')).unwrap_or(destination)
}

fn wikilink(display: &str, path: &str, subpath: &str) -> Option<String> {
    let link = format!("{path}{subpath}");
    let is_linkable = !link.contains(['[', ']', '|']) && !link.contains(char::is_control) && !display.contains(['[', ']', '|']) && !link.is_empty();
    let is_own_name = display.is_empty() || display == link || display == last_component(path);
    is_linkable.then(|| if is_own_name { format!("[[{link}]]") } else { format!("[[{link}|{display}]]") })
}
