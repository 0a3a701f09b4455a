//! Chooses fixes and applies them to texts: passes until nothing applies, each proved by linting the vault again.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::Config;
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix};
use crate::lint::{self, Linted};
use crate::rule::MOST_IN_A_NOTE;
use crate::text::{FileId, VaultPath};
use crate::vault::Vault;

mod apply;
mod changes;
mod diff;
mod plan;
mod proof;
#[cfg(test)]
mod tests;

pub use apply::{BadEdit, apply, has_windows_lines, inserted};
pub use changes::{Changes, FileChange};
pub use diff::unified_diff;

use plan::{Key, Planned};
use proof::Before;

/// More passes than any honest set of fixes needs.
const MOST_PASSES: usize = 10;
/// A rule with so many fixes taken back is not tried again in this run.
const MOST_BUGS_OF_A_RULE: usize = 3;

/// What a run of fixes leads to.
#[non_exhaustive]
pub struct Outcome {
    /// The vault as it is after the fixes, and what is still found in it.
    pub linted: Linted,
    pub changes: Changes,
    /// In the order of application.
    pub applied: Vec<Applied>,
    /// Fixes that were taken back.
    pub bugs: Vec<Bug>,
}

/// A fix that was applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Applied {
    pub rule: &'static str,
    /// Which of the user's patterns offered it.
    pub pattern: Option<Arc<str>>,
    pub title: String,
    pub applicability: Applicability,
    /// The note of the finding, by its path on disk.
    pub path: VaultPath,
    /// The line of the finding when the fix was applied, from 1.
    pub line: u32,
    /// Every file the fix changed, by path on disk; they are written together or not at all.
    pub files: Vec<VaultPath>,
}

/// A fix that vaultlint should not have offered; it was taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Bug {
    pub rule: &'static str,
    /// Which of the user's patterns offered the fix.
    pub pattern: Option<Arc<str>>,
    pub title: String,
    pub path: VaultPath,
    pub line: u32,
    /// What went wrong, in words.
    pub reason: String,
}

/// Says which fix of a finding is wanted: its own, one of its alternatives, or none.
pub type Choose<'a> = &'a mut dyn FnMut(&Vault, &Diagnostic) -> Option<Fix>;

/// Lints the vault with these changes to what is on disk. The vault of the pass before is handed over, so that what did
/// not change need not be read again; its `text` must give the changed texts.
pub type Relint<'a> = &'a mut dyn FnMut(Linted, &Changes) -> Linted;

/// Returns the fix of a finding if it is safe, or if unsafe fixes are wanted too.
pub fn applicable(diagnostic: &Diagnostic, most: Applicability) -> Option<&Fix> {
    let is_wanted = |fix: &&Fix| fix.applicability <= most && fix.applicability != Applicability::DisplayOnly;
    diagnostic.fix.as_ref().filter(is_wanted)
}

/// Applies the chosen fixes in passes until nothing applies. Nothing is written: the result says what to write.
///
/// A fix that leaves an error which was not there before, or breaks frontmatter, is taken back and named in `bugs`. So are
/// fixes that do not come to an end: all begins anew without the rule's fixes for that note.
pub fn run(linted: Linted, choose: Choose<'_>, relint: Relint<'_>) -> Outcome {
    let mut run = Run { relint, changes: Changes::default(), rejected: Rejected::default(), applied: Vec::new() };
    let mut linted = linted;
    loop {
        let (after, endless) = run.passes(linted, choose);
        let Some(bug) = endless else {
            return Outcome { linted: after, changes: run.changes, applied: run.applied, bugs: run.rejected.bugs };
        };
        run.rejected.distrust_in_note(bug);
        run.applied.clear();
        run.changes = Changes::default();
        linted = (run.relint)(after, &run.changes);
    }
}

/// Applies one fix that no rule found: the work of a command such as `vaultlint rename`.
pub fn apply_one(linted: Linted, command: &'static str, file: FileId, fix: Fix, relint: Relint<'_>) -> Outcome {
    let mut run = Run { relint, changes: Changes::default(), rejected: Rejected::default(), applied: Vec::new() };
    let planned = plan::single(&linted, command, file, &fix, &mut run.rejected);
    let linted = if planned.is_empty() { linted } else { run.pass(linted, planned) };
    Outcome { linted, changes: run.changes, applied: run.applied, bugs: run.rejected.bugs }
}

/// Returns what one fix would change, as a unified diff; empty if its edits do not fit.
pub fn preview(vault: &Vault, fix: &Fix) -> String {
    let mut edits: FxHashMap<FileId, Vec<Edit>> = FxHashMap::default();
    for edit in &fix.edits {
        edits.entry(edit.file).or_default().push(edit.clone());
    }
    let mut changes = Changes::default();
    for (file, edits) in edits {
        let Some(text) = vault.text(file) else { continue };
        if let Ok(after) = apply(vault.path(file), &text, &edits) {
            changes.edit(vault.path(file), &text, after.into());
        }
    }
    unified_diff(&changes)
}

