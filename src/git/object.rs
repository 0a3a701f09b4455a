//! An object of git is named after its content: a file on disk with that name need not be asked for.

use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Tells whether git would give these bytes this name, without the filters that its attributes may ask for.
pub fn is_named(bytes: &[u8], object: &str) -> bool {
    match object.len() {
        40 => has_name::<Sha1>(bytes, object),
        64 => has_name::<Sha256>(bytes, object),
        _ => false,
    }
}

fn has_name<Hash: Digest>(bytes: &[u8], object: &str) -> bool {
    let mut hash = Hash::new();
    hash.update(format!("blob {}\0", bytes.len()));
    hash.update(bytes);
    let digit = |half: u8| char::from_digit(u32::from(half), 16);
    let digits = hash.finalize().into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.eq(object.chars().map(Some))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_gits() {
        // As `git hash-object` says in a repository of either kind.
        assert!(is_named(b"hello\n", "ce013625030ba8dba906f756967f9e9ca394464a"));
        assert!(is_named(b"hello\n", "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4"));
        assert!(!is_named(b"hello\r\n", "ce013625030ba8dba906f756967f9e9ca394464a"));
        assert!(!is_named(b"", ""));
    }
}
