//! Where dates belong: date properties, Dataview fields and the signs of the Tasks plugin.

use std::ops::Range;

use crate::language::date::{self, Date, Weekday};
use crate::note::Note;
use crate::text::{Memo, Span};
use crate::vault::settings::{PropertyType, Settings};

/// A value that stands where a date belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place<'n> {
    /// The key, or the sign of the Tasks plugin.
    pub name: &'n str,
    /// The value as written, without quotes.
    pub text: &'n str,
    /// The value, quotes included.
    pub span: Span,
    pub role: Role,
    /// Index of the item that the value belongs to; `None` for the whole note.
    pub item: Option<usize>,
    /// Stands in the frontmatter.
    pub in_property: bool,
}

impl Place<'_> {
    /// Returns the date, if the value is one.
    pub fn date(&self) -> Option<Date> {
        date::parse(self.text)
    }
}

/// What a date says about its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Created,
    Start,
    Due,
    End,
    Done,
    /// The day that the note or item is about.
    Day,
    Other,
}

/// Signs of the Tasks plugin that a date follows.
const SIGNS: [(char, Role); 9] = [
    ('➕', Role::Created),
    ('🛫', Role::Start),
    ('⏳', Role::Other),
    ('⌛', Role::Other),
    ('📅', Role::Due),
    ('📆', Role::Due),
    ('🗓', Role::Due),
    ('✅', Role::Done),
    ('❌', Role::Other),
];

/// Further signs of the plugin, where the value of the sign before them ends.
const OTHER_SIGNS: [char; 9] = ['🔁', '🆔', '⛔', '🏁', '⏫', '🔼', '🔽', '🔺', '⏬'];

/// Returns every value of the note that stands where a date belongs, dates or not.
pub fn places<'n>(note: &'n Note, settings: &Settings) -> Vec<Place<'n>> {
    let mut places = Vec::new();
    for property in note.outline.top_level() {
        let name = note.outline.str(property.key);
        let kind = Kind::of(name, settings);
        if !kind.may_hold_date() {
            continue;
        }
        for (text, span) in note.outline.texts(property) {
            let text = text.trim();
            if kind.holds(text) {
                places.push(Place { name, text, span, role: kind.role, item: None, in_property: true });
            }
        }
    }
    fields(note, settings, &mut places);
    for (index, item) in note.body.items.iter().enumerate().filter(|(_, item)| item.task.is_some()) {
        signs(item.text_span, index, note, &mut places);
    }
    places
}

fn fields<'n>(note: &'n Note, settings: &Settings, places: &mut Vec<Place<'n>>) {
    for field in &note.body.fields {
        let name = field.key_span.of(&note.text).trim().trim_matches(['*', '_']);
        let text = field.value_span.of(&note.text).trim();
        let kind = Kind::of(name, settings);
        if kind.holds(text) {
            let items = &note.body.items;
            let below = items.partition_point(|item| item.span.start <= field.key_span.start);
            let item = below.checked_sub(1).filter(|index| items[*index].span.covers(field.value_span));
            places.push(Place { name, text, span: field.value_span, role: kind.role, item, in_property: false });
        }
    }
}

fn signs<'n>(span: Span, item: usize, note: &'n Note, places: &mut Vec<Place<'n>>) {
    let text = span.of(&note.text);
    if text.is_ascii() {
        return;
    }
    for (at, sign, role) in text
        .char_indices()
        .filter_map(|(at, sign)| SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, role)| (at, sign, *role)))
    {
        let start = at + sign.len_utf8();
        let is_sign = |next: char| SIGNS.iter().any(|(known, _)| *known == next) || OTHER_SIGNS.contains(&next);
        let end = text[start..].find(|next: char| is_sign(next) || next == '\n').map_or(text.len(), |end| start + end);
        let value = text[start..end].trim_start_matches(['\u{fe0f}', ' ']);
        let from = end - value.len();
        // What follows the sign is a date or a word in its place; anything else is prose with an emoji.
        let length = match date::leading(value) {
            Some((range, _)) => range.end,
            None if date::is_placeholder(value.trim()) => value.trim_end().len(),
            None => continue,
        };
        let start = span.start as usize + from;
        let span = Span::new(start, start + length);
        let (name, text) = (&text[at..at + sign.len_utf8()], &value[..length]);
        places.push(Place { name, text, span, role, item: Some(item), in_property: false });
    }
}

/// Tells whether a property or field of that name holds a date, by the vault's own types or by its name.
pub fn is_date_name(key: &str, settings: &Settings) -> bool {
    Kind::of(key, settings).is_date
}

/// What the name of a property or field says of its value.
#[derive(Clone, Copy)]
struct Kind {
    is_date: bool,
    /// What the date says.
    role: Role,
}

