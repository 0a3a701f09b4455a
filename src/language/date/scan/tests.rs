//! Dates in prose, form by form, and what is none.

use super::*;

fn check(text: &str, expected: &[(&str, &str)]) {
    let found: Vec<(String, String)> =
        dates(text).into_iter().map(|found| (text[found.range].to_string(), found.date.to_string())).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(text, date)| (text.as_str(), date.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn forms() {
    check("due 2025-10-08.", &[("2025-10-08", "2025-10-08")]);
    check("in 2025-10 and 2025-W44", &[("2025-10", "2025-10"), ("2025-W44", "2025-W44")]);
    check("Oct 8 and Oct. 9th", &[("Oct 8", "October 8"), ("Oct. 9th", "October 9")]);
    check("8 October 2025, or the 9th of May", &[("8 October 2025", "2025-10-08"), ("9th of May", "May 9")]);
    check("October 8, 2025 at 10:00", &[("October 8, 2025", "2025-10-08")]);
    check("on October 8, 300 people", &[("October 8", "October 8")]);
    check(
        "03/04/2025 13/04/2025 04/13/25",
        &[("03/04/2025", "03/04/2025"), ("13/04/2025", "2025-04-13"), ("04/13/25", "2025-04-13")],
    );
    check("08.10.2025 8-Oct-2025", &[("08.10.2025", "2025-10-08"), ("8-Oct-2025", "2025-10-08")]);
    check(
        "Q1 2026, Q2, H2 2026 and FY26",
        &[("Q1 2026", "Q1 2026"), ("Q2", "Q2"), ("H2 2026", "H2 2026"), ("FY26", "2026")],
    );
    check("2025-10-08T10:00:00Z", &[("2025-10-08", "2025-10-08")]);
    check("by Wednesday, not on Fridays", &[("Wednesday", "Wednesday"), ("Fridays", "Friday")]);
    check("in October, early May", &[("October", "October"), ("May", "May")]);
    check("2025-10-08–2025-10-15", &[("2025-10-08", "2025-10-08"), ("2025-10-15", "2025-10-15")]);
    check("due:: 2025-10-08, due:2025-10-09", &[("2025-10-08", "2025-10-08"), ("2025-10-09", "2025-10-09")]);
    check("Sept 3 2025", &[("Sept 3 2025", "2025-09-03")]);
}

/// Texts of pieces that make, end and join dates, put together at random.
#[test]
fn near_digits_all_dates_with_digits_are_found() {
    const PIECES: [&str; 31] = [
        "2025-10-08",
        "8",
        "October",
        "Oct.",
        "Wednesday",
        "wednesdays",
        ", the ",
        " ",
        " (",
        ")",
        " – ",
        "3/4/2025",
        "Q1",
        "FY",
        "2025",
        "of",
        "September",
        "th",
        "-",
        "/",
        "words that say more",
        "and many more words, that on and on say no more than that",
        "ü",
        "T10:00",
        "May",
        "H2",
        ".",
        "in",
        "W44",
        "sun",
        "\u{2009}",
    ];
    let mut next = crate::text::random_below();
    let mut all = 0;
    for _ in 0..50_000 {
        let text = crate::text::random_text(&mut next, &PIECES, 16);
        let mut expected = dates(&text);
        expected.retain(|date| text[date.range.clone()].bytes().any(|byte| byte.is_ascii_digit()));
        all += expected.len();
        assert_eq!(dates_with_digits(&text), expected, "{text:?}");
    }
    assert!(all > 10_000, "{all}");
}

#[test]
fn no_dates() {
    for text in [
        "v2025-10-08",
        "2025-10-08-notes",
        "a/2025-10-08.md",
        "12025-10-08",
        "1.2.2025.4",
        "2025",
        "H1",
        "sun",
        "sat down",
        "may 8 people come",
        "May be",
        "march on",
        "10/8",
        "1/2",
        "Decent",
        "Marching",
        "Q5",
        "Q12",
        "2025-1-1",
        "May 8% drop",
        "1234-5678-9012",
    ] {
        check(text, &[]);
    }
    check("ü", &[]);
    check("März 8", &[]);
}

#[test]
fn a_weekday_beside_a_day_belongs_to_it() {
    for text in ["Wed 2025-10-08", "Wednesday, October 8", "Oct 8 (Wednesday)", "2025-10-08, Wed"] {
        let found = dates(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].weekday, Some(Weekday::Wednesday), "{text}");
    }
}

#[test]
fn whole_texts() {
    for (text, expected) in [
        ("2025-10-08", Some("2025-10-08")),
        ("2025-10-08T10:00", Some("2025-10-08")),
        ("2025-10-08 10:00:00", Some("2025-10-08")),
        ("Wed, Oct 8", Some("October 8")),
        ("2025", Some("2025")),
        ("Friday", Some("Friday")),
        ("2025-10-08 notes", None),
        ("unknown", None),
        ("", None),
    ] {
        assert_eq!(parse(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
    }
}

#[test]
fn names_that_begin_with_a_date() {
    for (name, expected) in [
        ("2025-10-30 - Intro", Some("2025-10-30")),
        ("2025-10 - Ada", Some("2025-10")),
        ("2025-10-30", Some("2025-10-30")),
        ("2025-10-30-intro", Some("2025-10-30")),
        ("2025-10-30_intro", Some("2025-10-30")),
        ("2025-W44", Some("2025-W44")),
        ("2025-10-300", None),
        ("2025 plan", None),
        ("Intro 2025-10-30", None),
    ] {
        assert_eq!(leading(name).map(|(_, date)| date.to_string()).as_deref(), expected, "{name}");
    }
}
