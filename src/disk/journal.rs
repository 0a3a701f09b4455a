//! Remembers what a run changes, outside the vault and before it changes it: for `undo`, and to clean up after a kill.

use std::fmt;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// So many runs of a vault can be taken back.
const MOST_RUNS: usize = 100;
const VERSION: u32 = 1;
/// Lies in the folder of a run until it is over.
const PENDING: &str = "pending";
/// Says where the journals go instead of the platform's folder for such things.
const FOLDER_VARIABLE: &str = "VAULTLINT_STATE_DIR";

/// Why nothing was changed.
#[derive(Debug)]
#[non_exhaustive]
pub enum JournalError {
    /// The system names no place for the journal.
    NoPlace,
    /// Another vaultlint is writing in this vault.
    Busy,
    /// A later vaultlint wrote the journal.
    OtherVersion(PathBuf),
    /// The folder or file of the journal, and the system's reason.
    System(PathBuf, std::io::Error),
}

impl fmt::Display for JournalError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            JournalError::NoPlace => {
                write!(formatter, "no folder to keep the undo journal in; name one in {FOLDER_VARIABLE}")
            }
            JournalError::Busy => formatter.write_str("another vaultlint is writing in this vault; wait for it to end"),
            JournalError::OtherVersion(path) => {
                write!(formatter, "the undo journal `{}` was written by a later vaultlint", path.display())
            }
            JournalError::System(path, error) => write!(
                formatter,
                "the undo journal `{}` cannot be used: {error}; nothing was changed, name another folder in \
                 {FOLDER_VARIABLE}",
                path.display()
            ),
        }
    }
}

impl std::error::Error for JournalError {}

/// The journals of one vault, held by one vaultlint at a time.
pub struct Journals {
    /// The real folder of the vault.
    pub(super) root: PathBuf,
    folder: PathBuf,
    /// Held until dropped; the system lets go of it when the program is killed.
    lock: File,
}

/// One run, as written.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Run {
    version: u32,
    vault: String,
    /// The command as typed, for the user.
    pub command: String,
    /// Seconds since 1970.
    pub at: u64,
    /// What the names of its temporary files begin with.
    pub temporary: String,
    pub folders_made: Vec<PathBuf>,
    pub entries: Vec<Entry>,
    /// Nothing of it could be taken back, since all of it changed: the run before is the next one.
    #[serde(default)]
    pub is_passed_over: bool,
}

/// One file of a run. Paths are relative to the vault, as on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub path: PathBuf,
    pub text: Option<EntryText>,
    pub moved_to: Option<PathBuf>,
    /// The run made it.
    #[serde(default)]
    pub is_new: bool,
}

/// Where the old text lies in the file `before`, and what the new one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct EntryText {
    pub offset: u64,
    pub len: u64,
    pub before: String,
    pub after: String,
}

impl EntryText {
    /// Returns the old text.
    pub(super) fn of<'a>(&self, before: &'a [u8]) -> Option<&'a [u8]> {
        let start = usize::try_from(self.offset).ok()?;
        before.get(start..start.checked_add(usize::try_from(self.len).ok()?)?)
    }
}

/// Cleans up after a killed run of this vault, if there is one; called before a vault is read. Does nothing while another
/// vaultlint writes.
pub fn recover(root: &Path) {
    let Ok(state) = state_folder() else { return };
    let is_known = vault_folder(root, &state).is_ok_and(|(_, folder)| folder.exists());
    if is_known {
        // Opening recovers; what hinders it will be said when something is to be written.
        let _ = Journals::open_in(root, &state);
    }
}

impl Journals {
    /// Opens the journals of a vault and cleans up after a run that was killed.
    ///
    /// # Errors
    /// Another vaultlint holds them, or the system gives no place for them.
    pub fn open(root: &Path) -> Result<Journals, JournalError> {
        Journals::open_in(root, &state_folder()?)
    }

