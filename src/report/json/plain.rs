//! JSON in which every unseen character and every command to a CI system is escaped: the values are the same, but a
//! terminal or a log that shows it cannot be painted or commanded.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::super::visible::is_hidden;

/// Writes one value without spaces or line endings.
pub fn write<T: Serialize>(out: &mut dyn Write, value: &T) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Plain)).map_err(io::Error::from)
}

/// Returns one value as text.
pub fn text<T: Serialize + ?Sized>(value: &T) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, Plain));
    written.expect("a list of bytes takes everything, and every key is a string");
    String::from_utf8(bytes).expect("JSON is UTF-8")
}

struct Plain;

impl Formatter for Plain {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut written = 0;
        let mut last = '\0';
        for (at, character) in fragment.char_indices() {
            let is_second_hash = character == '#' && last == '#';
            last = character;
            if !is_hidden(character) && !is_second_hash {
                continue;
            }
            out.write_all(&fragment.as_bytes()[written..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            written = at + character.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stay_and_nothing_unseen_is_written() {
        for value in
            ["plain", "é 日本", "\x1b[31m\u{9b}\u{202e}\u{7f}\u{e0041}", "##[stop-commands]x ###", "a\"\\\n\tb"]
        {
            let json = text(value);
            assert!(!json.chars().any(is_hidden) && !json.contains("##"), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), value);
        }
    }
}
