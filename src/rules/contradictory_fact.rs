//! Statements that agree but for one value, of which only one can hold.

use serde::{Deserialize, Serialize};

use crate::language::fact::{Contradiction, Relation};
use crate::rule::statements::{marked, quoted, reason};
use crate::rule::{Diagnostics, Rule};
use crate::text::FileId;
use crate::vault::Vault;
use crate::vault::facts::{FactId, FactPair};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ContradictoryFact {}

impl Rule for ContradictoryFact {
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        report(vault, &vault.note_facts(file).pairs, diagnostics);
    }

    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        report(vault, &vault.facts().pairs, diagnostics);
    }
}

/// Reports each statement once, with all the earlier ones that it contradicts.
fn report(vault: &Vault, pairs: &[FactPair], diagnostics: &mut Diagnostics) {
    let mut conflicts: Vec<(&FactPair, Contradiction)> = Vec::new();
    for pair in pairs {
        match pair.comparison.relation {
            Relation::Contradicts(Contradiction::Holder) if name_one_person(vault, pair) => {}
            Relation::Contradicts(kind) => conflicts.push((pair, kind)),
            _ => {}
        }
    }
    conflicts.sort_by_key(|(pair, _)| (pair.another, pair.one));
    for group in conflicts.chunk_by(|one, another| one.0.another == another.0.another) {
        report_group(vault, group, diagnostics);
    }
}

/// `Dre Jackson owns it` and `Deandre Jackson owns it`, where the one is an alias of the other.
fn name_one_person(vault: &Vault, pair: &FactPair) -> bool {
    vault.lexicon().name_one_person(vault.fact_text(pair.one), vault.fact_text(pair.another))
}

fn report_group(vault: &Vault, group: &[(&FactPair, Contradiction)], diagnostics: &mut Diagnostics) {
    let (first, kind) = group[0];
    let text = quoted(vault.fact_text(first.one));
    let message = format!("disagrees with {text} {}", on(kind, first));
    let span = marked(vault, first.another, &first.comparison.another);
    let diagnostic = diagnostics.report(first.another.file, span, message);
    diagnostic.label("says this");
    for (pair, _) in group {
        diagnostic.related(pair.one.file, marked(vault, pair.one, &pair.comparison.one), "says that");
    }
    let newer = newer(vault, first.one, first.another);
    diagnostic.help(format!("{}{newer}\ncorrect one of them, or say when each held", reason(&first.comparison)));
}

fn on(kind: Contradiction, pair: &FactPair) -> String {
    match kind {
        Contradiction::Date => "on a date".to_owned(),
        Contradiction::Number => "on a number".to_owned(),
        Contradiction::Holder => "on who or what it is".to_owned(),
        Contradiction::Negation => "on whether it is so".to_owned(),
        Contradiction::Opposite => format!("on one word: {}", pair.comparison.differs),
        Contradiction::Roles => "on who does what".to_owned(),
    }
}

/// Which of two dated notes is the later one.
fn newer(vault: &Vault, one: FactId, another: FactId) -> String {
    let day = |id: FactId| crate::language::date::leading(vault.path(id.file).stem()).map(|(_, date)| date);
    match (day(one), day(another)) {
        (Some(left), Some(right)) if left != right => match left.compare(right) {
            Some(std::cmp::Ordering::Less) => format!("; `{}` is the newer note", vault.path(another.file)),
            Some(std::cmp::Ordering::Greater) => format!("; `{}` is the newer note", vault.path(one.file)),
            _ => String::new(),
        },
        _ => String::new(),
    }
}
