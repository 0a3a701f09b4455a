//! Many findings in one note, notes of many megabytes in one line: work grows with what is shown, not with its square.

use vaultlint::diagnostic::{Diagnostic, Edit, Fix, Severity};
use vaultlint::report::{Format, Style, fingerprint};
use vaultlint::rule::Diagnostics;
use vaultlint::text::Span;
use vaultlint::vault::Vault;

use super::sample;
use crate::written;

fn many(text: &str, amount: usize) -> (Vault, Vec<Diagnostic>) {
    let vault = sample::vault(&[("a.md", text)]);
    let file = vault.by_path("a.md").expect("it is there");
    let sink = || Diagnostics::new("some-rule", Severity::Warning);
    let (mut sink_of_some, mut found) = (sink(), Vec::new());
    let step = text.len() / amount;
    for number in 0..amount {
        // One sink keeps no more of a note than people read.
        if number % 5_000 == 0 {
            found.extend(std::mem::replace(&mut sink_of_some, sink()).into_found());
        }
        let span = Span::new(number * step, number * step + 4);
        let severity = if number % 3 == 0 { Severity::Info } else { Severity::Warning };
        sink_of_some
            .report(file, span, "`word` is a word")
            .related(file, Span::new(text.len() - 5, text.len() - 1), "as here")
            .fix(Fix::safe("write `other`", vec![Edit::replace(file, span, "other")]))
            .at_most(severity);
    }
    found.extend(sink_of_some.into_found());
    (vault, found)
}

/// A format whose work grows with the square would not come to an end here.
fn write_all(text: &str, amount: usize) {
    let (vault, diagnostics) = many(text, amount);
    for format in Format::ALL {
        let start = std::time::Instant::now();
        let style = Style { max_diagnostics: Some(2_000), ..Style::default() };
        let written = written(format, &vault, &diagnostics, style);
        assert!(!written.is_empty());
        if format == Format::Sarif {
            let value: serde_json::Value = serde_json::from_str(&written).expect("it is JSON");
            assert_eq!(value["runs"][0]["results"].as_array().map(Vec::len), Some(amount.min(25_000)));
        }
        println!("{:>9} {:>6} ms {:>9} bytes", format.name(), start.elapsed().as_millis(), written.len());
    }
    assert_eq!(fingerprint::all(&vault, &diagnostics).len(), amount);
}

#[test]
fn a_huge_note_of_one_line() {
    write_all(&"word ".repeat(200_000), 8_000);
}

#[test]
fn a_huge_note_without_spaces() {
    write_all(&"wordé".repeat(150_000), 2_000);
}

#[test]
fn a_huge_note_of_short_lines() {
    write_all(&"word of a line\n".repeat(60_000), 8_000);
}

#[test]
fn what_sarif_leaves_out_is_said() {
    let (vault, diagnostics) = many(&"word ".repeat(25_010), 25_010);
    let text = written(Format::Sarif, &vault, &diagnostics, Style::default());
    let value: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let text = value["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].clone();
    assert_eq!(text, "10 further findings are left out: a run holds at most 25000 results");
}
