//! Addresses: percent-encoding, the page of a rule, a file on disk, a note in the Obsidian app.

/// Returns where the page of a rule can be read.
pub fn rule_page(rule: &str) -> String {
    format!("{}/blob/main/rules/{rule}.md", env!("CARGO_PKG_REPOSITORY"))
}

/// Encodes a path for a URL; `/` stays.
pub fn encode_path(path: &str) -> String {
    encode(path, b"-._~/")
}

/// Returns a relative path as a URI reference, or an absolute one as a `file:` address.
pub fn reference(path: &str) -> String {
    if is_absolute(path) { file(path) } else { encode_path(path) }
}

/// Returns the address of a file on disk.
pub fn file(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix('/').unwrap_or(&path);
    format!("file:///{}", encode(path, b"-._~/:"))
}

/// Returns the address that opens a note in the Obsidian app.
pub fn obsidian(vault: &str, path: &str) -> String {
    format!("obsidian://open?vault={}&file={}", encode(vault, b"-._~"), encode(path, b"-._~"))
}

fn is_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    path.starts_with('/') || bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':'
}

fn encode(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            _ if byte.is_ascii_alphanumeric() || kept.contains(&byte) => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        assert_eq!(reference("People/Ada Lovelace.md"), "People/Ada%20Lovelace.md");
        assert_eq!(reference("/home/me/v/é.md"), "file:///home/me/v/%C3%A9.md");
        assert_eq!(reference("C:\\v\\a.md"), "file:///C:/v/a.md");
        assert_eq!(reference("50%:x.md"), "50%25%3Ax.md");
        assert_eq!(obsidian("My Vault", "a/b.md"), "obsidian://open?vault=My%20Vault&file=a%2Fb.md");
    }
}
