//! How much a term tells: the fewer articles have it, the more.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::features::terms::{Term, Terms};

/// Weights of terms by the number of articles that have them (inverse document frequency, Spärck Jones 1972).
#[derive(Debug, Clone)]
pub struct Weights {
    known: FxHashMap<Term, f32>,
    /// Weight of a term that no article has.
    unknown: f32,
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
        let weight = |spread: u32| ((documents as f32 + 1.0) / (spread.min(documents) as f32 + 1.0)).ln();
        let known = spread.into_iter().map(|(term, spread)| (term, weight(spread))).collect();
        Self { known, unknown: weight(0) }
    }

    fn of_table(table: &str) -> Self {
        let mut terms = Terms::default();
        let (mut documents, mut spread) = (1, FxHashMap::<Term, u32>::default());
        for (word, count) in table.lines().filter_map(|line| line.split_once('\t')) {
            let count = count.parse().unwrap_or(1);
            if word.starts_with('#') {
                documents = count;
            } else {
                *spread.entry(terms.term(word)).or_default() += count;
            }
        }
        Self::new(documents, spread)
    }

    /// Weight of a term: 0 where every article has it, about 8 where none is known to.
    #[must_use]
    pub fn weight(&self, term: Term) -> f32 {
        self.known.get(&term).copied().unwrap_or(self.unknown)
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
