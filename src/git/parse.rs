//! Reads git's lists: entries end in NUL, paths are bytes.

use std::path::PathBuf;

/// A file of a tree. Paths are relative to the vault's folder, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: String,
    pub object: String,
    pub kind: EntryKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    File,
    /// A symbolic link: its blob is the target's name.
    Link,
}

/// A difference between two trees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// New, or with another content.
    Written(String),
    Deleted(String),
    Renamed {
        from: String,
        to: String,
    },
}

/// Reads `ls-files -s -z` (`mode object stage<TAB>path`) and `ls-tree -r -z` (`mode type object<TAB>path`).
pub(super) fn entries(listed: &[u8], prefix: &[u8]) -> Vec<Entry> {
    let entry = |record: &[u8]| {
        let tab = record.iter().position(|byte| *byte == b'\t')?;
        let path = below(&record[tab + 1..], prefix)?;
        let mut words = std::str::from_utf8(&record[..tab]).ok()?.split(' ');
        let (mode, second, third) = (words.next()?, words.next()?, words.next()?);
        let is_tree_entry = matches!(second, "blob" | "commit");
        // In a merge the index holds a file up to three times: ours is what the work tree began with.
        if !is_tree_entry && !matches!(third, "0" | "2") {
            return None;
        }
        let kind = match mode {
            "120000" => EntryKind::Link,
            "160000" => return None,
            _ => EntryKind::File,
        };
        Some(Entry { path, object: if is_tree_entry { third } else { second }.to_owned(), kind })
    };
    records(listed).filter_map(entry).collect()
}

/// Reads `--name-status -z`: a status and one path, or two for a rename.
pub(super) fn changes(listed: &[u8], prefix: &[u8]) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut records = records(listed);
    while let Some(status) = records.next() {
        let Some(first) = records.next() else { break };
        let first = below(first, prefix);
        match status.first() {
            Some(b'D') => changes.extend(first.map(Change::Deleted)),
            Some(b'R') => {
                let to = records.next().and_then(|path| below(path, prefix));
                changes.extend(match (first, to) {
                    (Some(from), Some(to)) => Some(Change::Renamed { from, to }),
                    // The other end lies outside the vault.
                    (Some(from), None) => Some(Change::Deleted(from)),
                    (None, to) => to.map(Change::Written),
                });
            }
            Some(b'C') => changes.extend(records.next().and_then(|path| below(path, prefix)).map(Change::Written)),
            _ => changes.extend(first.map(Change::Written)),
        }
    }
    changes
}

/// Reads a plain list of paths.
pub(super) fn paths(listed: &[u8], prefix: &[u8]) -> Vec<String> {
    records(listed).filter_map(|path| below(path, prefix)).collect()
}

fn records(listed: &[u8]) -> impl Iterator<Item = &[u8]> {
    listed.split(|byte| *byte == 0).filter(|record| !record.is_empty())
}

fn below(path: &[u8], prefix: &[u8]) -> Option<String> {
    path.strip_prefix(prefix).map(text)
}

/// A name that is not UTF-8 is shown as Obsidian shows it, with signs for what is none.
pub(super) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(unix)]
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).into()
}

#[cfg(not(unix))]
pub(super) fn path(bytes: &[u8]) -> PathBuf {
    text(bytes).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, kind: EntryKind) -> Entry {
        Entry { path: path.to_owned(), object: "abc".to_owned(), kind }
    }

    #[test]
    fn trees_and_the_index_are_read() {
        let tree = b"100644 blob abc\tv/a b.md\x00120000 blob abc\tv/\xc3\xa9\n.md\x00160000 commit abc\tv/sub\x00100644 blob abc\tx.md\x00";
        assert_eq!(entries(tree, b"v/"), [entry("a b.md", EntryKind::File), entry("é\n.md", EntryKind::Link)]);
        let index = b"100644 abc 0\ta.md\x00100755 abc 1\tb.md\x00100755 abc 2\tb.md\x00100644 abc 3\tb.md\x00";
        assert_eq!(entries(index, b""), [entry("a.md", EntryKind::File), entry("b.md", EntryKind::File)]);
    }

    #[test]
    fn changes_are_read() {
        let listed = b"M\x00v/a.md\x00R100\x00v/b.md\x00v/c.md\x00D\x00v/d.md\x00R090\x00x.md\x00v/e.md\x00R090\x00v/f.md\x00x.md\x00A\x00y.md\x00";
        let renamed = Change::Renamed { from: "b.md".to_owned(), to: "c.md".to_owned() };
        let written = |path: &str| Change::Written(path.to_owned());
        let deleted = |path: &str| Change::Deleted(path.to_owned());
        assert_eq!(
            changes(listed, b"v/"),
            [written("a.md"), renamed, deleted("d.md"), written("e.md"), deleted("f.md")]
        );
    }
}
