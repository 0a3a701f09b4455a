//! Globs as people write them in the config.

use globset::{Glob, GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

/// Compiles one glob. As in `.gitignore`, a glob without a slash matches at any depth, and a folder's name all below it;
/// `*` stays inside one folder.
///
/// # Errors
/// What is wrong with the glob, in a few words.
pub fn matchers(glob: &str) -> Result<Vec<GlobMatcher>, String> {
    Ok(compile(glob)?.iter().map(Glob::compile_matcher).collect())
}

/// Compiles several globs to one set.
///
/// # Errors
/// What is wrong with the first bad glob.
pub fn set<'a>(globs: impl IntoIterator<Item = &'a str>) -> Result<GlobSet, String> {
    let mut builder = GlobSetBuilder::new();
    for glob in globs {
        for glob in compile(glob)? {
            builder.add(glob);
        }
    }
    builder.build().map_err(|error| error.to_string())
}

/// Returns a glob that matches the text itself.
pub fn escaped(text: &str) -> String {
    globset::escape(text)
}

fn compile(written: &str) -> Result<Vec<Glob>, String> {
    if written.trim().is_empty() {
        return Err("an empty glob matches nothing".to_owned());
    }
    if written.starts_with('!') {
        return Err("a glob cannot exclude with `!`".to_owned());
    }
    let anchored = written.starts_with('/');
    let glob = written.strip_prefix("./").unwrap_or(written).trim_matches('/');
    let mut globs = vec![glob.to_owned()];
    if !anchored && !written.trim_end_matches('/').contains('/') {
        globs.push(format!("**/{glob}"));
    }
    // A folder stands for what is below it; what has a wild card at its end or an extension names notes.
    if !glob.ends_with('*') && !glob.ends_with(".md") && !glob.ends_with(".canvas") {
        globs.extend(globs.clone().into_iter().map(|glob| format!("{glob}/**")));
    }
    let build = |glob: &String| GlobBuilder::new(glob).literal_separator(true).build();
    globs.iter().map(build).collect::<Result<_, _>>().map_err(|error| error.kind().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(glob: &str, path: &str, expected: bool) {
        let matchers = matchers(glob).expect("the glob is right");
        assert_eq!(matchers.iter().any(|matcher| matcher.is_match(path)), expected, "{glob} on {path}");
    }

    #[test]
    fn globs() {
        check("People/**", "People/Ada.md", true);
        check("People/**", "People/a/Ada.md", true);
        check("People/*", "People/a/Ada.md", false);
        check("People", "People/a/Ada.md", true);
        check("People/", "Old/People/Ada.md", true);
        check("/People", "Old/People/Ada.md", false);
        check("*.excalidraw.md", "a/b/x.excalidraw.md", true);
        check("a/*.md", "a/b/c.md", false);
        check("./a/*.md", "a/c.md", true);
        check("**/*.md", "c.md", true);
    }

    #[test]
    fn bad_globs() {
        assert!(matchers("a[").is_err());
        assert!(matchers("!a").is_err());
        assert!(matchers(" ").is_err());
    }
}
