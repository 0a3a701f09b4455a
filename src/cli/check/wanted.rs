//! Which findings are reported and fixed: those of the selected notes, those that a staged change caused elsewhere, and of
//! these what is new.

use std::cell::{Ref, RefCell};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::staged::Staged;
use crate::cli::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::output;
use crate::cli::selected::Selected;
use crate::cli::session::Session;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Read};
use crate::fix::Changes;
use crate::lint::{self, Scope};
use crate::report::baseline::{Baseline, BaselineError, Entry, Known};
use crate::report::fingerprint;
use crate::rule::Category;
use crate::vault::Vault;

/// The baseline's name when none is given, in the vault's folder.
pub const DEFAULT_BASELINE: &str = "vaultlint-baseline.json";

/// What a run reports.
pub struct Wanted<'a> {
    selected: Selected,
    /// The same notes under the names that fixes gave them.
    renamed: RefCell<Selected>,
    /// The staged change: findings elsewhere that were not there before it were caused by it.
    staged: Option<&'a Staged>,
    since: Option<Known>,
    /// Hashes of the names of what is gone since that revision.
    gone: FxHashSet<u64>,
    baseline: Option<Baseline>,
    /// The command line leaves rules out, so a suppression may have nothing to suppress in this run alone.
    is_narrowed: bool,
    /// What of these is accepted as it is, and so not fixed either.
    accepted: Vec<Known>,
}

impl<'a> Wanted<'a> {
    /// Puts together what the command line asks for.
    ///
    /// # Errors
    /// A baseline that cannot be used, or a revision that git does not know.
    pub fn new(
        session: &Session,
        selected: Selected,
        staged: Option<&'a Staged>,
        args: &CheckArgs,
    ) -> Result<Wanted<'a>, Failure> {
        let staged = staged.filter(|_| matches!(selected, Selected::Some(_)));
        let is_narrowed = !(args.select.is_empty() && args.ignore.is_empty() && args.severity.is_empty());
        let renamed = RefCell::new(selected.clone());
        let mut wanted = Wanted {
            selected,
            renamed,
            staged,
            since: None,
            gone: FxHashSet::default(),
            baseline: None,
            is_narrowed,
            accepted: Vec::new(),
        };
        if let Some(revision) = &args.since {
            let (known, gone) = super::since::known(session, revision, args)?;
            (wanted.since, wanted.gone) = (Some(known), gone);
        }
        if !args.write_baseline {
            wanted.baseline = read_baseline(session, args)?;
        }
        wanted.accepted = wanted.baseline.iter().map(Baseline::known).chain(wanted.since.clone()).collect();
        Ok(wanted)
    }

    /// Returns the notes that are selected, under the names that they have now.
    pub fn selected(&self) -> Ref<'_, Selected> {
        self.renamed.borrow()
    }

    /// Follows the selected notes through changes that rename them; to be told before what is found then is judged.
    pub fn follow(&self, changes: &Changes) {
        self.renamed.replace(self.selected.after(changes));
    }

    /// Returns what is to be looked at for that: `scope`, and all after what is gone.
    pub fn scope(&self, scope: Scope) -> Scope {
        match scope {
            Scope::All if !self.gone.is_empty() => Scope::Since(self.gone.clone()),
            _ => scope,
        }
    }

    /// Returns how many files the staged change deletes.
    pub fn deleted(&self) -> usize {
        self.staged.map_or(0, Staged::deleted)
    }

    /// Keeps what is to be reported; returns which findings of the baseline are gone, where this run can tell.
    ///
    /// # Errors
    /// Git cannot show the vault as it was before a staged change.
    pub fn filter(
        &self,
        session: &Session,
        vault: &Vault,
        found: &mut Vec<Diagnostic>,
    ) -> Result<Vec<(&Entry, u32)>, Failure> {
        match self.staged {
            None => self.selected().filter(vault, found),
            Some(staged) => {
                let (mut inside, mut elsewhere): (Vec<_>, Vec<_>) =
                    found.drain(..).partition(|diagnostic| self.selected().holds(vault, diagnostic));
                elsewhere.retain(staged.touched(session, vault));
                // To look at the vault as it was is a second run: only if something is left to explain.
                if !self.are_accepted(vault, &elsewhere) {
                    staged.known_before(session)?.filter(vault, &mut elsewhere);
                }
                inside.append(&mut elsewhere);
                lint::sort(&mut inside);
                *found = inside;
            }
        }
        if let Some(since) = &self.since {
            since.clone().filter(vault, found);
        }
        let Some(baseline) = &self.baseline else { return Ok(Vec::new()) };
        let left = baseline.known().filter(vault, found);
        if self.since.is_some() || !matches!(self.selected, Selected::All) {
            return Ok(Vec::new());
        }
        let mut gone = baseline.unused(&left);
        gone.retain(|(entry, _)| self.is_judged(&session.config, vault, entry));
        Ok(gone)
    }

    /// Tells whether this run would have found a finding of the baseline again: its rule ran on its note, or is no rule
    /// any more, or the note is gone.
    fn is_judged(&self, config: &Config, vault: &Vault, entry: &Entry) -> bool {
        let ran = |index: usize| {
            let active = &config.rules[index];
            let is_about_rules = active.meta.category == Category::Suppressions;
            config.runs(index) && active.is_reported && !(is_about_rules && self.is_narrowed)
        };
        match vault.by_path(&entry.path) {
            Some(file) => {
                let rule = config.rules.iter().position(|active| active.def.name == entry.rule);
                self.selected().contains(vault.path(file)) && rule.is_none_or(ran)
            }
            None => matches!(self.selected, Selected::All),
        }
    }

    /// Tells whether the baseline holds all of these findings.
    fn are_accepted(&self, vault: &Vault, found: &[Diagnostic]) -> bool {
        let mut left = found.to_vec();
        if let Some(baseline) = &self.baseline {
            baseline.known().filter(vault, &mut left);
        }
        left.is_empty()
    }

    /// Tells whether a finding may be fixed: it stands in a selected note and is not accepted as it is.
    pub fn may_fix(&self, vault: &Vault, diagnostic: &Diagnostic) -> bool {
        if !self.selected().contains(vault.path(diagnostic.primary.file)) {
            return false;
        }
        if self.accepted.is_empty() {
            return true;
        }
        let prints = fingerprint::all(vault, std::slice::from_ref(diagnostic));
        !prints.iter().any(|print| self.accepted.iter().any(|known| known.contains(*print)))
    }
}

