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
    let found = vault.resolve_text(source, target, false);
    let subpath_ok = found.file().and_then(|file| match vault.subpath_of(file, subpath) {
        Subpath::NotJudged => None,
        judged => Some(judged == Subpath::Found),
    });
    let near = if found == Target::Missing { vault.nearest(source, target) } else { Vec::new() };
    output::to(None, |out| {
        if json {
            write_json(vault, target, &found, subpath_ok, &near, out)
        } else {
            write_text(vault, target, &found, subpath_ok, &near, out)
        }
    })?;
    Ok(if found == Target::Missing || subpath_ok == Some(false) { Status::Findings } else { Status::Clean })
}

fn write_text(
    vault: &Vault,
    target: &str,
    found: &Target,
    subpath_ok: Option<bool>,
    near: &[Near],
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    match found {
        Target::File(file) => writeln!(out, "[[{target}]] leads to {}", vault.path(*file))?,
        Target::Ambiguous(files) => {
            writeln!(out, "[[{target}]] may lead to any of these; Obsidian's choice is not stable:")?;
            for file in files {
                writeln!(out, "  {}", vault.path(*file))?;
            }
        }
        Target::Missing => writeln!(out, "[[{target}]] leads nowhere")?,
    }
    if subpath_ok == Some(false) {
        writeln!(out, "  but the heading or block is not there")?;
    }
    for near in near {
        writeln!(out, "  near: {} ({})", vault.path(near.file), reason(near.closeness))?;
    }
    Ok(())
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

fn write_json(
    vault: &Vault,
    target: &str,
    found: &Target,
    subpath_ok: Option<bool>,
    near: &[Near],
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let candidates: Vec<_> = match found {
        Target::Ambiguous(files) => files.iter().map(|file| vault.path(*file).as_str()).collect(),
        _ => Vec::new(),
    };
    let near: Vec<_> = near
        .iter()
        .map(|near| serde_json::json!({ "path": vault.path(near.file).as_str(), "reason": reason(near.closeness) }))
        .collect();
    let answer = serde_json::json!({
        "version": 1, "target": target, "resolved": found.file().map(|file| vault.path(file).as_str()),
        "subpath_ok": subpath_ok, "ambiguous": candidates, "near": near,
    });
    writeln!(out, "{answer:#}")
}
