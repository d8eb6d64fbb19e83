//! What stands before an end mark.

use super::marks::is_dash;

/// Nothing longer is looked at: longer words are no abbreviations.
const WORD: usize = 48;

/// A place or date before a dash is no longer.
const HEADING: usize = 24;

/// The words before an end mark, within their sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Preceding<'a> {
    /// All of the sentence before the mark, or the last of it.
    text: &'a str,
    /// The text begins where the sentence does.
    is_whole: bool,
    /// The last word, full stops in it and all.
    pub(super) word: &'a str,
}

impl<'a> Preceding<'a> {
    pub(super) fn read(sentence: &'a str) -> Self {
        let from = sentence.floor_char_boundary(sentence.len().saturating_sub(2 * WORD));
        let text = sentence[from..].trim_end();
        let word = last_word(text);
        Self { text, is_whole: from == 0, word }
    }

    /// What is before the last word.
    fn before(&self) -> &'a str {
        &self.text[..self.text.len() - self.word.len()]
    }

    /// The word before the last, if nothing but blanks is between them.
    pub(super) fn previous(&self) -> Option<&'a str> {
        let before = self.before();
        let trimmed = before.trim_end();
        (trimmed.len() < before.len()).then(|| last_word(trimmed.trim_end_matches('.'))).filter(|word| !word.is_empty())
    }

    /// Whether the last word stands after a colon and a blank.
    pub(super) fn follows_colon(&self) -> bool {
        let before = self.before();
        before.ends_with(char::is_whitespace) && before.trim_end().ends_with(':')
    }

    /// Whether the last word is all there is of the sentence.
    pub(super) fn is_first(&self) -> bool {
        let before = self.before();
        self.is_whole && !before.contains(|c: char| c.is_alphanumeric() || is_dash(c))
    }

    /// Whether it is a place or date before a dash: `MADRID. - El ministro`.
    pub(super) fn is_heading(&self) -> bool {
        let is_name = || self.text.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
        self.is_whole
            && self.text.len() <= HEADING
            && self.text.trim_start().starts_with(char::is_alphanumeric)
            && (self.text.contains(|c: char| c.is_ascii_digit()) || is_name())
    }

    /// Whether nothing is before the mark.
    pub(super) fn is_empty(&self) -> bool {
        self.is_whole && !self.text.contains(char::is_alphanumeric)
    }

    /// Whether there are so few words that they are no sentence: `At 8 p.m.`
    pub(super) fn is_short(&self) -> bool {
        self.is_whole && self.text.split_whitespace().nth(3).is_none()
    }

    /// Whether the last word is in lower case.
    pub(super) fn is_small(&self) -> bool {
        self.word.chars().all(char::is_lowercase)
    }

    /// Whether the last word is the end of a score or time: `2:1`.
    pub(super) fn is_score(&self) -> bool {
        self.before().ends_with(':')
    }

    /// The part of the last word after a hyphen or apostrophe: `Calif` of `D-Calif`, `on` of `L'on`.
    pub(super) fn tail(&self) -> &'a str {
        self.word.rsplit(|c| is_dash(c) || matches!(c, '\'' | '’')).next().unwrap_or(self.word)
    }
}

fn last_word(text: &str) -> &str {
    let is_part = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '.' | '\'' | '’' | '/' | '@' | '_' | '&' | '№' | '§')
            || is_dash(c)
            || is_combining(c)
    };
    let start = text.char_indices().rev().take_while(|&(_, c)| is_part(c)).last().map_or(text.len(), |(at, _)| at);
    text[start..].trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '№' | '§'))
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
