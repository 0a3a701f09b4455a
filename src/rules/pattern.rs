//! What the user looks for: the regular expressions under `patterns` in the config.

use regex::{Captures, Match};
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Note, VerbatimKind};
use crate::rule::{Diagnostics, Rule};
use crate::text::Span;
use crate::vault::settings::{self, PatternPlace, Settings};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Pattern {}

impl Rule for Pattern {
    fn check_note(&self, note: &Note, settings: &Settings, diagnostics: &mut Diagnostics) {
        for pattern in settings.patterns.iter().filter(|pattern| applies(pattern, note, settings)) {
            for captures in pattern.find.captures_iter(&note.text) {
                let Some(found) = captures.get(0).filter(|found| !found.is_empty()) else { continue };
                if is_in_place(pattern.place, note, found) {
                    report(pattern, note, &captures, found, diagnostics);
                }
            }
        }
    }
}

fn report(
    pattern: &settings::Pattern,
    note: &Note,
    captures: &Captures<'_>,
    found: Match<'_>,
    diagnostics: &mut Diagnostics,
) {
    let span = Span::new(found.start(), found.end());
    let diagnostic = diagnostics.report(note.id, span, format!("{} (`{}`)", pattern.message, pattern.name));
    diagnostic.pattern(&pattern.name).at_most(pattern.severity);
    let Some(replace) = &pattern.replace else { return };
    let mut replacement = String::new();
    captures.expand(replace, &mut replacement);
    if replacement == found.as_str() {
        return;
    }
    let title = if replacement.is_empty() { "take it out".to_owned() } else { format!("write `{replacement}`") };
    let edits = vec![Edit::replace(note.id, span, replacement)];
    diagnostic.fix(match pattern.safe {
        true => Fix::safe(title, edits),
        false => Fix::unsafe_because(title, "the pattern does not say `safe: true`", edits),
    });
}

fn applies(pattern: &settings::Pattern, note: &Note, settings: &Settings) -> bool {
    let by_glob = pattern.notes.is_empty() || pattern.notes.iter().any(|glob| glob.is_match(note.path.as_str()));
    let by_kind = || {
        let kind = settings.kind(&note.path, &note.outline);
        kind.is_some_and(|kind| {
            let declared = settings.kind_def(&kind).map(|def| def.name.as_str());
            pattern.kinds.iter().any(|name| declared == Some(name) || settings::Kind::from_name(name) == kind)
        })
    };
    // The text of a canvas is JSON: only a pattern for every byte fits it.
    let has_text = note.path.is_note() || pattern.place == PatternPlace::Everywhere;
    has_text && by_glob && (pattern.kinds.is_empty() || by_kind())
}

fn is_in_place(place: PatternPlace, note: &Note, found: Match<'_>) -> bool {
    let span = Span::new(found.start(), found.end());
    let frontmatter = note.outline.frontmatter.span;
    match place {
        PatternPlace::Everywhere => true,
        PatternPlace::Frontmatter => frontmatter.is_some_and(|_| note.outline.frontmatter.inner.covers(span)),
        PatternPlace::Text => {
            let verbatim = &note.body.verbatim;
            let before = verbatim.partition_point(|region| region.span.end <= span.start);
            let is_verbatim = verbatim[before..].iter().take_while(|region| region.span.start < span.end).any(|region| {
                region.kind != VerbatimKind::Comment && region.span.overlaps(span)
            });
            !is_verbatim && !frontmatter.is_some_and(|own| own.overlaps(span))
        }
    }
}
