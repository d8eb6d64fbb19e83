//! The relation of two articles, from what they share.

use super::{Measures, passages};
use crate::document::Word;

/// How two articles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// The same text with edits, cuts or additions: the smaller side is nearly all in the larger.
    NearDuplicate,
    /// A substantial passage is shared; neither is mostly the other.
    Overlap,
}

impl Relation {
    /// The name in tables and output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NearDuplicate => "near-duplicate",
            Self::Overlap => "overlap",
        }
    }
}

/// A relation and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The relation.
    pub relation: Relation,
    /// Share of pairs judged like this one that are judged rightly, 0 to 1.
    pub confidence: f64,
}

impl Judgement {
    /// Of texts that are the same word for word.
    pub const SAME_WORDS: Self = Self { relation: Relation::NearDuplicate, confidence: 1.0 };
}

/// Coverage of the reporting of the more fully shared side from which it is the same text.
const SAME_TEXT: f64 = 0.55;
/// Least share of its triples: keeps apart texts that merely touch in many places.
const SAME_WORDS: f64 = 0.2;
/// Words of reporting in shared passages that make an overlap: two sentences.
const OVERLAP_WORDS: u32 = 40;
/// The same as a share of the shorter text: a remark in passing is no substantial passage.
const OVERLAP_SHARE: f64 = 0.1;
/// Facts in the shared part from which their agreement says something.
const FACTS: u32 = 3;
/// Share of them that must agree; sister reports and filled-in forms lie far below, edits far above.
const FACTS_AGREE: f64 = 0.5;
/// The same for numbers and dates alone, which forms change most.
const FIGURES_AGREE: f64 = 0.34;

/// The relation of two articles, if there is one that shared wording can show; `a` and `b` are the words measured.
#[must_use]
pub fn judge(measures: &Measures, a: &[Word], b: &[Word]) -> Option<Judgement> {
    if !facts_agree(measures) {
        return None;
    }
    near_duplicate(measures).or_else(|| overlap(measures, a, b))
}

/// Whether two articles are the same text, edited, cut or added to.
#[must_use]
pub fn near_duplicate(measures: &Measures) -> Option<Judgement> {
    let side = if measures.a.reported_coverage() >= measures.b.reported_coverage() { measures.a } else { measures.b };
    let (coverage, containment) = (side.reported_coverage(), side.reported_containment());
    (facts_agree(measures) && coverage >= SAME_TEXT && containment >= SAME_WORDS).then(|| Judgement {
        relation: Relation::NearDuplicate,
        confidence: 0.5 + 0.5 * coverage * containment.sqrt(),
    })
}

/// Whether two articles share a substantial passage of reporting.
fn overlap(measures: &Measures, a: &[Word], b: &[Word]) -> Option<Judgement> {
    // Every word of a passage is in a shared triple: where those are too few, passages need not be looked for.
    if measures.a.reported.shared.min(measures.b.reported.shared) + OVERLAP_WORDS / 4 < OVERLAP_WORDS {
        return None;
    }
    let words = passages::reported_words(a, b);
    let share = f64::from(words) / a.len().min(b.len()).max(1) as f64;
    (words >= OVERLAP_WORDS && share >= OVERLAP_SHARE).then(|| Judgement {
        relation: Relation::Overlap,
        confidence: 1.0 - 0.5 * f64::from(OVERLAP_WORDS) / f64::from(words),
    })
}

/// Whether the shared parts say the same and not only in the same words.
fn facts_agree(measures: &Measures) -> bool {
    let facts = measures.facts;
    (facts.all() < FACTS || facts.share() >= FACTS_AGREE)
        && (facts.figures < FACTS || facts.share_of_figures() >= FIGURES_AGREE)
}
