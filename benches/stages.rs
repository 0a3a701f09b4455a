//! Measures the stages of a run one by one, each on one thread: `VAULT=folder cargo bench --bench stages`. Without `VAULT`
//! the demo vault is taken.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use vaultlint::language::date;
use vaultlint::parse::parse;
use vaultlint::text::{FileId, VaultPath};
use vaultlint::vault::settings::Settings;
use vaultlint::vault::{Contents, File, Vault};

fn main() {
    let one_thread = rayon::ThreadPoolBuilder::new().num_threads(1).build_global();
    one_thread.expect("no other pool was built");
    divan::main();
}

type Notes = Vec<(VaultPath, Arc<str>)>;

/// Takes notes and canvases apart: scan, frontmatter, links, and what may be a name or a fact.
#[divan::bench(sample_count = 10)]
fn a_parse(bencher: Bencher) {
    let notes = notes();
    bencher.counter(bytes(&notes)).bench(|| outlines(&notes));
}

/// Looks up what every link leads to.
#[divan::bench(sample_count = 10)]
fn b_resolve(bencher: Bencher) {
    let notes = notes();
    let vault = vault(&notes);
    let count: usize = vault.files().map(|(id, _)| vault.outline(id).links.len()).sum();
    let broken = |id: FileId| vault.outline(id).links.iter().filter(|link| vault.is_broken(id, link)).count();
    bencher.counter(ItemsCount::new(count)).bench(|| vault.files().map(|(id, _)| broken(id)).sum::<usize>());
}

/// Registers the people and finds the names that come near to theirs.
#[divan::bench(sample_count = 10)]
fn c_names(bencher: Bencher) {
    let notes = notes();
    bencher.counter(bytes(&notes)).with_inputs(|| vault(&notes)).bench_refs(|vault| vault.people().crowded_blocks());
}

/// Compares the facts of all notes.
#[divan::bench(sample_count = 10)]
fn d_facts(bencher: Bencher) {
    let notes = notes();
    bencher.counter(bytes(&notes)).with_inputs(|| vault(&notes)).bench_refs(|vault| vault.facts().pairs.len());
}

/// Finds dates in running text.
#[divan::bench(sample_count = 10)]
fn e_dates(bencher: Bencher) {
    let notes = notes();
    bencher
        .counter(bytes(&notes))
        .bench(|| notes.iter().flat_map(|(_, text)| text.lines()).map(|line| date::dates(line).len()).sum::<usize>());
}

fn bytes(notes: &Notes) -> BytesCount {
    BytesCount::new(notes.iter().map(|(_, text)| text.len()).sum::<usize>())
}

fn notes() -> Notes {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/vaults/demo");
    let folder = std::env::var_os("VAULT").map_or(demo, PathBuf::from);
    let mut notes = Vec::new();
    collect(&folder, &folder, &mut notes);
    notes.sort();
    assert!(!notes.is_empty(), "no notes in {}", folder.display());
    notes
}

fn collect(root: &Path, folder: &Path, notes: &mut Notes) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be listed").path();
        let name = VaultPath::new(&path.strip_prefix(root).expect("below the root").to_string_lossy());
        if path.is_dir() {
            collect(root, &path, notes);
        } else if name.is_note() || name.is_canvas() {
            notes.push((name, std::fs::read_to_string(&path).unwrap_or_default().into()));
        }
    }
}

fn outlines(notes: &Notes) -> Vec<vaultlint::note::Outline> {
    notes.iter().map(|(path, text)| parse(FileId(0), path.clone(), &**text).outline).collect()
}

fn vault(notes: &Notes) -> Vault {
    let files = notes.iter().map(|(path, _)| File { path: path.clone(), contents: Contents::Read, checked: true });
    Vault::new(files.collect(), outlines(notes), Arc::new(Settings::default()), Box::new(|_| None))
}
