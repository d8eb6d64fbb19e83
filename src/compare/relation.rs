//! The relation of two articles, from what they share.

use super::{Comparer, Measures};
use crate::document::Word;

/// How two articles stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Relation {
    /// The same text with edits, cuts or additions: the smaller side is nearly all in the larger.
    NearDuplicate,
    /// A substantial passage is shared; neither is mostly the other.
    Overlap,
    /// One original in other words: two translations of one text, a paraphrase.
    Rewrite,
    /// Independent reports of one event.
    SameEvent,
    /// None of these.
    Unrelated,
}

impl Relation {
    /// The name in tables and output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NearDuplicate => "near-duplicate",
            Self::Overlap => "overlap",
            Self::Rewrite => "rewrite",
            Self::SameEvent => "same-event",
            Self::Unrelated => "unrelated",
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

/// Coverage of the reporting of the more fully shared side from which it can be the same text.
pub const SAME_TEXT: f64 = 0.55;
/// Coverage and containment together from which it is: most of it was kept word for word.
pub const KEPT: f64 = 1.54;
/// The same inside one outlet, which uses its galleries, explainers and background again in other reports.
const KEPT_IN_OUTLET: f64 = 1.65;
/// Coverage of a text that was edited throughout, and least containment that goes with it: where 30 % of the words were
/// changed, a third of the triples is left, and evenly so.
pub const EDITED: (f64, f64) = (0.9, 0.22);
/// Coverage that is asked for inside one outlet, whose notices are written to one pattern.
const EDITED_IN_OUTLET: f64 = 0.93;
/// Triples below which evenness cannot be seen, and containment that is asked for instead.
const SHORT: (u32, f64) = (64, 0.7);
/// Triples of reporting below which a text is quotation and is judged as a whole alone.
const NO_REPORTING: u32 = 16;
/// Words of reporting in shared passages that make an overlap: two sentences.
pub const OVERLAP_WORDS: u32 = 40;
/// The same as a share of the shorter text: a remark in passing is no substantial passage.
pub const OVERLAP_SHARE: f64 = 0.1;
/// The same inside one outlet, which repeats its notices.
const OVERLAP_SHARE_IN_OUTLET: f64 = 0.15;
/// Triples below which a text is too short to be an excerpt: it must be most of the other text as well.
const NO_EXCERPT: u32 = 32;
/// Facts in the shared part from which their agreement says something.
pub const FACTS: u32 = 3;
/// Share of them that must agree; sister reports and filled-in forms lie far below, edits far above.
pub const FACTS_AGREE: f64 = 0.5;
/// The same for numbers and dates alone, which forms change most.
const FIGURES_AGREE: f64 = 0.33;
/// Numbers and dates of which one at least must agree, and share of the names that excuses it: an account that was
/// brought up to date has other figures and the same names, a form filled in anew has other names as well.
const NO_FIGURE_AGREES: (u32, f64) = (2, 0.9);
/// Numbers and dates from which some agree by chance, as in two lists of results.
const MANY_FIGURES: u32 = 6;
/// Share of them that must stand in the same words on both sides.
const FIGURES_IN_PLACE: f64 = 0.25;

/// Whether two articles come from one outlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlets {
    /// They do.
    Same,
    /// They do not, or one is not known.
    Different,
}

/// The relation of the two texts that `comparer` compared last, if there is one that shared wording can show.
#[must_use]
pub fn judge(measures: &Measures, outlets: Outlets, comparer: &Comparer, a: &[Word], b: &[Word]) -> Option<Judgement> {
    if !facts_agree(measures) {
        return None;
    }
    near_duplicate(measures, outlets).or_else(|| overlap(comparer, outlets, a, b))
}

/// Whether two articles are the same text, edited, cut or added to: as a whole, and in what was reported.
#[must_use]
fn near_duplicate(measures: &Measures, outlets: Outlets) -> Option<Judgement> {
    let shortest = measures.a.triples.min(measures.b.triples);
    let least = measures.a.containment().min(measures.b.containment());
    if !facts_agree(measures) || (shortest < NO_EXCERPT && least < SHORT.1) {
        return None;
    }
    let is_same = |triples, coverage, containment| is_same_text(triples, coverage, containment, outlets);
    let sides = [measures.a, measures.b].into_iter().filter(|side| {
        is_same(side.triples, side.coverage(), side.containment())
            && (side.reported.triples < NO_REPORTING
                || is_same(side.reported.triples, side.reported_coverage(), side.reported_containment()))
    });
    let sure = sides.map(|side| side.coverage() * side.containment().sqrt()).reduce(f64::max)?;
    Some(Judgement { relation: Relation::NearDuplicate, confidence: confidence(sure) })
}

/// Whether two articles can be members of one group of near-duplicates: more lenient than `near_duplicate`, because two
/// copies that were both edited are further from each other than from the text between them.
#[must_use]
pub fn may_share_group(measures: &Measures) -> bool {
    facts_agree(measures) && measures.a.coverage().max(measures.b.coverage()) >= SAME_TEXT
}

/// Whether two texts have one wording and say other things by it: reports from one form, however alike.
#[must_use]
pub(crate) fn is_look_alike(measures: &Measures) -> bool {
    measures.a.coverage().min(measures.b.coverage()) >= SAME_TEXT && !facts_agree(measures)
}

fn is_same_text(triples: u32, coverage: f64, containment: f64, outlets: Outlets) -> bool {
    if triples < SHORT.0 {
        return containment >= SHORT.1;
    }
    let (least_kept, least_edited) = match outlets {
        Outlets::Same => (KEPT_IN_OUTLET, EDITED_IN_OUTLET),
        Outlets::Different => (KEPT, EDITED.0),
    };
    let kept = coverage >= SAME_TEXT && coverage + containment >= least_kept;
    let edited = coverage >= least_edited && containment >= EDITED.1;
    kept || edited
}

/// Whether two articles share a substantial passage of reporting.
fn overlap(comparer: &Comparer, outlets: Outlets, a: &[Word], b: &[Word]) -> Option<Judgement> {
    let shorter = a.len().min(b.len()) as f64;
    let share = if outlets == Outlets::Same { OVERLAP_SHARE_IN_OUTLET } else { OVERLAP_SHARE };
    let least = OVERLAP_WORDS.max((share * shorter) as u32);
    let words = comparer.reported_words(a, b, least);
    (words > 0).then(|| Judgement {
        relation: Relation::Overlap,
        confidence: confidence(1.0 - f64::from(OVERLAP_WORDS) / f64::from(words)),
    })
}

/// Confidence that goes with the strength of the evidence, 0 to 1. Not calibrated: of a sample that was read 91 of 100
/// were right (`docs/judgements`), and that the stronger are righter is an assumption.
fn confidence(strength: f64) -> f64 {
    0.9 + 0.09 * strength
}

/// Whether the shared parts say the same and not only in the same words.
fn facts_agree(measures: &Measures) -> bool {
    let facts = measures.facts;
    (facts.all() < FACTS || facts.share() >= FACTS_AGREE)
        && (facts.figures < FACTS || facts.share_of_figures() >= FIGURES_AGREE)
        && (facts.figures < NO_FIGURE_AGREES.0
            || facts.figures_shared > 0
            || facts.share_of_names() >= NO_FIGURE_AGREES.1)
        && (facts.figures < MANY_FIGURES || facts.share_in_place() >= FIGURES_IN_PLACE)
}
