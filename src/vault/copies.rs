//! Names that sync programs give to copies of a note that two devices changed.

/// What a file name tells of a copy.
pub struct Copy<'a> {
    /// The name without the program's mark.
    pub of: &'a str,
    /// Who made it.
    pub program: &'static str,
    /// Nobody gives such a name by hand.
    pub is_certain: bool,
}

/// Returns what the name of a file tells, if it may be that of such a copy.
pub fn conflicted_copy(stem: &str) -> Option<Copy<'_>> {
    syncthing(stem).or_else(|| in_brackets(stem)).or_else(|| numbered(stem)).or_else(|| with_device(stem))
}

/// `Plan.sync-conflict-20251030-101500-ABCDEFG`.
fn syncthing(stem: &str) -> Option<Copy<'_>> {
    // Most names have no dot, which is quicker to see.
    memchr::memchr(b'.', stem.as_bytes())?;
    let (of, mark) = stem.split_once(".sync-conflict-")?;
    let is_mark = mark.bytes().filter(u8::is_ascii_digit).count() >= 8;
    is_mark.then_some(Copy { of, program: "Syncthing", is_certain: true })
}

/// `Plan (Ada's conflicted copy 2025-10-30)`, `Plan (conflicted copy 2025-10-30 101500)`, `Plan (Conflicted copy phone
/// 202510301015)`, `Plan (Case Conflict)`, and `Plan (1)`.
fn in_brackets(stem: &str) -> Option<Copy<'_>> {
    let inner = stem.strip_suffix(')')?;
    let at = inner.rfind('(').filter(|at| *at > 0)?;
    let (of, mark) = (inner[..at].trim_end(), inner[at + 1..].to_lowercase());
    let has_digits = mark.bytes().any(|byte| byte.is_ascii_digit());
    let copy = |program, is_certain| Some(Copy { of, program, is_certain });
    match mark.as_str() {
        mark if mark.starts_with("conflicted copy ") && has_digits => {
            let ends_in_minute = mark.rsplit(' ').next().is_some_and(|last| last.len() == 12);
            copy(if ends_in_minute { "Obsidian Sync" } else { "Nextcloud" }, true)
        }
        mark if mark.contains("conflicted copy") => copy("Dropbox", true),
        "case conflict" | "unicode encoding conflict" => copy("Dropbox", true),
        mark if is_small_number(mark) => copy("a sync program", false),
        _ => None,
    }
}

/// `Plan 2`, as iCloud names the second of two; `Plan 1` is the first of a series.
fn numbered(stem: &str) -> Option<Copy<'_>> {
    let (of, number) = stem.rsplit_once(' ')?;
    (is_small_number(number) && number != "1").then_some(Copy { of, program: "iCloud", is_certain: false })
}

/// `Plan-LAPTOP-4F7K`, as OneDrive adds the name of the computer.
fn with_device(stem: &str) -> Option<Copy<'_>> {
    let is_device = |mark: &str| {
        let is_name = mark.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-');
        is_name && mark.len() >= 4 && mark.bytes().any(|byte| byte.is_ascii_uppercase())
    };
    let mut marks = stem.match_indices('-').filter(|(at, _)| *at > 0 && is_device(&stem[at + 1..]));
    marks.next().map(|(at, _)| Copy { of: &stem[..at], program: "OneDrive", is_certain: false })
}

fn is_small_number(text: &str) -> bool {
    text.len() == 1 && text.bytes().all(|byte| (b'1'..=b'9').contains(&byte))
}

/// Tells whether the name is that of a copy for certain: nobody means the copy who writes nearly its name.
pub(super) fn is_certain_copy(stem: &str) -> bool {
    // No other way is certain.
    syncthing(stem).or_else(|| in_brackets(stem)).is_some_and(|copy| copy.is_certain)
}
