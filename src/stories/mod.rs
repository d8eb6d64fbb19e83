//! Stories of a collection: the articles on one event, however they word it. From documents to stories, in one call.
//!
//! Near-duplicates are found before ([`crate::duplicates`]) and stand as one [`unit`](units): one of them is compared,
//! the others follow it. What a unit is about is told by its weighted terms ([`topics`]); units that share the heaviest
//! are candidates ([`crate::candidates::ranked`]), each pair gets a probability ([`crate::compare::articles`]), and
//! clusters are grown from these ([`crate::cluster::stories`]). What the user decided ([`decisions`]) comes before what
//! was computed.

pub mod decisions;
pub mod novelty;
pub mod sources;
pub mod topics;
pub mod units;

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::article::Date;
use crate::candidates::Candidate;
use crate::cluster::stories::{self as linkage, Edge};
use crate::collection::Collection;
use crate::compare::relation::is_look_alike;
use crate::compare::{Comparer, Judgement, Relation};
use crate::costs::Costs;
use crate::duplicates::{Duplicates, Options, Pair, in_rank_order, is_near};
use crate::error::{Error, Result};
use crate::statistics::{DocId, OutletKey};
use crate::watch::{Event, Watch};
use decisions::Decisions;
use topics::Topics;
use units::Units;

/// Articles on one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// All of them, in the order of their ids.
    pub members: Vec<DocId>,
    /// The one that is most like the others.
    pub representative: DocId,
    /// Texts among them: near-duplicates are one.
    pub texts: u32,
    /// Groups of near-duplicates among them.
    pub duplicate_groups: u32,
    /// Sources that do not depend on each other, as far as credits, outlets and wording tell.
    pub independent_sources: u32,
    /// Dates of the first and the last, as far as they are known and possible.
    pub dates: Option<(Date, Date)>,
    /// How sure the least sure of them belongs to the others, 0 to 1.
    pub min_confidence: f64,
}

/// Stories of a collection.
#[derive(Debug, Default)]
pub struct Stories {
    /// Stories of two or more, in the order of their first members.
    pub stories: Vec<Story>,
    /// Pairs of articles of one story that differ in wording, in the order of their ids.
    pub pairs: Vec<Pair>,
    /// Pairs that were compared.
    pub compared: u64,
    /// Share of new sentences, by article.
    novel: Vec<Option<f32>>,
}

impl Stories {
    /// Share of an article's sentences that no earlier version of its story has, 0 to 1; none where it is in no story,
    /// or where it is not known which versions are earlier.
    #[must_use]
    pub fn novel(&self, id: DocId) -> Option<f64> {
        self.novel.get(id.index()).copied().flatten().map(f64::from)
    }
}

/// Pairs with a probability below this are forgotten: hardly any question is saved by them.
const KEPT: f32 = 0.05;
/// Likeness from which two articles of one story are one original in other words.
const REWRITE: f32 = 0.8;
/// Score from which it is asked whether a pair is two reports from one form; weaker pairs join nothing.
const LOOKED_AT: f32 = 0.3;
/// Score from which a pair is reported.
const LIKELY: f32 = 0.5;
/// Pairs of an article that are reported, at most.
const REPORTED: usize = 8;

/// Finds the stories of a collection that was read with [`crate::collection::Keep::stories`] and of which the
/// near-duplicates are known.
///
/// # Errors
/// Where the user stops the run.
pub fn find(
    collection: &Collection,
    duplicates: &Duplicates,
    options: Options,
    decisions: &Decisions,
    costs: &mut Costs,
    watch: &Watch<'_>,
) -> Result<Stories> {
    let stage = |name: &'static str| {
        watch.tell(Event::Stage(name));
        if watch.is_stopped() { Err(Error::Interrupted) } else { Ok(name) }
    };
    let topics = stage("topics")?;
    let (units, topics) = costs.stage(topics, || {
        let units = Units::of(collection, duplicates, decisions);
        let topics = Topics::of(collection, &units);
        (units, topics)
    });
    let candidates = costs.stage(stage("story candidates")?, || {
        let may_pair = |a: DocId, b: DocId| may_pair(collection, options, units.leader(a), units.leader(b));
        topics.candidates(may_pair)
    });
    watch.tell(Event::Pairs(candidates.len() as u64));
    let likely = Likely { collection, units: &units, topics: &topics, comparers: Mutex::default() };
    let edges = costs.stage(stage("story pairs")?, || edges(&likely, &candidates, options, watch));
    let cluster = stage("stories")?;
    let found = costs.stage(cluster, || {
        let joined = joined(&likely, decisions, edges.clone());
        let stories = stories(collection, duplicates, &units, &topics, &joined);
        let pairs = reported(collection, duplicates, &units, &topics, &joined, &edges);
        let novel = novelty::novel(collection, &topics, &units, &stories);
        Stories { stories, pairs, compared: candidates.len() as u64, novel }
    });
    if watch.is_stopped() { Err(Error::Interrupted) } else { Ok(found) }
}

