//! `vaultlint init`: looks at the vault, writes a commented config that fits it, and says what it saw.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::VaultArgs;
use super::session::{Session, find_root};
use super::{Failure, Status, output};
use crate::config::{Config, ConfigText, Selection};
use crate::diagnostic::{Diagnostic, Severity};
use crate::fix::Changes;
use crate::report::visible;
use crate::text::FileId;
use crate::vault::Vault;

mod folders;
mod kinds;
mod levels;
mod shape;
mod templates;
mod text;

use kinds::Proposal;
use levels::Lowered;
use templates::LeftOut;

/// Options of `init`.
#[derive(Args, Clone, Debug)]
pub struct InitArgs {
    /// The vault [default: the folder one stands in]
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    path: PathBuf,
    /// Write the config anew if there is one
    #[arg(long)]
    force: bool,
}

const NAME: &str = "vaultlint.yaml";

pub fn run(args: &InitArgs) -> Result<Status, Failure> {
    let target = find_root(None, &args.path)?.folder.join(NAME);
    if (target.exists() || target.is_symlink()) && !args.force {
        let message = format!("`{}` is there already\n  --force writes it anew", target.display());
        return Err(Failure::Message(message));
    }
    let without_config = VaultArgs { no_config: true, ..VaultArgs::default() };
    let mut session = Session::open(&without_config, &args.path, &Selection::default())?;
    let mut proposed = {
        let vault = session.check(&Changes::default()).linted.vault;
        proposed(&vault)
    };
    // The kinds decide what some rules find, so the levels are chosen from what a run with them finds.
    let found = found_with(&mut session, &text::render(&proposed))?;
    proposed.lowered = levels::lower(&session.config, &found);
    let config = text::render(&proposed);
    output::write_in(&session.root.folder, &target, config.as_bytes())?;
    let seen = Seen { target: &target, proposed: &proposed, found: &found };
    output::to(output::Sink::StandardOutput, |out| out.write_all(seen.text().as_bytes()))?;
    Ok(Status::Clean)
}

/// What the config will say.
#[derive(Default)]
struct Proposed {
    /// Notes that were looked at, templates included.
    notes: usize,
    templates: Vec<LeftOut>,
    kinds: Vec<Proposal>,
    lowered: Vec<Lowered>,
    owner: Option<String>,
}

fn proposed(vault: &Vault) -> Proposed {
    let mut notes: Vec<FileId> = vault.checked().filter(|id| vault.path(*id).is_note()).collect();
    let templates = templates::find(vault, &notes);
    notes.retain(|id| !templates.iter().any(|own| own.holds(vault.path(*id).as_str())));
    let kinds = kinds::propose(vault, &notes);
    Proposed { notes: vault.checked().count(), templates, kinds, lowered: Vec::new(), owner: owner(vault) }
}

/// Returns what a run with this config finds.
fn found_with(session: &mut Session, config: &str) -> Result<Vec<Diagnostic>, Failure> {
    let file = ConfigText { path: NAME.to_owned(), text: config.to_owned() };
    let resolved = Config::resolve(Some(&file), &Selection::default(), &|name| Err(format!("no file `{name}`")));
    let obsidian = session.config.settings.obsidian.clone();
    session.config = resolved.map_err(Failure::Config)?;
    if let Some(exclude) = &session.config.exclude {
        for file in &mut session.layout.files {
            file.checked &= !exclude.is_match(file.path.as_str());
        }
    }
    std::sync::Arc::make_mut(&mut session.config.settings).obsidian = obsidian;
    Ok(session.check(&Changes::default()).linted.diagnostics)
}

fn owner(vault: &Vault) -> Option<String> {
    vault.people().owner().map(|owner| owner.main_name().text.to_string())
}

/// What `init` tells at its end.
struct Seen<'a> {
    target: &'a Path,
    proposed: &'a Proposed,
    found: &'a [Diagnostic],
}

impl Seen<'_> {
    fn text(&self) -> String {
        let Proposed { notes, templates, kinds, lowered, .. } = self.proposed;
        let mut text = format!("Looked at {}.\n", count(*notes, "note"));
        if !templates.is_empty() {
            text.push_str("\nTemplates, left out\n");
            for own in templates {
                let share = if own.notes > 1 { format!("{} of {}", own.templates, own.notes) } else { String::new() };
                text.push_str(&format!("  {share:16}        {}\n", visible(&own.path)));
            }
        }
        if !kinds.is_empty() {
            text.push_str("\nKinds of note\n");
            for kind in kinds {
                let place = visible(&kind.place()).into_owned();
                text.push_str(&format!("  {:16}{:>6}  {place}\n", visible(&kind.name), kind.notes));
            }
        }
        if !lowered.is_empty() {
            text.push_str("\nMany findings: these rules start as hints\n");
            for rule in lowered {
                text.push_str(&format!("  {:22}{:>6}\n", rule.name, rule.findings));
            }
        }
        text.push_str(&self.summary());
        text
    }

    fn summary(&self) -> String {
        let is_lowered = |rule: &str| self.proposed.lowered.iter().any(|lowered| lowered.name == rule);
        let at = |severity: Severity| {
            let own = self.found.iter().filter(|diagnostic| diagnostic.severity == severity);
            own.filter(|diagnostic| severity == Severity::Error || !is_lowered(diagnostic.rule)).count()
        };
        let (errors, warnings) = (at(Severity::Error), at(Severity::Warning));
        let hints = self.found.len() - errors - warnings;
        let mut next = "  vaultlint                    check the vault\n".to_owned();
        if errors + warnings > 0 {
            next.push_str("  vaultlint --fix --diff       see what can be fixed safely; writes nothing\n");
            next.push_str("  vaultlint --write-baseline   accept what is there; report only what is new\n");
        }
        format!(
            "\nWrote {}. With it a run finds {}, {} and {}.\n\nNext\n{next}",
            self.target.display(),
            count(errors, "error"),
            count(warnings, "warning"),
            count(hints, "hint"),
        )
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
