//! Properties that the config does not know for a note's kind: slips of the hand, and all others where the kind is closed.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Note, Property};
use crate::rule::{Diagnostics, Rule};
use crate::text::edit_distance;
use crate::vault::settings::{KindDef, Settings};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnknownProperty {}

/// Names that mean something to Obsidian or vaultlint in every note.
const ALWAYS: [&str; 15] = [
    "tags",
    "tag",
    "aliases",
    "alias",
    "cssclasses",
    "cssclass",
    "publish",
    "permalink",
    "description",
    "image",
    "cover",
    "type",
    "kind",
    "category",
    "vaultlint-disable",
];

impl Rule for UnknownProperty {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        let Some(def) = settings.declared_kind(note) else { return };
        if def.schema.properties.is_empty() {
            return;
        }
        for property in note.outline.top_level() {
            let name = note.outline.str(property.key);
            let is_known = def.schema.properties.iter().any(|rule| rule.name.eq_ignore_ascii_case(name));
            if is_known || ALWAYS.iter().any(|always| always.eq_ignore_ascii_case(name)) {
                continue;
            }
            match near_miss(note, def, settings, name) {
                Some(meant) => report_near_miss(note, def, property, meant, diagnostics),
                None if def.schema.closed => report_unknown(note, def, property, diagnostics),
                None => {}
            }
        }
    }
}

/// A declared name that the note lacks and that this one is a slip of.
fn near_miss<'a>(note: &Note, def: &'a KindDef, settings: &Settings, name: &str) -> Option<&'a str> {
    let plain = |name: &str| name.to_lowercase().replace(['_', '-', ' '], "");
    let is_of_vault = settings.obsidian.types.contains_key(&name.to_lowercase());
    let most = match name.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    let names = def.schema.properties.iter().map(|rule| rule.name.as_str());
    let absent = names.filter(|wanted| note.outline.property(wanted).is_none());
    absent
        .map(|wanted| (edit_distance(&plain(name), &plain(wanted)), wanted))
        // A name that the vault's types list is used on purpose; only its spelling can be a slip.
        .filter(|(distance, _)| *distance == 0 || *distance <= most && !is_of_vault)
        .min()
        .map(|(_, wanted)| wanted)
}

fn report_near_miss(note: &Note, def: &KindDef, property: &Property, meant: &str, diagnostics: &mut Diagnostics) {
    let name = note.outline.str(property.key);
    let message = format!("property `{name}` is unknown for the kind `{}`", def.name);
    let diagnostic = diagnostics.report(note.id, property.key_span, message);
    diagnostic.label("unknown").help(format!("did you mean `{meant}`?"));
    let edits = vec![Edit::replace(note.id, property.key_span, meant)];
    let reason = "it may be another property";
    diagnostic.fix(Fix::unsafe_because(format!("rename it to `{meant}`"), reason, edits));
}

fn report_unknown(note: &Note, def: &KindDef, property: &Property, diagnostics: &mut Diagnostics) {
    let name = note.outline.str(property.key);
    let message = format!("property `{name}` is unknown for the kind `{}`", def.name);
    let diagnostic = diagnostics.report(note.id, property.key_span, message);
    let known: Vec<String> = def.schema.properties.iter().map(|rule| format!("`{}`", rule.name)).collect();
    diagnostic.label("unknown").help(format!("the config knows {}; add it there if it is meant", known.join(", ")));
}
