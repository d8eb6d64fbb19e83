//! Shared passages: maximal runs of words that two texts have in common.

use super::PASSAGE;
use super::index::Index;
use crate::document::{Document, Preparer, Span, Word};
use crate::features::shingles::{self, TRIPLE};

/// A run of words that stands in both texts; positions are indices of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Passage {
    /// First word on the one side.
    pub a: usize,
    /// First word on the other.
    pub b: usize,
    /// Number of words.
    pub words: usize,
}

/// Places of one triple in a text that are tried; more are a refrain.
const PLACES: usize = 32;

/// The passages of [`PASSAGE`] words or more, in the order of `a`, none overlapping another on that side: from each
/// place the longest run is taken, the first of equals. Linear but for refrains.
#[must_use]
pub fn passages(a: &[Word], b: &[Word]) -> Vec<Passage> {
    let places = Places::of(b);
    let starts: Vec<u64> = shingles::triples(a).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < starts.len() {
        let longest = places.of_triple(starts[at]).fold(None, |best: Option<Passage>, place| {
            let words = a[at..].iter().zip(&b[place..]).take_while(|(x, y)| x.hash() == y.hash()).count();
            best.filter(|best| best.words >= words).or(Some(Passage { a: at, b: place, words }))
        });
        match longest {
            Some(passage) if passage.words >= PASSAGE => {
                at += passage.words;
                found.push(passage);
            }
            Some(passage) if passage.words >= TRIPLE => at += passage.words - TRIPLE + 1,
            _ => at += 1,
        }
    }
    found
}

/// Where each triple of a text stands.
struct Places {
    index: Index,
    /// First place of the triple in a slot, and for each place the next of the same triple; from 1, 0 is none.
    first: Vec<u32>,
    next: Vec<u32>,
}

impl Places {
    fn of(words: &[Word]) -> Self {
        let triples = shingles::triples(words);
        let mut index = Index::default();
        index.clear(triples.len());
        let (mut first, mut next) = (vec![0; index.len()], vec![0; triples.len()]);
        let places: Vec<usize> = triples.map(|triple| index.insert(triple)).collect();
        for (place, slot) in places.into_iter().enumerate().rev() {
            next[place] = std::mem::replace(&mut first[slot], place as u32 + 1);
        }
        Self { index, first, next }
    }

    /// The first [`PLACES`] places of a triple, in order.
    fn of_triple(&self, triple: u64) -> impl Iterator<Item = usize> {
        let place = |from: u32| (from as usize).checked_sub(1);
        let first = place(self.first[self.index.find(triple)]);
        std::iter::successors(first, move |&at| place(self.next[at])).take(PLACES)
    }
}

/// Words of reporting in the passages of two texts: on both sides outside quotation marks and in no run that a text has
/// twice.
#[must_use]
pub fn reported_words(a: &[Word], b: &[Word]) -> u32 {
    let is_reporting = |word: Word| !word.is_quoted() && !word.is_furniture();
    passages(a, b)
        .into_iter()
        .flat_map(|passage| a[passage.a..passage.a + passage.words].iter().zip(&b[passage.b..]))
        .filter(|&(&a, &b)| is_reporting(a) && is_reporting(b))
        .count() as u32
}

/// A passage with its place in both texts, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shared {
    /// In the one text.
    pub a: Span,
    /// In the other.
    pub b: Span,
    /// Number of words.
    pub words: usize,
}

/// The shared passages of two stories, of which `spans` are the places of their words.
#[must_use]
pub fn shared(a: &[Word], spans_a: &[Span], b: &[Word], spans_b: &[Span]) -> Vec<Shared> {
    let place = |spans: &[Span], first: usize, words: usize| {
        let (first, last) = (spans.get(first)?, spans.get(first + words - 1)?);
        Some(Span { start: first.start, end: last.end })
    };
    passages(a, b)
        .into_iter()
        .filter_map(|passage| {
            Some(Shared {
                a: place(spans_a, passage.a, passage.words)?,
                b: place(spans_b, passage.b, passage.words)?,
                words: passage.words,
            })
        })
        .collect()
}

/// The places of the words of a story: of all words of its text, less those set aside.
#[must_use]
pub fn story_spans(preparer: &mut Preparer, text: &str, document: &Document) -> Vec<Span> {
    let mut asides = document.asides.iter().filter(|part| part.words > 0).peekable();
    let mut spans = preparer.word_spans(text);
    let mut number = 0;
    spans.retain(|_| {
        while asides.next_if(|part| part.first + part.words <= number).is_some() {}
        number += 1;
        asides.peek().is_none_or(|part| number <= part.first)
    });
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Preparer;
    use crate::features::repeats::{Repeats, mark_repeats};

    fn words(text: &str) -> Box<[Word]> {
        Preparer::default().prepare(text).words
    }

    fn numbered(range: std::ops::Range<u32>) -> String {
        range.map(|n| format!("w{n} ")).collect()
    }

    #[test]
    fn moved_passages_are_found_in_the_order_of_the_first_text() {
        let a = words(&(numbered(0..20) + &numbered(100..103) + &numbered(20..40)));
        let b = words(&(numbered(20..40) + &numbered(200..207) + &numbered(0..20)));
        assert_eq!(passages(&a, &b), [Passage { a: 0, b: 27, words: 20 }, Passage { a: 23, b: 0, words: 20 }]);
    }

    #[test]
    fn turns_of_phrase_are_no_passages() {
        assert!(
            passages(&words(&numbered(0..PASSAGE as u32 - 1)), &words(&numbered(0..PASSAGE as u32 - 1))).is_empty()
        );
        let refrain = words(&"la ".repeat(5000));
        assert_eq!(passages(&refrain, &refrain).len(), 1);
    }

    #[test]
    fn what_is_quoted_or_said_twice_is_no_reporting() {
        let text = numbered(0..70);
        let once = words(&format!("a b c {text}"));
        assert_eq!(reported_words(&once, &words(&text)), 70);
        assert_eq!(reported_words(&once, &words(&format!("“{text}”"))), 0);
        let mut twice = words(&format!("{text} x {text}"));
        mark_repeats(&mut twice, &mut Repeats::default());
        assert_eq!(reported_words(&once, &twice), 2, "the first and the last are in the middle of no triple");
    }

    proptest! {
        #[test]
        fn passages_hold_the_same_words_and_do_not_overlap(a in "([a-c] ){0,150}", b in "([a-c] ){0,150}") {
            let (a, b) = (words(&a), words(&b));
            let mut next = 0;
            for passage in passages(&a, &b) {
                prop_assert!(passage.a >= next && passage.words >= PASSAGE);
                next = passage.a + passage.words;
                let same = a[passage.a..next].iter().zip(&b[passage.b..]).filter(|(x, y)| x.hash() == y.hash()).count();
                prop_assert_eq!(same, passage.words);
            }
        }
    }
}
