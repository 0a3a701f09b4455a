//! What a plain scalar means in the YAML 1.2 core schema.

use super::NodeKind;

/// Resolves a plain scalar.
pub(super) fn resolve(text: &str) -> NodeKind {
    let number_like = matches!(text.as_bytes().first(), Some(b'0'..=b'9' | b'+' | b'-' | b'.'));
    if number_like && let Some(number) = number(text) {
        return number;
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => NodeKind::Null,
        "true" | "True" | "TRUE" => NodeKind::Bool(true),
        "false" | "False" | "FALSE" => NodeKind::Bool(false),
        _ => NodeKind::Text { value: text.to_owned(), quoted: false },
    }
}

fn number(text: &str) -> Option<NodeKind> {
    if let Some(kind) = based(text, "0x", 16).or_else(|| based(text, "0o", 8)) {
        return Some(kind);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            let infinity = if text.starts_with('-') { f64::NEG_INFINITY } else { f64::INFINITY };
            return Some(NodeKind::Float(infinity));
        }
        ".nan" | ".NaN" | ".NAN" if unsigned.len() == text.len() => return Some(NodeKind::Float(f64::NAN)),
        _ => {}
    }
    if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let integer = text.strip_prefix('+').unwrap_or(text).parse();
        return Some(integer.map_or_else(|_| float(text), NodeKind::Integer));
    }
    is_float(unsigned).then(|| float(text))
}

fn based(text: &str, prefix: &str, radix: u32) -> Option<NodeKind> {
    let digits = text.strip_prefix(prefix)?;
    let fits = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    let too_long =
        |_| {
            NodeKind::Float(digits.chars().fold(0.0, |value, digit| {
                value * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or_default())
            }))
        };
    fits.then(|| i64::from_str_radix(digits, radix).map_or_else(too_long, NodeKind::Integer))
}

fn float(text: &str) -> NodeKind {
    NodeKind::Float(text.parse().unwrap_or(f64::NAN))
}

/// `.5`, `1.`, `1.5`, each with or without exponent, and `1e3`.
fn is_float(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    exponent_fits
        && match mantissa.split_once('.') {
            Some((whole, part)) => digits(whole) && digits(part) && !(whole.is_empty() && part.is_empty()),
            None => exponent.is_some() && !mantissa.is_empty() && digits(mantissa),
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: NodeKind) {
        assert_eq!(resolve(text), expected, "{text}");
    }

    fn text(text: &str) -> NodeKind {
        NodeKind::Text { value: text.to_owned(), quoted: false }
    }

    #[test]
    fn core_schema() {
        check("010", NodeKind::Integer(10));
        check("0o10", NodeKind::Integer(8));
        check("0x1F", NodeKind::Integer(31));
        check("-0x1F", text("-0x1F"));
        check("1e3", NodeKind::Float(1000.0));
        check("+12", NodeKind::Integer(12));
        check("1_000", text("1_000"));
        check(".5", NodeKind::Float(0.5));
        check("5.", NodeKind::Float(5.0));
        check(".", text("."));
        check(".e1", text(".e1"));
        check("1,5", text("1,5"));
        check("-", text("-"));
        check("-.inf", NodeKind::Float(f64::NEG_INFINITY));
        check("99999999999999999999", NodeKind::Float(1e20));
        check("12:30", text("12:30"));
        check("2024-07-21", text("2024-07-21"));
        check("yes", text("yes"));
        check("tRue", text("tRue"));
        check("TRUE", NodeKind::Bool(true));
        check("~", NodeKind::Null);
    }
}