    /// Opens the journals of a vault that are kept in the folder `state`.
    ///
    /// # Errors
    /// Another vaultlint holds them, or the folder cannot be written.
    pub fn open_in(root: &Path, state: &Path) -> Result<Journals, JournalError> {
        let (root, folder) = vault_folder(root, state)?;
        make_private(&folder).map_err(|error| JournalError::System(folder.clone(), error))?;
        let path = folder.join("lock");
        let lock = File::create(&path).map_err(|error| JournalError::System(path.clone(), error))?;
        let journals = Journals { root, folder, lock };
        journals.hold()?;
        journals.recover();
        Ok(journals)
    }

    /// Waits a little for another vaultlint that only cleans up.
    fn hold(&self) -> Result<(), JournalError> {
        for _ in 0..20 {
            match self.lock.try_lock() {
                Err(std::fs::TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(50)),
                // A file system without locks: two runs at once still refuse each other's files as changed.
                Ok(()) | Err(std::fs::TryLockError::Error(_)) => return Ok(()),
            }
        }
        Err(JournalError::Busy)
    }

    /// Writes down a run that is about to begin; `before` holds the old texts. Returns its folder.
    pub(super) fn begin(&self, run: &Run, before: &[u8]) -> Result<PathBuf, JournalError> {
        let next = self.runs().last().map_or(1, |(number, _)| number + 1);
        let unfinished = self.folder.join(format!("{next:06}.new"));
        let folder = self.folder.join(format!("{next:06}"));
        let write = || {
            std::fs::create_dir(&unfinished)?;
            write_through(&unfinished.join(PENDING), b"")?;
            write_through(&unfinished.join("before"), before)?;
            write_through(&unfinished.join("run.json"), &to_json(run))?;
            std::fs::rename(&unfinished, &folder)
        };
        write().map_err(|error| {
            let _ = std::fs::remove_dir_all(&unfinished);
            JournalError::System(unfinished.clone(), error)
        })?;
        super::stage::sync_folder(&self.folder);
        Ok(folder)
    }

    /// Writes down what is left to take back, and whether files are being written.
    pub(super) fn update(&self, folder: &Path, run: &Run, state: State) -> Result<(), JournalError> {
        let failed = |error| JournalError::System(folder.to_owned(), error);
        if run.entries.is_empty() && state == State::Over {
            return std::fs::remove_dir_all(folder).map_err(failed);
        }
        if state == State::Pending {
            write_through(&folder.join(PENDING), b"").map_err(failed)?;
        }
        let (new, current) = (folder.join("run.json.new"), folder.join("run.json"));
        write_through(&new, &to_json(run)).and_then(|()| std::fs::rename(&new, &current)).map_err(failed)?;
        if state == State::Over {
            std::fs::remove_file(folder.join(PENDING)).map_err(failed)?;
        }
        Ok(())
    }

    /// Returns the latest run that is not passed over, with its folder and its old texts.
    pub(super) fn latest(&self) -> Result<Option<(PathBuf, Run, Vec<u8>)>, JournalError> {
        for (_, folder) in self.runs().into_iter().rev() {
            let run = read_run(&folder)?;
            if !run.is_passed_over {
                let before = std::fs::read(folder.join("before"));
                let before = before.map_err(|error| JournalError::System(folder.clone(), error))?;
                return Ok(Some((folder, run, before)));
            }
        }
        Ok(None)
    }

    /// Forgets the oldest runs.
    pub(super) fn prune(&self) {
        let runs = self.runs();
        for (_, folder) in runs.iter().take(runs.len().saturating_sub(MOST_RUNS)) {
            let _ = std::fs::remove_dir_all(folder);
        }
    }

    /// Returns the number and folder of each run, the latest last.
    fn runs(&self) -> Vec<(u64, PathBuf)> {
        let entries = std::fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let number = |path: PathBuf| Some((path.file_name()?.to_str()?.parse().ok()?, path));
        let mut runs: Vec<(u64, PathBuf)> = entries.filter_map(|entry| number(entry.path())).collect();
        runs.sort();
        runs
    }

