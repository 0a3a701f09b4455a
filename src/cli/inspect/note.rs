//! Notes as parsed and resolved, as JSON and for reading.

use std::io::{self, Write};
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use crate::cli::selected::Selected;
use crate::note::{Link, LinkKind, Outline, Range, Value, ValueKind};
use crate::text::{FileId, LineIndex};
use crate::vault::{Contents, Subpath, Vault};

/// Notes and canvases that were read, templates and ignored ones included.
fn listed<'a>(vault: &'a Vault, selected: &'a Selected) -> impl Iterator<Item = FileId> + 'a {
    let read = vault.files().filter(|(_, file)| file.contents == Contents::Read).map(|(id, _)| id);
    read.filter(|id| selected.contains(vault.path(*id)))
}

pub fn write_json(vault: &Vault, root: &str, selected: &Selected, out: &mut dyn Write) -> io::Result<()> {
    let notes: Vec<Json> = listed(vault, selected).map(|id| note(vault, id)).collect();
    serde_json::to_writer_pretty(&mut *out, &json!({ "version": 1, "vault": root, "notes": notes }))?;
    writeln!(out)
}

fn note(vault: &Vault, id: FileId) -> Json {
    let outline = vault.outline(id);
    let text = vault.text(id).unwrap_or_else(|| Arc::from(""));
    let lines = LineIndex::new(&text);
    let headings: Vec<Json> = outline
        .headings
        .iter()
        .map(|heading| {
            json!({ "level": heading.level, "text": outline.str(heading.text()), "line": lines.line(heading.span.start) + 1 })
        })
        .collect();
    let block_ids: Vec<&str> =
        outline.block_ids.iter().filter(|block| !block.footnote).map(|block| outline.str(block.id)).collect();
    let tags: Vec<String> = outline.tags.iter().map(|tag| format!("#{}", outline.str(tag.name))).collect();
    let links: Vec<Json> = outline.links.iter().map(|own| link(vault, id, own, &text, &lines)).collect();
    json!({
        "path": vault.path(id).as_str(),
        "frontmatter": {
            "detected": outline.frontmatter.span.is_some(),
            "valid": outline.frontmatter.span.is_some() && outline.frontmatter.valid,
            "properties": map(outline, outline.frontmatter.root),
        },
        "headings": headings, "block_ids": block_ids, "tags": tags, "links": links,
    })
}

fn link(vault: &Vault, id: FileId, link: &Link, text: &str, lines: &LineIndex) -> Json {
    let outline = vault.outline(id);
    let target = vault.resolve(id, link).file();
    let subpath_ok = target.and_then(|target| match vault.subpath(link, id, target) {
        Subpath::NotJudged => None,
        judged => Some(judged == Subpath::Found),
    });
    let at = lines.position(link.span.start, text);
    let subpath = outline.str(link.subpath);
    json!({
        "raw": if link.kind == LinkKind::Canvas { link.target_span.of(text) } else { link.span.of(text) },
        "kind": kind(link.kind), "embed": link.embed, "target": outline.str(link.target),
        "subpath": if subpath.is_empty() { Json::Null } else { subpath.into() },
        "display": link.display.map(|span| span.of(text)),
        "resolved": target.map(|target| vault.path(target).as_str()),
        "subpath_ok": subpath_ok, "line": at.line, "column": at.column,
    })
}

fn kind(kind: LinkKind) -> &'static str {
    match kind {
        LinkKind::Wikilink => "wikilink",
        LinkKind::Markdown => "markdown",
        LinkKind::Property => "property",
        LinkKind::Canvas => "canvas",
    }
}

fn map(outline: &Outline, range: Range) -> Json {
    let entries = outline.entries(range).iter();
    Json::Object(
        entries.map(|entry| (outline.str(entry.key).to_owned(), value(outline, &entry.value))).collect::<Map<_, _>>(),
    )
}

fn value(outline: &Outline, value: &Value) -> Json {
    match value.kind {
        ValueKind::Null => Json::Null,
        ValueKind::Bool(value) => value.into(),
        ValueKind::Integer(value) => value.into(),
        ValueKind::Float(value) => value.into(),
        ValueKind::Text { value, .. } => outline.str(value).into(),
        ValueKind::List(range) => outline.list(range).iter().map(|item| self::value(outline, item)).collect(),
        ValueKind::Map(range) => map(outline, range),
    }
}

pub fn write_text(vault: &Vault, selected: &Selected, out: &mut super::Visible<'_>) -> io::Result<()> {
    for id in listed(vault, selected) {
        let outline = vault.outline(id);
        let text = vault.text(id).unwrap_or_else(|| Arc::from(""));
        let lines = LineIndex::new(&text);
        out.line(format_args!("{}", vault.path(id)))?;
        if let Some(kind) = vault.kind(id) {
            out.line(format_args!("  kind: {}", kind.name()))?;
        }
        for property in outline.top_level() {
            out.line(format_args!("  property {}: {}", outline.str(property.key), value(outline, &property.value)))?;
        }
        for heading in &outline.headings {
            let at = lines.line(heading.span.start) + 1;
            out.line(format_args!("  {at}: {} {}", "#".repeat(heading.level.into()), outline.str(heading.text())))?;
        }
        for tag in &outline.tags {
            out.line(format_args!("  {}: tag #{}", lines.line(tag.span.start) + 1, outline.str(tag.name)))?;
        }
        for block in &outline.block_ids {
            out.line(format_args!("  {}: block ^{}", lines.line(block.span.start) + 1, outline.str(block.id)))?;
        }
        for link in &outline.links {
            let to = vault.resolve(id, link).file().map_or("nowhere", |file| vault.path(file).as_str());
            out.line(format_args!(
                "  {}: {} → {to}",
                lines.line(link.span.start) + 1,
                link.span.of(&text).replace('\n', " ")
            ))?;
        }
    }
    Ok(())
}
