//! The command line: arguments, exit status, and one file per command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod args;
mod check;
mod completions;
mod config;
mod explain;
mod init;
mod inspect;
mod man;
mod output;
mod overlay;
mod progress;
mod rename;
mod rules;
mod selected;
mod session;
mod undo;
mod write;

use args::CheckArgs;

/// Checks Obsidian vaults: links, names, facts, frontmatter and dates.
#[derive(Parser)]
#[command(name = "vaultlint", version, about, args_conflicts_with_subcommands = true, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 nothing found, 1 findings, 2 wrong use, wrong config or a file that could not be read.\n\
    A path that is named like a command is written `./rules`, or after `check`."
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    check: CheckArgs,
}

#[derive(Subcommand)]
enum Command {
    /// Check a vault, a folder or single notes (the same as no command)
    Check(Box<CheckArgs>),
    /// Show a rule's page
    Explain(explain::ExplainArgs),
    /// List all rules
    Rules(rules::RulesArgs),
    /// Look at the vault and write a config that fits it
    Init(init::InitArgs),
    /// Show every setting and where it comes from
    Config(config::ConfigArgs),
    /// Show what vaultlint sees in notes: properties, headings, tags, links and where each leads
    Inspect(inspect::InspectArgs),
    /// Rename a note and every link to it
    Rename(rename::RenameArgs),
    /// Take back what the last fix or rename of this vault changed
    Undo(undo::UndoArgs),
    /// Write the completions of a shell to standard output
    Completions(completions::CompletionsArgs),
    /// Write the manual page to standard output: `vaultlint man | man -l -`
    Man,
}

/// What a command ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing at or above the level that fails.
    Clean,
    Findings,
    /// Wrong use, wrong config, or a file that the system refused.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Failed => 2,
        })
    }
}

/// Runs the command line of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        None => check::run(&cli.check),
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Rules(args)) => rules::run(&args),
        Some(Command::Init(args)) => init::run(&args),
        Some(Command::Config(args)) => config::run(&args),
        Some(Command::Inspect(args)) => inspect::run(&args),
        Some(Command::Rename(args)) => rename::run(&args),
        Some(Command::Undo(args)) => undo::run(&args),
        Some(Command::Completions(args)) => completions::run(&args),
        Some(Command::Man) => man::run(),
    };
    let status = outcome.unwrap_or_else(|failure| {
        failure.print();
        Status::Failed
    });
    status.into()
}

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// A sentence and, after a line ending, what to do.
    Message(String),
    /// Mistakes in the config or in names on the command line.
    Config(Vec<crate::config::ConfigProblem>),
    /// Standard output was closed by its reader: nothing to say.
    ClosedOutput,
}

impl Failure {
    fn print(&self) {
        match self {
            Failure::Message(message) => eprintln!("vaultlint: {}", crate::report::visible_lines(message)),
            Failure::Config(problems) => output::print_config_problems(problems),
            Failure::ClosedOutput => {}
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::ClosedOutput,
            _ => Failure::Message(format!("cannot write the result: {error}")),
        }
    }
}
