//! What a note or an entry of a log tells of a meeting: the day, the people, the words.

use std::sync::LazyLock;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::top;
use crate::language::date::{self, Date};
use crate::language::fact::{read, subject_keys};
use crate::language::name::Name;
use crate::note::{Fact, FactKind};
use crate::text::{FileId, Span, each_lacks_one, last_component, words};
use crate::vault::settings::Kind;
use crate::vault::{Target, Vault};

/// So many words, beside names and the words for meetings, must be common to both.
const LEAST_SHARED: usize = 3;

/// Words that tell that there was a meeting, not what it was about.
const MEETING_WORDS: &str =
    "1:1 1-1 weekly monthly intro introductory meeting call sync discussion discussed group internal team teams between reviewed aligned notes";

/// One account of a meeting.
pub(super) struct Account {
    pub day: Date,
    /// Names without the vault's owner, folded and sorted.
    pub people: Vec<Box<str>>,
    /// The people as written.
    pub shown: String,
    summary: String,
    pub file: FileId,
    pub span: Span,
    /// Name of the note that the entry links to.
    pub target: String,
}

/// Parts of a day, as words begin.
const PARTS_OF_DAY: [&str; 10] =
    ["morning", "afternoon", "evening", "vormittag", "nachmittag", "abend", "mañana", "tarde", "matin", "après"];

impl Account {
    /// Tells whether the two are surely two meetings, however much they have in common.
    pub(super) fn is_another_than(&self, other: &Account) -> bool {
        // An entry tells of a meeting in its own words, a note by its title.
        let is_other_title = || self.is_about_others(other) || self.has_another_word(other);
        self.is_another_part(other) || self.is_of_note() && other.is_of_note() && is_other_title()
    }

    fn is_of_note(&self) -> bool {
        self.target.is_empty()
    }

    /// Each has a number or a part of the day that the other lacks: `part 1` and `part 2`.
    fn is_another_part(&self, other: &Account) -> bool {
        let part = |word: String| {
            let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
            let of_day = || PARTS_OF_DAY.into_iter().find(|part| word.starts_with(part)).map(str::to_owned);
            if is_number { Some(word) } else { of_day() }
        };
        let parts = |account: &Account| -> Vec<String> {
            words(&account.summary).map(str::to_lowercase).filter_map(part).collect()
        };
        each_lacks_one(&parts(self), &parts(other))
    }

    /// Each names somebody or something that the other does not: an interview with Omar Said, one with Olga Sand.
    fn is_about_others(&self, other: &Account) -> bool {
        let names = |account: &Account| {
            let is_sentence = words(&account.summary).any(|word| word.len() > 3 && word.starts_with(char::is_lowercase));
            let inside = words(&account.summary).skip(1).filter(|word| is_sentence && word.starts_with(char::is_uppercase));
            inside.map(str::to_lowercase).collect()
        };
        let (own, others): (FxHashSet<String>, FxHashSet<String>) = (names(self), names(other));
        let is_said = |name: &String, account: &Account| words(&account.summary).any(|word| word.to_lowercase() == *name);
        own.iter().any(|name| !is_said(name, other)) && others.iter().any(|name| !is_said(name, self))
    }

    /// They are the same word by word, but for one in the place of another: reviews of the storage layer and of the network layer.
    fn has_another_word(&self, other: &Account) -> bool {
        let (own, others): (Vec<&str>, Vec<&str>) = (words(&self.summary).collect(), words(&other.summary).collect());
        let differ = |pair: &(&&str, &&str)| !pair.0.eq_ignore_ascii_case(pair.1) && subject_keys(pair.0) != subject_keys(pair.1);
        own.len() == others.len() && own.iter().zip(&others).filter(differ).count() == 1
    }

    /// Returns the words of the summary, sorted, without names of people and without words for meetings.
    pub(super) fn keys(&self, vault: &Vault) -> Vec<u32> {
        static MEETING_KEYS: LazyLock<Vec<u32>> = LazyLock::new(|| subject_keys(MEETING_WORDS));
        let owner = vault.people().owner().map(|owner| owner.main_name().text.to_string()).unwrap_or_default();
        let names = subject_keys(&format!("{} {owner}", self.people.join(" ")));
        let mut keys = read(&self.summary, vault.lexicon(), "").signature().keys;
        keys.retain(|key| !names.contains(key) && !MEETING_KEYS.contains(key));
        keys
    }
}

/// Most of the shorter summary stands in the other as well.
pub(super) fn tell_the_same(one: &[u32], another: &[u32]) -> bool {
    let shared = one.iter().filter(|key| another.binary_search(key).is_ok()).count();
    shared >= LEAST_SHARED && 10 * shared >= 3 * one.len().min(another.len())
}

