//! Sentences as weighted bags of words and of runs of letters, weighed by what tells one sentence of these two texts from
//! the others.

use rustc_hash::FxHashMap;

use crate::compare::text::{Sentence, Text};
use crate::statistics::weights::Weights;

/// What a sentence has: a word or four letters in a row, by its number among those of both texts.
pub(super) type Feature = u32;

/// What a sentence has, with weights, sorted; the sum of squares is 1, or 0 for a sentence that takes no part.
pub(super) type Bag = Vec<(Feature, f32)>;

/// Letters in a row that are a feature: spellings of a name and forms of a word share most of theirs (McNamee and
/// Mayfield 2004 found four to do best in European languages).
const LETTERS: usize = 4;
/// Share of likeness that rests on runs of letters, the rest on words. Two translations of one sentence share stems
/// and names more surely than words.
const LETTERS_SHARE: f32 = 0.65;
/// Sentences from which a feature is on too many of one text to say which of them is meant.
const EVERYWHERE: u32 = 512;

/// The bags of both texts.
pub(super) struct Bags {
    /// Of the one text, by sentence.
    pub a: Vec<Bag>,
    /// Of the other.
    pub b: Vec<Bag>,
    /// Number of features of both.
    pub features: usize,
}

/// A feature as met: hash, the kind in the last bit.
type Met = u64;

/// The bags of two texts.
pub(super) fn bags(a: &Text, b: &Text, weights: &Weights) -> Bags {
    let mut letters = Vec::new();
    let mut met = |text: &Text| text.sentences.iter().map(|sentence| features(sentence, &mut letters)).collect();
    let (met_a, met_b): (Vec<Vec<_>>, Vec<Vec<_>>) = (met(a), met(b));
    let mut spread: FxHashMap<Met, Spread> = FxHashMap::default();
    met_a.iter().flatten().for_each(|(feature, _)| spread.entry(*feature).or_default().a += 1);
    met_b.iter().flatten().for_each(|(feature, _)| spread.entry(*feature).or_default().b += 1);
    let mut told: Vec<Met> = spread.keys().copied().collect();
    told.sort_unstable();
    for (number, feature) in told.iter().enumerate() {
        if let Some(spread) = spread.get_mut(feature) {
            spread.number = number as Feature;
        }
    }
    let sentences = (met_a.len() + met_b.len()) as f32 + 1.0;
    let bag = |met: &Vec<(Met, u32)>| weighted(met, &spread, sentences, weights);
    Bags { a: met_a.iter().map(bag).collect(), b: met_b.iter().map(bag).collect(), features: told.len() }
}

/// On how many sentences a feature is.
#[derive(Debug, Default)]
struct Spread {
    a: u32,
    b: u32,
    number: Feature,
}

/// What a sentence has and how often, sorted; nothing where it takes no part.
fn features(sentence: &Sentence, letters: &mut Vec<char>) -> Vec<(Met, u32)> {
    if sentence.is_aside || sentence.tokens.is_empty() {
        return Vec::new();
    }
    letters.clear();
    letters.push(' ');
    for token in &sentence.tokens {
        letters.extend(token.form.chars());
        letters.push(' ');
    }
    let words = sentence.tokens.iter().map(|token| u64::from(token.term.0) << 1);
    let runs = letters.windows(LETTERS).map(|run| (run_hash(run) << 1) | 1);
    let mut met: Vec<Met> = words.chain(runs).collect();
    met.sort_unstable();
    met.chunk_by(|x, y| x == y).map(|same| (same[0], same.len() as u32)).collect()
}

/// Hash of a run of letters.
fn run_hash(run: &[char]) -> u64 {
    run.iter().fold(0, |hash: u64, &letter| {
        (hash ^ u64::from(u32::from(letter))).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(23)
    })
}

/// Weighs what a sentence has: words by how much they tell anywhere and here, letters by how much they tell here.
fn weighted(met: &[(Met, u32)], spread: &FxHashMap<Met, Spread>, sentences: f32, weights: &Weights) -> Bag {
    let mut bag = Vec::with_capacity(met.len());
    let mut squares = [0.0_f32; 2];
    for (feature, count) in met {
        let Some(spread) = spread.get(feature).filter(|spread| spread.a.max(spread.b) <= EVERYWHERE) else { continue };
        let tells = (sentences / (spread.a + spread.b) as f32).ln();
        let is_letters = feature & 1 == 1;
        let weight = if is_letters {
            tells * (*count as f32).sqrt()
        } else {
            weights.weight(crate::features::terms::Term((feature >> 1) as u32)) * (tells / sentences.ln()).sqrt()
        };
        squares[usize::from(is_letters)] += weight * weight;
        bag.push((spread.number, is_letters, weight));
    }
    let share = |part: f32, other: f32, share: f32| match (part > 0.0, other > 0.0) {
        (true, true) => (share / part).sqrt(),
        (true, false) => (1.0 / part).sqrt(),
        (false, _) => 0.0,
    };
    let scale = [share(squares[0], squares[1], 1.0 - LETTERS_SHARE), share(squares[1], squares[0], LETTERS_SHARE)];
    // Numbers of features rise with their hashes, so the bag is sorted.
    let part = |(number, is_letters, weight): (Feature, bool, f32)| (number, weight * scale[usize::from(is_letters)]);
    bag.into_iter().map(part).filter(|&(_, weight)| weight > 0.0).collect()
}

/// Likeness of two bags, 0 to 1: the cosine of the angle between them.
pub(super) fn likeness(a: &[(Feature, f32)], b: &[(Feature, f32)]) -> f32 {
    let (mut a, mut b) = (a, b);
    let mut sum = 0.0;
    while let ([(x, p), rest_a @ ..], [(y, q), rest_b @ ..]) = (a, b) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => a = rest_a,
            std::cmp::Ordering::Greater => b = rest_b,
            std::cmp::Ordering::Equal => {
                sum += p * q;
                (a, b) = (rest_a, rest_b);
            }
        }
    }
    sum.min(1.0)
}

/// What a bag has and the other has not.
pub(super) fn rest(bag: &[(Feature, f32)], other: &[(Feature, f32)]) -> Bag {
    let has = |feature: Feature| other.binary_search_by_key(&feature, |&(feature, _)| feature).is_ok();
    bag.iter().copied().filter(|&(feature, _)| !has(feature)).collect()
}

/// Several bags as one, its sum of squares 1 again.
pub(super) fn union<'a>(bags: impl Iterator<Item = &'a Bag>) -> Bag {
    let mut all: Bag = bags.flatten().copied().collect();
    all.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
    all.dedup_by_key(|(feature, _)| *feature);
    let norm = norm(&all);
    if norm > 0.0 {
        all.iter_mut().for_each(|(_, weight)| *weight /= norm);
    }
    all
}

/// Length of a bag: the root of its sum of squares.
pub(super) fn norm(bag: &[(Feature, f32)]) -> f32 {
    bag.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt()
}
