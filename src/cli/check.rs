//! `vaultlint [PATH]…`: the straight line from the files of a vault to a report.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::args::CheckArgs;
use super::output::{self, Sink};
use super::selected::Selected;
use super::session::{Checked, Session};
use super::{Failure, Status, progress};
use crate::config::{Config, Selection};
use crate::diagnostic::{Diagnostic, Severity};
use crate::discover::Root;
use crate::disk;
use crate::fix::Changes;
use crate::language::fact;
use crate::lint;
use crate::report::{self, Format, Report, Style, Summary, as_typed, visible};
use crate::rule::{Category, RuleMeta};
use crate::vault::Vault;

use wanted::Wanted;

mod capped;
mod fix;
mod interactive;
mod notices;
mod remember;
mod since;
mod staged;
mod stdin;
mod wanted;

pub fn run(args: &CheckArgs) -> Result<Status, Failure> {
    let started = Instant::now();
    if let Some(threads) = args.threads {
        // Fails only if the pool exists already, which it does not at the start of the process.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    // One of the pool's threads goes from beginning to end: a third, which waits for them, would take a core of theirs.
    rayon::scope(|_| run_in_pool(args, started))
}

fn run_in_pool(args: &CheckArgs, started: Instant) -> Result<Status, Failure> {
    if let Some(name) = stdin::name(args)? {
        return fix::standard_input(&mut open(args, &stdin::place(name))?, name, args, started);
    }
    let here = PathBuf::from(".");
    let meanwhile = |root: &Root, config: &Config| {
        if !args.files && lint::runs(config, Category::Facts) {
            rayon::spawn(fact::read_tables);
        }
        args.staged.then(|| staged::ask(root, args)).transpose()
    };
    let (mut session, told) = open_beside(args, args.paths.first().unwrap_or(&here), meanwhile)?;
    session.is_watched = progress::is_watched(args.quiet);
    let staged = told?.map(|told| staged::open(&mut session, told)).transpose()?;
    let mut selected = Selected::new(&mut session, &args.vault.or_here(&args.paths))?;
    if let Some(staged) = &staged {
        selected = staged.among(&session, selected);
        session.scope = staged.scope(&selected);
        if matches!(selected, Selected::Some(_)) {
            staged::leave_out_hints(&mut session, args);
        }
    }
    if args.files {
        return list_files(&session, &selected);
    }
    notices::tell(&session, args);
    let wanted = Wanted::new(&session, selected, staged.as_ref(), args)?;
    session.scope = wanted.scope(std::mem::take(&mut session.scope));
    let checked = session.check(&Changes::default());
    notices::tell_of_cloud(&session, &checked, args);
    if args.write_baseline {
        return accept(&session, checked, &wanted, args);
    }
    if args.diff {
        return fix::diff(&session, checked, &wanted, args);
    }
    if args.fix || args.unsafe_fixes || args.interactive {
        return fix::run(&mut session, checked, &wanted, args, started);
    }
    let status = report(&session, checked, &wanted, args, Fixed::default(), started);
    // As for the vault in `report`: the process ends here.
    std::mem::forget(session);
    status
}

fn accept(session: &Session, checked: Checked, wanted: &Wanted, args: &CheckArgs) -> Result<Status, Failure> {
    let Checked { mut linted, unreadable, .. } = checked;
    let failed = session.tell_unread(&unreadable);
    wanted::write_baseline(session, wanted, &linted.vault, &mut linted.diagnostics, args)?;
    Ok(if failed { Status::Failed } else { Status::Clean })
}

fn open(args: &CheckArgs, place: &Path) -> Result<Session, Failure> {
    let (session, ()) = open_beside(args, place, |_, _| ())?;
    Ok(session)
}

fn open_beside<T: Send>(
    args: &CheckArgs,
    place: &Path,
    meanwhile: impl FnOnce(&Root, &Config) -> T + Send,
) -> Result<(Session, T), Failure> {
    let selection = Selection {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        severity: args.severity.clone(),
        fail_on: args.fail_on,
    };
    let (mut session, done) = Session::open_beside(&args.vault, place, &selection, meanwhile)?;
    Arc::make_mut(&mut session.config.settings).today = args.today.or_else(|| today(&session.config));
    if !session.root.is_whole {
        judge_no_targets(&mut session.config);
    }
    Ok((session, done))
}

/// Reads the clock, if a rule that is on asks for it.
fn today(config: &Config) -> Option<jiff::civil::Date> {
    let asks = |index: usize| config.runs(index) && config.rules[index].rule.asks_for_today();
    (0..config.rules.len()).any(asks).then(|| jiff::Zoned::now().date())
}

/// Lone notes outside any vault: what they link to may be anywhere.
fn judge_no_targets(config: &mut Config) {
    for active in config.rules.iter_mut().filter(|active| active.meta.category == Category::Links) {
        active.level = None;
    }
}

/// A path as people may see it.
fn shown(path: &Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

fn list_files(session: &Session, selected: &Selected) -> Result<Status, Failure> {
    output::to(Sink::StandardOutput, |out| {
        for (index, file) in session.layout.files.iter().enumerate() {
            let is_in_cloud = || disk::is_in_cloud(&session.root.folder.join(&session.layout.disk_paths[index]));
            if file.checked && file.path.is_source() && selected.contains(&file.path) && !is_in_cloud() {
                writeln!(out, "{}", output::as_read(file.path.as_str()))?;
            }
        }
        Ok(())
    })?;
    Ok(Status::Clean)
}

/// What a run of fixes did.
#[derive(Default)]
struct Fixed {
    findings: usize,
    notes: usize,
    /// Something could not be written.
    failed: bool,
    /// The fixed text goes to standard output, so that the report cannot.
    is_printed: bool,
}

fn report(
    session: &Session,
    checked: Checked,
    wanted: &Wanted,
    args: &CheckArgs,
    fixed: Fixed,
    started: Instant,
) -> Result<Status, Failure> {
    let Checked { mut linted, unreadable, .. } = checked;
    let failed = session.tell_unread(&unreadable) | fixed.failed;
    let gone = wanted.filter(session, &linted.vault, &mut linted.diagnostics)?;
    if !args.quiet {
        wanted::tell_gone(&gone, args.verbose);
    }
    if args.verbose && !args.quiet {
        capped::tell_capped(&linted.vault);
    }
    let selected = wanted.selected();
    let mut summary = Summary::of(&linted.vault, &linted.diagnostics);
    summary.notes = selected.notes(&linted.vault).count();
    summary.links = selected.notes(&linted.vault).map(|id| linted.vault.outline(id).links.len()).sum();
    (summary.fixed, summary.fixed_notes) = (fixed.findings, fixed.notes);
    // The time of a run that asks is that of its user.
    summary.elapsed = (!args.interactive).then(|| started.elapsed());
    summary.deleted = wanted.deleted();
    let is_commit = args.staged && staged::is_commit();
    // What was fixed is right on the disk; the commit would still have it as it was staged.
    let is_fixed_beside = is_commit && fixed.findings > 0 && !args.exit_zero;
    let status = match status(&session.config, &linted.diagnostics, args.exit_zero) {
        Status::Clean if is_fixed_beside => Status::Findings,
        status => status,
    };
    let is_refused = status == Status::Findings && is_commit;
    let sink = match Sink::new(args.output.as_deref(), &session.root.folder) {
        Sink::StandardOutput if fixed.is_printed => Sink::StandardError,
        sink => sink,
    };
    let written = write(session, &linted.vault, &linted.diagnostics, summary, args, sink);
    // The process ends here; the system takes a vault's memory back faster than it is freed piece by piece.
    std::mem::forget(linted);
    if is_refused {
        let what = match is_fixed_beside {
            true => "`git add` what was fixed and what is left to correct",
            false => "correct this and `git add` it",
        };
        eprintln!("vaultlint: the commit is refused; {what}, or use `git commit --no-verify`");
    }
    match written {
        // The reader has seen enough (`| head`): that is no failure, and the status stays.
        Ok(()) | Err(Failure::ClosedOutput) => Ok(if failed { Status::Failed } else { status }),
        Err(failure) => Err(failure),
    }
}

fn write(
    session: &Session,
    vault: &Vault,
    found: &[Diagnostic],
    summary: Summary,
    args: &CheckArgs,
    sink: Sink<'_>,
) -> Result<(), Failure> {
    let is_terminal = output::is_terminal() && matches!(sink, Sink::StandardOutput);
    let format = args.output_format.unwrap_or(if is_terminal { Format::Pretty } else { Format::Concise });
    let metas: Vec<RuleMeta> = session.config.rules.iter().map(|active| active.meta.clone()).collect();
    let root = session.root.folder.display().to_string();
    let style = Style {
        // What makes a run fail is listed.
        show_info: args.show_info || session.config.fail_on == Severity::Info,
        max_diagnostics: args.max_diagnostics,
        statistics: args.statistics,
        quiet: args.quiet,
        hyperlinks: output::hyperlinks(&session.root.folder).filter(|_| matches!(sink, Sink::StandardOutput)),
        obsidian: if args.obsidian_links { app_name(&session.root.folder) } else { None },
        ..output::style(args.color)
    };
    let (prefix, here) = standing(&session.root.folder);
    let asked = asked(args);
    let diagnostics = found;
    let report = Report {
        vault,
        root: &root,
        prefix: &prefix,
        here: &here,
        asked: &asked,
        diagnostics,
        metas: &metas,
        summary,
        style,
    };
    if let Some(file) = &args.summary {
        output::append(&session.root.folder, file, |out| report::digest(&report, out))?;
    }
    output::to(sink, |out| report::write(format, &report, out))
}

/// The name by which the Obsidian app knows a vault: its folder's.
fn app_name(root: &Path) -> Option<String> {
    let folder = root.canonicalize().ok()?;
    folder.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// How the vault's folder is reached from where the user stands, empty if that is it; and in which of its folders that is.
fn standing(root: &Path) -> (String, String) {
    let here = std::env::current_dir().unwrap_or_default();
    if let Ok(below) = here.strip_prefix(root) {
        return (String::new(), crate::discover::vault_path(below));
    }
    let prefix = root.strip_prefix(&here).unwrap_or(root);
    (prefix.display().to_string(), String::new())
}

/// The paths as they are typed, and the vault if it is named.
fn asked(args: &CheckArgs) -> String {
    let typed = |path: &PathBuf| as_typed(&path.display().to_string());
    let vault = args.vault.vault.iter().map(|folder| format!("--vault {}", typed(folder)));
    vault.chain(args.paths.iter().map(typed)).collect::<Vec<_>>().join(" ")
}

fn status(config: &Config, found: &[Diagnostic], exit_zero: bool) -> Status {
    let worst: Option<Severity> = found.iter().map(|diagnostic| diagnostic.severity).max();
    match worst {
        Some(worst) if worst >= config.fail_on && !exit_zero => Status::Findings,
        _ => Status::Clean,
    }
}
