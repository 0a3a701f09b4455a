//! Which headings of a note are about which thing: what stands below two of them may be said of two things.

use crate::language::fact::{Anchor, Lexicon};
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
    "about", "access", "action", "actions", "allgemein", "architecture", "aufgaben", "background", "bemerkungen",
    "beschreibung", "billing", "budget", "business", "challenges", "commercial", "communication", "concerns",
    "constraints", "contact", "contacts", "context", "contexte", "contexto", "contract", "contracts", "costs",
    "culture", "datos", "decided", "decision", "decisions", "delivery", "dependencies", "deployment", "description",
    "design", "detail", "details", "development", "discussed", "discussion", "détails", "ends", "entscheidungen",
    "experience", "fact", "facts", "fakten", "family", "feedback", "finance", "finances", "findings", "focus",
    "follow", "followup", "general", "goal", "goals", "habits", "health", "heard", "hechos", "highlights",
    "hintergrund", "history", "hobbies", "ideas", "impact", "info", "information", "informationen", "infrastructure",
    "insights", "integration", "integrations", "interests", "introduction", "issues", "items", "key", "learnings",
    "legal", "likes", "log", "logistics", "main", "marketing", "metrics", "milestones", "misc", "needs", "next",
    "notas", "note", "notes", "notizen", "observations", "offene", "open", "operations", "organisation",
    "organization", "other", "outcome", "outcomes", "overview", "people", "personal", "planning", "point", "points",
    "preferences", "pricing", "procurement", "profile", "progress", "punkte", "purpose", "questions", "recent",
    "related", "relationship", "requirements", "research", "resources", "results", "risks", "roadmap", "roles",
    "sales", "scope", "security", "sonstiges", "stakeholders", "stand", "state", "status", "strategy", "summary",
    "support", "takeaways", "tasks", "technical", "technology", "timeline", "timing", "todo", "todos", "topics",
    "travel", "update", "updates", "usage", "wichtig", "work", "zusammenfassung", "überblick",
];

/// Tells whether a fact is a step by its heading: as with numbered steps, what stands twice is done twice.
pub(super) fn are_steps(vault: &Vault, id: FactId) -> bool {
    has_one_of(heading(vault, id), &STEPS)
}

/// Tells whether what stands below the headings of two facts may be said of two things: of things that they name (`Staging`,
/// `Production`; `Option A`, `Option B`), not of the note in one sort of words or another (`Key facts`, `Background`). A sentence
/// that names its subject is about that, wherever it stands.
pub(super) fn may_be_of_two_things(vault: &Vault, pair: &FactPair) -> bool {
    let is_section = |id: FactId| {
        let heading = heading(vault, id);
        heading.is_empty() || has_one_of(heading, SECTIONS)
    };
    name_two_things(vault, pair)
        || are_two_of_one_sort(heading(vault, pair.one), heading(vault, pair.another))
        || !is_section(pair.one) && !is_section(pair.another) && !names_its_subject(vault, pair.one)
}

fn names_its_subject(vault: &Vault, id: FactId) -> bool {
    let statement = vault.statement(id);
    statement.is_sentence() && statement.signature().brief.anchor == Anchor::Strong
}

/// Tells whether two headings share a word and are told apart by others: `Plan A`, `Plan B`.
fn are_two_of_one_sort(one: &str, another: &str) -> bool {
    let (one, another) = (one.to_lowercase(), another.to_lowercase());
    let telling = |heading| -> Vec<&str> { words(heading).filter(|word| !SECTIONS.contains(word)).collect() };
    has_one_of(&one, &words(&another).collect::<Vec<&str>>()) && each_lacks_one(&telling(&one), &telling(&another))
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
