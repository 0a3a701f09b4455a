//! `vaultlint undo`: takes back what the last fix or rename of the vault changed.

use std::path::PathBuf;

use clap::Args;

use super::session::find_root;
use super::write::failure;
use super::{Failure, Status};
use crate::disk::Journals;
use crate::report::visible;

/// Options of `undo`.
#[derive(Args, Clone, Debug)]
pub struct UndoArgs {
    /// A place in the vault [default: the folder one stands in]
    #[arg(value_name = "PATH")]
    path: Option<PathBuf>,
    /// The vault's folder [default: the nearest folder with .obsidian or vaultlint.yaml]
    #[arg(long, value_name = "DIR")]
    vault: Option<PathBuf>,
}

pub fn run(args: &UndoArgs) -> Result<Status, Failure> {
    let here = PathBuf::from(".");
    let root = find_root(args.vault.as_deref(), args.path.as_ref().unwrap_or(&here))?;
    let shown = root.folder.display();
    let Some(undone) = Journals::open(&root.folder).and_then(|journals| journals.undo()).map_err(failure)? else {
        return Err(Failure::Message(format!("nothing to undo in `{shown}`")));
    };
    for (path, refused) in &undone.refused {
        eprintln!("vaultlint: `{}` is left as it is: {refused}", visible(&path.to_string_lossy()));
    }
    if undone.is_passed_over {
        eprintln!(
            "vaultlint: nothing of that run can be taken back; `vaultlint undo` once more takes back the run before"
        );
    }
    let files = match undone.restored.len() {
        1 => "1 file is".to_owned(),
        many => format!("{many} files are"),
    };
    println!("{files} as before `{}`.", visible(&undone.command));
    Ok(if undone.refused.is_empty() { Status::Clean } else { Status::Failed })
}
