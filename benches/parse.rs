//! Measures the scanner: `VAULT=folder cargo bench --bench parse` reads every note and canvas of a folder into memory and
//! parses them all several times on one core.

use std::path::Path;
use vaultlint::parse::parse;
use vaultlint::text::{FileId, VaultPath};

const ROUNDS: usize = 20;

fn main() {
    let Ok(folder) = std::env::var("VAULT") else {
        println!("set VAULT to a folder of notes");
        return;
    };
    let mut notes = Vec::new();
    collect(Path::new(&folder), &mut notes);
    let bytes: usize = notes.iter().map(|(_, text)| text.len()).sum();
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let copies: Vec<(VaultPath, Box<str>)> = notes.clone();
        let begun = seconds();
        let links: usize =
            copies.into_iter().map(|(path, text)| parse(FileId(0), path, text).outline.links.len()).sum();
        best = best.min(seconds() - begun);
        assert!(links < usize::MAX);
    }
    let (megabytes, count) = (bytes as f64 / 1e6, notes.len());
    println!(
        "{count} notes, {megabytes:.1} MB: {:.0} MB/s, {:.2} µs a note",
        megabytes / best,
        best * 1e6 / count as f64
    );
}

/// Returns the time this thread has run; other programs on the machine do not count where the system tells it.
fn seconds() -> f64 {
    use std::sync::OnceLock;
    use std::time::Instant;
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|stat| stat.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(|| BEGUN.get_or_init(Instant::now).elapsed().as_secs_f64(), |nanoseconds| nanoseconds / 1e9)
}

fn collect(folder: &Path, notes: &mut Vec<(VaultPath, Box<str>)>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the folder can be listed").path();
        let name = VaultPath::new(&path.to_string_lossy());
        if path.is_dir() {
            collect(&path, notes);
        } else if name.is_note() || name.is_canvas() {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            notes.push((name, text.into()));
        }
    }
}
