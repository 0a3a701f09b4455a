//! A unified diff as people see it: the lines that go and those that come in colour.

/// Returns a diff with colours; its characters are otherwise what they were.
pub fn coloured(diff: &str) -> String {
    diff.split_inclusive('\n')
        .map(|line| line.strip_suffix('\n').map_or_else(|| paint(line), |line| paint(line) + "\n"))
        .collect()
}

/// Returns one line of a diff in the colour of its kind.
pub fn paint(line: &str) -> String {
    let is_name =
        ["--- ", "+++ ", "diff --git ", "rename from ", "rename to "].iter().any(|start| line.starts_with(start));
    let code = match line.as_bytes().first() {
        _ if is_name => "1",
        Some(b'+') => "32",
        Some(b'-') => "31",
        Some(b'@') => "36",
        _ => return line.to_owned(),
    };
    format!("\x1b[{code}m{line}\x1b[0m")
}

#[cfg(test)]
mod tests {
    use super::coloured;

    #[test]
    fn each_kind_of_line_has_its_colour() {
        let diff = "--- a/n.md\n+++ b/n.md\n@@ -1,2 +1,2 @@\n x\n-y\n\\ No newline at end of file\n+z";
        let expected = "\x1b[1m--- a/n.md\x1b[0m\n\x1b[1m+++ b/n.md\x1b[0m\n\x1b[36m@@ -1,2 +1,2 @@\x1b[0m\n x\n\
                        \x1b[31m-y\x1b[0m\n\\ No newline at end of file\n\x1b[32m+z\x1b[0m";
        assert_eq!(coloured(diff), expected);
    }
}
