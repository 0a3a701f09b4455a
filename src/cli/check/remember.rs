//! Writes what `--interactive` was told into the vault's config.

use crate::cli::Failure;
use crate::cli::session::Session;
use crate::config;
use crate::diagnostic::Remember;
use crate::disk::{self, Read};
use crate::fix::Changes;
use crate::text::VaultPath;

/// Adds answers to the config: to the changes of this run if it lies in the vault's folder, else to the file at once.
///
/// # Errors
/// The config cannot be read, added to, or written.
pub fn add(session: &Session, answers: &[Remember], changes: &mut Changes) -> Result<(), Failure> {
    let own = session.root.folder.join("vaultlint.yaml");
    let path = session.config_path.clone().unwrap_or(own);
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
    let inside = path.strip_prefix(&session.root.folder).ok().and_then(|path| path.to_str());
    match (before, inside) {
        (Some(before), Some(inside)) => {
            changes.edit(&VaultPath::new(inside), &before.into(), after.into());
            Ok(())
        }
        _ => std::fs::write(&path, after).map_err(|error| failed(error.to_string())),
    }
}

/// The answers as they would stand in a config.
fn by_hand(answers: &[Remember]) -> String {
    let text = config::remember("", answers).unwrap_or_default();
    format!("  add to it:\n{text}")
}
