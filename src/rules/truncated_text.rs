//! Lists whose summaries or linked titles a program cut at a fixed number of characters.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Cut, Link, LinkKind, LinkPlace, Note, Outline};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span, last_component};
use crate::vault::settings::Settings;
use crate::vault::{Target, Vault};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct TruncatedText {
    /// So many texts of one list must break off at one width.
    pub min_items: usize,
    /// Shorter texts are not looked at.
    pub min_width: usize,
}

impl Default for TruncatedText {
    fn default() -> TruncatedText {
        TruncatedText { min_items: 3, min_width: 40 }
    }
}

impl Rule for TruncatedText {
    /// Lists of whole summaries, whose titles alone may be cut.
    fn check_note(&self, note: &Note, _settings: &Settings, diagnostics: &mut Diagnostics) {
        let outline = &note.outline;
        let mut lists: BTreeMap<u32, Vec<&Link>> = BTreeMap::new();
        for link in outline.links.iter().filter(|link| is_title(link)) {
            if let Some(item) = note.body.item_at(link.span) {
                lists.entry(item.list).or_default().push(link);
            }
        }
        lists.retain(|list, _| outline.cut_lists.binary_search_by_key(list, |cut| cut.list).is_err());
        for links in lists.values() {
            self.report(note.id, Summaries::default(), self.titles(outline, links), diagnostics);
        }
    }

    /// Lists with summaries that break off: the linked notes may have the whole.
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        let mut notes = BTreeMap::new();
        for list in &outline.cut_lists {
            let links = list.links.iter().map(|index| &outline.links[*index as usize]);
            let titles = self.titles(outline, &links.filter(|link| is_title(link)).collect::<Vec<_>>());
            let cut = list.cuts.iter().map(|cut| summary(vault, file, cut, &mut notes)).collect();
            self.report(file, Summaries { cut, all: list.items }, titles, diagnostics);
        }
    }
}

/// The summaries of one list.
#[derive(Default)]
struct Summaries {
    cut: Vec<Summary>,
    /// How many items the list has.
    all: u32,
}

/// A summary that ends in dots.
struct Summary {
    dots: Span,
    width: usize,
    /// What the target note has in the place of the dots.
    rest: Option<String>,
}

/// Titles of one list that end at one width.
struct Titles {
    count: usize,
    all: usize,
    width: usize,
    first: Span,
}

impl TruncatedText {
    fn report(&self, file: FileId, summaries: Summaries, titles: Option<Titles>, diagnostics: &mut Diagnostics) {
        let Summaries { cut: summaries, all } = summaries;
        let width = self.common_width(&summaries);
        let restorable = summaries.iter().filter(|summary| summary.rest.is_some()).count();
        let mut parts = Vec::new();
        if let Some((width, count)) = width {
            parts.push(format!("{count} of {all} summaries are cut at {width} characters"));
        } else if restorable > 0 {
            let noun = if restorable == 1 { "1 summary is".to_owned() } else { format!("{restorable} summaries are") };
            parts.push(format!("{noun} cut off, though the linked note has the whole"));
        }
        if let Some(titles) = &titles {
            let (count, all, width) = (titles.count, titles.all, titles.width);
            parts.push(match parts.is_empty() {
                true => format!("{count} of {all} linked titles are cut at {width} characters"),
                false => format!("{count} of {all} linked titles at {width}"),
            });
        }
        let shown = summaries.iter().find(|summary| width.is_some() || summary.rest.is_some()).map(|first| first.dots);
        let Some(span) = shown.filter(|_| width.is_some() || restorable > 0).or(titles.map(|titles| titles.first)) else {
            return;
        };
        if parts.is_empty() {
            return;
        }
        let diagnostic = diagnostics.report(file, span, parts.join(", "));
        diagnostic.label("cut here").help("have the program that writes the list keep the whole text");
        if restorable > 0 {
            let edit = |summary: &Summary| Some(Edit::replace(file, summary.dots, summary.rest.as_deref()?));
            let title = format!("write out {restorable} of {} summaries as the linked notes have them", summaries.len());
            let why = "the summary may be short on purpose";
            diagnostic.fix(Fix::unsafe_because(title, why, summaries.iter().filter_map(edit).collect()));
        }
    }

