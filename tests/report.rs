//! Every output format: expected texts under `fixtures/report/`, independent readers, hostile notes, and size.
//! `UPDATE_EXPECT=1` rewrites the expected texts.

use std::path::Path;
use std::time::Duration;

use vaultlint::diagnostic::{Diagnostic, Severity};
use vaultlint::report::{Format, Report, Style, Summary, concise, config_problems, fingerprint, write};
use vaultlint::rule::Diagnostics;
use vaultlint::vault::Vault;

mod report {
    pub mod hostile;
    pub mod readers;
    pub mod sample;
    pub mod size;
}
use report::sample;

/// Returns a report in a format as text.
fn written(format: Format, vault: &Vault, diagnostics: &[Diagnostic], style: Style) -> String {
    let metas = sample::metas();
    let summary = Summary { elapsed: Some(Duration::from_millis(420)), ..Summary::of(vault, diagnostics) };
    let report =
        Report { vault, root: ".", prefix: "", here: "", asked: "", diagnostics, metas: &metas, summary, style };
    let mut out = Vec::new();
    write(format, &report, &mut out).expect("a list of bytes takes everything");
    String::from_utf8(out).expect("every format is UTF-8")
}

fn check(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/report").join(name);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, actual).expect("the fixture can be written");
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(actual, expected, "{name}: run with UPDATE_EXPECT=1 if the new text is right");
}

#[test]
fn every_format() {
    let (vault, diagnostics) = sample::small();
    for format in Format::ALL {
        let ending = match format {
            Format::Json | Format::Jsonl | Format::Sarif => format.name(),
            Format::Gitlab => "json",
            Format::Junit => "xml",
            Format::Markdown => "md",
            _ => "txt",
        };
        check(&format!("{}.{ending}", format.name()), &written(format, &vault, &diagnostics, Style::default()));
    }
}

#[test]
fn nothing_found() {
    let (vault, _) = sample::small();
    let all =
        Format::ALL.map(|format| format!("== {}\n{}", format.name(), written(format, &vault, &[], Style::default())));
    check("nothing.txt", &all.concat());
}

#[test]
fn everything_that_can_be_asked_of_pretty() {
    let (vault, diagnostics) = sample::small();
    let style = Style {
        color: true,
        width: 72,
        hyperlinks: Some("/home/me/My Vault".to_owned()),
        show_info: true,
        ..Style::default()
    };
    check("pretty-color.txt", &written(Format::Pretty, &vault, &diagnostics, style.clone()).replace('\x1b', "␛"));
    let style = Style { obsidian: Some("My Vault".to_owned()), max_diagnostics: Some(2), color: false, ..style };
    check("pretty-most.txt", &written(Format::Pretty, &vault, &diagnostics, style).replace('\x1b', "␛"));
    let style = Style { statistics: true, show_info: true, ..Style::default() };
    check("statistics.txt", &written(Format::Pretty, &vault, &diagnostics, style));
}

#[test]
fn labels_at_the_end_of_a_line_fit_the_width() {
    let line = "- 2025-10-29: a weekly meeting with Lior Gensel, of which more below (via Lior Genzel)\n";
    let vault = sample::vault(&[("Note.md", line), ("Long.md", &line.repeat(9).replace('\n', " "))]);
    let mut sink = Diagnostics::new("names", Severity::Warning);
    for note in ["Note.md", "Long.md"] {
        let (file, other) = sample::place(&vault, note, "Lior Genzel", 0);
        let finding = sample::report(&mut sink, &vault, note, "Lior Gensel", 0, "two spellings");
        finding.label("one name here").related(file, other, "and another one here");
    }
    let diagnostics = sink.into_found();
    for width in 50..110 {
        let text = written(Format::Pretty, &vault, &diagnostics, Style { width, ..Style::default() });
        let drawn = text.lines().filter(|line| line.contains(['│', '·', '╰']));
        let widest = drawn.map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= width), "{width} columns\n{text}");
    }
}

#[test]
fn overview_of_a_messy_vault() {
    let (vault, diagnostics) = sample::messy();
    check("overview.txt", &written(Format::Pretty, &vault, &diagnostics, Style::default()));
    let style = Style { show_info: true, width: 80, ..Style::default() };
    check("overview-hints.txt", &written(Format::Pretty, &vault, &diagnostics, style));
    check("agent-messy.txt", &written(Format::Agent, &vault, &diagnostics, Style::default()));
}

