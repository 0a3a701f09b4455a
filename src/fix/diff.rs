//! Shows changes as a unified diff that `git apply` and `patch` take.

use similar::{Algorithm, ChangeTag, DiffOp, capture_diff_slices, group_diff_ops};

use super::changes::{Changes, FileChange};
use crate::text::VaultPath;

const CONTEXT: usize = 3;

/// Returns the changes of all files as one unified diff, in the order of the paths; texts appear byte for byte.
pub fn unified_diff(changes: &Changes) -> String {
    let mut diff = String::new();
    for (path, change) in changes.iter() {
        file(&mut diff, path, change);
    }
    diff
}

fn file(diff: &mut String, path: &VaultPath, change: &FileChange) {
    let new_path = change.moved_to.as_ref().unwrap_or(path);
    let (old_name, new_name) = (format!("a/{path}"), format!("b/{new_path}"));
    if change.moved_to.is_some() {
        diff.push_str(&format!("diff --git {} {}\n", quoted(&old_name), quoted(&new_name)));
        diff.push_str(&format!("rename from {}\n", quoted(path.as_str())));
        diff.push_str(&format!("rename to {}\n", quoted(new_path.as_str())));
    }
    let Some(text) = &change.text else { return };
    diff.push_str(&format!("--- {}\n+++ {}\n", ended(&old_name), ended(&new_name)));
    // Lines end at `\n` alone, as for git: a `\r` is a byte of the line.
    let old: Vec<&str> = text.before.split_inclusive('\n').collect();
    let new: Vec<&str> = text.after.split_inclusive('\n').collect();
    for ops in group_diff_ops(capture_diff_slices(Algorithm::Myers, &old, &new), CONTEXT) {
        hunk(diff, &ops, &old, &new);
    }
}

fn hunk(diff: &mut String, ops: &[DiffOp], old: &[&str], new: &[&str]) {
    let (Some(first), Some(last)) = (ops.first(), ops.last()) else { return };
    let old_range = range(first.old_range().start, last.old_range().end);
    let new_range = range(first.new_range().start, last.new_range().end);
    diff.push_str(&format!("@@ -{old_range} +{new_range} @@\n"));
    for change in ops.iter().flat_map(|op| op.iter_changes(old, new)) {
        diff.push(match change.tag() {
            ChangeTag::Equal => ' ',
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
        });
        diff.push_str(change.value());
        if !change.value().ends_with('\n') {
            diff.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// `first line,count`; an empty range names the line before it.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => format!("{}", start + 1),
        count => format!("{},{count}", start + 1),
    }
}

/// A name with blanks ends in a tab, as git writes it: `patch` would take the rest for a date.
fn ended(name: &str) -> String {
    let quoted = quoted(name);
    if quoted.contains(' ') && !quoted.starts_with('"') { format!("{quoted}\t") } else { quoted }
}

/// A name with quotes, backslashes or control characters is written as a C string, as git does.
fn quoted(name: &str) -> String {
    if !name.contains(|character: char| character.is_control() || character == '"' || character == '\\') {
        return name.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in name.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_ascii_control() => quoted.push_str(&format!("\\{:03o}", u32::from(control))),
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::unified_diff;
    use crate::fix::Changes;
    use crate::text::VaultPath;

    #[track_caller]
    fn check(path: &str, before: &str, after: &str, expected: &str) {
        let mut changes = Changes::default();
        changes.edit(&VaultPath::new(path), &before.into(), after.into());
        assert_eq!(unified_diff(&changes), expected);
    }

    #[test]
    fn hunks_have_three_lines_of_context() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let expected = "--- a/n.md\n+++ b/n.md\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n";
        check("n.md", before, &before.replace('5', "five"), expected);
    }

    #[test]
    fn line_endings_and_missing_ends_are_kept() {
        check(
            "a b.md",
            "x\r\ny",
            "x\r\nz\r\n",
            "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -1,2 +1,2 @@\n x\r\n-y\n\\ No newline at end of file\n+z\r\n",
        );
        check("n.md", "", "x\n", "--- a/n.md\n+++ b/n.md\n@@ -0,0 +1 @@\n+x\n");
    }

    #[test]
    fn a_rename_is_told_to_git() {
        let mut changes = Changes::default();
        changes.rename(&VaultPath::new("a.md"), &VaultPath::new("b \"c\".md"));
        let expected = "diff --git a/a.md \"b/b \\\"c\\\".md\"\nrename from a.md\nrename to \"b \\\"c\\\".md\"\n";
        assert_eq!(unified_diff(&changes), expected);
    }
}
