//! Names of periodic notes, which plugins make when their day comes: a link to one that does not exist yet is normal
//! (clause Z8).

/// What the plugins use when the user sets nothing.
const DEFAULTS: [&str; 5] = ["YYYY-MM-DD", "gggg-[W]ww", "YYYY-MM", "YYYY-[Q]Q", "YYYY"];

/// Tells whether `target` is written in the user's format of daily notes or in one that the plugins use by default.
pub(super) fn is_periodic(daily: Option<&str>, target: &str) -> bool {
    let target = target.strip_suffix(".md").unwrap_or(target);
    let name = target.rsplit('/').next().unwrap_or(target);
    let own = daily.into_iter().map(|format| format.rsplit('/').next().unwrap_or(format));
    own.chain(DEFAULTS).any(|format| fits(format, name))
}

/// Tells whether `name` is a date in a Moment format; words are any letters, since they depend on the language.
fn fits(format: &str, name: &str) -> bool {
    let Some(first) = format.chars().next() else { return name.is_empty() };
    if let Some(rest) = format.strip_prefix('[')
        && let Some((literal, after)) = rest.split_once(']')
    {
        return name.strip_prefix(literal).is_some_and(|name| fits(after, name));
    }
    let token = format.len() - format.trim_start_matches(first).len();
    let after = &format[token..];
    let (least, most) = match (first, token) {
        ('Y' | 'g' | 'G', 4) => (4, 4),
        ('Y' | 'M' | 'D' | 'g' | 'G' | 'w' | 'W' | 'H' | 'h' | 'm' | 's', 2) => (2, 2),
        ('D', 1) if after.starts_with('o') => {
            return letters(&format[2..], name.trim_start_matches(|c: char| c.is_ascii_digit()), name);
        }
        ('M' | 'D' | 'w' | 'W' | 'H' | 'h' | 'm' | 's', 1) => (1, 2),
        ('Q' | 'd' | 'E' | 'e', 1) => (1, 1),
        ('D', 3 | 4) => (1, 3),
        ('M' | 'd', 3 | 4) => return letters(after, name, ""),
        _ => return name.strip_prefix(first).is_some_and(|name| fits(&format[first.len_utf8()..], name)),
    };
    let digits = name.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (least..=digits).rev().any(|count| fits(after, &name[count..]))
}

/// `name` begins with letters and goes on in the format; it must be shorter than `whole` if that is given.
fn letters(after: &str, name: &str, whole: &str) -> bool {
    let rest = name.trim_start_matches(char::is_alphabetic);
    rest.len() < name.len() && (whole.is_empty() || name.len() < whole.len()) && fits(after, rest)
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