#[test]
fn paths_begin_where_the_user_stands() {
    let (vault, diagnostics) = sample::small();
    let metas = sample::metas();
    let (summary, style) = (Summary::of(&vault, &diagnostics), Style::default());
    let report = Report {
        vault: &vault,
        root: "docs/My Vault",
        prefix: "docs/My Vault/",
        here: "",
        asked: "",
        diagnostics: &diagnostics,
        metas: &metas,
        summary,
        style,
    };
    for (format, expected) in [
        (Format::Concise, "docs/My Vault/People/Ada Berg.md:3:15: warning[unknown-date]"),
        (Format::Github, "file=docs/My Vault/People/Ada Berg.md,line=3"),
        (Format::Sarif, "\"uri\":\"docs/My%20Vault/People/Ada%20Berg.md\""),
        (Format::Gitlab, "\"path\":\"docs/My Vault/People/Ada Berg.md\""),
        (Format::Json, "\"path\":\"People/Ada Berg.md\""),
        (Format::Markdown, "[[People/Ada Berg]]"),
    ] {
        let mut out = Vec::new();
        write(format, &report, &mut out).expect("a list of bytes takes everything");
        let text = String::from_utf8(out).expect("every format is UTF-8");
        assert!(text.contains(expected), "{}: {text}", format.name());
    }
}

#[test]
fn rule_pages_show_findings_in_the_concise_form() {
    let (vault, diagnostics) = sample::small();
    let text = concise(&vault, &diagnostics);
    assert!(
        text.contains("Journal.md:2:7: error[broken-wikilink]: no note named `Jon Stephenson`\n  help: did you mean")
    );
    assert_eq!(text.matches("info[").count(), 1);
}

#[test]
fn config_mistakes_are_shown_like_findings() {
    let problem = |path: Option<&str>, start: usize, end: usize, message: &str, help: Option<&str>| {
        vaultlint::config::ConfigProblem {
            path: path.map(str::to_owned),
            text: "fail-on: warning\nrules:\n  broken-wikilnk: error\n".to_owned(),
            span: vaultlint::text::Span::new(start, end),
            message: message.to_owned(),
            help: help.map(str::to_owned),
        }
    };
    let problems = [
        problem(
            Some("vaultlint.yaml"),
            26,
            40,
            "no rule named `broken-wikilnk`",
            Some("did you mean `broken-wikilink`?"),
        ),
        problem(None, 0, 0, "`--severity` takes RULE=LEVEL, not `x`", Some("for example: --severity stale-date=error")),
    ];
    let mut out = Vec::new();
    config_problems(&problems, &Style::default(), &mut out).expect("a list of bytes takes everything");
    check("config-problems.txt", &String::from_utf8(out).expect("it is UTF-8"));
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let finding = |text: &str, marked: &str| {
        let vault = sample::vault(&[("a.md", text)]);
        let mut sink = vaultlint::rule::Diagnostics::new("some-rule", vaultlint::diagnostic::Severity::Error);
        sample::report(&mut sink, &vault, "a.md", marked, 0, "message");
        fingerprint::all(&vault, &sink.into_found())[0]
    };
    let first = finding("one two three four MARK five six seven eight\n", "MARK");
    assert_eq!(first, finding("moved\n\nzero two  three four mark five\tsix seven nine\n", "mark"));
    assert_ne!(first, finding("one two three 4 MARK five six seven eight\n", "MARK"));
    // SHA-256 over "v1 some-rule a.md mark 'two three four' 'five six seven'" with NUL between, by `sha256sum`.
    assert_eq!(first.to_string(), "e180117aa87c5bfb");
    assert_eq!(fingerprint::Fingerprint::from_hex(&first.to_string()), Some(first));
}

#[test]
fn replacements_are_what_a_fix_would_write() {
    let canvas = r#"{"nodes":[{"text":"one"}]}"#;
    let vault = sample::vault(&[("a.canvas", canvas), ("b.md", "one\r\ntwo\r\n"), ("c.md", "one\ntwo\n")]);
    let mut sink = vaultlint::rule::Diagnostics::new("some-rule", vaultlint::diagnostic::Severity::Error);
    for path in ["a.canvas", "b.md", "c.md"] {
        let (file, span) = sample::place(&vault, path, "one", 0);
        let edit = vaultlint::diagnostic::Edit::replace(file, span, "\"x\"\ny");
        sink.report(file, span, "wrong").fix(vaultlint::diagnostic::Fix::safe("put it right", vec![edit]));
    }
    let json = written(Format::Json, &vault, &sink.into_found(), Style::default());
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    let replacements = (0..3).map(|index| &json["diagnostics"][index]["fix"]["edits"][0]["replacement"]);
    assert_eq!(replacements.collect::<Vec<_>>(), [r#"\"x\"\ny"#, "\"x\"\r\ny", "\"x\"\ny"]);
}
