//! What a relation rests on, in words and shares.

use std::fmt;

use serde::{Serialize, Serializer};

use super::{Agreement, Side};

/// One piece of evidence: what was counted on each side, and how much of the whole it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Why {
    /// What was counted: `wording`, word triples that stand on both sides; `reporting`, those outside quotation marks in
    /// stretches that are the same text, edited; `figures` and `names` that agree.
    pub kind: &'static str,
    /// On the one side.
    pub a: Part,
    /// On the other.
    pub b: Part,
    /// Share, 0 to 1.
    pub weight: f64,
}

/// A part of a whole, written `3 of 14`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What counts.
    pub part: u32,
    /// All there is.
    pub whole: u32,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.part, self.whole)
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The evidence for a relation.
#[must_use]
pub fn why(a: Side, b: Side, facts: Agreement) -> Vec<Why> {
    let of = |part, whole| Part { part, whole };
    let share = |part: u32, whole: u32| rounded(f64::from(part) / f64::from(whole.max(1)));
    let fact = |kind, shared, all| Why { kind, a: of(shared, all), b: of(shared, all), weight: share(shared, all) };
    let mut why = vec![
        Why {
            kind: "wording",
            a: of(a.shared, a.triples),
            b: of(b.shared, b.triples),
            weight: rounded(a.containment().max(b.containment())),
        },
        Why {
            kind: "reporting",
            a: of(a.reported.covered, a.reported.triples),
            b: of(b.reported.covered, b.reported.triples),
            weight: rounded(a.reported_coverage().max(b.reported_coverage())),
        },
    ];
    if facts.figures > 0 {
        why.push(fact("figures", facts.figures_shared, facts.figures));
    }
    if facts.names > 0 {
        why.push(fact("names", facts.names_shared, facts.names));
    }
    why
}

/// To four decimals: more would claim what nobody measured.
#[must_use]
pub fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}
