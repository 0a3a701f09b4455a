//! Properties that the note's own text contradicts.

use std::cell::OnceCell;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix, Severity};
use crate::language::fact::{
    NoLexicon, Relation, Statement, are_two_posts, compare, fingerprint, overlap, read, subject_keys,
};
use crate::note::{Note, Property, ValueKind};
use crate::rule::{Diagnostics, Rule};
use crate::text::{Memo, Span, words};
use crate::vault::settings::Settings;

mod lines;
mod sorts;
mod values;

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct ConflictingProperty {}

/// Properties that say nothing about what the note is about.
const OWN: [&str; 16] = [
    "name",
    "title",
    "aliases",
    "alias",
    "tags",
    "tag",
    "type",
    "kind",
    "category",
    "cssclasses",
    "cssclass",
    "created",
    "modified",
    "updated",
    "date",
    "publish",
];

/// Properties of one meaning, the first of each also as it is told: `based in`, `works for`.
const WAYS_TO_SAY: [(&str, &[&str], &[&str]); 4] = [
    ("company", &["employer", "organisation", "organization"], &["Works for", "Works at", "Employed by"]),
    ("location", &["city", "place", "office"], &["Based in", "Located in", "Lives in"]),
    ("role", &["title", "position", "job title"], &[]),
    ("owner", &["lead"], &["Owned by"]),
];

/// A note with more properties is data: it is not compared.
const MOST_PROPERTIES: usize = 1000;

impl Rule for ConflictingProperty {
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        let properties: Vec<(&Property, &str)> = note
            .outline
            .top_level()
            .iter()
            .filter(|property| !OWN.iter().any(|own| note.outline.str(property.key).eq_ignore_ascii_case(own)))
            .filter_map(|property| Some((property, value(note, property)?)))
            .collect();
        if properties.len() > MOST_PROPERTIES {
            return;
        }
        let mut lines = None;
        for (property, value) in &properties {
            let meaning = meaning(note.outline.str(property.key));
            if values::may_be_contradicted(value, meaning.has_name("role")) {
                let lines = lines.get_or_insert_with(|| lines::statements(note));
                check(note, (property, value, &meaning), &properties, lines, diagnostics);
            }
        }
    }
}

/// The two say the same thing, such as `company` and `employer`.
fn has_one_meaning(note: &Note, one: &Property, another: &Property) -> bool {
    let (one, another) = (meaning(note.outline.str(one.key)), meaning(note.outline.str(another.key)));
    one.names.iter().any(|name| another.has_name(name))
}

/// The property's value as text, without link brackets; none for lists, placeholders and long texts.
fn value<'n>(note: &'n Note, property: &Property) -> Option<&'n str> {
    if !matches!(property.value.kind, ValueKind::Text { .. } | ValueKind::Integer(_) | ValueKind::Float(_)) {
        return None;
    }
    let raw = property.value.span.of(&note.text).trim().trim_matches(['"', '\'']);
    let is_template = || raw.contains('{') && raw.contains("{{");
    let is_set = !raw.is_empty() && raw.len() <= 80 && !crate::language::date::is_placeholder(raw) && !is_template();
    is_set.then_some(raw)
}

fn check(
    note: &Note,
    (property, value, meaning): (&Property, &str, &Meaning),
    properties: &[(&Property, &str)],
    lines: &[lines::Line],
    diagnostics: &mut Diagnostics,
) {
    let key = note.outline.str(property.key);
    let told = Told { value, meaning, statements: meaning.ways.iter().map(|_| OnceCell::new()).collect() };
    for line in lines {
        let found = conflict(note, line, &told).filter(|_| !is_of_another_time(note, line));
        let Some(Conflict { span: found, in_part }) = found else { continue };
        let written = found.of(&note.text);
        let message = format!("property `{key}` is `{value}`, but the text says `{written}`");
        let diagnostic = diagnostics.report(note.id, property.value.span, message);
        diagnostic.label("one value here").related(note.id, found, "another here");
        diagnostic.help("correct the one that is wrong");
        if in_part {
            diagnostic.at_most(Severity::Info);
        }
        // Another property of that meaning has another value: then the text cannot be corrected by either.
        if properties.iter().any(|(other, said)| *said != value && has_one_meaning(note, property, other)) {
            return;
        }
        if !is_plain(value) || cuts_a_link(note, found) || cuts_code(note, found) || is_no_link_yet(note, property, value) {
            return;
        }
        let edit = Edit::replace(note.id, found, value);
        diagnostic.fix(Fix::unsafe_because(
            format!("write `{value}` in the text"),
            "the text may be right",
            vec![edit],
        ));
        return;
    }
}

