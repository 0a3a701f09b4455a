//! A note whose name and text try to paint the terminal, to command a CI system, and to break out of every format.

use vaultlint::diagnostic::{Diagnostic, Edit, Fix, Severity};
use vaultlint::report::{Format, Style};
use vaultlint::rule::Diagnostics;
use vaultlint::text::{FileId, VaultPath};
use vaultlint::vault::Vault;

use super::readers::assert_sarif;
use super::sample;
use crate::written;

const EVIL: &str = "\x1b]0;owned\x07\u{9b}31m\u{202e}::error::x ##[stop-commands]y ##vso[task] [[Link]] #tag %%c%% `` ``` <b>&\" ](1) $x$ ^id";

fn vault() -> (Vault, Vec<Diagnostic>) {
    let path = "::warning::A\n::error::B\x1b[2J, 100% <x>&\" #t [[y]].md";
    let text = format!("start\n{EVIL}\n::set-output name=x::y\n");
    let vault = sample::vault(&[(path, &text)]);
    let mut sink = Diagnostics::new("evil-rule", Severity::Error);
    let (file, span) = sample::place(&vault, path, EVIL, 0);
    sink.report(file, span, format!("`{EVIL}` is bad\n::error::z"))
        .label(EVIL)
        .help(format!("first\n::add-mask::{EVIL}\n##[group]x"))
        .related(file, sample::place(&vault, path, "::set-output name=x::y", 0).1, "::error::label")
        .fix(Fix::safe(format!("write `{EVIL}`"), vec![Edit::replace(file, span, format!("{EVIL}\n{EVIL}"))]))
        .alternative(Fix::unsafe_because(EVIL, EVIL, vec![Edit::delete(file, span)]));
    (vault, sink.into_found())
}

#[test]
fn nothing_unseen_and_no_command_in_any_format() {
    let (vault, diagnostics) = vault();
    for format in Format::ALL {
        let text = written(format, &vault, &diagnostics, Style { width: 60, ..Style::default() });
        for (number, line) in text.lines().enumerate() {
            let shown = format!("{}:{number}: {line}", format.name());
            assert!(
                !line.chars().any(|letter| letter.is_control() || matches!(letter, '\u{202e}' | '\u{9b}')),
                "{shown}"
            );
            assert!(!line.contains("##[") && !line.contains("##vso["), "{shown}");
            let is_own = format == Format::Github && line.starts_with("::error file=");
            assert!(is_own || !line.trim_start().starts_with("::"), "{shown}");
        }
        assert!(!text.contains('\r'));
    }
}

#[test]
fn the_readers_still_read_it() {
    let (vault, diagnostics) = vault();
    let text = |format| written(format, &vault, &diagnostics, Style::default());
    assert_sarif(&text(Format::Sarif));
    let json: serde_json::Value = serde_json::from_str(&text(Format::Json)).expect("it is JSON");
    assert_eq!(json["diagnostics"][0]["fix"]["edits"][0]["replacement"], format!("{EVIL}\n{EVIL}"));
    let junit = text(Format::Junit);
    roxmltree::Document::parse(&junit).expect("it is XML");
    assert_eq!(text(Format::Github).lines().count(), 1);
    assert_eq!(text(Format::Agent).lines().filter(|line| !line.starts_with("# ")).count(), 1);
}

#[test]
fn the_markdown_report_makes_nothing_of_it() {
    let (vault, diagnostics) = vault();
    let text = written(Format::Markdown, &vault, &diagnostics, Style::default());
    let note = vaultlint::parse::parse(FileId(0), VaultPath::new("report.md"), text.as_str());
    let (outline, body) = (note.outline, note.body);
    let counts = (outline.links.len(), outline.tags.len(), outline.block_ids.len(), body.unclosed.len());
    assert_eq!(counts, (0, 0, 0, 0), "{text}");
}
