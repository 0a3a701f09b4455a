//! Where output goes and how it looks: colours, width, and a closed pipe.

use std::borrow::Cow;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::LazyLock;

use super::Failure;
use super::args::ColorChoice;
use crate::config::ConfigProblem;
use crate::report::{self, Style};
use crate::text::VaultPath;

pub mod diff;
mod hyperlinks;

/// Columns where there is no terminal.
const WIDTH: usize = 100;

/// Returns how standard output is to look.
pub fn style(color: ColorChoice) -> Style {
    style_of(color, is_terminal())
}

/// Returns the vault's absolute folder if the terminal shows links to its files.
pub fn hyperlinks(root: &Path) -> Option<String> {
    let are_shown = hyperlinks::are_shown(is_terminal(), |name| std::env::var(name).ok());
    are_shown.then(|| std::path::absolute(root).ok().map(|folder| folder.display().to_string())).flatten()
}

/// Tells whether people read standard output.
pub fn is_terminal() -> bool {
    static IS_TERMINAL: LazyLock<bool> = LazyLock::new(|| std::io::stdout().is_terminal());
    *IS_TERMINAL
}

/// Returns a text for standard output: byte for byte for programs, everything unseen written out for people.
pub fn as_read(text: &str) -> Cow<'_, str> {
    if is_terminal() { report::visible_lines(text).into() } else { text.into() }
}

/// Returns a diff for standard output: byte for byte for programs; for people in colour, with everything unseen written out.
pub fn diff_as_read(diff: &str, color: ColorChoice) -> Cow<'_, str> {
    let shown = as_read(diff);
    if is_terminal() && style(color).color { diff::coloured(&shown).into() } else { shown }
}

fn style_of(color: ColorChoice, is_terminal: bool) -> Style {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let color = match color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => !set("NO_COLOR") && (forced || is_terminal && !is_dumb),
    };
    let width =
        if is_terminal { terminal_size::terminal_size().map_or(WIDTH, |(width, _)| width.0.into()) } else { WIDTH };
    Style { color, width: width.max(40), ..Style::default() }
}

/// Shows mistakes in the config, or of the command line, on standard error.
pub fn print_config_problems(problems: &[ConfigProblem]) {
    let style = style_of(ColorChoice::Auto, std::io::stderr().is_terminal());
    // Standard error may be closed; there is nowhere left to say so.
    let _ = report::config_problems(problems, &style, &mut std::io::stderr());
}

/// Lets `write` add to the end of a file.
///
/// # Errors
/// The system's reason, with the file's name.
pub fn append(
    root: &Path,
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let mut text = Vec::new();
    write(&mut text)?;
    let is_own = || {
        std::fs::read(path)
            .is_ok_and(|old| old.starts_with(text.split(|byte| *byte == b'\n').next().unwrap_or_default()))
    };
    if is_note(path) && lies_in(root, path) && !is_own() {
        return Err(Failure::Message(format!("nothing is added to `{}`: it is a note or settings", path.display())));
    }
    stay_in(root, path)?;
    let opened = std::fs::OpenOptions::new().append(true).create(true).open(path);
    opened.and_then(|mut file| file.write_all(&text)).map_err(|error| unwritten(path, &error))
}

/// Writes a file of the vault's folder, or one elsewhere that the user named.
///
/// # Errors
/// The system's reason, or that the file is a link that leads out of the vault.
pub fn write_in(root: &Path, path: &Path, text: &[u8]) -> Result<(), Failure> {
    stay_in(root, path)?;
    std::fs::write(path, text).map_err(|error| unwritten(path, &error))
}

fn lies_in(root: &Path, path: &Path) -> bool {
    match (path.canonicalize(), root.canonicalize()) {
        (Ok(path), Ok(root)) => path.starts_with(root),
        _ => false,
    }
}

/// Refuses a link in the vault's folder that leads out of it.
fn stay_in(root: &Path, path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match path.is_symlink() && lies_in(root, folder) && !lies_in(root, path) {
        true => Err(unwritten(path, &"it is a link that leads out of the vault")),
        false => Ok(()),
    }
}

fn unwritten(path: &Path, reason: &dyn std::fmt::Display) -> Failure {
    Failure::Message(format!("cannot write `{}`: {reason}", path.display()))
}

/// Where a command's result goes.
#[derive(Clone, Copy)]
pub enum Sink<'a> {
    StandardOutput,
    /// Standard output holds something else.
    StandardError,
    /// A file that the user named, and the vault's folder.
    File(&'a Path, &'a Path),
}

impl<'a> Sink<'a> {
    /// Returns the file of `--output`, or standard output if there is none or it is `-`.
    pub fn new(file: Option<&'a Path>, root: &'a Path) -> Sink<'a> {
        file.filter(|file| *file != Path::new("-")).map_or(Sink::StandardOutput, |file| Sink::File(file, root))
    }
}

/// Lets `write` fill a sink. An earlier result is replaced, but no note.
///
/// # Errors
/// The system's reason, with the file's name; [`Failure::ClosedOutput`] when the reader of standard output went away.
pub fn to(sink: Sink<'_>, write: impl FnOnce(&mut dyn Write) -> std::io::Result<()>) -> Result<(), Failure> {
    if let Sink::StandardOutput = sink {
        let mut out = BufWriter::new(std::io::stdout().lock());
        write(&mut out)?;
        return Ok(out.flush()?);
    }
    let mut text = Vec::new();
    write(&mut text)?;
    let Sink::File(path, root) = sink else { return Ok(std::io::stderr().write_all(&text)?) };
    if is_note(path) {
        let message = "it is a note, and no report of vaultlint; another name keeps it";
        return Err(Failure::Message(format!("`{}` is not replaced: {message}", path.display())));
    }
    write_in(root, path, &text)
}

/// Tells whether a file holds what somebody wrote: a note, canvas or base that is no earlier report, or settings.
fn is_note(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let path_text = VaultPath::new(&path.to_string_lossy());
    let is_kept = matches!(&*name, "vaultlint.yaml" | "vaultlint-baseline.json") || name.ends_with(".base");
    (path_text.is_source() || is_kept)
        && path.is_file()
        && std::fs::read(path).is_ok_and(|text| !text.is_empty() && !text.starts_with(report::TITLE.as_bytes()))
}