/// Says the same in a text as in a property: a whole link, or words of one line without signs that a text reads as something
/// else.
fn is_plain(value: &str) -> bool {
    let inner = value.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).unwrap_or(value);
    !inner.contains(['[', ']', '`', '<', '\n', '\r']) && !inner.contains("%%")
}

/// The place lies inside a link: another word there would be another target.
fn cuts_a_link(note: &Note, place: Span) -> bool {
    note.outline.links.iter().any(|link| link.span.overlaps(place) && !place.covers(link.span))
}

/// The place holds signs of one end of code, a comment or the like: without them, what that hid would be read.
fn cuts_code(note: &Note, place: Span) -> bool {
    let has_signs = place.of(&note.text).contains(['`', '%', '$', '<', '>']);
    let is_inside = |span: Span| span.start < place.start && place.end < span.end && !has_signs;
    let is_cut = |span: Span| span.overlaps(place) && !place.covers(span) && !is_inside(span);
    note.body.verbatim.iter().any(|verbatim| is_cut(verbatim.span))
}

/// Brackets that the property only quotes would become a link in the text.
fn is_no_link_yet(note: &Note, property: &Property, value: &str) -> bool {
    value.contains("[[") && !note.outline.links.iter().any(|link| property.value.span.covers(link.span))
}

/// What a property means: its names, and how it is told in a text.
struct Meaning {
    names: Vec<String>,
    ways: Vec<Way>,
}

/// A way to tell a property, and the words by which a line that may tell it is known.
struct Way {
    /// What stands before the value: `The role is`, `Based in`.
    opening: String,
    words: Vec<u32>,
    /// By the property's own name, behind which a preposition leads to something else.
    is_own: bool,
}

impl Meaning {
    fn new(key: &str) -> Meaning {
        let (names, ways) = ways_to_say(key);
        let way = |text: &str, opening: String, is_own| Way { opening, words: subject_keys(text), is_own };
        let ways = ways.iter().map(|text| way(text, (*text).to_owned(), false));
        let own = names.iter().map(|name| way(name, format!("The {name} is"), true));
        Meaning { ways: ways.chain(own).collect(), names }
    }

    fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// A property's value as sentences, each read when a line may tell it too.
struct Told<'a> {
    value: &'a str,
    meaning: &'a Meaning,
    statements: Vec<OnceCell<Statement>>,
}

impl Told<'_> {
    fn are_titles(&self) -> bool {
        self.meaning.has_name("role")
    }

    fn statement(&self, note: &Note, way: usize) -> &Statement {
        let sentence = || format!("{} {}", self.meaning.ways[way].opening, self.value);
        self.statements[way].get_or_init(|| read(&sentence(), &NoLexicon, note.path.stem()))
    }
}

/// Returns what a property means. A vault has few properties, each in many notes.
fn meaning(key: &str) -> Rc<Meaning> {
    thread_local! {
        static KNOWN: Memo<Rc<Meaning>> = Memo::default();
    }
    KNOWN.with(|known| known.get(key, || Rc::new(Meaning::new(key))))
}

/// Another value of a property.
struct Conflict {
    span: Span,
    /// Two titles that share a word: the text may say less than the property, and mean the same post.
    in_part: bool,
}

/// Returns where a line gives another value of the property.
fn conflict(note: &Note, line: &lines::Line, told: &Told) -> Option<Conflict> {
    if let Some((label, said)) = line.labelled {
        if !told.meaning.has_name(label.of(&note.text)) {
            return None;
        }
        let said = without_other_properties(note, told.value, said);
        let in_part = difference(told.value, said.of(&note.text), told.are_titles())?;
        return Some(Conflict { span: said, in_part });
    }
    let ways = told.meaning.ways.iter().enumerate();
    ways.filter(|(_, way)| line.has_one_of(&note.text, &way.words)).find_map(|(number, way)| {
        let comparison = compare(told.statement(note, number), line.statement(note));
        match (comparison.relation, comparison.another.as_slice()) {
            (Relation::Contradicts(_), [range]) => {
                let start = line.span.start as usize;
                let span = Span::new(start + range.start, start + range.end);
                let is_place = way.is_own && ends_in_preposition(&note.text[start..span.start as usize]);
                let is_value = !is_place && values::may_contradict(told.value, span.of(&note.text), told.are_titles());
                is_value.then_some(Conflict { span, in_part: false })
            }
            _ => None,
        }
    })
}

