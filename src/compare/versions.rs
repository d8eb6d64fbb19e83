//! Two texts side by side: how they stand to each other, which sentences say the same, where their claims differ.

use std::collections::BTreeMap;

use jiff::civil;

use super::alignment::{self, Link};
use super::articles::{Counts, Profile};
use super::claims::{self, Claim};
use super::event;
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
    let days = Days::of(a, b, &claims);
    let links_before = links.len();
    links.retain(|link| !days.part(link));
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

/// The days on which sentences agree or differ, by the sentence of the one text: that of the other, and whether they agree.
struct Days(BTreeMap<usize, Vec<(usize, bool)>>);

impl Days {
    fn of(a: &Text, b: &Text, claims: &[Claim]) -> Self {
        let mut days: BTreeMap<usize, Vec<(usize, bool)>> = BTreeMap::new();
        for claim in claims.iter().filter(|claim| claim.kind == claims::Kind::Date) {
            if let (Some(agree), Some(x), Some(y)) = (claim.agree, claim.a, claim.b) {
                days.entry(a.sentence_at(x.start)).or_default().push((b.sentence_at(y.start), agree));
            }
        }
        Self(days)
    }

    /// Whether loosely linked sentences tell of two days, and of no day that they share: what happens on Friday and what
    /// will on Monday are two things, whoever takes part in both.
    fn part(&self, link: &Link) -> bool {
        let days = link.a.iter().filter_map(|number| self.0.get(number)).flatten();
        let mut here = days.filter(|(number, _)| link.b.binary_search(number).is_ok()).peekable();
        link.score < SAME_BUT_FOR_THE_DAY && here.peek().is_some() && here.all(|(_, agree)| !agree)
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::text::Reader;

    fn compared(a: &str, b: &str) -> Comparison {
        let mut reader = Reader::default();
        let [a, b] = [a, b].map(|text| reader.text(text, None));
        compare(&a, &b, Circumstances::UNKNOWN, Weights::background(), &mut Comparer::default())
    }

    const RECEIVED: &str =
        "Foreign minister Ida Kray received her colleague Emil Storr in Dorvale on Friday afternoon.";

    #[test]
    fn what_happens_on_two_days_is_not_one_thing() {
        let later =
            "Emil Storr, who leads the other side, will be received in Sorvansk on Monday by Ida Kray, it was said.";
        assert!(compared(RECEIVED, later).links.is_empty());
        let same = "Emil Storr, who leads the other side, was received in Dorvale on Friday by Ida Kray, it was said.";
        assert_eq!(compared(RECEIVED, same).links.len(), 1);
        // A day that was mistranslated is a claim that differs, and no other event.
        let mistaken = compared(RECEIVED, &RECEIVED.replace("Friday", "Monday"));
        assert_eq!(mistaken.links.len(), 1);
        assert!(mistaken.claims.iter().any(|claim| claim.kind == claims::Kind::Date && claim.agree == Some(false)));
    }

    #[test]
    fn sides_can_be_exchanged() {
        let other =
            "Emil Storr came to Dorvale on Friday. He met Ida Kray. They spoke for two hours about the harbour.";
        let (one, exchanged) = (compared(RECEIVED, other), compared(other, RECEIVED));
        assert_eq!(
            (one.judgement, one.similarity, one.event),
            (exchanged.judgement, exchanged.similarity, exchanged.event)
        );
    }

    #[test]
    fn reports_of_one_event_and_strangers() {
        let fire = "Fire guts paper mill in Port Ansel\nA fire destroyed the Hallin paper mill in Port Ansel on Sunday \
                    night. Forty firemen fought the flames for six hours, said fire chief Ida Kray.";
        let blaze = "Port Ansel mill burns down\nThe paper mill of Hallin in Port Ansel went up in flames late on Sunday. \
                     Ida Kray, who leads the fire brigade, had forty men at work until dawn. The firm, which made \
                     envelopes for the post office, had been about to close. Its owner wants to build again in \
                     Sorvansk, and 112 people fear for their places.";
        let vote = "Dorvale elects its mayor\nWith a margin of 212 votes Greta Ahl was elected mayor of Dorvale on \
                    Tuesday. Her rival spoke of mistakes in the count and wants it done again.";
        assert_eq!(compared(fire, blaze).judgement.relation, Relation::SameEvent);
        assert_eq!(compared(fire, vote).judgement.relation, Relation::Unrelated);
        assert_eq!(compared(fire, fire).judgement.relation, Relation::NearDuplicate);
    }
}
