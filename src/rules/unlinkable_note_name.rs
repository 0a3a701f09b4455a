//! File names of notes that no link can reach, or that another note has but for case or Unicode form.

use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule, rename};
use crate::text::{FileId, Span};
use crate::vault::Vault;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct UnlinkableNoteName {}

impl Rule for UnlinkableNoteName {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let path = vault.path(file);
        // Once for the two: at the second, or at the one that alone knows of the other.
        let is_told_here = |twin: &FileId| *twin < file || vault.twin(*twin) != Some(file);
        if let Some(twin) = vault.twin(file).filter(is_told_here) {
            diagnostics
                .report(file, Span::at(0), format!("the path differs from {} by case or Unicode form alone", vault.path(twin)))
                .help("rename one of the two: a link cannot tell them apart, and many systems keep only one")
                .related(twin, Span::at(0), "the other note");
        }
        let name = path.stem();
        let Some(sign) = unlinkable_sign(name) else { return };
        let message = format!("no {} can reach `{name}`: {}", if sign == "#" { "link" } else { "wikilink" }, reason(sign));
        let diagnostic = diagnostics.report(file, Span::at(0), message);
        diagnostic.help(format!("rename the note so that its name has no `{sign}`"));
        let signs = ["#", "|", "%%", "[[", "]]"];
        let plain = signs.iter().fold(name.to_owned(), |name, sign| name.replace(sign, " "));
        diagnostic.fix = rename::fix(vault, file, &rename::tidy(&plain), "other programs may know the note by its name");
    }
}

/// What ends a link or begins something else in it (clauses M3, L2, L4).
fn unlinkable_sign(name: &str) -> Option<&'static str> {
    if !name.bytes().any(|byte| matches!(byte, b'#' | b'|' | b'[' | b']' | b'%')) {
        return None;
    }
    ["#", "|", "[[", "]]", "%%"].into_iter().find(|sign| name.contains(sign))
}

fn reason(sign: &str) -> &'static str {
    match sign {
        "#" => "in a link the name ends at `#`",
        "|" => "in a wikilink the name ends at `|`",
        "%%" => "`%%` begins a comment",
        _ => "brackets in pairs begin and end a link",
    }
}
