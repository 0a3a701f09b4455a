//! What must be edited so that every link still leads to its file when a file gets another path.

use super::index::{Index, fold_eq};
use super::resolve::{self, Target};
use super::settings::LinkFormat;
use super::{File, Vault};
use crate::diagnostic::Edit;
use crate::note::{Link, LinkKind, Outline};
use crate::text::{FileId, Span, VaultPath, last_component};

mod written;

/// A link that cannot be written so that it leads to the file under its new name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    pub file: FileId,
    pub link: Span,
}

impl Vault {
    /// Returns the edits that keep every link when `file` gets the path `to`: the links to it, its own links that are
    /// relative to its folder, and links to other files that the new name would take away.
    ///
    /// # Errors
    /// The first link that cannot be kept; the file is better not renamed then.
    pub fn rename_edits(&self, file: FileId, to: &VaultPath) -> Result<Vec<Edit>, Unwritable> {
        let mut files = self.files.clone();
        files[file.index()].path = to.clone();
        let index = self.index.with_name(file, to.file_name());
        let after = After { vault: self, index, files, renamed: file, to };
        let mut edits = Vec::new();
        for (source, number) in after.links() {
            let link = &self.outline(source).links[number as usize];
            if let Some(edit) = after.edit(source, link)? {
                edits.push(edit);
            }
        }
        Ok(edits)
    }
}

/// The vault with the new path.
struct After<'a> {
    vault: &'a Vault,
    /// In the order of the vault before, so that ids stay.
    files: Vec<File>,
    index: Index,
    renamed: FileId,
    to: &'a VaultPath,
}

impl After<'_> {
    /// Returns the links that the new path may concern, as source and index.
    fn links(&self) -> Vec<(FileId, u32)> {
        let own = self.vault.outline(self.renamed).links.len();
        let own = (0..crate::text::to_u32(own)).map(|number| (self.renamed, number));
        let mut links: Vec<(FileId, u32)> = self.vault.backlinks(self.renamed).iter().copied().chain(own).collect();
        if self.shares_a_name() {
            for (source, _) in self.vault.files() {
                let outline = self.vault.outline(source);
                let named = |link: &Link| self.is_named(outline, link);
                let numbers = outline.links.iter().enumerate().filter(|(_, link)| named(link));
                links.extend(numbers.map(|(number, _)| (source, crate::text::to_u32(number))));
            }
        }
        links.sort_unstable();
        links.dedup();
        links
    }

    /// Another file has the old or the new name: links to it may be taken for links to this one, or the reverse.
    fn shares_a_name(&self) -> bool {
        let names = [self.old().file_name(), self.to.file_name()];
        names.iter().any(|name| self.vault.index.named(&self.vault.files, name).iter().any(|id| *id != self.renamed))
    }

    fn is_named(&self, outline: &Outline, link: &Link) -> bool {
        let target = outline.str(link.target);
        let name = last_component(target).trim();
        [self.old(), self.to]
            .iter()
            .any(|path| fold_eq(name.chars(), path.file_name().chars()) || fold_eq(name.chars(), path.stem().chars()))
    }

    fn old(&self) -> &VaultPath {
        self.vault.path(self.renamed)
    }

    fn resolve(&self, source: FileId, target: &str, exact: bool) -> Target {
        resolve::resolve(&self.index, &self.files, source, target, exact)
    }

    /// Returns the edit that a link needs, if any.
    fn edit(&self, source: FileId, link: &Link) -> Result<Option<Edit>, Unwritable> {
        let target = self.vault.outline(source).str(link.target);
        if target.is_empty() {
            return Ok(None);
        }
        let is_canvas = link.kind == LinkKind::Canvas;
        let Some(wanted) = self.vault.resolve(source, link).file() else { return Ok(None) };
        let shows_old_name = wanted == self.renamed && self.old().file_name() != self.to.file_name();
        if !shows_old_name && self.resolve(source, target, is_canvas) == Target::File(wanted) {
            return Ok(None);
        }
        if wanted != self.renamed && self.vault.resolve(source, link) != Target::File(wanted) {
            // It was ambiguous before; it is not for a rename to decide it.
            return Ok(None);
        }
        let refused = Unwritable { file: source, link: link.span };
        let text = self.vault.text(source).ok_or_else(|| refused.clone())?;
        let new = self.target(source, link, wanted).ok_or_else(|| refused.clone())?;
        written::edit(&text, self.vault.outline(source), source, link, &new).map(Some).ok_or(refused)
    }

    /// Returns the target to write, in the vault's format for new links if that leads to the file, else the shortest that
    /// does.
    fn target(&self, source: FileId, link: &Link, wanted: FileId) -> Option<String> {
        let path = self.files[wanted.index()].path.as_str();
        if link.kind == LinkKind::Canvas {
            return Some(path.to_owned());
        }
        let has_extension = link.kind == LinkKind::Markdown || !self.files[wanted.index()].path.is_note();
        let whole = if has_extension { path } else { &path[..path.len() - ".md".len()] };
        let folder = self.files[source.index()].path.folder();
        let leads = |target: &String| self.resolve(source, target, false) == Target::File(wanted);
        let written = self.vault.outline(source).str(link.target);
        // Who writes a link relative to the note, for other programs, wants it so.
        let is_relative = written.starts_with("./") || written.starts_with("../");
        let format = if is_relative { LinkFormat::Relative } else { self.vault.settings().obsidian.link_format };
        let wanted_first = match format {
            LinkFormat::Shortest => Vec::new(),
            LinkFormat::Absolute => vec![whole.to_owned()],
            LinkFormat::Relative => vec![relative(folder, whole), format!("./{}", relative(folder, whole))],
        };
        let endings = whole.rmatch_indices('/').map(|(at, _)| whole[at + 1..].to_owned());
        let last = [whole.to_owned(), format!("/{whole}"), path.to_owned(), format!("/{path}")];
        wanted_first.into_iter().chain(endings).chain(last).find(leads)
    }
}

