//! `--staged`: the vault as the next commit will have it. Under pre-commit's from and to revisions, the vault as the second
//! one has it.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::cli::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::overlay::{Content, GitContent};
use crate::cli::selected::Selected;
use crate::cli::session::{Session, options};
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover::{self, Layout, Listed, Root};
use crate::fix::Changes;
use crate::git::{Blobs, Change, Entry, EntryKind, GitError, Repository, Tree};
use crate::lint::{Scope, Touched};
use crate::report::baseline::Known;
use crate::report::{Format, fingerprint};
use crate::rule::Category;
use crate::text::VaultPath;
use crate::vault::{Contents, Vault, name_hash};

/// A staged change, and how to look at the vault before it.
pub struct Staged {
    git: Git,
    base: Tree,
    changes: Vec<Change>,
}

/// The repository around a vault, with what of the disk it does not know.
pub struct Git {
    repository: Repository,
    blobs: Arc<Blobs>,
    untracked: OnceLock<BTreeSet<String>>,
    no_ignore: bool,
}

/// Tells whether `git commit` runs this program, as a hook.
pub fn is_commit() -> bool {
    std::env::var_os("GIT_INDEX_FILE").is_some()
}

/// What git tells of a staged change before anything is known of the files on disk.
pub struct Told {
    git: Git,
    base: Tree,
    changes: Vec<Change>,
    entries: Vec<Entry>,
}

/// Asks git for the index, or the revision that pre-commit names, and what changes in it.
///
/// # Errors
/// Git's reason.
pub fn ask(root: &Root, args: &CheckArgs) -> Result<Told, Failure> {
    let git = Git::open(root, args)?;
    let (base, tree) = trees(&git.repository).map_err(failure)?;
    let (changes, entries) = rayon::join(|| git.repository.changes(&base, &tree), || git.repository.files(&tree));
    let (changes, entries) = (changes.map_err(failure)?, entries.map_err(failure)?);
    Ok(Told { git, base, changes, entries })
}

/// Lets the session read what git told of.
///
/// # Errors
/// Git's reason.
pub fn open(session: &mut Session, told: Told) -> Result<Staged, Failure> {
    let Told { git, base, changes, entries } = told;
    let tracked = git.tracked(session, entries);
    (session.layout, session.content) = git.lay_out(session, tracked)?;
    Ok(Staged { git, base, changes })
}

/// Returns what is compared: the last commit and the index, or the revisions that pre-commit names.
fn trees(repository: &Repository) -> Result<(Tree, Tree), GitError> {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    match (variable("PRE_COMMIT_FROM_REF"), variable("PRE_COMMIT_TO_REF")) {
        (Some(from), Some(to)) => Ok((repository.revision(&from)?, repository.revision(&to)?)),
        _ => Ok((repository.head()?, Tree::Index)),
    }
}

/// A commit is not held up by hints, which are not even listed; and to find what two notes say of one thing takes longer than
/// all the rest. Where hints are asked for, it is looked for.
pub fn leave_out_hints(session: &mut Session, args: &CheckArgs) {
    let config = &mut session.config;
    let is_for_people = matches!(args.output_format, None | Some(Format::Pretty | Format::Concise));
    let fixes = args.fix || args.unsafe_fixes || args.interactive || args.diff;
    let counts = args.statistics || args.summary.is_some() || args.write_baseline;
    if args.show_info
        || !is_for_people
        || fixes
        || counts
        || !args.select.is_empty()
        || config.fail_on == Severity::Info
    {
        return;
    }
    for rule in 0..config.rules.len() {
        let is_hint = config.heaviest(rule) == Some(Severity::Info);
        if is_hint && config.rules[rule].meta.category == Category::Facts {
            config.turn_off(rule);
        }
    }
}

impl Staged {
    /// Returns the notes that the change touches, of those that `selected` holds. Outside of a commit with nothing staged
    /// that is all of them: so `pre-commit run --all-files` checks the vault.
    pub fn among(&self, session: &Session, selected: Selected) -> Selected {
        if self.changes.is_empty() && !is_commit() {
            return selected;
        }
        let touched: BTreeSet<VaultPath> = self.changes.iter().filter_map(written).map(vault_path).collect();
        let paths = session.layout.files.iter().map(|file| &file.path);
        let touched = paths.filter(|path| touched.contains(path) && selected.contains(path));
        Selected::Some(touched.cloned().collect())
    }

