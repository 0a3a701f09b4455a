//! Proves a pass: the vault with the fixes has no error that the vault before did not have, and no broken frontmatter.

use std::hash::BuildHasher as _;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::changes::{Changes, Trial};
use super::plan::Planned;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Linted;
use crate::parse::decoded;
use crate::text::{FileId, Span, VaultPath};

/// What a pass is measured against. Paths are paths on disk.
pub(super) struct Before {
    /// The present texts of the files that the pass edits.
    pub texts: FxHashMap<VaultPath, Arc<str>>,
    errors: FxHashMap<(&'static str, VaultPath), usize>,
    /// What was said of which note, as hashes.
    said: FxHashSet<u64>,
    /// Where something was found, whatever it was.
    places: FxHashSet<(VaultPath, Span)>,
    /// Where links stand in the edited notes.
    links: FxHashMap<VaultPath, Vec<Span>>,
    /// The edited notes, and what Obsidian made of their frontmatter.
    frontmatter: FxHashMap<VaultPath, Block>,
}

/// What Obsidian makes of a note's frontmatter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Missing,
    Unreadable,
    Valid,
}

impl Before {
    pub(super) fn of(linted: &Linted, changes: &Changes, planned: &[Planned]) -> Before {
        let edited: FxHashSet<&VaultPath> = planned.iter().flat_map(|planned| planned.edits.keys()).collect();
        let origins = changes.origins();
        let mut before = Before {
            texts: FxHashMap::default(),
            errors: count_errors(linted, &origins),
            said: FxHashSet::default(),
            places: FxHashSet::default(),
            links: FxHashMap::default(),
            frontmatter: FxHashMap::default(),
        };
        for (id, _) in linted.vault.files() {
            let path = origin(linted, &origins, id);
            if edited.contains(path) {
                before.texts.extend(linted.vault.text(id).map(|text| (path.clone(), text)));
                let links = linted.vault.outline(id).links.iter().map(|link| link.span).collect();
                before.links.insert(path.clone(), links);
                before.frontmatter.insert(path.clone(), block(linted, id));
            }
        }
        let place = |diagnostic: &Diagnostic| {
            (origin(linted, &origins, diagnostic.primary.file).clone(), diagnostic.primary.span)
        };
        let errors = linted.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        before.said =
            errors.map(|diagnostic| said(origin(linted, &origins, diagnostic.primary.file), diagnostic)).collect();
        before.places = linted.diagnostics.iter().map(place).collect();
        before
    }

    /// Says what is worse after the trial; `None` if nothing is.
    pub(super) fn problem(&self, linted: &Linted, trial: &Trial) -> Option<String> {
        let origins = trial.changes.origins();
        self.broken_frontmatter(linted, &origins).or_else(|| self.new_error(linted, trial, &origins))
    }

    fn broken_frontmatter(&self, linted: &Linted, origins: &FxHashMap<VaultPath, VaultPath>) -> Option<String> {
        let is_broken = |id: FileId| {
            self.frontmatter.get(origin(linted, origins, id)) == Some(&Block::Valid)
                && block(linted, id) != Block::Valid
        };
        let (_, file) = linted.vault.files().find(|(id, _)| is_broken(*id))?;
        Some(format!("the frontmatter of `{}` cannot be read after it", file.path))
    }

    fn new_error(&self, linted: &Linted, trial: &Trial, origins: &FxHashMap<VaultPath, VaultPath>) -> Option<String> {
        let after = count_errors(linted, origins);
        let is_new = |diagnostic: &&Diagnostic| {
            let path = origin(linted, origins, diagnostic.primary.file);
            let key = (diagnostic.rule, path.clone());
            diagnostic.severity == Severity::Error
                && after.get(&key) > self.errors.get(&key)
                // A fix that copies a value copies what is wrong with it.
                && !self.said.contains(&said(path, diagnostic))
                && !self.was_found(path, diagnostic.primary.span, trial)
                && !self.is_revealed(linted, path, diagnostic, trial)
                && !self.was_no_link(linted, path, diagnostic, trial)
        };
        let new = linted.diagnostics.iter().find(is_new)?;
        let path = linted.vault.path(new.primary.file);
        Some(format!("it leaves a new error in `{path}`: {} ({})", new.message, new.rule))
    }

    /// Something was found at the same place before: the finding has changed its name, it is not new.
    fn was_found(&self, path: &VaultPath, span: Span, trial: &Trial) -> bool {
        let moved = trial.moved.get(path).map_or(&[][..], Vec::as_slice);
        place_before(moved, span).is_some_and(|span| self.places.contains(&(path.clone(), span)))
    }

