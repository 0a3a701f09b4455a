//! `vaultlint rename OLD NEW`: gives a file another name or folder, and every link to it follows.

use std::path::{Path, PathBuf};

use clap::Args;

use super::args::{ColorChoice, VaultArgs};
use super::session::{Checked, Session, vault_path};
use super::write::write;
use super::{Failure, Status, output};
use crate::config::Selection;
use crate::diagnostic::Fix;
use crate::discover::Root;
use crate::fix::{self, Changes};
use crate::lint::Linted;
use crate::report::visible;
use crate::text::{FileId, VaultPath, without_extension};
use crate::vault::{Contents, Vault};

/// Options of `rename`.
#[derive(Args, Clone, Debug)]
pub struct RenameArgs {
    /// The note as a path, or its name as in a link
    #[arg(value_name = "OLD")]
    old: String,
    /// The new name; with a slash the new path in the vault, with a slash at its end the new folder
    #[arg(value_name = "NEW")]
    new: String,
    /// Print what would change as a unified diff and write nothing
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    vault: VaultArgs,
}

pub fn run(args: &RenameArgs) -> Result<Status, Failure> {
    let typed = Path::new(&args.old);
    let start = if typed.exists() { typed.to_owned() } else { PathBuf::from(".") };
    // What a rename can break are links and properties; the rest need not be checked.
    let selection = Selection { select: vec!["links".to_owned(), "frontmatter".to_owned()], ..Selection::default() };
    let session = Session::open(&args.vault, &start, &selection)?;
    let Checked { linted, unreadable, .. } = session.check(&Changes::default());
    if let Some(problem) = session.layout.problems.iter().chain(&unreadable).next() {
        return Err(message(format!("nothing was renamed, since links there could not follow: {}", visible(problem))));
    }
    let file = find(&session, &linted.vault, &args.old)?;
    let old = linted.vault.path(file).clone();
    let new = new_path(&session.root, &linted.vault, file, &args.new)?;
    let edits = linted.vault.rename_edits(file, &new).map_err(|kept| {
        let note = linted.vault.path(kept.file);
        message(format!("a link in `{note}` cannot be written with the new name, so nothing was changed"))
    })?;
    let (links, notes) = (edits.len(), count_notes(&edits));
    let mut renamed = Fix::unsafe_because(format!("rename to `{new}`"), "links from elsewhere do not follow", edits);
    renamed.rename = Some((file, new.clone()));
    let broken = broken_links(&linted.vault);
    let mut relint = |_: Linted, changes: &Changes| session.check(changes).linted;
    let outcome = fix::apply_one(linted, "rename", file, renamed, &mut relint);
    if let Some(bug) = outcome.bugs.first() {
        return Err(message(format!("`{old}` was not renamed: {}", visible(&bug.reason))));
    }
    if outcome.changes.is_empty() || broken_links(&outcome.linted.vault) > broken {
        return Err(message(format!("`{old}` was not renamed: a link would be broken")));
    }
    if args.diff {
        let diff = fix::unified_diff(&outcome.changes);
        output::to(output::Sink::StandardOutput, |out| {
            out.write_all(output::diff_as_read(&diff, ColorChoice::Auto).as_bytes())
        })?;
        return Ok(Status::Findings);
    }
    let group = outcome.changes.iter().map(|(path, _)| path.clone()).collect();
    let written = write(&session, &outcome.changes, &[group])?;
    if written.failed {
        return Ok(Status::Failed);
    }
    say(&old, &new, links, notes);
    unread(&outcome.linted.vault);
    Ok(Status::Clean)
}

/// Finds the file that is meant: a path from here or in the vault, else what a link of that text would lead to.
fn find(session: &Session, vault: &Vault, typed: &str) -> Result<FileId, Failure> {
    let from_here = vault_path(&session.root, Path::new(typed)).and_then(|path| vault.by_path(path.as_str()));
    let in_vault = || vault.by_path(typed).or_else(|| vault.by_path(&format!("{typed}.md")));
    if let Some(file) = from_here.or_else(in_vault) {
        return Ok(file);
    }
    match vault.named(without_extension(typed)).as_slice() {
        [file] => Ok(*file),
        [] => Err(message(format!("no note `{typed}` in `{}`", session.root.folder.display()))),
        several => {
            let paths: Vec<_> = several.iter().map(|id| format!("`{}`", vault.path(*id))).collect();
            Err(message(format!("several notes are called `{typed}`: {}\n  name one by its path", paths.join(", "))))
        }
    }
}

