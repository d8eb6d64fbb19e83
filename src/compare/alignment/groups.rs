//! Joins pairs of sentences to links of many with many.

use rustc_hash::FxHashMap;

use super::pairs::Pair;

/// Numbers of sentences of the one and of the other text, rising.
pub(super) type Group = (Vec<usize>, Vec<usize>);

/// The groups of these pairs. A group says of each of its sentences that it goes with each of the other side, and never
/// more than the pairs say: where all of a connected part go with all, it is one group; else a sentence forms one with
/// those that have no other partner, and the pairs between are groups of their own.
pub(super) fn groups(pairs: &[Pair]) -> Vec<Group> {
    let mut partners_a: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    let mut partners_b: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for pair in pairs {
        partners_a.entry(pair.a).or_default().push(pair.b);
        partners_b.entry(pair.b).or_default().push(pair.a);
    }
    partners_a.values_mut().chain(partners_b.values_mut()).for_each(|partners| partners.sort_unstable());
    let mut groups: Vec<Group> = pairs
        .iter()
        .map(|pair| {
            let (of_a, of_b) = (&partners_a[&pair.a], &partners_b[&pair.b]);
            let all_with_all =
                of_a.iter().all(|b| partners_b[b] == *of_b) && of_b.iter().all(|a| partners_a[a] == *of_a);
            if all_with_all {
                return (numbers(of_b), numbers(of_a));
            }
            // Of a chain the ends belong to the sentence they hang on.
            let ends_of_a: Vec<u32> = of_a.iter().copied().filter(|b| partners_b[b].len() == 1).collect();
            let ends_of_b: Vec<u32> = of_b.iter().copied().filter(|a| partners_a[a].len() == 1).collect();
            match (of_a.len(), of_b.len()) {
                (_, 1) => (numbers(&[pair.a]), numbers(&ends_of_a)),
                (1, _) => (numbers(&ends_of_b), numbers(&[pair.b])),
                _ => (numbers(&[pair.a]), numbers(&[pair.b])),
            }
        })
        .collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

fn numbers(sentences: &[u32]) -> Vec<usize> {
    sentences.iter().map(|&sentence| sentence as usize).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(u32, u32)]) -> Vec<Group> {
        groups(&pairs.iter().map(|&(a, b)| Pair { a, b, likeness: 1.0 }).collect::<Vec<_>>())
    }

    #[test]
    fn sentences_that_go_with_the_same_are_one_group() {
        assert_eq!(of(&[(0, 0), (1, 1), (2, 1)]), [(vec![0], vec![0]), (vec![1, 2], vec![1])]);
        assert_eq!(of(&[(0, 0), (0, 1), (1, 0), (1, 1)]), [(vec![0, 1], vec![0, 1])]);
    }

    #[test]
    fn a_group_says_no_more_than_its_pairs() {
        let chain = [(0, 0), (1, 0), (1, 1), (2, 1)];
        let found = of(&chain);
        let mut told: Vec<(u32, u32)> = Vec::new();
        for (a, b) in &found {
            told.extend(a.iter().flat_map(|&a| b.iter().map(move |&b| (a as u32, b as u32))));
        }
        told.sort_unstable();
        assert_eq!(told, chain, "{found:?}");
    }
}
