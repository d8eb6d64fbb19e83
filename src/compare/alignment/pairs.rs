//! Which sentences may say the same: the pairs worth a look, found by what they share.

use super::bags::{Bag, Bags};
use super::quotes::{self, Quotations};
use crate::compare::text::Text;
use crate::statistics::weights::Weights;

/// A pair of sentences that may say the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Pair {
    /// Sentence of the one text.
    pub a: u32,
    /// Of the other.
    pub b: u32,
    /// How like they are, 0 to 1.
    pub likeness: f32,
}

/// Likeness below which no order of the others makes a pair of sentences say the same.
const LEAST: f32 = 0.05;
/// Pairs kept of each sentence: the likest.
const KEPT: usize = 24;

/// The pairs worth a look, sorted by `a`, then `b`. Time and memory grow with the features that sentences share, not
/// with the product of the two numbers of sentences.
pub(super) fn pairs(bags: &Bags) -> Vec<Pair> {
    let mut found = likest(&bags.a, &bags.b, bags.features);
    let turned = likest(&bags.b, &bags.a, bags.features);
    found.extend(turned.into_iter().map(|pair| Pair { a: pair.b, b: pair.a, ..pair }));
    found.sort_unstable_by_key(|pair| (pair.a, pair.b));
    found.dedup_by_key(|pair| (pair.a, pair.b));
    found
}

/// Raises the likeness of sentences that quote the same.
pub(super) fn raise_quotations(pairs: &mut [Pair], a: &Text, b: &Text, weights: &Weights) {
    let (quoted_a, quoted_b) = (Quotations::new(a), Quotations::new(b));
    for pair in pairs.iter_mut().filter(|pair| pair.likeness < quotes::LIKENESS) {
        if quoted_a.share(pair.a as usize, &quoted_b, pair.b as usize, weights) {
            pair.likeness = quotes::LIKENESS;
        }
    }
}

/// The likest partners of each sentence of `a`.
fn likest(a: &[Bag], b: &[Bag], features: usize) -> Vec<Pair> {
    let postings = Postings::new(b, features);
    let mut likeness = vec![0.0_f32; b.len()];
    let mut met: Vec<u32> = Vec::new();
    let mut found = Vec::new();
    for (number, bag) in a.iter().enumerate() {
        for &(feature, weight) in bag {
            for &(sentence, other) in postings.of(feature) {
                if likeness[sentence as usize] == 0.0 {
                    met.push(sentence);
                }
                likeness[sentence as usize] += weight * other;
            }
        }
        let pair = |&b: &u32| Pair { a: number as u32, b, likeness: likeness[b as usize].min(1.0) };
        let mut partners: Vec<Pair> = met.iter().map(pair).filter(|pair| pair.likeness >= LEAST).collect();
        partners.sort_unstable_by(|x, y| y.likeness.total_cmp(&x.likeness).then(x.b.cmp(&y.b)));
        partners.truncate(KEPT);
        found.append(&mut partners);
        met.drain(..).for_each(|sentence| likeness[sentence as usize] = 0.0);
    }
    found
}

/// The sentences that have a feature, with its weight in them.
struct Postings {
    begins: Vec<u32>,
    sentences: Vec<(u32, f32)>,
}

impl Postings {
    fn new(bags: &[Bag], features: usize) -> Self {
        let mut begins = vec![0_u32; features + 1];
        bags.iter().flatten().for_each(|&(feature, _)| begins[feature as usize + 1] += 1);
        for feature in 0..features {
            begins[feature + 1] += begins[feature];
        }
        let mut next = begins.clone();
        let mut sentences = vec![(0, 0.0); begins[features] as usize];
        for (number, bag) in bags.iter().enumerate() {
            for &(feature, weight) in bag {
                sentences[next[feature as usize] as usize] = (number as u32, weight);
                next[feature as usize] += 1;
            }
        }
        Self { begins, sentences }
    }

    fn of(&self, feature: u32) -> &[(u32, f32)] {
        let feature = feature as usize;
        &self.sentences[self.begins[feature] as usize..self.begins[feature + 1] as usize]
    }
}
