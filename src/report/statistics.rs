//! Counts by rule, the most frequent first.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::Report;
use super::paint::Tone;
use super::summary::number;
use super::visible::width;
use crate::diagnostic::{Applicability, Severity};

#[derive(Default)]
struct Count {
    all: usize,
    safe: usize,
    unsafe_only: usize,
}

pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut counts: BTreeMap<(&str, Severity), Count> = BTreeMap::new();
    for diagnostic in report.listed() {
        let count = counts.entry((diagnostic.rule, diagnostic.severity)).or_default();
        count.all += 1;
        match diagnostic.fix.as_ref().map(|fix| fix.applicability) {
            Some(Applicability::Safe) => count.safe += 1,
            Some(Applicability::Unsafe) => count.unsafe_only += 1,
            _ => {}
        }
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((rule, severity), count)| (std::cmp::Reverse(count.all), *rule, std::cmp::Reverse(*severity)));
    let digits = rows.first().map_or(1, |(_, count)| number(count.all).len());
    let names = rows.iter().map(|((rule, _), _)| width(rule)).max().unwrap_or(0);
    for ((rule, severity), count) in rows {
        let fixes = [(count.safe, "with --fix"), (count.unsafe_only, "with --unsafe-fixes")];
        let fixes =
            fixes.iter().filter(|(amount, _)| *amount > 0).map(|(amount, how)| format!("{} {how}", number(*amount)));
        let fixes = fixes.collect::<Vec<_>>().join(", ");
        let amount = format!("{:>digits$}", number(count.all));
        let severity = report.style.paint(Tone::Severity(severity), &format!("{:<7}", severity.name()));
        let rule = report.style.rule_link(rule, rule) + &" ".repeat(names - width(rule));
        writeln!(out, "{}", format!("{amount}  {severity}  {rule}   {fixes}").trim_end())?;
    }
    Ok(())
}
