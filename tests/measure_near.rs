//! What one missing link costs against 100,000 names: `cargo test --profile quick --test measure_near -- --ignored --nocapture`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use vaultlint::note::Outline;
use vaultlint::text::{FileId, VaultPath};
use vaultlint::vault::settings::Settings;
use vaultlint::vault::{Contents, File, Vault};

const NAMES: usize = 100_000;
const FIRST: [&str; 20] = [
    "Ada", "Boris", "Clara", "Dmitri", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kira", "Lothar", "Mina",
    "Nils", "Oda", "Pavel", "Quirin", "Rosa", "Sven", "Thea",
];
const LAST: [&str; 10] =
    ["depot", "meeting", "planning", "weekly review", "rollout", "budget", "notes", "journey", "inventory", "summary"];

#[test]
#[ignore = "a measurement"]
fn a_miss_stays_under_a_millisecond() {
    let mut files: Vec<File> = (0..NAMES).map(|number| file(&name(number))).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let outlines = files.iter().map(|_| Outline::default()).collect();
    let vault = Vault::new(files, outlines, Arc::new(Settings::default()), Box::new(|_| None));
    let start = Instant::now();
    vault.nearest(FileId(0), "the first builds the index");
    println!("index of near names: {:?}", start.elapsed());
    let mut slowest = Duration::ZERO;
    let start = Instant::now();
    let targets: Vec<String> = (0..NAMES).step_by(100).flat_map(|number| misses(&name(number))).collect();
    for target in &targets {
        let start = Instant::now();
        std::hint::black_box(vault.nearest(FileId(0), target));
        slowest = slowest.max(start.elapsed());
    }
    let mean = start.elapsed() / u32::try_from(targets.len()).expect("a few thousand");
    println!("{} misses: {mean:?} each, the slowest {slowest:?}", targets.len());
    assert!(mean < Duration::from_millis(1), "{mean:?}");
}

fn name(number: usize) -> String {
    let (first, last) = (FIRST[number % FIRST.len()], LAST[number / FIRST.len() % LAST.len()]);
    format!("20{:02}-{:02} - {first} on the {last} of {}", number % 26, number % 12 + 1, word(number))
}

/// A made-up word of its own for each number.
fn word(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..5 {
        word.push(char::from(b"bdfklmnprst"[number % 11]));
        word.push(char::from(b"aeiou"[number / 11 % 5]));
        number = number / 3 + 7;
    }
    word
}

fn misses(name: &str) -> [String; 4] {
    let typo = name.replacen("of", "off", 1);
    let swapped = name.replacen(" on ", " no ", 1);
    [name[..name.len() - 5].to_owned(), typo, swapped, format!("Folder/{name} again")]
}

fn file(name: &str) -> File {
    File { path: VaultPath::new(&format!("Notes/{name}.md")), contents: Contents::Read, checked: true }
}
