//! Every frontmatter case of `fixtures/conformance/frontmatter.json`: found, valid, and the properties by value.

use serde_json::{Map, Value as Json, json};
use vaultlint::note::{FrontmatterProblemKind as Kind, Note, Range, Value, ValueKind};
use vaultlint::parse::parse;
use vaultlint::text::{FileId, VaultPath};

#[test]
fn frontmatter() {
    let text = include_str!("../fixtures/conformance/frontmatter.json");
    let cases: Vec<Json> = serde_json::from_str(text).expect("the file is JSON");
    let failed: Vec<String> = cases.iter().filter_map(check).collect();
    assert!(failed.is_empty(), "{} of {} cases fail:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// Returns what is wrong with a case.
fn check(case: &Json) -> Option<String> {
    let text = case["text"].as_str().expect("a case has a text");
    let expect = &case["expect"];
    let note = parse(FileId(0), VaultPath::new("Note.md"), text);
    let detected = note.outline.frontmatter.span.is_some();
    let mut got = json!({ "detected": detected, "valid": note.outline.frontmatter.valid });
    let mut want = json!({ "detected": expect["detected"], "valid": expect["valid"] });
    if let Some(keys) = expect.get("keys") {
        want["keys"] = keys.clone();
        got["keys"] = properties(&note, note.outline.frontmatter.root);
    }
    let codes = expect["problems"].as_array().into_iter().flatten();
    want["problems"] = codes.filter(|code| is_of_the_block(code)).cloned().collect();
    got["problems"] = problems(&note).into();
    (numbers(got.clone()) != numbers(want.clone())).then(|| format!("{}: {got}, expected {want}", case["id"]))
}

/// The problems of the block itself; those of single values are the rules' business.
fn is_of_the_block(code: &Json) -> bool {
    let codes = ["not-at-top", "unclosed", "yaml-error", "duplicate-key", "not-a-mapping"];
    let values = ["value-lost-to-comment", "template-variable"];
    code.as_str().is_some_and(|code| codes.contains(&code) || values.contains(&code))
}

fn problems(note: &Note) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for problem in &note.outline.frontmatter.problems {
        let code = match problem.kind {
            Kind::NotAtTop => "not-at-top",
            Kind::Unclosed => "unclosed",
            Kind::YamlError => "yaml-error",
            Kind::DuplicateKey => "duplicate-key",
            Kind::NotAMapping => "not-a-mapping",
            Kind::ValueLostToComment => "value-lost-to-comment",
            Kind::TemplateVariable => "template-variable",
            _ => "unknown",
        };
        codes.push(code);
    }
    codes.dedup();
    codes
}

fn properties(note: &Note, range: Range) -> Json {
    let entries = note.outline.entries(range).iter();
    let pairs = entries.map(|property| (note.outline.str(property.key).to_owned(), value(note, &property.value)));
    Json::Object(pairs.collect::<Map<_, _>>())
}

fn value(note: &Note, value_of: &Value) -> Json {
    match value_of.kind {
        ValueKind::Null => Json::Null,
        ValueKind::Bool(value) => value.into(),
        ValueKind::Integer(value) => value.into(),
        ValueKind::Float(value) => value.into(),
        ValueKind::Text { value, .. } => note.outline.str(value).into(),
        ValueKind::List(range) => note.outline.list(range).iter().map(|item| value(note, item)).collect(),
        ValueKind::Map(range) => properties(note, range),
    }
}

/// 1000 and 1000.0 are one number.
fn numbers(json: Json) -> Json {
    match json {
        Json::Number(number) => number.as_f64().into(),
        Json::Array(items) => items.into_iter().map(numbers).collect(),
        Json::Object(entries) => entries.into_iter().map(|(key, value)| (key, numbers(value))).collect(),
        other => other,
    }
}
