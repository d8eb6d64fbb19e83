//! How much two sentences say the same: a sum of named parts.

mod bag;
mod matching;
mod model;
mod spelling;

pub use bag::Bag;

use super::text::Sentence;
use crate::statistics::weights::Weights;
use bag::{Kind, Word};
use matching::{Match, matches};
use model::MODEL;

/// Number of parts that a likeness is the sum of.
pub const PARTS: usize = 20;

/// Names of the parts, in the order of [`Likeness::parts`].
pub const PART_NAMES: [&str; PARTS] = [
    "rare words",
    "covered",
    "covered both ways",
    "all words",
    "pairs of words",
    "triples of words",
    "letters",
    "order",
    "length",
    "shared in all",
    "left over in all",
    "names shared",
    "names of both",
    "names apart",
    "numbers shared",
    "numbers apart",
    "deeds shared",
    "deeds of both",
    "who with what",
    "negation",
];

/// Likeness of two sentences.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Likeness {
    /// The whole, 0 (nothing in common) to 1 (the same statement).
    pub score: f32,
    /// What each part adds to the sum that the score is made of; the same names as [`PART_NAMES`].
    pub parts: [f32; PARTS],
}

/// Likeness of two sentences under these weights; the same for any order of the two.
#[must_use]
pub fn likeness(a: &Sentence, b: &Sentence, weights: &Weights) -> Likeness {
    Measured::new(&a.bag, weights).likeness(&Measured::new(&b.bag, weights))
}

/// A sentence with the weights of its words: for comparing it with many.
#[derive(Debug, Clone)]
pub struct Measured<'a> {
    bag: &'a Bag,
    /// Weight of each word of the bag.
    weights: Vec<f32>,
    /// Sum of squares of the weights.
    square: f32,
    /// Sums of the weights, by kind.
    sums: Sums,
}

/// Sums of weights of words, by kind.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    words: f32,
    names: f32,
    numbers: f32,
}

impl Sums {
    fn add(&mut self, kind: Kind, weight: f32) {
        match kind {
            Kind::Word => self.words += weight,
            Kind::Name => self.names += weight,
            Kind::Number => self.numbers += weight,
        }
    }

    fn all(&self) -> f32 {
        self.words + self.names + self.numbers
    }
}

impl<'a> Measured<'a> {
    /// Looks up what the words of a sentence weigh.
    #[must_use]
    pub fn new(bag: &'a Bag, weights: &Weights) -> Self {
        let of =
            |word: &Word| if word.kind == Kind::Number { of_number(word.value) } else { weights.weight(word.term) };
        let weights: Vec<f32> = bag.words.iter().map(of).collect();
        let mut sums = Sums::default();
        bag.words.iter().zip(&weights).for_each(|(word, &weight)| sums.add(word.kind, weight));
        Self { bag, square: weights.iter().map(|weight| weight * weight).sum(), weights, sums }
    }

