//! The files that `extends` names: read before the file that names them, so that the nearer file wins.

use super::source::Source;
use super::{ConfigProblem, ConfigText, ReadExtended};
use crate::parse::yaml::{self, Document, Node, NodeKind};
use crate::text::Span;

/// A config file with its tree.
pub(super) struct Layer {
    pub file: ConfigText,
    pub root: Node,
}

/// Reads a config file and what it extends, the farthest first.
pub(super) fn layers(file: &ConfigText, read: ReadExtended<'_>, problems: &mut Vec<ConfigProblem>) -> Vec<Layer> {
    let mut layers = Vec::new();
    let name = normal(&file.path, "").unwrap_or_else(|| file.path.clone());
    collect(file, &mut vec![name], read, &mut layers, problems);
    layers
}

fn collect(
    file: &ConfigText,
    chain: &mut Vec<String>,
    read: ReadExtended<'_>,
    layers: &mut Vec<Layer>,
    problems: &mut Vec<ConfigProblem>,
) {
    let mut source = Source::new(file);
    let Some(root) = tree(&mut source) else {
        problems.append(&mut source.problems);
        return;
    };
    let wanted = root.get("extends").map(|node| source.texts("extends", node)).unwrap_or_default();
    for (written, span) in wanted {
        match extended(&written, chain, read) {
            Ok((name, file)) => {
                chain.push(name);
                collect(&file, chain, read, layers, problems);
                chain.pop();
            }
            Err(message) => source.problem(span, message, None),
        }
    }
    problems.append(&mut source.problems);
    layers.push(Layer { file: file.clone(), root });
}

/// Parses the file; what is not a mapping of unique keys is a mistake.
fn tree(source: &mut Source<'_>) -> Option<Node> {
    let Document { root, duplicates, .. } = match yaml::parse_document(&source.file.text) {
        Ok(document) => document,
        Err(error) => {
            source.problem(error.span, format!("not YAML: {}", error.message), None);
            return None;
        }
    };
    for (_, later) in duplicates {
        let key = later.of(&source.file.text).to_owned();
        source.problem(later, format!("`{key}` stands here a second time"), None);
    }
    match root.kind {
        NodeKind::Map(_) => Some(root),
        NodeKind::Null => Some(Node { span: Span::at(0), kind: NodeKind::Map(Vec::new()) }),
        _ => {
            source.problem(root.span, "expected `key: value` lines", Some("for example `fail-on: error`".to_owned()));
            None
        }
    }
}

/// Reads one entry of `extends`; the chain ends with the file that names it.
fn extended(written: &str, chain: &[String], read: ReadExtended<'_>) -> Result<(String, ConfigText), String> {
    if written.contains("://") {
        return Err(format!("`extends` reads files only, never the network: `{written}`"));
    }
    let named_by = chain.last().map_or("", String::as_str);
    let folder = named_by.rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(name) = normal(written, folder) else {
        return Err(format!("`{written}` lies outside the folder of the config; `extends` reads files below it"));
    };
    if chain.contains(&name) {
        return Err(format!("`{written}` extends itself: {} → {name}", chain.join(" → ")));
    }
    let file = read(&name)?;
    Ok((name.clone(), ConfigText { path: name, text: file.text }))
}

/// Joins folder and path without `.` and `..`; `None` if the path is absolute or leads out.
fn normal(path: &str, folder: &str) -> Option<String> {
    let path = path.replace('\\', "/");
    let has_drive = path.split('/').next().is_some_and(|first| first.ends_with(':'));
    if path.starts_with('/') || path.starts_with('~') || has_drive {
        return None;
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
