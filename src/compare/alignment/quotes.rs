//! What a sentence quotes: two sentences with one quotation say the same there, however much they differ around it.

use crate::compare::text::{Sentence, Text};
use crate::features::terms::Term;
use crate::statistics::weights::Weights;

/// Words from which a quotation is somebody's statement and no name or turn of phrase.
const WORDS: usize = 5;
/// Share of the weight of the lighter of two quotations that the other must have as well: translated back it has other words.
const SHARED: f32 = 0.75;
/// Likeness of two sentences with one quotation, at least.
pub(super) const LIKENESS: f32 = 0.45;

/// Quotations of each sentence, each as its terms, sorted.
pub(super) struct Quotations(Vec<Vec<Vec<Term>>>);

impl Quotations {
    /// Those of the sentences that take part.
    pub(super) fn new(text: &Text) -> Self {
        let of = |sentence: &Sentence| if sentence.is_aside { Vec::new() } else { quoted(text.of(sentence), sentence) };
        Self(text.sentences.iter().map(of).collect())
    }

    /// Whether a quotation of sentence `number` is one of sentence `other` as well.
    pub(super) fn share(&self, number: usize, others: &Self, other: usize, weights: &Weights) -> bool {
        let pairs = self.0[number].iter().flat_map(|x| others.0[other].iter().map(move |y| (x, y)));
        pairs.into_iter().any(|(x, y)| {
            let sum = |terms: &mut dyn Iterator<Item = &Term>| terms.map(|&term| weights.weight(term)).sum::<f32>();
            let shared = sum(&mut x.iter().filter(|term| y.binary_search(term).is_ok()));
            let lighter = sum(&mut x.iter()).min(sum(&mut y.iter()));
            lighter > 0.0 && shared >= SHARED * lighter
        })
    }
}

/// The quotations of a sentence. One that is not closed goes on to its end.
fn quoted(text: &str, sentence: &Sentence) -> Vec<Vec<Term>> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut add = |range: std::ops::Range<usize>| {
        let within = sentence.tokens.iter().filter(|token| range.contains(&token.range.start));
        let mut terms: Vec<Term> = within.map(|token| token.term).collect();
        if terms.len() >= WORDS {
            terms.sort_unstable();
            terms.dedup();
            found.push(terms);
        }
    };
    for (at, mark) in text.match_indices(['"', '“', '”', '„', '«', '»']) {
        let opens = match mark {
            "”" | "»" => false,
            "\"" => open.is_none(),
            // German closes with what English opens with.
            "“" => open.is_none(),
            _ => true,
        };
        if let Some(begin) = open.take() {
            add(begin..at);
        }
        if opens {
            open = Some(at);
        }
    }
    if let Some(begin) = open {
        add(begin..text.len());
    }
    found
}
