//! Near-duplicates of a collection: the pipeline from statistics to groups.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::candidates::{self, Candidate, Posting, Postings};
use crate::cluster::{self, Edge};
use crate::collection::{Collection, TITLE_TELLS};
use crate::compare::relation::{self, Outlets};
use crate::compare::{Comparer, Judgement, Measures, Relation};
use crate::costs::Costs;
use crate::document::{Fingerprint, Preparer};
use crate::error::{Error, Result};
use crate::features::repeats::{self, Repeats};
use crate::features::shingles;
use crate::runs::Batch;
use crate::statistics::{DocId, OutletKey};
use crate::watch::{Event, Watch};

/// Which pairs count.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Options {
    /// Longest time between two articles, in seconds; articles without a date are compared with all.
    pub window: Option<u64>,
    /// Leaves out pairs inside one outlet.
    pub across_outlets: bool,
    /// Least confidence of a pair, 0 to 1.
    pub min_confidence: f64,
}

/// A pair that stands in a relation. `a` is the article whose id sorts first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// One article.
    pub a: DocId,
    /// The other.
    pub b: DocId,
    /// How they stand to each other.
    pub judgement: Judgement,
    /// What that rests on, counted on `a` and on `b`.
    pub measures: Measures,
    /// How much they are about the same, 0 to 1, where that was asked.
    pub similarity: Option<f64>,
}

/// Articles that are one text.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The fullest of them: most words of the story, then the earliest.
    pub representative: DocId,
    /// All of them with the share of each that stands in the representative, in the order of their ids.
    pub members: Vec<(DocId, f64)>,
}

/// Near-duplicates and overlaps of a collection.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// Groups of two or more, in the order of their first members.
    pub groups: Vec<Group>,
    /// Pairs of articles that differ, in the order of their ids. Exact copies are not among them.
    pub pairs: Vec<Pair>,
    /// Pairs that were compared.
    pub compared: u64,
    /// Different lines set aside as boilerplate of an outlet.
    pub boilerplate_lines: u64,
}

impl Duplicates {
    /// Number of each article's group, by number of the article; none where it is in no group.
    #[must_use]
    pub fn group_of(&self, collection: &Collection) -> Vec<Option<u32>> {
        let mut of = vec![None; collection.entries.len()];
        for (number, group) in (0..).zip(&self.groups) {
            group.members.iter().for_each(|(id, _)| of[id.index()] = Some(number));
        }
        of
    }
}

/// Finds the near-duplicates of a collection; sets boilerplate aside in its documents.
///
/// # Errors
/// Where the user stops the run.
pub fn find(collection: &mut Collection, options: Options, costs: &mut Costs, watch: &Watch<'_>) -> Result<Duplicates> {
    let stage = |name: &'static str| {
        watch.tell(Event::Stage(name));
        if watch.is_stopped() { Err(Error::Interrupted) } else { Ok(name) }
    };
    let copies = costs.stage(stage("copies")?, || Copies::of(collection, options));
    let boilerplate_lines = costs.stage(stage("statistics")?, || collection.set_boilerplate_aside());
    let mut wording = costs.stage(stage("features")?, || Wording::of(collection, &copies));
    let candidates = costs.stage(stage("candidates")?, || {
        let mut candidates = wording.candidates();
        candidates.retain(|pair| copies.may_pair(collection, options, *pair));
        candidates
    });
    watch.tell(Event::Pairs(candidates.len() as u64));
    let pairs = costs.stage(stage("compare")?, || {
        mark_repeats(collection, &candidates);
        verified(collection, &wording, &candidates, options, watch)
    });
    drop(wording);
    let cluster = stage("cluster")?;
    let groups = costs.stage(cluster, || groups(collection, &copies, &pairs));
    if watch.is_stopped() {
        return Err(Error::Interrupted);
    }
    Ok(Duplicates { groups, pairs, compared: candidates.len() as u64, boilerplate_lines })
}

