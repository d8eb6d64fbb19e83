//! Stories from pairs of articles, by average linkage: two groups are one story if their members are, on average.
//!
//! Single linkage swallows a topic through its bridges. Here the two groups that belong together most are joined first,
//! and pairs that no search found are asked for, so that what is missing among the pairs does not count as likeness
//! (UPGMA, Sokal and Michener 1958, on a sparse graph). Of large groups a sample of members stands for all, chosen by
//! number, and means are brought up to date only where they decide: the work is near-linear in the number of pairs.
//!
//! What a pair says depends on what else there is. An article with a version that is much liker to it than this one has
//! its story elsewhere: so from the evidence of a pair is taken a part of what the nearest neighbours of both have more (a
//! kind of local scaling, as Zelnik-Manor and Perona 2004). And where a great many articles are like it, as all short
//! texts on the politics of one country are, being like it says less: the crowd around both is taken from the evidence,
//! too (as cross-domain similarity local scaling does, Conneau and others 2018).
//! Each connected component is worked on by itself, in a total order: the result depends on the pairs alone.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::statistics::DocId;

/// A pair of articles and how sure it is that they report one event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// One article.
    pub a: DocId,
    /// The other.
    pub b: DocId,
    /// Probability that they belong to one story, 0 to 1.
    pub score: f32,
}

/// Mean evidence of the pairs of two groups from which they are one story.
const CUT: f32 = -0.5;
/// Part of what the nearest neighbours of two articles have more than the pair that is taken from its evidence.
const ELSEWHERE: f32 = 0.5;
/// Evidence up to which a neighbour is one report among others; beyond, the same report in other words.
const REWORDED: f32 = 2.0;
/// Evidence that counts as that of the nearest neighbour of an article that stands for near-duplicates of it, too.
const COPY: f32 = 6.0;
/// The neighbour, from the nearest, that tells how crowded it is around an article: farther than most stories are large.
const CROWD: usize = 32;
/// Evidence of that neighbour from which it is crowded, and up to which that counts: the articles of a story larger than
/// that must not drive each other out.
const CROWDED: (f32, f32) = (-3.0, -1.0);
/// Part of it that is taken from the evidence of a pair.
const BY_CROWD: f32 = 0.8;
/// Members of each of two groups that are compared before the groups are joined, at most.
const SAMPLE: usize = 5;

/// Stories of two or more, each sorted, in the order of their first members. `score` tells the score of any other pair;
/// it must be the same for any order of the two and in the same measure as that of the edges, which name each pair at
/// most once. Also weak edges are of use: they save a question, and tell of neighbours. A score below 0 or above 1 is
/// a decision and taken as it is. `has_copies` tells the articles that stand for near-duplicates of them.
#[must_use]
pub fn stories(
    edges: &[Edge],
    has_copies: impl Fn(DocId) -> bool,
    score: impl Fn(DocId, DocId) -> f32 + Sync,
) -> Vec<Vec<DocId>> {
    let context = Context::new(edges, has_copies);
    let weighed = edges.par_iter().filter(|edge| edge.a != edge.b);
    let weighed = weighed.map(|&Edge { a, b, score }| Edge { a, b, score: context.evidence(a, b, score) }).collect();
    let evidence = |a: DocId, b: DocId| context.evidence(a, b, score(a, b));
    let mut stories: Vec<Vec<DocId>> =
        components(weighed).into_par_iter().flat_map_iter(|edges| Linkage::new(edges, &evidence).join()).collect();
    stories.sort_unstable();
    stories
}

/// What else there is for each article.
struct Context {
    of: FxHashMap<DocId, Surroundings>,
}

/// What is around an article.
#[derive(Debug, Clone, Copy, Default)]
struct Surroundings {
    /// Evidence of its nearest neighbour.
    nearest: f32,
    /// What the crowd around it takes from each pair.
    crowd: f32,
}

impl Context {
    fn new(edges: &[Edge], has_copies: impl Fn(DocId) -> bool) -> Self {
        let mut evidence: FxHashMap<DocId, Vec<f32>> = FxHashMap::default();
        for edge in edges.iter().filter(|edge| is_probability(edge.score)) {
            for id in [edge.a, edge.b] {
                evidence.entry(id).or_default().push(own_evidence(edge.score));
            }
        }
        let of = evidence.into_iter().map(|(id, own)| (id, Surroundings::new(own, has_copies(id)))).collect();
        Self { of }
    }