/// Fixes files whose texts are at hand, and returns them as they are then: for editors, tests and other programs.
pub fn in_memory(texts: &[(VaultPath, Arc<str>)], config: &Config, most: Applicability) -> (Outcome, Texts) {
    let mut choose = |_: &Vault, diagnostic: &Diagnostic| applicable(diagnostic, most).cloned();
    let mut relint = |_: Linted, changes: &Changes| lint::in_memory(&changes.applied_to(texts), config);
    let outcome = run(lint::in_memory(texts, config), &mut choose, &mut relint);
    let fixed = outcome.changes.applied_to(texts);
    (outcome, fixed)
}

/// Files and their texts.
pub type Texts = Vec<(VaultPath, Arc<str>)>;

struct Run<'a> {
    relint: Relint<'a>,
    changes: Changes,
    rejected: Rejected,
    applied: Vec<Applied>,
}

impl Run<'_> {
    /// Applies the chosen fixes until nothing applies, or says which of them do not come to an end.
    fn passes(&mut self, mut linted: Linted, choose: Choose<'_>) -> (Linted, Option<Bug>) {
        let mut seen = FxHashSet::from_iter([self.changes.digest()]);
        for pass in 0..=MOST_PASSES {
            let planned = plan::plan(&linted, choose, &self.changes, &mut self.rejected);
            let Some(first) = planned.first() else { break };
            if pass == MOST_PASSES {
                // Renames wait for each other, so many of them need as many passes; so do more places than a rule lists.
                let reason = || format!("its fixes do not come to an end in {MOST_PASSES} passes");
                let is_honest = first.rename.is_some() || planned.len() >= MOST_IN_A_NOTE;
                let endless = (!is_honest).then(|| Bug::of_planned(first, reason()));
                return (linted, endless);
            }
            let applied = self.applied.len();
            linted = self.pass(linted, planned);
            if self.applied.len() > applied && !seen.insert(self.changes.digest()) {
                let reason = "the passes go round in a circle".to_owned();
                return (linted, self.applied.last().map(|last| Bug::of(last, reason)));
            }
        }
        (linted, None)
    }

    /// Applies the planned fixes; when the vault is worse with them, halves them until the guilty ones are found.
    fn pass(&mut self, linted: Linted, planned: Vec<Planned>) -> Linted {
        let before = Before::of(&linted, &self.changes, &planned);
        let base = self.changes.clone();
        let (mut kept, mut groups) = (Vec::new(), vec![planned]);
        let (mut linted, mut is_current) = (linted, true);
        while let Some(mut group) = groups.pop() {
            group.retain(|planned| !self.rejected.is_distrusted(planned.rule, planned.pattern.as_deref()));
            if group.is_empty() {
                continue;
            }
            let trial = base.with(&before.texts, kept.iter().chain(&group));
            linted = (self.relint)(linted, &trial.changes);
            let problem = before.problem(&linted, &trial);
            is_current = problem.is_none();
            match problem {
                None => {
                    self.changes = trial.changes;
                    kept.append(&mut group);
                }
                Some(reason) if group.len() == 1 => self.rejected.add(&group[0], reason),
                Some(_) => {
                    let second = group.split_off(group.len() / 2);
                    groups.extend([second, group]);
                }
            }
        }
        self.applied.extend(kept.into_iter().map(Planned::applied));
        if is_current { linted } else { (self.relint)(linted, &self.changes) }
    }
}

/// Fixes that are not tried again.
#[derive(Default)]
struct Rejected {
    keys: FxHashSet<Key>,
    bugs: Vec<Bug>,
    /// Places in `bugs` of those whose rule or pattern does not come to an end in a note.
    endless: Vec<usize>,
}

impl Rejected {
    fn add(&mut self, planned: &Planned, reason: String) {
        self.keys.insert(planned.key.clone());
        self.bugs.push(Bug::of_planned(planned, reason));
    }

    fn distrust_in_note(&mut self, bug: Bug) {
        self.endless.push(self.bugs.len());
        self.bugs.push(bug);
    }

    /// Tells whether so many fixes of a rule, or of one of the user's patterns, were taken back that no more are tried.
    fn is_distrusted(&self, rule: &str, pattern: Option<&str>) -> bool {
        self.bugs.iter().filter(|bug| bug.is_of(rule, pattern)).count() >= MOST_BUGS_OF_A_RULE
    }

    fn is_distrusted_in(&self, planned: &Planned) -> bool {
        let mut endless = self.endless.iter().map(|index| &self.bugs[*index]);
        endless.any(|bug| bug.is_of(planned.rule, planned.pattern.as_deref()) && bug.path == planned.path)
    }
}

impl Bug {
    fn of_planned(planned: &Planned, reason: String) -> Bug {
        let Planned { rule, pattern, title, path, line, .. } = planned;
        Bug { rule, pattern: pattern.clone(), title: title.clone(), path: path.clone(), line: *line, reason }
    }

    fn of(applied: &Applied, reason: String) -> Bug {
        let Applied { rule, pattern, title, path, line, .. } = applied;
        Bug { rule, pattern: pattern.clone(), title: title.clone(), path: path.clone(), line: *line, reason }
    }

    fn is_of(&self, rule: &str, pattern: Option<&str>) -> bool {
        self.rule == rule && self.pattern.as_deref() == pattern
    }
}
