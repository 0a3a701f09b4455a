//! Which notes are templates that no setting of Obsidian names: where a note has a value or a title of its own, they have a
//! placeholder, which a plugin fills in when a note is made of them.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::folders::Folders;
use crate::note::{Body, FrontmatterProblemKind, Heading, Outline, is_template_text};
use crate::text::{FileId, Span};
use crate::vault::Vault;
use crate::vault::settings::glob;

/// A place that the config will leave out.
pub struct LeftOut {
    /// A folder, or a single note.
    pub path: String,
    pub glob: String,
    /// Of so many notes in a folder so many are templates.
    pub templates: usize,
    pub notes: usize,
}

/// A folder with fewer templates is no folder of templates: they are left out one by one.
const LEAST_TEMPLATES: usize = 3;

/// Finds the templates among notes: folders of which two of three notes are templates, then single ones.
pub fn find(vault: &Vault, notes: &[FileId]) -> Vec<LeftOut> {
    let templates: FxHashSet<FileId> = notes.iter().copied().filter(|id| is_template(vault, *id)).collect();
    if templates.is_empty() {
        return Vec::new();
    }
    let count = |notes: &[FileId]| notes.iter().filter(|id| templates.contains(id)).count();
    let folders = Folders::of(vault, notes);
    let chosen = folders.highest(|notes| count(notes) >= LEAST_TEMPLATES && count(notes) * 3 >= notes.len() * 2);
    let mut left_out: Vec<LeftOut> = Vec::new();
    for folder in chosen {
        let below = &folders.notes[&folder];
        let glob = format!("{}/**", glob::escaped(&folder));
        left_out.push(LeftOut { path: format!("{folder}/**"), glob, templates: count(below), notes: below.len() });
    }
    let is_single = |id: &&FileId| {
        let path = vault.path(**id).as_str();
        templates.contains(id) && !left_out.iter().any(|own| own.holds(path))
    };
    let single = |id: &FileId| {
        let path = vault.path(*id).as_str();
        LeftOut { path: path.to_owned(), glob: glob::escaped(path), templates: 1, notes: 1 }
    };
    let single: Vec<LeftOut> = notes.iter().filter(is_single).map(single).collect();
    left_out.extend(single);
    left_out
}

impl LeftOut {
    /// Tells whether a note lies there.
    pub fn holds(&self, path: &str) -> bool {
        let folder = self.path.strip_suffix("**").filter(|folder| folder.ends_with('/'));
        path == self.path || folder.is_some_and(|folder| path.starts_with(folder))
    }
}

/// A placeholder stands in a property or in a heading. In prose it may be told of.
fn is_template(vault: &Vault, id: FileId) -> bool {
    let outline = vault.outline(id);
    let has_heading = outline.headings.iter().any(|heading| is_filled_in(vault, id, heading));
    has_heading || has_property(outline) || has_unread_property(vault, id)
}

/// Signs of code around it make the placeholder one that is told of.
fn is_filled_in(vault: &Vault, id: FileId, heading: &Heading) -> bool {
    let text = vault.outline(id).str(heading.text());
    let Some(at) = placeholder(text) else { return false };
    let start = heading.text_span.start as usize + at;
    let place = Span::new(start, start + 2);
    let is_code = |body: Arc<Body>| body.verbatim.iter().any(|verbatim| verbatim.span.covers(place));
    !vault.body(id).is_some_and(is_code)
}

fn has_property(outline: &Outline) -> bool {
    let in_value = |property| outline.texts(property).iter().any(|(text, _)| placeholder(text).is_some());
    outline.properties.iter().any(in_value)
        || outline.frontmatter.problems.iter().any(|own| own.kind == FrontmatterProblemKind::TemplateVariable)
}

/// Placeholders can make frontmatter something that is no YAML; then its text is looked at.
fn has_unread_property(vault: &Vault, id: FileId) -> bool {
    let frontmatter = &vault.outline(id).frontmatter;
    if frontmatter.valid || frontmatter.span.is_none() {
        return false;
    }
    vault.text(id).is_some_and(|text| placeholder(frontmatter.inner.of(&text)).is_some())
}

/// Variables of Obsidian's Templates and of QuickAdd; other plugins fill in braces where a note is read (`{{query.file.path}}`).
const VARIABLES: [&str; 11] =
    ["title", "date", "time", "vdate", "value", "name", "field", "macro", "template", "linkcurrent", "clipboard"];

/// Returns where the first variable (`{{date:YYYY}}`) or command (`<% … %>`) of a template stands.
fn placeholder(text: &str) -> Option<usize> {
    if !is_template_text(text) {
        return None;
    }
    let is_variable = |at: &usize| {
        let rest = text[at + 2..].trim_start();
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len())];
        let is_closed = rest.find("}}").is_some_and(|end| !rest[..end].contains('\n'));
        is_closed
            && VARIABLES.iter().any(|own| own.eq_ignore_ascii_case(word))
            && rest[word.len()..].trim_start().starts_with(['}', ':', '+', '-', '|'])
    };
    let command = || {
        let at = text.find("<%")?;
        text[at..].contains("%>").then_some(at)
    };
    text.match_indices("{{").map(|(at, _)| at).find(is_variable).or_else(command)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{Config, Selection};
    use crate::lint::in_memory;
    use crate::text::VaultPath;

    fn found(notes: &[(&str, &str)]) -> Vec<(String, usize, usize)> {
        let files: Vec<(VaultPath, Arc<str>)> =
            notes.iter().map(|(path, text)| (VaultPath::new(path), Arc::from(*text))).collect();
        let config = Config::resolve(None, &Selection::default(), &|_| Err(String::new())).expect("the defaults hold");
        let vault = in_memory(&files, &config).vault;
        let notes: Vec<FileId> = vault.checked().collect();
        find(&vault, &notes).into_iter().map(|own| (own.glob, own.templates, own.notes)).collect()
    }

    #[test]
    fn placeholders_in_properties_and_headings_make_templates() {
        let notes = [
            ("Forms/Day.md", "---\nday: \"{{ DATE:YYYY-MM-DD }}\"\n---\ntext"),
            ("Forms/Person.md", "# {{title}}\n"),
            ("Forms/Week.md", "---\nweek: \"[[ <% tp.date.now(\"YYYY\") %>]]\"\n---\n"),
            ("Forms/Read me.md", "How the forms are used."),
            ("Blog [old]/Post.md", "---\ntitle: <% tp.file.title %>\n---\n"),
        ];
        let wanted = [("Forms/**".to_owned(), 3, 4), ("Blog [[]old[]]/Post.md".to_owned(), 1, 1)];
        assert_eq!(found(&notes), wanted);
    }

    #[test]
    fn a_placeholder_that_is_told_of_makes_none() {
        let notes = [
            ("Guide.md", "# How `{{title}}` works\n\nWrite <% tp.file.title %> or {{date}} there.\n"),
            ("Ada.md", "# Ada\n\n<!-- - GitHub: [{{title}}](https://github.com/{{title}}/) -->\n"),
            ("Braces.md", "# A set {{1, 2\n\n```\n# {{title}}\n```\n"),
            ("Query.md", "---\nquery: folder includes {{query.file.folder}}\n---\n# Same {{dates}}\n"),
        ];
        assert!(found(&notes).is_empty());
    }
}