/// Says which findings of the baseline are gone: they were fixed, and would hide new ones that are equal.
pub fn tell_gone(gone: &[(&Entry, u32)], verbose: bool) {
    const FEW: usize = 5;
    let amount: u32 = gone.iter().map(|(_, count)| count).sum();
    let findings = match amount {
        0 => return,
        1 => "1 finding of the baseline is gone".to_owned(),
        many => format!("{many} findings of the baseline are gone"),
    };
    eprintln!("vaultlint: {findings}; `vaultlint --write-baseline` brings it up to date");
    let same = |a: &(&Entry, u32), b: &(&Entry, u32)| (&a.0.path, &a.0.rule) == (&b.0.path, &b.0.rule);
    let places: Vec<_> = gone.chunk_by(same).collect();
    let shown = if verbose { places.len() } else { places.len().min(FEW) };
    for place in &places[..shown] {
        let Entry { path, rule, .. } = place[0].0;
        let times = match place.iter().map(|(_, count)| count).sum::<u32>() {
            1 => String::new(),
            many => format!(" ({many} times)"),
        };
        eprintln!("  {}: {rule}{times}", crate::report::visible(path));
    }
    if shown < places.len() {
        eprintln!("  … and {} more (--verbose)", places.len() - shown);
    }
}

/// Returns where the baseline is written.
pub fn baseline_path(session: &Session, args: &CheckArgs) -> PathBuf {
    args.baseline.clone().unwrap_or_else(|| session.root.folder.join(DEFAULT_BASELINE))
}

/// Reads the baseline; one that is not named may be missing.
///
/// # Errors
/// A baseline that is named and missing, or one that cannot be used.
pub fn read_baseline(session: &Session, args: &CheckArgs) -> Result<Option<Baseline>, Failure> {
    let path = baseline_path(session, args);
    if args.no_baseline || args.baseline.is_none() && !path.exists() {
        return Ok(None);
    }
    let failed = |reason: String| Failure::Message(format!("cannot use the baseline `{}`: {reason}", path.display()));
    if args.baseline.is_none() && !path.is_file() {
        // A pipe that lies in the vault would be waited for.
        return Err(failed("it is no file".to_owned()));
    }
    let text = text_of(&path).map_err(failed)?;
    Baseline::parse(&text).map(Some).map_err(|error| failed(error.to_string()))
}

/// Reads a file, or says why it cannot be read.
fn text_of(path: &Path) -> Result<String, String> {
    match disk::read(path) {
        Ok(Read::Text(text)) => Ok(text),
        Ok(Read::NotUtf8 { .. }) => Err("it is not UTF-8".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads the baseline that is to be replaced; one of another format is replaced as a whole.
///
/// # Errors
/// A file that is no baseline: a note by mistake, for instance, which must not be lost.
fn older_baseline(path: &Path) -> Result<Option<Baseline>, Failure> {
    if !path.exists() {
        return Ok(None);
    }
    let refused = |reason: String| {
        let place = path.display();
        let message =
            format!("`{place}` is not replaced by a baseline: {reason}\n  --baseline FILE names another file");
        Failure::Message(message)
    };
    let text = text_of(path).map_err(refused)?;
    if text.trim().is_empty() {
        return Ok(None);
    }
    match Baseline::parse(&text) {
        Err(BaselineError::OtherVersion(_)) => Ok(None),
        older => older.map(Some).map_err(|error| refused(error.to_string())),
    }
}

/// Accepts what is found: writes the baseline. What this run could not judge stays as it was.
///
/// # Errors
/// The file cannot be written.
pub fn write_baseline(
    session: &Session,
    wanted: &Wanted,
    vault: &Vault,
    found: &mut Vec<Diagnostic>,
    args: &CheckArgs,
) -> Result<(), Failure> {
    wanted.selected().filter(vault, found);
    let path = baseline_path(session, args);
    let mut baseline = Baseline::of(vault, found);
    if let Some(older) = older_baseline(&path)? {
        baseline.keep(older, |entry| wanted.is_judged(&session.config, vault, entry));
    }
    output::write_in(&session.root.folder, &path, baseline.to_text().as_bytes())?;
    if !args.quiet {
        let number = baseline.len();
        let findings = if number == 1 { "1 finding".to_owned() } else { format!("{number} findings") };
        println!("{findings} accepted in `{}`; from now on only what is new is reported.", super::shown(&path));
    }
    Ok(())
}
