//! How each number of a comparison came about.

use super::Comparison;
use super::sentences::label;
use super::side::Piece;
use crate::compare::alignment::Link;
use crate::compare::event;
use crate::compare::relation::{EDITED, FACTS, FACTS_AGREE, KEPT, OVERLAP_SHARE, OVERLAP_WORDS, SAME_TEXT};
use crate::compare::sentences::{self, PART_NAMES};
use crate::compare::{Relation, Side};
use crate::report::count;
use crate::statistics::weights::Weights;

/// Parts of a likeness that are shown, and what a part must add or take to be seen.
const PARTS_SHOWN: usize = 6;
const SEEN: f32 = 0.05;

/// A piece of text for each number.
pub(super) fn pieces(comparison: &Comparison<'_>) -> Vec<Piece> {
    let mut pieces = shares(comparison);
    pieces.extend(relation(comparison));
    if !comparison.found.links.is_empty() {
        let text =
            "score of each link; of two sentences, their likeness and what adds most to it or takes most from it";
        pieces.push(piece("links", text.into()));
    }
    pieces.extend(comparison.found.links.iter().map(|link| of_link(comparison, link)));
    let wide = pieces.iter().map(|piece| piece.label.len()).max().unwrap_or(0);
    pieces.iter_mut().for_each(|piece| piece.label = format!("  {:<wide$}", piece.label));
    pieces
}

fn piece(label: &str, text: String) -> Piece {
    Piece { label: label.into(), text }
}

fn of(part: u32, whole: u32) -> String {
    format!("{} of {}", count(part.into()), count(whole.into()))
}

fn shares(comparison: &Comparison<'_>) -> Vec<Piece> {
    let Comparison { found, shares, texts, .. } = comparison;
    let (a, b) = (found.measures.a, found.measures.b);
    let shared = a.shared.min(b.shared);
    let asides = [0, 1].map(|side: usize| texts[side].sentences.len() - shares.sentences[side]);
    let [linked_a, linked_b] = [0, 1].map(|side: usize| of(shares.linked[side] as u32, shares.sentences[side] as u32));
    vec![
        piece(
            "containment",
            format!(
                "runs of three words that stand in the other: A {}, B {}",
                of(a.shared, a.triples),
                of(b.shared, b.triples)
            ),
        ),
        piece("jaccard", format!("runs that stand in both, of all: {}", of(shared, a.triples + b.triples - shared))),
        piece(
            "aligned",
            format!(
                "sentences with a link: A {linked_a}, B {linked_b}; not counted, as set aside or without a word: A {}, B {}",
                asides[0], asides[1]
            ),
        ),
    ]
}

/// What decided the relation.
fn relation(comparison: &Comparison<'_>) -> Vec<Piece> {
    let Comparison { found, shares, .. } = comparison;
    if shares.is_same {
        return vec![piece("relation", "the same words in the same order: nothing else is asked".into())];
    }
    let coverage = |side: Side| format!("{:.2} ({:.2} of the reporting)", side.coverage(), side.reported_coverage());
    let mut pieces = vec![piece(
        "coverage",
        format!(
            "part of the text in stretches of about a sentence that are one text, edited: A {}, B {}",
            coverage(found.measures.a),
            coverage(found.measures.b)
        ),
    )];
    let facts = found.measures.facts;
    if facts.all() > 0 {
        pieces.push(piece(
            "facts",
            format!(
                "numbers, dates and names of the shared wording that stand on both sides: {}; of {FACTS} or more, {FACTS_AGREE} must",
                of(facts.figures_shared + facts.names_shared, facts.all())
            ),
        ));
    }
    let by_wording = format!(
        "near-duplicates have on one side coverage {SAME_TEXT} and, with containment, {KEPT} in all, or coverage {} and \
         containment {}; overlaps have {OVERLAP_WORDS} words of reporting in passages, {OVERLAP_SHARE} of the shorter text",
        EDITED.0, EDITED.1
    );
    let relation = found.judgement.relation;
    let decided = match relation {
        Relation::NearDuplicate | Relation::Overlap => format!("{} by wording: {by_wording}", relation.name()),
        _ => format!("{} by content: too little shared wording for more ({by_wording})", relation.name()),
    };
    pieces.push(piece("relation", decided));
    let adds = event::PART_NAMES.iter().zip(event::added(&found.event)).filter(|(_, added)| added.abs() >= 0.01);
    let adds = adds.map(|(name, added)| format!("{name} {added:+.2}"));
    pieces.push(piece(
        "one event",
        format!(
            "log odds {:.2}, of which {:.2} are asked: {:+.2} to begin with, {}",
            event::log_odds(&found.event),
            event::asked(&found.event),
            event::start(),
            adds.collect::<Vec<_>>().join(", ")
        ),
    ));
    pieces
}

fn of_link(comparison: &Comparison<'_>, link: &Link) -> Piece {
    let numbers = |side: usize, numbers: &[usize]| {
        let labels: Vec<String> = numbers.iter().map(|&number| label(side, number)).collect();
        labels.join(" ")
    };
    let label = format!("{} {}", numbers(0, &link.a), numbers(1, &link.b));
    let text = match (link.a.as_slice(), link.b.as_slice()) {
        _ if link.is_verbatim => format!("{:.2}, word for word", link.score),
        ([a], [b]) => format!("{:.2}; {}", link.score, of_two(comparison, *a, *b)),
        _ => format!("{:.2}, several sentences together", link.score),
    };
    Piece { label, text }
}

/// The parts of the likeness of two sentences that count most.
fn of_two(comparison: &Comparison<'_>, a: usize, b: usize) -> String {
    let [text_a, text_b] = &comparison.texts;
    let likeness = sentences::likeness(&text_a.sentences[a], &text_b.sentences[b], Weights::background());
    let mut parts: Vec<(f32, &str)> = likeness.parts.into_iter().zip(PART_NAMES).collect();
    parts.sort_by(|x, y| y.0.abs().total_cmp(&x.0.abs()));
    let parts = parts.iter().filter(|(part, _)| part.abs() >= SEEN).take(PARTS_SHOWN);
    let parts: Vec<String> = parts.map(|(part, name)| format!("{name} {part:+.1}")).collect();
    format!("likeness {:.2}, from {}", likeness.score, parts.join(", "))
}
