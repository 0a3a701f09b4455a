//! A vault as a command works on it: root, config, files, and how to read and check them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Failure;
use super::args::VaultArgs;
use super::overlay::{Content, Overlay};
use super::progress::Progress;
use crate::config::{Config, ConfigProblem, ConfigText, Selection};
use crate::diagnostic::Diagnostic;
use crate::discover::{self, Layout, Root};
use crate::disk::{self, Folder, Read};
use crate::fix::Changes;
use crate::lint::{self, Batch, Linted, Scope};
use crate::parse::Source;
use crate::report::visible;
use crate::text::{FileId, VaultPath};
use crate::vault::{Contents, File, Vault};

/// An opened vault; nothing of its notes is read yet.
pub struct Session {
    pub root: Root,
    pub config: Config,
    /// The config file that holds, as the user would name it.
    pub config_path: Option<PathBuf>,
    pub layout: Layout,
    pub content: Content,
    pub scope: Scope,
    /// Somebody waits at a terminal for the end of long work.
    pub is_watched: bool,
}

/// The result of reading and checking.
pub struct Checked {
    pub linted: Linted,
    /// Notes that the system refused to read, each as a sentence.
    pub unreadable: Vec<String>,
    /// Notes that a sync program moved to the cloud, as far as it was seen when they were opened.
    pub in_cloud: usize,
}

impl Checked {
    /// The result of checking again what was read before.
    pub fn again(linted: Linted, unreadable: Vec<String>) -> Checked {
        Checked { linted, unreadable, in_cloud: 0 }
    }
}

impl Session {
    /// Finds the vault of `path`, reads its config and lists its files.
    ///
    /// # Errors
    /// A path that does not exist, or every mistake in the config.
    pub fn open(args: &VaultArgs, path: &Path, selection: &Selection) -> Result<Session, Failure> {
        let (session, ()) = Session::open_beside(args, path, selection, |_, _| ())?;
        Ok(session)
    }

    /// The same, and does what is to be done meanwhile.
    ///
    /// # Errors
    /// As of [`Session::open`].
    pub fn open_beside<T: Send>(
        args: &VaultArgs,
        path: &Path,
        selection: &Selection,
        meanwhile: impl FnOnce(&Root, &Config) -> T + Send,
    ) -> Result<(Session, T), Failure> {
        let root = find_root(args.vault.as_deref(), path)?;
        disk::recover(&root.folder);
        let config_path = config_path(args, &root)?;
        let file = config_path.as_deref().map(read_config).transpose()?;
        let base = config_path.as_deref().and_then(Path::parent).unwrap_or(&root.folder).to_owned();
        let read_extended = |name: &str| read_extended(&base, name);
        let mut config = Config::resolve(file.as_ref(), selection, &read_extended).map_err(Failure::Config)?;
        let list = || discover::discover(&root, &options(&config, args.no_ignore));
        let (layout, done) = rayon::join(list, || meanwhile(&root, &config));
        Arc::make_mut(&mut config.settings).obsidian = layout.obsidian.clone();
        let content = Content::default();
        let session = Session { root, config, config_path, layout, content, scope: Scope::All, is_watched: false };
        Ok((session, done))
    }

    /// Reads and checks every note, with `changes` in the place of what is there.
    pub fn check(&self, changes: &Changes) -> Checked {
        let mut scope = self.scope.clone();
        if let Scope::Touched(touched) = &mut scope {
            touched.notes = changes.names_of(&touched.notes);
        }
        self.check_files(&self.layout, &self.content, changes, &scope)
    }