/// Exact copies: each set of articles with the same words has a leader, which alone is compared with others.
struct Copies {
    /// Every set, the leader first; sets of one included.
    sets: Vec<Vec<DocId>>,
    /// The outlet of each set by its leader, where all its articles are of one that is known.
    outlets: FxHashMap<DocId, OutletKey>,
}

impl Copies {
    fn of(collection: &Collection, options: Options) -> Self {
        let mut by_text: Vec<(Fingerprint, bool, i64, u32, DocId)> = collection
            .ids()
            .map(|id| {
                let entry = collection.entry(id);
                let date = entry.date.map(|date| date.seconds());
                (collection.document(id).fingerprint, date.is_none(), date.unwrap_or(0), collection.rank(id), id)
            })
            .collect();
        by_text.par_sort_unstable();
        let mut sets: Vec<Vec<DocId>> = Vec::new();
        let mut last: Option<(Fingerprint, DocId)> = None;
        for (text, _, _, _, id) in by_text {
            match (last, sets.last_mut()) {
                (Some((before, earlier)), Some(set)) if before == text && is_near(collection, options, earlier, id) => {
                    set.push(id);
                }
                _ => sets.push(vec![id]),
            }
            last = Some((text, id));
        }
        let one_outlet = |set: &Vec<DocId>| {
            let outlet = collection.entry(set[0]).outlet_key;
            let same = outlet != OutletKey::UNKNOWN && set.iter().all(|&id| collection.entry(id).outlet_key == outlet);
            same.then_some((set[0], outlet))
        };
        let outlets =
            if options.across_outlets { sets.iter().filter_map(one_outlet).collect() } else { FxHashMap::default() };
        Self { sets, outlets }
    }

    fn leaders(&self) -> impl Iterator<Item = DocId> {
        self.sets.iter().map(|set| set[0])
    }

    fn may_pair(&self, collection: &Collection, options: Options, pair: Candidate) -> bool {
        let inside = self.outlets.get(&pair.a).is_some_and(|outlet| self.outlets.get(&pair.b) == Some(outlet));
        !inside && is_near(collection, options, pair.a, pair.b)
    }
}

/// Whether two articles lie close enough in time, as far as their dates tell.
pub(crate) fn is_near(collection: &Collection, options: Options, a: DocId, b: DocId) -> bool {
    let (Some(window), Some(a), Some(b)) = (options.window, collection.entry(a).date, collection.entry(b).date) else {
        return true;
    };
    let open = a.vagueness().max(b.vagueness()) as u64;
    a.seconds().abs_diff(b.seconds()) <= window.saturating_add(open)
}

/// Work for one thread at a time.
const BATCH: usize = 1024;

/// Who has which keys, of all articles that are compared.
struct Wording {
    /// Number of the keys of each article; those that are led by another have none.
    keys: Vec<u32>,
    batches: Vec<Batch<Posting>>,
    postings: Postings,
}

impl Wording {
    fn of(collection: &Collection, copies: &Copies) -> Self {
        let mut is_leader = vec![false; collection.entries.len()];
        copies.leaders().for_each(|id| is_leader[id.index()] = true);
        let ids: Vec<DocId> = collection.ids().collect();
        let (keys, batches): (Vec<Vec<u32>>, Vec<Batch<Posting>>) = ids
            .par_chunks(BATCH)
            .map(|batch| {
                let mut counts = Vec::with_capacity(batch.len());
                let keys = batch.iter().map(|&id| {
                    let leads = is_leader[id.index()];
                    let keys = if leads { shingles::keys(&collection.document(id).words) } else { Vec::new() };
                    counts.push(keys.len() as u32);
                    (id, keys)
                });
                let postings = candidates::map(keys);
                (counts, postings)
            })
            .unzip();
        Self { keys: keys.concat(), batches, postings: Postings::default() }
    }

    fn candidates(&mut self) -> Vec<Candidate> {
        self.postings = Postings::merge(std::mem::take(&mut self.batches));
        self.postings.candidates(|id| self.keys[id.index()] as usize)
    }