/// Tells whether a line does not tell of the note's thing as it is: what stands below another item is about that one, what stands
/// below `Previous position` was, and `Would like to be based in Bergen` may be.
fn is_of_another_time(note: &Note, line: &lines::Line) -> bool {
    const BEFORE: [&str; 9] = ["previous", "previously", "former", "formerly", "past", "earlier", "history", "old", "until"];
    const NOT_NOW: [&str; 14] = [
        "was", "were", "had", "used", "lived", "worked", "would", "will", "wants", "wanted", "plans", "planned", "hopes",
        "moved",
    ];
    let has_one =
        |text: &str, these: &[&str]| words(text).any(|word| these.iter().any(|other| other.eq_ignore_ascii_case(word)));
    let headings = &note.outline.headings;
    let above = headings.partition_point(|heading| heading.span.start <= line.span.start).checked_sub(1);
    let heading = above.map_or("", |index| note.outline.str(headings[index].text()));
    let text = line.span.of(&note.text);
    note.body.item_at(line.span).is_some_and(|item| item.depth > 0)
        || has_one(heading, &BEFORE)
        || has_one(text, &BEFORE)
        || line.labelled.is_none() && has_one(text, &NOT_NOW)
}

/// `His manager is in Oslo` tells where, not who.
fn ends_in_preposition(text: &str) -> bool {
    let last = text.trim_end().rsplit(' ').next().unwrap_or_default();
    ["in", "at", "on", "from", "with", "near"].contains(&last)
}

/// `Account executive at Halden` without ` at Halden`, if another property says Halden.
fn without_other_properties(note: &Note, value: &str, said: Span) -> Span {
    let text = said.of(&note.text);
    let others = note.outline.top_level().iter().filter_map(|property| self::value(note, property));
    let others = others.filter(|other| *other != value).map(|other| other.trim_matches(['[', ']']));
    let shortened = others.filter_map(|other| {
        let rest = text.trim_end_matches(']').strip_suffix(other)?.trim_end_matches('[');
        let kept = rest
            .trim_end()
            .strip_suffix(',')
            .or_else(|| rest.strip_suffix(" at "))
            .or_else(|| rest.strip_suffix(" @ "))?;
        (!kept.trim().is_empty()).then(|| kept.trim_end().len())
    });
    shortened.min().map_or(said, |length| Span::new(said.start as usize, said.start as usize + length))
}

/// Two values differ if they share no word and neither stands for the other; two titles differ in part if they share a word
/// and name two posts all the same. Returns whether they differ in part.
fn difference(one: &str, another: &str, are_titles: bool) -> Option<bool> {
    if one == another || fingerprint(one) == fingerprint(another) || !values::may_contradict(one, another, are_titles) {
        return None;
    }
    let (one, another) = (read(one, &NoLexicon, ""), read(another, &NoLexicon, ""));
    if one.is_empty() || another.is_empty() {
        return None;
    }
    if overlap(&one, &another) == 0.0 && !one.shares_a_word(&another) {
        return Some(false);
    }
    (are_titles && are_two_posts(&one, &another)).then_some(true)
}

fn ways_to_say(key: &str) -> (Vec<String>, &'static [&'static str]) {
    let own = key.replace(['_', '-'], " ");
    let known = WAYS_TO_SAY.iter().find(|(name, others, _)| {
        name.eq_ignore_ascii_case(&own) || others.iter().any(|other| other.eq_ignore_ascii_case(&own))
    });
    match known {
        Some((name, others, ways)) => {
            let mut names = vec![own];
            names.extend([*name].iter().chain(others.iter()).map(|name| (*name).to_owned()));
            (names, ways)
        }
        None => (vec![own], &[]),
    }
}
