//! Writes findings for people and for programs: one file per format, all reading the same [`Report`]. It asks neither the
//! clock nor the terminal: what it must know of them stands in [`Style`].

use std::fmt;
use std::io::{self, Write};
use std::str::FromStr;

use crate::config::ConfigProblem;
use crate::diagnostic::{Diagnostic, Severity};
use crate::rule::RuleMeta;
use crate::text::FileId;
use crate::vault::Vault;

mod visible;
mod url;
mod source;
mod paint;
mod cut;
pub mod fingerprint;
pub mod baseline;
mod summary;
mod concise;
mod pretty;
mod remedy;
mod overview;
mod statistics;
mod json;
mod sarif;
mod github;
mod gitlab;
mod junit;
mod markdown;
mod digest;
mod agent;

pub use concise::concise;
pub use digest::digest;
pub use markdown::TITLE;
use source::Sources;
pub use summary::Summary;
pub(crate) use summary::count;
pub(crate) use visible::wrap;
pub use visible::{as_typed, visible, visible_lines};

/// Everything that an output may tell.
pub struct Report<'a> {
    pub vault: &'a Vault,
    /// The vault's folder as the user sees it.
    pub root: &'a str,
    /// The folder to put before a vault path so that it can be opened from where the user or the CI job stands; empty
    /// when that is the vault itself. JSON, the Markdown report and fingerprints always use vault paths.
    pub prefix: &'a str,
    /// The folder of the vault that the user stands in, as a vault path; empty at its top and outside.
    pub here: &'a str,
    /// What was asked for, as it is typed: the paths.
    pub asked: &'a str,
    /// In the order of [`crate::lint::lint`]: by path, span, rule.
    pub diagnostics: &'a [Diagnostic],
    /// The rules there are; for SARIF's rule list and the first sentence of a rule's page.
    pub metas: &'a [RuleMeta],
    pub summary: Summary,
    pub style: Style,
}

/// How the output is to look; filled by the command line.
#[derive(Clone, Debug)]
pub struct Style {
    pub color: bool,
    /// Columns of the terminal; 100 where there is none.
    pub width: usize,
    /// The vault's absolute folder, if the terminal shows links: locations and rule names become links.
    pub hyperlinks: Option<String>,
    /// The name by which the Obsidian app knows the vault, if links that open the app are wanted.
    pub obsidian: Option<String>,
    /// Lists infos in the formats for people; the formats for programs always have them.
    pub show_info: bool,
    /// How many findings `pretty`, `concise`, `github` and `agent` list at most; `None` leaves it to the format.
    pub max_diagnostics: Option<usize>,
    /// Counts by rule in the place of single findings, in the formats for people.
    pub statistics: bool,
    /// Leaves out everything but the findings.
    pub quiet: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            color: false,
            width: 100,
            hyperlinks: None,
            obsidian: None,
            show_info: false,
            max_diagnostics: None,
            statistics: false,
            quiet: false,
        }
    }
}

/// The formats of `--output-format`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Pretty,
    Concise,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Markdown,
    Agent,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Format; 10] = [
        Format::Pretty,
        Format::Concise,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Markdown,
        Format::Agent,
    ];

    /// Returns the name used on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Pretty => "pretty",
            Format::Concise => "concise",
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Gitlab => "gitlab",
            Format::Junit => "junit",
            Format::Markdown => "markdown",
            Format::Agent => "agent",
        }
    }
}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Format, UnknownFormat> {
        Format::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| UnknownFormat(name.to_owned()))
    }
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownFormat(String);

impl fmt::Display for UnknownFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Format::ALL.map(Format::name).join(", ");
        write!(formatter, "no output format `{}`; there are {names}", visible::visible(&self.0))
    }
}

impl std::error::Error for UnknownFormat {}