    /// The frontmatter could not be read before, so nothing in it could be found; where it was no block, it may as text have
    /// hidden what follows, behind a backtick for example.
    fn is_revealed(&self, linted: &Linted, path: &VaultPath, diagnostic: &Diagnostic, trial: &Trial) -> bool {
        let id = diagnostic.primary.file;
        let Some(before) = self.frontmatter.get(path).filter(|before| **before != Block::Valid) else { return false };
        let after = block(linted, id);
        let moved = trial.moved.get(path).map_or(&[][..], Vec::as_slice);
        let was_there = || place_before(moved, diagnostic.primary.span).is_some();
        let span = linted.vault.outline(id).frontmatter.span;
        let is_inside = span.is_some_and(|span| span.covers(diagnostic.primary.span));
        if is_inside { after == Block::Valid || was_there() } else { after != *before && was_there() }
    }

    /// What is wrong stood there before, but not as a link: now that it is one, it is seen that it leads nowhere.
    fn was_no_link(&self, linted: &Linted, path: &VaultPath, diagnostic: &Diagnostic, trial: &Trial) -> bool {
        let span = diagnostic.primary.span;
        let moved = trial.moved.get(path).map_or(&[][..], Vec::as_slice);
        let Some((old, _)) = moved.iter().find(|(_, new)| new.covers(span)) else { return false };
        let Some((before, after)) = self.texts.get(path).zip(linted.vault.text(diagnostic.primary.file)) else {
            return false;
        };
        let had_link = self.links.get(path).is_some_and(|links| links.iter().any(|link| link.overlaps(*old)));
        let (old, new) = (old.of(before), span.of(&after));
        !had_link && (has_letters_of(old, new) || has_letters_of(&decoded(old), new))
    }
}

fn said(path: &VaultPath, diagnostic: &Diagnostic) -> u64 {
    rustc_hash::FxBuildHasher.hash_one((diagnostic.rule, path, &diagnostic.message))
}

/// Tells whether the letters of `piece` stand in `text` in their order, in whatever way that is quoted or escaped.
fn has_letters_of(text: &str, piece: &str) -> bool {
    let mut letters = text.chars();
    piece.chars().filter(|character| character.is_alphanumeric()).all(|wanted| letters.any(|letter| letter == wanted))
}

/// Returns where `span` stood before the edits; `None` if an edit touched it.
fn place_before(moved: &[(Span, Span)], span: Span) -> Option<Span> {
    let last = |is_before: &dyn Fn(Span) -> bool| moved.iter().take_while(|(_, new)| is_before(*new)).last();
    let before =
        |offset: u32, last: Option<&(Span, Span)>| last.map_or(offset, |(old, new)| old.end + (offset - new.end));
    let start = before(span.start, last(&|new| new.end <= span.start));
    // What was removed right after the span was not part of it.
    let end = before(span.end, last(&|new| new.end <= span.start || new.end < span.end));
    let is_edited = moved.iter().any(|(_, new)| new.overlaps(span) || span.start < new.start && new.start < span.end);
    (!is_edited).then_some(Span { start, end })
}

fn count_errors(
    linted: &Linted,
    origins: &FxHashMap<VaultPath, VaultPath>,
) -> FxHashMap<(&'static str, VaultPath), usize> {
    let mut errors = FxHashMap::default();
    for diagnostic in linted.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error) {
        let path = origin(linted, origins, diagnostic.primary.file).clone();
        *errors.entry((diagnostic.rule, path)).or_default() += 1;
    }
    errors
}

fn block(linted: &Linted, id: FileId) -> Block {
    let frontmatter = &linted.vault.outline(id).frontmatter;
    match (frontmatter.span, frontmatter.valid) {
        (None, _) => Block::Missing,
        (Some(_), false) => Block::Unreadable,
        (Some(_), true) => Block::Valid,
    }
}

fn origin<'a>(linted: &'a Linted, origins: &'a FxHashMap<VaultPath, VaultPath>, id: FileId) -> &'a VaultPath {
    let path = linted.vault.path(id);
    origins.get(path).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::place_before;
    use crate::text::Span;

    #[test]
    fn places_are_followed_back_over_edits() {
        let moved = [(Span::new(2, 4), Span::new(2, 7)), (Span::new(10, 12), Span::new(13, 13))];
        assert_eq!(place_before(&moved, Span::new(0, 2)), Some(Span::new(0, 2)));
        assert_eq!(place_before(&moved, Span::new(7, 9)), Some(Span::new(4, 6)));
        assert_eq!(place_before(&moved, Span::new(13, 15)), Some(Span::new(12, 14)));
        assert_eq!(place_before(&moved, Span::new(9, 13)), Some(Span::new(6, 10)));
        assert_eq!(place_before(&moved, Span::new(6, 8)), None);
        assert_eq!(place_before(&moved, Span::new(12, 14)), None);
    }
}
