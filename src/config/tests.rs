//! Config files in, settings or mistakes out.

use super::*;
use crate::text::LineIndex;

/// Checks the mistakes of a config: place, marked text, message and help, one a line.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = match resolve(text, &Selection::default()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(shown).collect(),
    };
    assert_eq!(found, expected, "{text}");
}

fn resolve(text: &str, selection: &Selection) -> Result<Config, Vec<ConfigProblem>> {
    let file = ConfigText { path: "vaultlint.yaml".to_owned(), text: text.to_owned() };
    Config::resolve(Some(&file), selection, &read)
}

/// The files that `extends` may name in these tests.
fn read(name: &str) -> Result<ConfigText, String> {
    let text = match name {
        "shared.yaml" => "fail-on: error\nrules: { text: off }\nnames: { same: [[a, b]] }",
        "base/loop.yaml" => "extends: ../vaultlint.yaml",
        "base/wrong.yaml" => "fail-on: loud",
        _ => return Err(format!("cannot read the config `{name}`: no such file")),
    };
    Ok(ConfigText { path: name.to_owned(), text: text.to_owned() })
}

fn shown(problem: &ConfigProblem) -> String {
    let place = problem.path.as_ref().map_or(String::new(), |path| {
        let at = LineIndex::new(&problem.text).position(problem.span.start, &problem.text);
        format!("{path}:{}:{}: `{}`: ", at.line, at.column, problem.span.of(&problem.text))
    });
    let help = problem.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
    format!("{place}{}{help}", problem.message)
}

fn level_of(config: &Config, rule: &str, path: &str) -> Option<Severity> {
    let index = config.rules.iter().position(|active| active.def.name == rule).expect("the rule is listed");
    config.level(index, &VaultPath::new(path))
}

#[test]
fn right_configs() {
    check("", &[]);
    check("# nothing\n", &[]);
    check("rules:\nkinds:\n", &[]);
    check("include: ['**/*.md']\nexclude: Archive\nextends: shared.yaml\nfail-on: info\n", &[]);
    check("rules:\n  unreadable-note: warning\n  links: false\n", &[]);
    check("rules: { unreadable-note: { severity: info } }", &[]);
    check("names: { owner: Ada Lovelace, same: [[A, B]], different: [[A, C, D]] }", &[]);
    check(
        "kinds: { person: { match: 'People/**', properties: { role: text, born: { type: date, required: true } } } }",
        &[],
    );
}

#[test]
fn wrong_keys_and_types() {
    check("rule: {}", &["vaultlint.yaml:1:1: `rule`: the config has no key `rule` (did you mean `rules`?)"]);
    check(
        "unreadable-note: off",
        &["vaultlint.yaml:1:1: `unreadable-note`: the config has no key `unreadable-note` \
           (rules stand under `rules:`; write it there as `unreadable-note: …`)"],
    );
    check(
        "fail_on: info",
        &["vaultlint.yaml:1:1: `fail_on`: the config has no key `fail_on` (did you mean `fail-on`?)"],
    );
    check("rules: [a]", &["vaultlint.yaml:1:8: `[a]`: `rules` must be a mapping of `key: value` lines, not a list"]);
    check("a: b: c", &["vaultlint.yaml:1:4: `b: c`: not YAML: `: ` in a value that is not in quotes"]);
    check("- a", &["vaultlint.yaml:1:1: `- a`: expected `key: value` lines (for example `fail-on: error`)"]);
    check("names:\nnames:", &["vaultlint.yaml:2:1: `names`: `names` stands here a second time"]);
    check(
        "fail-on: off",
        &["vaultlint.yaml:1:10: `off`: `off` is not a level to fail on (expected one of `error`, `warning`, `info`)"],
    );
    check("include: 'a['", &["vaultlint.yaml:1:10: `'a['`: `a[` is not a glob: unclosed character class; missing ']'"]);
}

#[test]
fn wrong_rules() {
    check(
        "rules:\n  unreadable-notes: error\n",
        &[
            "vaultlint.yaml:2:3: `unreadable-notes`: no rule is named `unreadable-notes` (did you mean `unreadable-note`?)",
        ],
    );
    check(
        "rules:\n  unreadable-note: warn\n",
        &["vaultlint.yaml:2:20: `warn`: `warn` is not a level (expected one of `error`, `warning`, `info`, `off`)"],
    );
    check(
        "rules:\n  unreadable-note: { severity: eror, depth: 3 }\n",
        &[
            "vaultlint.yaml:2:32: `eror`: `eror` is not a level (did you mean `error`?)",
            "vaultlint.yaml:2:38: `depth`: `unreadable-note` has no option `depth` (expected one of `severity`)",
        ],
    );
    check(
        "overrides:\n  - match: 'A/**'\n    rules: { unreadable-note: { severity: off }, lins: off }\n  - rules: {}\n",
        &[
            "vaultlint.yaml:3:31: `{ severity: off }`: an override changes levels only \
             (options belong under `rules` at the top; they hold for the whole vault)",
            "vaultlint.yaml:3:50: `lins`: no rule is named `lins` (did you mean `links`?)",
            "vaultlint.yaml:4:5: `rules: {}`: an override needs `match`",
        ],
    );
}

