//! How each number of a comparison came about.

use super::Comparison;
use super::sentences::label;
use super::side::Piece;
use crate::compare::alignment::Link;
use crate::compare::sentences::likeness;
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
    for link in &found.links {
        lines.push(of_link(link));
        lines.extend(parts(link, comparison));
    }
    lines
}

/// The parts of the likeness of two single sentences that count for something, in the order of their names.
fn parts(link: &Link, comparison: &Comparison<'_>) -> Option<String> {
    let ([i], [j]) = (link.a.as_slice(), link.b.as_slice()) else {
        return None;
    };
    let [a, b] = &comparison.texts;
    let likeness = likeness(a.sentences.get(*i)?, b.sentences.get(*j)?, comparison.weights);
    let told = likeness.named().filter(|(_, part)| part.abs() >= 0.005);
    let told: Vec<String> = told.map(|(name, part)| format!("{name} {part:+.2}")).collect();
    Some(format!("    likeness {:.2}  {}", likeness.score, told.join("  ")))
}

fn of_link(link: &Link) -> String {
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
