//! Which headings of a note are about which thing: what stands below two of them may be said of two things.

use crate::language::fact::Lexicon;
use crate::text::{each_lacks_one, words};
use crate::vault::Vault;
use crate::vault::facts::{FactId, FactPair};

/// Words of headings below which things are done one after the other, and again.
const STEPS: [&str; 26] = [
    "agenda",
    "anleitung",
    "ablauf",
    "chords",
    "directions",
    "exercises",
    "instructions",
    "itinerary",
    "lyrics",
    "method",
    "pasos",
    "preparación",
    "preparation",
    "preparazione",
    "procedimento",
    "procedimiento",
    "procedure",
    "préparation",
    "schedule",
    "script",
    "setlist",
    "steps",
    "tillagning",
    "workout",
    "zubereitung",
    "étapes",
];

/// Words of headings that say what sort of things stand below, all of them said of what the note is about.
const SECTIONS: &[&str] = &[
    "about", "action", "actions", "allgemein", "aufgaben", "background", "bemerkungen", "beschreibung", "context",
    "contexte", "contexto", "datos", "decided", "decision", "decisions", "description", "detail", "details",
    "discussed", "discussion", "détails", "entscheidungen", "fact", "facts", "fakten", "findings", "general",
    "goals", "hechos", "highlights", "hintergrund", "history", "info", "information", "informationen", "insights",
    "issues", "items", "key", "learnings", "log", "main", "misc", "next", "notas", "note", "notes", "notizen",
    "offene", "open", "other", "overview", "point", "points", "profile", "punkte", "questions", "recent", "related",
    "risks", "sonstiges", "stand", "status", "summary", "takeaways", "tasks", "todo", "todos", "topics", "update",
    "updates", "wichtig", "zusammenfassung", "überblick",
];

/// Tells whether a fact is a step by its heading: as with numbered steps, what stands twice is done twice.
pub(super) fn are_steps(vault: &Vault, id: FactId) -> bool {
    has_one_of(heading(vault, id), &STEPS)
}

/// Tells whether what stands below the headings of two facts may be said of two things: of things that they name (`Staging`,
/// `Production`; `Option A`, `Option B`), not of the note in one sort of words or another (`Key facts`, `Background`).
pub(super) fn may_be_of_two_things(vault: &Vault, pair: &FactPair) -> bool {
    let is_section = |id: FactId| {
        let heading = heading(vault, id);
        heading.is_empty() || has_one_of(heading, SECTIONS)
    };
    !is_section(pair.one) && !is_section(pair.another) || name_two_things(vault, pair)
}

/// Tells whether each heading has a name or a number that the other lacks: `Ada`, `Clara`; `Week 10`, `Week 11`.
fn name_two_things(vault: &Vault, pair: &FactPair) -> bool {
    let names = |id: FactId| -> Vec<String> {
        let words = words(heading(vault, id)).map(str::to_lowercase);
        let is_number = |word: &str| word.starts_with(|first: char| first.is_ascii_digit());
        let is_name = |word: &str| word.len() > 1 && vault.lexicon().is_name(word) == Some(true);
        words.filter(|word| is_number(word) || is_name(word)).collect()
    };
    each_lacks_one(&names(pair.one), &names(pair.another))
}

fn heading(vault: &Vault, id: FactId) -> &str {
    let outline = vault.outline(id.file);
    let index = (vault.fact(id).heading as usize).checked_sub(1);
    index.map_or("", |index| outline.str(outline.headings[index].text()))
}

fn has_one_of(heading: &str, these: &[&str]) -> bool {
    words(&heading.to_lowercase()).any(|word| these.contains(&word))
}