    /// Reads and checks other files by this vault's config: those of a revision.
    pub fn check_files(&self, layout: &Layout, content: &Content, changes: &Changes, scope: &Scope) -> Checked {
        let (mut files, moved) = Overlay::new(layout, content, changes);
        let folder = Arc::new(Folder::new(&self.root.folder));
        let progress = Progress::start(files.len(), self.is_watched);
        let (outlines, read) = lint::read_files(&files, |batch| {
            let notes = batch.files().len();
            let seen = self.read(&folder, &moved, scope, batch);
            progress.step(notes);
            seen
        });
        let (mut found, mut unreadable, mut in_cloud) = (Vec::new(), Vec::new(), 0);
        let mut left = files.iter_mut();
        for seen in read {
            seen.contents.into_iter().zip(left.by_ref()).for_each(|(contents, file)| file.contents = contents);
            found.extend(seen.found);
            unreadable.extend(seen.problems);
            in_cloud += seen.in_cloud;
        }
        let texts = move |id: FileId| moved.text(&folder, id);
        let vault = scope.of(Vault::new(files, outlines, self.config.settings.clone(), Box::new(texts)));
        let diagnostics = lint::lint(&vault, &self.config, scope, found);
        Checked { linted: Linted { vault, diagnostics }, unreadable, in_cloud }
    }

    /// Says what could not be listed or read, and tells whether there is anything.
    pub fn tell_unread(&self, unreadable: &[String]) -> bool {
        let mut problems = self.layout.problems.iter().chain(unreadable).peekable();
        let is_any = problems.peek().is_some();
        problems.for_each(|problem| eprintln!("vaultlint: {}", visible(problem)));
        is_any
    }

    /// Returns where a file is on disk, relative to the vault's folder.
    pub fn disk_path(&self, path: &VaultPath) -> PathBuf {
        let index = self.layout.files.binary_search_by(|file| file.path.cmp(path));
        index.map_or_else(|_| PathBuf::from(path.as_str()), |index| self.layout.disk_paths[index].as_ref().to_owned())
    }

    fn read(&self, folder: &Folder, overlay: &Overlay, scope: &Scope, mut batch: Batch) -> Seen {
        let is_asked = |file: &File| file.checked && scope.holds(&file.path);
        let mut seen = Seen::default();
        let (mut sources, mut bytes) = (Vec::new(), 0);
        for (id, file) in batch.files() {
            let Some(text) = seen.text(file, || overlay.read(folder, id)) else { continue };
            bytes += text.len();
            sources.push(Source { id, path: file.path.clone(), text: text.into() });
            if bytes > MOST_BYTES {
                seen.found.extend(batch.check(std::mem::take(&mut sources), &self.config, is_asked));
                bytes = 0;
            }
        }
        seen.found.extend(batch.check(sources, &self.config, is_asked));
        seen
    }
}

/// Texts of more bytes are not kept until others are read.
const MOST_BYTES: usize = 1 << 20;

/// What was seen of some files, beside their outlines.
#[derive(Default)]
struct Seen {
    /// Of each file, in order.
    contents: Vec<Contents>,
    found: Vec<Diagnostic>,
    problems: Vec<String>,
    in_cloud: usize,
}

impl Seen {
    /// Takes a look at the next file, and returns its text if it has one.
    fn text(&mut self, file: &File, read: impl FnOnce() -> std::io::Result<Read>) -> Option<String> {
        let mut text = None;
        let contents = match (file.contents == Contents::Read).then(read) {
            None => file.contents.clone(),
            Some(Ok(Read::Text(read))) => {
                text = Some(read);
                Contents::Read
            }
            Some(Ok(Read::NotUtf8 { offset, line })) => Contents::NotUtf8 { offset, line },
            Some(Err(error)) if disk::says_in_cloud(&error) => {
                self.in_cloud += 1;
                Contents::Unknown
            }
            Some(Err(error)) => {
                self.problems.push(format!("cannot read `{}`: {error}", file.path));
                Contents::Unknown
            }
        };
        self.contents.push(contents);
        text
    }
}

/// Returns what the config says about the files to check.
pub fn options(config: &Config, no_ignore: bool) -> discover::Options<'_> {
    discover::Options { include: config.include.as_ref(), exclude: config.exclude.as_ref(), no_ignore }
}

