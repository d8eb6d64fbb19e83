//! What the relation of two texts rests on: shared wording, sentences that say the same, claims that agree.

use super::shares::Shares;
use crate::compare::evidence::{self, Part, Why, rounded};
use crate::compare::versions::Comparison;

/// All evidence, wording first.
pub(super) fn why(found: &Comparison, shares: &Shares) -> Vec<Why> {
    let mut why = evidence::why(found.measures.a, found.measures.b, found.measures.facts);
    // Reporting is not measured where hardly anything is shared.
    why.retain(|why| why.kind != "reporting" || why.a.whole + why.b.whole > 0);
    let part = |part: usize, whole: usize| Part { part: part as u32, whole: whole as u32 };
    let [a, b] = [0, 1].map(|side| part(shares.linked[side], shares.sentences[side]));
    let [share_a, share_b] = shares.aligned();
    why.push(Why { kind: "sentences", a, b, weight: rounded(share_a.max(share_b)) });
    let stated = found.claims.iter().filter_map(|claim| claim.agree);
    let (agreed, all) = stated.fold((0, 0), |(agreed, all), agrees| (agreed + usize::from(agrees), all + 1));
    if all > 0 {
        let both = part(agreed, all);
        why.push(Why { kind: "claims", a: both, b: both, weight: rounded(agreed as f64 / all as f64) });
    }
    why
}

/// What a kind of evidence counts, for a person.
pub(super) fn counts(kind: &str) -> &'static str {
    match kind {
        "wording" => "runs of three words found in the other",
        "reporting" => "the same in edited stretches, without quotations",
        "figures" => "numbers and dates of the shared wording",
        "names" => "names of the shared wording",
        "sentences" => "sentences that say what the other says",
        "claims" => "claims of these sentences that agree",
        _ => "",
    }
}
