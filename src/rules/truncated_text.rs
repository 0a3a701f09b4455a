//! Lists whose summaries or linked titles a program cut at a fixed number of characters.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Edit, Fix};
use crate::note::{Cut, Item, Link, LinkKind, LinkPlace};
use crate::rule::{Diagnostics, Rule};
use crate::text::{FileId, Span};
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
    fn check_outline(&self, vault: &Vault, file: FileId, diagnostics: &mut Diagnostics) {
        let outline = vault.outline(file);
        let titles = self.cut_titles(vault, file);
        // The text is needed only to measure the summaries, and few notes have any that break off.
        let text = (!outline.cuts.is_empty()).then(|| vault.text(file)).flatten();
        let summaries = text.as_ref().map(|text| summaries(vault, file, text)).unwrap_or_default();
        let mut lists: Vec<u32> = titles.keys().chain(summaries.keys()).copied().collect();
        lists.sort_unstable();
        lists.dedup();
        for list in lists {
            let own = summaries.get(&list).map(Vec::as_slice).unwrap_or_default();
            self.report(vault, file, own, titles.get(&list), diagnostics);
        }
    }
}

/// A summary that ends in dots.
struct Summary {
    item: Item,
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
    fn report(
        &self,
        vault: &Vault,
        file: FileId,
        summaries: &[Summary],
        titles: Option<&Titles>,
        diagnostics: &mut Diagnostics,
    ) {
        let width = self.common_width(summaries);
        let restorable = summaries.iter().filter(|summary| summary.rest.is_some()).count();
        let mut parts = Vec::new();
        if let Some((width, count)) = width {
            let all = with_text(vault, file, summaries[0].item.list);
            parts.push(format!("{count} of {all} summaries are cut at {width} characters"));
        } else if restorable > 0 {
            let noun = if restorable == 1 { "1 summary is".to_owned() } else { format!("{restorable} summaries are") };
            parts.push(format!("{noun} cut off, though the linked note has the whole"));
        }
        if let Some(titles) = titles {
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

    /// Finds lists in which several linked titles have the same, greatest length: the mark of a fixed limit.
    fn cut_titles(&self, vault: &Vault, file: FileId) -> BTreeMap<u32, Titles> {
        let outline = vault.outline(file);
        let mut lists: BTreeMap<u32, Vec<(&Link, &str)>> = BTreeMap::new();
        for link in outline.links.iter().filter(|link| link.kind == LinkKind::Wikilink && link.place == LinkPlace::Text) {
            let Some(item) = item_of(&outline.items, link.span) else { continue };
            let target = outline.str(link.target);
            lists.entry(item.list).or_default().push((link, target.rsplit('/').next().unwrap_or(target)));
        }
        lists.into_iter().filter_map(|(list, links)| Some((list, self.titles(&links)?))).collect()
    }

    fn titles(&self, links: &[(&Link, &str)]) -> Option<Titles> {
        let width = |title: &str| title.chars().count();
        let greatest = links.iter().map(|(_, title)| width(title)).max()?;
        let at_limit = |title: &str| width(title) + 1 >= greatest;
        let mut cut: Vec<&str> = links.iter().map(|(_, title)| *title).filter(|title| at_limit(title)).collect();
        cut.sort_unstable();
        cut.dedup();
        let first = links.iter().find(|(_, title)| at_limit(title))?.0.target_span;
        // A few of many titles may be equally long by chance.
        let is_limit = greatest >= self.min_width && cut.len() >= self.min_items && cut.len() * 4 >= links.len();
        is_limit.then_some(Titles { count: cut.len(), all: links.len(), width: greatest, first })
    }
}

/// How many items of the list have a text long enough to be a summary: those with a link or a cut.
fn with_text(vault: &Vault, file: FileId, list: u32) -> usize {
    let outline = vault.outline(file);
    outline.items.iter().filter(|item| item.list == list).count()
}

fn summaries(vault: &Vault, file: FileId, text: &str) -> BTreeMap<u32, Vec<Summary>> {
    let outline = vault.outline(file);
    let mut targets: BTreeMap<FileId, Option<Arc<str>>> = BTreeMap::new();
    let mut lists: BTreeMap<u32, Vec<Summary>> = BTreeMap::new();
    for cut in &outline.cuts {
        let item = outline.items[cut.item as usize];
        let (link, span) = summary_span(&outline.links, &item, cut, text);
        let mut whole = |link: &Link| {
            let Target::File(target) = vault.resolve(file, link) else { return None };
            let note = targets.entry(target).or_insert_with(|| vault.text(target).filter(|_| target != file));
            rest(note.as_deref()?, span.of(text))
        };
        let rest = link.and_then(&mut whole);
        let width = span.of(text).chars().count();
        lists.entry(item.list).or_default().push(Summary { item, dots: cut.span, width, rest });
    }
    lists
}

/// The text between the entry's date and link, and the dots.
fn summary_span<'a>(links: &'a [Link], item: &Item, cut: &Cut, text: &str) -> (Option<&'a Link>, Span) {
    let start = item.text_span.start;
    let first = links.partition_point(|link| link.span.start < start);
    let link = links.get(first).filter(|link| link.span.end <= cut.span.start);
    let before = |link: &&Link| text[start as usize..link.span.start as usize].split_whitespace().count() <= 1;
    let link = link.filter(before);
    let from = link.map_or(start, |link| link.span.end);
    let own = &text[from as usize..cut.span.start as usize];
    let own = own.trim_start_matches([' ', '-', '–', '—', ':', '|', '*', '_']);
    (link, Span { start: cut.span.start - crate::text::to_u32(own.len()), end: cut.span.start })
}

/// What follows `beginning` in the note, to the end of the sentence; `None` if it is not there or breaks off there too.
fn rest(note: &str, beginning: &str) -> Option<String> {
    const MIN_LEN: usize = 20;
    let (written, beginning) = (beginning, beginning.trim_end());
    let at = note.find(beginning).filter(|_| beginning.len() >= MIN_LEN)?;
    let line = note[at + beginning.len()..].split(['\n', '\r']).next()?;
    let end = [". ", "! ", "? "].iter().filter_map(|end| line.find(end)).min().map_or(line.len(), |end| end + 1);
    let rest = line[..end].trim_end();
    let rest = if written.len() > beginning.len() { rest.trim_start() } else { rest };
    let is_whole = !rest.ends_with("...") && !rest.ends_with('…') && !rest.contains(" ^");
    (is_whole && rest.chars().any(char::is_alphanumeric)).then(|| rest.to_owned())
}

fn item_of(items: &[Item], span: Span) -> Option<&Item> {
    let before = items.partition_point(|item| item.text_span.start <= span.start);
    before.checked_sub(1).map(|index| &items[index]).filter(|item| item.text_span.covers(span))
}
