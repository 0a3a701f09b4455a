//! Whether the names of one statement agree: `1:1 with Rob Benoit (via Rob Banga)` names one partner in two ways.

use super::{People, PersonId};
use crate::language::name::{Comparison, Name, Relation, compare, compare_near, fold};
use crate::note::{NameMention, NamePlace, Outline};

/// Two names of one statement that cannot both be right.
#[derive(Clone, Copy, Debug)]
pub struct Disagreement {
    /// The name in the text.
    pub named: NameMention,
    /// The name in `(via …)`.
    pub via: NameMention,
    /// Where in the mention's text the name begins.
    pub start: usize,
    pub comparison: Comparison,
}

impl People {
    /// Returns the names in a note's statements that disagree with the `(via …)` at their end.
    pub fn disagreements(&self, outline: &Outline) -> Vec<Disagreement> {
        let is_open = |names: &&[NameMention]| names.iter().any(|via| is_via(via) && !is_repeated(outline, names, via));
        let statements = outline.names.chunk_by(|a, b| a.statement == b.statement).filter(is_open);
        statements.flat_map(|names| self.statement_disagreements(outline, names)).collect()
    }

    fn statement_disagreements(&self, outline: &Outline, names: &[NameMention]) -> Vec<Disagreement> {
        let read = |mention: &NameMention| Reading::new(outline, *mention);
        let vias: Vec<Reading> = names.iter().filter(|mention| is_via(mention)).map(read).collect();
        let is_named = |mention: &&NameMention| !is_via(mention) && !matches!(mention.place, NamePlace::Display);
        let named: Vec<Reading> = names.iter().filter(is_named).map(read).collect();
        let (owners, named): (Vec<Reading>, Vec<Reading>) = named.into_iter().partition(|named| self.is_owner(named));
        let settled_by = |via: &Reading| (0..named.len()).map(|at| self.is_settled(via, &named, at)).collect();
        let settled: Vec<Vec<bool>> = vias.iter().map(settled_by).collect();
        // Whoever is named on both sides is settled, and speaks for nobody else.
        let is_open = |at: &usize| !settled.iter().any(|by_via| by_via[*at]);
        let open: Vec<&Reading> = (0..named.len()).filter(is_open).map(|at| &named[at]).collect();
        if open.is_empty() {
            return Vec::new();
        }
        let open_vias = vias.iter().zip(&settled).filter(|(via, settled)| {
            let is_person = || via.is_full() && !self.is_organisation(&via.names[0].1) && !self.is_owner(via);
            !settled.contains(&true) && is_person()
        });
        open_vias
            .filter_map(|(via, _)| self.disagreement(via, &open, || self.is_pair(via, &named, !owners.is_empty())))
            .collect()
    }

    /// The statement tells of two people: it says so, or it names the owner and nobody but one.
    fn is_pair(&self, via: &Reading, named: &[Reading], has_owner: bool) -> bool {
        let is_somebody = |reading: &&Reading| {
            reading.names.iter().any(|(_, name)| {
                let is_near = rank(compare(&via.names[0].1, name).relation).is_some();
                name.is_full() && (is_near || !self.named(name).is_empty())
            })
        };
        let others = named.iter().filter(is_somebody).count();
        others <= 1 && (has_owner || named.first().is_some_and(|reading| reading.mention.one_to_one))
    }

    fn disagreement(&self, via: &Reading, named: &[&Reading], is_pair: impl Fn() -> bool) -> Option<Disagreement> {
        let via_name = &via.names[0].1;
        let mut best: Option<Disagreement> = None;
        for reading in named.iter().filter(|reading| !reading.mention.truncated) {
            for (start, name) in reading.names.iter().filter(|(_, name)| name.is_full()) {
                let comparison = compare(via_name, name);
                let is_excused = || {
                    self.are_declared_different(via_name, name)
                        || self.is_organisation(name)
                        || (self.have_own_notes(via_name, name) && !is_pair())
                };
                if rank(comparison.relation).is_none() || is_excused() {
                    continue;
                }
                let found = Disagreement { named: reading.mention, via: via.mention, start: *start, comparison };
                // Of `Met Clint` and `Clint`, the shorter name, if both relate alike.
                let key = |found: &Disagreement| (rank(found.comparison.relation), std::cmp::Reverse(found.start));
                if best.as_ref().is_none_or(|best| key(&found) < key(best)) {
                    best = Some(found);
                }
            }
        }
        best
    }