    /// Evidence that two articles are of one story: their own, less what each has elsewhere and the crowd around both.
    fn evidence(&self, a: DocId, b: DocId, score: f32) -> f32 {
        if !is_probability(score) {
            return score;
        }
        let own = own_evidence(score);
        let around = |id| {
            let Surroundings { nearest, crowd } = self.of.get(&id).copied().unwrap_or_default();
            ELSEWHERE * (nearest - own.max(REWORDED)).max(0.0) + crowd
        };
        let (a, b) = (a.min(b), a.max(b));
        own - (around(a) + around(b)) / 2.0
    }
}

impl Surroundings {
    fn new(mut neighbours: Vec<f32>, has_copies: bool) -> Self {
        neighbours.sort_unstable_by(|x, y| y.total_cmp(x));
        let copy = if has_copies { COPY } else { 0.0 };
        let (none, most) = CROWDED;
        let crowd = neighbours.get(CROWD - 1).map_or(0.0, |one| BY_CROWD * (one.clamp(none, most) - none));
        Self { nearest: neighbours.first().map_or(copy, |nearest| nearest.max(copy)), crowd }
    }
}

fn is_probability(score: f32) -> bool {
    (0.0..=1.0).contains(&score)
}

/// Evidence of a score by itself: its log odds, as far as they say anything.
fn own_evidence(score: f32) -> f32 {
    const SURE: f32 = 0.9999;
    let score = score.clamp(1.0 - SURE, SURE);
    (score / (1.0 - score)).ln()
}

/// The edges of each connected component; those below the cut connect nothing and are in a component only if both
/// their ends are.
fn components(edges: Vec<Edge>) -> Vec<Vec<Edge>> {
    let mut sets = super::Sets::default();
    for edge in edges.iter().filter(|edge| edge.score >= CUT) {
        sets.unite(edge.a, edge.b);
    }
    let mut components: FxHashMap<DocId, Vec<Edge>> = FxHashMap::default();
    for edge in edges {
        let root = sets.find(edge.a);
        if root == sets.find(edge.b) {
            components.entry(root).or_default().push(edge);
        }
    }
    components.into_values().collect()
}

/// A group of articles that are one story so far.
#[derive(Debug, Default)]
struct Group {
    members: Vec<DocId>,
    /// Its first members by number, which stand for all.
    sample: Vec<DocId>,
    /// Groups that edges lead to, with the sum and the number of these.
    links: FxHashMap<usize, (f64, u32)>,
}

/// Two groups that may be joined. The best one is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// Mean evidence, of the pairs that are known or of the sampled ones, in millionths.
    mean: i64,
    /// Their first members, the lesser one first: ties go to the lesser.
    firsts: Reverse<(DocId, DocId)>,
    /// Places of the groups, in the order of the first members.
    groups: (usize, usize),
    /// Sizes of the groups at which the mean was taken from a sample.
    sampled: Option<(usize, usize)>,
}

/// Average linkage within one component.
struct Linkage<'a, S> {
    evidence: &'a S,
    known: FxHashMap<(DocId, DocId), f32>,
    /// Empty where it was joined to another.
    groups: Vec<Group>,
    heap: BinaryHeap<Candidate>,
}

impl<'a, S: Fn(DocId, DocId) -> f32> Linkage<'a, S> {
    fn new(edges: Vec<Edge>, evidence: &'a S) -> Self {
        let key = |edge: &Edge| (edge.a.min(edge.b), edge.a.max(edge.b));
        let known: FxHashMap<_, _> = edges.iter().map(|edge| (key(edge), edge.score)).collect();
        let mut ids: Vec<DocId> = edges.iter().flat_map(|edge| [edge.a, edge.b]).collect();
        ids.sort_unstable();
        ids.dedup();
        let groups = ids.iter().map(|&id| Group { members: vec![id], sample: vec![id], ..Group::default() }).collect();
        let mut linkage = Self { evidence, known, groups, heap: BinaryHeap::new() };
        let strong: Vec<_> = linkage.known.iter().filter(|(_, score)| **score >= CUT).map(|(&k, &s)| (k, s)).collect();
        for ((a, b), score) in strong {
            // Both are there: the ids were taken from the edges.
            let (a, b) = (ids.partition_point(|&id| id < a), ids.partition_point(|&id| id < b));
            linkage.link(a, b, (f64::from(score), 1));
        }
        linkage
    }

    /// Counts edges between two groups, and makes them a candidate by these.
    fn link(&mut self, a: usize, b: usize, (sum, count): (f64, u32)) {
        let link = self.groups[a].links.entry(b).or_default();
        *link = (link.0 + sum, link.1 + count);
        let link = *link;
        self.groups[b].links.insert(a, link);
        self.offer(a, b, link.0 / f64::from(link.1), None);
    }

