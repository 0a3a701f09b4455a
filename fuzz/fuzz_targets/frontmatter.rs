//! Any text between the fences is read, and every value fits it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vaultlint::parse::parse;
use vaultlint::text::{FileId, VaultPath};

fuzz_target!(|yaml: &str| {
    let text = format!("---\n{yaml}\n---\nbody\n");
    let note = parse(FileId(0), VaultPath::new("note.md"), text.as_str());
    for property in &note.outline.properties {
        assert!(text.get(property.key_span.range()).is_some());
        assert!(text.get(property.value.span.range()).is_some());
    }
    note.outline.values.iter().for_each(|value| assert!(text.get(value.span.range()).is_some()));
    note.outline.frontmatter.problems.iter().for_each(|problem| assert!(text.get(problem.span.range()).is_some()));
});