    /// Keys that two articles of one outlet share with no third article of it.
    fn exclusive_keys(&self, collection: &Collection, a: DocId, b: DocId) -> usize {
        let outlet = collection.entry(a).outlet_key;
        let [a, b] = [a, b].map(|id| shingles::keys(&collection.document(id).words));
        let of_outlet = |key| self.postings.with(key).filter(|&id| collection.entry(id).outlet_key == outlet);
        let shared = a.iter().filter(|key| b.binary_search(key).is_ok());
        shared.filter(|&&key| of_outlet(key).nth(2).is_none()).count()
    }
}

/// Marks repeated runs in the articles that will be compared.
fn mark_repeats(collection: &mut Collection, candidates: &[Candidate]) {
    let mut is_compared = vec![false; collection.entries.len()];
    for pair in candidates {
        is_compared[pair.a.index()] = true;
        is_compared[pair.b.index()] = true;
    }
    let compared = collection.documents.par_iter_mut().zip(is_compared).filter(|(_, compared)| *compared);
    compared.for_each_init(Repeats::default, |room, (document, _)| repeats::mark_repeats(&mut document.words, room));
}

/// Compares all candidates and keeps those that stand in a relation, in the order of their ids.
fn verified(
    collection: &Collection,
    wording: &Wording,
    candidates: &[Candidate],
    options: Options,
    watch: &Watch<'_>,
) -> Vec<Pair> {
    let by_first: Vec<&[Candidate]> = candidates.chunk_by(|x, y| x.a == y.a).collect();
    let mut pairs: Vec<Pair> = by_first
        .into_par_iter()
        .map_init(Comparer::default, |comparer, pairs| {
            if watch.is_stopped() {
                return Vec::new();
            }
            let a = &collection.document(pairs[0].a).words;
            comparer.load(a);
            let found: Vec<Pair> = pairs
                .iter()
                .filter_map(|pair| {
                    let b = &collection.document(pair.b).words;
                    let measures = comparer.against(a, b);
                    let judgement = relation::judge(&measures, outlets(collection, pair.a, pair.b), comparer, a, b)?;
                    Some(in_order(collection, Pair { a: pair.a, b: pair.b, judgement, measures, similarity: None }))
                })
                .filter(|pair| pair.judgement.confidence >= options.min_confidence)
                .filter(|pair| pair.judgement.relation != Relation::Overlap || is_reporting(collection, wording, pair))
                .filter(|pair| titles_allow(collection, pair))
                .collect();
            watch.tell(Event::Compared(pairs.len() as u64));
            found
        })
        .flatten_iter()
        .collect();
    pairs.par_sort_unstable_by_key(|pair| (collection.rank(pair.a), collection.rank(pair.b)));
    pairs
}

/// Whether two articles of a few words have one title, as far as both have one: under different titles such a text is a
/// caption or a credit line, and not one article twice.
fn titles_allow(collection: &Collection, pair: &Pair) -> bool {
    let is_short = |id: DocId| collection.document(id).words.len() < TITLE_TELLS;
    let title = |id: DocId| collection.entry(id).title.as_deref();
    match (title(pair.a), title(pair.b)) {
        (Some(a), Some(b)) if is_short(pair.a) || is_short(pair.b) => {
            let mut preparer = Preparer::default();
            preparer.prepare(a).fingerprint == preparer.prepare(b).fingerprint
        }
        _ => true,
    }
}

/// Keys that an overlap inside one outlet must have to itself, about 60 words: what recurs in a third article of the
/// outlet is a notice, a biography or a block of teasers of the site, and no reporting on one matter.
const EXCLUSIVE_KEYS: usize = 7;

/// Whether an overlap is more than a block of an outlet's pages.
fn is_reporting(collection: &Collection, wording: &Wording, pair: &Pair) -> bool {
    outlets(collection, pair.a, pair.b) == Outlets::Different
        || wording.exclusive_keys(collection, pair.a, pair.b) >= EXCLUSIVE_KEYS
}

fn outlets(collection: &Collection, a: DocId, b: DocId) -> Outlets {
    let [a, b] = [a, b].map(|id| collection.entry(id).outlet_key);
    if a == b && a != OutletKey::UNKNOWN { Outlets::Same } else { Outlets::Different }
}

