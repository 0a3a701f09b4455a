//! `vaultlint inspect`: what vaultlint sees in notes, and where each link leads.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::args::VaultArgs;
use super::selected::Selected;
use super::session::{Checked, Session, vault_path};
use super::{Failure, Status, output};
use crate::config::Selection;
use crate::fix::Changes;
use crate::report::visible_lines;

mod link;
mod note;

/// Options of `inspect`.
#[derive(Args)]
pub struct InspectArgs {
    /// Vault, folder, notes or canvases [default: the folder one stands in]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Say where a link to TARGET would lead, and which notes are near
    #[arg(long, value_name = "TARGET")]
    link: Option<String>,
    /// The note that the link would stand in
    #[arg(long, value_name = "NOTE", requires = "link")]
    from: Option<PathBuf>,
    /// How to write what is seen
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    output_format: InspectFormat,
    #[command(flatten)]
    vault: VaultArgs,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InspectFormat {
    Text,
    Json,
}

/// Lines for people: what notes say can neither paint the terminal nor speak to CI.
struct Visible<'a>(&'a mut dyn Write);

impl Visible<'_> {
    /// `write!` hands a line over in pieces, so each line is put together first.
    fn line(&mut self, line: std::fmt::Arguments<'_>) -> std::io::Result<()> {
        self.0.write_all(visible_lines(&format!("{line}\n")).as_bytes())
    }
}

pub fn run(args: &InspectArgs) -> Result<Status, Failure> {
    let here = PathBuf::from(".");
    let first = args.paths.first().or(args.from.as_ref()).unwrap_or(&here);
    let mut session = Session::open(
        &args.vault,
        first,
        &Selection { select: vec!["unreadable-note".to_owned()], ..Selection::default() },
    )?;
    let selected = Selected::new(&mut session, &args.vault.or_here(&args.paths))?;
    let Checked { linted, unreadable, .. } = session.check(&Changes::default());
    let vault = linted.vault;
    let failed = session.tell_unread(&unreadable);
    if let Some(target) = &args.link {
        let from = args.from.as_ref().map(|path| {
            let path = vault_path(&session.root, path);
            path.and_then(|path| vault.by_path(path.as_str()))
                .ok_or_else(|| Failure::Message("the note of --from is not in the vault".to_owned()))
        });
        return link::run(&vault, target, from.transpose()?, args.output_format == InspectFormat::Json);
    }
    let root = session.root.folder.display().to_string();
    output::to(output::Sink::StandardOutput, |out| match args.output_format {
        InspectFormat::Json => note::write_json(&vault, &root, &selected, out),
        InspectFormat::Text => note::write_text(&vault, &selected, &mut Visible(out)),
    })?;
    Ok(if failed { Status::Failed } else { Status::Clean })
}
