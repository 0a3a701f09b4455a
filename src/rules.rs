//! The list of all rules, one line each. Everything else about a rule stands on its page in `rules/`.

use crate::rule::{RuleDef, build, defaults};

macro_rules! rules {
    ($($module:ident $name:literal $rule:ident,)*) => {
        $(mod $module;)*

        /// All rules, in the order of this list.
        pub static RULES: &[RuleDef] = &[$(RuleDef {
            name: $name,
            page: include_str!(concat!("../rules/", $name, ".md")),
            build: build::<$module::$rule>,
            defaults: defaults::<$module::$rule>,
        },)*];
    };
}

rules! {
    broken_wikilink "broken-wikilink" BrokenWikilink,
    broken_embed "broken-embed" BrokenEmbed,
    name_mismatch "name-mismatch" NameMismatch,
    name_variant "name-variant" NameVariant,
    title_mismatch "title-mismatch" TitleMismatch,
    sound_alike_name "sound-alike-name" SoundAlikeName,
    duplicate_person "duplicate-person" DuplicatePerson,
    unknown_person "unknown-person" UnknownPerson,
    duplicate_fact "duplicate-fact" DuplicateFact,
    copied_block "copied-block" CopiedBlock,
    repeated_fact "repeated-fact" RepeatedFact,
    restated_fact "restated-fact" RestatedFact,
    conflicting_property "conflicting-property" ConflictingProperty,
    duplicate_meeting "duplicate-meeting" DuplicateMeeting,
    contradictory_fact "contradictory-fact" ContradictoryFact,
    unknown_date "unknown-date" UnknownDate,
    stale_date "stale-date" StaleDate,
    unsorted_entries "unsorted-entries" UnsortedEntries,
    block_spacing "block-spacing" BlockSpacing,
    unreadable_note "unreadable-note" UnreadableNote,
}

/// Returns the rule of that name, a former name of a rule included.
pub fn find(name: &str) -> Option<&'static RuleDef> {
    let own = RULES.iter().find(|def| def.name == name);
    own.or_else(|| RULES.iter().find(|def| def.meta().aliases.iter().any(|alias| alias == name)))
}