    /// Returns what a run is asked for that wants these notes and what the change breaks elsewhere.
    pub fn scope(&self, selected: &Selected) -> Scope {
        let Selected::Some(notes) = selected else { return Scope::All };
        Scope::Touched(Touched { notes: notes.clone(), names: self.names(), gone: self.gone() })
    }

    /// Returns the hashes of the names by which links may call what changed.
    fn names(&self) -> FxHashSet<u64> {
        self.changes.iter().flat_map(paths).flat_map(|path| names(&vault_path(path))).collect()
    }

    /// Returns those of the files that the change takes away.
    fn gone(&self) -> FxHashSet<u64> {
        gone(&self.changes)
    }

    /// Returns how many files the change deletes.
    pub fn deleted(&self) -> usize {
        self.changes.iter().filter(|change| matches!(change, Change::Deleted(_))).count()
    }

    /// Returns what was found in links before the change, by the names that notes have after it.
    ///
    /// # Errors
    /// Git cannot show the vault as it was.
    pub fn known_before(&self, session: &Session) -> Result<Known, Failure> {
        self.git.known(session, &self.base, &self.changes, &Scope::Links)
    }

    /// Tells which findings elsewhere the change may have brought: links that name a file of it.
    pub fn touched<'a>(&self, session: &'a Session, vault: &'a Vault) -> impl Fn(&Diagnostic) -> bool + use<'a> {
        let names = self.names();
        move |diagnostic| {
            let rule = session.config.rules.iter().find(|active| active.def.name == diagnostic.rule);
            let is_about_links = rule.is_some_and(|active| active.meta.category == Category::Links);
            let outline = vault.outline(diagnostic.primary.file);
            let mut links = outline.links.iter().filter(|link| link.span.overlaps(diagnostic.primary.span));
            is_about_links && links.any(|link| names.contains(&name_hash(outline.str(link.target))))
        }
    }
}

/// Returns the hashes of the names by which links may call what changes take away.
pub fn gone(changes: &[Change]) -> FxHashSet<u64> {
    let gone = changes.iter().filter_map(|change| match change {
        Change::Deleted(path) | Change::Renamed { from: path, .. } => Some(vault_path(path)),
        Change::Written(_) => None,
    });
    gone.flat_map(|path| names(&path)).collect()
}

/// The names by which links may call a file: with its extension and without.
fn names(path: &VaultPath) -> [u64; 2] {
    [path.file_name(), path.stem()].map(name_hash)
}

fn paths(change: &Change) -> Vec<&str> {
    match change {
        Change::Written(path) | Change::Deleted(path) => vec![path],
        Change::Renamed { from, to } => vec![from, to],
    }
}

impl Git {
    /// Finds the repository of a vault.
    ///
    /// # Errors
    /// Git's reason.
    pub fn open(root: &Root, args: &CheckArgs) -> Result<Git, Failure> {
        let repository = Repository::open(&root.folder).map_err(failure)?;
        let blobs = Arc::new(repository.blobs().map_err(failure)?);
        Ok(Git { repository, blobs, untracked: OnceLock::new(), no_ignore: args.vault.no_ignore })
    }

    /// Returns the files that git neither tracks nor ignores: not part of any revision. Git looks through all folders for
    /// them, so it is asked only if the disk has a file that is not tracked.
    fn untracked(&self) -> Result<&BTreeSet<String>, Failure> {
        if let Some(untracked) = self.untracked.get() {
            return Ok(untracked);
        }
        let untracked = self.repository.untracked().map_err(failure)?;
        Ok(self.untracked.get_or_init(|| untracked.into_iter().collect()))
    }

    /// Returns a revision by its name.
    pub fn revision(&self, name: &str) -> Result<Tree, Failure> {
        self.repository.revision(name).map_err(failure)
    }

    /// Returns what changed from a tree to the index.
    pub fn changes_since(&self, tree: &Tree) -> Result<Vec<Change>, Failure> {
        self.repository.changes(tree, &Tree::Index).map_err(failure)
    }