/// Finds the vault of a path.
///
/// # Errors
/// A path or a vault that does not exist.
pub fn find_root(vault: Option<&Path>, path: &Path) -> Result<Root, Failure> {
    if let Some(vault) = vault
        && !vault.is_dir()
    {
        return Err(Failure::Message(format!(
            "`{}` is not a folder; --vault takes the vault's folder",
            vault.display()
        )));
    }
    if !path.exists() && !path.is_symlink() {
        return Err(missing(path));
    }
    discover::vault_root(vault, path)
        .map_err(|error| Failure::Message(format!("cannot find the vault of `{}`: {error}", path.display())))
}

/// A path that does not exist; a lone word was perhaps meant as a command.
pub fn missing(path: &Path) -> Failure {
    let is_word = path.components().count() == 1 && path.extension().is_none();
    let commands = <super::Cli as clap::CommandFactory>::command();
    let command = path.to_str().and_then(|word| commands.find_subcommand(word));
    let hint = match command {
        Some(command) => {
            format!("\n  the command goes first: `vaultlint {}`, and its options behind it", command.get_name())
        }
        None if is_word => "\n  and there is no such command; `vaultlint --help` lists commands and options".to_owned(),
        None => String::new(),
    };
    Failure::Message(format!("`{}` does not exist{hint}", path.display()))
}

fn config_path(args: &VaultArgs, root: &Root) -> Result<Option<PathBuf>, Failure> {
    if args.no_config {
        return Ok(None);
    }
    if let Some(path) = &args.config {
        return Ok(Some(path.clone()));
    }
    let own = root.folder.join("vaultlint.yaml");
    if !own.is_file() && own.symlink_metadata().is_ok() {
        let message = format!("`{}` is no file that can be read; --no-config goes without", own.display());
        return Err(Failure::Message(message));
    }
    Ok(own.is_file().then_some(own))
}

fn read_config(path: &Path) -> Result<ConfigText, Failure> {
    let shown = path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
    read_config_file(path, &shown).map_err(Failure::Message)
}

fn read_config_file(path: &Path, shown: &str) -> Result<ConfigText, String> {
    match disk::read(path) {
        Ok(Read::Text(text)) => Ok(ConfigText { path: shown.to_owned(), text }),
        Ok(Read::NotUtf8 { line, .. }) => Err(format!("`{}` is not UTF-8 (line {line})", path.display())),
        Err(error) => Err(format!("cannot read the config `{}`: {error}", path.display())),
    }
}

/// Reads a file that `extends` names; a link that leads out of the config's folder is not followed.
fn read_extended(base: &Path, name: &str) -> Result<ConfigText, String> {
    let path = base.join(name);
    let (folder, real) = (base.canonicalize(), path.canonicalize());
    if folder.is_ok_and(|folder| real.is_ok_and(|real| !real.starts_with(folder))) {
        return Err(format!("`{name}` leads outside the folder of the config; `extends` reads files below it"));
    }
    read_config_file(&path, name)
}

/// Returns the path of a file as the vault knows it, or `None` if it lies outside.
pub fn vault_path(root: &Root, path: &Path) -> Option<VaultPath> {
    let absolute = std::path::absolute(path).ok()?;
    let direct = absolute.strip_prefix(&root.folder).ok().map(Path::to_owned);
    let resolved = || {
        let (folder, path) = (root.folder.canonicalize().ok()?, path.canonicalize().ok()?);
        path.strip_prefix(folder).ok().map(Path::to_owned)
    };
    let has_dots = |path: &Path| path.components().any(|part| part == std::path::Component::ParentDir);
    let relative = direct.filter(|path| !has_dots(path)).or_else(resolved)?;
    Some(VaultPath::new(&discover::vault_path(&relative)))
}

/// Turns mistakes without a place into a failure of the command line.
pub fn misuse(message: String, help: Option<String>) -> Failure {
    Failure::Config(vec![ConfigProblem { path: None, text: String::new(), span: Default::default(), message, help }])
}
