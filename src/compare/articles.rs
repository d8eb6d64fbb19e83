//! How much two articles are about the same, without a look at their sentences: quick enough for every candidate of a
//! large collection.

use super::text::Text;
use crate::features::terms::Term;
use crate::statistics::weights::Weights;

/// What an article is about: its terms with their weights, sorted by term, the sum of squares being 1.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    terms: Vec<(Term, f32)>,
}

impl Profile {
    /// The profile of a text.
    #[must_use]
    pub fn new(text: &Text, weights: &Weights) -> Self {
        let tokens = text.sentences.iter().filter(|sentence| !sentence.is_aside).flat_map(|sentence| &sentence.tokens);
        let mut terms: Vec<Term> = tokens.map(|token| token.term).collect();
        terms.sort_unstable();
        let count = |run: &[Term]| (run[0], (1.0 + (run.len() as f32).ln()) * weights.weight(run[0]));
        let mut terms: Vec<(Term, f32)> = terms.chunk_by(|x, y| x == y).map(count).collect();
        let norm = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        terms.iter_mut().for_each(|(_, weight)| *weight /= norm);
        Self { terms }
    }

    /// Likeness of two articles, 0 (nothing in common) to 1.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (self.terms.as_slice(), other.terms.as_slice());
        let mut sum = 0.0;
        while let ([(x, p), rest_a @ ..], [(y, q), rest_b @ ..]) = (a, b) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => a = rest_a,
                std::cmp::Ordering::Greater => b = rest_b,
                std::cmp::Ordering::Equal => {
                    sum += p * q;
                    (a, b) = (rest_a, rest_b);
                }
            }
        }
        sum.sqrt().min(1.0)
    }
}
