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

/// Words of the story that are its lead, two to three sentences.
const LEAD: usize = 60;

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
        // Capitals of a headline say nothing.
        let plain =
            |item: Item| Item { kind: if item.kind == Kind::Number { item.kind } else { Kind::Common }, ..item };
        let title = title.into_iter().map(|item| counted(plain(item), 0, true, false));
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

/// A term and how much of an article it is.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Weighted {
    term: Term,
    /// Share in the whole article; the sum of the squares of all is 1.
    whole: f32,
    /// Share in title and lead; the sum of the squares of all is 1.
    lead: f32,
}

/// What an article is about: its terms with their weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Sorted by term.
    terms: Box<[Weighted]>,
    /// The heaviest terms with the squares of their shares, which sum up to 1: what the article is about first of all.
    heads: Vec<(Term, f32)>,
}

/// Terms that are heads.
const HEADS: usize = 4;

/// Weight of a name against that of another word as rare: who and where tell one event from another.
const NAME: f32 = 1.3;
/// Weight of a number: years and round numbers are shared by strangers, and versions of one event differ in figures.
const NUMBER: f32 = 0.35;
/// What a term in title or lead counts more, in first occurrences.
const IN_LEAD: f32 = 0.5;
/// Part of the likeness that is of each lead to the other article, the rest being of the articles as wholes.
const OF_LEADS: f32 = 0.3;

impl Profile {
    /// The profile of an article under these weights.
    #[must_use]
    pub fn new(counts: &Counts, weights: &Weights) -> Self {
        let weighted = |counted: &Counted| {
            let kind = match counted.kind {
                Kind::Common => 1.0,
                Kind::Name => NAME,
                Kind::Number => NUMBER,
            };
            let weight = kind * weights.weight(counted.term).max(0.0);
            let is_lead = if counted.in_lead || counted.in_title { 1.0 } else { 0.0 };
            let count = f32::from(counted.count) + if counted.in_title { 1.0 } else { 0.0 };
            let whole = weight * (1.0 + count.ln() + IN_LEAD * is_lead);
            Weighted { term: counted.term, whole, lead: weight * is_lead }
        };
        let mut terms: Box<[Weighted]> = counts.terms.iter().map(weighted).collect();
        let norm = |share: fn(&Weighted) -> f32| {
            terms.iter().map(|term| share(term).powi(2)).sum::<f32>().sqrt().max(f32::MIN_POSITIVE)
        };
        let (whole, lead) = (norm(|term| term.whole), norm(|term| term.lead));
        for term in &mut terms {
            term.whole /= whole;
            term.lead /= lead;
        }
        let mut profile = Self { terms, heads: Vec::new() };
        profile.heads = profile.heaviest(HEADS);
        let sum = profile.heads.iter().map(|(_, share)| share * share).sum::<f32>().max(f32::MIN_POSITIVE);
        profile.heads.iter_mut().for_each(|(_, share)| *share *= *share / sum);
        profile
    }

    /// Part of the heads of this article that the other has anywhere, 0 to 1.
    fn heads_in(&self, other: &Self) -> f32 {
        let known = |term: Term| other.terms.binary_search_by_key(&term, |weighted| weighted.term).is_ok();
        self.heads.iter().filter(|(term, _)| known(*term)).map(|(_, share)| share).sum()
    }

    /// Its `most` heaviest terms, heaviest first, equal ones by term, with their share in the whole: what articles of
    /// one event are found by.
    #[must_use]
    pub fn heaviest(&self, most: usize) -> Vec<(Term, f32)> {
        let mut terms: Vec<(Term, f32)> = self.terms.iter().map(|term| (term.term, term.whole)).collect();
        terms.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        terms.truncate(most);
        terms
    }

    /// Likeness of two articles, 0 (nothing in common) to 1; for ranking. The same for any order of the two.
    ///
    /// Cosines of the weighted terms, of the articles as wholes and of each lead to the other whole. Their square
    /// roots, because of what two reports of one event could share they never share all: of the ratings that people
    /// gave, the root is nearly a linear function.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut a, mut b) = (&self.terms[..], &other.terms[..]);
        let (mut whole, mut leads) = (0.0, 0.0);
        while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
            if x.term == y.term {
                whole += x.whole * y.whole;
                // In one order for both, so that exchanged sides give the same number.
                leads += x.lead * y.whole + x.whole * y.lead;
            }
            // Both steps without a jump: which side is behind cannot be guessed.
            let (step_a, step_b) = (x.term <= y.term, y.term <= x.term);
            a = if step_a { rest_a } else { a };
            b = if step_b { rest_b } else { b };
        }
        ((1.0 - OF_LEADS) * whole.sqrt() + OF_LEADS * (leads / 2.0).sqrt()).min(1.0)
    }

    /// Probability that two articles report one event, 0 to 1; `days` are those between their dates, where both are
    /// known. The same for any order of the two.
    ///
    /// Long articles have more in common by chance and by their topic: of them more is asked. Where neither has what
    /// the other is about first of all, the rest is a pattern, or the background of another event.
    #[must_use]
    pub fn same_event(&self, other: &Self, days: Option<u32>) -> f32 {
        let likeness = self.likeness(other);
        if likeness < HOPELESS {
            return probability(likeness);
        }
        let length = self.terms.len().min(other.terms.len()) as f32;
        let by_length = BY_LENGTH * (length / SHORT).max(1.0).ln();
        let strange = STRANGE * (1.0 - self.heads_in(other).max(other.heads_in(self))).clamp(0.0, 1.0);
        probability(likeness - by_length - strange - days.map_or(0.0, apart))
    }
}

/// Likeness below which nothing else is looked at.
const HOPELESS: f32 = 0.3;
/// Likeness at which two short articles of a collection are as likely of one event as not.
const EVEN: f32 = 0.45;
/// By how much the log odds of one event grow with likeness.
const SLOPE: f32 = 20.0;
/// Different terms up to which an article is short.
const SHORT: f32 = 130.0;
/// What is taken from the likeness of longer ones, for each time that they are e times as long.
const BY_LENGTH: f32 = 0.1;
/// What is taken where neither article has a head of the other.
const STRANGE: f32 = 0.05;
/// Days within which reports of one event come.
const NEWS: u32 = 1;
/// What each further day takes from the likeness.
const A_DAY: f32 = 0.012;
/// Days after which no more is taken.
const MOST_DAYS: u32 = 15;

/// What the days between two articles take from their likeness.
fn apart(days: u32) -> f32 {
    A_DAY * days.saturating_sub(NEWS).min(MOST_DAYS) as f32
}

fn probability(likeness: f32) -> f32 {
    1.0 / (1.0 + (SLOPE * (EVEN - likeness)).exp())
}

/// The likeness that a probability stands for: [`Profile::same_event`] undone, within what a number of 32 bits can tell.
pub(crate) fn likeness_of(probability: f32) -> f32 {
    const SURE: f32 = 0.9999;
    let odds = probability.clamp(1.0 - SURE, SURE);
    EVEN + (odds / (1.0 - odds)).ln() / SLOPE
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