fn may_pair(collection: &Collection, options: Options, a: DocId, b: DocId) -> bool {
    // Asked of very many pairs, mostly without need.
    if options.window.is_none() && !options.across_outlets {
        return true;
    }
    let outlet = collection.entry(a).outlet_key;
    let inside = outlet != OutletKey::UNKNOWN && outlet == collection.entry(b).outlet_key;
    !(options.across_outlets && inside) && is_near(collection, options, a, b)
}

/// Tells how likely two units are one story.
struct Likely<'a> {
    collection: &'a Collection,
    units: &'a Units,
    topics: &'a Topics,
    /// Those that no thread is using.
    comparers: Mutex<Vec<Comparer>>,
}

impl Likely<'_> {
    /// How likely two units are one story, 0 to 1: by what they are about, unless they are two reports from one form.
    fn score(&self, a: DocId, b: DocId) -> f32 {
        let score = self.topics.same_event(a, b);
        if score >= LOOKED_AT && self.are_look_alikes(a, b) { 0.0 } else { score }
    }

    fn are_look_alikes(&self, a: DocId, b: DocId) -> bool {
        let free = || self.comparers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut comparer = free().pop().unwrap_or_default();
        let [a, b] = [a, b].map(|unit| &self.collection.document(self.units.leader(unit)).words);
        let measures = comparer.compare(a, b);
        free().push(comparer);
        is_look_alike(&measures)
    }
}

/// The candidates with how likely they are one story.
fn edges(likely: &Likely<'_>, candidates: &[Candidate], options: Options, watch: &Watch<'_>) -> Vec<Edge> {
    let least = KEPT.max(options.min_confidence as f32);
    let scored = |pairs: &[Candidate]| {
        if watch.is_stopped() {
            return Vec::new();
        }
        watch.tell(Event::Compared(pairs.len() as u64));
        let edge = |pair: &Candidate| Edge { a: pair.a, b: pair.b, score: likely.score(pair.a, pair.b) };
        pairs.iter().map(edge).filter(|edge| edge.score >= least).collect()
    };
    candidates.par_chunks(256).flat_map_iter(scored).collect()
}

/// The units of each story, as far as there are two or more.
fn joined(likely: &Likely<'_>, decisions: &Decisions, mut edges: Vec<Edge>) -> Vec<Vec<DocId>> {
    let decided = decisions.between(likely.units);
    let score = |a: DocId, b: DocId| decided.score(a, b, |a, b| likely.score(a, b));
    edges
        .iter_mut()
        .filter(|edge| decided.bears_on(edge.a, edge.b))
        .for_each(|edge| edge.score = score(edge.a, edge.b));
    edges.extend(decided.edges());
    decided.separated(linkage::stories(&edges, |unit| likely.units.unit(unit).members.len() > 1, score), score)
}

