//! Targets that lead nowhere: all links to each of them, and why no note can ever have such a name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::index::{fold, name_hash};
use super::{Subpath, Target, Vault};
use crate::note::{Link, LinkKind, LinkPlace, Outline};
use crate::text::{FileId, to_u32, without_extension};

/// A target that no file has, with every link to it.
#[derive(Clone, Debug)]
pub struct Missing {
    /// Source and index of each link in its outline, in the order of the paths. Never empty.
    pub links: Vec<(FileId, u32)>,
}

impl Missing {
    /// Returns how many notes and canvases link to the target; links in comments do not count.
    pub fn sources(&self, vault: &Vault) -> usize {
        let is_seen =
            |(file, link): &&(FileId, u32)| vault.outline(*file).links[*link as usize].place != LinkPlace::Comment;
        let mut sources: Vec<FileId> = self.links.iter().filter(is_seen).map(|(file, _)| *file).collect();
        sources.dedup();
        sources.len()
    }
}

/// Groups the broken wikilinks of all checked notes by target: case, `.md` and subpath do not count (clause R18). Targets to
/// which no note links that findings are asked of are left out.
pub(super) fn all(vault: &Vault) -> Vec<Missing> {
    let is_asked = |file: &FileId| vault.is_asked(*file);
    let lost = || vault.checked().filter(is_asked).flat_map(|file| lost(vault, file)).collect::<FxHashSet<u64>>();
    let wanted = (!vault.is_asked_whole()).then(lost);
    if wanted.as_ref().is_some_and(FxHashSet::is_empty) {
        return Vec::new();
    }
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    let mut missing: Vec<Missing> = Vec::new();
    for file in vault.checked() {
        let outline = vault.outline(file);
        let mut latest = ("", usize::MAX);
        for (number, link) in outline.links.iter().enumerate() {
            let is_wanted = |wanted: &FxHashSet<u64>| wanted.contains(&name(outline, link));
            if !link.is_wikilink() || !wanted.as_ref().is_none_or(is_wanted) || !vault.is_broken(file, link) {
                continue;
            }
            let target = outline.str(link.target);
            // What is missed often is mostly missed several times in a row.
            if latest.0 != target || latest.1 == usize::MAX {
                let key = fold(without_extension(target).chars()).collect();
                let index = numbers.entry(key).or_insert_with(|| {
                    missing.push(Missing { links: Vec::new() });
                    missing.len() - 1
                });
                latest = (target, *index);
            }
            missing[latest.1].links.push((file, to_u32(number)));
        }
    }
    missing.retain(|missing| missing.links.iter().any(|(file, _)| is_asked(file)));
    missing
}

/// Returns the hash of the name that a link calls.
fn name(outline: &Outline, link: &Link) -> u64 {
    name_hash(without_extension(outline.str(link.target)))
}

/// Returns the hashes of the names that the links of a file miss. Other links to them are told by these, so that not every
/// link of the vault need be looked up.
fn lost(vault: &Vault, file: FileId) -> impl Iterator<Item = u64> {
    let outline = vault.outline(file);
    let links = if vault.leads_nowhere(file) { &outline.links[..] } else { &[] };
    let missing = links.iter().filter(move |link| link.is_wikilink() && vault.is_broken(file, link));
    missing.map(|link| name(outline, link))
}

/// Why no note can be what a link leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// `[[https://…]]`.
    WebAddress,
    /// Another scheme than `http` and `https`.
    OtherAddress,
    /// Relative, and too many steps up.
    OutOfVault,
    /// A component begins with a dot: Obsidian does not see such folders and files.
    Hidden,
    /// The target ends with a slash: folders are no targets.
    Folder,
    /// The note exists, and has `#` in its path: there a link ends. `gap` is the white space that stood before the `#`.
    Hash { file: FileId, gap: &'static str },
    /// A sign that Obsidian refuses in every name.
    Sign(char),
}

pub(super) fn unusable(vault: &Vault, source: FileId, link: &Link) -> Option<Unusable> {
    let outline = vault.outline(source);
    if let Some(hash) = hash(vault, source, link) {
        return Some(hash);
    }
    if link.target.is_empty() || vault.resolve(source, link) != Target::Missing {
        return None;
    }
    let target = outline.str(link.target);
    if let Some(address) = address(target) {
        return Some(address);
    }
    if leaves_vault(vault.path(source).folder(), target) {
        return Some(Unusable::OutOfVault);
    }
    if target.ends_with('/') {
        return Some(Unusable::Folder);
    }
    let is_hidden = |part: &str| part.starts_with('.') && part.chars().nth(1).is_some_and(|next| next != '.');
    if target.split('/').any(is_hidden) {
        return Some(Unusable::Hidden);
    }
    target.chars().find(|character| matches!(character, '\\' | ':' | '|')).map(Unusable::Sign)
}

/// The note that a link with its subpath would lead to if it did not end at `#` (clause M3).
fn hash(vault: &Vault, source: FileId, link: &Link) -> Option<Unusable> {
    let (file, gap) = beyond_hash(vault, source, link, || vault.outline(source).str(link.target))?;
    let leads = match vault.resolve(source, link) {
        Target::Missing => false,
        Target::File(own) => vault.subpath(link, source, own) == Subpath::Found,
        Target::Ambiguous(_) => true,
    };
    (!leads).then_some(Unusable::Hash { file, gap })
}

/// Returns another note whose path is `target` and the link's subpath in one, and the white space between the two.
pub(super) fn beyond_hash<'t>(
    vault: &Vault,
    source: FileId,
    link: &Link,
    target: impl FnOnce() -> &'t str,
) -> Option<(FileId, &'static str)> {
    // Nearly no link comes further, so that its texts need not be fetched.
    if link.subpath.len() < 2 || link.kind == LinkKind::Canvas || !vault.index.has_hash() {
        return None;
    }
    let (target, subpath) = (target(), vault.outline(source).str(link.subpath));
    // Steps up may leave the `#` behind.
    let is_meant = |file: &FileId| *file != source && vault.path(*file).as_str().contains('#');
    // Targets are held without the space that may stand before the `#`.
    ["", " "].into_iter().find_map(|gap| match vault.resolve_text(source, &format!("{target}{gap}{subpath}"), false) {
        Target::File(file) => Some((file, gap)).filter(|(file, _)| is_meant(file)),
        _ => None,
    })
}

fn address(target: &str) -> Option<Unusable> {
    let scheme = target.split(':').next().filter(|scheme| scheme.len() < target.len())?;
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    if scheme.len() < 2 || !scheme.bytes().all(is_word) || !scheme.as_bytes()[0].is_ascii_alphabetic() {
        return None;
    }
    let rest = &target[scheme.len() + 1..];
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => rest.starts_with("//").then_some(Unusable::WebAddress),
        "mailto" | "tel" => Some(Unusable::OtherAddress),
        _ => rest.starts_with("//").then_some(Unusable::OtherAddress),
    }
}

fn leaves_vault(folder: &str, target: &str) -> bool {
    if !target.starts_with("./") && !target.starts_with("../") && target != ".." {
        return false;
    }
    let mut depth = folder.split('/').filter(|part| !part.is_empty()).count();
    for part in target.split('/') {
        match part {
            ".." if depth == 0 => return true,
            ".." => depth -= 1,
            "." | "" => {}
            _ => depth += 1,
        }
    }
    false
}