    /// Returns the width at which most summaries break off, and how many do; a word cut whole leaves one less.
    fn common_width(&self, summaries: &[Summary]) -> Option<(usize, usize)> {
        let at = |width: usize| {
            summaries.iter().filter(|summary| summary.width <= width && summary.width + 2 > width).count()
        };
        let widths = summaries.iter().map(|summary| summary.width).filter(|width| *width >= self.min_width);
        let (count, width) = widths.map(|width| (at(width), width)).max()?;
        (count >= self.min_items && count * 2 > summaries.len()).then_some((width, count))
    }

    /// Tells whether several linked titles of a list have the same, greatest length: the mark of a fixed limit.
    fn titles(&self, outline: &Outline, links: &[&Link]) -> Option<Titles> {
        if links.len() < self.min_items {
            return None;
        }
        let title = |link: &Link| last_component(outline.str(link.target));
        let titles: Vec<(usize, &str)> =
            links.iter().map(|link| title(link)).map(|title| (title.chars().count(), title)).collect();
        let greatest = titles.iter().map(|(width, _)| *width).max().filter(|greatest| *greatest >= self.min_width)?;
        let at_limit = |width: usize| width + 1 >= greatest;
        let first = links[titles.iter().position(|(width, _)| at_limit(*width))?].target_span;
        let mut cut: Vec<&str> = titles.iter().filter(|(width, _)| at_limit(*width)).map(|(_, title)| *title).collect();
        cut.sort_unstable();
        cut.dedup();
        // A few of many titles may be equally long by chance.
        let is_limit = cut.len() >= self.min_items && cut.len() * 4 >= links.len();
        is_limit.then_some(Titles { count: cut.len(), all: links.len(), width: greatest, first })
    }
}

fn is_title(link: &Link) -> bool {
    link.kind == LinkKind::Wikilink && link.place == LinkPlace::Text
}

/// The texts of the notes that are linked, each read once.
type Notes = BTreeMap<FileId, Option<Arc<str>>>;

fn summary(vault: &Vault, file: FileId, cut: &Cut, notes: &mut Notes) -> Summary {
    let (link, summary) = link_and_summary(vault.outline(file), cut);
    let rest = link.and_then(|link| {
        let Target::File(target) = vault.resolve(file, link) else { return None };
        let note = notes.entry(target).or_insert_with(|| vault.text(target).filter(|_| target != file));
        rest(note.as_deref()?, summary)
    });
    Summary { dots: cut.span, width: summary.chars().count(), rest }
}

/// The entry's link, and the text between its date and link, and the dots.
fn link_and_summary<'o>(outline: &'o Outline, cut: &Cut) -> (Option<&'o Link>, &'o str) {
    let text = outline.str(cut.text());
    let place = |at: u32| (at - cut.start) as usize;
    let first = outline.links.partition_point(|link| link.span.start < cut.start);
    let link = outline.links.get(first).filter(|link| link.span.end <= cut.span.start);
    let before = |link: &&Link| text[..place(link.span.start)].split_whitespace().count() <= 1;
    let link = link.filter(before);
    let own = &text[link.map_or(0, |link| place(link.span.end))..];
    (link, own.trim_start_matches([' ', '-', '–', '—', ':', '|', '*', '_']))
}

/// What follows `beginning` in the note, to the end of the sentence; `None` if it is not there or breaks off there too.
fn rest(note: &str, beginning: &str) -> Option<String> {
    const MIN_LEN: usize = 20;
    let (written, beginning) = (beginning, beginning.trim_end());
    if beginning.len() < MIN_LEN {
        return None;
    }
    let at = note.find(beginning)?;
    let line = note[at + beginning.len()..].split(['\n', '\r']).next()?;
    let end = [". ", "! ", "? "].iter().filter_map(|end| line.find(end)).min().map_or(line.len(), |end| end + 1);
    let rest = line[..end].trim_end();
    let rest = if written.len() > beginning.len() { rest.trim_start() } else { rest };
    let is_whole = !rest.ends_with("...") && !rest.ends_with('…') && !rest.contains(" ^");
    (is_whole && rest.chars().any(char::is_alphanumeric)).then(|| rest.to_owned())
}
