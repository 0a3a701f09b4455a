//! Reads a rule's metadata from the frontmatter of its page.

use super::RuleDef;
use crate::diagnostic::Severity;
use crate::note::{Note, ValueKind};
use crate::parse::parse;
use crate::text::{FileId, VaultPath};

/// What a rule is about; a word for `--select` and for grouping in the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    Links,
    Names,
    Facts,
    Frontmatter,
    Dates,
    Text,
    Suppressions,
}

impl Category {
    /// All categories in the order of the documentation.
    pub const ALL: [Category; 7] = [
        Category::Links,
        Category::Names,
        Category::Facts,
        Category::Frontmatter,
        Category::Dates,
        Category::Text,
        Category::Suppressions,
    ];

    /// Returns the name used in the config and on pages.
    pub fn name(self) -> &'static str {
        match self {
            Category::Links => "links",
            Category::Names => "names",
            Category::Facts => "facts",
            Category::Frontmatter => "frontmatter",
            Category::Dates => "dates",
            Category::Text => "text",
            Category::Suppressions => "suppressions",
        }
    }

    /// Reads a name; `None` for any other word.
    pub fn from_name(name: &str) -> Option<Category> {
        Category::ALL.into_iter().find(|category| category.name() == name)
    }
}

/// Which fixes a rule has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FixKind {
    None,
    Safe,
    Unsafe,
    Both,
}

impl FixKind {
    /// Returns the name used on pages and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            FixKind::None => "none",
            FixKind::Safe => "safe",
            FixKind::Unsafe => "unsafe",
            FixKind::Both => "both",
        }
    }
}

/// What a page's frontmatter and first sentence say of a rule.
#[derive(Clone, Debug)]
pub struct RuleMeta {
    pub name: &'static str,
    pub category: Category,
    /// The level it has by default; `None` is off.
    pub severity: Option<Severity>,
    pub fix: FixKind,
    /// Rules whose finding on the same span this one takes the place of.
    pub replaces: Vec<String>,
    /// The version that brought the rule.
    pub since: String,
    /// Former names.
    pub aliases: Vec<String>,
    /// The first sentence of the page.
    pub summary: String,
}

impl RuleMeta {
    /// Reads the page of a rule; a page that lacks a key is a bug that the tests catch.
    pub(super) fn of(def: &RuleDef) -> RuleMeta {
        let note = parse(FileId(0), VaultPath::new("rule.md"), front(def.page));
        let word = |key: &str| text(&note, key).unwrap_or_else(|| panic!("page of {}: `{key}` is missing", def.name));
        let unknown = |key: &str| -> ! { panic!("page of {}: `{key}` has an unknown value", def.name) };
        RuleMeta {
            name: def.name,
            category: Category::from_name(&word("category")).unwrap_or_else(|| unknown("category")),
            severity: match word("severity").as_str() {
                "off" => None,
                name => Some(Severity::from_name(name).unwrap_or_else(|| unknown("severity"))),
            },
            fix: match word("fix").as_str() {
                "none" => FixKind::None,
                "safe" => FixKind::Safe,
                "unsafe" => FixKind::Unsafe,
                "both" => FixKind::Both,
                _ => unknown("fix"),
            },
            replaces: list(&note, "replaces"),
            since: word("since"),
            aliases: list(&note, "aliases"),
            summary: summary(def.page),
        }
    }
}

/// The frontmatter alone: the examples of a page need not be parsed for its metadata.
fn front(page: &str) -> &str {
    page.find("\n---\n").map_or(page, |end| &page[..end + 5])
}

/// The first paragraph below the title.
fn summary(page: &str) -> String {
    let body = page.find("\n# ").map_or("", |start| &page[start + 1..]);
    let body = body.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    let paragraph = body.split("\n\n").next().unwrap_or_default();
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn text(note: &Note, key: &str) -> Option<String> {
    let property = note.outline.property(key)?;
    Some(property.value.span.of(&note.text).trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

fn list(note: &Note, key: &str) -> Vec<String> {
    let Some(property) = note.outline.property(key) else { return Vec::new() };
    match property.value.kind {
        ValueKind::Null => Vec::new(),
        _ => note.outline.texts(property).into_iter().map(|(text, _)| text.to_owned()).collect(),
    }
}
