//! Parses the notes in `fixtures/parse` and compares every part of the outline, printed with the text its span covers.
//! `UPDATE_EXPECT=1 cargo test --test parse` rewrites the `parse` blocks.

mod support;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use support::{Block, Example, examples};
use vaultlint::note::{Note, Outline};
use vaultlint::parse::parse;
use vaultlint::text::{FileId, Span, VaultPath};

#[test]
fn outlines_are_as_expected() {
    let mut failures = Vec::new();
    let pages = pages();
    assert!(!pages.is_empty(), "no fixture was found");
    for path in pages {
        check_page(&path, &mut failures);
    }
    assert!(failures.is_empty(), "{} outlines differ:\n\n{}", failures.len(), failures.join("\n\n"));
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/parse");
    let entries = std::fs::read_dir(folder).expect("the folder of fixtures is there");
    let mut pages: Vec<PathBuf> = entries.map(|entry| entry.expect("a fixture is listed").path()).collect();
    pages.sort();
    pages
}

fn check_page(path: &Path, failures: &mut Vec<String>) {
    let mut page = std::fs::read_to_string(path).expect("a fixture is UTF-8");
    let mut edits = Vec::new();
    for example in &examples(&page) {
        let (note, expected) = note_and_expected(example);
        let printed = print(&parsed(note));
        match expected {
            Some(block) if block.content == printed => continue,
            Some(block) => edits.push((block.range.clone(), printed.clone())),
            None => {
                let end = note.range.end + page[note.range.end..].find('\n').map_or(0, |at| at + 1);
                edits.push((end..end, format!("````parse\n{printed}````\n")));
            }
        }
        let expected = expected.map_or("", |block| &block.content);
        let name = path.file_name().unwrap_or_default().display();
        failures.push(format!("{name}, `{}`:\n--- expected\n{expected}--- got\n{printed}---", example.heading));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() && !edits.is_empty() {
        for (range, text) in edits.into_iter().rev() {
            page.replace_range(range, &text);
        }
        std::fs::write(path, page).expect("the fixture can be written");
        failures.clear();
    }
}

fn note_and_expected(example: &Example) -> (&Block, Option<&Block>) {
    let note = example.blocks.iter().find(|block| block.language != "parse").expect("an example has a note");
    (note, example.blocks.iter().find(|block| block.language == "parse"))
}

/// Parses the note of a block; words after the language change its bytes: `crlf`, `cr`, `bom`, `cut` (no last line ending).
fn parsed(block: &Block) -> Note {
    let mut text = block.content.clone();
    for word in block.language.split_whitespace().skip(1) {
        text = match word {
            "crlf" => text.replace('\n', "\r\n"),
            "cr" => text.replace('\n', "\r"),
            "bom" => format!("\u{feff}{text}"),
            "cut" => text.trim_end_matches('\n').to_owned(),
            _ => panic!("unknown word `{word}` after the language of a block"),
        };
    }
    parse(FileId(0), VaultPath::new(block.caption.trim_matches('`')), text)
}

/// One line a part: what it is, the text of its span, and what else is known.
fn print(note: &Note) -> String {
    let mut out = String::new();
    structure(note, &mut out);
    references(&note.outline, &note.text, &mut out);
    regions(note, &mut out);
    out
}

fn structure(note: &Note, out: &mut String) {
    let (outline, body, text) = (&note.outline, &note.body, &*note.text);
    for heading in &outline.headings {
        let (span, inner, name) =
            (marked(heading.span, text), marked(heading.text_span, text), outline.str(heading.text()));
        let setext = if heading.setext { " setext" } else { "" };
        line(out, format_args!("heading {}{setext} {span} text {inner} {name:?}", heading.level));
    }
    for item in &body.items {
        let (span, inner) = (marked(item.span, text), marked(item.text_span, text));
        let mut more = String::new();
        let mut word = |is_so: bool, word: String| more.push_str(&if is_so { word } else { String::new() });
        word(item.parent.is_some(), format!(" in {}", item.parent.unwrap_or_default()));
        word(item.heading.is_some(), format!(" below {}", item.heading.unwrap_or_default()));
        word(item.task.is_some(), format!(" task {:?}", item.task.unwrap_or_default()));
        word(item.numbered, " numbered".to_owned());
        word(item.quoted, " quoted".to_owned());
        line(out, format_args!("item {span} text {inner} list {} depth {}{more}", item.list, item.depth));
    }
    for paragraph in &body.paragraphs {
        line(out, format_args!("paragraph {:?} {}", paragraph.kind, marked(paragraph.span, text)));
    }
    for callout in &body.callouts {
        line(out, format_args!("callout {} {}", marked(callout.span, text), marked(callout.kind_span, text)));
    }
    for field in &body.fields {
        line(out, format_args!("field {} = {}", marked(field.key_span, text), marked(field.value_span, text)));
    }
}

fn references(outline: &Outline, text: &str, out: &mut String) {
    for link in &outline.links {
        let (span, target_span) = (marked(link.span, text), marked(link.target_span, text));
        let (target, subpath) = (outline.str(link.target), outline.str(link.subpath));
        let display = link.display.map_or(String::new(), |display| format!(" display {}", marked(display, text)));
        let embed = if link.embed { " embed" } else { "" };
        let table = if link.in_table { " table" } else { "" };
        let what = format!("{:?} {:?}{embed}{table}", link.kind, link.place);
        line(out, format_args!("link {what} {span} marks {target_span} to {target:?} {subpath:?}{display}"));
    }
    for tag in &outline.tags {
        let property = if tag.in_property { " property" } else { "" };
        line(out, format_args!("tag{property} {} {:?}", marked(tag.span, text), outline.str(tag.name)));
    }
    for id in &outline.block_ids {
        let kind = if id.footnote { "footnote" } else { "block" };
        line(out, format_args!("{kind} {} {:?}", marked(id.span, text), outline.str(id.id)));
    }
}

fn regions(note: &Note, out: &mut String) {
    let (outline, body, text) = (&note.outline, &note.body, &*note.text);
    for region in &body.verbatim {
        line(out, format_args!("verbatim {:?} {}", region.kind, marked(region.span, text)));
    }
    for unclosed in &body.unclosed {
        line(out, format_args!("unclosed {:?} {}", unclosed.kind, marked(unclosed.span, text)));
    }
    for suppression in &outline.suppressions {
        let (span, rules_span) = (marked(suppression.span, text), marked(suppression.rules_span, text));
        let (rules, scope) = (outline.str(suppression.rules), marked(suppression.scope, text));
        line(out, format_args!("suppression {:?} {span} rules {rules_span} {rules:?} in {scope}", suppression.kind));
    }
    if let Some((span, message)) = outline.canvas_problem {
        line(out, format_args!("problem {} {:?}", marked(span, text), outline.str(message)));
    }
}

fn line(out: &mut String, arguments: std::fmt::Arguments) {
    writeln!(out, "{arguments}").expect("a string takes everything");
}

fn marked(span: Span, text: &str) -> String {
    format!("{:?}", span.of(text))
}
