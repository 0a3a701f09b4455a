//! Statements that name one person in two ways which cannot both be right.

use serde::{Deserialize, Serialize};

use crate::language::name::{Name, Relation, compare, fold};
use crate::note::{NameMention, NamePlace, Outline};
use crate::rule::people::{how_to_silence, offer_alias, offer_answers, rename_mention};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::people::{Disagreement, KnownName, Person};
use crate::vault::{Target, Vault};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameMismatch {}

impl Rule for NameMismatch {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        for disagreement in vault.people().disagreements(outline) {
            report_via(vault, file, &disagreement, diagnostics);
        }
        for mention in outline.names.iter() {
            if let Some((person, known, relation)) = contradicted_target(vault, file, mention) {
                report_display(vault, file, mention, (person, known, relation), diagnostics);
            }
        }
    }
}

/// A name as it stands in the statement.
struct Side<'o> {
    text: &'o str,
    span: Span,
    /// The note of the person who has that name.
    note: Option<FileId>,
}

/// Why one name may not take the place of the other.
const DOUBT: &str = "it may be the other name that is right, or two people";

fn report_via(vault: &Vault, file: FileId, found: &Disagreement, diagnostics: &mut Diagnostics) {
    let outline = vault.outline(file);
    let named = side(vault, outline, &found.named, found.start);
    let via = side(vault, outline, &found.via, 0);
    // `Peter Webers Mail (via Peter Weber)`
    let owns_something = || named.text.strip_prefix(via.text).is_some_and(|rest| rest.contains(' '));
    if is_inflected(via.text, named.text) && owns_something() {
        return;
    }
    let what = match found.comparison.relation {
        Relation::SameGiven => "name one person with two surnames",
        Relation::Variant => "spell one name in two ways",
        _ => "sound like one name and are spelt as two",
    };
    // The name without a note is the likelier slip.
    let is_via_wrong = named.note.is_some() && via.note.is_none();
    let (wrong, right) = if is_via_wrong { (&via, &named) } else { (&named, &via) };
    let message = format!("`{}` and `(via {})` {what}", named.text, via.text);
    let diagnostic = diagnostics.report(file, wrong.span, message);
    diagnostic.label("one name here").related(file, right.span, "another here");
    let note = right.note.or(wrong.note);
    let exists = note.map(|note| format!("; {} exists", vault.path(note))).unwrap_or_default();
    let other = if right.note.is_some() { wrong.text } else { right.text };
    let silence = how_to_silence(vault, note, other);
    diagnostic.help(format!("{}, no note or alias joins them{exists}\n{silence}", found.comparison.reason()));
    let write_right = rename_mention(file, wrong.span, right.text, DOUBT);
    if right.note.is_some() && wrong.note.is_none() {
        diagnostic.fix(write_right);
    } else {
        diagnostic.alternative(write_right);
    }
    diagnostic.alternative(rename_mention(file, right.span, wrong.text, DOUBT));
    offer_answers(diagnostic, named.text, via.text);
    offer_alias(vault, diagnostic, note, other);
}

fn side<'o>(vault: &Vault, outline: &'o Outline, mention: &NameMention, start: usize) -> Side<'o> {
    let text = &outline.str(mention.text())[start..];
    let people = vault.people();
    let note = people.named(&Name::parse(text)).iter().find_map(|id| people.person(*id).note);
    Side { text, span: Span { start: mention.span.start + crate::text::to_u32(start), ..mention.span }, note }
}

/// The person whom a link leads to, if its display text is another name than all of theirs.
fn contradicted_target<'v>(
    vault: &'v Vault,
    file: FileId,
    mention: &NameMention,
) -> Option<(&'v Person, &'v KnownName, Relation)> {
    if mention.place != NamePlace::Display {
        return None;
    }
    let outline = vault.outline(file);
    let Target::File(target) = vault.resolve(file, outline.link_showing(mention.span)?) else { return None };
    let people = vault.people();
    let id = people.of_note(target)?;
    let person = people.person(id);
    let known = person.main_name();
    if *known.text == *outline.str(mention.text()) {
        return None;
    }
    if is_inflected(&known.text, outline.str(mention.text())) {
        return None;
    }
    let shown = Name::parse(outline.str(mention.text()));
    let of_shown = people.named(&shown);
    if mention.truncated || !known.name.is_written_out() || of_shown.contains(&id) || people.is_organisation(&shown) {
        return None;
    }
    // The note's own heading or `name` says so, of which `title-mismatch` tells.
    let written = fold(outline.str(mention.text()));
    if people.contradicting_names(vault, target).iter().any(|own| fold(own.text) == written) {
        return None;
    }
    // An alias such as `Priya R.` or `Priya` fits too many names to settle one.
    let settles = |other: &&KnownName| std::ptr::eq(*other, known) || other.name.is_written_out();
    let mut relations = person.names.iter().filter(settles).map(|other| compare(&other.name, &shown).relation);
    let is_settled = relations.any(|relation| matches!(relation, Relation::Same | Relation::Compatible));
    let is_settled = is_settled || people.are_declared_different(&known.name, &shown);
    let relation = compare(&known.name, &shown).relation;
    // The name of somebody else altogether is wrong only if the vault knows that person.
    let is_somebody_else = of_shown.iter().any(|other| people.person(*other).note.is_some());
    (!is_settled && (relation != Relation::Unrelated || is_somebody_else)).then_some((person, known, relation))
}

/// `Peter Webers` for Peter Weber, `Annas Chefin` for Anna Weber: in many languages a name has endings without an apostrophe.
fn is_inflected(name: &str, shown: &str) -> bool {
    const ENDINGS: [&str; 8] = ["s", "es", "n", "in", "ın", "ga", "nak", "nek"];
    let has_ending = |rest: &str| rest.split(' ').next().is_some_and(|ending| ENDINGS.contains(&ending));
    let (given, of_given) = (name.split(' ').next(), shown.split_once(' ').map(|(first, _)| first));
    shown.strip_prefix(name).is_some_and(has_ending)
        || of_given.and_then(|first| first.strip_suffix('s')).is_some_and(|first| Some(first) == given)
}

fn report_display(
    vault: &Vault,
    file: FileId,
    mention: &NameMention,
    (person, known, relation): (&Person, &KnownName, Relation),
    diagnostics: &mut Diagnostics,
) {
    let shown = vault.outline(file).str(mention.text());
    let comparison = compare(&known.name, &Name::parse(shown));
    let message = format!("`{shown}` is shown for a link to `{}`", known.text);
    let diagnostic = diagnostics.report(file, mention.span, message);
    diagnostic.label("another name than the target's");
    if let Some(link) = vault.outline(file).link_showing(mention.span) {
        diagnostic.related(file, link.target_span, "the target");
    }
    let silence = how_to_silence(vault, person.note, shown);
    diagnostic.help(format!("{}\n{silence}", comparison.reason()));
    let write_target = rename_mention(file, mention.span, &known.text, "the display text may be the right name");
    if relation == Relation::Variant {
        diagnostic.fix(write_target);
    } else {
        diagnostic.alternative(write_target);
    }
    offer_answers(diagnostic, shown, &known.text);
    offer_alias(vault, diagnostic, person.note, shown);
}