/// Returns what a path from the root of the disk is in the vault; `None` for any other name.
fn in_vault(root: &Root, typed: &str) -> Result<Option<String>, Failure> {
    let path = Path::new(typed);
    if !path.is_absolute() {
        return Ok(None);
    }
    let outside = || message(format!("`{}` lies outside of the vault `{}`", visible(typed), root.folder.display()));
    // The folder is there already, and may be written in another way; the note is not.
    let (folder, name) = match (typed.ends_with('/'), path.parent(), path.file_name()) {
        (false, Some(folder), Some(name)) => (folder, name.to_string_lossy()),
        _ => (path, "".into()),
    };
    let folder = vault_path(root, folder).ok_or_else(outside)?;
    Ok(Some(format!("{}/{name}", folder.as_str())))
}

/// Reads the new name: the folder stays unless a slash is typed, the extension stays unless it is typed.
fn new_path(root: &Root, vault: &Vault, file: FileId, typed: &str) -> Result<VaultPath, Failure> {
    let old = vault.path(file);
    let typed = typed.trim();
    let inside = in_vault(root, typed)?;
    let typed = inside.as_deref().unwrap_or(typed);
    let (folder, name) = match typed.rsplit_once('/') {
        Some((folder, "")) => (folder.trim_matches('/'), old.file_name()),
        Some((folder, name)) => (folder.trim_matches('/'), name),
        None => (old.folder(), typed),
    };
    let dotted = format!(".{}", old.extension());
    let has_extension = name.to_lowercase().ends_with(&dotted.to_lowercase());
    let name = if has_extension || old.extension().is_empty() { name.to_owned() } else { format!("{name}{dotted}") };
    let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
    let new = VaultPath::new(&crate::discover::vault_path(Path::new(&path)));
    if let Some(reason) = refused(&new) {
        return Err(message(format!("`{}` cannot be a note's path: {reason}", visible(typed))));
    }
    if new == *old {
        return Err(message(format!("`{new}` is its name already")));
    }
    match vault.by_path(new.as_str()) {
        Some(there) if there != file => Err(message(format!("`{}` is there already", vault.path(there)))),
        _ => Ok(new),
    }
}

/// Says why no link could reach a path, or why Obsidian or the disk refuses it.
fn refused(path: &VaultPath) -> Option<String> {
    let unusable = |character: &char| "#^[]|:\\".contains(*character) || character.is_control();
    if let Some(character) = path.as_str().chars().find(unusable) {
        return Some(format!("no link can hold `{}`", character.escape_debug()));
    }
    let wrong = |part: &str| part.is_empty() || part.starts_with('.') || part.trim() != part;
    if path.as_str().split('/').any(wrong) || path.stem().trim().is_empty() {
        return Some("a name is not empty and does not begin with a dot or a space".to_owned());
    }
    path.as_str().contains("%%").then(|| "`%%` begins a comment in Obsidian".to_owned())
}

fn broken_links(vault: &Vault) -> usize {
    let broken = |(id, _): (FileId, _)| {
        let links = vault.outline(id).links.iter();
        links.filter(|link| vault.resolve(id, link) == crate::vault::Target::Missing).count()
    };
    vault.files().map(broken).sum()
}

fn count_notes(edits: &[crate::diagnostic::Edit]) -> usize {
    let mut notes: Vec<FileId> = edits.iter().map(|edit| edit.file).collect();
    notes.sort_unstable();
    notes.dedup();
    notes.len()
}

fn say(old: &VaultPath, new: &VaultPath, links: usize, notes: usize) {
    let follow = match (links, notes) {
        (0, _) => "no link had to change".to_owned(),
        (1, _) => "1 link follows".to_owned(),
        (links, 1) => format!("{links} links in 1 note follow"),
        (links, notes) => format!("{links} links in {notes} notes follow"),
    };
    println!("`{}` is now `{}`; {follow}.", visible(old.as_str()), visible(new.as_str()));
    eprintln!("`vaultlint undo` takes it back.");
}

/// Links in notes that were not read cannot follow.
fn unread(vault: &Vault) {
    let unread =
        vault.files().filter(|(_, file)| matches!(file.contents, Contents::Unknown | Contents::NotUtf8 { .. }));
    match unread.count() {
        0 => {}
        1 => eprintln!("vaultlint: 1 note was not read (in the cloud, or not UTF-8); links in it did not follow"),
        many => eprintln!(
            "vaultlint: {many} notes were not read (in the cloud, or not UTF-8); links in them did not follow"
        ),
    }
}

fn message(text: String) -> Failure {
    Failure::Message(text)
}
