//! Writes what `--interactive` was told into the vault's config.

use std::path::PathBuf;

use super::shown;
use crate::cli::Failure;
use crate::cli::session::{Session, vault_path};
use crate::config;
use crate::diagnostic::Remember;
use crate::disk::{self, Read};
use crate::fix::Changes;
use crate::report::visible;

/// The config of a vault that has none yet.
const NAME: &str = "vaultlint.yaml";

/// Adds answers to the config: to the changes of this run if it lies in the vault's folder, else to the file at once.
///
/// # Errors
/// The config cannot be read, added to, or written.
pub fn add(session: &Session, answers: &[Remember], changes: &mut Changes) -> Result<(), Failure> {
    if answers.is_empty() {
        return Ok(());
    }
    let path = config_path(session);
    let failed = |reason: String| {
        let reason = format!("the answers were not remembered in `{}`: {reason}\n{}", path.display(), by_hand(answers));
        Failure::Message(reason)
    };
    let before = match disk::read(&path) {
        Ok(Read::Text(text)) => Some(text),
        Ok(Read::NotUtf8 { .. }) => return Err(failed("it is not UTF-8".to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error.to_string())),
    };
    let after = config::remember(before.as_deref().unwrap_or_default(), answers).map_err(&failed)?;
    match (before, vault_path(&session.root, &path)) {
        (Some(before), Some(inside)) => changes.edit(&inside, &before.into(), after.into()),
        (None, Some(inside)) => changes.create(&inside, after.into()),
        (_, None) => std::fs::write(&path, after).map_err(|error| failed(error.to_string()))?,
    }
    Ok(())
}

/// Where the config is or will be.
fn config_path(session: &Session) -> PathBuf {
    session.config_path.clone().unwrap_or_else(|| session.root.folder.join(NAME))
}

/// Says what is asked no more.
pub fn tell(session: &Session, answers: &[Remember]) {
    let path = config_path(session);
    let is_undone = vault_path(&session.root, &path).is_some();
    for answer in answers {
        let (a, b, what) = match answer {
            Remember::SamePerson(a, b) => (a, b, "one person"),
            Remember::DifferentPeople(a, b) => (a, b, "two people"),
            Remember::Alias(..) => continue,
        };
        let undo =
            if is_undone { "" } else { "; it lies outside of the vault, so `vaultlint undo` leaves it as it is" };
        eprintln!("remembered in `{}`: `{}` and `{}` are {what}{undo}", shown(&path), visible(a), visible(b));
    }
}

/// The answers as they would stand in a config.
fn by_hand(answers: &[Remember]) -> String {
    let text = config::remember("", answers).unwrap_or_default();
    format!("  add to it:\n{text}")
}
