//! How much a term tells: the fewer articles have it, the more.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::features::terms::{Term, Terms};

/// Weights of terms by the number of articles that have them (inverse document frequency, Spärck Jones 1972).
#[derive(Debug, Clone)]
pub struct Weights {
    documents: u32,
    spread: FxHashMap<Term, u32>,
}

/// `word` tab `articles that have it`, the first line telling how many articles there are.
const ENGLISH: &str = include_str!("../../data/background/english.tsv");

static BACKGROUND: LazyLock<Weights> = LazyLock::new(|| Weights::of_table(ENGLISH));

impl Weights {
    /// Those of the table that is shipped, for when the articles at hand are too few to count.
    #[must_use]
    pub fn background() -> &'static Self {
        &BACKGROUND
    }

    /// Those of a collection of `documents` articles, of which `spread` have each term.
    #[must_use]
    pub fn new(documents: u32, spread: FxHashMap<Term, u32>) -> Self {
        Self { documents, spread }
    }

    /// These, with others counted in as if they were those of `documents` articles more.
    #[must_use]
    pub fn with(mut self, others: &Self, documents: u32) -> Self {
        if documents > 0 {
            for (&term, &count) in &others.spread {
                let share = u64::from(count) * u64::from(documents) / u64::from(others.documents.max(1));
                *self.spread.entry(term).or_default() += share as u32;
            }
            self.documents += documents;
        }
        self
    }

    fn of_table(table: &str) -> Self {
        let mut terms = Terms::default();
        let mut weights = Self { documents: 1, spread: FxHashMap::default() };
        for (word, count) in table.lines().filter_map(|line| line.split_once('\t')) {
            let count = count.parse().unwrap_or(1);
            if word.starts_with('#') {
                weights.documents = count;
            } else {
                *weights.spread.entry(terms.term(word)).or_default() += count;
            }
        }
        weights
    }

    /// Articles that have a term.
    #[must_use]
    pub fn spread(&self, term: Term) -> u32 {
        self.spread.get(&term).copied().unwrap_or(0)
    }

    /// Weight of a term: 0 where every article has it, about 8 where none is known to.
    #[must_use]
    pub fn weight(&self, term: Term) -> f32 {
        let spread = self.spread.get(&term).copied().unwrap_or(0).min(self.documents);
        ((self.documents as f32 + 1.0) / (spread as f32 + 1.0)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_words_weigh_more() {
        let mut terms = Terms::default();
        let mut weight = |word| Weights::background().weight(terms.term(word));
        assert!(weight("the") < weight("police"));
        assert!(weight("police") < weight("ferry"));
        assert!(weight("ferry") < weight("pashinyan"));
    }
}
