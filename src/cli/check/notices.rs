//! What a person should know before the findings: which folder was taken for the vault, and what of it is not judged.

use super::shown;
use crate::cli::args::CheckArgs;
use crate::cli::session::{Checked, Session};

/// Says each thing once, on standard error.
pub fn tell(session: &Session, args: &CheckArgs) {
    if args.quiet {
        return;
    }
    tell_of_vault(session, args);
    if args.verbose {
        let config = session.config_path.as_ref().map_or("none".to_owned(), |path| shown(path));
        let checked = session.layout.files.iter().filter(|file| file.checked).count();
        eprintln!("vaultlint: vault `{}`, config {config}", shown(&session.root.folder));
        eprintln!("vaultlint: {} files, {checked} of them checked", session.layout.files.len());
    }
}

/// Says how many notes lie in the cloud: those that were seen before reading, and those that reading came upon.
pub fn tell_of_cloud(session: &Session, checked: &Checked, args: &CheckArgs) {
    if args.quiet {
        return;
    }
    match session.layout.in_cloud + checked.in_cloud {
        0 => {}
        1 => eprintln!(
            "vaultlint: 1 note lies in the cloud alone; it is a link target, but is neither fetched nor checked"
        ),
        many => eprintln!(
            "vaultlint: {many} notes lie in the cloud alone; they are link targets, but are neither fetched nor checked"
        ),
    }
}

fn tell_of_vault(session: &Session, args: &CheckArgs) {
    let root = &session.root;
    if !root.is_whole {
        eprintln!(
            "vaultlint: these notes lie in no vault (no .obsidian, vaultlint.yaml or git above them), so links are not judged"
        );
    }
    if session.layout.files.iter().all(|file| !file.checked) {
        eprintln!("vaultlint: there are no notes to check in `{}`", shown(&root.folder));
        eprintln!("  go to your vault's folder first, or name it: `vaultlint FOLDER`");
    }
    let inner = session.layout.inner_vault.as_ref().filter(|_| args.vault.vault.is_none() && !root.is_marked());
    if let Some(inner) = inner {
        let inner = shown(inner);
        eprintln!("vaultlint: `{}` is not a vault of Obsidian, but `{inner}` in it is", shown(&root.folder));
        eprintln!(
            "  links are judged as if the whole folder were one vault; to check the vault alone: `vaultlint \"{inner}\"`"
        );
    }
}
