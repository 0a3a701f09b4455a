//! Which terminals show OSC 8 links; the others would print the address as noise, or lose text.

/// Terminals that name themselves in `TERM_PROGRAM`.
const PROGRAMS: [&str; 7] = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby"];
/// Terminals that name themselves in `TERM`.
const TERMS: [&str; 5] = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "contour"];
/// VTE, the heart of GNOME's terminal and others, crashed on links before this version.
const VTE: u32 = 5000;

/// Tells whether the terminal shows links, by what it says of itself in the environment.
pub fn are_shown(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    if let Some(forced) = variable("FORCE_HYPERLINK") {
        return forced != "0";
    }
    if !is_terminal || variable("CI").is_some() || variable("TERM").is_some_and(|term| term == "dumb") {
        return false;
    }
    let names_itself = |name: &str, known: &[&str]| variable(name).is_some_and(|own| known.contains(&own.as_str()));
    names_itself("TERM_PROGRAM", &PROGRAMS)
        || names_itself("TERM", &TERMS)
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "KITTY_WINDOW_ID"].iter().any(|name| variable(name).is_some())
        || variable("VTE_VERSION").and_then(|version| version.parse::<u32>().ok()).is_some_and(|own| own >= VTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_are_known_by_what_they_say() {
        let shown = |is_terminal, set: &[(&str, &str)]| {
            are_shown(is_terminal, |name| {
                set.iter().find(|(own, _)| *own == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert!(shown(true, &[("TERM", "xterm-kitty")]));
        assert!(shown(true, &[("TERM", "xterm-256color"), ("VTE_VERSION", "6800")]));
        assert!(shown(false, &[("FORCE_HYPERLINK", "1")]));
        assert!(!shown(true, &[("TERM", "xterm-256color"), ("VTE_VERSION", "4800")]));
        assert!(!shown(true, &[("TERM", "xterm-256color")]));
        assert!(!shown(false, &[("TERM", "xterm-kitty")]));
        assert!(!shown(true, &[("TERM", "xterm-kitty"), ("FORCE_HYPERLINK", "0")]));
        assert!(!shown(true, &[("TERM", "xterm-kitty"), ("CI", "true")]));
    }
}
