//! How much two sentences say the same: a sum of named parts.
//!
//! Words meet by their terms, so in any form and, of names, most spellings; what is left over by derivation, by the sound
//! of a name, by kindred words and near spellings. The parts measure what is shared: of all words, of the rare ones, of
//! deeds (what is neither name nor number), in all; in which order, letter by letter; and what speaks against: names,
//! numbers, negation, opposites. A logistic model adds them up.

mod bag;
mod matching;
mod measures;
mod model;
mod spelling;

pub use bag::Bag;
pub use measures::Measured;

use super::text::Sentence;
use crate::statistics::weights::Weights;

/// Number of parts that a likeness is the sum of.
pub const PARTS: usize = 14;

/// Names of the parts, in the order of [`Likeness::parts`].
pub const PART_NAMES: [&str; PARTS] = [
    "rare words",
    "words",
    "all words",
    "rare deeds",
    "deeds",
    "letters",
    "order",
    "words shared in all",
    "deeds shared in all",
    "names apart",
    "numbers shared",
    "numbers apart",
    "negation",
    "opposites",
];

/// Likeness of two sentences.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// The whole, 0 (nothing in common) to 1 (the same statement).
    pub score: f32,
    /// What each part adds to or takes from the sum, in the order of [`PART_NAMES`]. The score is the logistic function
    /// of their sum and a constant, stretched so that it is 0 where no part adds anything and 1 where all add all they can.
    pub parts: [f32; PARTS],
}

impl Likeness {
    /// The parts with their names.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, f32)> {
        PART_NAMES.into_iter().zip(self.parts)
    }
}

/// Likeness of two sentences under these weights; the same for any order of the two.
#[must_use]
pub fn likeness(a: &Sentence, b: &Sentence, weights: &Weights) -> Likeness {
    Measured::new(&a.bag, weights).likeness(&Measured::new(&b.bag, weights))
}

#[cfg(test)]
mod tests;
