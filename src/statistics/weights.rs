//! How much a term tells: the fewer articles have it, the more; and whether it is written with a capital.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::features::terms::{Term, Terms};

/// Weights of terms by the number of articles that have them (inverse document frequency, Spärck Jones 1972).
#[derive(Debug, Clone)]
pub struct Weights {
    documents: u32,
    /// Articles that have a term, and its weight.
    known: FxHashMap<Term, (u32, f32)>,
    /// Weight of a term that no article has.
    unknown: f32,
    /// How often terms begin with a capital inside of a sentence, 0 to 1.
    capitals: FxHashMap<Term, f32>,
}

/// `word` tab `articles that have it` tab `percent of its places inside of a sentence where it begins with a capital`, the
/// first line telling how many articles there are.
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
        let known = spread.into_iter().map(|(term, spread)| (term, (spread, weight(spread)))).collect();
        Self { documents, known, unknown: weight(0), capitals: FxHashMap::default() }
    }

    /// These, with others counted in as if they were those of `documents` articles more.
    #[must_use]
    pub fn with(self, others: &Self, documents: u32) -> Self {
        if documents == 0 {
            return self;
        }
        let mut spread: FxHashMap<Term, u32> =
            self.known.into_iter().map(|(term, (spread, _))| (term, spread)).collect();
        for (&term, &(count, _)) in &others.known {
            let share = u64::from(count) * u64::from(documents) / u64::from(others.documents.max(1));
            *spread.entry(term).or_default() += share as u32;
        }
        Self { capitals: self.capitals, ..Self::new(self.documents + documents, spread) }
    }

    fn of_table(table: &str) -> Self {
        let mut terms = Terms::default();
        let (mut documents, mut spread) = (1, FxHashMap::<Term, u32>::default());
        let mut capitals = FxHashMap::<Term, (f32, f32)>::default();
        for line in table.lines() {
            let mut fields = line.split('\t');
            let (Some(word), Some(Ok(count))) = (fields.next(), fields.next().map(str::parse::<u32>)) else {
                continue;
            };
            if word.starts_with('#') {
                documents = count;
                continue;
            }
            let term = terms.term(word);
            *spread.entry(term).or_default() += count;
            if let Some(Ok(percent)) = fields.next().map(str::parse::<f32>) {
                let (sum, all) = capitals.entry(term).or_default();
                *sum += percent / 100.0 * count as f32;
                *all += count as f32;
            }
        }
        let capitals = capitals.into_iter().map(|(term, (sum, all))| (term, sum / all)).collect();
        Self { capitals, ..Self::new(documents, spread) }
    }

    /// How often a term begins with a capital inside of a sentence, 0 to 1, if that is known.
    #[must_use]
    pub fn capital(&self, term: Term) -> Option<f32> {
        self.capitals.get(&term).copied()
    }

    /// Articles that have a term.
    #[must_use]
    pub fn spread(&self, term: Term) -> u32 {
        self.known.get(&term).map_or(0, |(spread, _)| *spread)
    }

    /// Weight of a term: 0 where every article has it, about 8 where none is known to.
    #[must_use]
    pub fn weight(&self, term: Term) -> f32 {
        self.known.get(&term).map_or(self.unknown, |(_, weight)| *weight)
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

    #[test]
    fn casing_is_known_of_common_words() {
        let mut terms = Terms::default();
        let mut capital = |word| Weights::background().capital(terms.term(word));
        assert!(capital("russia") > Some(0.9));
        assert!(capital("police") < Some(0.5));
        assert_eq!(capital("pashinyan"), None);
    }
}
