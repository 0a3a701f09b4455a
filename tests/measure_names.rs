//! Measures the comparer of names on labelled pairs. Not a test of every day:
//!
//! ```text
//! VAULTLINT_NAME_PAIRS=pairs.tsv cargo test --release --test measure_names -- --ignored --nocapture
//! ```
//!
//! Each line of the file holds two names, the label (1 for one person or two forms of one name) and a class, between
//! tabs; lines that begin with `#` are comments. Several files are separated by commas.

use std::collections::BTreeMap;
use std::time::Instant;

use vaultlint::language::name::{Name, Relation, compare};

#[test]
#[ignore = "needs labelled pairs in VAULTLINT_NAME_PAIRS"]
fn measure_names() {
    let files = std::env::var("VAULTLINT_NAME_PAIRS").expect("VAULTLINT_NAME_PAIRS names a file of labelled pairs");
    for file in files.split(',') {
        measure(file);
    }
}

fn measure(file: &str) {
    let table = std::fs::read_to_string(file).expect("the file of labelled pairs can be read");
    let show = std::env::var("VAULTLINT_SHOW").is_ok();
    let mut counts = Counts::default();
    let mut with_variants = Counts::default();
    let mut relations: BTreeMap<(String, bool), BTreeMap<String, usize>> = BTreeMap::new();
    let begin = Instant::now();
    let mut pairs = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [first, second, label, rest @ ..] = columns.as_slice() else { continue };
        let label = *label == "1";
        let comparison = compare(&Name::parse(first), &Name::parse(second));
        let is_same = matches!(comparison.relation, Relation::Same | Relation::Compatible);
        let is_near = matches!(comparison.relation, Relation::Variant);
        counts.add(label, is_same);
        with_variants.add(label, is_same || is_near);
        pairs += 1;
        let class = rest.first().unwrap_or(&"").to_string();
        *relations.entry((class, label)).or_default().entry(format!("{:?}", comparison.relation)).or_default() += 1;
        if show && label != is_same {
            println!("{first}\t{second}\t{label}\t{comparison:?}");
        }
    }
    println!("{file}: {pairs} pairs in {:.0?}", begin.elapsed());
    println!("  same person:            {counts}");
    println!("  same person or variant: {with_variants}");
    for ((class, label), relations) in relations {
        println!("  {label:5} {class:28} {relations:?}");
    }
}

#[derive(Default)]
struct Counts {
    true_positives: usize,
    false_positives: usize,
    false_negatives: usize,
}

impl Counts {
    fn add(&mut self, label: bool, decision: bool) {
        self.true_positives += usize::from(label && decision);
        self.false_positives += usize::from(!label && decision);
        self.false_negatives += usize::from(label && !decision);
    }
}

impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ratio = |part: usize, rest: usize| part as f64 / (part + rest).max(1) as f64;
        let precision = ratio(self.true_positives, self.false_positives);
        let recall = ratio(self.true_positives, self.false_negatives);
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        write!(f, "precision {precision:.3} recall {recall:.3} F1 {f1:.4}")
    }
}
