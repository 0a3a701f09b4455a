//! Several notes, or entries of a log, for one meeting.

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
use crate::vault::Vault;

mod account;

use account::{Account, tell_the_same};

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DuplicateMeeting {}

impl Rule for DuplicateMeeting {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        let notes = account::notes(vault);
        for group in groups(vault, &notes) {
            report(vault, &group, Form::Notes, diagnostics);
        }
        let enters_one_twice = |file: &FileId| !groups(vault, &account::entries(vault, *file)).is_empty();
        let mut asked = vault.checked().filter(|file| vault.is_asked(*file));
        if !vault.is_asked_whole() && !asked.any(|file| enters_one_twice(&file)) {
            return;
        }
        let files: Vec<FileId> = vault.checked().collect();
        let entering: Vec<FileId> = files.into_par_iter().filter(enters_one_twice).collect();
        // One meeting is entered on the page of everybody who was there: it is told once, of the first page, whatever is asked.
        let mut told = FxHashSet::default();
        for file in entering {
            for group in groups(vault, &account::entries(vault, file)) {
                let mut targets: Vec<&str> = group.iter().map(|account| account.target.as_str()).collect();
                targets.sort_unstable();
                if told.insert(targets.join("\0")) {
                    report(vault, &group, Form::Entries, diagnostics);
                }
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Notes,
    Entries,
}

/// Groups accounts of one day and the same people that tell mostly the same; accounts come sorted by day and people.
fn groups<'a>(vault: &Vault, accounts: &'a [Account]) -> Vec<Vec<&'a Account>> {
    let mut groups = Vec::new();
    let of_one_day = accounts.chunk_by(|one, another| one.day == another.day && one.people == another.people);
    for same in of_one_day.filter(|same| same.len() > 1) {
        let keys: Vec<Vec<u32>> = same.iter().map(|account| account.keys(vault)).collect();
        let mut alike: Vec<Vec<usize>> = Vec::new();
        for (index, own) in keys.iter().enumerate() {
            let is_like = |other: &usize| tell_the_same(own, &keys[*other]) && !same[index].is_another_than(&same[*other]);
            let like = |group: &&mut Vec<usize>| group.iter().any(is_like);
            match alike.iter_mut().find(like) {
                Some(group) => group.push(index),
                None => alike.push(vec![index]),
            }
        }
        let several = alike.into_iter().filter(|group| group.len() > 1);
        groups.extend(several.map(|group| group.into_iter().map(|index| &same[index]).collect()));
    }
    groups
}

fn report(vault: &Vault, group: &[&Account], form: Form, diagnostics: &mut Diagnostics) {
    let (first, count, day) = (group[0], group.len(), group[0].day);
    let what = if form == Form::Notes { "notes" } else { "entries" };
    let with = if first.shown.is_empty() { String::new() } else { format!(" with `{}`", first.shown) };
    let message = format!("{count} {what} of {day} tell of one meeting{with}");
    let diagnostic = diagnostics.report(first.file, first.span, message);
    diagnostic.label("one account");
    for other in &group[1..] {
        diagnostic.related(other.file, other.span, "another account");
    }
    let paths: Vec<String> = group.iter().map(|account| format!("`{}`", vault.path(account.file))).collect();
    diagnostic.help(match form {
        Form::Notes => format!("same day, same people, mostly the same summary: {}\nmerge them into one note", paths.join(", ")),
        Form::Entries => "same day, same people, mostly the same summary\nkeep one entry".to_owned(),
    });
}

/// Where a note without text is marked.
fn top(vault: &Vault, file: FileId) -> Span {
    let outline = vault.outline(file);
    let heading = outline.headings.first().map(|heading| heading.text_span);
    heading.or_else(|| outline.facts.first().map(|fact| fact.span)).unwrap_or_default()
}
