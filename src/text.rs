//! Places in a text, and pieces of text that outlive it.
