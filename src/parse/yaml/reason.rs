//! Says in plain words why a text is not YAML, and marks the place a reader would look at.

use granit_parser::ErrorKind;

use super::repair::Parts;
use super::{Reason, YamlError};
use crate::text::{Span, lines};

/// Describes the error that the parser met at `offset`.
pub(super) fn of(text: &str, offset: usize, kind: &ErrorKind) -> YamlError {
    let place = Place { text, offset };
    use ErrorKind as Kind;
    match kind {
        Kind::MappingValueNotAllowed => place.colon(),
        Kind::UnexpectedCharacter { character } if character.is_control() => place.control(*character),
        Kind::UnexpectedCharacter { character } => {
            let shown = if *character == '`' { "a backtick".to_owned() } else { format!("`{character}`") };
            let message = format!("a value cannot begin with {shown} unless it is in quotes");
            let end = offset + character.len_utf8();
            let end = place
                .value_with(offset)
                .filter(|value| value.start as usize == offset)
                .map_or(end, |value| value.end as usize);
            place.mark(offset, end, Reason::ReservedCharacter, message)
        }
        Kind::MappingKeyNotAllowed => {
            place.rest(Reason::ReservedCharacter, "a value cannot begin with `?` unless it is in quotes")
        }
        Kind::UnknownAnchor => {
            place.rest(Reason::Alias, "a value that begins with `*` calls an anchor, and there is none of that name")
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            place.rest(Reason::AfterQuote, "text after the closing quote")
        }
        Kind::UnknownQuotedScalarEscape => place.escape(),
        Kind::InvalidQuotedScalarIndent | Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            place.quote()
        }
        Kind::CommentNotSeparated => place.comment(),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => place.text_line(),
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry | Kind::InvalidBlockScalarIndent => {
            place.block()
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => place.tab(),
        other => place.of_brackets(other),
    }
}

/// The parser's own words without its own point of view.
fn plain(message: &str) -> String {
    let message = match message.split_once(", ") {
        Some((before, after)) if before.starts_with("while ") => after,
        _ => message,
    };
    message.replace("did not find expected", "expected").replace("EOF", "end").replace('"', "`")
}

struct Place<'a> {
    text: &'a str,
    offset: usize,
}