    /// Removes the temporary files of runs that were killed, and journals that were never finished.
    fn recover(&self) {
        for entry in std::fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "new") {
                let _ = std::fs::remove_dir_all(entry.path());
            }
        }
        for (_, folder) in self.runs() {
            if !folder.join(PENDING).exists() {
                continue;
            }
            let Ok(mut run) = read_run(&folder) else { continue };
            self.remove_temporary(&run);
            run.entries.iter().for_each(|entry| self.remove_made(entry));
            run.entries.retain(|entry| !self.is_old(entry));
            // If the journal cannot be written, the next run cleans up again.
            let _ = self.update(&folder, &run, State::Over);
        }
    }

    /// Removes a file that a run made, unless it holds something.
    pub(super) fn remove_made(&self, entry: &Entry) {
        let path = self.root.join(&entry.path);
        if entry.is_new && path.symlink_metadata().is_ok_and(|file| file.is_file() && file.len() == 0) {
            // An empty file that cannot be removed does no harm.
            let _ = std::fs::remove_file(path);
        }
    }

    fn remove_temporary(&self, run: &Run) {
        let places = run.entries.iter().flat_map(|entry| [Some(&entry.path), entry.moved_to.as_ref()]);
        let note = |path: &PathBuf| self.root.join(path).canonicalize().unwrap_or_else(|_| self.root.join(path));
        let mut folders: Vec<PathBuf> =
            places.flatten().filter_map(|path| Some(note(path).parent()?.to_owned())).collect();
        folders.sort();
        folders.dedup();
        for folder in folders.iter().filter(|folder| folder.starts_with(&self.root)) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if is_temporary(&entry.file_name(), &run.temporary) {
                    let _ = std::fs::remove_file(entry.path());
                }
            }
        }
    }
}

/// Whether files are being written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Pending,
    Over,
}

impl Run {
    pub(super) fn new(root: &Path, command: &str, entries: Vec<Entry>) -> Run {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Run {
            version: VERSION,
            vault: root.display().to_string(),
            command: command.to_owned(),
            at: now.as_secs(),
            temporary: temporary_prefix(),
            folders_made: Vec::new(),
            entries,
            is_passed_over: false,
        }
    }

    /// Returns the name of its temporary file number `number`: hidden, and never a note's.
    pub(super) fn temporary_name(&self, number: usize) -> String {
        format!("{}{number}.tmp", self.temporary)
    }
}

/// Returns what the names of this process's temporary files begin with; two processes never share it.
pub(super) fn temporary_prefix() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    format!(".vaultlint-{:x}-{:x}-", now.as_nanos(), std::process::id())
}

/// Returns the SHA-256 of a text in hexadecimal.
pub(super) fn hash(bytes: &[u8]) -> String {
    use fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string does not fail");
        text
    })
}

fn is_temporary(name: &std::ffi::OsStr, prefix: &str) -> bool {
    let own = |name: &str| prefix.len() > ".vaultlint-".len() && name.starts_with(prefix) && name.ends_with(".tmp");
    name.to_str().is_some_and(own)
}

/// Returns where this user's state is kept.
fn state_folder() -> Result<PathBuf, JournalError> {
    let own = std::env::var_os(FOLDER_VARIABLE).filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let platform = || {
        let strategy = etcetera::base_strategy::choose_native_strategy().ok()?;
        Some(strategy.state_dir().unwrap_or_else(|| strategy.data_dir()).join("vaultlint"))
    };
    own.or_else(platform).ok_or(JournalError::NoPlace)
}

/// Returns the real folder of the vault and the folder of its journals.
fn vault_folder(root: &Path, state: &Path) -> Result<(PathBuf, PathBuf), JournalError> {
    let root = root.canonicalize().map_err(|error| JournalError::System(root.to_owned(), error))?;
    let name = hash(root.as_os_str().as_encoded_bytes());
    let folder = state.join("undo").join(&name[..16]);
    Ok((root, folder))
}

/// The journal holds the texts of notes: nobody else may read it.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

fn write_through(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn read_run(folder: &Path) -> Result<Run, JournalError> {
    let path = folder.join("run.json");
    let system = |error| JournalError::System(path.clone(), error);
    let bytes = std::fs::read(&path).map_err(system)?;
    let run: Run = serde_json::from_slice(&bytes).map_err(|error| system(error.into()))?;
    if run.version != VERSION { Err(JournalError::OtherVersion(path)) } else { Ok(run) }
}

fn to_json(run: &Run) -> Vec<u8> {
    serde_json::to_vec_pretty(run).expect("a run has text keys and UTF-8 paths alone")
}
