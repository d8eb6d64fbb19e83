//! Runs of words as hashes, and the sample of them that finds other articles.
//!
//! Triples decide how much two texts share. To find candidates, runs of four words are sampled by winnowing (Schleimer,
//! Wilkerson and Aiken 2003): the least hash in every window. Unlike a sample by threshold it is dense everywhere, so
//! that any [`guaranteed`] words in a row that two articles share are found, be the excerpt ever so short.

use crate::document::Word;
use crate::document::words::{mix, sequence_key};

/// Words in a run that counts as shared wording.
pub const TRIPLE: usize = 3;
/// Words in a run that is sampled as a key. Longer than a triple: common phrases would bring too many strangers.
pub const KEY: usize = 4;
/// Runs in a window, of which one at least is a key.
pub const WINDOW: usize = 16;

/// Words in a row that two articles need to share to share a key for sure.
#[must_use]
pub const fn guaranteed() -> usize {
    WINDOW + KEY - 1
}

/// Hashes of all runs of three words, in order.
pub fn triples(words: &[Word]) -> impl ExactSizeIterator<Item = u64> {
    words.windows(TRIPLE).map(|run| {
        let first = u64::from(run[0].hash()) << 32 | u64::from(run[1].hash());
        mix(first, u64::from(run[2].hash()))
    })
}

/// A sampled key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u32);

/// The keys of a text, sorted, each once. A text of fewer than four words has one key, of all its words; one without
/// words has none.
#[must_use]
pub fn keys(words: &[Word]) -> Vec<Key> {
    let mut keys = Vec::with_capacity(2 * words.len() / WINDOW + 2);
    let key = |hash: u64| Key((hash.wrapping_mul(0xd6e8_feb8_6659_fd93) >> 32) as u32);
    if words.len() < KEY {
        keys.extend(words.first().map(|_| key(sequence_key(words))));
    } else {
        let hashes: Vec<u64> = words.windows(KEY).map(quadruple).collect();
        winnow(&hashes, |hash| keys.push(key(hash)));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

#[inline]
fn quadruple(run: &[Word]) -> u64 {
    let first = u64::from(run[0].hash()) << 32 | u64::from(run[1].hash());
    let second = u64::from(run[2].hash()) << 32 | u64::from(run[3].hash());
    mix(mix(0, first), second)
}

/// Calls `chosen` for the least hash of every window of [`WINDOW`], of all hashes where they are fewer; once for
/// windows in a row with the same.
///
/// After van Herk (1992) and Gil and Werman (1993): hashes are taken in blocks as long as a window, so that every window
/// is the end of one block and the begin of the next, whose least hashes are known.
fn winnow(hashes: &[u64], mut chosen: impl FnMut(u64)) {
    let (mut before, rest) = hashes.split_at(WINDOW.min(hashes.len()));
    let Some(mut last) = before.iter().copied().min() else { return };
    chosen(last);
    for block in rest.chunks(WINDOW) {
        // The least hash from each place of the block before to its end.
        let mut ends = [u64::MAX; WINDOW + 1];
        for (place, hash) in before.iter().enumerate().rev() {
            ends[place] = ends[place + 1].min(*hash);
        }
        let mut begin = u64::MAX;
        let (mut least, mut count) = ([0; WINDOW], 0);
        for (hash, end) in block.iter().zip(&ends[1..]) {
            begin = begin.min(*hash);
            let now = begin.min(*end);
            // Written always and counted if new: a branch would be guessed wrong too often.
            least[count] = now;
            count += usize::from(now != last);
            last = now;
        }
        least[..count].iter().copied().for_each(&mut chosen);
        before = block;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Preparer;

    fn words(text: &str) -> Box<[Word]> {
        Preparer::default().prepare(text).words
    }

    #[test]
    fn short_texts_have_keys_of_their_own() {
        assert!(keys(&words("")).is_empty());
        let short = ["Ferry late.", "Two hurt in Dorvale.", "No post today.", "Fog"].map(|text| keys(&words(text)));
        assert!(short.iter().all(|keys| keys.len() == 1));
        assert_eq!(short.iter().collect::<std::collections::BTreeSet<_>>().len(), 4);
        assert_eq!(triples(&words("a b")).len(), 0);
        assert_eq!(triples(&words("a b c d")).len(), 2);
    }

    proptest! {
        #[test]
        fn a_shared_passage_is_always_found(
            before in proptest::collection::vec(0u32..5000, 0..60),
            shared in proptest::collection::vec(0u32..5000, guaranteed()..80),
            other in proptest::collection::vec(5000u32..9000, 0..60),
        ) {
            let text = |parts: [&[u32]; 2]| words(&parts.concat().iter().map(|n| format!("w{n}")).collect::<Vec<_>>().join(" "));
            let (a, b) = (keys(&text([&before, &shared])), keys(&text([&shared, &other])));
            prop_assert!(a.iter().any(|key| b.binary_search(key).is_ok()));
        }

        #[test]
        fn windows_choose_what_a_plain_search_chooses(hashes in proptest::collection::vec(0u64..40, 0..80)) {
            let mut quick = Vec::new();
            winnow(&hashes, |hash| quick.push(hash));
            let windows = hashes.windows(WINDOW.min(hashes.len()).max(1));
            let mut plain: Vec<u64> = windows.filter_map(|window| window.iter().min()).copied().collect();
            plain.dedup();
            prop_assert_eq!(quick, plain);
        }
    }
}
