//! m
pub struct Mention; pub fn mentions(_: &str) {}
