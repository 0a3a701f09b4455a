//! A fix that changes a heading breaks the links to it: where any leads there, it is no safe fix.

use crate::diagnostic::{Applicability, Diagnostic, Edit};
use crate::vault::Vault;
use crate::vault::resolve::heading_key;

/// Makes the safe fixes unsafe by which links would lose the heading that they lead to.
pub(super) fn spare(vault: &Vault, found: &mut [Diagnostic]) {
    for fix in found.iter_mut().filter_map(|diagnostic| diagnostic.fix.as_mut()) {
        if fix.applicability == Applicability::Safe && fix.edits.iter().any(|edit| breaks_links(vault, edit)) {
            fix.applicability = Applicability::Unsafe;
            fix.reason = "it changes a heading that links lead to".into();
        }
    }
}

fn breaks_links(vault: &Vault, edit: &Edit) -> bool {
    let heading = vault.outline(edit.file).headings.iter().find(|heading| heading.text_span.covers(edit.span));
    let Some((heading, text)) = heading.zip(vault.text(edit.file)) else { return false };
    let (start, end) = (heading.text_span.range().start, heading.text_span.range().end);
    let parts = (text.get(start..edit.span.range().start), text.get(edit.span.range().end..end));
    let (Some(before), Some(after)) = parts else { return false };
    let old = heading_key(&text[start..end]);
    if old == heading_key(&format!("{before}{}{after}", edit.replacement)) {
        return false;
    }
    vault.backlinks(edit.file).iter().any(|(source, number)| {
        let outline = vault.outline(*source);
        let subpath = outline.str(outline.links[*number as usize].subpath);
        subpath.split('#').any(|segment| heading_key(segment) == old)
    })
}
