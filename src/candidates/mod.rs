//! Who might belong together: articles that share keys, by sorted runs.
//!
//! One engine for any kind of key. A key on few articles pairs them all; a key on many pairs each with the first few
//! only ("anchors"), so that work stays linear and the largest stories are not lost, as they are where frequent keys
//! are dropped.

pub mod ranked;

use rayon::prelude::*;

use crate::features::shingles::Key;
use crate::runs::{self, Batch, Row};
use crate::statistics::DocId;

/// A key of an article, packed so that sorting it sorts by key and then by article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Posting(u64);

impl Posting {
    /// The key of an article.
    #[must_use]
    pub fn new(key: Key, id: DocId) -> Self {
        Self(u64::from(key.0) << 32 | u64::from(id.0))
    }

    fn id(self) -> u32 {
        self.0 as u32
    }
}

impl Row for Posting {
    fn key(&self) -> u64 {
        self.0 >> 32 << 32
    }
}

/// Two articles that share keys, the lesser number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// One article.
    pub a: DocId,
    /// The other.
    pub b: DocId,
}

/// Articles on a key up to which all of them are paired.
const ALL_PAIRS: usize = 16;
/// Articles to which each is paired on keys that stand on more.
const ANCHORS: usize = 8;
/// Shared keys that make a candidate.
const SHARED_KEYS: usize = 3;
/// Share of the keys of the article with fewer, where [`SHARED_KEYS`] are more than that.
const SHARED_PART: f64 = 0.4;

/// Postings of a batch.
#[must_use]
pub fn map(batch: impl Iterator<Item = (DocId, impl AsRef<[Key]>)>) -> Batch<Posting> {
    let mut postings = Vec::new();
    for (id, keys) in batch {
        postings.extend(keys.as_ref().iter().map(|&key| Posting::new(key, id)));
    }
    Batch::new(&postings)
}

/// The postings of all keys that articles share, in order: who shares a key with whom.
#[derive(Debug, Default)]
pub struct Postings(Vec<Vec<Posting>>);

impl Postings {
    /// Merges what the batches left.
    #[must_use]
    pub fn merge(batches: Vec<Batch<Posting>>) -> Self {
        Self(runs::recurring(&batches))
    }

    /// All candidates, sorted. `keys_of` gives the number of keys of an article.
    #[must_use]
    pub fn candidates(&self, keys_of: impl Fn(DocId) -> usize + Sync) -> Vec<Candidate> {
        let mut pairs: Vec<u64> = self.0.par_iter().flat_map_iter(|part| pairs_of(part)).collect();
        pairs.par_sort_unstable();
        pairs
            .chunk_by(|a, b| a == b)
            .filter_map(|same| {
                let (a, b) = (DocId((same[0] >> 32) as u32), DocId(same[0] as u32));
                let fewer = keys_of(a).min(keys_of(b));
                let needed = ((SHARED_PART * fewer as f64).ceil() as usize).clamp(1, SHARED_KEYS);
                (same.len() >= needed).then_some(Candidate { a, b })
            })
            .collect()
    }

    /// The articles that have a key, in order; none where only one has.
    pub fn with(&self, key: Key) -> impl Iterator<Item = DocId> {
        let first = Posting::new(key, DocId(0));
        let part = &self.0[self.0.partition_point(|part| part.last().is_none_or(|last| last.key() < first.key()))..];
        let part = part.first().map_or(&[][..], Vec::as_slice);
        let from = part.partition_point(|posting| *posting < first);
        part[from..].iter().take_while(move |posting| posting.key() == first.key()).map(|posting| DocId(posting.id()))
    }
}

fn pairs_of(postings: &[Posting]) -> Vec<u64> {
    let mut pairs = Vec::new();
    for group in runs::groups(postings) {
        let reach = if group.len() <= ALL_PAIRS { group.len() } else { ANCHORS };
        for (i, a) in group.iter().enumerate().take(reach) {
            // Sorted by article within the key: the first is the lesser.
            pairs.extend(group[i + 1..].iter().map(|b| u64::from(a.id()) << 32 | u64::from(b.id())));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidates(keys: &[&[u32]]) -> Vec<(u32, u32)> {
        let keys: Vec<Vec<Key>> = keys.iter().map(|keys| keys.iter().copied().map(Key).collect()).collect();
        let batches =
            keys.iter().enumerate().map(|(i, keys)| map([(DocId(i as u32), keys.as_slice())].into_iter())).collect();
        Postings::merge(batches)
            .candidates(|id| keys[id.index()].len())
            .into_iter()
            .map(|pair| (pair.a.0, pair.b.0))
            .collect()
    }

    #[test]
    fn articles_with_three_keys_in_common_are_candidates() {
        assert_eq!(candidates(&[&[1, 2, 3, 4, 5, 6, 7, 8], &[3, 4, 5, 9, 10, 11], &[3, 4, 12, 13, 14, 15]]), [(0, 1)]);
    }

    #[test]
    fn short_articles_need_fewer() {
        assert_eq!(candidates(&[&[1, 2, 3, 4, 5], &[2], &[3, 4, 99, 98]]), [(0, 1), (0, 2)]);
    }

    #[test]
    fn a_key_on_everything_costs_a_few_pairs_each_and_loses_nobody() {
        let many = vec![&[1u32, 2, 3][..]; 1000];
        let found = candidates(&many);
        assert!(found.len() <= 1000 * ANCHORS);
        assert!((1..1000).all(|id| found.contains(&(0, id))));
    }
}
