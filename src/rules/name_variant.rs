//! Names that are nobody's and a slip of the pen away from somebody's.

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::language::name::Relation;
use crate::rule::people::{how_to_silence, offer_alias, offer_answers};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::Vault;
use crate::vault::people::Suspect;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct NameVariant {}

impl Rule for NameVariant {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let mut told: Vec<&str> = Vec::new();
        for (span, suspect) in vault.people().suspects_in(vault.outline(file)) {
            let is_told = || suspect.first_note != file || told.contains(&&*suspect.written);
            if suspect.pairing.comparison.relation != Relation::Variant
                || suspect.is_usual() && is_told()
                || is_genitive(vault, file, span, suspect)
                || is_meant(vault, file, span)
            {
                continue;
            }
            if !suspect.is_usual() {
                report(vault, suspect, &[(file, span)], diagnostics);
            } else {
                told.push(&suspect.written);
                report(vault, suspect, &suspect.places(vault), diagnostics);
            }
        }
    }
}

/// `Henrik Ibsens drama`: many languages write a genitive without an apostrophe.
fn is_genitive(vault: &Vault, file: FileId, span: Span, suspect: &Suspect) -> bool {
    let known = &vault.people().person(suspect.pairing.id).names[suspect.pairing.known].text;
    if suspect.written.strip_suffix('s') != Some(&**known) {
        return false;
    }
    let next = |text: &str| text.get(span.end as usize..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(char::is_lowercase));
    vault.text(file).is_some_and(|text| next(&text))
}

/// Words by which a line tells of a spelling, or that somebody is somebody else.
const OF_SPELLINGS: [&str; 31] = [
    "[sic]", "(sic", "baptised", "baptized", "different person", "falsch geschrieben", "indexed as", "listed as",
    "misheard", "mis-heard", "misprint", "misread", "misspel", "mistaken for", "namesake", "namensvett", "nicht verwandt",
    "no relation", "not related", "not to be confused", "nicht zu verwechseln", "recorded as", "schreibweise", "signed as",
    "spelled", "spelling", "spelt", "transcribed as", "typo", "unrelated to", "variants:",
];

/// The form is written on purpose: the line tells of spellings or keeps two people apart, years of a life follow, or the
/// note's own heading has it, of which `title-mismatch` tells.
fn is_meant(vault: &Vault, file: FileId, span: Span) -> bool {
    let is_own = || vault.people().contradicting_names(vault, file).iter().any(|own| own.span.covers(span));
    let Some(text) = vault.text(file) else { return false };
    let (before, rest) = (&text[..span.start as usize], &text[span.end as usize..]);
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = rest.find('\n').unwrap_or(rest.len());
    let line = text[start..span.end as usize + end].to_lowercase();
    OF_SPELLINGS.iter().any(|cue| line.contains(cue)) || begins_with_a_life(rest) || is_own()
}

/// ` (1820–1890)`, ` (b. 1820)`
fn begins_with_a_life(rest: &str) -> bool {
    let Some(inside) = rest.trim_start_matches(' ').strip_prefix('(') else { return false };
    let year = inside.trim_start_matches(|sign: char| !sign.is_ascii_digit() && sign != ')' && sign != '\n');
    let digits = year.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4 && inside.len() - year.len() <= "born ".len() && year[digits..].starts_with([')', '-', '–', ' '])
}

/// Reports the first of the places; the others are related.
fn report(vault: &Vault, suspect: &Suspect, places: &[(FileId, Span)], diagnostics: &mut Diagnostics) {
    let Some(((file, span), others)) = places.split_first() else { return };
    let people = vault.people();
    let person = people.person(suspect.pairing.id);
    let known = &person.names[suspect.pairing.known].text;
    let written = &*suspect.written;
    let (own, right) = suspect.notes;
    // What stands more often than the registered name may be the right one.
    let message = match own > right {
        true => format!("`{written}` and `{known}` are one name in two spellings"),
        false => format!("`{written}` is nobody in this vault; `{known}` is near"),
    };
    let diagnostic = diagnostics.report(*file, *span, message);
    diagnostic.label(format!("`{known}`?"));
    for (file, span) in others {
        diagnostic.related(*file, *span, "here too");
    }
    if let Some((file, span)) = person.place_of_name(vault, suspect.pairing.known) {
        diagnostic.related(file, span, "the name that is registered");
    }
    let whose = person.note.map(|note| format!(" ({})", vault.path(note))).unwrap_or_default();
    let silence = how_to_silence(vault, person.note, written);
    let reason = suspect.pairing.comparison.reason();
    let question = match own > right {
        true => format!("which is right? `{known}` is the registered one{whose}; "),
        false => format!("did you mean `{known}`{whose}? "),
    };
    diagnostic.help(format!(
        "{question}{reason}; `{written}` stands in {}, `{known}` in {}\n{silence}",
        count(own),
        count(right)
    ));
    attach_fix(diagnostic, places, known, suspect);
    offer_answers(diagnostic, written, known);
    offer_alias(vault, diagnostic, person.note, written);
}

fn count(notes: u32) -> String {
    if notes == 1 { "1 note".to_owned() } else { format!("{notes} notes") }
}

/// A form that stands once, one letter of a long word off from the only near name, which stands in many notes, is a slip.
/// A form that stands in more notes than the registered one may be the right one.
fn attach_fix(diagnostic: &mut Diagnostic, places: &[(FileId, Span)], known: &str, suspect: &Suspect) {
    let (own, right) = suspect.notes;
    let is_sure = suspect.is_only && suspect.is_small_slip && suspect.is_unopposed && suspect.mentions == 1 && right >= 3;
    let edits = places.iter().map(|(file, span)| Edit::replace(*file, *span, known)).collect();
    let title = format!("write `{known}`");
    let doubt = "it may be another person";
    if is_sure {
        diagnostic.fix(Fix::safe(title, edits));
    } else if own <= right {
        diagnostic.fix(Fix::unsafe_because(title, doubt, edits));
    } else {
        diagnostic.alternative(Fix::unsafe_because(title, doubt, edits));
    }
}
