//! The note that a thread asked for last: who works through the links of one note reads it once, not once a link.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::note::Body;
use crate::text::FileId;

/// Tells the vaults of a process apart.
static NEXT: AtomicU64 = AtomicU64::new(0);

struct Held {
    of: (u64, FileId),
    text: Arc<str>,
    body: Option<Arc<Body>>,
}

thread_local! {
    static LAST: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// The recent notes of one vault.
pub(super) struct Recent {
    vault: u64,
}

impl Recent {
    /// Holds nothing yet.
    pub fn new() -> Recent {
        Recent { vault: NEXT.fetch_add(1, Ordering::Relaxed) }
    }

    /// Returns the text that was asked for last if it is that of `id`, else what `read` gives.
    pub fn text(&self, id: FileId, read: impl FnOnce() -> Option<Arc<str>>) -> Option<Arc<str>> {
        let of = (self.vault, id);
        let held = LAST.with_borrow(|last| last.as_ref().filter(|held| held.of == of).map(|held| held.text.clone()));
        if held.is_some() {
            return held;
        }
        let text = read()?;
        LAST.set(Some(Held { of, text: text.clone(), body: None }));
        Some(text)
    }

    /// Returns the body of a note, which `lay_out` gives for its text.
    pub fn body(
        &self,
        id: FileId,
        read: impl FnOnce() -> Option<Arc<str>>,
        lay_out: impl FnOnce(&str) -> Body,
    ) -> Option<Arc<Body>> {
        let text = self.text(id, read)?;
        LAST.with_borrow_mut(|last| {
            let held = last.as_mut()?;
            Some(held.body.get_or_insert_with(|| Arc::new(lay_out(&text))).clone())
        })
    }
}
