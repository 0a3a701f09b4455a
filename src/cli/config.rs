//! `vaultlint config`: every setting and where it comes from; checks the examples of the user's patterns.

use std::path::PathBuf;

use clap::Args;

use super::args::VaultArgs;
use super::session::Session;
use super::{Failure, Status, output};
use crate::config::{Config, Selection};
use crate::vault::settings::ObsidianSettings;

/// Options of `config`.
#[derive(Args, Clone, Debug)]
pub struct ConfigArgs {
    /// A path in the vault [default: the folder one stands in]
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true)]
    path: PathBuf,
    #[command(flatten)]
    vault: VaultArgs,
}

pub fn run(args: &ConfigArgs) -> Result<Status, Failure> {
    let session = Session::open(&args.vault, &args.path, &Selection::default())?;
    let problems = session.config.check_examples();
    if !problems.is_empty() {
        return Err(Failure::Config(problems));
    }
    let text = text(&session);
    output::to(output::Sink::StandardOutput, |out| out.write_all(text.as_bytes()))?;
    Ok(Status::Clean)
}

fn text(session: &Session) -> String {
    let config = match &session.config_path {
        Some(path) => path.display().to_string(),
        None => "none; `vaultlint init` writes one".to_owned(),
    };
    let mut text = format!("# vault:  {}\n# config: {config}\n", session.root.folder.display());
    match session.config.examples.len() {
        0 => {}
        1 => text.push_str("# the example of the patterns holds\n"),
        many => text.push_str(&format!("# all {many} examples of the patterns hold\n")),
    }
    text.push('\n');
    text.push_str(&own(&session.config));
    text.push_str(&obsidian(&session.config.settings.obsidian));
    text
}

/// The settings of the config in the form of a config, each with its origin as a comment.
fn own(config: &Config) -> String {
    let mut lines: Vec<(String, &str)> = Vec::new();
    let mut blocks: Vec<&str> = Vec::new();
    for (key, value, origin) in &config.origins {
        let parts: Vec<&str> = key.split('.').collect();
        for depth in 1..parts.len() {
            // A rule with options stands with its level on one line; its options follow.
            let is_open = blocks.get(depth - 1) == Some(&parts[depth - 1]);
            if !is_open {
                blocks.truncate(depth - 1);
                blocks.push(parts[depth - 1]);
                if depth == 1 {
                    lines.push((format!("{}:", parts[0]), ""));
                }
            }
        }
        blocks.truncate(parts.len() - 1);
        let indent = "  ".repeat(parts.len() - 1);
        let name = parts.last().copied().unwrap_or_default();
        let is_item = matches!(name, "patterns" | "overrides");
        lines.push((format!("{indent}{name}{} {value}", if is_item { " +" } else { ":" }), origin));
        blocks.push(name);
    }
    aligned(&lines)
}

fn obsidian(settings: &ObsidianSettings) -> String {
    let list = |items: &[String]| format!("[{}]", items.join(", "));
    let types = settings.types.iter().map(|(name, of_type)| format!("{name}: {}", of_type.name()));
    let types = types.collect::<Vec<_>>().join(", ");
    let lines = [
        ("obsidian:".to_owned(), ""),
        (format!("  excluded: {}", list(&settings.excluded)), ".obsidian/app.json"),
        (format!("  attachment folder: {}", settings.attachment_folder), ".obsidian/app.json"),
        (format!("  template folders: {}", list(&settings.template_folders)), ".obsidian/templates.json and plugins"),
        (format!("  template files: {}", list(&settings.template_files)), ".obsidian/daily-notes.json"),
        (format!("  daily notes folder: {}", settings.daily_folder), ".obsidian/daily-notes.json"),
        (
            format!("  daily notes format: {}", settings.daily_format.as_deref().unwrap_or("YYYY-MM-DD")),
            ".obsidian/daily-notes.json",
        ),
        (format!("  types: {{{types}}}"), ".obsidian/types.json"),
    ];
    aligned(&lines)
}

/// Comments begin in one column, unless a line is long.
fn aligned(lines: &[(String, &str)]) -> String {
    const COLUMN: usize = 48;
    let mut text = String::new();
    for (line, origin) in lines {
        let line = line.trim_end();
        match origin.is_empty() {
            true => text.push_str(&format!("{line}\n")),
            false => text.push_str(&format!("{line:COLUMN$} # {origin}\n")),
        }
    }
    text
}
