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
/// Likeness that is asked for, other things apart: of two texts that tell different things of one event, and of two
/// tellings of one text. In the first, what is linked is less alike, and so is what is not.
const ASKED: [f32; 2] = [0.13, 0.17];
/// Share of sentences with a clear partner at which two texts are taken for the first, and for the second. Translations
/// of one text, cut and merged, have .33 to 1, reports of two outlets 0 to .4.
const LEVELS: [f32; 2] = [0.1, 0.6];
/// Likeness from which the best partner of each other is a clear one.
const CLEAR: f32 = 0.3;
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
    let asked = asked(level(pairs, &likeness, bags));
    let before: Vec<f32> = pairs.iter().map(|pair| place(pair, bags) + PRIOR - SLOPE * asked).collect();
    let neighbours = Neighbours::new(pairs, Rows::Single);
    let mut sure = vec![0.0; pairs.len()];
    let mut best = Best::default();
    for _ in 0..ROUNDS {
        let odds = log_odds(&likeness, &before, &neighbours, &sure);
        best = Best::new(pairs, &odds, bags);
        sure =
            pairs.iter().zip(&odds).map(|(pair, &odd)| chance(odd - RIVALRY * best.lead(pair, &odds, odd))).collect();
    }
    let likeness: Vec<f32> =
        pairs.iter().enumerate().map(|(number, pair)| best.gain(number, pair, pairs, bags)).collect();
    let neighbours = Neighbours::new(pairs, Rows::Joined);
    for _ in 0..ROUNDS {
        let odds = log_odds(&likeness, &before, &neighbours, &sure);
        sure = odds.iter().map(|&odd| chance(odd)).collect();
    }
    pairs.iter().zip(&sure).filter(|(_, sure)| **sure >= 0.5).map(|(pair, _)| *pair).collect()
}

/// How much two texts tell the same, 0 to 1: the share of the sentences of the shorter that have a clear partner.
fn level(pairs: &[Pair], likeness: &[f32], bags: &Bags) -> f32 {
    let best = Best::new(pairs, likeness, bags);
    let is_clear = |(number, pair): &(usize, &Pair)| likeness[*number] >= CLEAR && best.is_of_both(*number, pair);
    let clear = pairs.iter().enumerate().filter(is_clear);
    let told = |bags: &[Bag]| bags.iter().filter(|bag| !bag.is_empty()).count();
    clear.count() as f32 / told(&bags.a).min(told(&bags.b)).max(1) as f32
}

/// Likeness that is asked for at a level.
fn asked(level: f32) -> f32 {
    let part = ((level - LEVELS[0]) / (LEVELS[1] - LEVELS[0])).clamp(0.0, 1.0);
    ASKED[0] + part * (ASKED[1] - ASKED[0])
}

/// What the places of two sentences in their texts speak for, in log odds.
fn place(pair: &Pair, bags: &Bags) -> f32 {
    let at = |number: u32, of: usize| (number as f32 + 0.5) / of as f32;
    -PLACE * (at(pair.a, bags.a.len()) - at(pair.b, bags.b.len())).abs()
}

/// The log odds of each pair: by its likeness, by its neighbours, and by what is known beforehand.
fn log_odds(likeness: &[f32], before: &[f32], neighbours: &Neighbours, sure: &[f32]) -> Vec<f32> {
    let odds = |(number, (likeness, before)): (usize, (&f32, &f32))| {
        SLOPE * likeness + NEIGHBOUR * neighbours.support(number, sure) + before
    };
    likeness.iter().zip(before).enumerate().map(odds).collect()
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

    /// Whether a pair is the best of both its sentences.
    fn is_of_both(&self, number: usize, pair: &Pair) -> bool {
        let best = Some(number as u32);
        self.a[pair.a as usize] == best && self.b[pair.b as usize] == best
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