impl Kind {
    /// Returns what a name says, by the vault's own types or by its words.
    fn of(key: &str, settings: &Settings) -> Kind {
        let types = &settings.obsidian.types;
        let own = if types.is_empty() { None } else { types.get(&key.to_lowercase()) };
        let kind = Kind::by_words(key);
        match own {
            Some(own) => Kind { is_date: matches!(own, PropertyType::Date | PropertyType::DateTime), ..kind },
            None => kind,
        }
    }

    /// A vault has few names, each in many notes.
    fn by_words(key: &str) -> Kind {
        thread_local! {
            static KNOWN: Memo<Kind> = Memo::default();
        }
        let read = || {
            let lower = key.to_lowercase();
            let words: Vec<&str> = lower.split(['_', '-', ' ']).collect();
            Kind { is_date: is_date(&words), role: role_of(&words) }
        };
        KNOWN.with(|known| known.get(key, read))
    }

    fn may_hold_date(self) -> bool {
        self.is_date || self.role != Role::Other
    }

    /// `start: 2025-10-30` is a date by its value, `start: at the lab` is none.
    fn holds(self, text: &str) -> bool {
        !text.is_empty() && (self.is_date || self.role != Role::Other && date::parse(text).is_some())
    }
}

fn is_date(words: &[&str]) -> bool {
    let last = words.last().copied().unwrap_or_default();
    matches!(last, "date" | "due" | "deadline" | "birthday" | "created" | "updated" | "modified")
        || words[0] == "last"
            && matches!(last, "contact" | "contacted" | "met" | "seen" | "meeting" | "call" | "review" | "reviewed")
        || words[0] == "next" && matches!(last, "contact" | "meeting" | "call" | "review")
        || words[0] == "date" && words.len() > 1
}

fn role_of(words: &[&str]) -> Role {
    let words: Vec<&str> =
        words.iter().copied().filter(|word| !matches!(*word, "date" | "day" | "on" | "at")).collect();
    match words.as_slice() {
        [] => Role::Day,
        ["created" | "creation"] => Role::Created,
        ["start" | "starts" | "started" | "begin" | "begins"] => Role::Start,
        ["due" | "deadline"] => Role::Due,
        ["end" | "ends" | "ended"] => Role::End,
        ["done" | "completed" | "completion" | "finished"] => Role::Done,
        _ => Role::Other,
    }
}

/// Returns the date that the file name states: the form of the daily notes, or a leading date such as `2025-10-30 - Intro`.
pub fn name_date(note: &Note, settings: &Settings) -> Option<Date> {
    daily_name(note, settings).map(|(date, _)| date).or_else(|| date::leading(note.path.stem()).map(|(_, date)| date))
}

/// Returns the day that the file name states with a weekday: `Thursday, 30.10.2025`, `2025-10-30 Thu`.
pub fn name_weekday(note: &Note, settings: &Settings) -> Option<(Date, Weekday)> {
    if let Some((date, weekday)) = daily_name(note, settings) {
        return Some((date, weekday?));
    }
    let name = note.path.stem();
    if !name.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let first = date::dates(name).into_iter().next()?;
    let is_beside = stands_beside(name, &first.range, first.weekday_range.as_ref()?);
    let is_at_start = first.range.start == 0 || first.weekday_range.as_ref().is_some_and(|range| range.start == 0);
    (is_beside && is_at_start).then_some((first.date, first.weekday?))
}

fn daily_name(note: &Note, settings: &Settings) -> Option<(Date, Option<Weekday>)> {
    let format = settings.obsidian.daily_format.as_deref()?;
    let path = note.path.as_str().rsplit_once('.').map_or(note.path.as_str(), |(path, _)| path);
    let folder = &settings.obsidian.daily_folder;
    let name = if folder.is_empty() { path } else { path.strip_prefix(folder.as_str())?.strip_prefix('/')? };
    date::parse_format(name, format)
}

/// `Wed 2025-10-08`, `2025-10-08 (Wed)`, and not the name of something: `2025-10-09 - Wednesday sync`.
pub fn stands_beside(text: &str, date: &Range<usize>, weekday: &Range<usize>) -> bool {
    let is_join = |text: &str| matches!(text, " " | ", " | " (" | "," | ", the " | " the ");
    if weekday.start < date.start {
        return is_join(&text[weekday.end..date.start]);
    }
    let next = text[weekday.end..].trim_start_matches([' ', '\t']).chars().next();
    let ends = next.is_none_or(|next| !next.is_alphanumeric() && !matches!(next, '’' | '\''));
    ends && is_join(&text[date.end..weekday.start])
}
