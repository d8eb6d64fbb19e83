//! What begins after an end mark.

use super::marks::{is_bracket_start, is_dash, is_quote};
use super::rules::{Roles, Rules};

/// How a word begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Begins {
    Lower,
    Upper,
    Digit,
    /// A letter of a script without capitals.
    Caseless,
    /// With a symbol: `$`, `@`, `#`, `€`.
    Symbol,
}

impl Begins {
    pub(super) fn with(c: char) -> Self {
        if c.is_lowercase() {
            Self::Lower
        } else if c.is_uppercase() {
            Self::Upper
        } else if c.is_numeric() {
            Self::Digit
        } else if c.is_alphabetic() {
            Self::Caseless
        } else {
            Self::Symbol
        }
    }
}

/// The marks and the first word after an end mark.
#[derive(Debug, Clone, Copy)]
pub(super) struct Following<'a> {
    pub(super) begins: Begins,
    /// A quotation opens before the word.
    pub(super) quote: bool,
    /// A bracket opens before the word.
    pub(super) bracket: bool,
    /// A dash stands before the word.
    pub(super) dash: bool,
    /// Letters and digits of the word.
    pub(super) word: &'a str,
    /// What follows the word.
    pub(super) rest: &'a str,
}

/// More marks before a word than these are not looked through, nor is a longer word.
const MARKS: usize = 8;
const WORD: usize = 48;

impl<'a> Following<'a> {
    /// Reads `text`, which begins where the blanks after an end mark are over. None where a comma or the like goes on, and
    /// where no word comes.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let (mut quote, mut bracket, mut dash) = (false, false, false);
        let text = without_clitic(text);
        for (n, (at, c)) in text.char_indices().take(MARKS).enumerate() {
            if is_quote(c) {
                quote = true;
            } else if is_bracket_start(c) {
                bracket = true;
            } else if is_dash(c) {
                dash = true;
            } else if (n == 0 || dash) && goes_on(c) {
                return None;
            } else if !matches!(c, '¿' | '¡' | '•' | '*' | '_' | '.' | '…' | '·') && !c.is_whitespace() {
                let (word, rest) = word_of(&text[at..]);
                let is_address = word == "www" || matches!(word, "http" | "https") && rest.starts_with("://");
                let begins = if is_address { Begins::Symbol } else { Begins::with(c) };
                return Some(Self { begins, quote, bracket, dash, word, rest });
            }
        }
        None
    }

    /// Whether the word begins a sentence and no name.
    pub(super) fn starts(&self, rules: &Rules) -> bool {
        if self.is_initial() {
            return false;
        }
        if rules.roles(self.word).has(Roles::STARTS) {
            return true;
        }
        let is_elided = self.rest.starts_with(['\'', '’']) && self.word.chars().nth(2).is_none();
        is_elided && rules.roles(&format!("{}'", self.word)).has(Roles::STARTS)
    }

    /// `I.` of `B. I. Smith`
    pub(super) fn is_initial(&self) -> bool {
        self.rest.starts_with('.') && self.word.chars().nth(1).is_none()
    }

    /// The word after the first, if a blank alone is between them.
    pub(super) fn next(&self) -> Option<Self> {
        let text = self.rest.strip_prefix(char::is_whitespace)?;
        let (word, rest) = word_of(text);
        let begins = Begins::with(text.chars().next()?);
        Some(Self { begins, quote: false, bracket: false, dash: false, word, rest })
    }
}

/// Whether no sentence begins with `c`.
fn goes_on(c: char) -> bool {
    matches!(
        c,
        ',' | ';'
            | ':'
            | ')'
            | ']'
            | '}'
            | '%'
            | '/'
            | '='
            | '+'
            | '|'
            | '&'
            | '،'
            | '؛'
            | '、'
            | '，'
            | '；'
            | '：'
            | '）'
    )
}

fn word_of(text: &str) -> (&str, &str) {
    let mut chars = text.char_indices().take(WORD);
    let end = chars.find(|(_, c)| !c.is_alphanumeric()).map_or(text.floor_char_boundary(WORD), |(at, _)| at);
    text.split_at(end)
}

/// Text after a Dutch word that has no capital at the start of a sentence: `'s Avonds`.
fn without_clitic(text: &str) -> &str {
    let clitic = text.strip_prefix(['\'', '’']).and_then(|text| text.strip_prefix(['s', 't', 'n']));
    clitic.and_then(|text| text.strip_prefix(' ')).filter(|text| text.starts_with(char::is_uppercase)).unwrap_or(text)
}