    /// Likeness of two sentences.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        if self.bag.words.is_empty() || other.bag.words.is_empty() {
            return Likeness::default();
        }
        let Some(measures) = self.measures(other) else {
            return Likeness::default();
        };
        let mut likeness = MODEL.likeness(&measures);
        if self.bag.order == other.bag.order && self.bag.words == other.bag.words {
            likeness.score = 1.0;
        }
        likeness
    }

    /// What the parts are made of, most of it from 0 to 1, in the order of [`PART_NAMES`]; none where no word is shared.
    #[must_use]
    pub fn measures(&self, other: &Self) -> Option<[f32; PARTS]> {
        let (a, b) = (self, other);
        let found = matches((&a.bag.words, &a.weights), (&b.bag.words, &b.weights));
        if found.is_empty() {
            return None;
        }
        let shared = Shared::new(a, b, &found);
        let counted: f32 = found.iter().map(|m| m.credit).sum();
        let [x, y] = [shared.a.all() / a.sums.all().max(TINY), shared.b.all() / b.sums.all().max(TINY)];
        let all = mean(shared.a.all(), shared.b.all());
        let names = mean(shared.a.names, shared.b.names);
        let numbers = mean(shared.a.numbers, shared.b.numbers);
        let deeds = mean(shared.a.words, shared.b.words);
        let left = a.sums.all() + b.sums.all() - 2.0 * all;
        let (some_names, some_deeds) = (some(names, 8.0), some(deeds, 12.0));
        Some([
            shared.square / (a.square * b.square).sqrt().max(TINY),
            x.max(y),
            x.min(y),
            2.0 * counted / (a.bag.words.len() + b.bag.words.len()) as f32,
            dice(&a.bag.pairs, &b.bag.pairs),
            dice(&a.bag.triples, &b.bag.triples),
            dice(&a.bag.grams, &b.bag.grams),
            in_order(a.bag, b.bag),
            a.sums.all().min(b.sums.all()) / a.sums.all().max(b.sums.all()).max(TINY),
            some(all, 20.0),
            some(left, 40.0),
            some_names,
            names / a.sums.names.max(b.sums.names).max(TINY),
            apart(names, a.sums.names, b.sums.names),
            some(numbers, 4.0),
            apart(numbers, a.sums.numbers, b.sums.numbers),
            some_deeds,
            deeds / a.sums.words.max(b.sums.words).max(TINY),
            (some_names * some_deeds).sqrt(),
            f32::from(u8::from(a.bag.is_negated != b.bag.is_negated)),
        ])
    }
}

/// What to divide by where there is nothing.
const TINY: f32 = 1e-6;

/// What two sentences share, weighed as each side weighs it.
#[derive(Debug, Default)]
struct Shared {
    a: Sums,
    b: Sums,
    square: f32,
}

impl Shared {
    fn new(a: &Measured<'_>, b: &Measured<'_>, found: &[Match]) -> Self {
        let mut shared = Self::default();
        for m in found {
            let (x, y) = (&a.bag.words[m.a], &b.bag.words[m.b]);
            // A name that one side writes at its begin is a name there, too.
            let kind = if x.kind == Kind::Word { y.kind } else { x.kind };
            shared.a.add(kind, m.credit * a.weights[m.a]);
            shared.b.add(kind, m.credit * b.weights[m.b]);
            shared.square += m.credit * a.weights[m.a] * b.weights[m.b];
        }
        shared
    }
}

/// Weight of a number: the longer, the more.
fn of_number(value: f64) -> f32 {
    match value {
        ..10.0 => 3.0,
        ..100.0 => 4.0,
        1900.0..2100.0 => 3.5,
        _ => 5.5,
    }
}

fn mean(x: f32, y: f32) -> f32 {
    (x + y) / 2.0
}

/// Grows from 0 to 1; two thirds of it at `enough`.
fn some(sum: f32, enough: f32) -> f32 {
    1.0 - (-sum.max(0.0) / enough).exp()
}

/// Where both sides have some: the share of the side with less that is not shared.
fn apart(shared: f32, a: f32, b: f32) -> f32 {
    let least = a.min(b);
    if least > 0.0 { (1.0 - shared / least).clamp(0.0, 1.0) } else { 0.0 }
}

/// Share of hashes that stand on both sides (Dice).
fn dice(a: &[u32], b: &[u32]) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        both += usize::from(x == y);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    2.0 * both as f32 / (a.len() + b.len()).max(1) as f32
}

/// Share of the words that stand in the same order on both sides (longest common subsequence).
fn in_order(a: &Bag, b: &Bag) -> f32 {
    let mut row = vec![0_u32; b.order.len() + 1];
    for x in &a.order {
        let mut diagonal = 0;
        for (j, y) in b.order.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    2.0 * row[b.order.len()] as f32 / (a.order.len() + b.order.len()).max(1) as f32
}
