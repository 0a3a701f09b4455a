//! Which kinds of note the vault has: from folders, the property `type`, and the properties that are in use.

use std::collections::BTreeMap;

use super::folders::Folders;
use super::shape::Shapes;
use crate::text::{FileId, last_component, words};
use crate::vault::Vault;
use crate::vault::settings::kind::PropertyShape;
use crate::vault::settings::{Kind, glob};

/// A kind that the config will name.
pub struct Proposal {
    pub name: String,
    pub folders: Vec<String>,
    /// Value of the property `type`, where no folder makes the kind.
    pub of_type: Option<String>,
    pub notes: usize,
    pub properties: Vec<ProposedProperty>,
}

pub struct ProposedProperty {
    pub name: String,
    pub shape: PropertyShape,
    /// Notes of the kind that have it.
    pub notes: usize,
}

/// Fewer notes make no kind.
const LEAST_NOTES: usize = 3;
/// A kind that vaultlint does not know needs more notes, and properties that they share.
const LEAST_OTHER_NOTES: usize = 10;
const MOST_PROPERTIES: usize = 12;

impl Proposal {
    /// Returns globs, or the type that makes the kind.
    pub fn place(&self) -> String {
        match &self.of_type {
            Some(of_type) => format!("type: {of_type}"),
            None => self.globs().join(", "),
        }
    }

    /// Returns the globs of its folders.
    pub fn globs(&self) -> Vec<String> {
        self.folders.iter().map(|folder| format!("{}/**", glob::escaped(folder))).collect()
    }
}

/// Looks at the notes.
pub fn propose(vault: &Vault, notes: &[FileId]) -> Vec<Proposal> {
    let folders = Folders::of(vault, notes);
    let mut proposals: Vec<Proposal> = Vec::new();
    for kind in [Kind::Person, Kind::Organisation, Kind::Meeting, Kind::Project] {
        let chosen = folders.of_kind(vault, &kind);
        proposals.extend(proposal(vault, notes, kind.name().to_owned(), (chosen, None)));
    }
    for folder in folders.of_no_kind(vault, notes) {
        let name = slug(last_component(&folder));
        let is_new = !name.is_empty() && !proposals.iter().any(|proposal| proposal.name == name);
        if is_new {
            proposals.extend(proposal(vault, notes, name, (vec![folder], None)));
        }
    }
    for (of_type, count) in types(vault, notes) {
        let name = slug(&of_type);
        let is_new =
            !proposals.iter().any(|proposal| proposal.name == name || Kind::from_name(&name).name() == proposal.name);
        if is_new && !name.is_empty() && count >= LEAST_OTHER_NOTES {
            proposals.extend(proposal(vault, notes, name, (Vec::new(), Some(of_type))));
        }
    }
    proposals
}

impl Folders {
    /// The highest folders of which four of five notes are of the kind.
    fn of_kind(&self, vault: &Vault, kind: &Kind) -> Vec<String> {
        let is_of_kind = |notes: &[FileId]| {
            let own = notes.iter().filter(|id| vault.kind(**id) == Some(kind)).count();
            own >= LEAST_NOTES && own * 5 >= notes.len() * 4
        };
        let is_own = |id: &FileId| vault.kind(*id) == Some(kind);
        self.highest(is_of_kind).into_iter().map(|folder| self.narrowed(folder, is_own)).collect()
    }

    /// Goes down as long as one folder below holds nearly all that counts.
    fn narrowed(&self, mut folder: String, is_own: impl Fn(&FileId) -> bool) -> String {
        let own = |folder: &str| self.notes[folder].iter().filter(|id| is_own(id)).count();
        loop {
            let above = own(&folder);
            let is_child = |child: &&String| {
                child.rsplit_once('/').is_some_and(|(parent, _)| parent == folder) && own(child) * 20 >= above * 19
            };
            match self.notes.keys().find(is_child) {
                Some(child) => folder = child.clone(),
                None => return folder,
            }
        }
    }

