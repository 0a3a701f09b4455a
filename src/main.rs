//! The command `vaultlint`.
fn main() {}