/// The pair with the lesser id first.
fn in_order(collection: &Collection, pair: Pair) -> Pair {
    if in_rank_order(collection, pair.a, pair.b) == (pair.a, pair.b) {
        return pair;
    }
    let measures = Measures { a: pair.measures.b, b: pair.measures.a, ..pair.measures };
    Pair { a: pair.b, b: pair.a, measures, ..pair }
}

pub(crate) fn in_rank_order(collection: &Collection, a: DocId, b: DocId) -> (DocId, DocId) {
    if collection.rank(a) <= collection.rank(b) { (a, b) } else { (b, a) }
}

/// Integer strength of a pair for the order of joining: what the fuller side shares, in hundredths of a percent.
fn strength(measures: &Measures) -> u32 {
    (10_000.0 * measures.a.containment().max(measures.b.containment())) as u32
}

fn groups(collection: &Collection, copies: &Copies, pairs: &[Pair]) -> Vec<Group> {
    let edges: Vec<Edge> = pairs
        .iter()
        .filter(|pair| pair.judgement.relation == Relation::NearDuplicate)
        .map(|pair| Edge { a: pair.a.min(pair.b), b: pair.a.max(pair.b), strength: strength(&pair.measures) })
        .collect();
    let joined = cluster::groups(&edges, || {
        let mut comparer = Comparer::default();
        move |a: DocId, b: DocId| {
            let measures = comparer.compare(&collection.document(a).words, &collection.document(b).words);
            relation::may_share_group(&measures)
        }
    });
    let mut copies_of: FxHashMap<DocId, &[DocId]> = copies.sets.iter().map(|set| (set[0], set.as_slice())).collect();
    let mut members: Vec<Vec<DocId>> = joined
        .into_iter()
        .map(|leaders| {
            leaders.into_iter().flat_map(|leader| copies_of.remove(&leader).unwrap_or_default()).copied().collect()
        })
        .collect();
    // Pages of nothing but boilerplate are alike, and no article is told twice by them.
    let copied = |(leader, set): &(DocId, &[DocId])| {
        set.len() > 1 && !copies.outlets.contains_key(leader) && !collection.document(*leader).words.is_empty()
    };
    members.extend(copies_of.into_iter().filter(copied).map(|(_, set)| set.to_vec()));
    let mut groups: Vec<Group> = members
        .into_par_iter()
        .map_init(Comparer::default, |comparer, ids| group(collection, pairs, ids, comparer))
        .collect();
    groups.par_sort_unstable_by_key(|group| collection.rank(group.members[0].0));
    groups
}

fn group(collection: &Collection, pairs: &[Pair], mut ids: Vec<DocId>, comparer: &mut Comparer) -> Group {
    ids.sort_unstable_by_key(|&id| collection.rank(id));
    let fullest = |&id: &DocId| {
        let entry = collection.entry(id);
        let words = collection.document(id).words.len();
        (std::cmp::Reverse(words), entry.date.is_none(), entry.date, collection.rank(id))
    };
    let representative = ids.iter().copied().min_by_key(fullest).unwrap_or(ids[0]);
    let whole = collection.document(representative);
    let mut share_of = |id: DocId| {
        let (a, b) = in_rank_order(collection, id, representative);
        let ranks = |pair: &Pair| (collection.rank(pair.a), collection.rank(pair.b));
        match pairs.binary_search_by_key(&(collection.rank(a), collection.rank(b)), ranks) {
            Ok(known) if a == id => pairs[known].measures.a.containment(),
            Ok(known) => pairs[known].measures.b.containment(),
            Err(_) => comparer.compare(&whole.words, &collection.document(id).words).b.containment(),
        }
    };
    let members = ids
        .into_iter()
        .map(|id| {
            let document = collection.document(id);
            let share = if document.fingerprint == whole.fingerprint { 1.0 } else { share_of(id) };
            (id, share)
        })
        .collect();
    Group { representative, members }
}
