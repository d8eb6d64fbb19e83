//! What a word counts as: its stem, so that the forms of a word meet; spelled numbers and names in one form each.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

/// What a word counts as: equal for all forms of one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Term(pub u32);

/// Finds terms; remembers those it has found. One for each thread.
pub struct Terms {
    stemmer: Stemmer,
    known: FxHashMap<Box<str>, Term>,
}

/// Words remembered, at most: more would be the names of a large collection, seldom met again.
const REMEMBERED: usize = 1 << 16;

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
        let plain = form.strip_suffix("'s").unwrap_or(form);
        let term = Term(xxh3_64(self.stemmer.stem(plain).as_bytes()) as u32);
        if self.known.len() < REMEMBERED {
            self.known.insert(form.into(), term);
        }
        term
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_term() {
        let mut terms = Terms::default();
        assert_eq!(terms.term("attacked"), terms.term("attacks"));
        assert_eq!(terms.term("mayor's"), terms.term("mayors"));
        assert_ne!(terms.term("mayor"), terms.term("major"));
    }
}
