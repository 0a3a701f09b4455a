//! What a link points to: the only code that decides it (obsidian-compat.md, clauses R, H and B).

use super::index::{Index, fold, fold_eq, is_same_path};
use super::{Contents, File};
use crate::note::Outline;
use crate::text::{FileId, VaultPath, last_component};

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    File(FileId),
    /// Several files match and Obsidian's choice between them is not stable; the first is what vaultlint follows.
    Ambiguous(Vec<FileId>),
    Missing,
}

impl Target {
    /// Returns the file, the first one of several.
    pub fn file(&self) -> Option<FileId> {
        match self {
            Target::File(id) => Some(*id),
            Target::Ambiguous(ids) => ids.first().copied(),
            Target::Missing => None,
        }
    }
}

/// What becomes of the part of a link after `#`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subpath {
    /// There is none, or it is not judged (an attachment, a file that was not read).
    NotJudged,
    Found,
    MissingHeading,
    MissingBlock,
}

/// Looks `target` up as written in `source`: rules 1 to 7 of the resolution clause.
pub(super) fn resolve(index: &Index, files: &[File], source: FileId, target: &str, exact: bool) -> Target {
    let target = target.trim();
    if target.is_empty() {
        return Target::File(source);
    }
    if exact {
        return index.by_path(files, target).map_or(Target::Missing, Target::File);
    }
    let name = last_component(target);
    // Nearly all targets are the name or the whole path of one file.
    let is_whole = name.len() < target.len();
    let is_written = |suffix| {
        move |id: &FileId| {
            let path = &files[id.index()].path;
            is_same_path(if is_whole { path.as_str() } else { path.file_name() }, target, suffix)
        }
    };
    let suffixes: &[&str] = if name.contains('.') { &["", ".md"] } else { &[".md"] };
    for suffix in suffixes {
        let candidates = index.candidates(files, target, suffix);
        if let Some(only) = candidates.only().filter(is_written(suffix)) {
            return Target::File(only);
        }
        let mut found = candidates.iter();
        let Some(first) = found.next() else { continue };
        return match found.next() {
            None if !target.contains('/') => Target::File(first),
            second => choose(files, source, target, suffix, [first].into_iter().chain(second).chain(found).collect()),
        };
    }
    Target::Missing
}

fn choose(files: &[File], source: FileId, target: &str, suffix: &str, found: Vec<FileId>) -> Target {
    let path = |id: &FileId| files[id.index()].path.as_str();
    let is_at = |id: &FileId, wanted: &str| is_same_path(path(id), wanted, suffix);
    let folder = files[source.index()].path.folder();
    let exactly =
        |wanted: &str| found.iter().find(|id| is_at(id, wanted)).map_or(Target::Missing, |id| Target::File(*id));
    if target.starts_with("./") || target.starts_with("../") {
        return join(folder, target).map_or(Target::Missing, |wanted| exactly(&wanted));
    }
    if let Some(rooted) = target.strip_prefix('/') {
        return exactly(rooted);
    }
    if let Target::File(id) = exactly(target) {
        return Target::File(id);
    }
    let ends: Vec<FileId> = found.into_iter().filter(|id| ends_with(path(id), target, suffix)).collect();
    shortest(files, folder, ends)
}

/// Returns the file that a link leads to and those it leads past because their paths are longer, all in one group; empty
/// where something better than the length of a path decides.
pub(super) fn rivals(index: &Index, files: &[File], source: FileId, target: &str) -> Vec<FileId> {
    let Target::File(chosen) = resolve(index, files, source, target, false) else { return Vec::new() };
    let target = target.trim();
    let (path, folder) = (files[chosen.index()].path.as_str(), files[source.index()].path.folder());
    let is_exact = |suffix: &str| is_same_path(path, target, suffix);
    if target.is_empty() || target.starts_with(['/', '.']) || is_exact("") || is_exact(".md") {
        return Vec::new();
    }
    if files[chosen.index()].path.folder() == folder {
        return Vec::new();
    }
    let last = files[chosen.index()].path.file_name();
    let suffix = if fold_eq(last_component(target).chars(), last.chars()) { "" } else { ".md" };
    let is_near = |id: FileId| !folder.is_empty() && starts_with_folder(files[id.index()].path.as_str(), folder);
    let found = index.candidates(files, target, suffix).iter();
    let mut rivals: Vec<FileId> = found
        .filter(|id| *id != chosen && is_near(*id) == is_near(chosen))
        .filter(|id| ends_with(files[id.index()].path.as_str(), target, suffix))
        .collect();
    if !rivals.is_empty() {
        rivals.insert(0, chosen);
    }
    rivals
}

