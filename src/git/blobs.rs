//! Reads file contents out of git, from several threads at once.

use std::io::{BufRead as _, BufReader, Error, Read as _, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::GitError;

/// Some processes of `git cat-file --batch`; each answers one thread at a time.
pub struct Blobs {
    readers: Vec<Mutex<Reader>>,
    /// Whom to wait for when all are busy.
    turn: AtomicUsize,
}

struct Reader {
    child: Child,
    /// `None` once the process is told to end.
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
}

impl Blobs {
    pub(super) fn start(command: impl Fn() -> Command) -> Result<Blobs, GitError> {
        let threads = std::thread::available_parallelism().map_or(1, |threads| threads.get().min(8));
        let readers: Result<Vec<_>, _> = (0..threads).map(|_| Reader::start(command()).map(Mutex::new)).collect();
        Ok(Blobs { readers: readers?, turn: AtomicUsize::new(0) })
    }

    /// Returns the bytes of an object.
    ///
    /// # Errors
    /// The object is not there (a partial clone), or git ended.
    pub fn read(&self, object: &str) -> std::io::Result<Vec<u8>> {
        if let Some(mut idle) = self.readers.iter().find_map(|reader| reader.try_lock().ok()) {
            return idle.read(object);
        }
        let turn = self.turn.fetch_add(1, Ordering::Relaxed) % self.readers.len();
        let mut reader =
            self.readers[turn].lock().map_err(|_| Error::other("a thread that read from git ended early"))?;
        reader.read(object)
    }
}

impl Reader {
    fn start(mut command: Command) -> Result<Reader, GitError> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let failed = |error: Error| match error.kind() {
            std::io::ErrorKind::NotFound => GitError::NotInstalled,
            _ => GitError::Failed("cat-file --batch".to_owned(), error.to_string()),
        };
        let mut child = command.spawn().map_err(failed)?;
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().expect("standard output is a pipe"));
        Ok(Reader { child, input, output })
    }

    /// `object` is answered by `object type size`, the bytes and a line ending, or by `object missing`.
    fn read(&mut self, object: &str) -> std::io::Result<Vec<u8>> {
        let input = self.input.as_mut().expect("the process runs until it is dropped");
        writeln!(input, "{object}")?;
        input.flush()?;
        let mut header = String::new();
        self.output.read_line(&mut header)?;
        let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
        let Some(size) = size else { return Err(Error::other(format!("git has no object {object}"))) };
        let mut bytes = vec![0; size + 1];
        self.output.read_exact(&mut bytes)?;
        bytes.pop();
        Ok(bytes)
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        // Its input closed, the process ends by itself.
        self.input = None;
        let _ = self.child.wait();
    }
}
