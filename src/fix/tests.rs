//! Runs of fixes over small vaults in memory, with rules made for the purpose.

use super::{Outcome, Texts};
use crate::config::{ActiveRule, Config};
use crate::diagnostic::{Applicability, Edit, Fix, Severity};
use crate::lint::in_memory;
use crate::note::Note;
use crate::rule::{Category, Diagnostics, FixKind, Rule, RuleDef, RuleMeta};
use crate::text::{FileId, Span, VaultPath};
use crate::vault::Vault;
use crate::vault::settings::Settings;

/// Reports every place of a word and offers to put another in its place.
struct Word {
    word: &'static str,
    instead: &'static str,
    applicability: Applicability,
}

impl Rule for Word {
    fn check_note(&self, note: &Note, _: &Settings, diagnostics: &mut Diagnostics) {
        for (at, _) in note.text.match_indices(self.word) {
            let span = Span::new(at, at + self.word.len());
            let mut fix = Fix::safe("other word", vec![Edit::replace(note.id, span, self.instead)]);
            fix.applicability = self.applicability;
            diagnostics.report(note.id, span, format!("`{}` stands here", self.word)).fix(fix);
        }
    }
}

/// Reports `old.md` and offers to call it `new.md`, links included.
struct Name;

impl Rule for Name {
    fn check_vault(&self, vault: &Vault, diagnostics: &mut Diagnostics) {
        let Some(file) = vault.by_path("old.md") else { return };
        let mut edits = Vec::new();
        for (id, _) in vault.files() {
            let text = vault.text(id).unwrap_or_default();
            let link = |(at, _): (usize, &str)| Edit::replace(id, Span::new(at, at + 7), "[[new]]");
            edits.extend(text.match_indices("[[old]]").map(link));
        }
        let mut fix = Fix::unsafe_because("rename", "other programs may know the note by its name", edits);
        fix.rename = Some((file, VaultPath::new("new.md")));
        diagnostics.report(file, Span::at(0), "an old name").fix(fix);
    }
}

fn word(word: &'static str, instead: &'static str) -> Box<dyn Rule> {
    Box::new(Word { word, instead, applicability: Applicability::Safe })
}

