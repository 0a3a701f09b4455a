//! Chooses fixes and applies their edits to texts.
