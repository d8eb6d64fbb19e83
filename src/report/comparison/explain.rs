//! How each number of a comparison came about.

use super::Comparison;
use super::sentences::label;
use crate::compare::alignment::Link;
use crate::compare::sentences::likeness;
use crate::report::count;

/// A line for each number.
pub(super) fn lines(comparison: &Comparison<'_>) -> Vec<String> {
    let Comparison { found, shares, texts, .. } = comparison;
    let (a, b) = (found.measures.a, found.measures.b);
    let of = |part: u32, whole: u32| format!("{} of {}", count(part.into()), count(whole.into()));
    let asides = [0, 1].map(|side: usize| texts[side].sentences.len() - shares.sentences[side]);
    let shared = a.shared.min(b.shared);
    let mut lines = vec![
        format!(
            "containment  runs of three words that stand in the other: A {}, B {}",
            of(a.shared, a.triples),
            of(b.shared, b.triples)
        ),
        format!("jaccard      runs that stand in both, of all: {}", of(shared, a.triples + b.triples - shared)),
        format!(
            "aligned      sentences with a link: A {}, B {}; set aside or without words, not counted: A {}, B {}",
            of(shares.linked[0] as u32, shares.sentences[0] as u32),
            of(shares.linked[1] as u32, shares.sentences[1] as u32),
            asides[0],
            asides[1]
        ),
    ];
    if shares.is_same {
        lines.push("relation     the same words in the same order: nothing else is asked".into());
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
    format!("{} ~ {}  {:.2}", numbers(0, &link.a), numbers(1, &link.b), link.score)
}
