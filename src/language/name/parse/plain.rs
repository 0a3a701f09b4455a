//! Takes apart the names that most are: capitalised words of ASCII letters and digits with a space between. Whatever
//! else a name may hold is left to the general way; what both can read they read alike.

use super::super::part::{Part, Role, Script};
use super::super::{Name, tables};

/// Longer ones, and those of more words, are left to the general way.
const LONGEST: usize = 64;
const MOST_WORDS: usize = 8;

/// Returns the name if it is plain: a given name, others, a surname; no form of address, no particle, no suffix.
pub(super) fn parse(text: &str) -> Option<Name> {
    let (words, count) = words(text)?;
    let mut folded = String::with_capacity(text.len() + 1);
    folded.push_str(text);
    folded.push(' ');
    folded.make_ascii_lowercase();
    let mut squashed = String::with_capacity(text.len() + 1 - count);
    let mut parts = Vec::with_capacity(count);
    for (at, &(start, end)) in words[..count].iter().enumerate() {
        let role = match at {
            0 => Role::Given,
            _ if at + 1 == count => Role::Surname,
            _ => Role::Middle,
        };
        let letters = &folded[start..end];
        squashed.push_str(letters);
        parts.push(Part::new(role, (start, end), &text[start..end], letters));
    }
    Some(Name { folded: folded.into(), parts: parts.into(), script: Script::Latin, squashed: squashed.into() })
}

/// Returns the key of the name if it is plain.
pub(super) fn key(text: &str) -> Option<Box<str>> {
    let (words, count) = words(text)?;
    let mut key = String::with_capacity(text.len() + 1 - count);
    words[..count].iter().for_each(|&(start, end)| key.push_str(&text[start..end]));
    key.make_ascii_lowercase();
    Some(key.into())
}

/// Where the words stand, and how many there are; `None` if anything is not as plain as that.
fn words(text: &str) -> Option<([(usize, usize); MOST_WORDS], usize)> {
    let mut words = [(0, 0); MOST_WORDS];
    let (mut count, mut start, mut has_letter) = (0, 0, false);
    if text.len() > LONGEST {
        return None;
    }
    loop {
        let rest = &text.as_bytes()[start..];
        let len = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        // Two capitals are initials.
        let is_long = len > 2 || len == 2 && rest[1].is_ascii_lowercase();
        let is_all = len == text.len();
        if !is_long || (rest[0].is_ascii_lowercase() && !is_all) {
            return None;
        }
        let (end, is_last) = (start + len, len == rest.len());
        if !is_all && may_have_another_role(&text[start..end], count == 0, is_last) {
            return None;
        }
        *words.get_mut(count)? = (start, end);
        count += 1;
        has_letter |= rest[..len].iter().any(u8::is_ascii_alphabetic);
        match rest.get(len) {
            None => return has_letter.then_some((words, count)),
            Some(b' ') => start = end + 1,
            Some(_) => return None,
        }
    }
}

fn may_have_another_role(word: &str, is_first: bool, is_last: bool) -> bool {
    (is_first && tables::is_title(word, true))
        || (is_last && tables::suffix_generation(word).is_some())
        || tables::is_particle(word, false)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse_any;

    proptest! {
        #[test]
        fn reads_as_the_general_way_does(
            text in "(Ada|Jo|JO|ADA|McAda|Dr|Van|Byron|Jr|Ma|Major|Abu|Mc|Ph|Gneis|[A-Z][a-z]{1,4}|[a-z]{2,3}|[0-9]{1,4}|[A-Z]{1,2}[0-9]{1,2}|J|O'Neil|é)( (Ada|Wu|St|Van|Ben|Byron|Esq|Ma|Kc|BYRON|AdA|2nd|[0-9]{2,4}|R2D2|de|[A-Z][a-z]{1,4}|,|)){0,4}"
        ) {
            if let Some(name) = super::parse(&text) {
                prop_assert_eq!(format!("{name:?}"), format!("{:?}", parse_any(&text)), "{}", text);
                let key = super::key(&text);
                prop_assert_eq!(key.as_deref(), Some(name.key()));
            }
        }
    }

    #[test]
    fn reads_what_is_plain() {
        for (text, is_plain) in [
            ("Ada Byron", true),
            ("Ada", true),
            ("Mary Ann Lee", true),
            ("Dr Ada Byron", false),
            ("Ada Van Byron", false),
            ("Ada Byron Jr", false),
            ("Ada  Byron", false),
            ("Ada B", false),
            ("Ada McByron", true),
            ("TJ Byron", false),
            ("adabyron", true),
            ("ada Byron", false),
            ("2025", false),
            ("Ada Núñez", false),
            ("", false),
        ] {
            assert_eq!(super::parse(text).is_some(), is_plain, "{text}");
        }
    }
}
