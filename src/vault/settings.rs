//! What the rules need to know of the user's and Obsidian's settings: plain data, filled by `config` and `discover`.

use std::collections::BTreeMap;

use globset::GlobMatcher;
use regex::Regex;

use crate::diagnostic::Severity;
use crate::note::{Note, Outline};
use crate::text::VaultPath;

mod day;
pub mod glob;
pub mod kind;
pub use kind::{Kind, KindDef};

/// Everything that a rule may depend on beside the notes.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Settings {
    /// Kinds declared in the config, in their order; the first that fits decides.
    pub kinds: Vec<KindDef>,
    pub names: Names,
    pub patterns: Vec<Pattern>,
    pub obsidian: ObsidianSettings,
    /// Today's date; `None` where no rule that is on needs the clock.
    pub today: Option<jiff::civil::Date>,
}

/// What the user knows about people.
#[derive(Debug, Default, Clone)]
pub struct Names {
    /// The vault's own person.
    pub owner: Option<String>,
    /// Groups of names, each one person.
    pub same: Vec<Vec<String>>,
    /// Groups of names, each of several people.
    pub different: Vec<Vec<String>>,
}

/// A rule that the user declares: a regular expression and what to say about it.
#[derive(Clone, Debug)]
pub struct Pattern {
    pub name: String,
    pub find: Regex,
    pub message: String,
    /// The replacement, with `$1` for groups.
    pub replace: Option<String>,
    /// The user says that the replacement keeps the meaning.
    pub safe: bool,
    pub severity: Severity,
    /// Globs of the notes it looks at; empty means all.
    pub notes: Vec<GlobMatcher>,
    /// Names of the kinds it looks at; empty means all.
    pub kinds: Vec<String>,
    pub place: PatternPlace,
}

/// Where a pattern looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PatternPlace {
    /// The text outside frontmatter, code, HTML and math.
    #[default]
    Text,
    Frontmatter,
    /// Every byte of the note.
    Everywhere,
}

/// What the files in `.obsidian` say.
#[derive(Debug, Default, Clone)]
pub struct ObsidianSettings {
    /// `userIgnoreFilters`: path prefixes, or regular expressions between slashes.
    pub excluded: Vec<String>,
    pub show_unsupported_files: bool,
    /// `newLinkFormat`.
    pub link_format: LinkFormat,
    pub use_markdown_links: bool,
    /// `attachmentFolderPath`, as written.
    pub attachment_folder: String,
    /// Folders whose files are templates, without a slash at the end.
    pub template_folders: Vec<String>,
    /// Single files that are templates (the daily note's), with extension.
    pub template_files: Vec<String>,
    /// Folder of the daily notes, without a slash at the end.
    pub daily_folder: String,
    /// Moment format of the daily notes' names.
    pub daily_format: Option<String>,
    /// `.obsidian/types.json`: the type of each property name, lower-cased.
    pub types: BTreeMap<String, PropertyType>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum LinkFormat {
    #[default]
    Shortest,
    Relative,
    Absolute,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyType {
    Text,
    List,
    Number,
    Checkbox,
    Date,
    DateTime,
    Tags,
    Aliases,
}

impl PropertyType {
    /// Returns the name used in `types.json`.
    pub fn name(self) -> &'static str {
        match self {
            PropertyType::Text => "text",
            PropertyType::List => "multitext",
            PropertyType::Number => "number",
            PropertyType::Checkbox => "checkbox",
            PropertyType::Date => "date",
            PropertyType::DateTime => "datetime",
            PropertyType::Tags => "tags",
            PropertyType::Aliases => "aliases",
        }
    }
}

impl ObsidianSettings {
    /// Tells whether the file is a template: a link target, not a note.
    pub fn is_template(&self, path: &VaultPath) -> bool {
        let lower = path.as_str().to_lowercase();
        let below = |folder: &String| {
            let folder = folder.to_lowercase();
            !folder.is_empty() && lower.strip_prefix(&folder).is_some_and(|rest| rest.starts_with('/'))
        };
        self.template_folders.iter().any(below) || self.template_files.iter().any(|file| file.to_lowercase() == lower)
    }
}

impl ObsidianSettings {
    /// Tells whether a target is the name of a daily, weekly, monthly, quarterly or yearly note.
    pub fn is_periodic(&self, target: &str) -> bool {
        day::is_periodic(self.daily_format.as_deref(), target)
    }
}

impl Settings {
    /// Returns the kind of a note: from the config, else from evidence in the note; `None` if nothing speaks for one.
    pub fn kind(&self, path: &VaultPath, outline: &Outline) -> Option<Kind> {
        kind::of(self, path, outline)
    }

    /// Returns what the config declares for the kind of this note, if it does; a canvas has neither properties nor headings.
    pub fn declared_kind(&self, note: &Note) -> Option<&KindDef> {
        if self.kinds.is_empty() || note.path.is_canvas() {
            return None;
        }
        self.kind_def(&self.kind(&note.path, &note.outline)?)
    }

    /// Returns the declaration of a kind in the config, if there is one.
    pub fn kind_def(&self, kind: &Kind) -> Option<&KindDef> {
        self.kinds.iter().find(|def| def.kind == *kind)
    }
}
