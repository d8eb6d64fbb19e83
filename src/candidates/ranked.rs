//! Who might be of one story: articles that share keys which weigh much in both.
//!
//! Where wording finds near-duplicates, a key is on both or it is not; what a story is found by is spread over names,
//! numbers and rare words, each of which strangers share too. So every article asks the postings of its keys, the
//! products of the weights are summed, and only the strongest few go on. What an article asks of one key is bounded: on
//! a key with many articles it meets those next to it in time and, on one day, those with the same heaviest other key;
//! and the anchors, in which the key weighs most. Work stays linear, and a story that fills half of a collection still
//! hangs together by its anchors.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::Candidate;
use crate::features::shingles::Key;
use crate::runs::{self, Batch, Row};
use crate::statistics::DocId;

/// A key of an article and how much of the article it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weighted {
    /// The key.
    pub key: Key,
    /// Its share, of 65,535; the squares of all shares of an article sum up to 1.
    pub weight: u16,
}

/// What articles are looked for by.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The heaviest keys, the heaviest first.
    pub keys: Vec<Weighted>,
    /// Day of publication, counted from any day; none where it is not known.
    pub day: Option<i32>,
}

/// A key of an article, ordered by key and then so that articles which are likely to belong together are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Posting {
    key: u32,
    /// Of the article; undated ones come last.
    day: u32,
    /// Its heaviest other key.
    other: u32,
    id: u32,
    weight: u16,
}

impl Row for Posting {
    fn key(&self) -> u64 {
        u64::from(self.key) << 32
    }
}

/// Articles on a key up to which each meets all others.
const ALL: usize = 32;
/// Articles that one meets before and behind itself on keys that stand on more.
const NEXT: usize = 10;
/// Articles that each meets besides: those in which the key weighs most.
const ANCHORS: usize = 8;
/// Candidates that one article asks for, at most.
const STRONGEST: usize = 16;
/// Sum of products, of the cosine of the two articles, below which a pair is no candidate.
const LEAST: f64 = 0.02;

/// Postings of a batch.
#[must_use]
pub fn map<'a>(batch: impl Iterator<Item = (DocId, &'a Asked)>) -> Batch<Posting> {
    let mut postings = Vec::new();
    for (id, asked) in batch {
        let first = |i| asked.keys.get(i).map_or(0, |first: &Weighted| first.key.0);
        let day = asked.day.map_or(u32::MAX, |day| day.wrapping_sub(i32::MIN) as u32);
        postings.extend(asked.keys.iter().enumerate().map(|(i, &Weighted { key, weight })| Posting {
            key: key.0,
            day,
            other: first(usize::from(i == 0)),
            id: id.0,
            weight,
        }));
    }
    Batch::new(&postings)
}

/// The postings of all keys that articles share.
#[derive(Debug, Default)]
pub struct Index {
    postings: Vec<Posting>,
    /// Where the postings of each key begin, and behind the last.
    begins: Vec<u32>,
    /// Number of the key of each posting.
    runs: Vec<u32>,
    /// Anchors of the keys with many articles, by number of the key.
    anchors: Vec<Box<[u32]>>,
    /// Places of each article's postings: where they begin, by article, and behind the last.
    of: Vec<u32>,
    places: Vec<u32>,
}

impl Index {
    /// Merges what the batches left, of `articles` articles.
    #[must_use]
    pub fn merge(batches: Vec<Batch<Posting>>, articles: usize) -> Self {
        let postings = runs::recurring(&batches).concat();
        drop(batches);
        let mut begins = vec![0];
        let mut runs = Vec::with_capacity(postings.len());
        for group in runs::groups(&postings) {
            runs.resize(runs.len() + group.len(), begins.len() as u32 - 1);
            begins.push(runs.len() as u32);
        }
        let anchors = begins.par_windows(2).map(|ends| anchors(&postings, ends[0]..ends[1])).collect();
        let mut of = vec![0u32; articles + 1];
        for posting in &postings {
            of[posting.id as usize + 1] += 1;
        }
        for i in 0..articles {
            of[i + 1] += of[i];
        }
        let mut next = of.clone();
        let mut places = vec![0; postings.len()];
        for (place, posting) in postings.iter().enumerate() {
            let next = &mut next[posting.id as usize];
            places[*next as usize] = place as u32;
            *next += 1;
        }
        Self { postings, begins, runs, anchors, of, places }
    }

    /// All candidates, sorted; of the pairs that share keys only those that `may_pair`.
    #[must_use]
    pub fn candidates(&self, may_pair: impl Fn(DocId, DocId) -> bool + Sync) -> Vec<Candidate> {
        let articles = self.of.len() - 1;
        let mut pairs: Vec<Candidate> = (0..articles as u32)
            .into_par_iter()
            .map_init(
                || Room { sums: vec![0; articles], met: Vec::new() },
                |room, id| self.strongest(id, room, &may_pair),
            )
            .flatten_iter()
            .collect();
        pairs.par_sort_unstable();
        pairs.dedup();
        pairs
    }

