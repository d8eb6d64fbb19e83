//! How much of each of two texts is in the other.

use crate::compare::text::{Sentence, Text};
use crate::compare::versions::Comparison;

/// Shares of two texts, first of the one, then of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Share of the word triples found in the other, 0 to 1.
    pub containment: [f64; 2],
    /// Share of the triples of both that stand in both, 0 to 1.
    pub jaccard: f64,
    /// Sentences that are compared: those with a word that are not set aside.
    pub sentences: [usize; 2],
    /// Those of them that say what a sentence of the other says.
    pub linked: [usize; 2],
    /// The same words in the same order.
    pub is_same: bool,
}

impl Shares {
    /// The shares of two texts that were compared.
    #[must_use]
    pub fn new(a: &Text, b: &Text, found: &Comparison) -> Self {
        // Texts of one or two words have no triples and can be the same all the same.
        let is_same = a.document.fingerprint == b.document.fingerprint;
        let measures = found.measures;
        Self {
            containment: if is_same { [1.0; 2] } else { [measures.a.containment(), measures.b.containment()] },
            jaccard: if is_same { 1.0 } else { measures.jaccard() },
            sentences: [a, b].map(|text| text.sentences.iter().filter(|sentence| is_compared(sentence)).count()),
            linked: [
                linked(a, found.links.iter().flat_map(|link| &link.a)),
                linked(b, found.links.iter().flat_map(|link| &link.b)),
            ],
            is_same,
        }
    }

    /// Share of the sentences of each side that say what a sentence of the other says, 0 to 1.
    #[must_use]
    pub fn aligned(&self) -> [f64; 2] {
        [0, 1].map(|side| self.linked[side] as f64 / self.sentences[side].max(1) as f64)
    }
}

/// Whether a sentence is compared at all.
pub(super) fn is_compared(sentence: &Sentence) -> bool {
    !sentence.is_aside && !sentence.tokens.is_empty()
}

fn linked<'a>(text: &Text, numbers: impl Iterator<Item = &'a usize>) -> usize {
    let mut is_linked = vec![false; text.sentences.len()];
    numbers.for_each(|&number| is_linked[number] = true);
    text.sentences.iter().zip(is_linked).filter(|(sentence, is_linked)| *is_linked && is_compared(sentence)).count()
}
