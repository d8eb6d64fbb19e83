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
    /// What it begins with.
    begin: Box<[Item]>,
    /// How many of these are its headline.
    headline: usize,
    /// Number of its words.
    words: usize,
}

/// Words that are the begin of an article: its headline and lead.
const BEGIN: usize = 100;

impl Counts {
    /// Counts the words of a title (none where there is none) and of the story, in order, what is set aside left out.
    /// `first` is the number of words in the first sentence of the story, which is its headline where it has no title.
    pub fn new(title: impl IntoIterator<Item = Item>, text: impl IntoIterator<Item = Item>, first: usize) -> Self {
        let (title, text): (Vec<Item>, Vec<Item>) = (title.into_iter().collect(), text.into_iter().collect());
        let words = title.len() + text.len();
        let begin: Box<[Item]> = title.iter().chain(&text).take(BEGIN).copied().collect();
        let headline = if title.is_empty() { first } else { title.len() }.min(begin.len());
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
        Self { terms: terms.into(), begin, headline, words }
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
        let first = story.clone().map(|sentence| sentence.tokens.len()).find(|&words| words > 0).unwrap_or(0);
        Self::new([], story.flat_map(|sentence| &sentence.tokens).map(Item::from), first)
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
    /// What it begins with.
    pub(super) begin: Begin,
    /// Number of its words.
    pub(super) words: usize,
}

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
        Self { terms, begin: Begin::new(counts, weights), words: counts.words }
    }

    /// Whether a term stands anywhere in the article.
    #[must_use]
    pub fn has(&self, term: Term) -> bool {
        self.terms.binary_search_by_key(&term, |weighted| weighted.term).is_ok()
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
}

/// What an article begins with: its headline and lead.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Begin {
    /// Its terms, each once.
    terms: Box<[Opening]>,
}

/// A term of the begin.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Opening {
    term: Term,
    weight: f32,
    kind: Kind,
    in_headline: bool,
}

/// Shares of the begin of an article that another has anywhere, 0 to 1, by weight; a half where there is nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shares {
    /// Of the words that are not in the headline: two headlines may be alike by chance.
    pub(super) words: f32,
    pub(super) names: f32,
    pub(super) numbers: f32,
    pub(super) headline: f32,
}

impl Begin {
    fn new(counts: &Counts, weights: &Weights) -> Self {
        let opening = |(place, item): (usize, &Item)| Opening {
            term: item.term,
            weight: weights.weight(item.term).max(0.0),
            kind: item.kind,
            in_headline: place < counts.headline,
        };
        let mut terms: Vec<Opening> = counts.begin.iter().enumerate().map(opening).collect();
        terms.sort_by_key(|opening| opening.term);
        terms.dedup_by(|next, first| {
            let same = next.term == first.term;
            if same {
                first.kind = first.kind.max(next.kind);
                first.in_headline |= next.in_headline;
            }
            same
        });
        Self { terms: terms.into() }
    }

    /// How much of it the other article has.
    pub(super) fn shares(&self, other: &Profile) -> Shares {
        let mut sums = [(0.0, 0.0); 4];
        for opening in &self.terms {
            let found = if other.has(opening.term) { opening.weight } else { 0.0 };
            let counts =
                [!opening.in_headline, opening.kind == Kind::Name, opening.kind == Kind::Number, opening.in_headline];
            for (sum, _) in sums.iter_mut().zip(counts).filter(|(_, counts)| *counts) {
                *sum = (sum.0 + found, sum.1 + opening.weight);
            }
        }
        let [words, names, numbers, headline] = sums.map(|(found, all)| if all > 0.0 { found / all } else { 0.5 });
        Shares { words, names, numbers, headline }
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
        Profile::new(&Counts::new(title.iter().map(Item::from), text.iter().map(Item::from), 0), Weights::background())
    }

    #[test]
    fn reports_of_one_event_are_liker_than_strangers() {
        let fire =
            profile("Fire guts mill in Port Ansel", "A fire destroyed the paper mill of Port Ansel on Monday night.");
        let blaze = profile("Blaze at Port Ansel mill", "The paper mill at Port Ansel burned down late on Monday.");
        let vote = profile("Dorvale elects mayor", "Ida Kray was elected mayor of Dorvale by a narrow margin.");
        assert!(fire.likeness(&blaze) > fire.likeness(&vote) + 0.2);
        assert!(fire.begin.shares(&blaze).names > fire.begin.shares(&vote).names);
        assert_eq!(fire.likeness(&blaze), blaze.likeness(&fire));
    }
}
