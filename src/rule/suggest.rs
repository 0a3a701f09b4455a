//! What to say and offer when a link leads nowhere: the nearest files, and a fix where one of them stands out.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::note::{Link, LinkKind};
use crate::text::{FileId, Span};
use crate::vault::{Closeness, Near, Vault};

/// A note with more links that lead nowhere, each in its own way, is broken as a whole: the nearest are not looked for.
const MOST_SEARCHES: usize = 500;

/// Remembers what the subpaths of one note's links were found to be near to.
#[derive(Default)]
pub struct Searches<'a, T> {
    found: FxHashMap<(FileId, &'a str), T>,
}

impl<'a, T: Clone + Default> Searches<'a, T> {
    /// Returns what `search` gives for this subpath of `target`, asked once; nothing after many searches.
    pub fn near(&mut self, target: FileId, subpath: &'a str, search: impl FnOnce() -> T) -> T {
        let is_over = self.found.len() >= MOST_SEARCHES;
        match self.found.entry((target, subpath)) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(_) if is_over => T::default(),
            Entry::Vacant(unknown) => unknown.insert(search()).clone(),
        }
    }
}

/// Adds help, and a fix where one candidate stands out, to a finding about `link` of `source`.
pub fn nearest(vault: &Vault, source: FileId, link: &Link, diagnostic: &mut Diagnostic) {
    let target = vault.outline(source).str(link.target);
    let near = vault.nearest(source, target);
    match &near[..] {
        [] => diagnostic.help(help_without_candidate(vault, link, target)),
        [only] => {
            let name = shown(vault, source, link, only.file);
            diagnostic.help(match only.closeness {
                Closeness::CutOff => format!("the target is cut off; did you mean `{name}`?"),
                Closeness::Slash => format!("a slash is a folder for Obsidian; did you mean `{name}`?"),
                Closeness::OtherFolder => format!("it is in another folder: `{}`", vault.path(only.file)),
                _ => format!("did you mean `{name}`?"),
            })
        }
        several => {
            let names: Vec<String> =
                several.iter().map(|near| format!("`{}`", shown(vault, source, link, near.file))).collect();
            diagnostic.help(format!("the nearest are {}", names.join(", ")))
        }
    };
    if let Some(best) = standing_out(&near) {
        diagnostic.fix = fix(vault, source, link, best);
    } else {
        diagnostic.alternatives = near.iter().filter_map(|near| fix(vault, source, link, *near)).collect();
    }
}

/// A canvas wants whole paths.
fn shown(vault: &Vault, source: FileId, link: &Link, file: FileId) -> String {
    if link.kind == LinkKind::Canvas { vault.path(file).to_string() } else { vault.link_text(source, file) }
}

fn help_without_candidate(vault: &Vault, link: &Link, target: &str) -> String {
    if vault.by_path(target.trim_start_matches(['.', '/'])).is_some() {
        return "Obsidian does not see files without an extension; give the file one, or take the link away".to_owned();
    }
    let folder = target.trim_start_matches(['.', '/']).rsplit_once('/').map(|(folder, _)| folder);
    match (link.kind, folder) {
        (LinkKind::Canvas, _) => "no file has a name near to it; put the file there, or take the card away".to_owned(),
        (LinkKind::Wikilink | LinkKind::Property, Some(folder)) if !link.embed && !vault.has_folder(folder) => format!(
            "the slash makes `{folder}` a folder: following the link, Obsidian would create `{target}.md` in it; \
             a title with a slash cannot be a file name"
        ),
        (LinkKind::Markdown, _) => {
            "no file has a name near to it; put it into the vault, or take the link away".to_owned()
        }
        _ => "no note has a name near to it; create the note, or take the link away".to_owned(),
    }
}

/// The first candidate, if no other is as near in kind.
fn standing_out(near: &[Near]) -> Option<Near> {
    let kind =
        |near: &Near| if let Closeness::Edits(_) = near.closeness { Closeness::Edits(0) } else { near.closeness };
    let best = near.first().filter(|best| best.closeness != Closeness::Word)?;
    (!near[1..].iter().any(|other| kind(other) == kind(best))).then_some(*best)
}