    fn offer(&mut self, a: usize, b: usize, mean: f64, sampled: Option<(usize, usize)>) {
        let first = |group: usize| self.groups[group].sample[0];
        let (a, b) = if first(a) < first(b) { (a, b) } else { (b, a) };
        let firsts = Reverse((first(a), first(b)));
        self.heap.push(Candidate { mean: (mean * 1e6) as i64, firsts, groups: (a, b), sampled });
    }

    /// Joins groups, the likeliest first, until none is left that belongs together.
    fn join(mut self) -> Vec<Vec<DocId>> {
        while let Some(candidate) = self.heap.pop() {
            let (a, b) = candidate.groups;
            let sizes = (self.groups[a].members.len(), self.groups[b].members.len());
            // Joined meanwhile.
            if sizes.0 == 0 || sizes.1 == 0 || !self.groups[a].links.contains_key(&b) {
                continue;
            }
            if candidate.sampled == Some(sizes) || sizes == (1, 1) {
                self.unite(a, b);
                continue;
            }
            let mean = self.sampled_mean(a, b);
            if mean >= f64::from(CUT) {
                self.offer(a, b, mean, Some(sizes));
            }
        }
        let stories = self.groups.into_iter().map(|group| group.members).filter(|members| members.len() > 1);
        stories
            .map(|mut members| {
                members.sort_unstable();
                members
            })
            .collect()
    }

    /// Mean evidence of the sampled members of two groups.
    fn sampled_mean(&mut self, a: usize, b: usize) -> f64 {
        let Self { evidence, known, groups, .. } = self;
        let (a, b) = (&groups[a].sample, &groups[b].sample);
        let pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| (x.min(y), x.max(y))));
        let sum: f64 =
            pairs.map(|pair| f64::from(*known.entry(pair).or_insert_with(|| evidence(pair.0, pair.1)))).sum();
        sum / (a.len() * b.len()) as f64
    }

    /// Makes one group of two: what has fewer links goes into the other.
    fn unite(&mut self, a: usize, b: usize) {
        let links = |group: usize| (self.groups[group].links.len(), Reverse(self.groups[group].sample[0]));
        let (to, from) = if links(a) >= links(b) { (a, b) } else { (b, a) };
        let gone = std::mem::take(&mut self.groups[from]);
        let group = &mut self.groups[to];
        group.links.remove(&from);
        group.members.extend(gone.members);
        group.sample.extend(gone.sample);
        group.sample.sort_unstable();
        group.sample.truncate(SAMPLE);
        for (other, link) in gone.links {
            if other != to {
                self.groups[other].links.remove(&from);
                self.link(to, other, link);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(scores: &[(u32, u32, f32)]) -> Vec<Vec<u32>> {
        let edges: Vec<Edge> = scores.iter().map(|&(a, b, score)| Edge { a: DocId(a), b: DocId(b), score }).collect();
        let stories = stories(&edges, |_| false, |_, _| 0.0);
        stories.into_iter().map(|story| story.into_iter().map(|id| id.0).collect()).collect()
    }

    #[test]
    fn a_bridge_does_not_swallow() {
        let two = [(0, 1, 0.9), (0, 2, 0.9), (1, 2, 0.9), (3, 4, 0.9), (3, 5, 0.9), (4, 5, 0.9), (2, 3, 0.8)];
        assert_eq!(told(&two).len(), 2);
    }

    #[test]
    fn a_story_grows_beyond_its_sample() {
        let all: Vec<_> = (0..40).flat_map(|a| (a + 1..40).map(move |b| (a, b, 0.8))).collect();
        assert_eq!(told(&all), [(0..40).collect::<Vec<_>>()]);
    }

    #[test]
    fn chains_do_not_grow_together() {
        let chain: Vec<_> = (0..6).map(|i| (i, i + 1, 0.6)).collect();
        assert!(told(&chain).iter().all(|story| story.len() == 2));
    }

    proptest! {
        #[test]
        fn the_order_of_pairs_does_not_count(pairs in proptest::collection::btree_map((0u32..14, 0u32..14), 0u8..8, 0..60), turn in 0usize..60) {
            let mut edges: Vec<_> = pairs.into_iter().filter(|((a, b), _)| a < b).map(|((a, b), s)| (a, b, f32::from(s) / 8.0)).collect();
            let straight = told(&edges);
            edges.reverse();
            let turn = turn % edges.len().max(1);
            edges.rotate_left(turn);
            prop_assert_eq!(straight, told(&edges));
        }
    }
}
