//! The relation of two articles, from what they share.

use super::Measures;

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

/// Coverage of the more fully shared side from which it is the same text.
const SAME_TEXT: f64 = 0.55;
/// Least share of its triples: keeps apart texts that merely touch in many places.
const SAME_WORDS: f64 = 0.2;
/// Words of reporting in shared passages that make an overlap: two sentences.
const OVERLAP_WORDS: u32 = 40;
/// Facts in the shared part from which their agreement says something.
const FACTS: u32 = 3;
/// Share of them that must agree; sister reports and filled-in forms lie far below, edits far above.
const FACTS_AGREE: f64 = 0.5;
/// The same for numbers and dates alone, which forms change most.
const FIGURES_AGREE: f64 = 0.34;

/// The relation of two articles, if there is one that shared wording can show.
#[must_use]
pub fn judge(measures: &Measures) -> Option<Judgement> {
    if !facts_agree(measures) {
        return None;
    }
    let side = if measures.a.coverage() >= measures.b.coverage() { measures.a } else { measures.b };
    let (coverage, containment) = (side.coverage(), side.containment());
    if coverage >= SAME_TEXT && containment >= SAME_WORDS {
        return Some(Judgement { relation: Relation::NearDuplicate, confidence: 0.5 + 0.5 * coverage * containment.sqrt() });
    }
    (measures.reported_words >= OVERLAP_WORDS).then(|| Judgement {
        relation: Relation::Overlap,
        confidence: 1.0 - 0.5 * f64::from(OVERLAP_WORDS) / f64::from(measures.reported_words),
    })
}

/// Whether the shared parts say the same and not only in the same words.
fn facts_agree(measures: &Measures) -> bool {
    let facts = measures.facts;
    (facts.all() < FACTS || facts.share() >= FACTS_AGREE)
        && (facts.figures < FACTS || facts.share_of_figures() >= FIGURES_AGREE)
}
