//! Names of periodic notes, which plugins make when their day comes: a link to one that does not exist yet is normal
//! (clause Z8).

use crate::language::date::fits_format;
use crate::text::{last_component, without_extension};

/// What the plugins use when the user sets nothing.
const DEFAULTS: [&str; 5] = ["YYYY-MM-DD", "gggg-[W]ww", "YYYY-MM", "YYYY-[Q]Q", "YYYY"];

/// Tells whether `target` is written in the user's format of daily notes or in one that the plugins use by default.
pub(super) fn is_periodic(daily: Option<&str>, target: &str) -> bool {
    let name = last_component(without_extension(target));
    let own = daily.into_iter().map(last_component);
    own.chain(DEFAULTS).any(|format| fits_format(name, format))
}

#[cfg(test)]
mod tests {
    use super::is_periodic;

    #[track_caller]
    fn check(daily: &str, target: &str, expected: bool) {
        assert_eq!(is_periodic(Some(daily), target), expected, "{target} in {daily}");
    }

    #[test]
    fn periodic_names() {
        check("YYYY-MM-DD", "2026-02-18", true);
        check("YYYY-MM-DD", "Journal/2026-02-18.md", true);
        check("YYYY-MM-DD", "2026-02-18 - Review", false);
        check("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2026-02-18-Wednesday", true);
        check("DD.MM.YYYY", "18.02.2026", true);
        check("D MMMM YYYY", "8 février 2026", true);
        check("MMMM Do, YYYY", "March 3rd, 2026", true);
        check("MMMM Do, YYYY", "March third, 2026", false);
        check("", "2026-W08", true);
        check("", "2026-Q1", true);
        check("", "2026-2", false);
        check("[Day] YYYYMMDD", "Day 20260218", true);
    }
}
