//! Small vaults in memory with findings made by hand: the formats are tested apart from the rules.

use std::sync::Arc;

use vaultlint::diagnostic::{Diagnostic, Edit, Fix, Severity};
use vaultlint::rule::{Category, Diagnostics, FixKind, RuleMeta};
use vaultlint::text::{FileId, Span, VaultPath};
use vaultlint::vault::settings::Settings;
use vaultlint::vault::{Contents, File, Vault};

/// Returns a vault of these notes.
pub fn vault(notes: &[(&str, &str)]) -> Vault {
    let mut notes: Vec<(VaultPath, Arc<str>)> =
        notes.iter().map(|(path, text)| (VaultPath::new(path), (*text).into())).collect();
    notes.sort();
    let file = |(path, _): &(VaultPath, Arc<str>)| File { path: path.clone(), contents: Contents::Read, checked: true };
    let outline = |(index, (path, text)): (usize, &(VaultPath, Arc<str>))| {
        vaultlint::parse::parse(FileId(index as u32), path.clone(), &**text).outline
    };
    let files = notes.iter().map(file).collect();
    let outlines = notes.iter().enumerate().map(outline).collect();
    let texts: Vec<Arc<str>> = notes.into_iter().map(|(_, text)| text).collect();
    Vault::new(files, outlines, Settings::default().into(), Box::new(move |file| texts.get(file.index()).cloned()))
}

/// Returns the place of the occurrence number `nth` (from 0) of `marked` in a note.
pub fn place(vault: &Vault, path: &str, marked: &str, nth: usize) -> (FileId, Span) {
    let file = vault.by_path(path).unwrap_or_else(|| panic!("{path} is in the vault"));
    let text = vault.text(file).expect("every note has a text");
    let (start, _) = text.match_indices(marked).nth(nth).unwrap_or_else(|| panic!("{marked} is in {path}"));
    (file, Span::new(start, start + marked.len()))
}

/// Reports a finding at that place.
pub fn report<'a>(
    sink: &'a mut Diagnostics,
    vault: &Vault,
    path: &str,
    marked: &str,
    nth: usize,
    message: &str,
) -> &'a mut Diagnostic {
    let (file, span) = place(vault, path, marked, nth);
    sink.report(file, span, message)
}

/// Returns three rules; the findings of others are as those of a user's pattern.
pub fn metas() -> Vec<RuleMeta> {
    let meta = |name, category, severity, fix, summary: &str| RuleMeta {
        name,
        category,
        severity,
        fix,
        replaces: Vec::new(),
        since: "0.1.0".to_owned(),
        aliases: Vec::new(),
        summary: summary.to_owned(),
    };
    let (error, warning) = (Some(Severity::Error), Some(Severity::Warning));
    vec![
        meta(
            "broken-wikilink",
            Category::Links,
            error,
            FixKind::Both,
            "A wikilink points to a note that does not exist.",
        ),
        meta("name-mismatch", Category::Names, warning, FixKind::Unsafe, "One statement names one person in two ways."),
        meta("unused-attachment", Category::Links, None, FixKind::None, "No note embeds the file."),
    ]
}

const ADA: &str = "---
name: Ada Berg
last_contact: unknown
---
# Ada Berg

## Meetings

- 2026-03-02: 1:1 between Nora Holt and Ada Brandt to align on the coming harvest, the storage of seed potatoes, the repair of \
the old barn and who drives to the market on Saturdays while the van is away, with a word on next year's plan (via Ada Bruun)
- 2026-02-11: sold potatoes at the market
- 2026-01-20: walked the fields
";

