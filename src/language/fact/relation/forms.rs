//! Whether two words that are laid side by side are forms of one word, and tell of one time: `racks` and `rack`, unlike
//! `employer` and `employee`, which have one stem, or `signs` and `signed`.
use super::Pair;
use crate::language::fact::align::{is_long, is_one_spelling};
use crate::language::fact::statement::Token;
use crate::language::fact::vocabulary::{stem, vocabulary};

impl Pair<'_> {
    /// Tells whether every word stands in a form of the word that it is held against, and all of it is told of one time. What is
    /// active on one side and passive on the other shows that in forms of its own.
    pub(super) fn has_same_forms(&self) -> bool {
        let is_voiced_alike = self.alignment.verbs == (None, None);
        let mut pairs =
            self.alignment.pairs.iter().map(|&(left, right)| (&self.one.tokens[left], &self.another.tokens[right]));
        (!is_voiced_alike || self.one.past == self.another.past)
            && pairs.all(|(one, another)| self.are_of_one_word(one, another, is_voiced_alike))
    }

    fn are_of_one_word(&self, one: &Token, another: &Token, in_one_time: bool) -> bool {
        let (word, other) = (self.one.word(one), self.another.word(another));
        if word == other || one.is_value() || another.is_value() {
            return true;
        }
        let has_one_stem = one.stem == another.stem;
        let may_be_slip = || is_long(one) && is_long(another) && is_one_spelling(word, other);
        // What stands for another word: a phrase, `get` for `receive`, `unsupported`, which denies `supported`.
        let stands_for = |token: &Token, word: &str| token.stem != stem(word);
        // Synonyms, and compounds with their parts, are words of their own.
        let are_synonyms = !has_one_stem && (one.concept == another.concept || !may_be_slip());
        if are_synonyms || stands_for(one, word) || stands_for(another, other) {
            return true;
        }
        let is_same_time = || is_reported(one) || may_be_past(word) == may_be_past(other);
        are_of_one_word(word, other) && (!in_one_time || is_same_time()) && !(one.is_name() && another.is_name())
    }
}

/// What somebody says holds, whether it is told as `says` or as `said`.
fn is_reported(verb: &Token) -> bool {
    verb.concept == vocabulary().concept(stem("say"))
}

/// Tells whether two words in lower case are forms of one word, or two spellings of it.
fn are_of_one_word(one: &str, another: &str) -> bool {
    let others = base_forms(another);
    base_forms(one).iter().any(|form| others.contains(form))
}

/// A form of the past, whose verb or participle it may be.
fn may_be_past(word: &str) -> bool {
    word.ends_with("ed") && !word.ends_with("eed") && word.len() > 4 || vocabulary().is_verb_form(word)
}

/// Returns the words that a word may be a form of, itself first, in one spelling of English.
fn base_forms(word: &str) -> Vec<String> {
    let word = vocabulary().regular(word);
    let mut forms = vec![word.to_owned()];
    let is_long = |base: &&str| base.chars().count() > 1;
    let mut strip = |end: &str, with: &[&str]| {
        let Some(base) = word.strip_suffix(end).filter(is_long) else { return };
        forms.extend(with.iter().map(|letters| format!("{base}{letters}")));
        let doubled = base.as_bytes().last_chunk().filter(|[one, other]| one == other && one.is_ascii_alphabetic());
        forms.extend(doubled.filter(|_| end != "s").map(|_| base[..base.len() - 1].to_owned()));
    };
    if !word.ends_with("ss") {
        strip("s", &[""]);
    }
    strip("es", &[""]);
    strip("ies", &["y"]);
    strip("ed", &["", "e"]);
    strip("ied", &["y"]);
    strip("ing", &["", "e"]);
    forms.iter_mut().for_each(|form| *form = in_one_spelling(form));
    forms
}

/// `organisation` and `organization`, `colour` and `color`, `centre` and `center`.
fn in_one_spelling(word: &str) -> String {
    let word = word.replace('z', "s").replace("our", "or").replace("ll", "l").replace("mme", "m");
    match word.strip_suffix("re") {
        Some(base) if base.len() > 3 => format!("{base}er"),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::{are_of_one_word, may_be_past};

    #[test]
    fn forms_of_one_word() {
        for (one, another) in [
            ("rack", "racks"),
            ("city", "cities"),
            ("plan", "planned"),
            ("planned", "planning"),
            ("move", "moving"),
            ("moves", "moved"),
            ("wrote", "write"),
            ("boxes", "box"),
            ("houses", "house"),
            ("organisation", "organizations"),
            ("colour", "colors"),
            ("centre", "center"),
            ("travelled", "traveled"),
            ("programme", "programs"),
        ] {
            assert!(are_of_one_word(one, another) && are_of_one_word(another, one), "{one} {another}");
        }
    }

    #[test]
    fn two_words_of_one_stem_or_nearly_one_spelling() {
        for (one, another) in [
            ("employer", "employee"),
            ("universe", "university"),
            ("nitrate", "nitrite"),
            ("communism", "communist"),
            ("political", "politics"),
            ("mortality", "morality"),
            ("organ", "organic"),
            ("production", "product"),
            ("trainer", "trainee"),
            ("arrival", "arrive"),
        ] {
            assert!(!are_of_one_word(one, another), "{one} {another}");
        }
    }

    #[test]
    fn forms_of_the_past() {
        assert!(["signed", "moved", "wrote", "planned"].into_iter().all(may_be_past));
        assert!(!["signs", "need", "speed", "moving", "bed"].into_iter().any(may_be_past));
    }
}
