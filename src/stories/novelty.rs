//! What each version of a story adds: the share of its sentences that no earlier version has.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Story;
use super::topics::Topics;
use super::units::Units;
use crate::collection::Collection;
use crate::document::words::sequence_key;
use crate::features::terms::Term;
use crate::statistics::DocId;

/// Share of what a sentence says, by the weight of its terms, that one earlier sentence has to say for it to be known.
const KNOWN: f32 = 0.6;
/// Earlier sentences, the latest ones, that are looked at for a term: the rarer ones of a sentence lead to its like.
const LATEST: usize = 24;

/// The share of new sentences of each article, by its number: none where it is in no story or has no date, and where no
/// other version has one.
#[must_use]
pub fn novel(collection: &Collection, topics: &Topics, units: &Units, stories: &[Story]) -> Vec<Option<f32>> {
    let shares: Vec<(DocId, f32)> =
        stories.par_iter().flat_map_iter(|story| of_story(collection, topics, units, story)).collect();
    let mut novel = vec![None; collection.entries.len()];
    shares.into_iter().for_each(|(id, share)| novel[id.index()] = Some(share));
    novel
}

fn of_story(collection: &Collection, topics: &Topics, units: &Units, story: &Story) -> Vec<(DocId, f32)> {
    let dated = |&id: &DocId| topics.date(collection, id).map(|date| (date, collection.rank(id), id));
    let mut versions: Vec<_> = story.members.iter().filter_map(dated).collect();
    if versions.len() < 2 {
        return Vec::new();
    }
    versions.sort_unstable();
    let mut told = Told::default();
    let mut waiting: BinaryHeap<Reverse<(i64, usize)>> = BinaryHeap::new();
    let mut shares = Vec::with_capacity(versions.len());
    for (place, &(date, _, id)) in versions.iter().enumerate() {
        // Of two reports of one day, or one second, neither is the earlier.
        while let Some(Reverse((_, earlier))) =
            waiting.peek().copied().filter(|Reverse((end, _))| *end <= date.seconds())
        {
            waiting.pop();
            let earlier = versions[earlier].2;
            sentences(collection, topics, units, earlier).for_each(|sentence| told.add(sentence));
        }
        waiting.push(Reverse((date.seconds().saturating_add(date.vagueness().max(1)), place)));
        let (mut new, mut all) = (0, 0);
        for sentence in sentences(collection, topics, units, id) {
            all += 1;
            new += usize::from(!told.knows(&sentence));
        }
        if all > 0 {
            shares.push((id, new as f32 / all as f32));
        }
    }
    shares
}

/// A sentence as far as it is compared here.
struct Sentence {
    /// Of its words in their order.
    key: u64,
    /// Each once, with its weight.
    terms: Vec<(Term, f32)>,
}

fn sentences<'a>(
    collection: &'a Collection,
    topics: &'a Topics,
    units: &Units,
    id: DocId,
) -> impl Iterator<Item = Sentence> + use<'a> {
    let weights = topics.weights(units.of_article(id));
    collection.document(id).words_by_sentence().map(move |words| {
        let mut terms: Vec<Term> = words.iter().map(|word| collection.vocabulary.term(*word)).collect();
        terms.sort_unstable();
        terms.dedup();
        let terms = terms.into_iter().map(|term| (term, weights.weight(term))).collect();
        Sentence { key: sequence_key(words), terms }
    })
}

/// The sentences of the versions so far.
#[derive(Default)]
struct Told {
    keys: FxHashSet<u64>,
    count: u32,
    /// The latest sentences with each term.
    with: FxHashMap<Term, Vec<u32>>,
}

impl Told {
    fn add(&mut self, sentence: Sentence) {
        if !self.keys.insert(sentence.key) {
            return;
        }
        for (term, _) in sentence.terms {
            let with = self.with.entry(term).or_default();
            if with.len() == 2 * LATEST {
                with.drain(..LATEST);
            }
            with.push(self.count);
        }
        self.count += 1;
    }

    fn knows(&self, sentence: &Sentence) -> bool {
        if self.keys.contains(&sentence.key) {
            return true;
        }
        let all: f32 = sentence.terms.iter().map(|(_, weight)| weight).sum();
        let mut shared: FxHashMap<u32, f32> = FxHashMap::default();
        for (term, weight) in &sentence.terms {
            let with = self.with.get(term).map_or(&[][..], Vec::as_slice);
            for &earlier in &with[with.len().saturating_sub(LATEST)..] {
                *shared.entry(earlier).or_default() += weight;
            }
        }
        all > 0.0 && shared.into_values().any(|shared| shared >= KNOWN * all)
    }
}
