//! Says in plain words why a text is not YAML, and marks the place a reader would look at.

use granit_parser::ErrorKind;

use super::YamlError;
use crate::text::Span;

/// Describes the error that the parser met at `offset`.
pub(super) fn of(text: &str, offset: usize, kind: &ErrorKind) -> YamlError {
    let place = Place { text, offset };
    use ErrorKind as Kind;
    match kind {
        Kind::MappingValueNotAllowed => place.colon(),
        Kind::UnexpectedCharacter { character } => {
            let message = format!("a value cannot begin with `{character}` unless it is in quotes");
            place.at(offset + character.len_utf8(), message)
        }
        Kind::UnknownAnchor => {
            place.rest("a value that begins with `*` calls an anchor, and there is none of that name")
        }
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            place.rest("text after the closing quote")
        }
        Kind::UnknownQuotedScalarEscape => place.escape(),
        Kind::UnclosedFlowCollection { .. }
        | Kind::InvalidIndentation
        | Kind::InvalidFlowScalarIndent
        | Kind::ExpectedFlowSequenceSeparator
        | Kind::ExpectedFlowMappingSeparator
        | Kind::UnexpectedEofFlowSequence
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping => place.bracket(),
        Kind::MisplacedFlowCollectionEnd => place.rest("a closing bracket without an opening one"),
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            place.at(offset + close.len_utf8(), format!("`{open}` is closed by `{close}`"))
        }
        Kind::InvalidQuotedScalarIndent | Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            place.quote()
        }
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => place.line("this line is not a `key: value`"),
        Kind::ExpectedBlockMappingKey | Kind::ExpectedBlockSequenceEntry | Kind::InvalidBlockScalarIndent => {
            place.block()
        }
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabInIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInPlainScalar => place.tab(),
        Kind::BlockSequenceEntryNotAllowed => place.rest("a list cannot begin on the line of its key"),
        Kind::RecursionLimitExceeded => place.rest("nested too deeply"),
        other => place.rest(&plain(&other.to_string())),
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
    fn line_start(&self) -> usize {
        self.text[..self.offset].rfind(['\n', '\r']).map_or(0, |at| at + 1)
    }

    fn line_end(&self) -> usize {
        self.text[self.offset..].find(['\n', '\r']).map_or(self.text.len(), |at| self.offset + at)
    }

    fn before(&self) -> &str {
        &self.text[self.line_start()..self.offset]
    }

    fn at(&self, end: usize, message: String) -> YamlError {
        YamlError { span: Span::new(self.offset, end.clamp(self.offset, self.text.len())), message }
    }

    /// Marks from here to the end of the line.
    fn rest(&self, message: &str) -> YamlError {
        let rest = self.text[self.offset..self.line_end()].trim_end();
        self.at(self.offset + rest.len(), message.to_owned())
    }

    /// Marks the text of the line.
    fn line(&self, message: &str) -> YamlError {
        let line = &self.text[self.line_start()..self.line_end()];
        let start = self.line_start() + line.len() - line.trim_start().len();
        let span = Span::new(start, start + line.trim().len());
        YamlError { span, message: message.to_owned() }
    }

    /// Marks the tabs before or at this place.
    fn tab(&self) -> YamlError {
        let tabs =
            self.text[self.line_start()..self.line_end()].find('\t').map_or(self.offset, |at| self.line_start() + at);
        let len = self.text[tabs..].bytes().take_while(|byte| *byte == b'\t').count();
        YamlError { span: Span::new(tabs, tabs + len), message: "a tab cannot indent YAML; use spaces".to_owned() }
    }

    fn colon(&self) -> YamlError {
        let has_colon_before = self.before().contains(": ");
        let message = if has_colon_before {
            "`: ` in a value that is not in quotes"
        } else {
            "a property cannot begin here: the text above it is not a `key: value`"
        };
        self.at(self.offset + 1, message.to_owned())
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
            return self.rest("unknown escape in double quotes");
        };
        let span = Span::new(at, at + 1 + character.len_utf8());
        YamlError { span, message: format!("unknown escape `\\{character}` in double quotes") }
    }

    /// Marks the bracket that is open at this place.
    fn bracket(&self) -> YamlError {
        let at_open = self.text[self.offset..].starts_with(['[', '{']);
        let searched = if at_open { self.offset + 1 } else { self.offset };
        let mut closed = 0;
        for (at, byte) in self.text.bytes().enumerate().take(searched).rev() {
            match byte {
                b']' | b'}' => closed += 1,
                b'[' | b'{' if closed > 0 => closed -= 1,
                b'[' | b'{' => {
                    let message = format!("this `{}` is not closed", char::from(byte));
                    return YamlError { span: Span::new(at, at + 1), message };
                }
                _ => {}
            }
        }
        self.line("the indentation does not fit the lines above")
    }

    /// Marks the quote that is open at this place.
    fn quote(&self) -> YamlError {
        let searched = if self.text[self.offset..].starts_with(['"', '\'']) { self.offset + 1 } else { self.offset };
        let begins_value = |at: &usize| self.text[..*at].ends_with([' ', '\t', '[', '{', ',', '\n']);
        let open = self.text[..searched].rmatch_indices(['"', '\'']).map(|(at, _)| at).find(begins_value);
        match open {
            Some(at) => YamlError { span: Span::new(at, at + 1), message: "this quote is not closed".to_owned() },
            None => self.rest("a quote is not closed"),
        }
    }

    fn block(&self) -> YamlError {
        if self.before().trim().is_empty() {
            return self.line("the indentation does not fit the lines above");
        }
        if self.before().trim_start().starts_with('-') {
            return self.line("a list item below a key that has a value of its own");
        }
        let closed = self.before().trim_end().ends_with([']', '}']);
        self.rest(if closed { "text after the closing bracket" } else { "text that belongs to no property" })
    }
}