#[test]
fn wrong_kinds_and_names() {
    check(
        "kinds: { person: { mtach: x } }",
        &["vaultlint.yaml:1:20: `mtach`: `person` has no key `mtach` (did you mean `match`?)"],
    );
    check(
        "kinds: { person: { properties: { role: txt } } }",
        &["vaultlint.yaml:1:40: `txt`: `txt` is not a type of property (did you mean `text`?)"],
    );
    check(
        "kinds: { p: { properties: { id: { pattern: '(' } }, name: '{week} x' } }",
        &[
            "vaultlint.yaml:1:44: `'('`: `(` is not a regular expression: unclosed group",
            "vaultlint.yaml:1:59: `'{week} x'`: `{week}` means nothing in a name \
             (a name may hold `*` for any text and `{date}` for a day such as 2026-01-31)",
        ],
    );
    check(
        "names: { same: [Ada, Eda] }",
        &[
            "vaultlint.yaml:1:17: `Ada`: `same` must be a list of groups of names (for example `same: [[\"Robert Benoit\", \"Rob Benoit\"]]`)",
        ],
    );
    check("names: { same: [[Ada]] }", &["vaultlint.yaml:1:17: `[Ada]`: a group of `same` needs two names or more"]);
}

#[test]
fn extended_files() {
    let config = resolve("extends: [./shared.yaml]\nrules: { unreadable-note: error }\n", &Selection::default());
    let config = config.expect("the files are right");
    assert_eq!(config.fail_on, Severity::Error);
    assert_eq!(config.settings.names.same, [["a", "b"]]);
    assert_eq!(level_of(&config, "unreadable-note", "a.md"), Some(Severity::Error), "the nearer file wins");
    check(
        "extends: none.yaml",
        &["vaultlint.yaml:1:10: `none.yaml`: cannot read the config `none.yaml`: no such file"],
    );
    check(
        "extends: https://example.org/a.yaml",
        &[
            "vaultlint.yaml:1:10: `https://example.org/a.yaml`: `extends` reads files only, never the network: `https://example.org/a.yaml`",
        ],
    );
    for outside in ["../a.yaml", "/etc/a.yaml", "b/../../a.yaml", "'C:\\a.yaml'", "~/a.yaml"] {
        let found = resolve(&format!("extends: {outside}"), &Selection::default()).err().map(|problems| problems.len());
        assert_eq!(found, Some(1), "{outside}");
    }
    check(
        "extends: base/loop.yaml",
        &[
            "base/loop.yaml:1:10: `../vaultlint.yaml`: `../vaultlint.yaml` extends itself: vaultlint.yaml → base/loop.yaml → vaultlint.yaml",
        ],
    );
    check(
        "fail-on: quiet\nextends: base/wrong.yaml",
        &[
            "base/wrong.yaml:1:10: `loud`: `loud` is not a level to fail on (expected one of `error`, `warning`, `info`)",
            "vaultlint.yaml:1:10: `quiet`: `quiet` is not a level to fail on (expected one of `error`, `warning`, `info`)",
        ],
    );
}

#[test]
fn patterns() {
    let one = "patterns:\n  - { name: our-name, find: '(V)ast', message: write VAST, replace: '$1AST' }\n";
    check(
        one,
        &[
            "vaultlint.yaml:2:69: `'$1AST'`: `find` has no group `1AST` (`${1}` is the first group; a dollar sign itself is written `$$`)",
        ],
    );
    check(
        "patterns:\n  - name: Our Name\n    find: '['\n",
        &[
            "vaultlint.yaml:2:5: `name: Our Name`: a pattern needs `message`",
            "vaultlint.yaml:2:11: `Our Name`: `Our Name` cannot be the name of a pattern (small letters, digits and hyphens, for example `our-spelling`)",
            "vaultlint.yaml:3:11: `'['`: `[` is not a regular expression: unclosed character class",
        ],
    );
    check(
        "patterns:\n  - { name: unreadable-note, find: a, message: b }\n  - { name: x, find: a, message: b, in: body, kinds: persn }\n",
        &[
            "vaultlint.yaml:2:13: `unreadable-note`: `unreadable-note` is the name of a rule or category of vaultlint",
            "vaultlint.yaml:3:41: `body`: a pattern cannot look in `body` (expected one of `text`, `frontmatter`, `everywhere`)",
            "vaultlint.yaml:3:54: `persn`: no kind is named `persn` (did you mean `person`?)",
        ],
    );
}

