//! Links to a block that the note they lead to does not have.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Fix, Severity};
use crate::note::{BlockId, Link, LinkPlace};
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::{FileId, Span};
use crate::vault::{Subpath, Target, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrokenBlockId {}

impl Rule for BrokenBlockId {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        let (mut searches, mut twins) = (suggest::Searches::default(), suggest::Searches::default());
        for link in outline.links.iter().filter(|link| !link.subpath.is_empty() && is_read(link.place)) {
            let Target::File(target) = vault.resolve(file, link) else { continue };
            let subpath = outline.str(link.subpath);
            let found = vault.subpath_of(target, subpath);
            if found == Subpath::Found
                && let Some(id) = subpath.strip_prefix("#^")
            {
                let blocks = twins.near(target, id, || blocks(vault, target, id));
                report_twins(vault, file, link, target, &blocks, diagnostics);
            }
            if found != Subpath::MissingBlock || is_drawing(vault, target) {
                continue;
            }
            let id = subpath.trim_start_matches('#').trim();
            let (what, is_footnote) = if id.starts_with('[') { ("footnote", true) } else { ("block", false) };
            let diagnostic =
                diagnostics.report(file, link.target_span, format!("no {what} `{id}` in {}", vault.path(target)));
            diagnostic.label(format!("the note has no such {what}"));
            let id = id.trim_start_matches('^');
            let near = if is_footnote {
                Vec::new()
            } else {
                searches.near(target, id, || vault.nearest_block_ids(target, id))
            };
            diagnostic.help(help(id, is_footnote, &near));
            if let [only] = near[..]
                && let Some(edit) = suggest::retarget_subpath(vault, file, link, &format!("#^{only}"))
            {
                let reason = "another block may be meant";
                diagnostic.fix(Fix::unsafe_because(format!("link to `#^{only}`"), reason, vec![edit]));
            }
            if is_footnote {
                // That such links lead to footnotes is confidence M (clause H7).
                diagnostic.at_most(Severity::Warning);
            }
        }
    }
}

/// Returns where the blocks of a note stand that have an id.
fn blocks(vault: &Vault, target: FileId, id: &str) -> Vec<Span> {
    let outline = vault.outline(target);
    let has_id = |block: &&BlockId| !block.footnote && outline.str(block.id).eq_ignore_ascii_case(id.trim());
    outline.block_ids.iter().filter(has_id).map(|block| block.span).collect()
}

/// A link to an id that several blocks have: Obsidian opens one of them (clause B4).
fn report_twins(vault: &Vault, file: FileId, link: &Link, target: FileId, blocks: &[Span], diagnostics: &mut Diagnostics) {
    if blocks.len() < 2 {
        return;
    }
    let id = vault.outline(file).str(link.subpath).trim_start_matches('#').trim();
    let message = format!("{} blocks of {} have the id `{id}`", blocks.len(), vault.path(target));
    let diagnostic = diagnostics.report(file, link.target_span, message);
    diagnostic.label("leads to one of them");
    for block in blocks {
        diagnostic.related(target, *block, "has the id");
    }
    diagnostic.help("Obsidian finds one of them, and you cannot tell which: give the others ids of their own");
    diagnostic.at_most(Severity::Warning);
}

fn help(id: &str, is_footnote: bool, near: &[&str]) -> String {
    let is_sign = |character: &char| !character.is_ascii_alphanumeric() && *character != '-';
    match near {
        [only] => format!("did you mean `^{only}`?"),
        [] => match id.chars().find(is_sign) {
            _ if is_footnote => "the footnote was taken out, or has another name".to_owned(),
            Some(sign) => format!("block ids hold Latin letters, digits and hyphens; `{sign}` ends one"),
            None => "the block was taken out, or its id was: make the link anew in Obsidian".to_owned(),
        },
        several => {
            let names: Vec<String> = several.iter().map(|id| format!("`^{id}`")).collect();
            format!("the nearest are {}", names.join(", "))
        }
    }
}

/// The Excalidraw plugin reads such links itself: `#^group=…`, `#^frame=…`, ids of elements (clause Z9).
fn is_drawing(vault: &Vault, target: FileId) -> bool {
    let name = vault.path(target).file_name().to_ascii_lowercase();
    name.ends_with(".excalidraw.md") || vault.outline(target).property("excalidraw-plugin").is_some()
}

/// In a comment, a link that still opens the note is nobody's trouble; generated text is not judged.
fn is_read(place: LinkPlace) -> bool {
    !matches!(place, LinkPlace::Comment | LinkPlace::Generated)
}
