//! Links to a heading that the note they lead to does not have.

use serde::{Deserialize, Serialize};

use crate::diagnostic::Fix;
use crate::note::{LinkPlace, is_template_text};
use crate::rule::{Diagnostics, Rule, suggest};
use crate::text::FileId;
use crate::vault::resolve::heading_key;
use crate::vault::{Subpath, Target, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct BrokenHeading {}

impl Rule for BrokenHeading {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        let mut searches = suggest::Searches::default();
        for link in outline.links.iter().filter(|link| !link.subpath.is_empty() && is_read(link.place)) {
            let Target::File(target) = vault.resolve(file, link) else { continue };
            let subpath = outline.str(link.subpath);
            let is_placeholder = is_template_text(subpath);
            if is_placeholder || vault.subpath_of(target, subpath) != Subpath::MissingHeading {
                continue;
            }
            let wanted = subpath.trim_start_matches('#').trim();
            let message = format!("no heading `{wanted}` in {}", vault.path(target));
            let diagnostic = diagnostics.report(file, link.target_span, message);
            diagnostic.label("the note has no such heading");
            let near: Vec<String> = searches.near(target, subpath, || vault.nearest_headings(target, subpath));
            diagnostic.help(help(vault, target, &near));
            // A heading that holds the link changes with it, and the link would be broken again.
            if target == file && outline.headings.iter().any(|heading| heading.span.covers(link.span)) {
                continue;
            }
            let mut fixes = near.iter().filter_map(|near| {
                let edit = suggest::retarget_subpath(vault, file, link, &format!("#{}", without_code_marks(near)))?;
                Some(Fix::unsafe_because(format!("link to `#{near}`"), "another heading may be meant", vec![edit]))
            });
            if near.len() == 1 {
                diagnostic.fix = fixes.next();
            } else {
                diagnostic.alternatives = fixes.collect();
            }
        }
    }
}

/// Code in a link would end it; without its marks the heading is the same, where they stand inside a word with spaces for them
/// (clause H2).
fn without_code_marks(heading: &str) -> String {
    let plain = heading.replace('`', "");
    if heading_key(&plain) == heading_key(heading) { plain } else { heading.replace('`', " ") }
}

fn help(vault: &Vault, target: FileId, near: &[String]) -> String {
    let quoted = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match near {
        [] if vault.outline(target).headings.is_empty() => "the note has no headings".to_owned(),
        [] => "no heading of the note is near to it; the link opens the note at its top".to_owned(),
        [only] => format!("did you mean `{only}`?"),
        several => format!("the nearest are {}", quoted(several)),
    }
}

/// In a comment, a link that still opens the note is nobody's trouble; generated text is not judged.
fn is_read(place: LinkPlace) -> bool {
    !matches!(place, LinkPlace::Comment | LinkPlace::Generated)
}
