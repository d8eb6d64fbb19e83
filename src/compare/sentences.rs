//! How much two sentences say the same: a sum of named parts.

use super::text::Sentence;
use crate::statistics::weights::Weights;

/// Likeness of two sentences.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// The whole, 0 (nothing in common) to 1 (the same statement).
    pub score: f32,
}

/// Likeness of two sentences under these weights; the same for any order of the two.
#[must_use]
pub fn likeness(a: &Sentence, b: &Sentence, weights: &Weights) -> Likeness {
    let bag = |sentence: &Sentence| {
        let mut terms: Vec<_> = sentence.tokens.iter().map(|token| token.term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    };
    let (a, b) = (bag(a), bag(b));
    let square = |term| weights.weight(term).powi(2);
    let shared: f32 = a.iter().filter(|term| b.binary_search(term).is_ok()).map(|&term| square(term)).sum();
    let norm = |bag: &[_]| bag.iter().map(|&term| square(term)).sum::<f32>().sqrt();
    let norms = norm(&a) * norm(&b);
    Likeness { score: if norms > 0.0 { (shared / norms).min(1.0) } else { 0.0 } }
}
