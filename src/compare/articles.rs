//! How much two articles are about the same, without a look at their sentences: quick enough for every candidate of a
//! large collection.
//!
//! In two steps, because how much a term tells is known only after the whole collection was read: [`Counts`] is what
//! one article holds, [`Profile`] the same under the weights of the collection. Both take articles as plain runs of
//! [`Item`]s, title and text apart, so it does not matter whether words come from sentences or from a document.

use super::text::Text;
use crate::features::terms::Term;
use crate::features::tokens::Token;
use crate::statistics::weights::Weights;

/// What kind of word an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[repr(u8)]
pub enum Kind {
    /// Any other word.
    #[default]
    Common,
    /// Capitalised where its place does not ask for it.
    Name,
    /// Begins with a digit.
    Number,
}

/// A word of an article, as profiles see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What it counts as.
    pub term: Term,
    /// What kind of word it is here.
    pub kind: Kind,
}

impl From<&Token> for Item {
    fn from(token: &Token) -> Self {
        let kind = match () {
            () if token.is_number => Kind::Number,
            () if token.is_name() => Kind::Name,
            () => Kind::Common,
        };
        Self { term: token.term, kind }
    }
}

/// Words of the story that are its lead, about two sentences.
const LEAD: usize = 50;

/// How often an article has a term, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Counted {
    term: Term,
    /// In the text.
    count: u16,
    /// Name or number, in at least one place.
    kind: Kind,
    in_title: bool,
    in_lead: bool,
}

/// What an article holds: its terms with their counts, before it is known how much each tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sorted by term.
    terms: Box<[Counted]>,
}

impl Counts {
    /// Counts the words of a title (none where there is none) and of the story, in order, what is set aside left out.
    pub fn new(title: impl IntoIterator<Item = Item>, text: impl IntoIterator<Item = Item>) -> Self {
        let counted = |Item { term, kind }, count, in_title, in_lead| Counted { term, count, kind, in_title, in_lead };
        let title = title.into_iter().map(|item| counted(item, 0, true, false));
        let text = text.into_iter().enumerate().map(|(at, item)| counted(item, 1, false, at < LEAD));
        let mut terms: Vec<Counted> = title.chain(text).collect();
        terms.sort_unstable_by_key(|counted| counted.term);
        terms.dedup_by(|next, first| {
            let same = next.term == first.term;
            if same {
                first.count = first.count.saturating_add(next.count);
                first.kind = first.kind.max(next.kind);
                first.in_title |= next.in_title;
                first.in_lead |= next.in_lead;
            }
            same
        });
        Self { terms: terms.into() }
    }

    /// Its terms, each once, rising: what document frequencies are counted from.
    pub fn terms(&self) -> impl ExactSizeIterator<Item = Term> {
        self.terms.iter().map(|counted| counted.term)
    }
}

impl From<&Text> for Counts {
    /// Of a text that has no title of its own.
    fn from(text: &Text) -> Self {
        let story = text.sentences.iter().filter(|sentence| !sentence.is_aside);
        Self::new([], story.flat_map(|sentence| &sentence.tokens).map(Item::from))
    }
}

/// What an article is about: its terms with their weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Sorted by term, the sum of squares being 1.
    terms: Box<[(Term, f32)]>,
}

impl Profile {
    /// The profile of an article under these weights.
    #[must_use]
    pub fn new(counts: &Counts, weights: &Weights) -> Self {
        let weighted = |counted: &Counted| {
            let count = f32::from(counted.count) + f32::from(u8::from(counted.in_title));
            (counted.term, (1.0 + count.ln()) * weights.weight(counted.term))
        };
        let mut terms: Box<[(Term, f32)]> = counts.terms.iter().map(weighted).collect();
        let norm = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        terms.iter_mut().for_each(|(_, weight)| *weight /= norm);
        Self { terms }
    }

    /// Its `most` heaviest terms, heaviest first, equal ones by term, with their share in the whole: what articles of
    /// one event are found by.
    #[must_use]
    pub fn heaviest(&self, most: usize) -> Vec<(Term, f32)> {
        let mut terms = self.terms.to_vec();
        terms.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        terms.truncate(most);
        terms
    }

    /// Likeness of two articles, 0 (nothing in common) to 1; for ranking. The same for any order of the two.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (&self.terms[..], &other.terms[..]);
        let mut sum = 0.0;
        while let ([(x, p), rest_a @ ..], [(y, q), rest_b @ ..]) = (a, b) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => a = rest_a,
                std::cmp::Ordering::Greater => b = rest_b,
                std::cmp::Ordering::Equal => {
                    sum += p * q;
                    (a, b) = (rest_a, rest_b);
                }
            }
        }
        sum.sqrt().min(1.0)
    }

    /// Probability that two articles report one event, 0 to 1; `days` are those between their dates, where both are
    /// known. The same for any order of the two.
    #[must_use]
    pub fn same_event(&self, other: &Self, days: Option<u32>) -> f32 {
        let apart = days.map_or(0.0, |days| 0.05 * days.min(60) as f32);
        1.0 / (1.0 + (16.0 * (0.45 - self.likeness(other)) + apart).exp())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::terms::Terms;
    use crate::features::tokens::tokens;

    fn profile(title: &str, text: &str) -> Profile {
        let mut terms = Terms::default();
        let [title, text] = [title, text].map(|part| tokens(part, &mut terms));
        Profile::new(&Counts::new(title.iter().map(Item::from), text.iter().map(Item::from)), Weights::background())
    }

    #[test]
    fn reports_of_one_event_are_liker_than_strangers() {
        let fire =
            profile("Fire guts mill in Port Ansel", "A fire destroyed the paper mill of Port Ansel on Monday night.");
        let blaze = profile("Blaze at Port Ansel mill", "The paper mill at Port Ansel burned down late on Monday.");
        let vote = profile("Dorvale elects mayor", "Ida Kray was elected mayor of Dorvale by a narrow margin.");
        assert!(fire.likeness(&blaze) > fire.likeness(&vote) + 0.2);
        assert!(fire.same_event(&blaze, Some(0)) > fire.same_event(&blaze, Some(30)));
        assert_eq!(fire.likeness(&blaze), blaze.likeness(&fire));
    }
}
