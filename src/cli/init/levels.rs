//! Which rules would drown a first run, and at which level they start.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};

/// A first run shows fewer findings than this at warning and above, if errors leave room.
const READABLE: usize = 100;

/// A rule with no more findings than this is no flood.
const FEW: usize = 5;

/// A rule that starts as a hint.
pub struct Lowered {
    pub name: &'static str,
    /// Findings at warning that become hints.
    pub findings: usize,
}

/// Lowers the loudest rules to hints until a run is readable. Errors are never lowered: a link that leads nowhere is one,
/// however many there are.
pub fn lower(config: &Config, found: &[Diagnostic]) -> Vec<Lowered> {
    let at = |severity: Severity| found.iter().filter(move |diagnostic| diagnostic.severity == severity);
    let mut loud: Vec<Lowered> = Vec::new();
    for active in &config.rules {
        let name = active.def.name;
        let findings = at(Severity::Warning).filter(|diagnostic| diagnostic.rule == name).count();
        if findings > FEW && active.level == Some(Severity::Warning) {
            loud.push(Lowered { name, findings });
        }
    }
    loud.sort_by(|a, b| b.findings.cmp(&a.findings).then(a.name.cmp(b.name)));
    let mut shown = at(Severity::Error).count() + at(Severity::Warning).count();
    let mut lowered = Vec::new();
    for rule in loud {
        if shown < READABLE {
            break;
        }
        shown -= rule.findings;
        lowered.push(rule);
    }
    lowered
}
