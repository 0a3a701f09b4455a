//! Scripts that put no space between words: a sentence is one run of letters, which can be compared as a whole alone.

/// So many letters say as much as a few words.
const LEAST_LETTERS: usize = 8;

/// Tells whether a text has enough letters of scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese) to state
/// something.
pub fn is_unspaced_statement(text: &str) -> bool {
    !text.is_ascii() && text.chars().filter(|letter| is_unspaced(*letter)).nth(LEAST_LETTERS - 1).is_some()
}

fn is_unspaced(letter: char) -> bool {
    let is_of_script = matches!(
        letter,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
            | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
    );
    is_of_script && letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::is_unspaced_statement;

    #[test]
    fn sentences_state_something_and_labels_do_not() {
        for text in
            ["顧客は来月から契約を変える", "客户下个月将迁移到新合同", "ลูกค้าต้องการรายงาน", "来月からSSOを使う予定"]
        {
            assert!(is_unspaced_statement(text), "{text}");
        }
        for text in [
            "特になし",
            "项目计划",
            "고객은 다음 달부터 새 계약으로",
            "Überprüfungsausschuss",
            "、。、。、。、。、。",
            "",
        ] {
            assert!(!is_unspaced_statement(text), "{text}");
        }
    }
}
