//! vaultlint reads an Obsidian vault, checks it, and says what is wrong, where, and how to fix it.
//!
//! The modules stand in the order of their dependencies: a module uses only those above it.

pub mod text;
pub mod language;
pub mod note;
pub mod parse;
pub mod diagnostic;
pub mod vault;
pub mod rule;
pub mod rules;
pub mod config;
pub mod lint;
pub mod fix;
pub mod report;
pub mod disk;
pub mod discover;
pub mod git;
pub mod cli;
