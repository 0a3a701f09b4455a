//! Who told a statement, as it stands behind it: `(via Ada Lovelace)`.

/// Takes `(via Ada Lovelace)` off the end of a text.
pub fn without_source(text: &str) -> &str {
    let text = text.trim_end();
    let Some(inner) = text.trim_end_matches('.').strip_suffix(')') else { return text };
    inner.rfind('(').filter(|at| text[*at..].starts_with("(via ")).map_or(text, |at| text[..at].trim_end())
}

#[cfg(test)]
mod tests {
    use super::without_source;

    #[test]
    fn only_what_ends_a_text_tells_who_told_it() {
        for (text, left) in [
            ("The depot closes at 22:00 (via [[Ada Byron]])", "The depot closes at 22:00"),
            ("It closes at 22:00. (via Ada).", "It closes at 22:00."),
            ("Export (via Pandoc) to PDF", "Export (via Pandoc) to PDF"),
            ("Closes at 22:00 (except in May)", "Closes at 22:00 (except in May)"),
            ("Closes at 22:00 (via Ada) ...", "Closes at 22:00 (via Ada) ..."),
            ("(via Ada)", ""),
        ] {
            assert_eq!(without_source(text), left);
        }
    }
}