    fn strongest(&self, id: u32, room: &mut Room, may_pair: &impl Fn(DocId, DocId) -> bool) -> Vec<Candidate> {
        for &place in &self.places[self.of[id as usize] as usize..self.of[id as usize + 1] as usize] {
            self.meet(place, room);
        }
        const UNIT: f64 = (65_535u64 * 65_535 >> SHIFT) as f64;
        let mut found: Vec<(Reverse<u32>, u32)> = Vec::new();
        for other in room.met.drain(..) {
            let sum = std::mem::take(&mut room.sums[other as usize]);
            if f64::from(sum) >= LEAST * UNIT && other != id && may_pair(DocId(id), DocId(other)) {
                found.push((Reverse(sum), other));
            }
        }
        if found.len() > STRONGEST {
            found.select_nth_unstable(STRONGEST);
            found.truncate(STRONGEST);
        }
        let pair = |(_, other): (_, u32)| Candidate { a: DocId(id.min(other)), b: DocId(id.max(other)) };
        found.into_iter().map(pair).collect()
    }

    /// Meets the articles on the key of one posting.
    fn meet(&self, place: u32, room: &mut Room) {
        let run = self.runs[place as usize] as usize;
        let (begin, end) = (self.begins[run] as usize, self.begins[run + 1] as usize);
        let own = u32::from(self.postings[place as usize].weight);
        if end - begin <= ALL {
            return self.postings[begin..end].iter().for_each(|other| room.meet(own, other));
        }
        let place = place as usize;
        let next = begin.max(place.saturating_sub(NEXT))..end.min(place + NEXT + 1);
        self.postings[next.clone()].iter().for_each(|other| room.meet(own, other));
        for &anchor in self.anchors[run].iter().filter(|&&anchor| !next.contains(&(anchor as usize))) {
            room.meet(own, &self.postings[anchor as usize]);
        }
    }
}

/// Bits of a product of two weights that are not summed.
const SHIFT: u32 = 8;

/// What one thread sums up in.
struct Room {
    /// By article.
    sums: Vec<u32>,
    /// Articles with a sum.
    met: Vec<u32>,
}

impl Room {
    fn meet(&mut self, own: u32, other: &Posting) {
        let sum = &mut self.sums[other.id as usize];
        if *sum == 0 {
            self.met.push(other.id);
        }
        // At least one, so that nobody is met for the first time twice.
        *sum = sum.saturating_add((own * u32::from(other.weight) >> SHIFT).max(1));
    }
}

/// Places of the postings with most weight, where the articles are too many to meet all.
fn anchors(postings: &[Posting], range: std::ops::Range<u32>) -> Box<[u32]> {
    if range.len() <= ALL {
        return Box::default();
    }
    let heavy = |place: &u32| (Reverse(postings[*place as usize].weight), postings[*place as usize].id);
    let mut places: Vec<u32> = range.collect();
    places.select_nth_unstable_by_key(ANCHORS, heavy);
    places.truncate(ANCHORS);
    places.sort_unstable();
    places.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(keys: &[u32], day: Option<i32>) -> Asked {
        let weight = (65_535.0 / (keys.len() as f64).sqrt()) as u16;
        Asked { keys: keys.iter().map(|&key| Weighted { key: Key(key << 20), weight }).collect(), day }
    }

    fn candidates(articles: &[Asked]) -> Vec<(u32, u32)> {
        let batches =
            articles.iter().enumerate().map(|(i, asked)| map([(DocId(i as u32), asked)].into_iter())).collect();
        let found = Index::merge(batches, articles.len()).candidates(|_, _| true);
        found.into_iter().map(|pair| (pair.a.0, pair.b.0)).collect()
    }

    #[test]
    fn articles_that_share_heavy_keys_are_candidates() {
        let articles = [asked(&[1, 2, 3], None), asked(&[2, 3, 4], None), asked(&[7, 8, 9], None)];
        assert_eq!(candidates(&articles), [(0, 1)]);
    }

    #[test]
    fn on_a_crowded_key_neighbours_in_time_and_anchors_are_met() {
        let articles: Vec<Asked> = (0..2000).map(|i| asked(&[1, 1000 + i / 2], Some(i as i32 / 2))).collect();
        let found = candidates(&articles);
        assert!(found.len() <= articles.len() * STRONGEST);
        assert!((0..1000).all(|i| found.contains(&(2 * i, 2 * i + 1))));
    }

    #[test]
    fn one_key_on_all_articles_leaves_nobody_alone() {
        let found = candidates(&vec![asked(&[1, 2], None); 1000]);
        let mut seen = vec![false; 1000];
        found.iter().for_each(|&(a, b)| [a, b].into_iter().for_each(|id| seen[id as usize] = true));
        assert!(seen.into_iter().all(|seen| seen));
    }
}
