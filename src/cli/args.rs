//! The options of `check`, as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::diagnostic::Severity;
use crate::report::Format;

/// Options of `check`.
#[derive(Args, Clone, Debug)]
pub struct CheckArgs {
    /// Vault, folder, notes or canvases [default: the folder one stands in]
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Apply the safe fixes
    #[arg(long, help_heading = "Fixes")]
    pub fix: bool,
    /// Apply the unsafe fixes too (implies --fix)
    #[arg(long, help_heading = "Fixes")]
    pub unsafe_fixes: bool,
    /// Print the fixes as a unified diff and write nothing
    #[arg(long, help_heading = "Fixes")]
    pub diff: bool,
    /// Ask for each fix
    #[arg(long, help_heading = "Fixes", conflicts_with_all = ["diff", "stdin_filename"])]
    pub interactive: bool,
    /// Check the git index: staged notes, and what the staged changes break elsewhere
    #[arg(long, help_heading = "What is new", conflicts_with = "stdin_filename")]
    pub staged: bool,
    /// Report only what revision REV did not have
    #[arg(long, value_name = "REV", help_heading = "What is new", conflicts_with = "stdin_filename")]
    pub since: Option<String>,
    /// Report only what the baseline does not hold [default: vaultlint-baseline.json in the vault's folder, if it is there]
    #[arg(long, value_name = "FILE", help_heading = "What is new")]
    pub baseline: Option<PathBuf>,
    /// Accept what is found now: write the baseline
    #[arg(long, help_heading = "What is new", conflicts_with_all = ["fix", "unsafe_fixes", "diff", "interactive", "since", "stdin_filename"])]
    pub write_baseline: bool,
    /// Use no baseline
    #[arg(long, help_heading = "What is new", conflicts_with_all = ["baseline", "write_baseline"])]
    pub no_baseline: bool,
    /// Check standard input (PATH is `-`) as if it were this note; with --fix the fixed text goes to standard output
    #[arg(long, value_name = "PATH", help_heading = "Vault")]
    pub stdin_filename: Option<PathBuf>,
    /// Rules or categories to check, separated by commas
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub select: Vec<String>,
    /// Rules or categories to leave out, separated by commas
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "Rules")]
    pub ignore: Vec<String>,
    /// Give a rule or category another level: error, warning, info or off
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', help_heading = "Rules")]
    pub severity: Vec<String>,
    /// The lightest level that makes the exit status 1 [default: warning]
    #[arg(long, value_name = "LEVEL", value_parser = level, help_heading = "Rules")]
    pub fail_on: Option<Severity>,
    /// How to write the findings [default: pretty on a terminal, concise elsewhere]
    #[arg(long, value_name = "FORMAT", value_parser = format, help_heading = "Output")]
    pub output_format: Option<Format>,
    /// Write the findings to a file instead of standard output
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Append an overview in Markdown to FILE, for the page of a CI run: $GITHUB_STEP_SUMMARY
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub summary: Option<PathBuf>,
    /// List hints (findings of level info) too
    #[arg(long, help_heading = "Output")]
    pub show_info: bool,
    /// Count findings by rule instead of listing them
    #[arg(long, help_heading = "Output")]
    pub statistics: bool,
    /// List at most N findings
    #[arg(long, value_name = "N", help_heading = "Output")]
    pub max_diagnostics: Option<usize>,
    /// End with status 0 even if something is found
    #[arg(long, help_heading = "Output")]
    pub exit_zero: bool,
    /// Add a link to each finding that opens its note in the Obsidian app (formats pretty and markdown)
    #[arg(long, help_heading = "Output")]
    pub obsidian_links: bool,
    /// List the notes that would be checked, and stop
    #[arg(long, help_heading = "Output")]
    pub files: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", help_heading = "Output")]
    pub color: ColorChoice,
    /// Print findings only, no summary
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
    /// Say more about what is done
    #[arg(short, long, help_heading = "Output")]
    pub verbose: bool,
    #[command(flatten)]
    pub vault: VaultArgs,
    /// Take DATE (YYYY-MM-DD) for today
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub today: Option<jiff::civil::Date>,
    /// Changes nothing: vaultlint keeps no cache, each run reads every note
    #[arg(long)]
    pub no_cache: bool,
    /// Use N threads [default: one per core]
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// Which vault and which config, for every command that reads one.
#[derive(Args, Clone, Debug, Default)]
pub struct VaultArgs {
    /// The vault's folder [default: the nearest folder with .obsidian or vaultlint.yaml]
    #[arg(long, value_name = "DIR", help_heading = "Vault")]
    pub vault: Option<PathBuf>,
    /// The config file [default: vaultlint.yaml in the vault's folder]
    #[arg(long, value_name = "FILE", conflicts_with = "no_config", help_heading = "Vault")]
    pub config: Option<PathBuf>,
    /// Use no config file
    #[arg(long, help_heading = "Vault")]
    pub no_config: bool,
    /// Also check what .gitignore and Obsidian's excluded files name
    #[arg(long, help_heading = "Vault")]
    pub no_ignore: bool,
}

impl VaultArgs {
    /// Returns the paths that were typed; if none was, the folder one stands in, or the whole vault that is named.
    pub fn or_here(&self, typed: &[PathBuf]) -> Vec<PathBuf> {
        match typed {
            [] if self.vault.is_none() => vec![PathBuf::from(".")],
            _ => typed.to_vec(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

fn level(text: &str) -> Result<Severity, String> {
    Severity::from_name(text).ok_or_else(|| "expected error, warning or info".to_owned())
}

fn format(text: &str) -> Result<Format, String> {
    text.parse().map_err(|error: crate::report::UnknownFormat| error.to_string())
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "expected a day such as 2026-01-31".to_owned())
}
