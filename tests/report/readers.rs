//! What others make of the outputs: a SARIF schema, an XML parser, a JSON reader, vaultlint's own note parser.

use serde_json::Value;
use vaultlint::report::{Format, Style};
use vaultlint::text::{FileId, VaultPath};

use super::sample;
use crate::written;

fn sample_in(format: Format) -> String {
    let (vault, diagnostics) = sample::small();
    written(format, &vault, &diagnostics, Style::default())
}

/// Validates against the schema that OASIS publishes, by Python's `jsonschema`; passed over by name where that is not
/// installed. A validator in Rust would take longer to build than all of vaultlint.
pub fn assert_sarif(text: &str) -> Value {
    const SCRIPT: &str = "import json, sys\n\
        try: import jsonschema\n\
        except ImportError: sys.exit(77)\n\
        schema = json.loads(open(sys.argv[1]).read().replace('[a-zA-Z]{2}]?$', '[a-zA-Z]{2}$'))\n\
        jsonschema.validate(json.load(open(sys.argv[2])), schema)\n";
    let schema = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/report/sarif-schema-2.1.0.json");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("out.sarif");
    std::fs::write(&file, text).expect("the file is written");
    let python = std::process::Command::new("python3").args(["-c", SCRIPT, schema]).arg(&file).output();
    match python {
        Ok(output) if output.status.code() != Some(77) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        _ => eprintln!("skipped: SARIF schema (Python's jsonschema is not installed)"),
    }
    serde_json::from_str(text).expect("SARIF is JSON")
}

#[test]
fn sarif_is_valid_and_the_worst_come_first() {
    let value = assert_sarif(&sample_in(Format::Sarif));
    let run = &value["runs"][0];
    let levels: Vec<&str> =
        run["results"].as_array().expect("a list").iter().filter_map(|result| result["level"].as_str()).collect();
    assert_eq!(levels, ["error", "warning", "warning", "warning", "warning", "warning", "note"]);
    for result in run["results"].as_array().expect("a list") {
        let index = result["ruleIndex"].as_u64().expect("a number") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let (vault, _) = sample::small();
    assert_sarif(&written(Format::Sarif, &vault, &[], Style::default()));
}

#[test]
fn json_has_every_key() {
    let value: Value = serde_json::from_str(&sample_in(Format::Json)).expect("it is JSON");
    let keys = |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(keys(&value), ["version", "vault", "summary", "diagnostics"]);
    assert_eq!(keys(&value["summary"]), ["notes", "links", "errors", "warnings", "infos", "fixable"]);
    let lines = sample_in(Format::Jsonl);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    assert_eq!(value["diagnostics"], Value::Array(lines.clone()));
    let wanted = [
        "rule",
        "severity",
        "message",
        "help",
        "path",
        "span",
        "label",
        "related",
        "fix",
        "alternatives",
        "fingerprint",
    ];
    for diagnostic in &lines {
        assert_eq!(keys(diagnostic), wanted);
        assert_eq!(keys(&diagnostic["span"]["start"]), ["offset", "line", "column"]);
        for fix in diagnostic["alternatives"]
            .as_array()
            .expect("a list")
            .iter()
            .chain(diagnostic.get("fix").filter(|fix| !fix.is_null()))
        {
            assert_eq!(keys(fix), ["title", "applicability", "edits"]);
        }
    }
}

#[test]
fn junit_is_xml_with_the_right_counts() {
    let text = sample_in(Format::Junit);
    let document = roxmltree::Document::parse(&text).expect("it is XML");
    let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
    assert_eq!((count("testsuite"), count("testcase"), count("failure"), count("system-out")), (2, 7, 6, 1));
    let root = document.root_element();
    assert_eq!((root.attribute("tests"), root.attribute("failures")), (Some("7"), Some("6")));
}

#[test]
fn gitlab_fingerprints_are_unique() {
    let (vault, mut diagnostics) = sample::small();
    diagnostics.extend(diagnostics.clone());
    let value: Value =
        serde_json::from_str(&written(Format::Gitlab, &vault, &diagnostics, Style::default())).expect("JSON");
    let issues = value.as_array().expect("a list");
    let prints: std::collections::BTreeSet<&str> =
        issues.iter().filter_map(|issue| issue["fingerprint"].as_str()).collect();
    assert_eq!(prints.len(), diagnostics.len());
}

#[test]
fn the_markdown_report_links_notes_and_nothing_else() {
    let text = sample_in(Format::Markdown);
    let note = vaultlint::parse::parse(FileId(0), VaultPath::new("vaultlint report.md"), text.as_str());
    let targets: Vec<&str> = note
        .outline
        .links
        .iter()
        .map(|link| note.outline.str(link.target))
        .filter(|target| !target.starts_with("https:"))
        .collect();
    assert!(targets.iter().all(|target| ["Journal", "People/Ada Berg"].contains(target)), "{targets:?}");
    assert!(note.outline.tags.is_empty() && note.body.unclosed.is_empty());
}

#[test]
fn vaultlint_finds_nothing_in_its_own_report() {
    let mut config = vaultlint::config::Config::default();
    for rule in &mut config.rules {
        rule.level = rule.level.or(Some(vaultlint::diagnostic::Severity::Info));
        if rule.def.name == "orphan-note" {
            // A report that links to an orphan takes its cause away, and the next one brings it back.
            rule.level = None;
        }
    }
    let texts = |report: &str| {
        let notes = sample::NOTES.iter().copied().chain([("vaultlint report.md", report)]);
        notes.map(|(path, text)| (VaultPath::new(path), text.into())).collect::<Vec<_>>()
    };
    let run = |report: &str| {
        let linted = vaultlint::lint::in_memory(&texts(report), &config);
        let text = written(Format::Markdown, &linted.vault, &linted.diagnostics, Style::default());
        (linted, text)
    };
    let (_, first) = run("");
    let (linted, second) = run(&first);
    let in_report = |found: &&vaultlint::diagnostic::Diagnostic| {
        let mut files = found.related.iter().chain([&found.primary]).map(|label| linted.vault.path(label.file));
        // No link leads to the report: that is the one thing to say of it.
        found.rule != "orphan-note" && files.any(|path| path.as_str() == "vaultlint report.md")
    };
    let found: Vec<_> = linted.diagnostics.iter().filter(in_report).collect();
    assert!(found.is_empty(), "{found:#?}\n{first}");
    // The report's own links count as mentions, so the counts in it settle with the run after the first.
    let (_, third) = run(&second);
    assert!(first.contains("- [ ] ") && third == run(&third).1, "{second}\n{third}");
}
