//! `--interactive`: shows each fix in its place and asks. An answer holds for all passes of the run.

use std::io::{BufRead, Write};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::cli::args::CheckArgs;
use crate::cli::output;
use crate::diagnostic::{Applicability, Diagnostic, Fix, Remember};
use crate::fix;
use crate::report::fingerprint::{self, Fingerprint};
use crate::report::{Style, visible};
use crate::rule::alias::add_alias;
use crate::vault::Vault;

/// A fix that still does not settle its finding in its place after so many passes is not tried again.
const MOST_REPEATS: u32 = 6;

/// What was answered so far.
pub struct Dialogue {
    style: Style,
    answers: FxHashMap<Fingerprint, Answer>,
    /// How often the chosen fix of a finding was tried in one place, in bytes.
    tries: FxHashMap<(Fingerprint, u32), u32>,
    /// Rules, and patterns of the user, whose own fix is wanted wherever it is offered.
    all_of: FxHashSet<(&'static str, Option<String>)>,
    /// What the config is to remember.
    pub remembered: Vec<Remember>,
    is_over: bool,
}

/// The number of the chosen fix, or none.
#[derive(Clone, Copy)]
enum Answer {
    Take(usize),
    Leave,
}

/// What was typed.
enum Reply {
    Take(usize),
    AllOfRule,
    Leave,
    Quit,
}

impl Dialogue {
    /// Returns a dialogue on the terminal.
    pub fn new(args: &CheckArgs) -> Dialogue {
        Dialogue {
            style: output::style(args.color),
            answers: FxHashMap::default(),
            tries: FxHashMap::default(),
            all_of: FxHashSet::default(),
            remembered: Vec::new(),
            is_over: false,
        }
    }

    /// Asks which fix of a finding is wanted.
    pub fn choose(&mut self, vault: &Vault, diagnostic: &Diagnostic) -> Option<Fix> {
        let offers: Vec<&Fix> =
            diagnostic.fix.iter().chain(&diagnostic.alternatives).filter(|fix| can_be_taken(fix)).collect();
        if offers.is_empty() || self.is_over && self.answers.is_empty() && self.all_of.is_empty() {
            return None;
        }
        let print = fingerprint::all(vault, std::slice::from_ref(diagnostic)).pop()?;
        let answer = self.answers.get(&print).copied().unwrap_or_else(|| self.ask(vault, diagnostic, &offers));
        self.answers.insert(print, answer);
        let Answer::Take(number) = answer else { return None };
        // A fix waits for the next pass when another one touches the same place.
        let tries = self.tries.entry((print, diagnostic.primary.span.start)).or_default();
        *tries += 1;
        if *tries > MOST_REPEATS {
            return None;
        }
        let fix = (*offers.get(number)?).clone();
        let Some(remember) = &fix.remember else { return Some(fix) };
        let Remember::Alias(note, name) = remember else {
            self.answers.insert(print, Answer::Leave);
            self.remembered.push(remember.clone());
            return Some(fix);
        };
        let added = add_alias(vault, *note, name);
        if added.is_none() {
            self.answers.insert(print, Answer::Leave);
            eprintln!(
                "`{}` has properties that nothing can be added to: add it by hand",
                visible(vault.path(*note).as_str())
            );
        }
        added
    }

    fn ask(&mut self, vault: &Vault, diagnostic: &Diagnostic, offers: &[&Fix]) -> Answer {
        let has_own = diagnostic.fix.as_ref().is_some_and(can_be_taken);
        let of_rule = (diagnostic.rule, diagnostic.pattern.as_deref().map(str::to_owned));
        if has_own && self.all_of.contains(&of_rule) {
            return Answer::Take(0);
        }
        if self.is_over {
            return Answer::Leave;
        }
        self.show(vault, diagnostic, offers);
        match reply(offers.len(), has_own) {
            Reply::Take(number) => Answer::Take(number),
            Reply::Leave => Answer::Leave,
            Reply::AllOfRule => {
                self.all_of.insert(of_rule);
                Answer::Take(0)
            }
            Reply::Quit => {
                self.is_over = true;
                Answer::Leave
            }
        }
    }

    fn show(&self, vault: &Vault, diagnostic: &Diagnostic, offers: &[&Fix]) {
        let mut screen = b"\n".to_vec();
        // What can be done stands below, with numbers.
        let told = Diagnostic { fix: None, alternatives: Vec::new(), ..diagnostic.clone() };
        // Writing to memory does not fail.
        let _ = crate::report::finding(vault, &told, &self.style, &mut screen);
        for (number, offer) in offers.iter().enumerate() {
            let why = if offer.reason.is_empty() { String::new() } else { format!(" (unsafe: {})", offer.reason) };
            let _ = writeln!(screen, "\n{}  {}{}", number + 1, visible(&offer.title), visible(&why));
            for line in preview(vault, offer) {
                let shown = visible(&line);
                let shown = if self.style.color { output::diff::paint(&shown).into() } else { shown };
                let _ = writeln!(screen, "   {shown}");
            }
        }
        let _ = std::io::stderr().write_all(&screen);
    }
}

fn can_be_taken(fix: &Fix) -> bool {
    fix.applicability != Applicability::DisplayOnly || fix.remember.is_some()
}

/// Returns the lines that a fix takes away and puts in their place, cut to what can be read at a glance.
fn preview(vault: &Vault, offer: &Fix) -> Vec<String> {
    const MOST_LINES: usize = 12;
    let diff = fix::preview(vault, offer);
    let is_edit = |line: &&str| {
        (line.starts_with('-') || line.starts_with('+')) && !line.starts_with("--- ") && !line.starts_with("+++ ")
    };
    let mut lines: Vec<String> =
        diff.lines().filter(is_edit).take(MOST_LINES + 1).map(|line| line.trim_end().to_owned()).collect();
    if lines.len() > MOST_LINES {
        lines[MOST_LINES] = "…".to_owned();
    }
    if let Some((file, to)) = &offer.rename {
        lines.insert(0, format!("`{}` becomes `{to}`", vault.path(*file)));
    }
    lines
}

/// Asks until an answer is understood; the end of input is `q`.
fn reply(offers: usize, has_own: bool) -> Reply {
    let question = if offers > 1 { format!("Which? 1–{offers}, n (none), ") } else { "Take it? y, n, ".to_owned() };
    let all = match (has_own, offers) {
        (false, _) => "",
        (true, 1) => "a (all of this rule), ",
        (true, _) => "a (the first, for all of this rule), ",
    };
    loop {
        eprint!("\n{question}{all}q (quit): ");
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line);
        if !matches!(read, Ok(length) if length > 0) {
            eprintln!();
            return Reply::Quit;
        }
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Reply::Take(0),
            "n" | "no" | "" => return Reply::Leave,
            "a" | "all" if has_own => return Reply::AllOfRule,
            "q" | "quit" => return Reply::Quit,
            number => match number.parse::<usize>() {
                Ok(number) if (1..=offers).contains(&number) => return Reply::Take(number - 1),
                _ => eprintln!("answer with one of these"),
            },
        }
    }
}
