//! Runs the rules over notes and vault; applies levels, suppressions and replacements; puts the findings in order.

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::note::{Link, Note, Outline};
use crate::parse::{Source, TEXTS_AT_ONCE, parse_all};
use crate::rule::{Category, Diagnostics, Rule};
use crate::text::{FileId, VaultPath, to_u32};
use crate::vault::{Contents, File, Vault, name_hash};

/// Returns how many of so many notes a thread takes at once, as [`TEXTS_AT_ONCE`] says; fewer if there is not enough for all
/// threads.
fn at_once(count: usize) -> usize {
    const BATCHES_OF_A_THREAD: usize = 4;
    (count / (BATCHES_OF_A_THREAD * rayon::current_num_threads())).clamp(1, TEXTS_AT_ONCE)
}

/// A thread takes so many batches at most, so that none has many left when the others are done.
const BATCHES_AT_ONCE: usize = 4;

/// Files that follow each other and are read together, and where their outlines come to stand.
pub struct Batch<'b> {
    first: FileId,
    files: &'b [File],
    outlines: &'b mut [Outline],
}

impl<'b> Batch<'b> {
    /// Returns the files with their numbers.
    pub fn files(&self) -> impl ExactSizeIterator<Item = (FileId, &'b File)> + use<'b> {
        let first = self.first;
        self.files.iter().enumerate().map(move |(at, file)| (FileId(first.0 + to_u32(at)), file))
    }

    /// Parses texts of some of the files and runs the rules that look at one note by itself over those that are asked for.
    /// Levels of single notes, suppressions and order come later, in [`lint`].
    pub fn check(&mut self, texts: Vec<Source>, config: &Config, is_asked: impl Fn(&File) -> bool) -> Vec<Diagnostic> {
        let place = |id: FileId| id.index() - self.first.index();
        let notes = parse_all(texts);
        let asked: Vec<&Note> = notes.iter().filter(|note| is_asked(&self.files[place(note.id)])).collect();
        let level = |index: usize, note: &&Note| config.level(index, &note.path);
        let found = run(config, &asked, level, |rule, note, diagnostics| {
            rule.check_note(note, &config.settings, diagnostics);
        });
        notes.into_iter().for_each(|note| self.outlines[place(note.id)] = note.outline);
        found
    }
}

/// Calls `work` for all files, batch by batch, in parallel. Returns their outlines, and what `work` returned, in order.
pub fn read_files<T: Send>(files: &[File], work: impl Fn(Batch) -> T + Sync) -> (Vec<Outline>, Vec<T>) {
    let mut outlines: Vec<Outline> = files.par_iter().map(|_| Outline::default()).collect();
    let count = at_once(files.len());
    let batches = files.par_chunks(count).zip(outlines.par_chunks_mut(count)).enumerate().with_max_len(BATCHES_AT_ONCE);
    let batch = |(number, (files, outlines))| Batch { first: FileId(to_u32(number * count)), files, outlines };
    let read = batches.map(|parts| work(batch(parts))).collect();
    (outlines, read)
}

/// What a run is asked for. All notes are read whatever it is, since the rules ask what links lead to.
#[derive(Clone, Debug, Default)]
pub enum Scope {
    #[default]
    All,
    /// All, after a change that took files away, whose names hash to these, see [`name_hash`].
    Since(FxHashSet<u64>),
    /// What a change may have broken.
    Touched(Touched),
    /// Links alone.
    Links,
}

/// The notes that a change touches, and what else it may have broken: links to them in other notes.
#[derive(Clone, Debug, Default)]
pub struct Touched {
    pub notes: BTreeSet<VaultPath>,
    /// Hashes of the names by which links may call what the change touches, see [`name_hash`].
    pub names: FxHashSet<u64>,
    /// Those of them that the change takes away.
    pub gone: FxHashSet<u64>,
}

impl Scope {
    /// Tells whether a note is checked by all rules.
    pub fn holds(&self, path: &VaultPath) -> bool {
        match self {
            Scope::All | Scope::Since(_) => true,
            Scope::Touched(touched) => touched.notes.contains(path),
            Scope::Links => false,
        }
    }

    /// Tells whether the links of a note are checked.
    fn holds_links(&self, path: &VaultPath, outline: &Outline) -> bool {
        let Scope::Touched(touched) = self else { return true };
        let is_touched = |link: &Link| touched.names.contains(&name_hash(outline.str(link.target)));
        touched.notes.contains(path) || outline.links.iter().any(is_touched)
    }

    /// Tells a vault of what findings are asked for.
    pub fn of(&self, vault: Vault) -> Vault {
        match self {
            Scope::All | Scope::Links => vault,
            Scope::Since(gone) => vault.without(gone.clone()),
            Scope::Touched(touched) => {
                let asked = |vault: &Vault, file: FileId| self.holds_links(vault.path(file), vault.outline(file));
                vault.about(asked).without(touched.gone.clone())
            }
        }
    }

