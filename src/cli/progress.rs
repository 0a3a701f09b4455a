//! Says on a terminal how far long work is: one line on standard error, which goes when the work is done.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

/// Work that takes less than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);
const PACE: Duration = Duration::from_millis(100);

/// Tells whether somebody watches: a person at a terminal, and not a CI that imitates one.
pub fn is_watched(quiet: bool) -> bool {
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "false");
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    !quiet && !is_dumb && !is_set("CI") && std::io::stderr().is_terminal()
}

/// The reading of some notes, counted; dropped when all that follows from them is known.
pub struct Progress {
    shared: Arc<Shared>,
    teller: Option<JoinHandle<()>>,
}

struct Shared {
    read: AtomicUsize,
    notes: usize,
    is_over: Mutex<bool>,
    over: Condvar,
}

impl Progress {
    /// Begins to count up to `notes`; says nothing unless somebody watches.
    pub fn start(notes: usize, is_watched: bool) -> Progress {
        let is_over = Mutex::new(false);
        let shared = Arc::new(Shared { read: AtomicUsize::new(0), notes, is_over, over: Condvar::new() });
        let told = shared.clone();
        let teller = is_watched.then(|| std::thread::spawn(move || told.tell()));
        Progress { shared, teller }
    }

    /// So many more notes are read.
    pub fn step(&self, notes: usize) {
        self.shared.read.fetch_add(notes, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let Some(teller) = self.teller.take() else { return };
        if let Ok(mut is_over) = self.shared.is_over.lock() {
            *is_over = true;
        }
        self.shared.over.notify_all();
        // The line must be gone before anything else is printed; a teller that panicked prints nothing more.
        let _ = teller.join();
    }
}

impl Shared {
    fn tell(&self) {
        let (mut wait, mut has_spoken) = (PATIENCE, false);
        let Ok(mut is_over) = self.is_over.lock() else { return };
        loop {
            let Ok((guard, _)) = self.over.wait_timeout_while(is_over, wait, |is_over| !*is_over) else { return };
            is_over = guard;
            if *is_over {
                break;
            }
            has_spoken = true;
            show(&self.line());
            wait = PACE;
        }
        if has_spoken {
            show("");
        }
    }

    fn line(&self) -> String {
        match self.read.load(Ordering::Relaxed) {
            read if read < self.notes => format!("reading notes: {read} of {}", self.notes),
            _ => format!("comparing {} notes", self.notes),
        }
    }
}

/// Puts a text in the place of the line that stands there.
fn show(line: &str) {
    // Where standard error is closed there is nobody to tell.
    let _ = std::io::stderr().write_all(format!("\r\x1b[2K{line}").as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_it_is() {
        let progress = Progress::start(2, false);
        assert_eq!(progress.shared.line(), "reading notes: 0 of 2");
        progress.step(1);
        assert_eq!(progress.shared.line(), "reading notes: 1 of 2");
        progress.step(1);
        assert_eq!(progress.shared.line(), "comparing 2 notes");
    }
}
