//! `vaultlint man`: the manual page, of all commands in one.

use std::io::Write as _;

use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::{Cli, Failure, Status};

/// What the process ends with, and when.
const EXIT_STATUS: [(&str, &str); 3] = [
    ("0", "Nothing at or above the level of --fail-on (by default: warning) was found. Hints alone do not fail."),
    ("1", "Something was found; with --diff: there is something to fix."),
    (
        "2",
        "vaultlint was used wrongly, its config or baseline cannot be used, git does not know a revision, or a file \
         could not be read or written. Findings may be missing: do not take it for a clean vault.",
    ),
];

/// Command lines to begin with, and what each is for.
const EXAMPLES: [(&str, &str); 8] = [
    ("vaultlint", "Check the vault one stands in."),
    ("vaultlint --fix --diff", "See what the safe fixes would change, and write nothing."),
    ("vaultlint --write-baseline", "Accept what is there; from now on only what is new is reported."),
    ("vaultlint --staged", "In a git hook: the staged notes, and links elsewhere that the staged change breaks."),
    ("vaultlint --since origin/main", "Only what a branch brings in."),
    ("vaultlint --fail-on error", "Status 1 for errors only; warnings are listed and pass."),
    ("vaultlint --output-format markdown --output \"vaultlint report.md\"", "A note with tasks to tick."),
    ("vaultlint --output-format sarif --output vaultlint.sarif", "For code scanning."),
];

const FILES: [(&str, &str); 2] = [
    ("vaultlint.yaml", "The config, in the vault's folder."),
    ("vaultlint-baseline.json", "What is accepted, in the vault's folder; --write-baseline writes it."),
];

const ENVIRONMENT: [(&str, &str); 5] = [
    ("NO_COLOR", "If set, no colours."),
    ("CLICOLOR_FORCE", "If set and not 0, colours even where there is no terminal."),
    ("FORCE_HYPERLINK", "0 for no links in the terminal, anything else for links whatever the terminal is."),
    ("CI", "If set, no progress is shown."),
    (
        "PRE_COMMIT_FROM_REF, PRE_COMMIT_TO_REF",
        "With --staged: the revisions to compare instead of HEAD and the index.",
    ),
];

pub fn run() -> Result<Status, Failure> {
    let mut page = Vec::new();
    write(&mut page)?;
    std::io::stdout().write_all(&page)?;
    Ok(Status::Clean)
}

fn write(page: &mut Vec<u8>) -> std::io::Result<()> {
    let mut command = Cli::command();
    command.build();
    let man = Man::new(command.clone()).manual("vaultlint manual");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    man.render_description_section(page)?;
    man.render_options_section(page)?;
    for own in command.get_subcommands().filter(|own| own.get_name() != "check") {
        write_command(own, page)?;
    }
    for (title, list) in
        [("EXIT STATUS", &EXIT_STATUS[..]), ("EXAMPLES", &EXAMPLES), ("FILES", &FILES), ("ENVIRONMENT", &ENVIRONMENT)]
    {
        definitions(title, list).to_writer(page)?;
    }
    Ok(())
}

/// One command as a section, its options by their headings below it.
fn write_command(command: &Command, page: &mut Vec<u8>) -> std::io::Result<()> {
    let mut section = Roff::default();
    section.control("SH", [format!("COMMAND {}", command.get_name()).as_str()]);
    section.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default() + ".")]);
    section.to_writer(page)?;
    let mut options = Vec::new();
    Man::new(command.clone()).render_options_section(&mut options)?;
    // The options of a command stand below it, not beside it.
    let options = String::from_utf8_lossy(&options).replace("\n.SH ", "\n.SS ");
    page.extend_from_slice(
        options.strip_prefix(".SH ").map_or(options.clone(), |rest| format!(".SS {rest}")).as_bytes(),
    );
    Ok(())
}

fn definitions(title: &str, list: &[(&str, &str)]) -> Roff {
    let mut section = Roff::default();
    section.control("SH", [title]);
    for (term, meaning) in list {
        section.control("TP", []);
        section.text([bold(*term)]);
        section.text([roman(*meaning)]);
    }
    section
}
