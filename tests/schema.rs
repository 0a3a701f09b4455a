//! The JSON Schema of the config, `vaultlint.schema.json`, is what the rule pages and the code say.
//! `UPDATE_EXPECT=1 cargo test --test schema` rewrites it.

use std::path::Path;

use serde_json::{Map, Value as Json, json};
use vaultlint::config::{Config, ConfigText, Selection};
use vaultlint::parse::yaml;
use vaultlint::rule::{Category, RuleDef};
use vaultlint::rules::RULES;
use vaultlint::vault::settings::kind::PropertyShape;

#[test]
fn schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vaultlint.schema.json");
    let expected = serde_json::to_string_pretty(&schema()).expect("the schema is JSON") + "\n";
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &expected).expect("the schema can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == expected,
        "vaultlint.schema.json is old; write it anew with UPDATE_EXPECT=1 cargo test --test schema"
    );
}

/// Both judges, the schema and the config reader, agree on right and wrong configs.
#[test]
fn schema_and_config_agree() {
    let schema = schema();
    let check = |text: &str, expected: bool| {
        let file = ConfigText { path: "vaultlint.yaml".to_owned(), text: text.to_owned() };
        let resolved = Config::resolve(Some(&file), &Selection::default(), &|_| Err("no file".to_owned()));
        assert_eq!(resolved.is_ok(), expected, "the config reader on:\n{text}");
        let json = to_json(&yaml::parse(text).expect("the config is YAML"));
        assert_eq!(fits(&schema, &schema, &json), expected, "the schema on:\n{text}");
    };
    check(RIGHT, true);
    // What `init` writes holds keys below which all lines are comments.
    check("rules:\nkinds:\nnames:\npatterns:\noverrides:\n", true);
    for wrong in WRONG {
        check(wrong, false);
    }
}

const RIGHT: &str = r###"
include: ["**/*.md", "**/*.canvas"]
exclude: Archive
fail-on: warning
rules:
  unreadable-note: warning
  links: off
  names: true
  broken-wikilink: { severity: info }
kinds:
  person:  { match: "People/**", properties: { role: text, company: {type: link, required: true}, last_contact: date } }
  meeting: { match: ["Meetings/**"], name: "{date} - *", headings: ["## Notes"], tag: meeting, closed: true }
names:
  owner: Jason Vallery
  same: [["Robert Benoit", "Rob Benoit"]]
  different: [["Jan Berg", "Jan Bergh"]]
patterns:
  - { name: vast-spelling, find: '\bVast Data\b', message: "write VAST Data", replace: "VAST Data", severity: warning, kinds: person, in: text, bad: Vast Data, good: [VAST Data] }
overrides:
  - { match: "Archive/**", rules: { broken-wikilink: off } }
"###;

const WRONG: [&str; 12] = [
    "rule: {}",
    "fail-on: loud",
    "fail-on: off",
    "rules: { no-such-rule: off }",
    "rules: { broken-wikilink: loud }",
    "rules: { broken-wikilink: { depth: 3 } }",
    "kinds: { person: { mtach: x } }",
    "kinds: { person: { properties: { role: txt } } }",
    "names: { same: [Ada, Eda] }",
    "patterns: [{ name: x }]",
    "patterns: [{ name: x, find: a, message: b, in: body }]",
    "overrides: [{ match: a }]",
];

/// The options block of a page says what the code does: every option, its default, and a comment.
#[test]
fn pages_show_every_option() {
    for def in RULES {
        let defaults = serde_json::to_value((def.defaults)()).expect("options are plain data");
        let shown = options_block(def.page).map_or(json!({}), |block| {
            to_json(&yaml::parse(block).unwrap_or_else(|error| panic!("{}: {}", def.name, error.message)))
        });
        assert_eq!(shown, plain(defaults), "the options on the page of {}", def.name);
        for option in shown.as_object().into_iter().flatten().map(|(option, _)| option) {
            assert!(!comment(def, option).is_empty(), "{}: the option `{option}` has no comment", def.name);
        }
    }
}

fn schema() -> Json {
    let level = json!({ "enum": ["error", "warning", "info", "off", true, false], "description": "A level; `true` is the rule's own." });
    let texts = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let globs = json!({ "$ref": "#/$defs/texts", "description": "A glob, or a list of globs: paths in the vault." });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "vaultlint.yaml",
        "description": "The config of vaultlint, a linter for Obsidian vaults.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "include": described(&globs, "What is checked; all notes and canvases by default."),
            "exclude": described(&globs, "What is not checked; it stays a target for links."),
            "extends": described(&json!({ "$ref": "#/$defs/texts" }), "Config files below this one's folder that are read first."),
            "fail-on": { "enum": ["error", "warning", "info"], "description": "The lightest finding that makes the exit status 1." },
            "rules": rules(),
            "kinds": { "type": ["object", "null"], "additionalProperties": kind(), "description": "Kinds of note and what such a note must look like." },
            "names": names(),
            "patterns": { "type": ["array", "null"], "items": pattern(), "description": "Rules of your own: a regular expression and what to say about it." },
            "overrides": { "type": ["array", "null"], "items": overrides(), "description": "Other levels for some notes; the last that fits wins." },
        },
        "$defs": { "level": level, "texts": texts },
    })
}

