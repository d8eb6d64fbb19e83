//! What a word counts as: its stem, so that the forms of a word meet; spelled numbers and names in one form each.

use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use xxhash_rust::xxh3::xxh3_64;

use super::forms::{IRREGULAR, NUMBERS, PEOPLES, SHORT};

/// What a word counts as: equal for all forms of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub u32);

impl Term {
    /// The term of a number, however it is written.
    #[must_use]
    pub fn of_number(value: f64) -> Self {
        Self(xxh3_64(&value.to_bits().to_le_bytes()) as u32)
    }

    fn of(text: &str) -> Self {
        Self(xxh3_64(text.as_bytes()) as u32)
    }
}

/// Finds terms; remembers those it has found. One for each thread.
pub struct Terms {
    stemmer: Stemmer,
    known: FxHashMap<Box<str>, Term>,
}

/// Words remembered, at most: more would be the names of a large collection, seldom met again.
const REMEMBERED: usize = 1 << 16;

/// Words whose form tells nothing, and the word that each counts as.
static LISTED: LazyLock<FxHashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let lines = [IRREGULAR, PEOPLES, SHORT].into_iter().flat_map(str::lines);
    let pairs = lines.flat_map(|line| {
        let mut words = line.split(' ');
        let head = words.next().unwrap_or_default();
        words.map(move |word| (word, head))
    });
    pairs.collect()
});

/// Numbers in one word, with their values.
static SPELLED: LazyLock<FxHashMap<&'static str, f64>> = LazyLock::new(|| {
    let pairs = NUMBERS.lines().flat_map(|line| {
        let mut words = line.split(' ');
        let value = words.next().and_then(|digits| digits.parse().ok()).unwrap_or_default();
        words.map(move |word| (word, value))
    });
    pairs.collect()
});

impl Default for Terms {
    fn default() -> Self {
        Self { stemmer: Stemmer::create(Algorithm::English), known: FxHashMap::default() }
    }
}

impl std::fmt::Debug for Terms {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terms").field("known", &self.known.len()).finish_non_exhaustive()
    }
}

impl Terms {
    /// The term of a word in lower case.
    pub fn term(&mut self, form: &str) -> Term {
        if let Some(&term) = self.known.get(form) {
            return term;
        }
        let term = self.find(form);
        if self.known.len() < REMEMBERED {
            self.known.insert(form.into(), term);
        }
        term
    }

    fn find(&self, form: &str) -> Term {
        if let Some(value) = value(form) {
            return Term::of_number(value);
        }
        let form = form.strip_suffix("'s").unwrap_or(form);
        let word = LISTED.get(form).copied().unwrap_or(form);
        let stem = self.stemmer.stem(&one_spelling(word)).into_owned();
        Term::of(&folded(LISTED.get(stem.as_str()).copied().unwrap_or(&stem)))
    }
}

/// The value of a number in digits or in one word: `4,000`, `2.5`, `seven`, `3rd`; none of anything else.
#[must_use]
pub fn value(form: &str) -> Option<f64> {
    if !form.starts_with(|first: char| first.is_ascii_digit()) {
        return SPELLED.get(form).copied();
    }
    let end = form.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).unwrap_or(form.len());
    let (digits, unit) = form.split_at(end);
    let value: f64 = digits.replace(',', "").parse().ok()?;
    let factor = match unit {
        "" | "st" | "nd" | "rd" | "th" | "s" => 1.0,
        "k" => 1e3,
        "m" | "mn" | "mln" => 1e6,
        "b" | "bn" | "bln" => 1e9,
        "tn" | "trn" => 1e12,
        _ => return None,
    };
    Some(value * factor)
}

/// British spelling as American, where the stem would differ.
fn one_spelling(word: &str) -> String {
    let mut word = word.to_owned();
    if word.len() >= 7 {
        for (british, american) in
            [("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"), ("ise", "ize")]
        {
            if let Some(start) = word.strip_suffix(british) {
                word = format!("{start}{american}");
                break;
            }
        }
    }
    if word.len() >= 6
        && word.is_ascii()
        && let Some(at) = word.find("our").filter(|&at| at >= 3)
    {
        word.remove(at + 1);
    }
    word
}

/// A stem without what differs between transliterations of a name and tells English words hardly ever apart.
fn folded(stem: &str) -> String {
    let plain: String = stem.nfd().filter(|&c| !unicode_normalization::char::is_combining_mark(c)).collect();
    let mut out = String::with_capacity(plain.len());
    for (at, c) in plain.char_indices() {
        match c {
            'y' if at > 0 => out.push('i'),
            'h' if out.ends_with('k') => {
                out.pop();
                out.push('h');
            }
            'c' if out.ends_with('n') => out.push('s'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_term() {
        let mut terms = Terms::default();
        for (a, b) in [
            ("attacked", "attacks"),
            ("mayor's", "mayors"),
            ("won", "winning"),
            ("shot", "shootings"),
            ("organisation", "organization"),
            ("neighbours", "neighbor"),
            ("nov", "november"),
            ("pashinyan", "pashinian"),
            ("sergey", "sergei"),
            ("khachatryan", "hachatrian"),
        ] {
            assert_eq!(terms.term(a), terms.term(b), "{a} {b}");
        }
        for (a, b) in [("mayor", "major"), ("four", "for"), ("tour", "tor"), ("iran", "iraq")] {
            assert_ne!(terms.term(a), terms.term(b), "{a} {b}");
        }
    }

    #[test]
    fn numbers_are_one_term_however_written() {
        let mut terms = Terms::default();
        assert_eq!(terms.term("4,000"), terms.term("4000"));
        assert_eq!(terms.term("seven"), terms.term("7"));
        assert_eq!(terms.term("5m"), Term::of_number(5e6));
        assert_ne!(terms.term("3"), terms.term("30"));
        assert_eq!((value("3rd"), value("7x"), value("1.2.3")), (Some(3.0), None, None));
    }
}