impl Place<'_> {
    fn of_brackets(&self, kind: &ErrorKind) -> YamlError {
        use ErrorKind as Kind;
        match kind {
            Kind::UnclosedFlowCollection { .. }
            | Kind::InvalidIndentation
            | Kind::InvalidFlowScalarIndent
            | Kind::ExpectedFlowSequenceSeparator
            | Kind::ExpectedFlowMappingSeparator
            | Kind::UnexpectedEofFlowSequence
            | Kind::UnexpectedEofFlowMapping
            | Kind::UnexpectedEofImplicitFlowMapping => self.bracket(),
            Kind::MisplacedFlowCollectionEnd => {
                self.rest(Reason::ReservedCharacter, "a closing bracket without an opening one")
            }
            Kind::MismatchedFlowCollectionEnd { open, close } => {
                let message = format!("`{open}` is closed by `{close}`");
                self.mark(self.offset, self.offset + close.len_utf8(), Reason::Other, message)
            }
            Kind::BlockSequenceEntryNotAllowed => {
                self.rest(Reason::Other, "a list cannot begin on the line of its key")
            }
            Kind::RecursionLimitExceeded => self.rest(Reason::Other, "nested too deeply"),
            other => self.rest(Reason::Other, &plain(&other.to_string())),
        }
    }

    fn line_start(&self) -> usize {
        self.text[..self.offset].rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.offset + self.line_from(self.offset).len()
    }

    /// Returns what stands from a place to the end of its line.
    fn line_from(&self, at: usize) -> &str {
        self.text[at..].split(['\n', '\r']).next().unwrap_or_default()
    }

    fn before(&self) -> &str {
        &self.text[self.line_start()..self.offset]
    }

    fn mark(&self, start: usize, end: usize, reason: Reason, message: impl Into<String>) -> YamlError {
        // The parser may name a character that is no sign of YAML, of more than one byte.
        let end = self.text.ceil_char_boundary(end.clamp(start, self.text.len()));
        YamlError { span: Span::new(start, end), reason, message: message.into() }
    }

    /// Marks from here to the end of the line.
    fn rest(&self, reason: Reason, message: &str) -> YamlError {
        self.rest_from(self.offset, reason, message)
    }

    /// Marks from a place to the end of its line.
    fn rest_from(&self, at: usize, reason: Reason, message: &str) -> YamlError {
        let rest = self.line_from(at).trim_end();
        self.mark(at, at + rest.len(), reason, message)
    }

    /// Marks the text of the line.
    fn line(&self, reason: Reason, message: &str) -> YamlError {
        let line = &self.text[self.line_start()..self.line_end()];
        let start = self.line_start() + line.len() - line.trim_start().len();
        self.mark(start, start + line.trim().len(), reason, message)
    }

    /// The value of the line that `at` stands in, if that is where it stands and the value is not in brackets.
    fn value_with(&self, at: usize) -> Option<Span> {
        let start = self.text[..at].rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1);
        let end = at + self.line_from(at).len();
        let parts = Parts::of(&self.text[start..end]);
        let value = Span::new(start + parts.before.len(), start + parts.before.len() + parts.value.len());
        let is_inside = (value.start as usize..value.end as usize).contains(&at);
        (is_inside && !parts.value.starts_with(['[', '{'])).then_some(value)
    }

    fn text_line(&self) -> YamlError {
        let is_dash = self.text[self.offset..].starts_with('-');
        let message =
            if is_dash { "a list item needs a space after its dash" } else { "this line is not a `key: value`" };
        self.line(Reason::NotAProperty, message)
    }

    /// Marks the tabs before or at this place.
    fn tab(&self) -> YamlError {
        let line = &self.text[self.line_start()..self.line_end()];
        let tabs = line.find('\t').map_or(self.offset, |at| self.line_start() + at);
        let len = self.text[tabs..].bytes().take_while(|byte| *byte == b'\t').count();
        self.mark(tabs, tabs + len, Reason::Tab, "a tab cannot indent YAML; use spaces")
    }

    fn colon(&self) -> YamlError {
        if self.before().contains(": ") {
            let colon = Span::new(self.offset, self.offset + 1);
            let value = self.value_with(self.offset).unwrap_or(colon);
            let message = "`: ` in a value that is not in quotes";
            return self.mark(value.start as usize, value.end as usize, Reason::Colon, message);
        }
        let message = "a property cannot begin here: the text above it is not a `key: value`";
        self.mark(self.offset, self.offset + 1, Reason::MissingColon, message)
    }

    /// The parser marks the word that the character stands in.
    fn control(&self, character: char) -> YamlError {
        let at = self.text[self.offset..].find(character).map_or(self.offset, |at| self.offset + at);
        let message = format!("the control character U+{:04X} cannot stand in YAML", u32::from(character));
        self.mark(at, at + character.len_utf8(), Reason::Other, message)
    }

    /// The parser marks the opening quote; the escape is somewhere behind it.
    fn escape(&self) -> YamlError {
        let bytes = self.text.as_bytes();
        let mut at = self.offset;
        while at + 1 < bytes.len() {
            if bytes[at] != b'\\' {
                at += 1;
            } else if b"0abtnvfre \"/\\N_LPxuU\n\r\t".contains(&bytes[at + 1]) {
                at += 2;
            } else {
                break;
            }
        }
        let Some(character) = self.text.get(at + 1..).and_then(|rest| rest.chars().next()) else {
            return self.rest(Reason::Escape, "unknown escape in double quotes");
        };
        let message = format!("unknown escape `\\{character}` in double quotes");
        self.mark(at, at + 1 + character.len_utf8(), Reason::Escape, message)
    }

    /// Marks the bracket that is open at this place, or the comment that hides its end.
    fn bracket(&self) -> YamlError {
        let at_open = self.text[self.offset..].starts_with(['[', '{']);
        let searched = if at_open { self.offset + 1 } else { self.offset };
        let Some(open) = last_open(&self.text[..searched]) else {
            return self.line(Reason::Other, "the indentation does not fit the lines above");
        };
        let line = self.line_from(open);
        let is_closed = line.trim_end().ends_with([']', '}']);
        if let Some(comment) = comment_start(line).filter(|_| is_closed) {
            return self.hash(open + comment);
        }
        let message = format!("this `{}` is not closed", &line[..1]);
        self.mark(open, open + 1, Reason::OpenBracket, message)
    }

    /// Marks the comment at this place.
    fn comment(&self) -> YamlError {
        match self.before().ends_with(['[', '{', ',']) {
            true => self.hash(self.offset),
            false => self.rest(Reason::Other, "a comment needs a space before its `#`"),
        }
    }

    /// Marks from a `#` in brackets to the end of its line.
    fn hash(&self, at: usize) -> YamlError {
        let message = "`#` begins a comment, which hides the closing bracket; tags are written without `#`, other values in quotes";
        self.rest_from(at, Reason::HashInBrackets, message)
    }

    /// Marks the value whose quote is open at this place.
    fn quote(&self) -> YamlError {
        let at_quote = self.text[self.offset..].starts_with(['"', '\'']);
        let searched = if at_quote { self.offset + 1 } else { self.offset };
        let begins_value = |at: &usize| self.text[..*at].ends_with([' ', '\t', '[', '{', ',', '\n']);
        let open = self.text[..searched].rmatch_indices(['"', '\'']).map(|(at, _)| at).find(begins_value);
        match open {
            Some(at) => {
                let end = self
                    .value_with(at)
                    .filter(|value| value.start as usize == at)
                    .map_or(at + 1, |value| value.end as usize);
                self.mark(at, end, Reason::OpenQuote, "this quote is not closed")
            }
            None => self.rest(Reason::Other, "a quote is not closed"),
        }
    }

    fn block(&self) -> YamlError {
        if self.before().trim().is_empty() {
            return self.line(Reason::Other, "the indentation does not fit the lines above");
        }
        if self.before().trim_start().starts_with('-') {
            return self.line(Reason::Other, "a list item below a key that has a value of its own");
        }
        if self.before().trim_end().ends_with([']', '}']) {
            return self.rest(Reason::AfterBracket, "text after the closing bracket");
        }
        self.rest(Reason::Other, "text that belongs to no property")
    }
}

/// Returns the last bracket that opens and is not closed again; what stands in comments counts for nothing.
fn last_open(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut start = 0;
    for line in lines(text) {
        let read = comment_start(line).map_or(line, |comment| &line[..comment]);
        for (at, byte) in read.bytes().enumerate() {
            match byte {
                b'[' | b'{' => open.push(start + at),
                b']' | b'}' => _ = open.pop(),
                _ => {}
            }
        }
        start += line.len();
    }
    open.pop()
}

/// Returns where a comment begins, outside of double quotes.
fn comment_start(line: &str) -> Option<usize> {
    let (mut quotes, mut read) = (0, 0);
    let mut comments = line.match_indices(" #").map(|(at, _)| at + 1);
    comments.find(|at| {
        quotes += line[read..*at].matches('"').count();
        read = *at;
        quotes % 2 == 0
    })
}
