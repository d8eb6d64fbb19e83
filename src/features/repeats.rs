//! Runs of words that a text has twice: they belong to the page, not to the report.

use super::shingles;
use crate::document::Word;

/// Marks the words of runs that a text has twice: picture galleries, teasers and texts pasted in two places. Texts of
/// fewer than `REPEATING` words are left alone.
pub fn mark_repeats(words: &mut [Word], room: &mut Repeats) {
    if words.len() < REPEATING {
        return;
    }
    let Repeats { once, twice, places } = room;
    once.fill(0);
    twice.fill(0);
    // A filter of one hash: with a thousand words one in sixty is marked in vain, which decides nothing.
    places.clear();
    places.extend(shingles::triples(words).map(|triple| triple as u16));
    for &place in &*places {
        let (block, bit) = (usize::from(place / 64), 1 << (place % 64));
        twice[block] |= once[block] & bit;
        once[block] |= bit;
    }
    // The middle word stands for the triple.
    for (word, place) in words[1..].iter_mut().zip(places) {
        if twice[usize::from(*place / 64)] >> (*place % 64) & 1 != 0 {
            word.furnish();
        }
    }
}

/// Words from which a text is looked at for repeats.
const REPEATING: usize = 64;
/// Blocks of 64 bits in the filter: as many as places of 16 bits can name.
const BLOCKS: usize = 1024;

/// Room for [`mark_repeats`].
#[derive(Debug)]
pub struct Repeats {
    once: Vec<u64>,
    twice: Vec<u64>,
    /// Bit of each triple.
    places: Vec<u16>,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { once: vec![0; BLOCKS], twice: vec![0; BLOCKS], places: Vec::new() }
    }
}