fn fix(vault: &Vault, source: FileId, link: &Link, near: Near) -> Option<Fix> {
    let name = vault.link_text(source, near.file);
    let edit = retarget(vault, source, link, near.file)?;
    let title = format!("link to `{name}`");
    let is_wikilink = matches!(link.kind, LinkKind::Wikilink | LinkKind::Property) && !link.embed;
    Some(match near.closeness {
        Closeness::Typography if is_wikilink => Fix::safe(title, vec![edit]),
        _ => Fix::unsafe_because(title, "the nearest name need not be the one that was meant", vec![edit]),
    })
}

/// Returns the edit that makes `link` lead to `target`, subpath and display text kept; `None` where the name cannot be
/// written in this place, or would make the link the name of another note.
pub fn retarget(vault: &Vault, source: FileId, link: &Link, target: FileId) -> Option<Edit> {
    let name = vault.link_text(source, target);
    let path = vault.path(target);
    let written = match link.kind {
        LinkKind::Canvas => path.as_str().to_owned(),
        LinkKind::Markdown if path.is_note() && !name.ends_with(".md") => name + ".md",
        LinkKind::Markdown | LinkKind::Wikilink | LinkKind::Property => name,
    };
    if vault.is_taken_for_another(source, link, target, &written) {
        return None;
    }
    write_target(vault, source, link, written)
}

/// Returns the edit that writes another target into `link`, subpath and display text kept; `None` where it cannot be
/// written in this place.
pub fn write_target(vault: &Vault, source: FileId, link: &Link, target: String) -> Option<Edit> {
    let (path, _) = written_parts(vault, source, link)?;
    if link.kind == LinkKind::Markdown {
        return Some(Edit::replace(source, path, encode(&target)));
    }
    let is_risky = |character: char| {
        let in_link = link.kind != LinkKind::Canvas && matches!(character, '#' | '^' | '[' | ']' | '|');
        in_link || link.kind == LinkKind::Property && matches!(character, '"' | '\'' | '\\')
    };
    (!target.contains(is_risky)).then(|| Edit::replace(source, path, target))
}

/// Returns the edit that writes another subpath, `#` included, into `link`; `None` where it cannot be written.
pub fn retarget_subpath(vault: &Vault, source: FileId, link: &Link, subpath: &str) -> Option<Edit> {
    let (_, written) = written_parts(vault, source, link)?;
    let is_risky = |character: char| {
        matches!(character, '[' | ']' | '|')
            || link.kind == LinkKind::Property && matches!(character, '"' | '\'' | '\\')
    };
    match link.kind {
        // The subpath of a canvas node is a value of its own, whose place is not known.
        LinkKind::Canvas => None,
        LinkKind::Markdown => Some(Edit::replace(source, written, format!("#{}", encode(&subpath[1..])))),
        _ => (!subpath.contains(is_risky)).then(|| Edit::replace(source, written, subpath)),
    }
}

/// Returns where the path and where the subpath of a link are written; `None` if they are written with escapes of YAML.
fn written_parts(vault: &Vault, source: FileId, link: &Link) -> Option<(Span, Span)> {
    let Span { start, end } = link.target_span;
    if link.kind == LinkKind::Canvas {
        return Some((link.target_span, Span { start: end, end }));
    }
    let text = vault.text(source)?;
    let raw = text.get(link.target_span.range())?;
    let hash = raw.find('#').unwrap_or(raw.len());
    let outline = vault.outline(source);
    if link.kind != LinkKind::Markdown
        && (raw[..hash].trim() != outline.str(link.target) || raw[hash..] != *outline.str(link.subpath))
    {
        return None;
    }
    let middle = start + crate::text::to_u32(hash);
    Some((Span { start, end: middle }, Span { start: middle, end }))
}

/// Percent-encodes what a Markdown destination cannot hold, as Obsidian writes it (clause M4), and what would end it.
fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for character in path.chars() {
        match character {
            ' ' => encoded.push_str("%20"),
            '%' => encoded.push_str("%25"),
            '(' => encoded.push_str("%28"),
            ')' => encoded.push_str("%29"),
            '#' => encoded.push_str("%23"),
            '<' => encoded.push_str("%3C"),
            '>' => encoded.push_str("%3E"),
            _ => encoded.push(character),
        }
    }
    encoded
}
