//! Who might be of one story: articles that share keys which weigh much in both.
//!
//! Where wording finds near-duplicates, a key is on both or it is not; what a story is found by is spread over names,
//! numbers and rare words, each of which strangers share too. So every article asks the postings of its keys, the
//! products of the weights are summed, and only the strongest few go on. What an article asks of one key is bounded: on
//! a key with many articles it meets those next to it in time and, on one day, those with the same heaviest other key;
//! and the anchors, in which the key weighs most. Two crowded keys together are a key of their own, which is less crowded.
//! Work stays linear, and a story that fills half of a collection still hangs together by its anchors.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::Candidate;
use crate::features::shingles::Key;
use crate::runs::{self, Batch, Row};
use crate::statistics::DocId;

/// A key of an article and how much of the article it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Pairs of the heaviest among those that stand on many articles: on both together stand few.
    pub pairs: Vec<Weighted>,
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
pub const ALL: usize = 32;
/// Articles that one meets before and behind itself on keys that stand on more.
const NEXT: usize = 12;
/// Articles that each meets besides: those in which the key weighs most.
const ANCHORS: usize = 8;
/// Articles met of which the whole sums are asked for, those with the largest sums so far.
const MET: usize = 192;
/// Candidates that one article asks for, at most.
const STRONGEST: usize = 40;
/// Sum, as a share of that of an article with itself, below which a pair is no candidate.
const LEAST: f64 = 0.04;

/// Postings of a batch.
#[must_use]
pub fn map<'a>(batch: impl Iterator<Item = (DocId, &'a Asked)>) -> Batch<Posting> {
    let mut postings = Vec::new();
    for (id, asked) in batch {
        let first = |i| asked.keys.get(i).map_or(0, |first: &Weighted| first.key.0);
        let day = asked.day.map_or(u32::MAX, |day| day.wrapping_sub(i32::MIN) as u32);
        let keys = asked.keys.iter().chain(&asked.pairs).enumerate();
        postings.extend(keys.map(|(i, &Weighted { key, weight })| Posting {
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
    /// The keys of each article without pairs, rising.
    vectors: Vec<Box<[Weighted]>>,
}

impl Index {
    /// Merges what the batches left; `vectors` has the keys of each article without pairs, rising.
    #[must_use]
    pub fn merge(batches: Vec<Batch<Posting>>, vectors: Vec<Box<[Weighted]>>) -> Self {
        let articles = vectors.len();
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
        Self { postings, begins, runs, anchors, of, places, vectors }
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
        for &place in self.places_of(id) {
            self.meet(place, room);
        }
        let mut met: Vec<(Reverse<u32>, u32)> = Vec::with_capacity(room.met.len());
        for other in room.met.drain(..) {
            let sum = std::mem::take(&mut room.sums[other as usize]);
            if other != id && may_pair(DocId(id), DocId(other)) {
                met.push((Reverse(sum), other));
            }
        }
        keep_least(&mut met, MET);
        // The articles met on a crowded key are but some of those that share it: now each sum is made whole.
        let least = (LEAST * f64::from(WHOLE)) as u32;
        for (sum, other) in &mut met {
            *sum = Reverse(self.product(id, *other));
        }
        met.retain(|(sum, _)| sum.0 >= least);
        keep_least(&mut met, STRONGEST);
        let pair = |(_, other): (_, u32)| Candidate { a: DocId(id.min(other)), b: DocId(id.max(other)) };
        met.into_iter().map(pair).collect()
    }

    /// Places of the postings of an article, in the order of their keys.
    fn places_of(&self, id: u32) -> &[u32] {
        &self.places[self.of[id as usize] as usize..self.of[id as usize + 1] as usize]
    }

    /// Sum of the products of the weights on all keys that two articles share.
    fn product(&self, a: u32, b: u32) -> u32 {
        let (mut a, mut b) = (&self.vectors[a as usize][..], &self.vectors[b as usize][..]);
        let mut sum = 0u32;
        while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
            match x.key.cmp(&y.key) {
                std::cmp::Ordering::Less => a = rest_a,
                std::cmp::Ordering::Greater => b = rest_b,
                std::cmp::Ordering::Equal => {
                    sum = sum.saturating_add((u32::from(x.weight) * u32::from(y.weight)) >> SHIFT);
                    (a, b) = (rest_a, rest_b);
                }
            }
        }
        sum
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
/// The product of an article with itself.
const WHOLE: u32 = ((65_535u64 * 65_535) >> SHIFT) as u32;

/// Keeps the `most` least, in any order.
fn keep_least<T: Ord>(of: &mut Vec<T>, most: usize) {
    if of.len() > most {
        of.select_nth_unstable(most);
        of.truncate(most);
    }
}

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
        *sum = sum.saturating_add(((own * u32::from(other.weight)) >> SHIFT).max(1));
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
        let keys = keys.iter().map(|&key| Weighted { key: Key(key << 20), weight }).collect();
        Asked { keys, pairs: Vec::new(), day }
    }

    fn candidates(articles: &[Asked]) -> Vec<(u32, u32)> {
        let batches =
            articles.iter().enumerate().map(|(i, asked)| map([(DocId(i as u32), asked)].into_iter())).collect();
        let vectors = articles.iter().map(|asked| asked.keys.clone().into_boxed_slice()).collect();
        let found = Index::merge(batches, vectors).candidates(|_, _| true);
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