/// Writes a report.
///
/// # Errors
/// Only what the sink returns.
pub fn write(format: Format, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let sources = Sources::new(report.vault);
    match format {
        Format::Pretty | Format::Concise => write_for_people(format, report, &sources, out),
        Format::Json => json::write(report, &sources, out),
        Format::Jsonl => json::write_lines(report, &sources, out),
        Format::Sarif => sarif::write(report, &sources, out),
        Format::Github => github::write(report, &sources, out),
        Format::Gitlab => gitlab::write(report, &sources, out),
        Format::Junit => junit::write(report, &sources, out),
        Format::Markdown => markdown::write(report, &sources, out),
        Format::Agent => agent::write(report, &sources, out),
    }
}

/// Writes one finding for people, with the lines of its places.
///
/// # Errors
/// Only what the sink returns.
pub fn finding(vault: &Vault, diagnostic: &Diagnostic, style: &Style, out: &mut dyn Write) -> io::Result<()> {
    let (summary, style) = (Summary::default(), style.clone());
    let report =
        Report { vault, root: "", prefix: "", here: "", asked: "", diagnostics: &[], metas: &[], summary, style };
    let text = pretty::diagnostic(&report, &Sources::new(vault), diagnostic);
    write!(out, "{}", visible::without_commands(text))
}

/// Writes mistakes in config files, and of the command line, like findings on those files.
///
/// # Errors
/// Only what the sink returns.
pub fn config_problems(problems: &[ConfigProblem], style: &Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, problem) in problems.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", visible::without_commands(pretty::config_problem(problem, style)))?;
    }
    Ok(())
}

fn write_for_people(format: Format, report: &Report, sources: &Sources, out: &mut dyn Write) -> io::Result<()> {
    if report.style.statistics {
        statistics::write(report, out)?;
    } else if format == Format::Pretty && overview::is_wanted(report) {
        return overview::write(report, sources, out);
    } else {
        let listed: Vec<&Diagnostic> = report.listed().collect();
        let most = report.style.max_diagnostics.unwrap_or(usize::MAX);
        for diagnostic in listed.iter().take(most) {
            let text = match format {
                Format::Pretty => pretty::diagnostic(report, sources, diagnostic) + "\n",
                _ => concise::line(report, sources, diagnostic),
            };
            out.write_all(visible::without_commands(text).as_bytes())?;
        }
        if listed.len() > most {
            writeln!(out, "… and {} more (--max-diagnostics)", summary::number(listed.len() - most))?;
        }
    }
    if report.style.quiet {
        return Ok(());
    }
    summary::write(report, out)
}

/// Returns how a vault path is reached from a folder of the vault.
fn path_from(folder: &str, path: &str) -> String {
    let parts = |path: &'_ str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (from, to) = (parts(folder), parts(path));
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(one, another)| one == another).count();
    [vec!["..".to_owned(); from.len() - common], to[common..].to_vec()].concat().join("/")
}

impl Report<'_> {
    /// Returns the findings that the formats for people list.
    fn listed(&self) -> impl Iterator<Item = &Diagnostic> {
        let lightest = if self.style.show_info { Severity::Info } else { Severity::Warning };
        self.diagnostics.iter().filter(move |diagnostic| diagnostic.severity >= lightest)
    }

    /// Returns the findings, errors first, else in their order.
    fn worst_first(&self) -> Vec<&Diagnostic> {
        let mut sorted: Vec<&Diagnostic> = self.diagnostics.iter().collect();
        sorted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.severity));
        sorted
    }

    /// Returns the path of a file from where the user stands, as it is.
    fn raw_path(&self, file: FileId) -> String {
        let path = self.vault.path(file).as_str();
        if !self.here.is_empty() {
            return path_from(self.here, path);
        }
        match self.prefix.trim_end_matches('/') {
            "" | "." if !self.prefix.starts_with('/') => path.to_owned(),
            prefix => format!("{prefix}/{path}"),
        }
    }

    /// Returns the path of a file from where the user stands, safe to show.
    fn shown_path(&self, file: FileId) -> String {
        visible::visible(&self.raw_path(file)).into_owned()
    }

    fn meta(&self, rule: &str) -> Option<&RuleMeta> {
        self.metas.iter().find(|meta| meta.name == rule)
    }
}