/// Returns the accounts that are notes, sorted by day and people; of the days alone of which there is one that is asked about.
pub(super) fn notes(vault: &Vault) -> Vec<Account> {
    let dated = vault.checked().filter_map(|file| {
        let stem = vault.path(file).stem();
        let (range, day) = date::leading(stem).filter(|(_, day)| day.is_full_day())?;
        let title = stem[range.end..].trim_start_matches([' ', '-', '–', '_']);
        (vault.kind(file) != Some(&Kind::Daily) && !title.is_empty()).then_some((file, day, title))
    });
    let mut dated: Vec<(FileId, Date, &str)> = dated.collect();
    let days: FxHashSet<Date> = dated.iter().filter(|dated| vault.is_asked(dated.0)).map(|dated| dated.1).collect();
    dated.retain(|dated| days.contains(&dated.1));
    let owner = owner(vault);
    let accounts = dated.into_par_iter().filter_map(|(file, day, title)| note(vault, owner, file, day, title));
    let mut accounts: Vec<Account> = accounts.collect();
    accounts.par_sort_by(|one, another| (one.day.days(), &one.people, one.file).cmp(&(another.day.days(), &another.people, another.file)));
    accounts
}

fn note(vault: &Vault, owner: Option<&str>, file: FileId, day: Date, title: &str) -> Option<Account> {
    let outline = vault.outline(file);
    let attendees = ["attendees", "participants", "people", "with"].iter().filter_map(|key| outline.property(key));
    let names: Vec<String> = attendees.flat_map(|property| outline.texts(property)).map(|(text, _)| unlinked(text)).collect();
    let (people, shown) = people(owner, names.iter().map(String::as_str));
    if people.is_empty() {
        return None;
    }
    let heading = outline.headings.first().map(|heading| outline.str(heading.text())).filter(|text| !text.contains(title));
    let summary = format!("{title}. {}", heading.unwrap_or_default());
    Some(Account { day, people, shown, summary, file, span: top(vault, file), target: String::new() })
}

/// Returns the entries of a note that lead to no note of their own, sorted by day and people.
pub(super) fn entries(vault: &Vault, file: FileId) -> Vec<Account> {
    let facts = vault.outline(file).facts.iter().filter(|fact| fact.kind == FactKind::Entry);
    let mut accounts: Vec<Account> = facts.filter_map(|fact| entry(vault, file, fact)).collect();
    accounts.sort_by(|one, another| (one.day.days(), &one.people, one.span).cmp(&(another.day.days(), &another.people, another.span)));
    accounts
}

fn entry(vault: &Vault, file: FileId, fact: &Fact) -> Option<Account> {
    let outline = vault.outline(file);
    let text = outline.str(fact.text());
    let first = outline.links.partition_point(|link| link.span.start < fact.span.start);
    let link = outline.links.get(first).filter(|link| fact.span.covers(link.span))?;
    let target = outline.str(link.target);
    let name = last_component(target);
    let (_, day) = date::leading(name).filter(|(_, day)| day.is_full_day())?;
    if vault.resolve(file, link) != Target::Missing {
        return None;
    }
    let via = text.rfind("(via ").map(|at| text[at + 5..].split(')').next().unwrap_or_default());
    let mentioned = outline.names.iter().filter(|name| fact.span.covers(name.span)).map(|name| outline.str(name.text()));
    let (people, shown) = match via {
        Some(via) => people(owner(vault), [via].into_iter()),
        None => people(owner(vault), mentioned),
    };
    let summary = text.to_owned();
    (!people.is_empty()).then(|| Account { day, people, shown, summary, file, span: fact.span, target: target.to_owned() })
}

/// Returns the owner of the vault, folded. To be asked before work is shared out: who is who is found out on all cores, and a
/// thread that took up a piece of the same work meanwhile would wait for itself.
fn owner(vault: &Vault) -> Option<&str> {
    vault.people().owner().map(|owner| owner.main_name().name.key())
}

/// Folds names and leaves the owner of the vault out.
fn people<'a>(owner: Option<&str>, names: impl Iterator<Item = &'a str>) -> (Vec<Box<str>>, String) {
    let mut people: Vec<Box<str>> = Vec::new();
    let mut shown = Vec::new();
    for text in names {
        let key = Name::key_of(text);
        if Some(&*key) != owner && !key.is_empty() && !people.contains(&key) {
            people.push(key);
            shown.push(text.to_owned());
        }
    }
    people.sort_unstable();
    (people, shown.join(", "))
}

fn unlinked(text: &str) -> String {
    let inner = text.trim().trim_start_matches("[[").trim_end_matches("]]");
    let target = inner.split(['|', '#']).next().unwrap_or(inner);
    last_component(target).trim().to_owned()
}
