//! Groups without chains: near-duplicates are joined strongest first, and only where most members agree.
//!
//! Verified pairs alone do not make a group: of two articles merged into a third, both are in it and neither is in the
//! other, and through such bridges a collection grows together. So two groups are joined by a pair only if most of a
//! sample of their members are near-duplicates of each other too. Each connected component is worked on by itself,
//! pairs in a total order, samples by the order of articles: the result depends on the pairs alone.

pub mod stories;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::statistics::DocId;

/// A verified pair of near-duplicates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// One article.
    pub a: DocId,
    /// The other.
    pub b: DocId,
    /// How strongly they belong together; only the order matters.
    pub strength: u32,
}

/// Members of each of two groups that are compared before the groups are joined.
const SAMPLE: usize = 6;

/// Groups of two or more, each sorted, in the order of their first members. `verify` makes a test of one thread for
/// whether two articles are near-duplicates; it is asked only of pairs that are no edges.
#[must_use]
pub fn groups<V: FnMut(DocId, DocId) -> bool>(edges: &[Edge], verify: impl Fn() -> V + Sync) -> Vec<Vec<DocId>> {
    let mut groups: Vec<Vec<DocId>> = components(edges)
        .into_par_iter()
        .flat_map_iter(|component| {
            let mut verify = verify();
            join(component, &mut verify)
        })
        .collect();
    groups.sort_unstable();
    groups
}

/// The edges of each connected component.
fn components(edges: &[Edge]) -> Vec<Vec<Edge>> {
    let mut sets = Sets::default();
    for edge in edges {
        sets.unite(edge.a, edge.b);
    }
    let mut components: FxHashMap<DocId, Vec<Edge>> = FxHashMap::default();
    for edge in edges {
        components.entry(sets.find(edge.a)).or_default().push(*edge);
    }
    components.into_values().collect()
}

/// Disjoint sets (Tarjan 1975) over the articles that were asked for.
#[derive(Default)]
struct Sets {
    parent: FxHashMap<DocId, DocId>,
}

impl Sets {
    /// Makes one set of the two that these are in.
    fn unite(&mut self, a: DocId, b: DocId) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent.insert(a.max(b), a.min(b));
    }

    fn find(&mut self, id: DocId) -> DocId {
        let mut root = id;
        while let Some(&up) = self.parent.get(&root).filter(|&&up| up != root) {
            root = up;
        }
        let mut at = id;
        while at != root {
            at = self.parent.insert(at, root).unwrap_or(root);
        }
        root
    }
}

/// Joins the articles of one component.
fn join(mut edges: Vec<Edge>, verify: &mut impl FnMut(DocId, DocId) -> bool) -> Vec<Vec<DocId>> {
    edges.sort_unstable_by_key(|edge| (std::cmp::Reverse(edge.strength), edge.a, edge.b));
    let mut sets = Sets::default();
    let mut members: FxHashMap<DocId, Vec<DocId>> = FxHashMap::default();
    // Groups that were found strangers stay strangers until one of them grows.
    let mut refused: FxHashSet<(DocId, usize, DocId, usize)> = FxHashSet::default();
    let known: FxHashSet<(DocId, DocId)> = edges.iter().map(|edge| (edge.a.min(edge.b), edge.a.max(edge.b))).collect();
    let mut verify = |a: DocId, b: DocId| known.contains(&(a, b)) || verify(a, b);
    for edge in edges {
        let (a, b) = (sets.find(edge.a), sets.find(edge.b));
        if a == b {
            continue;
        }
        let (a, b) = (a.min(b), a.max(b));
        for id in [a, b] {
            members.entry(id).or_insert_with(|| vec![id]);
        }
        let state = (a, members[&a].len(), b, members[&b].len());
        if refused.contains(&state) {
            continue;
        }
        if !most_agree(&members[&a], &members[&b], &mut verify) {
            refused.insert(state);
            continue;
        }
        let moved = members.remove(&b).unwrap_or_default();
        sets.parent.insert(b, a);
        if let Some(group) = members.get_mut(&a) {
            group.extend(moved);
            group.sort_unstable();
        }
    }
    members.into_values().filter(|group| group.len() > 1).collect()
}

/// Whether more than half of the sampled pairs between two groups are near-duplicates.
fn most_agree(a: &[DocId], b: &[DocId], verify: &mut impl FnMut(DocId, DocId) -> bool) -> bool {
    let (a, b) = (&a[..a.len().min(SAMPLE)], &b[..b.len().min(SAMPLE)]);
    let pairs = a.len() * b.len();
    let agreeing =
        a.iter().flat_map(|&x| b.iter().map(move |&y| (x.min(y), x.max(y)))).filter(|&(x, y)| verify(x, y)).count();
    2 * agreeing > pairs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edge(a: u32, b: u32, strength: u32) -> Edge {
        Edge { a: DocId(a), b: DocId(b), strength }
    }

    fn grouped(edges: &[Edge]) -> Vec<Vec<u32>> {
        let known: FxHashSet<(DocId, DocId)> = edges.iter().map(|edge| (edge.a, edge.b)).collect();
        let groups = groups(edges, || |a: DocId, b: DocId| known.contains(&(a, b)));
        groups.into_iter().map(|group| group.into_iter().map(|id| id.0).collect()).collect()
    }

    #[test]
    fn a_merged_article_joins_its_nearer_source_alone() {
        assert_eq!(grouped(&[edge(0, 1, 900), edge(1, 2, 700)]), [vec![0, 1]]);
    }

    #[test]
    fn chains_do_not_grow_together() {
        let chain: Vec<Edge> = (0..5).map(|i| edge(i, i + 1, 600)).collect();
        assert!(grouped(&chain).iter().all(|group| group.len() == 2));
    }

    #[test]
    fn copies_of_one_text_become_one_group() {
        let all: Vec<Edge> = (0..20).flat_map(|a| (a + 1..20).map(move |b| edge(a, b, 1000 - a - b))).collect();
        assert_eq!(grouped(&all), [(0..20).collect::<Vec<_>>()]);
    }

    proptest! {
        #[test]
        fn the_order_of_pairs_does_not_count(pairs in proptest::collection::btree_map((0u32..12, 0u32..12), 0u32..5, 0..40), seed in 0usize..40) {
            let mut edges: Vec<Edge> = pairs.into_iter().filter(|((a, b), _)| a < b).map(|((a, b), s)| edge(a, b, s)).collect();
            let straight = grouped(&edges);
            edges.reverse();
            let turn = seed % edges.len().max(1);
            edges.rotate_left(turn);
            prop_assert_eq!(straight, grouped(&edges));
        }
    }
}
