//! Decides which pairs of sentences say the same: by their likeness, by what their neighbours say, and by what a sentence
//! adds to the one that is linked already.
//!
//! Relaxation labelling (Rosenfeld, Hummel and Zucker 1976): each pair has a chance, and the chances speak for each other
//! a few rounds long.

use super::bags::{self, Bag, Bags};
use super::order::{Neighbours, Rows};
use super::pairs::Pair;

/// How fast the chance rises with likeness: a tenth more likeness is odds times twelve.
const SLOPE: f32 = 25.0;
/// Likeness at which chances are even for a pair with sure neighbours on both sides less their discount.
const EVEN: f32 = 0.2;
/// What a sure neighbour speaks for, in log odds.
const NEIGHBOUR: f32 = 2.0;
/// What is asked of every pair, in log odds: most of one side have no partner among most of the other.
const PRIOR: f32 = -1.2;
/// What the same place in the text speaks for, in log odds: enough to tell one of two equal pairs.
const PLACE: f32 = 0.5;
/// How much a pair is held back that is weaker than another of each of its sentences.
const RIVALRY: f32 = 5.0;
/// Rounds after which chances hardly change.
const ROUNDS: usize = 4;
/// Length of what is left of a sentence below which it says nothing of its own: three tenths of the whole.
const NOTHING_LEFT: f32 = 0.3;

/// The pairs of sentences that say the same, sorted by `a`, then `b`.
pub(super) fn ties(pairs: &[Pair], bags: &Bags) -> Vec<Pair> {
    let likeness: Vec<f32> = pairs.iter().map(|pair| pair.likeness).collect();
    let places = places(pairs, bags);
    let neighbours = Neighbours::new(pairs, Rows::Single);
    let mut sure = vec![0.0; pairs.len()];
    let mut best = Best::default();
    for _ in 0..ROUNDS {
        let odds = log_odds(&likeness, &places, &neighbours, &sure);
        best = Best::new(pairs, &odds, bags);
        sure =
            pairs.iter().zip(&odds).map(|(pair, &odd)| chance(odd - RIVALRY * best.lead(pair, &odds, odd))).collect();
    }
    let likeness: Vec<f32> =
        pairs.iter().enumerate().map(|(number, pair)| best.gain(number, pair, pairs, bags)).collect();
    let neighbours = Neighbours::new(pairs, Rows::Joined);
    for _ in 0..ROUNDS {
        let odds = log_odds(&likeness, &places, &neighbours, &sure);
        sure = odds.iter().map(|&odd| chance(odd)).collect();
    }
    pairs.iter().zip(&sure).filter(|(_, sure)| **sure >= 0.5).map(|(pair, _)| *pair).collect()
}

/// What the places of the sentences in their texts speak for, in log odds.
fn places(pairs: &[Pair], bags: &Bags) -> Vec<f32> {
    let at = |number: u32, of: usize| (number as f32 + 0.5) / of as f32;
    pairs.iter().map(|pair| -PLACE * (at(pair.a, bags.a.len()) - at(pair.b, bags.b.len())).abs()).collect()
}

fn log_odds(likeness: &[f32], places: &[f32], neighbours: &Neighbours, sure: &[f32]) -> Vec<f32> {
    let odds = |(number, (likeness, place)): (usize, (&f32, &f32))| {
        SLOPE * (likeness - EVEN) + NEIGHBOUR * neighbours.support(number, sure) + place + PRIOR
    };
    likeness.iter().zip(places).enumerate().map(odds).collect()
}

fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// The best pair of each sentence.
#[derive(Debug, Default)]
struct Best {
    a: Vec<Option<u32>>,
    b: Vec<Option<u32>>,
}

impl Best {
    fn new(pairs: &[Pair], odds: &[f32], bags: &Bags) -> Self {
        let mut best = Self { a: vec![None; bags.a.len()], b: vec![None; bags.b.len()] };
        for (number, pair) in pairs.iter().enumerate() {
            // Pairs are sorted by a, then b: of equals the first stays, on either side.
            for side in [&mut best.a[pair.a as usize], &mut best.b[pair.b as usize]] {
                if side.is_none_or(|other| odds[number] > odds[other as usize]) {
                    *side = Some(number as u32);
                }
            }
        }
        best
    }

    /// By how much a pair is behind the best of its sentences, the one that it is less behind.
    fn lead(&self, pair: &Pair, odds: &[f32], odd: f32) -> f32 {
        let behind = |best: Option<u32>| best.map_or(0.0, |best| odds[best as usize] - odd);
        behind(self.a[pair.a as usize]).min(behind(self.b[pair.b as usize]))
    }

    /// Likeness of a pair where it is the best of both its sentences. Else that of the one sentence with what the best
    /// partner of the other leaves of it: two sentences say together what one says only if each adds its part.
    fn gain(&self, number: usize, pair: &Pair, pairs: &[Pair], bags: &Bags) -> f32 {
        let (x, y) = (&bags.a[pair.a as usize], &bags.b[pair.b as usize]);
        let other = |best: Option<u32>| best.filter(|&best| best as usize != number).map(|best| pairs[best as usize]);
        let mut likeness = pair.likeness;
        if let Some(rival) = other(self.b[pair.b as usize]) {
            likeness = likeness.min(likeness_to_rest(x, y, &bags.a[rival.a as usize]));
        }
        if let Some(rival) = other(self.a[pair.a as usize]) {
            likeness = likeness.min(likeness_to_rest(y, x, &bags.b[rival.b as usize]));
        }
        likeness
    }
}

/// Likeness of `x` to what `rival` leaves of `y`.
fn likeness_to_rest(x: &Bag, y: &Bag, rival: &Bag) -> f32 {
    let rest = bags::rest(y, rival);
    bags::likeness(x, &rest) / bags::norm(&rest).max(NOTHING_LEFT)
}
