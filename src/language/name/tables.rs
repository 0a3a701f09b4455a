//! The tables of words that names are read with; they are data in `language/words`.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// Returns whether the two folded given names can be one person's: one is a pet form of the other, or both are of a third.
pub(super) fn is_nickname(a: &str, b: &str) -> bool {
    let (of_a, of_b) = (formals(a), formals(b));
    of_a.contains(&b) || of_b.contains(&a) || of_a.iter().any(|formal| of_b.contains(formal))
}

/// Returns whether the two folded given names have a pet form in common, as `Geoffrey` and `Jeffrey` do, or one is the
/// other's.
pub fn share_pet_form(a: &str, b: &str) -> bool {
    let pets = |name: &str| NICKNAMES.pets.get(name).map_or(&[][..], Vec::as_slice);
    is_nickname(a, b) || pets(a).iter().any(|pet| pets(b).contains(pet))
}

/// Returns the given names that a folded one is a pet form of.
pub(super) fn formals(nickname: &str) -> &'static [&'static str] {
    NICKNAMES.formals.get(nickname).map_or(&[], Vec::as_slice)
}

/// Returns whether the folded word is an established given name or nickname, so that a near one is no proof of a slip.
pub fn is_known_given(folded: &str) -> bool {
    NICKNAMES.formals.contains_key(folded) || NICKNAMES.pets.contains_key(folded)
}

/// A table of words in lower case. Every word of a vault is asked about, and nearly all are told by their length and their
/// first and last letter to stand in no table.
struct Table<V> {
    words: FxHashMap<&'static str, V>,
    /// A bit for each [`outline`] that words of the table have.
    outlines: [u64; 64],
}

impl<V> Table<V> {
    fn new(rows: impl IntoIterator<Item = (&'static str, V)>) -> Table<V> {
        let words: FxHashMap<&str, V> = rows.into_iter().collect();
        let mut outlines = [0; 64];
        for (number, bit) in words.keys().map(|word| outline(word)) {
            outlines[number] |= bit;
        }
        Table { words, outlines }
    }

    /// Looks the word up in lower case.
    fn get(&self, word: &str) -> Option<&V> {
        let (number, bit) = outline(word);
        let may_be_there = self.outlines[number] & bit != 0 || !word.is_ascii();
        if may_be_there { lowered(word, |lower| self.words.get(lower)) } else { None }
    }
}

/// The length, the first and the last letter of a word in either case, as the number and the bit of one of 4096 places.
fn outline(word: &str) -> (usize, u64) {
    let [first, .., last] = word.as_bytes() else { return (0, 1) };
    let hash = usize::from(first & 0x1f) << 7 ^ usize::from(last & 0x1f) << 3 ^ word.len();
    (hash >> 6 & 63, 1 << (hash & 63))
}

/// Returns whether a word before or after a name, as `place` says, makes it a company, a place or a thing; folded, if not in
/// ASCII.
pub fn is_organisation_cue(word: &str, place: CuePlace) -> bool {
    ORGANISATION_CUES.get(word).is_some_and(|places| places.contains(&place))
}

/// Returns whether a text ends in words that announce another name of somebody: `formerly`, `also known as`.
pub fn is_other_name_cue(before: &str) -> bool {
    // Every name of a vault comes here, and next to none has a cue before it.
    let Some(ending) = before.as_bytes().last_chunk::<3>() else { return false };
    if ending.is_ascii() && !OTHER_NAME_CUES.endings.contains(&ending.map(|byte| byte.to_ascii_lowercase())) {
        return false;
    }
    let mut starts = word_starts_backwards(before).take(4).peekable();
    let is_last_word = |&at: &usize| OTHER_NAME_CUES.last_words.get(&before[at..]).is_some();
    starts.peek().is_some_and(is_last_word) && starts.any(|at| OTHER_NAME_CUES.cues.get(&before[at..]).is_some())
}

fn word_starts_backwards(text: &str) -> impl Iterator<Item = usize> {
    let starts_word = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    text.char_indices().rev().filter(move |&(at, c)| c.is_alphabetic() && starts_word(at)).map(|(at, _)| at)
}

/// Asks about a text in lower case; no memory is taken for a short one in ASCII.
fn lowered<T>(text: &str, ask: impl FnOnce(&str) -> T) -> T {
    let mut room = [0; 24];
    if !text.is_ascii() || text.len() > room.len() {
        return ask(&text.to_lowercase());
    }
    let room = &mut room[..text.len()];
    room.copy_from_slice(text.as_bytes());
    room.make_ascii_lowercase();
    ask(std::str::from_utf8(room).expect("lower case of ASCII is ASCII"))
}

/// Where beside a name a word stands.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum CuePlace {
    /// Before the name: `Project Banga`.
    Before,
    /// It ends the name, which is no person's: `Banga Industries`.
    After,
    /// It ends a longer run of words that is no person's, but is a surname too: `Kaczmarek Hollow`.
    Place,
}

