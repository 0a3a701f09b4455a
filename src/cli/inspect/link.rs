//! Where a link would lead before it is written.

use crate::cli::{Failure, Status, output};
use crate::text::FileId;
use crate::vault::{Closeness, Near, Subpath, Target, Vault};

/// Answers for one target; without a note it is asked as if it stood at the root of the vault.
pub fn run(vault: &Vault, typed: &str, from: Option<FileId>, json: bool) -> Result<Status, Failure> {
    let typed = typed.trim().trim_start_matches("![[").trim_start_matches("[[").trim_end_matches("]]");
    let written = typed.split('|').next().unwrap_or(typed);
    let (target, subpath) = written.split_at(written.find('#').unwrap_or(written.len()));
    let source = from.or_else(|| vault.files().find(|(_, file)| file.path.folder().is_empty()).map(|(id, _)| id));
    let Some(source) = source.or_else(|| vault.files().next().map(|(id, _)| id)) else {
        return Err(Failure::Message("the vault has no notes".to_owned()));
    };
    let answer = Answer::of(vault, source, target, subpath);
    output::to(output::Sink::StandardOutput, |out| {
        if json { answer.write_json(vault, out) } else { answer.write_text(vault, source, &mut super::Visible(out)) }
    })?;
    let is_broken = answer.found == Target::Missing || answer.subpath_ok == Some(false);
    Ok(if is_broken { Status::Findings } else { Status::Clean })
}

/// Where the link leads, and what is near where it leads nowhere.
struct Answer<'a> {
    target: &'a str,
    subpath: &'a str,
    found: Target,
    subpath_ok: Option<bool>,
    near: Vec<Near>,
    /// Subpaths with `#` that the note has.
    near_subpaths: Vec<String>,
}

impl<'a> Answer<'a> {
    fn of(vault: &Vault, source: FileId, target: &'a str, subpath: &'a str) -> Answer<'a> {
        let found = vault.resolve_text(source, target, false);
        let judged = found.file().map(|file| (file, vault.subpath_of(file, subpath)));
        let near_subpaths = match judged {
            Some((file, Subpath::MissingHeading)) => {
                vault.nearest_headings(file, subpath).iter().map(|heading| format!("#{heading}")).collect()
            }
            Some((file, Subpath::MissingBlock)) => {
                let id = subpath.trim_start_matches(['#', '^']);
                vault.nearest_block_ids(file, id).iter().map(|id| format!("#^{id}")).collect()
            }
            _ => Vec::new(),
        };
        let subpath_ok =
            judged.and_then(|(_, judged)| (judged != Subpath::NotJudged).then_some(judged == Subpath::Found));
        let near = if found == Target::Missing { vault.nearest(source, target) } else { Vec::new() };
        Answer { target, subpath, found, subpath_ok, near, near_subpaths }
    }

    fn write_text(&self, vault: &Vault, source: FileId, out: &mut super::Visible<'_>) -> std::io::Result<()> {
        let Answer { target, subpath, .. } = self;
        match &self.found {
            Target::File(file) => out.line(format_args!("[[{target}]] leads to {}", vault.path(*file)))?,
            Target::Ambiguous(files) => {
                out.line(format_args!("[[{target}]] may lead to any of these; Obsidian's choice is not stable:"))?;
                for file in files {
                    out.line(format_args!("  {}", vault.path(*file)))?;
                }
            }
            Target::Missing => out.line(format_args!("[[{target}]] leads nowhere"))?,
        }
        if self.subpath_ok == Some(false) {
            out.line(format_args!("  but it has no `{subpath}`"))?;
        }
        for near in &self.near_subpaths {
            out.line(format_args!("  near: [[{target}{near}]]"))?;
        }
        for near in &self.near {
            let text = vault.link_text(source, near.file);
            let display = if near.closeness == Closeness::Alias { format!("|{target}") } else { String::new() };
            let path = vault.path(near.file);
            out.line(format_args!("  near: [[{text}{subpath}{display}]], {path} ({})", reason(near.closeness)))?;
        }
        if self.found == Target::Missing && self.near.is_empty() {
            out.line(format_args!("  no note has a name near to it"))?;
            for file in sharing_a_word(vault, target) {
                out.line(format_args!("  shares a word: [[{}]], {}", vault.link_text(source, file), vault.path(file)))?;
            }
        }
        Ok(())
    }

    fn write_json(&self, vault: &Vault, out: &mut dyn std::io::Write) -> std::io::Result<()> {
        let candidates: Vec<_> = match &self.found {
            Target::Ambiguous(files) => files.iter().map(|file| vault.path(*file).as_str()).collect(),
            _ => Vec::new(),
        };
        let near = self.near.iter();
        let near: Vec<_> = near
            .map(|near| serde_json::json!({ "path": vault.path(near.file).as_str(), "reason": reason(near.closeness) }))
            .collect();
        let answer = serde_json::json!({
            "version": 1, "target": self.target, "resolved": self.found.file().map(|file| vault.path(file).as_str()),
            "subpath_ok": self.subpath_ok, "ambiguous": candidates, "near": near, "near_subpaths": self.near_subpaths,
        });
        writeln!(out, "{answer:#}")
    }
}

fn reason(closeness: Closeness) -> String {
    match closeness {
        Closeness::Typography => "differs by dash, apostrophe or white space".to_owned(),
        Closeness::Slash => "a title with a slash cannot be a file name".to_owned(),
        Closeness::OtherFolder => "same name in another folder".to_owned(),
        Closeness::Letters => "same letters, other signs between them".to_owned(),
        Closeness::Alias => "has it as an alias".to_owned(),
        Closeness::CutOff => "begins so".to_owned(),
        Closeness::Word => "one word more or less".to_owned(),
        Closeness::Edits(1) => "one letter differs".to_owned(),
        Closeness::Edits(edits) => format!("{edits} letters differ"),
    }
}

/// The notes that have most words of the target in their name, three at most: one target may cost a look at all names.
fn sharing_a_word(vault: &Vault, target: &str) -> Vec<FileId> {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|character: char| !character.is_alphanumeric());
        words.filter(|word| word.chars().count() > 2).map(str::to_lowercase).collect()
    };
    let wanted = words(target);
    let notes = vault.files().filter(|(_, file)| file.path.is_note());
    let shared = notes.map(|(id, file)| {
        let own = words(file.path.stem());
        (wanted.iter().filter(|word| own.contains(word)).count(), own.len(), id)
    });
    let mut found: Vec<_> = shared.filter(|(shared, ..)| *shared > 0).collect();
    found.sort_by_key(|(shared, words, id)| (std::cmp::Reverse(*shared), *words, *id));
    found.into_iter().take(3).map(|(_, _, id)| id).collect()
}
