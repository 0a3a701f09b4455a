//! Any note is checked and fixed in a small vault; no fix is taken back, and a second run changes nothing.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use vaultlint::config::Config;
use vaultlint::diagnostic::Applicability;
use vaultlint::fix;
use vaultlint::text::VaultPath;

static CONFIG: LazyLock<Config> = LazyLock::new(Config::default);

fuzz_target!(|text: &str| {
    let file = |path: &str, text: &str| (VaultPath::new(path), Arc::from(text));
    let files = vec![
        file("Meetings/2025-01-02 - Plan.md", "# Plan\n\nWith [[Ada Lovelace]].\n"),
        file("People/Ada Lovelace.md", "---\nrole: engineer\nlast_contact: 2024-05-01\n---\n# Ada Lovelace\n"),
        file("People/Note.md", text),
    ];
    let (outcome, fixed) = fix::in_memory(&files, &CONFIG, Applicability::Unsafe);
    assert!(outcome.bugs.is_empty(), "{:?}", outcome.bugs);
    let (again, _) = fix::in_memory(&fixed, &CONFIG, Applicability::Unsafe);
    assert!(again.applied.is_empty(), "{:?}", again.applied);
});