    fn runs(&self, category: Category) -> bool {
        category == Category::Links || !matches!(self, Scope::Links)
    }
}

/// A note of more facts takes so long that it is looked at first.
const MANY_FACTS: usize = 100;

/// Runs the rules that need the vault, adds what [`Batch::check`] found, and returns what is to be reported.
pub fn lint(vault: &Vault, config: &Config, scope: &Scope, note_findings: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // The longest work first and each by itself, or all threads wait for one of them in the end.
    let facts = |id: &FileId| vault.outline(*id).facts.len();
    let asked = vault.checked().filter(|id| vault.is_asked(*id));
    let (mut long, rest): (Vec<FileId>, Vec<FileId>) = asked.partition(|id| facts(id) > MANY_FACTS);
    long.sort_by_key(|id| std::cmp::Reverse(facts(id)));
    let mut found = note_findings;
    index(vault, config, scope, &long, &rest);
    let check = |ids: &[FileId]| {
        let notes: Vec<(FileId, bool)> = ids.iter().map(|id| (*id, scope.holds(vault.path(*id)))).collect();
        let level = |index: usize, (id, is_held): &(FileId, bool)| {
            let runs = *is_held || config.rules[index].meta.category == Category::Links;
            runs.then(|| config.level(index, vault.path(*id))).flatten()
        };
        run(config, &notes, level, |rule, (id, _), diagnostics| rule.check_outline(vault, *id, diagnostics))
    };
    let batches = long.par_chunks(1).with_max_len(1).chain(rest.par_chunks(at_once(rest.len())).with_max_len(1));
    found.par_extend(batches.flat_map_iter(check));
    found.extend(run_in_parallel(vault, config, scope));
    found.retain_mut(|diagnostic| apply_level(vault, config, diagnostic));
    let replaced = replace(config, &mut found);
    suppress::apply(vault, config, &mut found, &replaced);
    let unreported = config.rules.iter().filter(|active| !active.is_reported);
    let unreported: Vec<&str> = unreported.map(|active| active.def.name).collect();
    found.retain(|diagnostic| !unreported.contains(&diagnostic.rule));
    headings::spare(vault, &mut found);
    sort(&mut found);
    found
}

mod headings;
mod suppress;

/// Builds side by side what many rules ask for; else the first rule builds it while all threads wait. Until all of it is
/// there, threads that are done compare the facts of notes: all long ones, and of the rest as many as they come to.
fn index(vault: &Vault, config: &Config, scope: &Scope, long: &[FileId], rest: &[FileId]) {
    let runs = |category| scope.runs(category) && runs(config, category);
    let are_names_asked = runs(Category::Names);
    let are_links_asked = are_names_asked || runs(Category::Links);
    let leads_nowhere = are_links_asked && vault.look_up_links(|file| vault.is_asked(file));
    let is_near_asked = leads_nowhere && runs(Category::Links);
    let people = || are_names_asked.then(|| vault.people());
    let facts = || {
        if runs(Category::Facts) {
            vault.prepare_lexicon();
            long.par_iter().with_max_len(1).for_each(|id| _ = vault.note_facts(*id));
            let meanwhile = rest.iter().take_while(|_| are_names_asked && vault.capped_names().is_none());
            meanwhile.for_each(|id| _ = vault.note_facts(*id));
        }
    };
    let near = || is_near_asked.then(|| vault.near_index());
    rayon::join(people, || rayon::join(near, facts));
}

/// Tells whether any rule of a category runs.
pub fn runs(config: &Config, category: Category) -> bool {
    (0..config.rules.len()).any(|index| config.runs(index) && config.rules[index].meta.category == category)
}

/// Runs each rule over some notes: one rule over all of them before the next.
fn run<N>(
    config: &Config,
    notes: &[N],
    level: impl Fn(usize, &N) -> Option<Severity>,
    check: impl Fn(&dyn Rule, &N, &mut Diagnostics),
) -> Vec<Diagnostic> {
    let mut diagnostics = Diagnostics::default();
    for (index, active) in config.rules.iter().enumerate() {
        for note in notes {
            let Some(severity) = level(index, note) else { continue };
            diagnostics.begin(active.def.name, severity);
            check(&*active.rule, note, &mut diagnostics);
        }
    }
    diagnostics.into_found()
}

fn run_in_parallel(vault: &Vault, config: &Config, scope: &Scope) -> Vec<Diagnostic> {
    let is_asked = |index: &usize| config.runs(*index) && scope.runs(config.rules[*index].meta.category);
    let running = (0..config.rules.len()).filter(is_asked);
    // The rules about facts share one long comparison; the others need not wait for it.
    let is_about_facts = |index: &usize| config.rules[*index].meta.category == Category::Facts;
    let (facts, others): (Vec<usize>, Vec<usize>) = running.partition(is_about_facts);
    let check = |index: &usize| {
        let active = &config.rules[*index];
        // A rule that is on for some notes alone runs at the heaviest severity; `apply_level` lowers it note by note.
        let mut diagnostics = Diagnostics::new(active.def.name, active.level.unwrap_or(Severity::Error));
        active.rule.check_vault(vault, &mut diagnostics);
        diagnostics.into_found()
    };
    let all = |rules: &[usize]| rules.par_iter().flat_map_iter(check).collect::<Vec<_>>();
    let about_facts = || {
        // Until one of them has compared the facts, no other may begin: it would wait, and its thread with it.
        let (mut found, mut left) = (Vec::new(), facts.as_slice());
        while vault.capped_facts().is_none()
            && let Some((first, others)) = left.split_first()
        {
            found.extend(check(first));
            left = others;
        }
        found.extend(all(left));
        found
    };
    let (mut found, more) = rayon::join(about_facts, || all(&others));
    found.extend(more);
    found
}

/// Gives a finding the level of its rule at its note; `false` drops it.
fn apply_level(vault: &Vault, config: &Config, diagnostic: &mut Diagnostic) -> bool {
    let Some(index) = config.rules.iter().position(|active| active.def.name == diagnostic.rule) else { return true };
    if !vault.file(diagnostic.primary.file).checked {
        return false;
    }
    let Some(level) = config.level(index, vault.path(diagnostic.primary.file)) else { return false };
    // A rule may have lowered the finding; a level set by the user for this note may lower or raise the rest.
    let base = config.rules[index].level.unwrap_or(Severity::Error);
    if diagnostic.severity >= base || diagnostic.severity > level {
        diagnostic.severity = level;
    }
    true
}

/// Takes out the findings whose rule another rule replaces on the same span: its primary one, or one of its related ones.
fn replace(config: &Config, found: &mut Vec<Diagnostic>) -> Vec<Diagnostic> {
    let replaced_by = |name: &str| {
        let replaces =
            |active: &&crate::config::ActiveRule| active.meta.replaces.iter().any(|replaced| replaced == name);
        config.rules.iter().filter(replaces).map(|active| active.def.name).collect::<Vec<_>>()
    };
    let labels = |diagnostic: &Diagnostic| {
        let labels = std::iter::once(&diagnostic.primary).chain(&diagnostic.related);
        labels.map(|label| (diagnostic.rule, label.file, label.span)).collect::<Vec<_>>()
    };
    let replacing = |diagnostic: &&Diagnostic| {
        config.rules.iter().any(|active| active.def.name == diagnostic.rule && !active.meta.replaces.is_empty())
    };
    let places: FxHashSet<_> = found.iter().filter(replacing).flat_map(labels).collect();
    let names: Vec<_> = config.rules.iter().map(|active| (active.def.name, replaced_by(active.def.name))).collect();
    let is_replaced = |diagnostic: &mut Diagnostic| {
        let by = names.iter().find(|(name, _)| *name == diagnostic.rule).map_or(&[][..], |(_, by)| by);
        by.iter().any(|rule| places.contains(&(*rule, diagnostic.primary.file, diagnostic.primary.span)))
    };
    found.extract_if(.., is_replaced).collect()
}

/// Puts findings in order: by path, span, rule and message, whatever the number of threads.
pub fn sort(found: &mut [Diagnostic]) {
    found.sort_by(|a, b| {
        let key = |diagnostic: &Diagnostic| (diagnostic.primary.file, diagnostic.primary.span, diagnostic.rule);
        key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message))
    });
}

