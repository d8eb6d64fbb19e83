//! Runs of words that a text has twice: they belong to the page, not to the report.

use super::shingles;
use crate::document::Word;

/// Marks the words of runs that a text has twice: picture galleries, teasers and texts pasted in two places. Texts of
/// fewer than `REPEATING` words are left alone.
pub fn mark_repeats(words: &mut [Word], room: &mut Repeats) {
    if words.len() < REPEATING {
        return;
    }
    room.once.fill(0);
    room.twice.fill(0);
    // A filter of one hash: with a thousand words one in sixty is marked in vain, which decides nothing.
    let place = |triple: u64| ((triple >> 6) as usize % BLOCKS, 1u64 << (triple % 64));
    for triple in shingles::triples(words) {
        let (block, bit) = place(triple);
        room.twice[block] |= room.once[block] & bit;
        room.once[block] |= bit;
    }
    let repeated = |triple| {
        let (block, bit) = place(triple);
        room.twice[block] & bit != 0
    };
    let marked: Vec<bool> = shingles::triples(words).map(repeated).collect();
    // The middle word stands for the triple.
    for (word, marked) in words.iter_mut().skip(1).zip(marked) {
        if marked {
            word.furnish();
        }
    }
}

/// Words from which a text is looked at for repeats.
const REPEATING: usize = 64;
/// Blocks of 64 bits in the filter.
const BLOCKS: usize = 1024;

/// Room for [`mark_repeats`].
#[derive(Debug)]
pub struct Repeats {
    once: Vec<u64>,
    twice: Vec<u64>,
}

impl Default for Repeats {
    fn default() -> Self {
        Self { once: vec![0; BLOCKS], twice: vec![0; BLOCKS] }
    }
}
