//! `--stdin-filename PATH -`: standard input as if it were that note, against the vault on disk.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::cli::Failure;
use crate::cli::args::CheckArgs;
use crate::cli::selected::Selected;
use crate::cli::session::{Session, vault_path};
use crate::discover::DiskPath;
use crate::disk::{self, Read};
use crate::text::VaultPath;
use crate::vault::{Contents, File};

/// Returns the note that standard input stands for, if it is to be read.
///
/// # Errors
/// `-` without the option, or the option without `-`.
pub fn name(args: &CheckArgs) -> Result<Option<&Path>, Failure> {
    let is_dash = args.paths == [PathBuf::from("-")];
    match &args.stdin_filename {
        Some(name) if is_dash => Ok(Some(name)),
        Some(_) => Err(message("--stdin-filename checks standard input: give `-` as the only path")),
        None if is_dash => {
            Err(message("`-` is standard input: say with --stdin-filename which note of the vault it is"))
        }
        None => Ok(None),
    }
}

/// Returns a place that exists, from which the vault is found.
pub fn place(name: &Path) -> PathBuf {
    let absolute = std::path::absolute(name).unwrap_or_else(|_| name.to_owned());
    absolute.ancestors().find(|place| place.exists()).unwrap_or(Path::new(".")).to_owned()
}

/// Puts standard input into the session and selects its note.
///
/// # Errors
/// A name outside the vault or of no note; input that is not UTF-8.
pub fn put(session: &mut Session, name: &Path) -> Result<(Selected, VaultPath), Failure> {
    let Some(path) = vault_path(&session.root, name).filter(VaultPath::is_source) else {
        return Err(message(&format!("`{}` is not the path of a note (.md) or canvas in the vault", name.display())));
    };
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| message(&format!("cannot read standard input: {error}")))?;
    let text = match disk::as_text(bytes) {
        Read::Text(text) => text,
        Read::NotUtf8 { line, .. } => return Err(message(&format!("standard input is not UTF-8 (line {line})"))),
    };
    session.content.given.insert(path.clone(), text.into());
    let file = File { path: path.clone(), contents: Contents::Read, checked: true };
    let layout = &mut session.layout;
    match layout.files.binary_search_by(|other| other.path.cmp(&path)) {
        Ok(index) => layout.files[index] = file,
        Err(index) => {
            layout.files.insert(index, file);
            layout.disk_paths.insert(index, DiskPath::AsNamed(path.clone()));
        }
    }
    Ok((Selected::Some(BTreeSet::from([path.clone()])), path))
}

fn message(text: &str) -> Failure {
    Failure::Message(text.to_owned())
}
