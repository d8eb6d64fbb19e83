//! What the parts of a likeness are made of.

use super::bag::{Bag, Kind, Word};
use super::matching::{Match, matches};
use super::model::MODEL;
use super::{Likeness, PARTS};
use crate::statistics::weights::Weights;

/// A sentence with the weights of its words: for comparing it with many.
#[derive(Debug, Clone)]
pub struct Measured<'a> {
    bag: &'a Bag,
    /// Weight of each word of the bag.
    weights: Vec<f32>,
    sums: Sums,
}

/// Weight from which a word is more than grammar.
const CONTENT: f32 = 1.2;

/// What to divide by where there is nothing.
const TINY: f32 = 1e-6;

/// Weights of words summed up.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// Words of any kind, each counting 1.
    words: f32,
    /// Those that are more than grammar, each counting 1.
    content: f32,
    /// Those that are neither names nor numbers, each counting 1.
    deeds: f32,
    /// Square roots of the weights of all words: rare words count more than common ones, and not for everything.
    roots: f32,
    /// Weights by kind.
    deed_weights: f32,
    names: f32,
    numbers: f32,
}

impl Sums {
    fn add(&mut self, kind: Kind, weight: f32, credit: f32) {
        let content = if weight >= CONTENT { credit } else { 0.0 };
        self.words += credit;
        self.content += content;
        self.roots += credit * weight.sqrt();
        match kind {
            Kind::Word => {
                self.deeds += content;
                self.deed_weights += credit * weight;
            }
            Kind::Name => self.names += credit * weight,
            Kind::Number => self.numbers += credit * weight,
        }
    }

    /// Of words that match, so weighed on both sides: the mean.
    fn mean(self, other: Self) -> Self {
        let mean = |x: f32, y: f32| (x + y) / 2.0;
        Self {
            words: mean(self.words, other.words),
            content: mean(self.content, other.content),
            deeds: mean(self.deeds, other.deeds),
            roots: mean(self.roots, other.roots),
            deed_weights: mean(self.deed_weights, other.deed_weights),
            names: mean(self.names, other.names),
            numbers: mean(self.numbers, other.numbers),
        }
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
        bag.words.iter().zip(&weights).for_each(|(word, &weight)| sums.add(word.kind, weight, 1.0));
        Self { bag, weights, sums }
    }

    /// Likeness of two sentences.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Likeness {
        let Some(measures) = self.measures(other) else {
            return Likeness::default();
        };
        let mut likeness = MODEL.likeness(&measures);
        if self.bag.order == other.bag.order && self.bag.words == other.bag.words {
            likeness.score = 1.0;
        }
        likeness
    }

    /// What the parts are made of, each from 0 to 1, in the order of [`PART_NAMES`](super::PART_NAMES); none where no word
    /// is shared.
    #[must_use]
    pub fn measures(&self, other: &Self) -> Option<[f32; PARTS]> {
        let (a, b) = (self, other);
        let found = matches((&a.bag.words, &a.weights), (&b.bag.words, &b.weights));
        if found.matches.is_empty() {
            return None;
        }
        let shared = shared(a, b, &found.matches);
        let both = |part: fn(&Sums) -> f32| part(&shared) / part(&a.sums).max(part(&b.sums)).max(TINY);
        let apart = |part: fn(&Sums) -> f32| apart(part(&shared), part(&a.sums), part(&b.sums));
        Some([
            both(|sums| sums.roots),
            both(|sums| sums.content),
            2.0 * shared.words / (a.sums.words + b.sums.words),
            both(|sums| sums.deed_weights),
            both(|sums| sums.deeds),
            dice(&a.bag.grams, &b.bag.grams),
            in_order(a.bag, b.bag),
            some(shared.roots, 6.0),
            some(shared.deed_weights, 5.0),
            apart(|sums| sums.names),
            some(shared.numbers, 4.0),
            apart(|sums| sums.numbers),
            one(a.bag.is_negated != b.bag.is_negated),
            one(found.oppose),
        ])
    }
}

/// What two sentences share.
fn shared(a: &Measured<'_>, b: &Measured<'_>, found: &[Match]) -> Sums {
    let (mut in_a, mut in_b) = (Sums::default(), Sums::default());
    for m in found {
        let (x, y) = (a.bag.words[m.a].kind, b.bag.words[m.b].kind);
        // What is a name on one side only, by its capital, is no evidence of the same name.
        let kind = if x == y { x } else { Kind::Word };
        in_a.add(kind, a.weights[m.a], m.credit);
        in_b.add(kind, b.weights[m.b], m.credit);
    }
    in_a.mean(in_b)
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

fn one(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
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

/// Share of hashes that stand on both sides (Dice 1945).
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
