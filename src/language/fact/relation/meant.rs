//! Whether two statements are told by and of the same, and of one time: small words that no token stands for.
use super::Pair;
use crate::language::fact::align::indices;
use crate::language::fact::statement::Statement;
use crate::text::words;

impl Pair<'_> {
    /// What one says more makes another statement of it: `rarely meets`, `new employees`, `the deputy director`.
    pub(super) fn leaves_qualifiers(&self) -> bool {
        let qualifies = |statement: &Statement, index: usize| is_qualifier(statement.word(&statement.tokens[index]));
        indices(self.differences.left).any(|index| qualifies(self.one, index))
            || indices(self.differences.right).any(|index| qualifies(self.another, index))
    }

    /// There are small words of English. Of another language nobody knows which of its words may be left out.
    pub(super) fn is_english(&self) -> bool {
        const SMALL: [&str; 14] =
            ["the", "and", "with", "are", "have", "by", "from", "this", "they", "its", "were", "been", "to", "of"];
        let has_small = |statement: &Statement| words(&statement.lower).any(|word| SMALL.contains(&word));
        has_small(self.one) || has_small(self.another)
    }
}

/// A word that narrows what is said, or says how sure it is.
fn is_qualifier(word: &str) -> bool {
    const QUALIFIERS: [&str; 58] = [
        "rarely",
        "seldom",
        "scarcely",
        "hardly",
        "occasionally",
        "sometimes",
        "often",
        "frequently",
        "temporarily",
        "provisionally",
        "tentatively",
        "allegedly",
        "supposedly",
        "reportedly",
        "presumably",
        "apparently",
        "ostensibly",
        "falsely",
        "wrongly",
        "mistakenly",
        "incorrectly",
        "unlikely",
        "secretly",
        "privately",
        "publicly",
        "verbally",
        "conditionally",
        "automatically",
        "manually",
        "new",
        "old",
        "young",
        "senior",
        "junior",
        "former",
        "deputy",
        "acting",
        "interim",
        "assistant",
        "vice",
        "co",
        "external",
        "internal",
        "temporary",
        "permanent",
        "big",
        "small",
        "large",
        "own",
        "other",
        "another",
        "same",
        "inside",
        "outside",
        "half",
        "parent",
        "sister",
        "daughter",
    ];
    QUALIFIERS.contains(&word)
}

/// Tells whether neither speaks of other people (`We owe them`, `They owe us`) or of another time (`will be repaired`, `has been
/// repaired`, `would have signed`).
pub(in crate::language::fact) fn are_meant_of_one(one: &Statement, another: &Statement) -> bool {
    let said = |statement: &Statement| *statement.asked.said.get_or_init(|| Said::of(statement));
    let (own, other) = (said(one), said(another));
    let is_of_others = own.people != 0 && other.people != 0 && own.people != other.people;
    let is_before = |one: &Said, another: &Said| one.future && another.done || one.undone && another.been;
    let is_of_another_time = is_before(&own, &other) || is_before(&other, &own);
    !is_of_others && !is_of_another_time && own.would == other.would
}

/// What the small words of a statement say.
#[derive(Debug, Clone, Copy)]
pub(in crate::language::fact) struct Said {
    /// Who is spoken of without a name, one bit for each.
    people: u16,
    future: bool,
    done: bool,
    would: bool,
    /// `is being repaired`, `is to be repaired`
    undone: bool,
    been: bool,
}

impl Said {
    fn of(statement: &Statement) -> Said {
        let mut said =
            Said { people: 0, future: false, done: statement.past, would: false, undone: false, been: false };
        for word in words(&statement.lower) {
            said.people |= match word {
                "we" | "i" => 1,
                "they" => 1 << 1,
                "us" | "me" => 1 << 2,
                "them" => 1 << 3,
                "our" | "my" => 1 << 4,
                "their" => 1 << 5,
                "you" => 1 << 6,
                "your" => 1 << 7,
                "he" => 1 << 8,
                "she" => 1 << 9,
                "his" => 1 << 10,
                "her" => 1 << 11,
                _ => 0,
            };
            said.future |= matches!(word, "will" | "shall");
            said.done |= word == "been";
            said.undone |= matches!(word, "be" | "being");
            said.been |= word == "been";
            said.would |= word == "would";
        }
        said
    }
}