type Rules = Vec<(&'static str, Severity, Box<dyn Rule>)>;

fn config(rules: Rules) -> Config {
    let active = |(name, severity, rule)| {
        let def = RuleDef {
            name,
            page: "",
            build: |_| Err("built by the test".to_owned()),
            defaults: crate::rule::defaults::<()>,
        };
        let def: &'static RuleDef = Box::leak(Box::new(def));
        ActiveRule { def, meta: meta(name), rule, level: Some(severity), is_reported: true }
    };
    Config { rules: rules.into_iter().map(active).collect(), ..Config::default() }
}

fn meta(name: &'static str) -> RuleMeta {
    RuleMeta {
        name,
        category: Category::Text,
        severity: Some(Severity::Warning),
        fix: FixKind::Both,
        replaces: Vec::new(),
        since: String::new(),
        aliases: Vec::new(),
        summary: String::new(),
    }
}

fn judge() -> (&'static str, Severity, Box<dyn Rule>) {
    ("judge", Severity::Error, Box::new(Word { word: "wrong", instead: "", applicability: Applicability::DisplayOnly }))
}

fn texts(files: &[(&str, &str)]) -> Texts {
    files.iter().map(|(path, text)| (VaultPath::new(path), (*text).into())).collect()
}

fn fixed(files: &[(&str, &str)], config: &Config, most: Applicability) -> (Outcome, Texts) {
    super::in_memory(&texts(files), config, most)
}

#[track_caller]
fn check(rules: Rules, files: &[(&str, &str)], after: &[(&str, &str)], bugs: &[&str]) {
    let config = config(rules);
    let (outcome, result) = fixed(files, &config, Applicability::Unsafe);
    assert_eq!(result, texts(after));
    let reasons: Vec<&str> = outcome.bugs.iter().map(|bug| bug.reason.as_str()).collect();
    assert_eq!(reasons, bugs);
    let left = in_memory(&result, &config).diagnostics.len();
    assert_eq!(outcome.linted.diagnostics.len(), left, "what is returned is the vault after the fixes");
}

#[test]
fn fixes_that_lead_to_fixes_take_passes() {
    let rules = vec![("a", Severity::Warning, word("one", "two")), ("b", Severity::Warning, word("two", "three"))];
    check(rules, &[("n.md", "one two one\r\n")], &[("n.md", "three three three\r\n")], &[]);
}

#[test]
fn overlapping_fixes_wait() {
    let rules = vec![("a", Severity::Warning, word("aab", "x")), ("b", Severity::Warning, word("ba", "y"))];
    check(rules, &[("n.md", "aabaab ba")], &[("n.md", "xx y")], &[]);
}

#[test]
fn a_fix_that_leaves_an_error_is_taken_back_alone() {
    let rules =
        vec![("good", Severity::Warning, word("one", "1")), ("bad", Severity::Warning, word("two", "wrong")), judge()];
    let bug = "it leaves a new error in `n.md`: `wrong` stands here (judge)";
    check(rules, &[("m.md", "one"), ("n.md", "one two one one")], &[("m.md", "1"), ("n.md", "1 two 1 1")], &[bug]);
}

#[test]
fn an_old_error_is_not_held_against_a_fix() {
    let rules = vec![("good", Severity::Warning, word("one", "1")), judge()];
    check(rules, &[("n.md", "one wrong one")], &[("n.md", "1 wrong 1")], &[]);
}

#[test]
fn a_rule_that_fails_often_is_left_alone() {
    let rules = vec![("bad", Severity::Warning, word("two", "wrong")), judge()];
    let files = [("n.md", "two two two two two two two two")];
    let bug = "it leaves a new error in `n.md`: `wrong` stands here (judge)";
    check(rules, &files, &files, &[bug, bug, bug]);
}

#[test]
fn fixes_without_end_are_a_bug() {
    let rules = vec![("a", Severity::Warning, word("one", "oneone"))];
    let (outcome, _) = fixed(&[("n.md", "one")], &config(rules), Applicability::Safe);
    assert_eq!(outcome.bugs[0].reason, "its fixes do not come to an end in 10 passes");
    assert!(outcome.changes.is_empty(), "none of them is left");
    let rules = vec![("a", Severity::Warning, word("one", "two")), ("b", Severity::Warning, word("two", "one"))];
    let bug = "the passes go round in a circle";
    check(rules, &[("n.md", "one")], &[("n.md", "two")], &[bug]);
}

#[test]
fn fixes_without_end_in_one_note_leave_those_elsewhere() {
    let endless = || vec![("a", Severity::Warning, word("xone", "xxone")), ("b", Severity::Warning, word("two", "2"))];
    let bug = "its fixes do not come to an end in 10 passes";
    check(endless(), &[("m.md", "two"), ("n.md", "xone two")], &[("m.md", "2"), ("n.md", "xone 2")], &[bug]);
}

#[test]
fn only_what_is_asked_for_is_applied() {
    let rules = || {
        vec![(
            "a",
            Severity::Warning,
            Box::new(Word { word: "one", instead: "1", applicability: Applicability::Unsafe }) as _,
        )]
    };
    assert!(fixed(&[("n.md", "one")], &config(rules()), Applicability::Safe).0.changes.is_empty());
    let (outcome, _) = fixed(&[("n.md", "x\none")], &config(rules()), Applicability::Unsafe);
    assert_eq!((outcome.applied.len(), outcome.applied[0].line, outcome.applied[0].rule), (1, 2, "a"));
}

#[test]
fn a_rename_comes_after_the_edits() {
    let rules = vec![("name", Severity::Warning, Box::new(Name) as _), ("a", Severity::Warning, word("one", "1"))];
    let before = [("b.md", "one [[old]]"), ("old.md", "one, see [[old]]")];
    check(rules, &before, &[("b.md", "1 [[new]]"), ("new.md", "1, see [[new]]")], &[]);
    let rules = vec![("name", Severity::Warning, Box::new(Name) as _)];
    let taken = [("New.md", ""), ("old.md", "")];
    check(rules, &taken, &taken, &[]);
}

#[test]
fn a_broken_edit_is_a_bug_and_no_panic() {
    struct Broken;
    impl Rule for Broken {
        fn check_note(&self, note: &Note, _: &Settings, diagnostics: &mut Diagnostics) {
            let fix = Fix::safe(
                "out",
                vec![Edit::delete(note.id, Span::new(0, 1)), Edit::delete(FileId(0), Span::new(0, 9))],
            );
            diagnostics.report(note.id, Span::at(0), "x").fix(fix);
        }
    }
    let files = [("n.md", "abc")];
    let bug = "the edit at 0..9 is out of the text";
    check(vec![("broken", Severity::Warning, Box::new(Broken))], &files, &files, &[bug]);
}
