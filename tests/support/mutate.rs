//! Random edits of notes, the same for the same seed.

/// Numbers without end (SplitMix64).
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        // Mixed once more: the numbers of one seed would be those of the seed before, but for the first.
        Random(Random(seed).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, 0 if that is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { usize::try_from(self.next() % limit as u64).unwrap_or_default() }
    }
}

/// What breaks parsers of notes.
const PIECES: [&str; 62] = [
    "[[",
    "]]",
    "[",
    "]",
    "(",
    ")",
    "|",
    "\\|",
    "\\",
    "#",
    "^",
    "^id",
    "---\n",
    "---",
    "\n---\n",
    "\n",
    "\n\n",
    "\r",
    "\r\n",
    "\t",
    "    ",
    "- ",
    "- [ ] ",
    "1. ",
    "> ",
    "> [!note]",
    "> [!",
    "%%",
    "```\n",
    "`",
    "$$",
    "$",
    "<!--",
    "-->",
    "<div>",
    "\u{feff}",
    "é",
    "e\u{301}",
    "𝔘",
    "\u{a0}",
    "\u{200b}",
    "\0",
    "'",
    "\"",
    ": ",
    ":",
    " #",
    "{{title}}",
    "tags: a, b\n",
    "aliases: [x]\n",
    "- a\n",
    "unknown",
    "2025-02-30",
    "2024-01-02",
    "last_contact: 2020-01-01\n",
    "[[Ada Lovelase]]",
    "![[x.png]]",
    "[x](y.md)",
    "| a | b |\n| - | - |\n",
    "## Head\n",
    "Head\n===\n",
    "%% vaultlint-disable-line %%",
];

/// Returns a text with some random edits; `other` gives pieces of another note.
pub fn mutated(text: &str, other: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..random.below(7) {
        text = edited(&text, other, random);
    }
    text
}

fn edited(text: &str, other: &str, random: &mut Random) -> String {
    let (start, end) = range(text, random);
    let (before, piece, after) = (&text[..start], &text[start..end], &text[end..]);
    match random.below(10) {
        0 => format!("{before}{after}"),
        1 => format!("{before}{piece}{piece}{after}"),
        2 => {
            let (from, to) = range(other, random);
            format!("{before}{}{after}", &other[from..to])
        }
        3 => text.replace("\r\n", "\n").replace('\n', "\r\n"),
        4 => moved_line(text, random),
        5 => before.to_owned(),
        _ => format!("{before}{}{piece}{after}", PIECES[random.below(PIECES.len())]),
    }
}

/// A short piece of a text, on borders of characters.
fn range(text: &str, random: &mut Random) -> (usize, usize) {
    let start = text.floor_char_boundary(random.below(text.len() + 1));
    let length = random.below(60);
    (start, text.floor_char_boundary((start + length).min(text.len())).max(start))
}

fn moved_line(text: &str, random: &mut Random) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let line = lines.remove(random.below(lines.len()));
    lines.insert(random.below(lines.len() + 1), line);
    lines.concat()
}
