//! How Obsidian parses and resolves, as cases: each is a small vault in memory and what the app makes of one link, or of
//! the tags. A case is changed only together with the evidence for the clause that it cites.

use std::collections::BTreeMap;

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;
use vaultlint::note::{Link, Outline};
use vaultlint::parse::parse;
use vaultlint::text::{FileId, VaultPath};
use vaultlint::vault::settings::Settings;
use vaultlint::vault::{Contents, File, Subpath, Vault};

#[derive(Deserialize)]
struct LinkCase {
    id: String,
    clause: String,
    files: BTreeMap<String, String>,
    source: String,
    link: String,
    expect: LinkExpect,
}

#[derive(Deserialize, Debug, PartialEq)]
struct LinkExpect {
    resolves_to: Option<String>,
    subpath: Option<String>,
    is_link: bool,
}

#[derive(Deserialize)]
struct TagsCase {
    id: String,
    clause: String,
    text: String,
    expect: TagsExpect,
}

#[derive(Deserialize)]
struct TagsExpect {
    tags: Vec<String>,
}

#[test]
fn links() {
    let mut cases: Vec<LinkCase> = self::cases(include_str!("../fixtures/conformance/links.json"));
    cases.extend(self::cases::<LinkCase>(include_str!("../fixtures/conformance/further-links.json")));
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let got = look_up(case);
            let want = &case.expect;
            let subpath_differs = want.subpath.is_some() && got.subpath != want.subpath;
            let differs = got.is_link != want.is_link || got.resolves_to != want.resolves_to || subpath_differs;
            differs.then(|| format!("{} ({}): got {got:?}, expected {want:?}", case.id, case.clause))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn tags() {
    let cases: Vec<TagsCase> = cases(include_str!("../fixtures/conformance/tags.json"));
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            let outline = outline("Note.md", &case.text);
            let tags: Vec<&str> = outline.tags.iter().map(|tag| outline.str(tag.name)).collect();
            let differs = tags != case.expect.tags;
            differs.then(|| format!("{} ({}): got {tags:?}, expected {:?}", case.id, case.clause, case.expect.tags))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

fn cases<C: for<'d> Deserialize<'d>>(json: &str) -> Vec<C> {
    serde_json::from_str(json).expect("the cases are JSON of this shape")
}

/// What vaultlint makes of the link of a case.
fn look_up(case: &LinkCase) -> LinkExpect {
    let vault = vault(&case.files);
    let source = vault.by_path(&case.source).expect("the source is one of the files");
    let outline = vault.outline(source);
    let is_it = |link: &&Link| {
        let text = &case.files[&case.source];
        link.span.of(text) == case.link || outline.str(link.target) == case.link
    };
    let Some(link) = outline.links.iter().find(is_it) else {
        return LinkExpect { resolves_to: None, subpath: None, is_link: false };
    };
    let target = vault.resolve(source, link).file();
    let subpath = target.and_then(|target| match vault.subpath(link, source, target) {
        Subpath::NotJudged => None,
        Subpath::Found => Some("ok".to_owned()),
        Subpath::MissingHeading | Subpath::MissingBlock => Some("missing".to_owned()),
    });
    let resolves_to = target.map(|target| vault.path(target).as_str().to_owned());
    LinkExpect { resolves_to, subpath, is_link: true }
}

/// A vault in memory; what lies in a hidden folder is no part of it (clause R10).
fn vault(texts: &BTreeMap<String, String>) -> Vault {
    let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
    let visible = texts.iter().filter(|(path, _)| !is_hidden(path));
    let mut files: Vec<(VaultPath, &str)> =
        visible.map(|(path, text)| (VaultPath::new(&path.nfc().collect::<String>()), text.as_str())).collect();
    files.sort();
    let outlines = files.iter().map(|(path, text)| outline(path.as_str(), text)).collect();
    let file = |(path, _): (VaultPath, &str)| {
        let is_read = path.is_note() || path.is_canvas();
        File { path, contents: if is_read { Contents::Read } else { Contents::Attachment }, checked: is_read }
    };
    Vault::new(files.into_iter().map(file).collect(), outlines, Settings::default().into(), Box::new(|_| None))
}

fn outline(path: &str, text: &str) -> Outline {
    let path = VaultPath::new(path);
    if path.is_note() || path.is_canvas() { parse(FileId(0), path, text).outline } else { Outline::default() }
}
