//! Chooses the fixes of one pass: in the order of the report, those that overlap an earlier one wait.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::apply::{collide, in_order};
use super::changes::Changes;
use super::{Applied, Choose, Rejected};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity};
use crate::lint::Linted;
use crate::rule::Diagnostics;
use crate::text::{FileId, LineIndex, Span, VaultPath, to_u32};
use crate::vault::resolve::folded;
use crate::vault::{Contents, Vault};

/// A fix of the next pass. Paths are paths on disk.
pub(super) struct Planned {
    pub rule: &'static str,
    pub pattern: Option<Arc<str>>,
    pub title: String,
    pub applicability: Applicability,
    pub path: VaultPath,
    pub line: u32,
    pub key: Key,
    pub edits: BTreeMap<VaultPath, Vec<Edit>>,
    pub rename: Option<(VaultPath, VaultPath)>,
}

/// What makes two fixes the same in different passes: rule and, for each edit, path, old and new text.
pub(super) type Key = (&'static str, Vec<(VaultPath, String, String)>);

impl Planned {
    pub(super) fn applied(self) -> Applied {
        let moved = self.rename.map(|(path, _)| path);
        let mut files: Vec<VaultPath> = self.edits.into_keys().chain(moved).collect();
        files.sort();
        files.dedup();
        let Planned { rule, pattern, title, applicability, path, line, .. } =
            Planned { edits: BTreeMap::new(), rename: None, ..self };
        Applied { rule, pattern, title, applicability, path, line, files }
    }
}

/// Returns the fixes of a pass. Renames wait until nothing else applies, since they edit links everywhere.
pub(super) fn plan(linted: &Linted, choose: Choose<'_>, changes: &Changes, rejected: &mut Rejected) -> Vec<Planned> {
    let mut plan = Plan::new(&linted.vault, changes);
    for diagnostic in &linted.diagnostics {
        if rejected.is_distrusted(diagnostic.rule, diagnostic.pattern.as_deref()) {
            continue;
        }
        let Some(fix) = choose(&linted.vault, diagnostic) else { continue };
        plan.add(diagnostic, &fix, rejected);
    }
    plan.chosen()
}

/// Returns a fix that no rule found; empty if it cannot be applied.
pub(super) fn single(
    linted: &Linted,
    command: &'static str,
    file: FileId,
    fix: &Fix,
    rejected: &mut Rejected,
) -> Vec<Planned> {
    let mut diagnostics = Diagnostics::new(command, Severity::Info);
    diagnostics.report(file, Span::default(), fix.title.clone());
    let mut plan = Plan::new(&linted.vault, &Changes::default());
    for diagnostic in diagnostics.into_found() {
        plan.add(&diagnostic, fix, rejected);
    }
    plan.chosen()
}

struct Plan<'a> {
    vault: &'a Vault,
    origins: FxHashMap<VaultPath, VaultPath>,
    texts: FxHashMap<FileId, Option<(Arc<str>, LineIndex)>>,
    /// The edited spans of each file; none collides with another.
    taken: FxHashMap<FileId, BTreeSet<Span>>,
    /// Names that a rename of this pass gives or takes away.
    names: FxHashSet<String>,
    edits: Vec<Planned>,
    renames: Vec<Planned>,
}

