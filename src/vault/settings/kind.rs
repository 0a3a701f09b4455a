//! What kind of thing a note is about: from the config, else from evidence in the note.

use std::sync::Arc;

use globset::GlobMatcher;

use super::Settings;
use crate::note::{Outline, ValueKind};
use crate::text::VaultPath;

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Person,
    Organisation,
    Meeting,
    Project,
    Daily,
    /// A kind that only the config knows.
    Other(Arc<str>),
}

impl Kind {
    /// Returns the kind of that name; synonyms of the known kinds are taken for them.
    pub fn from_name(name: &str) -> Kind {
        known(name).unwrap_or_else(|| Kind::Other(name.into()))
    }

    /// Returns the name used in the config.
    pub fn name(&self) -> &str {
        match self {
            Kind::Person => "person",
            Kind::Organisation => "organisation",
            Kind::Meeting => "meeting",
            Kind::Project => "project",
            Kind::Daily => "daily",
            Kind::Other(name) => name,
        }
    }
}

fn known(name: &str) -> Option<Kind> {
    Some(match name.to_lowercase().as_str() {
        "person" | "people" | "contact" | "contacts" | "persons" => Kind::Person,
        "organisation" | "organization" | "organisations" | "organizations" | "company" | "companies" | "customer"
        | "customers" | "client" | "clients" | "account" | "accounts" | "vendor" | "vendors" | "partner"
        | "partners" => Kind::Organisation,
        "meeting" | "meetings" | "call" | "calls" => Kind::Meeting,
        "project" | "projects" => Kind::Project,
        "daily" | "daily note" | "daily notes" | "daily-note" | "journal" => Kind::Daily,
        _ => return None,
    })
}

/// A kind as the config declares it.
#[derive(Debug, Clone)]
pub struct KindDef {
    /// The name as written in the config.
    pub name: String,
    pub kind: Kind,
    pub globs: Vec<GlobMatcher>,
    /// `type` property or tag that makes a note of this kind; the name itself if nothing else is given.
    pub types: Vec<String>,
    pub tags: Vec<String>,
    pub schema: Schema,
}

/// What a note of a kind must look like.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// In the order of the config; empty means that nothing is asked of properties.
    pub properties: Vec<PropertyRule>,
    /// Headings that must be there, as written (`## Notes`).
    pub headings: Vec<String>,
    /// Pattern of the file name: `*` and `{date}`.
    pub name: Option<String>,
    /// Unknown properties are findings only where the config says so, near misses always.
    pub closed: bool,
}

/// What the config says about one property.
#[derive(Debug, Clone)]
pub struct PropertyRule {
    pub name: String,
    pub value: PropertyShape,
    pub required: bool,
    /// Allowed values; empty means all.
    pub values: Vec<String>,
    pub pattern: Option<regex::Regex>,
}

/// What a property may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PropertyShape {
    #[default]
    Any,
    Text,
    Number,
    Checkbox,
    Date,
    DateTime,
    Link,
    List,
}

impl PropertyShape {
    /// All shapes, in the order of the documentation.
    pub const ALL: [PropertyShape; 8] = [
        PropertyShape::Any,
        PropertyShape::Text,
        PropertyShape::Number,
        PropertyShape::Checkbox,
        PropertyShape::Date,
        PropertyShape::DateTime,
        PropertyShape::Link,
        PropertyShape::List,
    ];

    /// Returns the name used in the config.
    pub fn name(self) -> &'static str {
        match self {
            PropertyShape::Any => "any",
            PropertyShape::Text => "text",
            PropertyShape::Number => "number",
            PropertyShape::Checkbox => "checkbox",
            PropertyShape::Date => "date",
            PropertyShape::DateTime => "datetime",
            PropertyShape::Link => "link",
            PropertyShape::List => "list",
        }
    }

    /// Reads a name; `None` for any other word.
    pub fn from_name(name: &str) -> Option<PropertyShape> {
        PropertyShape::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

pub(super) fn of(settings: &Settings, path: &VaultPath, outline: &Outline) -> Option<Kind> {
    let declared = type_property(outline);
    let has_type = |types: &[String]| {
        declared.iter().any(|declared| types.iter().any(|wanted| wanted.eq_ignore_ascii_case(declared)))
    };
    let has_tag = |tags: &[String]| {
        outline.tags.iter().any(|tag| {
            let name = outline.str(tag.name);
            tags.iter().any(|wanted| wanted.trim_start_matches('#').eq_ignore_ascii_case(name))
        })
    };
    for def in &settings.kinds {
        if def.globs.iter().any(|glob| glob.is_match(path.as_str())) || has_type(&def.types) || has_tag(&def.tags) {
            return Some(def.kind.clone());
        }
    }
    declared.iter().find_map(|name| known(name)).or_else(|| from_evidence(settings, path, outline))
}

fn type_property(outline: &Outline) -> Vec<&str> {
    let values = ["type", "kind", "category"].iter().filter_map(|name| outline.property(name));
    values.flat_map(|property| outline.texts(property)).map(|(text, _)| strip_link(text)).collect()
}

fn strip_link(text: &str) -> &str {
    text.strip_prefix("[[").and_then(|text| text.strip_suffix("]]")).unwrap_or(text)
}

fn from_evidence(settings: &Settings, path: &VaultPath, outline: &Outline) -> Option<Kind> {
    if is_daily(settings, path) {
        return Some(Kind::Daily);
    }
    if let Some(kind) = path.folder().rsplit('/').find_map(known) {
        // A dated note in a person's folder is a meeting with that person, not a person.
        return Some(if kind == Kind::Person && starts_with_date(path.stem()) { Kind::Meeting } else { kind });
    }
    let has = |name: &str| outline.property(name).is_some_and(|property| property.value.kind != ValueKind::Null);
    if outline.property("last_contact").is_some() || has("role") && has("company") || has("email") && has("company") {
        return Some(Kind::Person);
    }
    if has("attendees") || has("participants") {
        return Some(Kind::Meeting);
    }
    None
}

fn starts_with_date(stem: &str) -> bool {
    iso_prefix(stem) >= 7
}

/// The note's whole name is a day, or its name begins with one and it lies in the folder of the daily notes.
fn is_daily(settings: &Settings, path: &VaultPath) -> bool {
    let stem = path.stem();
    let folder = &settings.obsidian.daily_folder;
    let in_folder =
        !folder.is_empty() && path.as_str().to_lowercase().starts_with(&format!("{}/", folder.to_lowercase()));
    let day = iso_prefix(stem) == 10;
    day && (stem.len() == 10 || in_folder)
}

/// Returns how many bytes of a date in ISO form `text` begins with: 10 for a day, 7 for a month, else 0.
fn iso_prefix(text: &str) -> usize {
    let bytes = text.as_bytes();
    let fits = |shape: &[u8]| {
        bytes.len() >= shape.len()
            && shape
                .iter()
                .zip(bytes)
                .all(|(want, byte)| if *want == b'0' { byte.is_ascii_digit() } else { byte == want })
            && !bytes.get(shape.len()).is_some_and(u8::is_ascii_digit)
    };
    [b"0000-00-00".as_slice(), b"0000-00".as_slice()].into_iter().find(|shape| fits(shape)).map_or(0, <[u8]>::len)
}
