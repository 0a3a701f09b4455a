//! `tag`, `alias` and `cssclass`: names that Obsidian no longer reads.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::Note;
use crate::rule::{Diagnostics, Rule};
use crate::vault::settings::Settings;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DeprecatedProperty {}

const NAMES: [(&str, &str); 3] = [("tag", "tags"), ("alias", "aliases"), ("cssclass", "cssclasses")];

impl Rule for DeprecatedProperty {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        // Of a block that Obsidian drops, malformed-frontmatter or duplicate-property tells.
        if !note.outline.frontmatter.valid {
            return;
        }
        for (old, new) in NAMES {
            let Some(property) = note.outline.property(old) else { continue };
            let written = note.outline.str(property.key);
            let message = format!("Obsidian no longer reads `{written}`; the property is `{new}`");
            let diagnostic = diagnostics.report(note.id, property.key_span, message);
            diagnostic.label("no effect");
            if note.outline.property(new).is_some() {
                diagnostic.help(format!("move its values to `{new}`, which the note has already"));
                continue;
            }
            diagnostic.help("since version 1.9 the old name is an ordinary property");
            let edits = vec![Edit::replace(note.id, property.key_span, new)];
            diagnostic.fix(Fix::safe(format!("rename it to `{new}`"), edits));
        }
    }
}