/// A vault with everything found in it.
pub struct Linted {
    pub vault: Vault,
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses and checks files whose texts are at hand: for editors, tests and other programs. A path that is neither note
/// nor canvas is an attachment, whatever its text.
pub fn in_memory(texts: &[(VaultPath, Arc<str>)], config: &Config) -> Linted {
    let mut texts = texts.to_vec();
    texts.sort_by(|a, b| a.0.cmp(&b.0));
    texts.dedup_by(|a, b| a.0 == b.0);
    let file = |(path, _): &(VaultPath, Arc<str>)| File {
        path: path.clone(),
        contents: if path.is_source() { Contents::Read } else { Contents::Attachment },
        checked: !config.settings.obsidian.is_template(path),
    };
    let files: Vec<File> = texts.iter().map(file).collect();
    let (outlines, found) = read_files(&files, |mut batch| {
        let read = batch.files().filter(|(_, file)| file.contents == Contents::Read);
        let text = |id: FileId| (*texts[id.index()].1).into();
        let sources = read.map(|(id, file)| Source { id, path: file.path.clone(), text: text(id) });
        batch.check(sources.collect(), config, |file| file.checked)
    });
    let text = move |id: FileId| texts.get(id.index()).map(|(_, text)| text.clone());
    let vault = Vault::new(files, outlines, config.settings.clone(), Box::new(text));
    let diagnostics = lint(&vault, config, &Scope::All, found.into_iter().flatten().collect());
    Linted { vault, diagnostics }
}