/// Returns whether the word is a form of address; `is_name_left` says that more than one word would stand after it, since
/// `Major` and `Judge` are given names too.
pub(super) fn is_title(word: &str, is_name_left: bool) -> bool {
    TITLES.get(word).is_some_and(|is_given| is_name_left || !is_given)
}

/// Returns whether the word, in lower case, stands behind names: `sen`, `jr`, `phd`.
pub fn is_suffix(word: &str) -> bool {
    suffix_generation(word).is_some()
}

/// Returns whether two folded surnames that differ are both common in one language in which many are near to each other: `Zhang`, `Zheng`.
pub(super) fn are_two_surnames(a: &str, b: &str) -> bool {
    let languages = |surname: &str| SURNAMES.get(surname).map_or(&[][..], Vec::as_slice);
    languages(a).iter().any(|language| languages(b).contains(language))
}

/// Returns the generation that a suffix stands for, 0 for a degree, `None` for what is no suffix.
pub(super) fn suffix_generation(word: &str) -> Option<u8> {
    SUFFIXES.get(word).copied()
}

/// Returns whether the word joins the surname after it; `is_lower` says that it was written in lower case.
pub(super) fn is_particle(word: &str, is_lower: bool) -> bool {
    PARTICLES.get(word).is_some_and(|only_lower| is_lower || !only_lower)
}

/// The nickname table: the formal names by nickname, and the other way round.
struct Nicknames {
    formals: FxHashMap<&'static str, Vec<&'static str>>,
    pets: FxHashMap<&'static str, Vec<&'static str>>,
}

static NICKNAMES: LazyLock<Nicknames> = LazyLock::new(|| {
    let mut nicknames = Nicknames { formals: FxHashMap::default(), pets: FxHashMap::default() };
    let tables = [include_str!("../words/nicknames.tsv"), include_str!("../words/pet-names.tsv")];
    for (formal, nickname) in tables.into_iter().flat_map(rows) {
        nicknames.formals.entry(nickname).or_default().push(formal);
        nicknames.pets.entry(formal).or_default().push(nickname);
    }
    nicknames
});

static TITLES: LazyLock<Table<bool>> =
    LazyLock::new(|| Table::new(rows(include_str!("../words/titles.tsv")).map(|(word, kind)| (word, kind == "given"))));

static SUFFIXES: LazyLock<Table<u8>> = LazyLock::new(|| {
    let rows = rows(include_str!("../words/suffixes.tsv"));
    Table::new(rows.map(|(word, rank)| (word, rank.parse().unwrap_or(0))))
});

static PARTICLES: LazyLock<Table<bool>> = LazyLock::new(|| {
    Table::new(rows(include_str!("../words/particles.tsv")).map(|(word, case)| (word, case == "lower")))
});

/// The languages by surname.
static SURNAMES: LazyLock<FxHashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut surnames: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (language, own) in rows(include_str!("../words/surnames.tsv")) {
        own.split('\t').for_each(|surname| surnames.entry(surname).or_default().push(language));
    }
    surnames
});

/// What stands before another name of somebody, and how it ends.
struct OtherNameCues {
    cues: Table<()>,
    last_words: Table<()>,
    /// The last three bytes.
    endings: FxHashSet<[u8; 3]>,
}

static OTHER_NAME_CUES: LazyLock<OtherNameCues> = LazyLock::new(|| {
    let cues = || rows(include_str!("../words/other_name_cues.tsv")).map(|(cue, _)| cue);
    let last_word = |cue: &'static str| word_starts_backwards(cue).next().map_or(cue, |at| &cue[at..]);
    OtherNameCues {
        cues: Table::new(cues().map(|cue| (cue, ()))),
        last_words: Table::new(cues().map(|cue| (last_word(cue), ()))),
        endings: cues().filter_map(|cue| cue.as_bytes().last_chunk().copied()).collect(),
    }
});

static ORGANISATION_CUES: LazyLock<Table<Vec<CuePlace>>> = LazyLock::new(|| {
    let mut cues: FxHashMap<&str, Vec<CuePlace>> = FxHashMap::default();
    for (word, place) in rows(include_str!("../words/organisation_cues.tsv")) {
        cues.entry(word).or_default().push(match place {
            "before" => CuePlace::Before,
            "place" => CuePlace::Place,
            _ => CuePlace::After,
        });
    }
    Table::new(cues)
});

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once('\t').unwrap_or((line, "")))
}