fn described(schema: &Json, description: &str) -> Json {
    let mut schema = schema.clone();
    schema["description"] = description.into();
    schema
}

fn rules() -> Json {
    let mut properties = Map::new();
    for category in Category::ALL {
        let description = format!("All rules of the category {}.", category.name());
        properties.insert(category.name().to_owned(), described(&json!({ "$ref": "#/$defs/level" }), &description));
    }
    for def in RULES {
        let meta = def.meta();
        let names = std::iter::once(def.name.to_owned()).chain(meta.aliases.clone());
        let own = meta.severity.map_or("off", |severity| severity.name());
        for name in names {
            let description = format!("{} Default: {own}.", meta.summary);
            properties.insert(
                name,
                json!({ "description": description, "anyOf": [{ "$ref": "#/$defs/level" }, options(def)] }),
            );
        }
    }
    json!({ "type": ["object", "null"], "additionalProperties": false, "properties": properties, "description": "A level or options for each rule or category." })
}

fn options(def: &RuleDef) -> Json {
    let mut properties = Map::from_iter([("severity".to_owned(), json!({ "$ref": "#/$defs/level" }))]);
    let defaults = plain(serde_json::to_value((def.defaults)()).expect("options are plain data"));
    for (option, default) in defaults.as_object().into_iter().flatten() {
        let mut schema = type_of(default);
        schema["description"] = comment(def, option).into();
        schema["default"] = default.clone();
        properties.insert(option.clone(), schema);
    }
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn type_of(default: &Json) -> Json {
    match default {
        Json::Null => json!({}),
        Json::Bool(_) => json!({ "type": "boolean" }),
        Json::Number(number) if number.is_u64() => json!({ "type": "integer", "minimum": 0 }),
        Json::Number(_) => json!({ "type": "number" }),
        Json::String(_) => json!({ "type": "string" }),
        Json::Array(items) => json!({ "type": "array", "items": items.first().map_or(json!({}), type_of) }),
        Json::Object(_) => json!({ "type": "object" }),
    }
}

fn kind() -> Json {
    let shapes = PropertyShape::ALL.map(PropertyShape::name);
    let property = json!({
        "anyOf": [
            { "enum": shapes },
            { "type": "null" },
            { "type": "object", "additionalProperties": false, "properties": {
                "type": { "enum": shapes, "description": "What the property may hold." },
                "required": { "type": "boolean", "description": "Every note of the kind has the property." },
                "values": { "type": "array", "items": { "type": ["string", "number", "boolean"] }, "description": "The values that are allowed." },
                "pattern": { "type": "string", "format": "regex", "description": "A regular expression for the whole value." },
            } },
        ],
    });
    json!({ "type": "object", "additionalProperties": false, "properties": {
        "match": { "$ref": "#/$defs/texts", "description": "Globs of the notes of this kind." },
        "type": { "$ref": "#/$defs/texts", "description": "Values of the property `type` that make a note of this kind." },
        "tag": { "$ref": "#/$defs/texts", "description": "Tags that make a note of this kind." },
        "properties": { "type": "object", "additionalProperties": property, "description": "What is asked of each property." },
        "headings": { "$ref": "#/$defs/texts", "description": "Headings that every note of the kind has, such as `## Notes`." },
        "name": { "type": "string", "description": "The file name: `*` is any text, `{date}` a day such as 2026-01-31." },
        "closed": { "type": "boolean", "description": "Properties that are not listed are findings." },
    } })
}

fn names() -> Json {
    let groups = json!({ "type": "array", "items": { "type": "array", "items": { "type": "string" }, "minItems": 2 } });
    json!({ "type": ["object", "null"], "additionalProperties": false, "description": "What you know about names.", "properties": {
        "owner": { "type": "string", "description": "The vault's own person." },
        "same": described(&groups, "Groups of names that are one person."),
        "different": described(&groups, "Groups of names that are several people."),
    } })
}

fn pattern() -> Json {
    let texts = json!({ "$ref": "#/$defs/texts" });
    json!({ "type": "object", "additionalProperties": false, "required": ["name", "find", "message"], "properties": {
        "name": { "type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "description": "The name in reports and suppressions." },
        "find": { "type": "string", "format": "regex", "description": "The regular expression." },
        "message": { "type": "string", "description": "What is said about a place that it finds." },
        "replace": { "type": "string", "description": "The replacement; `${1}` is the first group." },
        "severity": { "$ref": "#/$defs/level" },
        "safe": { "type": "boolean", "description": "The replacement keeps the meaning, so `--fix` may apply it." },
        "kinds": described(&texts, "Kinds of note it looks at."),
        "match": described(&texts, "Globs of the notes it looks at."),
        "in": { "enum": ["text", "frontmatter", "everywhere"], "description": "Where it looks; `text` leaves out frontmatter, code, HTML and math." },
        "bad": described(&texts, "Texts in which it must find something; `vaultlint config` checks them."),
        "good": described(&texts, "Texts in which it must find nothing; `vaultlint config` checks them."),
    } })
}

fn overrides() -> Json {
    let names = RULES.iter().flat_map(|def| std::iter::once(def.name.to_owned()).chain(def.meta().aliases));
    let names: Vec<String> = names.chain(Category::ALL.map(|category| category.name().to_owned())).collect();
    json!({ "type": "object", "additionalProperties": false, "required": ["match", "rules"], "properties": {
        "match": { "$ref": "#/$defs/texts", "description": "Globs of the notes it holds for." },
        "rules": { "type": "object", "propertyNames": { "enum": names }, "additionalProperties": { "$ref": "#/$defs/level" } },
    } })
}

/// The `yaml` block below `## Options`.
fn options_block(page: &str) -> Option<&str> {
    let section = page.split("\n## Options\n").nth(1)?.split("\n## ").next()?;
    section.split("```yaml\n").nth(1)?.split("```").next()
}

/// The comment behind an option, or on the lines above it.
fn comment(def: &RuleDef, option: &str) -> String {
    let Some(block) = options_block(def.page) else { return String::new() };
    let mut above: Vec<&str> = Vec::new();
    for line in block.lines() {
        if let Some(text) = line.strip_prefix('#') {
            above.push(text.trim());
        } else if line.starts_with(&format!("{option}:")) {
            above.extend(line.split_once(" # ").map(|(_, text)| text.trim()));
            return above.join(" ");
        } else {
            above.clear();
        }
    }
    String::new()
}

fn to_json(node: &yaml::Node) -> Json {
    use yaml::NodeKind as Kind;
    match &node.kind {
        Kind::Null => Json::Null,
        Kind::Bool(value) => (*value).into(),
        Kind::Integer(value) => (*value).into(),
        Kind::Float(value) => (*value).into(),
        Kind::Text { value, .. } => value.as_str().into(),
        Kind::List(items) => items.iter().map(to_json).collect(),
        Kind::Map(entries) => entries.iter().map(|(key, value)| (key.key_text(), to_json(value))).collect(),
    }
}

/// Validates with the words of JSON Schema that the schema uses.
fn fits(schema: &Json, root: &Json, value: &Json) -> bool {
    let Some(words) = schema.as_object() else { return schema.as_bool().unwrap_or(true) };
    words.iter().all(|(word, expected)| match word.as_str() {
        "$ref" => {
            let pointer = expected.as_str().expect("a reference is a text").trim_start_matches('#');
            fits(root.pointer(pointer).expect("the reference leads somewhere"), root, value)
        }
        "anyOf" => expected.as_array().into_iter().flatten().any(|schema| fits(schema, root, value)),
        "enum" => expected.as_array().is_some_and(|words| words.contains(value)),
        "type" => match expected {
            Json::Array(types) => types.iter().any(|name| is_of_type(name, value)),
            name => is_of_type(name, value),
        },
        "required" => {
            let keys = expected.as_array().into_iter().flatten().filter_map(Json::as_str);
            value.as_object().is_none_or(|object| keys.clone().all(|key| object.contains_key(key)))
        }
        "items" => value.as_array().is_none_or(|items| items.iter().all(|item| fits(expected, root, item))),
        "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= expected.as_u64().unwrap_or_default()),
        "propertyNames" => {
            let fit = |object: &Map<String, Json>| object.keys().all(|key| fits(expected, root, &key.as_str().into()));
            value.as_object().is_none_or(fit)
        }
        "properties" => {
            let known = expected.as_object().into_iter().flatten();
            known.into_iter().all(|(key, schema)| value.get(key).is_none_or(|own| fits(schema, root, own)))
        }
        "additionalProperties" => {
            let known = |key: &str| schema["properties"].get(key).is_some();
            let mut others = value.as_object().into_iter().flatten().filter(|(key, _)| !known(key));
            others.all(|(_, own)| fits(expected, root, own))
        }
        "minimum" => value.as_u64() >= expected.as_u64(),
        "$schema" | "$defs" | "title" | "description" | "default" | "pattern" | "format" => true,
        other => panic!("the schema uses `{other}`, which this test does not know"),
    })
}

fn is_of_type(name: &Json, value: &Json) -> bool {
    match name.as_str().expect("a type is a text") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("no type is called {other}"),
    }
}

/// `null` for a rule without options is an empty mapping.
fn plain(options: Json) -> Json {
    if options.is_null() { json!({}) } else { options }
}
