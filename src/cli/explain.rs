//! `vaultlint explain RULE`: a rule's page, rendered for the terminal.

use std::io::Write as _;

use clap::Args;
use comrak::nodes::{AstNode, ListType, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::args::ColorChoice;
use super::{Failure, Status, output, session};
use crate::rule::RuleDef;
use crate::rules::{RULES, did_you_mean, find};

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
        let help = did_you_mean(&args.rule, RULES.iter().map(|def| def.name));
        return Err(session::misuse(format!("there is no rule `{}`", args.rule), Some(help)));
    };
    let style = output::style(args.color);
    let page = Page { color: style.color, width: style.width.min(100) };
    std::io::stdout().write_all(page.render(def).as_bytes())?;
    Ok(Status::Clean)
}

/// How a page is to look.
struct Page {
    color: bool,
    /// Columns at which text is broken.
    width: usize,
}

const BOLD: &str = "1";
const DIM: &str = "2";
const CODE: &str = "36";

impl Page {
    /// The page without its frontmatter, with the rule's facts below the title.
    fn render(&self, def: &RuleDef) -> String {
        let body = def.page.find("\n# ").map_or(def.page, |start| &def.page[start + 1..]);
        let arena = Arena::new();
        let mut options = Options::default();
        options.extension.table = true;
        let root = parse_document(&arena, body, &options);
        let meta = def.meta();
        let level = meta.severity.map_or("off", crate::diagnostic::Severity::name);
        let facts = format!("{} · {level} by default · fix: {}", meta.category.name(), meta.fix.name());
        let mut blocks: Vec<String> = root.children().map(|block| self.block(block)).collect();
        blocks.insert(1.min(blocks.len()), self.paint(DIM, &facts) + "\n");
        blocks.join("\n")
    }

    fn block<'a>(&self, node: &'a AstNode<'a>) -> String {
        match &node.data.borrow().value {
            NodeValue::Heading(_) => self.paint(BOLD, &self.inline(node)) + "\n",
            NodeValue::CodeBlock(code) => code.literal.lines().map(|line| format!("    {line}\n")).collect(),
            NodeValue::List(list) => {
                let items = node.children().enumerate();
                let numbered = list.list_type == ListType::Ordered;
                let mark = |index: usize| if numbered { format!("{}. ", list.start + index) } else { "- ".to_owned() };
                items.map(|(index, item)| self.item(&mark(index), item)).collect()
            }
            NodeValue::Table(_) => node.children().map(|row| self.row(row) + "\n").collect(),
            NodeValue::BlockQuote => node.children().map(|block| self.block(block)).collect(),
            _ => self.wrapped(&self.inline(node), ""),
        }
    }

    fn item<'a>(&self, mark: &str, item: &'a AstNode<'a>) -> String {
        let text: Vec<String> = item.children().map(|block| self.inline(block)).collect();
        let wrapped = self.wrapped(&text.join(" "), &" ".repeat(mark.len()));
        format!("{mark}{}", wrapped.trim_start())
    }

    fn row<'a>(&self, row: &'a AstNode<'a>) -> String {
        row.children().map(|cell| self.inline(cell)).collect::<Vec<_>>().join("  ")
    }

    fn inline<'a>(&self, node: &'a AstNode<'a>) -> String {
        let text = |child: &'a AstNode<'a>| match &child.data.borrow().value {
            NodeValue::Text(text) => text.to_string(),
            NodeValue::Code(code) if self.color => self.paint(CODE, &code.literal),
            NodeValue::Code(code) => format!("`{}`", code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => " ".to_owned(),
            NodeValue::Strong => self.paint(BOLD, &self.inline(child)),
            _ => self.inline(child),
        };
        node.children().map(text).collect()
    }

    /// Breaks text at spaces; the escapes of colours take no column.
    fn wrapped(&self, text: &str, indent: &str) -> String {
        let mut lines = vec![indent.to_owned()];
        let mut column = indent.len();
        for word in text.split_whitespace() {
            let length = visible_length(word);
            if column > indent.len() && column + 1 + length > self.width {
                lines.push(indent.to_owned());
                column = indent.len();
            }
            let line = lines.last_mut().expect("there is a first line");
            if column > indent.len() {
                line.push(' ');
                column += 1;
            }
            line.push_str(word);
            column += length;
        }
        lines.join("\n") + "\n"
    }

    fn paint(&self, code: &str, text: &str) -> String {
        if self.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

fn visible_length(word: &str) -> usize {
    let mut inside = false;
    let shown = word.chars().filter(|character| {
        let was_inside = inside;
        inside = *character == '\x1b' || inside && *character != 'm';
        !was_inside && *character != '\x1b'
    });
    shown.count()
}
