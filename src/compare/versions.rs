//! Two texts side by side: how they stand to each other, which sentences say the same, where their claims differ.

use jiff::civil;

use super::alignment::{self, Link};
use super::articles::{Counts, Profile};
use super::claims::{self, Claim};
use super::event;
use super::relation::{self, Outlets};
use super::sentences;
use super::text::Text;
use super::{Comparer, Judgement, Measures, Relation};
use crate::document::Span;
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
    /// What tells whether they report one event: see [`event::PART_NAMES`].
    pub event: [f32; event::PARTS],
}

/// What is known of two texts besides their words.
#[derive(Debug, Clone, Copy)]
pub struct Circumstances {
    /// Whether they come from one outlet, which uses its own words again.
    pub outlets: Outlets,
    /// The days they were published on: "on Friday" is then a date.
    pub published: [Option<civil::Date>; 2],
}

impl Circumstances {
    /// Of texts of which nothing else is known.
    pub const UNKNOWN: Self = Self { outlets: Outlets::Different, published: [None; 2] };
}

/// Compares two texts. The two sides can be exchanged.
pub fn compare(a: &Text, b: &Text, known: Circumstances, weights: &Weights, comparer: &mut Comparer) -> Comparison {
    let measures = comparer.compare(&a.document.words, &b.document.words);
    let same = a.document.fingerprint == b.document.fingerprint;
    let wording = relation::judge(&measures, known.outlets, comparer, &a.document.words, &b.document.words);
    let mut links = alignment::align(a, b, weights);
    let [profile_a, profile_b] = [a, b].map(|text| Profile::new(&Counts::from(text), weights));
    let overview = event::overview(&profile_a, &profile_b);
    let similarity = match (a.sentences.as_slice(), b.sentences.as_slice()) {
        ([a], [b]) => sentences::likeness(a, b, weights).score,
        _ => overview[0],
    };
    let mut claims = claims::claims(a, b, &links, weights, known.published);
    let links_before = links.len();
    links.retain(|link| !is_of_another_day(a, b, link, &claims));
    if links.len() < links_before {
        claims = claims::claims(a, b, &links, weights, known.published);
    }
    let event = event::parts([a, b], overview, &links, &claims);
    let judgement = match wording {
        _ if same => Judgement::SAME_WORDS,
        Some(judgement) if judgement.relation == Relation::NearDuplicate || is_same_news(&event) => judgement,
        _ if relation::is_look_alike(&measures) => {
            Judgement { relation: Relation::Unrelated, confidence: LOOK_ALIKE_RIGHT }
        }
        _ => by_content(&links, &event),
    };
    Comparison { judgement, similarity, measures, links, claims, event }
}

/// Score from which sentences say the same thing, be the day another: then the day is what they differ in.
const SAME_BUT_FOR_THE_DAY: f32 = 0.5;

/// Whether loosely linked sentences tell of two days, and of no day that they share: what happens on Friday and what will
/// on Monday are two things, whoever takes part in both.
fn is_of_another_day(a: &Text, b: &Text, link: &Link, claims: &[Claim]) -> bool {
    if link.score >= SAME_BUT_FOR_THE_DAY {
        return false;
    }
    let is_here = |text: &Text, span: Option<Span>, numbers: &[usize]| {
        span.is_some_and(|span| numbers.binary_search(&text.sentence_at(span.start)).is_ok())
    };
    let mut days = claims
        .iter()
        .filter(|claim| claim.kind == claims::Kind::Date && claim.agree.is_some())
        .filter(|claim| is_here(a, claim.a, &link.a) && is_here(b, claim.b, &link.b))
        .peekable();
    days.peek().is_some() && days.all(|claim| claim.agree == Some(false))
}

/// Share of the words of both texts in linked sentences from which one is the other in other words: of the side that is
/// linked less and of the other; and how alike linked sentences are on average. Translations of one text lie far above,
/// reports of one event far below.
const REWRITTEN: (f32, f32, f32) = (0.6, 0.75, 0.3);

/// Log odds of one event that are asked of a shared passage and of a text in other words: a passage of articles on
/// different news is a block of the page, sentences that match throughout are a form filled in anew.
const SAME_NEWS: f32 = 3.5;
/// Part of the begin of one text that stands in the other where that has taken it in, whatever else it tells.
const TAKEN_IN: f32 = 0.8;

fn is_same_news(parts: &[f32; event::PARTS]) -> bool {
    event::log_odds(parts) >= SAME_NEWS || parts[event::BEGIN_MORE] >= TAKEN_IN
}

/// The relation of two texts that share no wording to speak of.
fn by_content(links: &[Link], parts: &[f32; event::PARTS]) -> Judgement {
    let [less, more] = event::linked(parts);
    let score = links.iter().map(|link| link.score).sum::<f32>() / links.len().max(1) as f32;
    let odds = event::log_odds(parts);
    if less >= REWRITTEN.0 && more >= REWRITTEN.1 && score >= REWRITTEN.2 && odds >= SAME_NEWS {
        return Judgement { relation: Relation::Rewrite, confidence: REWRITE_RIGHT };
    }
    let margin = f64::from(odds - event::asked(parts));
    if margin >= 0.0 {
        Judgement { relation: Relation::SameEvent, confidence: logistic(0.9 + 1.2 * margin) }
    } else {
        Judgement { relation: Relation::Unrelated, confidence: logistic(0.3 - 0.9 * margin) }
    }
}

/// Share of the pairs that look like two reports from one form that tell of two things.
const LOOK_ALIKE_RIGHT: f64 = 0.95;
/// Share of the texts called rewritten that are.
const REWRITE_RIGHT: f64 = 0.97;

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