impl<'a> Plan<'a> {
    fn new(vault: &'a Vault, changes: &Changes) -> Plan<'a> {
        Plan {
            vault,
            origins: changes.origins(),
            texts: FxHashMap::default(),
            taken: FxHashMap::default(),
            names: FxHashSet::default(),
            edits: Vec::new(),
            renames: Vec::new(),
        }
    }

    fn add(&mut self, diagnostic: &Diagnostic, fix: &Fix, rejected: &mut Rejected) {
        let is_nothing = fix.edits.is_empty() && fix.rename.is_none();
        if is_nothing || !fix.edits.iter().all(|edit| self.may_edit(diagnostic, edit)) || !self.may_rename(fix) {
            return;
        }
        let (planned, bad) = self.planned(diagnostic, fix);
        if rejected.keys.contains(&planned.key) || rejected.is_distrusted_in(&planned) {
            return;
        }
        if let Some(reason) = bad {
            rejected.add(&planned, reason);
        } else if !self.waits(fix) {
            self.take(fix);
            let list = if fix.rename.is_some() { &mut self.renames } else { &mut self.edits };
            list.push(planned);
        }
    }

    fn chosen(self) -> Vec<Planned> {
        if self.edits.is_empty() { self.renames } else { self.edits }
    }

    /// Only what was read is edited; frontmatter that Obsidian cannot parse only by a fix for exactly that.
    fn may_edit(&mut self, diagnostic: &Diagnostic, edit: &Edit) -> bool {
        if self.vault.file(edit.file).contents != Contents::Read || self.text(edit.file).is_none() {
            return false;
        }
        let frontmatter = &self.vault.outline(edit.file).frontmatter;
        let is_inside = frontmatter.span.is_some_and(|block| collide(block, edit.span));
        let primary = diagnostic.primary.span;
        let is_about =
            |problem: Span| diagnostic.primary.file == edit.file && (problem == primary || collide(problem, primary));
        frontmatter.valid || !is_inside || frontmatter.problems.iter().any(|problem| is_about(problem.span))
    }

    /// The new path must be free, on disk too; a file may change the case of its own name.
    fn may_rename(&self, fix: &Fix) -> bool {
        let Some((file, to)) = &fix.rename else { return true };
        let on_disk = self.origins.values().any(|origin| origin == to) && self.origin(*file) != *to;
        !on_disk && self.vault.path(*file) != to && self.vault.by_path(to.as_str()).is_none_or(|there| there == *file)
    }

    fn waits(&self, fix: &Fix) -> bool {
        let is_taken = |edit: &Edit| {
            let last = Span { start: edit.span.end, end: u32::MAX };
            let before = self.taken.get(&edit.file).into_iter().flat_map(|spans| spans.range(..=last).rev());
            before.take_while(|span| span.end >= edit.span.start).any(|span| collide(*span, edit.span))
        };
        fix.edits.iter().any(is_taken) || self.touched_names(fix).iter().any(|name| self.names.contains(name))
    }

    fn take(&mut self, fix: &Fix) {
        for edit in &fix.edits {
            self.taken.entry(edit.file).or_default().insert(edit.span);
        }
        let names = self.touched_names(fix);
        self.names.extend(names);
    }

    fn touched_names(&self, fix: &Fix) -> Vec<String> {
        let Some((file, to)) = &fix.rename else { return Vec::new() };
        let name = |path: &VaultPath| folded(&VaultPath::new(path.stem()));
        vec![name(self.vault.path(*file)), name(to)]
    }

    /// Returns the fix by paths on disk, and what is wrong with its edits.
    fn planned(&mut self, diagnostic: &Diagnostic, fix: &Fix) -> (Planned, Option<String>) {
        let mut edits: BTreeMap<VaultPath, Vec<Edit>> = BTreeMap::new();
        let mut key = Vec::new();
        let mut bad = None;
        for edit in &fix.edits {
            let path = self.origin(edit.file);
            let old = self.text(edit.file).and_then(|text| text.0.get(edit.span.range())).unwrap_or_default();
            key.push((path.clone(), old.to_owned(), edit.replacement.clone()));
            edits.entry(path).or_default().push(edit.clone());
        }
        for of_file in edits.values() {
            let Some((text, _)) = self.text(of_file[0].file) else { continue };
            bad = bad.or(in_order(text, of_file.iter()).err().map(|bad| bad.to_string()));
        }
        let rename = fix.rename.as_ref().map(|(file, to)| (self.origin(*file), to.clone()));
        key.extend(rename.iter().map(|(path, to)| (path.clone(), String::new(), to.to_string())));
        let planned = Planned {
            rule: diagnostic.rule,
            pattern: diagnostic.pattern.as_deref().map(Arc::from),
            title: fix.title.clone(),
            applicability: fix.applicability,
            path: self.origin(diagnostic.primary.file),
            line: self.line(diagnostic),
            key: (diagnostic.rule, key),
            edits,
            rename,
        };
        (planned, bad)
    }

    fn line(&mut self, diagnostic: &Diagnostic) -> u32 {
        let start = diagnostic.primary.span.start;
        self.text(diagnostic.primary.file).map_or(1, |(_, lines)| to_u32(lines.line(start) + 1))
    }

    fn origin(&self, file: FileId) -> VaultPath {
        let path = self.vault.path(file);
        self.origins.get(path).unwrap_or(path).clone()
    }

    fn text(&mut self, file: FileId) -> Option<&(Arc<str>, LineIndex)> {
        let read = || self.vault.text(file).map(|text| (text.clone(), LineIndex::new(&text)));
        self.texts.entry(file).or_insert_with(read).as_ref()
    }
}
