//! The `names` block: the vault's owner, names known to be one person, names known to be several.

use super::source::Source;
use crate::parse::yaml::{Node, NodeKind};
use crate::vault::settings::Names;

/// Reads the block of one file; groups of several files add up.
pub(super) fn read(source: &mut Source<'_>, node: &Node, names: &mut Names) {
    for field in source.fields("names", node, &["owner", "same", "different"]) {
        match field.key {
            "owner" => {
                if let Some(owner) = source.text("owner", field.value) {
                    names.owner = Some(owner);
                }
            }
            "same" => names.same.extend(groups(source, "same", field.value)),
            _ => names.different.extend(groups(source, "different", field.value)),
        }
    }
}

/// A list of lists of names.
fn groups(source: &mut Source<'_>, name: &str, node: &Node) -> Vec<Vec<String>> {
    let mut groups = Vec::new();
    for group in source.list(name, node) {
        if !matches!(group.kind, NodeKind::List(_)) {
            let help = Some(format!("for example `{name}: [[\"Robert Benoit\", \"Rob Benoit\"]]`"));
            source.problem(group.span, format!("`{name}` must be a list of groups of names"), help);
            break;
        }
        let names: Vec<String> = source.texts(name, group).into_iter().map(|(name, _)| name).collect();
        if names.len() < 2 {
            source.problem(group.span, format!("a group of `{name}` needs two names or more"), None);
        } else {
            groups.push(names);
        }
    }
    groups
}
