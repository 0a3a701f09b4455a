//! `vaultlint explain RULE`: a rule's page, for the terminal.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::Args;

use super::args::ColorChoice;
use super::{Failure, Status, output, session};
use crate::rule::RuleDef;
use crate::rules::{RULES, find};
use crate::text::closest;

/// Options of `explain`.
#[derive(Args)]
pub struct ExplainArgs {
    /// The rule's name, as it stands in brackets in a finding
    #[arg(value_name = "RULE")]
    rule: String,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
}

pub fn run(args: &ExplainArgs) -> Result<Status, Failure> {
    let Some(def) = find(&args.rule) else {
        let near = closest(&args.rule, RULES.iter().map(|def| def.name));
        let help = near
            .map_or_else(|| "`vaultlint rules` lists all rules".to_owned(), |near| format!("did you mean `{near}`?"));
        return Err(session::misuse(format!("there is no rule `{}`", args.rule), Some(help)));
    };
    let style = output::style(args.color);
    std::io::stdout().write_all(render(def, style.color).as_bytes())?;
    Ok(Status::Clean)
}

/// The page without its frontmatter; headings stand out, fences become indentation.
fn render(def: &RuleDef, color: bool) -> String {
    let meta = def.meta();
    let bold = |text: &str| if color { format!("\x1b[1m{text}\x1b[0m") } else { text.to_owned() };
    let dim = |text: &str| if color { format!("\x1b[2m{text}\x1b[0m") } else { text.to_owned() };
    let mut out = String::new();
    let level = meta.severity.map_or("off", crate::diagnostic::Severity::name);
    let facts = format!("{} · {level} by default · fix: {}", meta.category.name(), meta.fix.name());
    let body = def.page.find("\n# ").map_or(def.page, |start| &def.page[start + 1..]);
    let mut fence: Option<String> = None;
    for line in body.lines() {
        if let Some(open) = &fence {
            if line == open {
                fence = None;
            } else {
                writeln!(out, "    {line}").expect("a string takes every line");
            }
        } else if line.starts_with("```") {
            fence = Some(line.chars().take_while(|character| *character == '`').collect());
        } else if let Some(title) = line.strip_prefix("# ") {
            write!(out, "{}\n{}\n", bold(title), dim(&facts)).expect("a string takes every line");
        } else if let Some(title) = line.trim_start_matches('#').strip_prefix(' ').filter(|_| line.starts_with('#')) {
            writeln!(out, "{}", bold(title)).expect("a string takes every line");
        } else {
            writeln!(out, "{line}").expect("a string takes every line");
        }
    }
    out
}
