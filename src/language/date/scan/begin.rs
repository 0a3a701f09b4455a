//! Where a date can begin: at digits, and at words that begin as months, weekdays and quarters do.

/// Moves on to the next place where a word can begin that may be a date.
pub(super) fn next_word(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = at;
    let is_word = |byte: &u8| SECONDS[usize::from(*byte)] != 0;
    loop {
        // Past the word, and on to the next one.
        at += bytes[at..].iter().position(|byte| !is_word(byte)).unwrap_or(bytes.len() - at);
        let Some(ahead) = bytes[at..].iter().position(is_word) else { return bytes.len() };
        at += ahead;
        if may_begin(SECONDS[usize::from(bytes[at])], &bytes[at + 1..]) && !is_joined(bytes, at) {
            return at;
        }
    }
}

/// No byte of a word ends in five zero bits: a word that begins no date has this alone.
const WORD: u32 = 1;

/// How the names of months and weekdays begin.
const NAMES: [&[u8; 3]; 19] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec", b"mon", b"tue",
    b"wed", b"thu", b"fri", b"sat", b"sun",
];

/// By the first byte of a word the bytes, as far as their last five bits tell, that may follow it in a date; 0 for what
/// is in no word. Nearly all words of a text are turned away by their first two letters.
static SECONDS: [u32; 256] = {
    let (mut seconds, mut at) = ([0; 256], 0);
    while at < 256 {
        let byte = at as u8;
        seconds[at] = match byte {
            b'0'..=b'9' => u32::MAX,
            // A digit follows.
            b'Q' | b'q' | b'H' => WORD | 0x3ff << (b'0' & 31),
            b'F' => WORD | 1 << (b'Y' & 31),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => WORD,
            _ => 0,
        };
        let mut name = 0;
        while name < NAMES.len() {
            if NAMES[name][0] == byte.to_ascii_lowercase() {
                seconds[at] |= 1 << (NAMES[name][1] & 31);
            }
            name += 1;
        }
        at += 1;
    }
    seconds
};

/// By the last five bits of the second letter of a name the third letters, in the same way: `The` is turned away by its `e`.
static THIRDS: [u32; 32] = {
    let (mut thirds, mut name) = ([0; 32], 0);
    while name < NAMES.len() {
        thirds[(NAMES[name][1] & 31) as usize] |= 1 << (NAMES[name][2] & 31);
        name += 1;
    }
    // What follows `FY` is no letter.
    thirds[(b'Y' & 31) as usize] = u32::MAX;
    thirds
};

fn may_begin(seconds: u32, rest: &[u8]) -> bool {
    let has = |bits: u32, byte: &u8| bits >> (byte & 31) & 1 == 1;
    let Some(second) = rest.first().filter(|second| seconds > WORD && has(seconds, second)) else { return false };
    let is_number = seconds == u32::MAX || second.is_ascii_digit();
    is_number || rest.get(1).is_some_and(|third| has(THIRDS[usize::from(second & 31)], third))
}

/// Bytes above 127 count as letters, so that `März` is one word; the dashes and spaces among them do not.
fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Returns whether a sign such as `/` joins the word at `at` to the word before it.
fn is_joined(bytes: &[u8], at: usize) -> bool {
    at >= 2 && matches!(bytes[at - 1], b'/' | b'-' | b'.' | b'@' | b'&' | b'#') && is_word_byte(bytes[at - 2])
}