    /// The highest folders of which nearly no note is of a kind that vaultlint knows.
    fn of_no_kind(&self, vault: &Vault, all: &[FileId]) -> Vec<String> {
        let is_of_none = |notes: &[FileId]| {
            let known = notes.iter().filter(|id| vault.kind(**id).is_some()).count();
            notes.len() >= LEAST_OTHER_NOTES && known * 10 <= notes.len() && has_own_properties(vault, all, notes)
        };
        self.highest(is_of_none)
    }
}

/// The kind that the notes in these folders, or of this type, are of.
fn proposal(
    vault: &Vault,
    all: &[FileId],
    name: String,
    (folders, of_type): (Vec<String>, Option<String>),
) -> Option<Proposal> {
    let is_inside = |id: &FileId| {
        let path = vault.path(*id).as_str();
        let in_folder =
            folders.iter().any(|folder| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')));
        in_folder || of_type.as_deref().is_some_and(|of_type| has_type(vault, *id, of_type))
    };
    let notes: Vec<FileId> = all.iter().copied().filter(is_inside).collect();
    let properties = properties(vault, &notes);
    let notes = notes.len();
    (notes > 0).then_some(Proposal { name, folders, of_type, notes, properties })
}

/// Nine of ten notes share two properties that hardly any note elsewhere has.
fn has_own_properties(vault: &Vault, all: &[FileId], notes: &[FileId]) -> bool {
    let is_own = |property: &&ProposedProperty| {
        let has = |id: &FileId| vault.outline(*id).property(&property.name).is_some();
        let everywhere = all.iter().filter(|id| has(id)).count();
        property.notes * 10 >= notes.len() * 9 && property.notes * 10 >= everywhere * 8
    };
    properties(vault, notes).iter().filter(is_own).count() >= 2
}

/// The properties that a third of the notes have, the most frequent first.
fn properties(vault: &Vault, notes: &[FileId]) -> Vec<ProposedProperty> {
    // What Obsidian defines needs no declaration.
    const OBSIDIAN: [&str; 9] =
        ["tags", "tag", "aliases", "alias", "cssclasses", "cssclass", "publish", "permalink", "type"];
    let mut seen: BTreeMap<&str, Shapes> = BTreeMap::new();
    for id in notes {
        let outline = vault.outline(*id);
        for property in outline.top_level() {
            seen.entry(outline.str(property.key)).or_default().add(outline, &property.value);
        }
    }
    seen.retain(|name, shapes| {
        let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'));
        is_plain && shapes.notes * 3 >= notes.len() && !OBSIDIAN.iter().any(|own| own.eq_ignore_ascii_case(name))
    });
    let mut properties: Vec<ProposedProperty> = seen
        .into_iter()
        .map(|(name, shapes)| ProposedProperty { name: name.to_owned(), shape: shapes.common(), notes: shapes.notes })
        .collect();
    properties.sort_by(|a, b| b.notes.cmp(&a.notes).then_with(|| a.name.cmp(&b.name)));
    properties.truncate(MOST_PROPERTIES);
    properties
}

/// The values of the property `type`, with how many notes have each.
fn types(vault: &Vault, notes: &[FileId]) -> BTreeMap<String, usize> {
    let mut types = BTreeMap::new();
    for id in notes {
        let outline = vault.outline(*id);
        for (value, _) in outline.property("type").map(|property| outline.texts(property)).unwrap_or_default() {
            *types.entry(value.trim().to_owned()).or_default() += 1;
        }
    }
    types
}

fn has_type(vault: &Vault, id: FileId, of_type: &str) -> bool {
    let outline = vault.outline(id);
    let values = outline.property("type").map(|property| outline.texts(property)).unwrap_or_default();
    values.iter().any(|(value, _)| value.trim() == of_type)
}

/// A folder's name as the name of a kind: small letters and hyphens, without a number in front.
fn slug(name: &str) -> String {
    let name = name.trim_start_matches(|c: char| !c.is_alphabetic());
    words(name).map(str::to_lowercase).collect::<Vec<_>>().join("-")
}
