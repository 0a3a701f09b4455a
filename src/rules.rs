//! The list of all rules, one line each. Everything else about a rule stands on its page in `rules/`.

use crate::rule::{RuleDef, build, defaults};
use crate::text::closest;

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
    planned_note "planned-note" PlannedNote,
    broken_embed "broken-embed" BrokenEmbed,
    broken_markdown_link "broken-markdown-link" BrokenMarkdownLink,
    broken_canvas_link "broken-canvas-link" BrokenCanvasLink,
    broken_heading "broken-heading" BrokenHeading,
    broken_block_id "broken-block-id" BrokenBlockId,
    unusable_link "unusable-link" UnusableLink,
    alias_link "alias-link" AliasLink,
    ambiguous_wikilink "ambiguous-wikilink" AmbiguousWikilink,
    unlinkable_note_name "unlinkable-note-name" UnlinkableNoteName,
    unportable_note_name "unportable-note-name" UnportableNoteName,
    orphan_note "orphan-note" OrphanNote,
    unused_attachment "unused-attachment" UnusedAttachment,
    unlinked_mention "unlinked-mention" UnlinkedMention,
    duplicate_heading "duplicate-heading" DuplicateHeading,
    name_mismatch "name-mismatch" NameMismatch,
    name_variant "name-variant" NameVariant,
    title_mismatch "title-mismatch" TitleMismatch,
    sound_alike_name "sound-alike-name" SoundAlikeName,
    duplicate_person "duplicate-person" DuplicatePerson,
    unknown_person "unknown-person" UnknownPerson,
    malformed_frontmatter "malformed-frontmatter" MalformedFrontmatter,
    duplicate_property "duplicate-property" DuplicateProperty,
    duplicate_fact "duplicate-fact" DuplicateFact,
    copied_block "copied-block" CopiedBlock,
    repeated_fact "repeated-fact" RepeatedFact,
    restated_fact "restated-fact" RestatedFact,
    conflicting_property "conflicting-property" ConflictingProperty,
    duplicate_meeting "duplicate-meeting" DuplicateMeeting,
    contradictory_fact "contradictory-fact" ContradictoryFact,
    lost_value "lost-value" LostValue,
    unquoted_link "unquoted-link" UnquotedLink,
    deprecated_property "deprecated-property" DeprecatedProperty,
    invalid_tag "invalid-tag" InvalidTag,
    property_type "property-type" PropertyType,
    nested_property "nested-property" NestedProperty,
    missing_property "missing-property" MissingProperty,
    unknown_property "unknown-property" UnknownProperty,
    invalid_property_value "invalid-property-value" InvalidPropertyValue,
    unknown_date "unknown-date" UnknownDate,
    impossible_date "impossible-date" ImpossibleDate,
    ambiguous_date "ambiguous-date" AmbiguousDate,
    mismatched_date "mismatched-date" MismatchedDate,
    stale_date "stale-date" StaleDate,
    unsorted_entries "unsorted-entries" UnsortedEntries,
    truncated_text "truncated-text" TruncatedText,
    unclosed_syntax "unclosed-syntax" UnclosedSyntax,
    conflict_marker "conflict-marker" ConflictMarker,
    sync_conflict "sync-conflict" SyncConflict,
    block_spacing "block-spacing" BlockSpacing,
    unreadable_note "unreadable-note" UnreadableNote,
    pattern "pattern" Pattern,
    unused_suppression "unused-suppression" UnusedSuppression,
    unknown_suppression "unknown-suppression" UnknownSuppression,
}

/// Says which of some names was probably meant: the nearest one, or else those few that have all words of it, such as
/// `broken-wikilink` for `broken-link`.
pub fn did_you_mean<'a>(word: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    const MOST: usize = 4;
    let lower = word.to_lowercase().replace('_', "-");
    if let Some(name) = closest(&lower, names.clone()) {
        return format!("did you mean `{name}`?");
    }
    let has_all = |name: &&str| lower.len() > 2 && lower.split('-').all(|part| name.contains(part));
    let near: Vec<String> = names.filter(has_all).map(|name| format!("`{name}`")).collect();
    match near.len() {
        1..=MOST => format!("did you mean {}?", near.join(" or ")),
        _ => "`vaultlint rules` lists all rules".to_owned(),
    }
}

/// Returns the rule of that name, a former name of a rule included.
pub fn find(name: &str) -> Option<&'static RuleDef> {
    let own = RULES.iter().find(|def| def.name == name);
    own.or_else(|| RULES.iter().find(|def| def.meta().aliases.iter().any(|alias| alias == name)))
}

#[cfg(test)]
mod tests {
    use super::{RULES, did_you_mean};

    #[test]
    fn what_was_probably_meant() {
        let names = RULES.iter().map(|def| def.name);
        let meant = |word: &str| did_you_mean(word, names.clone());
        assert_eq!(meant("Broken_Wikilnk"), "did you mean `broken-wikilink`?");
        assert!(meant("broken-link").starts_with("did you mean `broken-wikilink` or `broken-"));
        assert_eq!(meant("person"), "did you mean `duplicate-person` or `unknown-person`?");
        assert_eq!(meant("x"), "`vaultlint rules` lists all rules");
        assert_eq!(meant("nothing-like-it"), "`vaultlint rules` lists all rules");
    }
}
