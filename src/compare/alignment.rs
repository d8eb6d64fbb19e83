//! Which sentences of one text say what which sentences of the other say.

use super::sentences::likeness;
use super::text::Text;
use crate::statistics::weights::Weights;

/// Sentences of one text that say what sentences of the other say.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Numbers of sentences of the one text, rising.
    pub a: Vec<usize>,
    /// Of the other, rising.
    pub b: Vec<usize>,
    /// How much they say the same, 0 to 1.
    pub score: f32,
    /// The same words in the same order.
    pub is_verbatim: bool,
    /// Out of the order that the other links keep.
    pub is_reordered: bool,
}

impl Link {
    /// The name of its kind in output.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.is_verbatim { "verbatim" } else { "reworded" }
    }
}

/// Score from which a pair of sentences is linked.
const LINKED: f32 = 0.25;

/// The links of two texts, in the order of `a`.
#[must_use]
pub fn align(a: &Text, b: &Text, weights: &Weights) -> Vec<Link> {
    let mut links = Vec::new();
    for (i, x) in a.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.is_aside) {
        let scored = b.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.is_aside);
        let best = scored.map(|(j, y)| (likeness(x, y, weights).score, j)).max_by(|x, y| x.0.total_cmp(&y.0));
        if let Some((score, j)) = best.filter(|best| best.0 >= LINKED) {
            links.push(Link { a: vec![i], b: vec![j], score, is_verbatim: score >= 0.999, is_reordered: false });
        }
    }
    links
}