    /// Returns the files that were renamed without git, as the Obsidian app does: tracked ones that are gone, and untracked
    /// ones with the very same bytes.
    pub fn moved_on_disk(&self, session: &Session) -> Result<Vec<(String, String)>, Failure> {
        let untracked = self.untracked()?;
        if untracked.is_empty() {
            return Ok(Vec::new());
        }
        let on_disk = |path: &str| session.root.folder.join(path);
        let tracked = self.repository.files(&Tree::Index).map_err(failure)?;
        let gone = tracked.into_iter().filter(|entry| entry.kind == EntryKind::File && !on_disk(&entry.path).exists());
        let mut gone: FxHashMap<Vec<u8>, String> =
            gone.filter_map(|entry| Some((self.blobs.read(&entry.object).ok()?, entry.path))).collect();
        let mut moved = Vec::new();
        if !gone.is_empty() {
            let fresh = untracked.iter().filter(|path| is_read(session, path));
            moved.extend(fresh.filter_map(|path| {
                let bytes = std::fs::read(on_disk(path)).ok()?;
                Some((gone.remove(&bytes)?, path.clone()))
            }));
        }
        Ok(moved)
    }

    /// Returns what is found in a tree, by the names that notes have after `changes`.
    pub fn known(&self, session: &Session, tree: &Tree, changes: &[Change], scope: &Scope) -> Result<Known, Failure> {
        let entries = self.repository.files(tree).map_err(failure)?;
        let (layout, content) = self.lay_out(session, self.tracked(session, entries))?;
        let linted = session.check_files(&layout, &content, &Changes::default(), scope).linted;
        let renamed: FxHashMap<VaultPath, VaultPath> = changes.iter().filter_map(renamed).collect();
        let new_name = |path| renamed.get(path).unwrap_or(path);
        Ok(Known::new(fingerprint::all_as(&linted.vault, &linted.diagnostics, new_name)))
    }

    /// Lays out the files of a tree. What git ignores stays a target: attachments often are not committed.
    fn lay_out(&self, session: &Session, tracked: Tracked) -> Result<(Layout, Content), Failure> {
        let git = GitContent { blobs: self.blobs.clone(), entries: tracked.entries };
        let keep = |path: &str| Ok::<_, Failure>(git.position(path).is_none() && !self.untracked()?.contains(path));
        let layout = tracked.files.beside(&session.layout, keep)?;
        Ok((layout, Content { git: Some(Arc::new(git)), ..Content::default() }))
    }

    /// Lists the files of a tree.
    fn tracked(&self, session: &Session, mut entries: Vec<Entry>) -> Tracked {
        let list = entries.iter().map(|entry| (entry.path.as_str(), entry.kind == EntryKind::Link));
        let files = Listed::new(list, &session.layout.obsidian, &options(&session.config, self.no_ignore));
        entries.sort_by(|one, another| one.path.cmp(&another.path));
        Tracked { entries, files }
    }
}

/// The files of a tree.
struct Tracked {
    /// Sorted by path.
    entries: Vec<Entry>,
    files: Listed,
}

/// Tells whether a path is a note that may be read: one in the cloud is never fetched.
fn is_read(session: &Session, path: &str) -> bool {
    let (path, files) = (vault_path(path), &session.layout.files);
    let place = files.binary_search_by(|file| file.path.cmp(&path));
    place.is_ok_and(|place| path.is_note() && files[place].contents == Contents::Read)
}

fn written(change: &Change) -> Option<&str> {
    match change {
        Change::Written(path) | Change::Renamed { to: path, .. } => Some(path),
        Change::Deleted(_) => None,
    }
}

fn renamed(change: &Change) -> Option<(VaultPath, VaultPath)> {
    match change {
        Change::Renamed { from, to } => Some((vault_path(from), vault_path(to))),
        _ => None,
    }
}

fn vault_path(path: &str) -> VaultPath {
    VaultPath::new(&discover::vault_path(std::path::Path::new(path)))
}

fn failure(error: GitError) -> Failure {
    Failure::Message(error.to_string())
}
