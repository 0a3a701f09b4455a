//! A fix that changes a heading breaks the links to it: where any leads there, it is no safe fix.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::text::FileId;
use crate::vault::Vault;
use crate::vault::resolve::heading_key;

/// Makes the safe fixes unsafe by which links would lose the heading that they lead to.
pub(super) fn spare(vault: &Vault, found: &mut [Diagnostic]) {
    let mut linked: FxHashMap<FileId, FxHashSet<String>> = FxHashMap::default();
    for fix in found.iter_mut().filter_map(|diagnostic| diagnostic.fix.as_mut()) {
        let mut breaks_links = |edit: &Edit| {
            let lost = lost_key(vault, edit);
            lost.is_some_and(|key| {
                linked.entry(edit.file).or_insert_with(|| linked_keys(vault, edit.file)).contains(&key)
            })
        };
        if fix.applicability == Applicability::Safe && fix.edits.iter().any(&mut breaks_links) {
            fix.applicability = Applicability::Unsafe;
            fix.reason = "it changes a heading that links lead to".into();
        }
    }
}

/// The form in which links name the heading that an edit lies in, if it is another one after the edit.
fn lost_key(vault: &Vault, edit: &Edit) -> Option<String> {
    let headings = &vault.outline(edit.file).headings;
    let before = headings.partition_point(|heading| heading.text_span.start <= edit.span.start).checked_sub(1)?;
    let place = headings[before].text_span;
    if !place.covers(edit.span) {
        return None;
    }
    let text = vault.text(edit.file)?;
    let (start, end) = (place.range().start, place.range().end);
    let (before, after) = (text.get(start..edit.span.range().start)?, text.get(edit.span.range().end..end)?);
    let key = heading_key(text.get(start..end)?);
    (key != heading_key(&format!("{before}{}{after}", edit.replacement))).then_some(key)
}

/// The headings of a file that links name, each in the form in which headings are compared.
fn linked_keys(vault: &Vault, file: FileId) -> FxHashSet<String> {
    let subpaths = vault.backlinks(file).iter().map(|(source, number)| {
        let outline = vault.outline(*source);
        outline.str(outline.links[*number as usize].subpath)
    });
    subpaths.flat_map(|subpath| subpath.split('#')).map(heading_key).collect()
}