/// Returns the way from a folder to a path.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let shared = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = vec![".."; from.len() - shared];
    up.into_iter().chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::relative;
    use crate::config::Config;
    use crate::lint::{Linted, in_memory};
    use crate::text::VaultPath;
    use crate::vault::settings::LinkFormat;
    use std::sync::Arc;

    fn vault(files: &[(&str, &str)], format: LinkFormat) -> Linted {
        let mut config = Config::default();
        config.rules.clear();
        Arc::make_mut(&mut config.settings).obsidian.link_format = format;
        let texts: Vec<_> = files.iter().map(|(path, text)| (VaultPath::new(path), Arc::from(*text))).collect();
        in_memory(&texts, &config)
    }

    #[track_caller]
    fn check_format(format: LinkFormat, files: &[(&str, &str)], old: &str, new: &str, expected: &[(&str, &str)]) {
        let linted = vault(files, format);
        let file = linted.vault.by_path(old).expect("the file is there");
        let edits = linted.vault.rename_edits(file, &VaultPath::new(new)).expect("every link can be kept");
        for (path, text) in expected {
            let id = linted.vault.by_path(path).expect("the file is there");
            let own: Vec<_> = edits.iter().filter(|edit| edit.file == id).cloned().collect();
            let before = linted.vault.text(id).expect("a text");
            let mut after = before.to_string();
            for edit in own.iter().rev() {
                after.replace_range(edit.span.range(), &edit.replacement);
            }
            assert_eq!(after, *text, "in {path}");
        }
        let named: Vec<_> = expected.iter().map(|(path, _)| linted.vault.by_path(path)).collect();
        assert!(edits.iter().all(|edit| named.contains(&Some(edit.file))), "{edits:?}");
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], old: &str, new: &str, expected: &[(&str, &str)]) {
        check_format(LinkFormat::Shortest, files, old, new, expected);
    }

    #[test]
    fn links_of_every_kind_follow() {
        let text = "[[Old]] [[ old#Head|shown]] [x](Old.md#h) [y](<Old.md>) `[[Old]]` [[Older]]";
        let after = "[[New one]] [[ New one#Head|shown]] [x](New%20one.md#h) [y](<New one.md>) `[[Old]]` [[Older]]";
        check(&[("Old.md", ""), ("a.md", text)], "Old.md", "New one.md", &[("a.md", after)]);
        let table = "| a |\n| --- |\n| [[Old\\|x]] |\n";
        check(&[("Old.md", ""), ("a.md", table)], "Old.md", "New.md", &[("a.md", &table.replace("Old", "New"))]);
    }

    #[test]
    fn properties_keep_their_quotes() {
        let text = "---\na: \"[[Old]]\"\nb: ['[[Old|x]]']\n---\n";
        let after = "---\na: \"[[It's \\\"new\\\"]]\"\nb: ['[[It''s \"new\"|x]]']\n---\n";
        check(&[("Old.md", ""), ("a.md", text)], "Old.md", "It's \"new\".md", &[("a.md", after)]);
    }

    #[test]
    fn a_canvas_names_whole_paths() {
        let text =
            r##"{"nodes":[{"type":"file","file":"a/Old.md","subpath":"#h"},{"type":"text","text":"\"[[Old]]\""}]}"##;
        let after = text.replace("a/Old.md", "b/New.md").replace("[[Old]]", "[[New]]");
        check(&[("a/Old.md", ""), ("c.canvas", text)], "a/Old.md", "b/New.md", &[("c.canvas", &after)]);
    }

    #[test]
    fn the_shortest_link_that_leads_there_is_written() {
        let files = [("a/Old.md", "[[a/Old]]"), ("b/New.md", ""), ("c.md", "[[Old]] [[New]]")];
        check(&files, "a/Old.md", "a/New.md", &[("a/Old.md", "[[New]]"), ("c.md", "[[a/New]] [[b/New]]")]);
        check(&files, "a/Old.md", "a/d/Old.md", &[("a/Old.md", "[[Old]]")]);
    }

    #[test]
    fn the_format_for_new_links_is_kept() {
        let files = [("a/Old.md", ""), ("b/c.md", "[[Old]] [x](../a/Old.md)")];
        let relative = [("b/c.md", "[[../a/New]] [x](../a/New.md)")];
        check_format(LinkFormat::Relative, &files, "a/Old.md", "a/New.md", &relative);
        // A link that was written relative stays so, whatever the format for new ones.
        check_format(LinkFormat::Absolute, &files, "a/Old.md", "a/New.md", &[("b/c.md", "[[a/New]] [x](../a/New.md)")]);
    }

    #[test]
    fn a_moved_note_keeps_its_own_links() {
        let files = [("a/n.md", "[x](../b/c.md) [[c]] [[../b/c|x]]"), ("b/c.md", "")];
        check(&files, "a/n.md", "a/d/n.md", &[("a/n.md", "[x](../../b/c.md) [[c]] [[../../b/c|x]]")]);
    }

    #[test]
    fn attachments_keep_their_extension() {
        check(&[("x.png", ""), ("a.md", "![[x.png|100]]")], "x.png", "y.png", &[("a.md", "![[y.png|100]]")]);
    }

    #[test]
    fn ways_between_folders() {
        assert_eq!(relative("a/b", "a/c/d"), "../c/d");
        assert_eq!(relative("", "c/d"), "c/d");
        assert_eq!(relative("a", "a/d"), "d");
    }
}