    fn is_owner(&self, reading: &Reading) -> bool {
        let Some(owner) = self.owner() else { return false };
        let is_owners =
            |found: Comparison| matches!(found.relation, Relation::Same | Relation::Compatible | Relation::Variant);
        let is_full = |name: &Name| name.is_full();
        let mut full = reading.names.iter().filter(|(_, name)| is_full(name));
        full.any(|(_, name)| owner.names.iter().any(|known| compare_near(&known.name, name).is_some_and(is_owners)))
    }

    /// The two are one person: equal, compatible, registered for one person, or cut off. A given name alone settles
    /// nothing where it is short for somebody else of the statement, unless both are known to be people.
    fn is_settled(&self, via: &Reading, named: &[Reading], at: usize) -> bool {
        let reading = &named[at];
        let fits = |a: &Name, b: &Name| {
            let is_same = |found: Comparison| matches!(found.relation, Relation::Same | Relation::Compatible);
            self.are_one_person(a, b) || compare_near(a, b).is_some_and(is_same)
        };
        let any_fits = |a: &Reading, b: &Reading| a.names.iter().any(|(_, a)| b.names.iter().any(|(_, b)| fits(a, b)));
        if any_fits(via, reading) {
            let have_notes = |other: &Reading| self.have_own_notes(&via.names[0].1, &other.names[0].1);
            let is_short = |other: &Reading| other.is_full() && any_fits(reading, other) && !have_notes(other);
            return reading.is_full() || !named.iter().any(is_short);
        }
        reading.mention.truncated && {
            let (whole, cut) = (fold(via.text), fold(reading.text));
            word_starts(&cut).any(|at| whole.starts_with(&cut[at..]))
        }
    }

    fn have_own_notes(&self, a: &Name, b: &Name) -> bool {
        let has_note = |id: &PersonId| self.person(*id).note.is_some();
        self.named(a).iter().any(has_note) && self.named(b).iter().any(has_note)
    }
}

/// A mention with the names it may hold: all its words, or all but the first, which may open a sentence.
struct Reading<'o> {
    mention: NameMention,
    text: &'o str,
    names: Vec<(usize, Name)>,
}

impl<'o> Reading<'o> {
    fn new(outline: &'o Outline, mention: NameMention) -> Reading<'o> {
        let text = outline.str(mention.text());
        let holds_name = |start: &usize| *start == 0 || text[*start..].contains(' ');
        let starts = word_starts(text).take(if is_via(&mention) { 1 } else { 2 }).filter(holds_name);
        let names = starts.map(|start| (start, Name::parse(&text[start..])));
        Reading { mention, text, names: names.collect() }
    }

    fn is_full(&self) -> bool {
        self.names[0].1.is_full()
    }
}

/// The statement names the same person in the same words, as most do.
fn is_repeated(outline: &Outline, names: &[NameMention], via: &NameMention) -> bool {
    let is_text = |other: &&NameMention| matches!(other.place, NamePlace::Text | NamePlace::Link { via: false });
    let written = outline.str(via.text());
    written.contains(' ') && names.iter().filter(is_text).any(|other| outline.str(other.text()) == written)
}

fn word_starts(text: &str) -> impl Iterator<Item = usize> {
    std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1))
}

fn is_via(mention: &NameMention) -> bool {
    matches!(mention.place, NamePlace::Via | NamePlace::Link { via: true })
}

/// The relations that accuse, gravest first.
fn rank(relation: Relation) -> Option<u8> {
    match relation {
        Relation::Variant => Some(0),
        Relation::SoundsLike => Some(1),
        Relation::SameGiven => Some(2),
        _ => None,
    }
}