/// Files at or below the source's folder come first; in each group the shortest path in characters.
fn shortest(files: &[File], folder: &str, candidates: Vec<FileId>) -> Target {
    let rank = |id: &FileId| {
        let path = files[id.index()].path.as_str();
        let elsewhere = !folder.is_empty() && !starts_with_folder(path, folder);
        (elsewhere, path.chars().count())
    };
    let Some(best) = candidates.iter().map(rank).min() else { return Target::Missing };
    let mut first: Vec<FileId> = candidates.into_iter().filter(|id| rank(id) == best).collect();
    if first.len() == 1 { Target::File(first.remove(0)) } else { Target::Ambiguous(first) }
}

fn starts_with_folder(path: &str, folder: &str) -> bool {
    let mut rest = fold(path.chars());
    fold(folder.chars()).all(|character| rest.next() == Some(character)) && rest.next() == Some('/')
}

/// The path ends with the target on the border of a component (clause R2).
fn ends_with(path: &str, target: &str, suffix: &str) -> bool {
    let components = target.split('/').count();
    let mut border = path.rmatch_indices('/').map(|(at, _)| at + 1).skip(components - 1);
    let start = border.next().or_else(|| (path.split('/').count() == components).then_some(0));
    start.is_some_and(|start| is_same_path(&path[start..], target, suffix))
}

/// Joins a relative target to a folder; `None` if it leads out of the vault.
fn join(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Judges the subpath of a link to a file (clauses H and B).
pub(super) fn subpath(file: &File, outline: &Outline, subpath: &str) -> Subpath {
    let has_block = |id: &str, footnote| has_block(outline, id, footnote);
    subpath_with(file, subpath, &has_block, &|| heading_chain(outline, subpath))
}

/// Judges a subpath by what its file is asked: whether it has a block id (or a footnote), whether it has the headings.
pub(super) fn subpath_with(
    file: &File,
    subpath: &str,
    has_block: &dyn Fn(&str, bool) -> bool,
    has_headings: &dyn Fn() -> bool,
) -> Subpath {
    if subpath.is_empty() || !file.path.is_note() || file.contents != Contents::Read {
        return Subpath::NotJudged;
    }
    let inner = subpath.trim_start_matches('#').trim();
    if inner.is_empty() {
        return Subpath::NotJudged;
    }
    let block = |is_there: bool| if is_there { Subpath::Found } else { Subpath::MissingBlock };
    if let Some(id) = inner.strip_prefix('^') {
        return block(has_block(id, false));
    }
    if let Some(id) = inner.strip_prefix("[^").map(|rest| rest.trim_end_matches(']')) {
        return block(has_block(id, true));
    }
    if has_headings() { Subpath::Found } else { Subpath::MissingHeading }
}

fn has_block(outline: &Outline, id: &str, footnote: bool) -> bool {
    let same = |text: &str| fold_eq(text.chars(), id.trim().chars());
    outline.block_ids.iter().any(|block| block.footnote == footnote && same(outline.str(block.id)))
}

/// Each segment must match a later heading of a deeper level than the previous match (clause H4).
fn heading_chain(outline: &Outline, subpath: &str) -> bool {
    let mut level = 0;
    let mut next = 0;
    for segment in subpath.split('#').map(heading_key).filter(|segment| !segment.is_empty()) {
        let fits = |heading: &crate::note::Heading| {
            heading.level > level && heading_letters(outline.str(heading.text())).eq(segment.chars())
        };
        let Some(found) = outline.headings[next..].iter().position(fits) else { return false };
        level = outline.headings[next + found].level;
        next += found + 1;
    }
    true
}

/// Returns the form in which heading texts are compared (clause H2).
pub fn heading_key(text: &str) -> String {
    heading_letters(text).collect()
}

/// Returns the letters of that form, no more of them worked out than are asked for: a heading may be as long as a note.
fn heading_letters(text: &str) -> impl Iterator<Item = char> {
    // White space and signs that are left out become one space, if anything follows.
    let (mut is_begun, mut is_apart) = (false, false);
    text.chars().flat_map(move |character| {
        let dropped = matches!(character, '!'..='&' | '('..=',' | '.' | '/' | ':'..='@' | '['..='^' | '`' | '{'..='~')
            || character.is_whitespace();
        let space = !dropped && is_apart;
        is_apart = dropped && is_begun;
        is_begun |= !dropped;
        let letter = (!dropped).then_some(character);
        space.then_some(' ').into_iter().chain(letter.into_iter().flat_map(char::to_lowercase))
    })
}

/// Returns a path that is written the way Obsidian compares paths.
pub fn folded(path: &VaultPath) -> String {
    fold(path.as_str().chars()).collect()
}
