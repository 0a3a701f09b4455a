//! Of what sort a value is: a name, a title, a state, a place of some size. Values of two sorts do not contradict each other,
//! and neither do free texts, of which one may say another thing than the other.

use crate::language::fact::{exclude_each_other, excludes_another};
use crate::text::words;

/// Words for one state each.
const STATES: [&[&str]; 4] = [
    &["active", "current", "in progress", "ongoing", "open", "started", "wip", "working"],
    &["closed", "complete", "completed", "done", "finished", "shipped"],
    &["draft", "drafting", "in progress", "wip"],
    &["backlog", "not started", "open", "planned", "todo", "to do"],
];

/// What one has beside another post.
const SIDE_POSTS: [&str; 24] = [
    "advisor", "adviser", "alum", "alumna", "alumnus", "ambassador", "author", "board", "chair", "chairman", "chairperson",
    "chairwoman", "cofounder", "founder", "investor", "lecturer", "member", "mentor", "owner", "partner", "shareholder",
    "speaker", "trustee", "volunteer",
];

/// Words of names that are written small.
const SMALL_WORDS: [&str; 26] = [
    "al", "am", "and", "at", "by", "da", "de", "del", "den", "der", "di", "do", "du", "e", "el", "for", "in", "la", "le", "of",
    "on", "the", "und", "van", "von", "y",
];

/// Tells whether two values that are no numbers say what cannot both hold.
pub(super) fn are_of_one_sort(one: &str, another: &str, are_titles: bool) -> bool {
    let (one, another) = (plain(one), plain(another));
    if are_titles {
        return is_title(one) && is_title(another);
    }
    are_two_states(one, another) || is_name(one) && is_name(another) && may_be_two_places(one, another)
}

/// Tells whether anything is of one sort with a value that is no number, and may be set against it.
pub(super) fn is_of_a_sort(value: &str, is_title: bool) -> bool {
    let value = plain(value);
    if is_title {
        return self::is_title(value);
    }
    let lower = value.to_lowercase();
    is_name(value) || !state_groups(&lower).is_empty() || excludes_another(&lower)
}

/// A value without the brackets of a link and quotation marks.
fn plain(value: &str) -> &str {
    let value = value.trim().trim_matches(['"', '\'', '*', '_']);
    let target = value.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
    target.map_or(value, |target| target.rsplit(['|', '/']).next().unwrap_or(target)).trim()
}

/// No description (`the liar`), and not what one is beside another post.
fn is_title(value: &str) -> bool {
    let mut own = words(value);
    let is_described = own.next().is_some_and(|first| ["a", "an", "the", "our", "my", "his", "her"].contains(&first));
    let has_side_post = || words(value).any(|word| SIDE_POSTS.contains(&word.to_lowercase().as_str()));
    !is_described && !has_side_post()
}

fn are_two_states(one: &str, another: &str) -> bool {
    let (one, another) = (one.to_lowercase(), another.to_lowercase());
    let (own, other) = (state_groups(&one), state_groups(&another));
    let are_known = !own.is_empty() && !other.is_empty();
    are_known && !own.iter().any(|number| other.contains(number)) || exclude_each_other(&one, &another)
}

/// Returns the numbers of the groups that a state in lower case belongs to.
fn state_groups(state: &str) -> Vec<usize> {
    let has = |(_, states): &(usize, &&[&str])| states.contains(&state);
    STATES.iter().enumerate().filter(has).map(|(number, _)| number).collect()
}

/// Every word begins with a capital, but for the small ones.
fn is_name(value: &str) -> bool {
    let is_small = |word: &str| word.starts_with(char::is_lowercase);
    let is_apart = |sign: char| !sign.is_alphanumeric() && !matches!(sign, '\'' | '’' | '-' | '.');
    let mut own = value.split(is_apart).filter(|word| word.contains(char::is_alphabetic)).peekable();
    own.peek().is_some_and(|first| !is_small(first)) && own.all(|word| !is_small(word) || SMALL_WORDS.contains(&word))
}

/// Towns, countries or states, and not one of them in two names; what is no place is taken for a town. Of regions one may hold the
/// other.
fn may_be_two_places(one: &str, another: &str) -> bool {
    match (place(one), place(another)) {
        (None, None) => true,
        (Some(one), Some(another)) => one != another && one.0 == another.0 && one.0 != "region",
        _ => false,
    }
}

/// Returns how much a place holds, and the line of the table that has it; none for a town, and for what is no place.
fn place(name: &str) -> Option<(&'static str, usize)> {
    let rows = include_str!("../../language/words/regions.tsv").lines().enumerate();
    let mut rows = rows.filter_map(|(number, row)| row.split_once('\t').map(|(extent, names)| (extent, number, names)));
    let found = rows.find(|(.., names)| names.split('\t').any(|known| known.eq_ignore_ascii_case(name)));
    found.map(|(extent, number, _)| (extent, number))
}

#[cfg(test)]
mod tests {
    use super::{are_of_one_sort, is_of_a_sort};

    #[test]
    fn names_places_of_one_size_and_states_contradict() {
        for (one, another) in [
            ("Halden", "[[Birk Logistics|Birk]]"),
            ("Oslo", "Bergen"),
            ("Norway", "Sweden"),
            ("Texas", "California"),
            ("San Jose, CA", "Turku"),
            ("active", "Done"),
            ("open", "closed"),
            ("high", "low"),
            ("Bank of Turku", "Van der Berg & Sons"),
        ] {
            assert!(are_of_one_sort(one, another, false) && are_of_one_sort(another, one, false), "{one} # {another}");
            assert!(is_of_a_sort(one, false) && is_of_a_sort(another, false), "{one} # {another}");
        }
        assert!(["dataview-tables", "the liar", "ada@halden.example"].iter().all(|text| !is_of_a_sort(text, false)));
        assert!(are_of_one_sort("Head of storage", "Data architect", true));
    }

    #[test]
    fn free_texts_and_values_of_two_sorts_do_not() {
        for (one, another) in [
            ("Oslo", "Norway"),
            ("Europe", "Germany"),
            ("California", "United States"),
            ("Turku", "Remote"),
            ("Germany", "Deutschland"),
            ("UK", "England"),
            ("Europe", "Scandinavia"),
            ("Denver, CO", "Denver metro"),
            ("closed", "all actions done"),
            ("at risk", "red"),
            ("active", "In progress"),
            ("done", "completed"),
            ("customer", "Champion"),
            ("Halcyon", "internal"),
            ("Platform team", "[[Priya Nair]]"),
            ("ada-lind", "adal"),
            ("ada@halden.example", "ada.lind@norvane.example"),
        ] {
            let is_conflict = are_of_one_sort(one, another, false) || are_of_one_sort(another, one, false);
            assert!(!is_conflict, "{one} = {another}");
        }
        for (one, another) in [("protagonist", "the liar"), ("CEO", "Founder"), ("Lawyer", "Board member")] {
            assert!(!are_of_one_sort(one, another, true), "{one} = {another}");
        }
    }
}
