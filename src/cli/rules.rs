//! `vaultlint rules`: all rules.

use std::io::Write;

use clap::{Args, ValueEnum};

use super::args::ColorChoice;
use super::{Failure, Status, output};
use crate::diagnostic::Severity;
use crate::report::wrap;
use crate::rule::{Category, RuleMeta};
use crate::rules::RULES;

/// Options of `rules`.
#[derive(Args)]
pub struct RulesArgs {
    /// How to write the list
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    output_format: ListFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    Table,
    Json,
}

pub fn run(args: &RulesArgs) -> Result<Status, Failure> {
    let metas: Vec<RuleMeta> = RULES.iter().map(|def| def.meta()).collect();
    let text = if args.output_format == ListFormat::Json { json(&metas) } else { table(&metas) };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(Status::Clean)
}

fn level(meta: &RuleMeta) -> &'static str {
    meta.severity.map_or("off", Severity::name)
}

fn table(metas: &[RuleMeta]) -> String {
    const LEVEL_AND_FIX: usize = 26;
    let width = metas.iter().map(|meta| meta.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for category in Category::ALL {
        let mut own = metas.iter().filter(|meta| meta.category == category).peekable();
        if own.peek().is_none() {
            continue;
        }
        text.push_str(&format!("{}\n", category.name().to_uppercase()));
        for meta in own {
            let summary = in_columns(&meta.summary, width + LEVEL_AND_FIX);
            let (level, fix) = (level(meta), meta.fix.name());
            text.push_str(&format!("  {:width$}  {level:7}  fix: {fix:6}  {summary}\n", meta.name));
        }
    }
    text.push_str("\n`vaultlint explain RULE` shows a rule's page.\n");
    text
}

/// A text that begins at a column of the terminal, its further lines below its first one; for programs it is one line.
fn in_columns(text: &str, column: usize) -> String {
    const LEAST: usize = 24;
    let columns = output::style(ColorChoice::Auto).width.saturating_sub(column + 1);
    if !output::is_terminal() || columns < LEAST {
        return text.to_owned();
    }
    wrap(text, columns).join(&format!("\n{:column$}", ""))
}

fn json(metas: &[RuleMeta]) -> String {
    let rule = |meta: &RuleMeta| {
        serde_json::json!({
            "name": meta.name, "category": meta.category.name(), "severity": level(meta), "fix": meta.fix.name(),
            "summary": meta.summary, "since": meta.since, "replaces": meta.replaces, "aliases": meta.aliases,
        })
    };
    let rules: Vec<_> = metas.iter().map(rule).collect();
    let text = serde_json::to_string_pretty(&serde_json::json!({ "version": 1, "rules": rules }));
    text.expect("names and words become JSON") + "\n"
}
