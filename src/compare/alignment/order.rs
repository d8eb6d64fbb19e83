//! What the neighbours of two sentences say for them: where those say the same, in order, these rather do.

use super::pairs::Pair;

/// Steps from one link to the next and how much the one speaks for the other: most where the texts go on side by side,
/// less where one of them has a sentence more.
const STEPS: [(i64, i64, f32); 9] = [
    (1, 1, 1.0),
    (2, 2, 0.7),
    (1, 2, 0.6),
    (2, 1, 0.6),
    (3, 3, 0.5),
    (2, 3, 0.4),
    (3, 2, 0.4),
    (1, 3, 0.3),
    (3, 1, 0.3),
];
/// The same where one sentence says what two in a row say.
const BESIDE: [(i64, i64, f32); 2] = [(1, 0, 0.5), (0, 1, 0.5)];

/// The neighbours of each pair among the pairs.
pub(super) struct Neighbours {
    before: Vec<Vec<(u32, f32)>>,
    after: Vec<Vec<(u32, f32)>>,
}

/// Whether two sentences in a row may be told by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rows {
    /// One sentence, one partner.
    Single,
    /// Some have several.
    Joined,
}

impl Neighbours {
    /// The neighbours among `pairs`, sorted by `a`, then `b`.
    pub(super) fn new(pairs: &[Pair], rows: Rows) -> Self {
        let beside: &[_] = if rows == Rows::Joined { &BESIDE } else { &[] };
        let at = |pair: &Pair, direction: i64| {
            let near = |&(a, b, weight): &(i64, i64, f32)| {
                let a = u32::try_from(i64::from(pair.a) + direction * a).ok()?;
                let b = u32::try_from(i64::from(pair.b) + direction * b).ok()?;
                let number = pairs.binary_search_by_key(&(a, b), |pair| (pair.a, pair.b)).ok()?;
                Some((number as u32, weight))
            };
            STEPS.iter().chain(beside).filter_map(near).collect()
        };
        Self {
            before: pairs.iter().map(|pair| at(pair, -1)).collect(),
            after: pairs.iter().map(|pair| at(pair, 1)).collect(),
        }
    }

    /// What the neighbours on both sides say for pair `number`, 0 to 2, when `sure` says how sure each pair is.
    pub(super) fn support(&self, number: usize, sure: &[f32]) -> f32 {
        let most = |near: &[(u32, f32)]| {
            near.iter().map(|&(number, weight)| weight * sure[number as usize]).fold(0.0, f32::max)
        };
        most(&self.before[number]) + most(&self.after[number])
    }
}

/// Which of these links stand outside of the order that the others keep: those that are not on every heaviest chain of
/// links that rise on both sides. A link is its first sentence on each side and its weight; they are sorted by the
/// first. Two links that change places are both outside.
pub(super) fn out_of_order(links: &[(usize, usize, u64)]) -> Vec<bool> {
    let places = 1 + links.iter().map(|link| link.1).max().unwrap_or(0);
    let until = heaviest(links.iter(), places, |place| place);
    let mut from = heaviest(links.iter().rev(), places, |place| places - 1 - place);
    from.reverse();
    let whole = until.iter().copied().max().unwrap_or(0);
    let is_on = |number: usize| until[number] + from[number] - links[number].2 == whole;
    // A chain runs from 0 to its whole weight; what two chains differ in stands at one stretch of that.
    let mut on: Vec<usize> = (0..links.len()).filter(|&number| is_on(number)).collect();
    on.sort_unstable_by_key(|&number| (until[number] - links[number].2, until[number]));
    let mut outside = vec![true; links.len()];
    let mut end = 0;
    for (rank, &number) in on.iter().enumerate() {
        let (begin, last) = (until[number] - links[number].2, until[number]);
        let next = on.get(rank + 1).map_or(u64::MAX, |&next| until[next] - links[next].2);
        outside[number] = begin < end || next < last;
        end = end.max(last);
    }
    outside
}

/// Weight of the heaviest chain that ends with each link. A tree of running maxima (Fenwick 1994) keeps it at n log n.
fn heaviest<'a>(
    links: impl Iterator<Item = &'a (usize, usize, u64)>,
    places: usize,
    place: impl Fn(usize) -> usize,
) -> Vec<u64> {
    let mut most = vec![0_u64; places + 1];
    let mut chains = Vec::new();
    for &(_, b, weight) in links {
        let mut at = place(b) + 1;
        let mut before = 0;
        while at > 0 {
            before = before.max(most[at]);
            at &= at - 1;
        }
        let chain = before + weight;
        at = place(b) + 1;
        while at <= places {
            most[at] = most[at].max(chain);
            at += at & at.wrapping_neg();
        }
        chains.push(chain);
    }
    chains
}

#[cfg(test)]
mod tests {
    use super::out_of_order;

    #[test]
    fn what_moved_is_what_weighs_less() {
        // The last of four stands first on the other side.
        assert_eq!(out_of_order(&[(0, 1, 9), (1, 2, 9), (2, 3, 9), (3, 0, 9)]), [false, false, false, true]);
        // One long against two short that changed places with it.
        assert_eq!(out_of_order(&[(0, 2, 30), (1, 0, 9), (2, 1, 9)]), [false, true, true]);
    }

    #[test]
    fn of_two_that_change_places_both_moved() {
        assert_eq!(out_of_order(&[(0, 0, 5), (1, 2, 9), (2, 1, 9), (3, 3, 5)]), [false, true, true, false]);
        assert!(out_of_order(&[]).is_empty());
    }

    #[test]
    fn links_of_one_sentence_keep_the_order() {
        assert_eq!(out_of_order(&[(0, 0, 5), (0, 1, 5), (1, 1, 5), (2, 2, 5)]), [false; 4]);
    }
}
