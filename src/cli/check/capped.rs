//! Says what was not compared, so that a vault of near-copies takes no more than its time.

use crate::vault::Vault;

/// Says to a person who wants to know what the comparisons left out.
pub fn tell_capped(vault: &Vault) {
    let facts = vault.capped_facts().unwrap_or_default();
    let many = |count: usize, one: &str, several: &str| match count {
        0 => {}
        1 => eprintln!("vaultlint: 1 {one}"),
        count => eprintln!("vaultlint: {count} {several}"),
    };
    many(
        facts.crowded_keys,
        "pair of words stands in so many statements that these are not compared for it",
        "pairs of words stand in so many statements that these are not compared for them",
    );
    many(
        facts.crowded_facts,
        "statement is like so many others that it is compared with some of them only",
        "statements are like so many others that they are compared with some of them only",
    );
    many(
        facts.patterns,
        "statement stands in so many notes that it is taken for a pattern",
        "statements stand in so many notes that they are taken for patterns",
    );
    many(
        vault.capped_names().unwrap_or_default(),
        "group of like names is so large that it is not compared",
        "groups of like names are so large that they are not compared",
    );
}
