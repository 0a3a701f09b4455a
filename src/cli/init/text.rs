//! The config as `init` writes it, with comments that say why.

use super::Proposed;
use super::kinds::Proposal;
use super::levels::Lowered;
use super::templates::LeftOut;
use crate::parse::yaml::quote;
use crate::vault::settings::kind::PropertyShape;

/// Returns the text of the config.
pub(super) fn render(proposed: &Proposed) -> String {
    let mut text = String::from(HEAD);
    text.push_str(&exclude(&proposed.templates));
    text.push_str(FAIL_ON);
    text.push_str(&rules(&proposed.lowered));
    text.push_str(&declared(&proposed.kinds));
    text.push_str(&names(proposed.owner.as_deref()));
    text.push_str(TAIL);
    text
}

const HEAD: &str = "\
# What vaultlint checks in this vault.
# All rules: `vaultlint rules`; one of them: `vaultlint explain RULE`; every setting: `vaultlint config`.

# Notes that are not checked; links may lead to them all the same. What .gitignore or Obsidian's own list of excluded
# files names is left out anyway.
";

const FAIL_ON: &str = "
# The lightest finding that makes a run fail: error, warning or info.
fail-on: warning

";

const TAIL: &str = "
# Rules of your own: what `find` finds is reported. `vaultlint config` checks the examples.
# patterns:
#   - { name: our-spelling, find: '\\bVaultLint\\b', message: \"the name is written vaultlint\", replace: vaultlint,
#       bad: [VaultLint], good: [vaultlint] }

# Other levels for some notes.
# overrides:
#   - { match: \"Archive/**\", rules: { broken-wikilink: off } }
";

fn exclude(templates: &[LeftOut]) -> String {
    if templates.is_empty() {
        return "exclude: [] # for example [\"Archive/**\", \"Clippings/**\"]\n".to_owned();
    }
    let mut text = String::from(
        "exclude:\n  # Templates: a placeholder such as {{title}} or <% tp.file.title %> stands in their properties or headings.\n",
    );
    for own in templates {
        text.push_str(&format!("  - {}", quote(&own.glob)));
        if own.notes > 1 {
            text.push_str(&format!(" # {} of {} notes", own.templates, own.notes));
        }
        text.push('\n');
    }
    text
}

fn rules(lowered: &[Lowered]) -> String {
    let mut text =
        String::from("# Levels that differ from the rules' own: error, warning, info (a hint) or off.\nrules:\n");
    for rule in lowered {
        let warnings = if rule.findings == 1 { "warning" } else { "warnings" };
        text.push_str(&format!(
            "  {}: info # {} {warnings} when this file was written; take the line away when they are gone\n",
            rule.name, rule.findings
        ));
    }
    text.push_str("  # orphan-note: info # for example: notes that no link leads to, as hints\n\n");
    text
}

fn declared(kinds: &[Proposal]) -> String {
    if kinds.is_empty() {
        return String::from(
            "# Kinds of note and what such a note must look like.\n# kinds:\n\
             #   person: { match: \"People/**\", properties: { company: link, last_contact: date } }\n\n",
        );
    }
    let mut text = String::from(
        "# Kinds of note, as folders and properties show them. `required: true` asks for a property in every note,\n\
         # `values: [a, b]` allows no others, `closed: true` reports every property that is not listed.\nkinds:\n",
    );
    for kind in kinds {
        text.push_str(&format!("  {}: # {} notes\n", key(&kind.name), kind.notes));
        match &kind.of_type {
            Some(of_type) => text.push_str(&format!("    type: {}\n", quote(of_type))),
            None => {
                let globs: Vec<String> = kind.globs().iter().map(|glob| quote(glob)).collect();
                match globs.as_slice() {
                    [glob] => text.push_str(&format!("    match: {glob}\n")),
                    globs => text.push_str(&format!("    match: [{}]\n", globs.join(", "))),
                }
            }
        }
        text.push_str(&properties(kind));
    }
    text + "\n"
}

fn properties(kind: &Proposal) -> String {
    if kind.properties.is_empty() {
        return String::new();
    }
    let mut text = String::from("    properties:\n");
    for property in &kind.properties {
        let shape = if property.shape == PropertyShape::Any { "any" } else { property.shape.name() };
        let line = format!("      {}: {shape}", key(&property.name));
        text.push_str(&format!("{line:36} # in {} of {}\n", property.notes, kind.notes));
    }
    text
}

/// A name as the key of a mapping.
fn key(name: &str) -> String {
    let is_plain = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        && !matches!(name.to_lowercase().as_str(), "true" | "false" | "null");
    if is_plain { name.to_owned() } else { quote(name) }
}

fn names(owner: Option<&str>) -> String {
    let owner = match owner {
        Some(owner) => format!("  owner: {} # meets more people than anybody else\n", quote(owner)),
        None => "  # owner: Your Name\n".to_owned(),
    };
    format!(
        "# What you know about names: whose vault it is, names of one person, names of several people.\n\
         names:\n{owner}  same: [] # for example [[Robert Benoit, Rob Benoit], [Dee Jackson, Deandre Jackson]]\n  \
         different: [] # for example [[Jan Berg, Jan Bergh]]\n"
    )
}
