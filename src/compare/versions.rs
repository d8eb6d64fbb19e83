//! Two texts side by side: how they stand to each other, which sentences say the same, where their claims differ.

use super::alignment::{self, Link};
use super::articles::Profile;
use super::claims::{self, Claim};
use super::relation::{self, Outlets};
use super::sentences;
use super::text::Text;
use super::{Comparer, Judgement, Measures, Relation};
use crate::statistics::weights::Weights;

/// What a comparison of two texts shows.
#[derive(Debug)]
pub struct Comparison {
    /// How they stand to each other.
    pub judgement: Judgement,
    /// A number for ranking: 1 the same statement, 0 nothing in common.
    pub similarity: f32,
    /// What they share word by word.
    pub measures: Measures,
    /// Sentences that say the same.
    pub links: Vec<Link>,
    /// Where those agree and differ.
    pub claims: Vec<Claim>,
}

/// Compares two texts. The two sides can be exchanged.
pub fn compare(a: &Text, b: &Text, weights: &Weights, comparer: &mut Comparer) -> Comparison {
    let measures = comparer.compare(&a.document.words, &b.document.words);
    let same = a.document.fingerprint == b.document.fingerprint;
    let wording = relation::judge(&measures, Outlets::Different, comparer, &a.document.words, &b.document.words);
    let links = alignment::align(a, b, weights);
    let similarity = match (a.sentences.as_slice(), b.sentences.as_slice()) {
        ([a], [b]) => sentences::likeness(a, b, weights).score,
        _ => Profile::new(a, weights).likeness(&Profile::new(b, weights)),
    };
    let judgement = match wording {
        _ if same => Judgement::SAME_WORDS,
        Some(judgement) => judgement,
        None => by_content(similarity),
    };
    let claims = claims::claims(a, b, &links, weights, [None, None]);
    Comparison { judgement, similarity, measures, links, claims }
}

/// The relation of two texts that share no wording to speak of.
fn by_content(similarity: f32) -> Judgement {
    let relation = if similarity >= 0.45 { Relation::SameEvent } else { Relation::Unrelated };
    Judgement { relation, confidence: 0.8 }
}