const JOURNAL: &str = "# Journal
Met [[Jon Stephenson]] and [[Nora Holt|Nora]].
\tAn indented \x1b[31mred\x1b[0m line with \u{202e}reversed\u{2066} words
## Glued heading
- sold potatoes at the market, as on 2026-02-11

```
a fence that
nobody
closes
```
";

/// The notes of [`small`].
pub const NOTES: [(&str, &str); 3] =
    [("Journal.md", JOURNAL), ("People/Ada Berg.md", ADA), ("People/Jonsi Stephenson.md", "# Jonsi Stephenson\n")];

/// Returns a vault with a finding of every shape.
pub fn small() -> (Vault, Vec<Diagnostic>) {
    let vault = vault(&NOTES);
    let mut found = errors(&vault);
    found.extend(warnings(&vault));
    let mut infos = Diagnostics::new("block-spacing", Severity::Info);
    let glued =
        report(&mut infos, &vault, "Journal.md", "## Glued heading", 0, "1 heading is glued to the text above it");
    for word in ["name:", "Ada", "Meetings", "Holt", "align", "barn", "fields"] {
        let (file, span) = place(&vault, "People/Ada Berg.md", word, 0);
        glued.related(
            file,
            span,
            if word == "barn" {
                "a label that is long enough to be broken into several lines at its right end"
            } else {
                ""
            },
        );
    }
    found.extend(infos.into_found());
    found.sort_by_key(|diagnostic| (diagnostic.primary.file, diagnostic.primary.span, diagnostic.rule));
    (vault, found)
}

fn errors(vault: &Vault) -> Vec<Diagnostic> {
    let mut sink = Diagnostics::new("broken-wikilink", Severity::Error);
    let (file, span) = place(vault, "Journal.md", "Jon Stephenson", 0);
    let edit = |new: &str| vec![Edit::replace(file, span, new)];
    sink.report(file, span, "no note named `Jon Stephenson`")
        .help("did you mean `Jonsi Stephenson`?")
        .fix(Fix::unsafe_because("link to `Jonsi Stephenson`", "another person may be meant", edit("Jonsi Stephenson")))
        .alternative(Fix::display_only("keep the name as text", Vec::new()));
    sink.into_found()
}

fn warnings(vault: &Vault) -> Vec<Diagnostic> {
    let ada = "People/Ada Berg.md";
    let mut names = Diagnostics::new("name-mismatch", Severity::Warning);
    let (file, other) = place(vault, ada, "Ada Bruun", 0);
    let message = "`Ada Brandt` and `(via Ada Bruun)` name one meeting partner with two surnames";
    report(&mut names, vault, ada, "Ada Brandt", 0, message)
        .label("one surname here")
        .related(file, other, "another here")
        .help("same given name, no note or alias joins them; People/Ada Berg.md exists\none person: add `Ada Brandt` to its aliases; two people: list them under `names: different`");
    let mut dates = Diagnostics::new("unknown-date", Severity::Warning);
    let (file, span) = place(vault, ada, "unknown", 0);
    let (_, newest) = place(vault, ada, "2026-03-02", 0);
    dates
        .report(file, span, "`last_contact` says `unknown`")
        .label("a date belongs here")
        .related(file, newest, "the newest dated entry")
        .fix(Fix::safe("write `2026-03-02`", vec![Edit::replace(file, span, "2026-03-02")]));
    let mut facts = Diagnostics::new("duplicate-fact", Severity::Warning);
    let (file, first) = place(vault, ada, "sold potatoes at the market", 0);
    report(&mut facts, vault, "Journal.md", "sold potatoes at the market", 0, "the same statement stands in two notes")
        .related(file, first, "first stated here")
        .group_key("potatoes sold market");
    let mut unclosed = Diagnostics::new("vast-spelling", Severity::Warning);
    report(
        &mut unclosed,
        vault,
        "Journal.md",
        "```\na fence that\nnobody\ncloses\n```\n",
        0,
        "a block of 5 lines\nof code",
    );
    report(&mut unclosed, vault, "Journal.md", "red\x1b[0m line", 0, "`\x1b[31mred` is painted")
        .help("::error::no command\n##[x]");
    [names, dates, facts, unclosed].into_iter().flat_map(Diagnostics::into_found).collect()
}

/// Returns a vault with more findings than anyone wants to read.
pub fn messy() -> (Vault, Vec<Diagnostic>) {
    let text = "# Day\n- met [[Jon Stephenson]] and [[Unknown Person]]\n- met Nora Holt, see (via Nora Hold)\n- x\n";
    let names: Vec<String> = (1..=40).map(|day| format!("Daily/2026-01-{day:02} a long name for a day.md")).collect();
    let notes: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), text)).collect();
    let vault = vault(&notes);
    let mut links = Diagnostics::new("broken-wikilink", Severity::Error);
    let mut mismatches = Diagnostics::new("name-mismatch", Severity::Warning);
    let mut spacing = Diagnostics::new("block-spacing", Severity::Info);
    for (index, name) in names.iter().enumerate() {
        let (file, span) = place(&vault, name, "Jon Stephenson", 0);
        let fix = Fix::unsafe_because("link to it", "a guess", vec![Edit::replace(file, span, "Jonsi Stephenson")]);
        links.report(file, span, "no note named `Jon Stephenson`").fix(fix);
        report(&mut spacing, &vault, name, "# Day", 0, "1 heading is glued to the text below it");
        if index % 4 == 0 {
            let message = format!("no note named `Unknown Person {index}`");
            report(&mut links, &vault, name, "Unknown Person", 0, &message);
        }
        if index % 3 == 0 {
            let (file, span) = place(&vault, name, "Nora Hold", 0);
            let fix = Fix::safe("write it alike", vec![Edit::replace(file, span, "Nora Holt")]);
            mismatches.report(file, span, "`Nora Holt` and `Nora Hold` are one person").fix(fix);
        }
    }
    let mut found: Vec<Diagnostic> =
        [links, mismatches, spacing].into_iter().flat_map(Diagnostics::into_found).collect();
    found.sort_by_key(|diagnostic| (diagnostic.primary.file, diagnostic.primary.span, diagnostic.rule));
    (vault, found)
}
