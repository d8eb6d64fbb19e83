//! What is shown to people: lines and tables as text, safe for a terminal whatever the articles contain.

pub mod accounts;
pub mod comparison;
pub mod extraction;
pub mod groups;
pub mod pairs;
pub mod stories;

use std::fmt::Write;

/// Text from an article, on one line: control and direction characters are shown and do nothing.
#[must_use]
pub fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if matches!(c, ' ' | '\n' | '\r' | '\t') {
            if !blank {
                out.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        if c.is_control() || is_direction(c) {
            // Writing to a string does not fail.
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        } else {
            out.push(c);
        }
    }
    out
}

/// Characters that turn the direction of writing, or hide what stands around them.
fn is_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// At most `width` characters, the last an ellipsis where something was cut off.
#[must_use]
pub fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}

/// A count with separators of thousands.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 article`, `2 articles`.
#[must_use]
pub fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", count(number), if number == 1 { one } else { many })
}

/// A share in percent, never rounded to all or nothing.
#[must_use]
pub fn percent(share: f64) -> String {
    match share {
        0.0 => "0 %".into(),
        s if s < 0.01 => "<1 %".into(),
        s if s < 1.0 => format!("{:.0} %", (100.0 * s).floor()),
        _ => "100 %".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_is_shown_and_does_nothing() {
        assert_eq!(shown("a\u{1b}[31mred\u{202e}\n\n b\tc"), "a\\u{1b}[31mred\\u{202e} b c");
        assert_eq!(shown("Ärger — „Fälle“"), "Ärger — „Fälle“");
    }

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!([count(7), count(1000), count(1_234_567)], ["7", "1,000", "1,234,567"]);
        assert_eq!([percent(0.0), percent(0.001), percent(0.999), percent(1.0)], ["0 %", "<1 %", "99 %", "100 %"]);
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(counted(1, "group", "groups"), "1 group");
    }
}
