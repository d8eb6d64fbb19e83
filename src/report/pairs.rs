//! Answers to `compare --pairs`: one JSON record in, one out.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::compare::Comparer;
use crate::compare::alignment::Link;
use crate::compare::evidence::rounded;
use crate::compare::text::{Reader, Text};
use crate::compare::versions::{self, Comparison};
use crate::document::Span;
use crate::statistics::weights::Weights;

/// A pair as asked.
#[derive(Debug, Deserialize)]
struct Asked<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    a: Side,
    b: Side,
}

/// One side: running text, or sentences that are split already.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Side {
    Text(String),
    Sentences(Vec<String>),
}

/// The answer to a pair.
#[derive(Debug, Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    relation: &'static str,
    confidence: f64,
    similarity: f64,
    containment_a: f64,
    containment_b: f64,
    links: Vec<LinkRow<'a>>,
    claims: Vec<ClaimRow<'a>>,
}

#[derive(Debug, Serialize)]
struct LinkRow<'a> {
    a: &'a [usize],
    b: &'a [usize],
    score: f64,
    kind: &'static str,
    reordered: bool,
}

#[derive(Debug, Serialize)]
struct ClaimRow<'a> {
    kind: &'static str,
    agree: Option<bool>,
    a: Option<&'a str>,
    b: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Failed<'a> {
    id: Option<&'a RawValue>,
    error: String,
}

/// Answers pairs; keeps its buffers. One for each thread.
#[derive(Debug, Default)]
pub struct Answerer {
    reader: Reader,
    comparer: Comparer,
}

impl Answerer {
    /// The answer to one line, as a line of JSON without its end.
    #[must_use]
    pub fn answer(&mut self, line: &str) -> String {
        let asked: Asked<'_> = match serde_json::from_str(line) {
            Ok(asked) => asked,
            Err(error) => return json(&Failed { id: None, error: error.to_string() }),
        };
        let [a, b] = [&asked.a, &asked.b].map(|side| match side {
            Side::Text(text) => self.reader.text(text, None),
            Side::Sentences(sentences) => self.reader.sentences(sentences),
        });
        for (name, side) in [("a", &a), ("b", &b)] {
            if side.sentences.iter().all(|sentence| sentence.tokens.is_empty()) {
                return json(&Failed { id: asked.id, error: format!("{name} has no word") });
            }
        }
        let comparison = versions::compare(&a, &b, Weights::background(), &mut self.comparer);
        json(&answer(asked.id, &a, &b, &comparison))
    }
}

fn answer<'a>(id: Option<&'a RawValue>, a: &'a Text, b: &'a Text, comparison: &'a Comparison) -> Answer<'a> {
    let link = |link: &'a Link| LinkRow {
        a: &link.a,
        b: &link.b,
        score: rounded(f64::from(link.score)),
        kind: if link.is_verbatim { "verbatim" } else { "reworded" },
        reordered: link.is_reordered,
    };
    Answer {
        id,
        relation: comparison.judgement.relation.name(),
        confidence: rounded(comparison.judgement.confidence),
        similarity: rounded(f64::from(comparison.similarity)),
        containment_a: rounded(comparison.measures.a.containment()),
        containment_b: rounded(comparison.measures.b.containment()),
        links: comparison.links.iter().map(link).collect(),
        claims: comparison
            .claims
            .iter()
            .map(|claim| ClaimRow {
                kind: claim.kind.name(),
                agree: claim.agree,
                a: claim.a.and_then(|span| cut(&a.text, span)),
                b: claim.b.and_then(|span| cut(&b.text, span)),
            })
            .collect(),
    }
}

/// The part of `text` between two code points.
fn cut(text: &str, span: Span) -> Option<&str> {
    let byte = |point: u32| text.char_indices().nth(point as usize).map_or(text.len(), |(byte, _)| byte);
    text.get(byte(span.start)..byte(span.end))
}

fn json(row: &impl Serialize) -> String {
    serde_json::to_string(row).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}
