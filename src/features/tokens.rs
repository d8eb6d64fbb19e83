//! The words of one sentence with their spellings, for what looks closer than the hashes of [`crate::document::words`] allow.

use std::ops::Range;

use super::terms::{Term, Terms};

/// A word of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// Where it stands, in bytes of the sentence.
    pub range: Range<usize>,
    /// In lower case, apostrophes straightened.
    pub form: Box<str>,
    /// What it counts as: the same for all forms of a word.
    pub term: Term,
    /// Begins with a capital.
    pub is_capital: bool,
    /// Begins the sentence, or what stands between quotation marks.
    pub is_initial: bool,
    /// Begins with a digit.
    pub is_number: bool,
}

impl Token {
    /// Capitalised where the position alone would not ask for it.
    #[must_use]
    pub fn is_name(&self) -> bool {
        self.is_capital && !self.is_initial
    }
}

/// The words of `sentence`, in order.
pub fn tokens(sentence: &str, terms: &mut Terms) -> Vec<Token> {
    let mut found = Vec::new();
    let mut is_initial = true;
    let mut last = 0;
    while let Some(range) = next_word(sentence, last) {
        is_initial |= sentence[last..range.start].contains(['"', '“', '„', '«', '.', '!', '?', '\n']);
        last = range.end;
        let word = &sentence[range.clone()];
        let form = form(word);
        let first = word.chars().next().unwrap_or(' ');
        let is_capital = first.is_uppercase();
        found.push(Token {
            term: terms.term(&form),
            range,
            form: form.into(),
            is_capital,
            is_initial,
            is_number: first.is_numeric(),
        });
        is_initial = false;
    }
    found
}

/// A word in lower case; the country that is written like a pronoun keeps its points.
fn form(word: &str) -> String {
    if matches!(word, "US" | "U.S") {
        return "u.s".into();
    }
    let form = word.to_lowercase().replace('’', "'");
    if is_initials(word) { form.replace('.', "") } else { form }
}

/// Single letters with points between them.
fn is_initials(word: &str) -> bool {
    word.contains('.') && word.split('.').all(|part| part.len() == 1 && part.as_bytes()[0].is_ascii_alphabetic())
}

/// The next word from `at` on: letters and digits, with apostrophes between letters, separators between digits, points
/// between single letters.
fn next_word(text: &str, at: usize) -> Option<Range<usize>> {
    let start = at + text[at..].find(char::is_alphanumeric)?;
    let mut end = start;
    let mut before = ' ';
    let mut rest = text[start..].chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().unwrap_or(' ');
        let joins = matches!(c, '\'' | '’') && before.is_alphabetic() && after.is_alphabetic()
            || matches!(c, '.' | ',') && before.is_ascii_digit() && after.is_ascii_digit()
            || c == '.' && after.is_ascii_uppercase() && is_one_capital(&text[start..end]);
        if !c.is_alphanumeric() && !joins && !is_mark(c) {
            break;
        }
        before = c;
        end += c.len_utf8();
    }
    Some(start..end)
}

/// Ends with a capital that stands alone or behind a point.
fn is_one_capital(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or_default();
    last.len() == 1 && last.as_bytes()[0].is_ascii_uppercase()
}

/// Combining marks, which belong to the letter before them.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_with_what_their_place_says() {
        let sentence = "The mayor’s “Dark night” cost 4,000.50 crowns, said Ida Kray.";
        let found = tokens(sentence, &mut Terms::default());
        let forms: Vec<&str> = found.iter().map(|token| &*token.form).collect();
        assert_eq!(forms, ["the", "mayor's", "dark", "night", "cost", "4,000.50", "crowns", "said", "ida", "kray"]);
        let names: Vec<&str> = found.iter().filter(|token| token.is_name()).map(|token| &*token.form).collect();
        assert_eq!(names, ["ida", "kray"]);
    }

    #[test]
    fn initials_are_one_word() {
        let forms =
            |text| tokens(text, &mut Terms::default()).iter().map(|token| token.form.to_string()).collect::<Vec<_>>();
        assert_eq!(forms("The U.N. met J.R. Kray in the U.S."), ["the", "un", "met", "jr", "kray", "in", "the", "u.s"]);
        assert_eq!(forms("US envoys told us. A man"), ["u.s", "envoys", "told", "us", "a", "man"]);
    }
}
