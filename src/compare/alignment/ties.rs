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
/// Likeness from which the best partner of each other is a clear one.
const CLEAR: f32 = 0.3;
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

/// What is asked of the pairs of two texts.
#[derive(Debug, Clone, Copy)]
struct Demand {
    /// Share of the sentences of the shorter text that have a clear partner.
    level: f32,
    /// Likeness that is asked for, other things apart.
    likeness: f32,
    /// What a sure neighbour speaks for, in log odds.
    neighbour: f32,
}

/// Of two texts that tell different things of one event, each in its order: what is linked is less alike than in two
/// tellings of one text, and so is what is not.
const REPORTS: Demand = Demand { level: 0.1, likeness: 0.13, neighbour: 1.0 };
/// Of two tellings of one text: what stands between two links is linked as well, most of the time. Translations of one
/// text, cut and merged, have a level of .33 to 1, reports of two outlets 0 to .4.
const TELLINGS: Demand = Demand { level: 0.6, likeness: 0.17, neighbour: 2.0 };

impl Demand {
    /// What lies between reports and tellings, by the level.
    fn at(level: f32) -> Self {
        let part = ((level - REPORTS.level) / (TELLINGS.level - REPORTS.level)).clamp(0.0, 1.0);
        let between = |low: f32, high: f32| low + part * (high - low);
        Self {
            level,
            likeness: between(REPORTS.likeness, TELLINGS.likeness),
            neighbour: between(REPORTS.neighbour, TELLINGS.neighbour),
        }
    }
}

/// The pairs of sentences that say the same, sorted by `a`, then `b`.
pub(super) fn ties(pairs: &[Pair], bags: &Bags) -> Vec<Pair> {
    let likeness: Vec<f32> = pairs.iter().map(|pair| pair.likeness).collect();
    let demand = Demand::at(level(pairs, &likeness, bags));
    let before: Vec<f32> = pairs.iter().map(|pair| place(pair, bags) + PRIOR - SLOPE * demand.likeness).collect();
    let neighbours = Neighbours::new(pairs, Rows::Single);
    let mut sure = vec![0.0; pairs.len()];
    let mut best = Best::default();
    for _ in 0..ROUNDS {
        let odds = log_odds(&likeness, &before, |number| demand.neighbour * neighbours.support(number, &sure));
        best = Best::new(pairs, &odds, bags);
        sure =
            pairs.iter().zip(&odds).map(|(pair, &odd)| chance(odd - RIVALRY * best.lead(pair, &odds, odd))).collect();
    }
    let likeness = gains(pairs, &best, bags);
    let neighbours = Neighbours::new(pairs, Rows::Joined);
    for _ in 0..ROUNDS {
        let odds = log_odds(&likeness, &before, |number| demand.neighbour * neighbours.support(number, &sure));
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

/// What the places of two sentences in their texts speak for, in log odds.
fn place(pair: &Pair, bags: &Bags) -> f32 {
    let at = |number: u32, of: usize| (number as f32 + 0.5) / of as f32;
    -PLACE * (at(pair.a, bags.a.len()) - at(pair.b, bags.b.len())).abs()
}

/// The log odds of each pair: by its likeness, by what is known beforehand, and by its neighbours.
fn log_odds(likeness: &[f32], before: &[f32], neighbours: impl Fn(usize) -> f32) -> Vec<f32> {
    let known = likeness.iter().zip(before).enumerate();
    known.map(|(number, (likeness, before))| SLOPE * likeness + before + neighbours(number)).collect()
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
}

/// Likeness of a pair where it is the best of both its sentences. Else that of the one sentence with what the best
/// partner of the other leaves of it: two sentences say together what one says only if each adds its part.
fn gains(pairs: &[Pair], best: &Best, bags: &Bags) -> Vec<f32> {
    let of = |best: &Option<u32>| best.map(|best| &pairs[best as usize]);
    let left_a = |best| of(best).map(|pair| Left::new(&bags.a[pair.a as usize], &bags.b[pair.b as usize]));
    let left_b = |best| of(best).map(|pair| Left::new(&bags.b[pair.b as usize], &bags.a[pair.a as usize]));
    let left_a: Vec<Option<Left>> = best.a.iter().map(left_a).collect();
    let left_b: Vec<Option<Left>> = best.b.iter().map(left_b).collect();
    let gain = |(number, pair): (usize, &Pair)| {
        let (a, b) = (pair.a as usize, pair.b as usize);
        let is_other = |best: Option<u32>| best != Some(number as u32);
        let of_a = left_a[a].as_ref().filter(|_| is_other(best.a[a])).map(|left| left.likeness(&bags.b[b]));
        let of_b = left_b[b].as_ref().filter(|_| is_other(best.b[b])).map(|left| left.likeness(&bags.a[a]));
        of_a.into_iter().chain(of_b).fold(pair.likeness, f32::min)
    };
    pairs.iter().enumerate().map(gain).collect()
}

/// What the best partner of a sentence leaves of it.
struct Left {
    bag: Bag,
    norm: f32,
}

impl Left {
    fn new(sentence: &Bag, partner: &Bag) -> Self {
        let bag = bags::rest(sentence, partner);
        Self { norm: bags::norm(&bag).max(NOTHING_LEFT), bag }
    }

    /// How like it a sentence is, 0 to 1.
    fn likeness(&self, sentence: &Bag) -> f32 {
        bags::likeness(sentence, &self.bag) / self.norm
    }
}