fn stories(
    collection: &Collection,
    duplicates: &Duplicates,
    units: &Units,
    topics: &Topics,
    joined: &[Vec<DocId>],
) -> Vec<Story> {
    let mut is_joined = vec![false; units.len()];
    joined.iter().flatten().for_each(|unit| is_joined[unit.index()] = true);
    let alone: Vec<[DocId; 1]> = units.ids().filter(|unit| !is_joined[unit.index()]).map(|unit| [unit]).collect();
    let alone = alone.par_iter().map(|unit| unit.as_slice()).filter(|unit| units.unit(unit[0]).members.len() > 1);
    let groups = duplicates.group_of(collection);
    let story = |of: &[DocId]| {
        let mut members: Vec<DocId> = of.iter().flat_map(|&unit| &units.unit(unit).members).copied().collect();
        members.sort_unstable_by_key(|&id| collection.rank(id));
        let (centre, min_confidence) = centre(topics, of);
        let mut groups: Vec<u32> = members.iter().filter_map(|id| groups[id.index()]).collect();
        groups.sort_unstable();
        groups.dedup();
        let dates = || members.iter().filter_map(|&id| topics.date(collection, id));
        Story {
            dates: dates().min().zip(dates().max()),
            representative: units.leader(centre),
            texts: of.len() as u32,
            duplicate_groups: groups.len() as u32,
            independent_sources: sources::independent(collection, units, of),
            min_confidence,
            members,
        }
    };
    let mut stories: Vec<Story> = joined.par_iter().map(Vec::as_slice).chain(alone).map(story).collect();
    stories.par_sort_unstable_by_key(|story| collection.rank(story.members[0]));
    stories
}

/// Units that are looked at for which of them is most like the others.
const SAMPLE: usize = 12;

/// The unit that is most like the others, and how sure the least sure one belongs to them.
fn centre(topics: &Topics, units: &[DocId]) -> (DocId, f64) {
    let Some((&first, rest)) = units.split_first() else { return (DocId(0), 0.0) };
    if rest.is_empty() {
        return (first, 1.0);
    }
    let sample = &units[..units.len().min(SAMPLE)];
    let mean = |unit: DocId| {
        let others = sample.iter().filter(|&&other| other != unit);
        let (sum, count) =
            others.fold((0.0, 0), |(sum, count), &other| (sum + f64::from(topics.same_event(unit, other)), count + 1));
        sum / f64::from(count.max(1))
    };
    let means: Vec<(f64, DocId)> = units.iter().map(|&unit| (mean(unit), unit)).collect();
    let best = means.iter().copied().reduce(|best, next| if next.0 > best.0 { next } else { best });
    let least = means.iter().map(|(mean, _)| *mean).fold(1.0, f64::min);
    (best.map_or(first, |(_, unit)| unit), least)
}

/// Pairs of units of one story, the strongest of each unit, in the order of the ids.
fn reported(
    collection: &Collection,
    duplicates: &Duplicates,
    units: &Units,
    topics: &Topics,
    joined: &[Vec<DocId>],
    edges: &[Edge],
) -> Vec<Pair> {
    let mut story_of: FxHashMap<DocId, usize> = FxHashMap::default();
    for (number, story) in joined.iter().enumerate() {
        story_of.extend(story.iter().map(|&unit| (unit, number)));
    }
    let inside = |edge: &&Edge| {
        edge.score >= LIKELY && story_of.get(&edge.a).is_some_and(|story| story_of.get(&edge.b) == Some(story))
    };
    let mut inside: Vec<Edge> = edges.iter().filter(inside).copied().collect();
    inside.par_sort_unstable_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    let mut room = vec![REPORTED; units.len()];
    inside.retain(|edge| {
        let wanted = room[edge.a.index()] > 0 || room[edge.b.index()] > 0;
        for unit in [edge.a, edge.b] {
            room[unit.index()] = room[unit.index()].saturating_sub(1);
        }
        wanted
    });
    let pair = |comparer: &mut Comparer, edge: Edge| {
        let (a, b) = in_rank_order(collection, units.leader(edge.a), units.leader(edge.b));
        let measures = comparer.compare(&collection.document(a).words, &collection.document(b).words);
        let likeness = topics.likeness(edge.a, edge.b);
        let relation = if likeness >= REWRITE { Relation::Rewrite } else { Relation::SameEvent };
        let judgement = Judgement { relation, confidence: f64::from(edge.score) };
        Pair { a, b, judgement, measures, similarity: Some(f64::from(likeness)) }
    };
    let mut pairs: Vec<Pair> = inside.into_par_iter().map_init(Comparer::default, pair).collect();
    let ranks = |pair: &Pair| (collection.rank(pair.a), collection.rank(pair.b));
    pairs.retain(|pair| duplicates.pairs.binary_search_by_key(&ranks(pair), ranks).is_err());
    pairs.par_sort_unstable_by_key(ranks);
    pairs
}
