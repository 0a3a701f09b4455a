//! Globs in the config: each bad one is marked where it stands.

use globset::{GlobMatcher, GlobSet};

use super::source::Source;
use crate::parse::yaml::Node;
use crate::vault::settings::glob;

/// Reads a glob or a list of globs.
pub(super) fn read(source: &mut Source<'_>, name: &str, node: &Node) -> Vec<GlobMatcher> {
    let mut globs = Vec::new();
    for (written, span) in source.texts(name, node) {
        match glob::matchers(&written) {
            Ok(matchers) => globs.extend(matchers),
            Err(error) => source.problem(span, format!("`{written}` is not a glob: {error}"), None),
        }
    }
    globs
}

/// Reads a list of globs as one set.
pub(super) fn read_set(source: &mut Source<'_>, name: &str, node: &Node) -> Option<GlobSet> {
    let mut good = Vec::new();
    for (written, span) in source.texts(name, node) {
        match glob::matchers(&written) {
            Ok(_) => good.push(written),
            Err(error) => source.problem(span, format!("`{written}` is not a glob: {error}"), None),
        }
    }
    glob::set(good.iter().map(String::as_str)).ok()
}