#[test]
fn examples_of_patterns() {
    let text = "patterns:\n  - name: ours\n    find: Vast\n    message: write VAST\n    replace: Vastly\n    bad: [Vast Data, none]\n    good: [VAST, Vast]\n";
    let config = resolve(text, &Selection::default()).expect("the config is right");
    let found: Vec<String> = config.check_examples().iter().map(shown).collect();
    assert_eq!(
        found,
        [
            "vaultlint.yaml:6:11: `Vast Data`: `ours` finds its own replacement again: `Vastly Data`",
            "vaultlint.yaml:6:22: `none`: `ours` finds nothing in this bad example",
            "vaultlint.yaml:7:18: `Vast`: `ours` finds something in this good example",
        ]
    );
}

#[test]
fn levels() {
    let text = "rules: { text: info, unreadable-note: warning }\noverrides:\n  - { match: A/, rules: { unreadable-note: off } }\n  - { match: 'A/b*', rules: { text: error } }";
    let config = resolve(text, &Selection::default()).expect("the config is right");
    let level = |path| level_of(&config, "unreadable-note", path);
    assert_eq!(level("x.md"), Some(Severity::Warning));
    assert_eq!(level("A/x.md"), None);
    assert_eq!(level("A/bx.md"), Some(Severity::Error));
}

#[test]
fn command_line() {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let level = |text: &str, selection: &Selection| {
        let config = resolve(text, selection).expect("the config is right");
        level_of(&config, "unreadable-note", "A/x.md")
    };
    let own = Selection { select: words(&["unreadable-note"]), ..Selection::default() };
    assert_eq!(level("rules: { unreadable-note: off }", &own), Some(Severity::Error));
    let other = Selection { select: words(&["links"]), ..Selection::default() };
    assert_eq!(level("overrides: [{ match: A/, rules: { text: error } }]", &other), None);
    let ignored = Selection { ignore: words(&["text"]), ..Selection::default() };
    assert_eq!(level("overrides: [{ match: A/, rules: { text: error } }]", &ignored), None);
    let set = Selection { severity: words(&["unreadable-note=info"]), ..Selection::default() };
    assert_eq!(level("rules: { text: error }", &set), Some(Severity::Info));
    let wrong = Selection {
        select: words(&["unreadable-nots"]),
        ignore: words(&["x"]),
        severity: words(&["text", "text=loud"]),
        fail_on: None,
    };
    let problems = resolve("", &wrong).err().expect("four mistakes");
    assert_eq!(
        problems.iter().map(shown).collect::<Vec<_>>(),
        [
            "`--select unreadable-nots`: no rule or category of that name (did you mean `unreadable-note`?)",
            "`--severity text`: expected RULE=LEVEL",
            "`--severity text=loud`: `loud` is not a level (expected one of `error`, `warning`, `info`, `off`)",
            "`--ignore x`: no rule or category of that name (`vaultlint rules` lists all rules)",
        ]
    );
}

#[test]
fn patterns_on_the_command_line() {
    let text = "patterns: [{ name: ours, find: a, message: b }, { name: theirs, find: c, message: d }]";
    let selection = Selection { select: vec!["ours".to_owned()], ..Selection::default() };
    let config = resolve(text, &selection).expect("the config is right");
    let names: Vec<&str> = config.settings.patterns.iter().map(|pattern| pattern.name.as_str()).collect();
    assert_eq!(names, ["ours"]);
}

#[test]
fn origins() {
    let text = "fail-on: error\nrules:\n  unreadable-note: info\n";
    let config = resolve(text, &Selection::default()).expect("the config is right");
    let origin = |key: &str| {
        config.origins.iter().find(|(own, ..)| own == key).map(|(_, value, origin)| (value.as_str(), origin.as_str()))
    };
    assert_eq!(origin("fail-on"), Some(("error", "vaultlint.yaml:1")));
    assert_eq!(origin("rules.unreadable-note"), Some(("info", "vaultlint.yaml:3")));
    assert_eq!(origin("exclude"), Some(("[]", "default")));
}
