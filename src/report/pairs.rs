//! Answers to `compare --pairs`: one line of JSON in, one out.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::compare::Comparer;
use crate::compare::alignment::Link;
use crate::compare::claims::Claim;
use crate::compare::evidence::rounded;
use crate::compare::text::{Reader, Text};
use crate::compare::versions::{self, Circumstances, Comparison};
use crate::error::Reject;
use crate::read::Line;
use crate::report::comparison::shares::Shares;
use crate::statistics::weights::Weights;

/// The answer to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// A line of JSON, without its end.
    pub line: String,
    /// Whether the two could be compared; else the line says why not.
    pub is_compared: bool,
}

/// Answers pairs; keeps its buffers. One for each thread: what it has met before does not change an answer.
#[derive(Debug, Default)]
pub struct Answerer {
    reader: Reader,
    comparer: Comparer,
}

/// A pair as asked. Each value is read by itself, so that an answer has the id whatever is wrong with the rest.
#[derive(Debug, Deserialize)]
struct Asked<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    a: Option<&'a RawValue>,
    #[serde(borrow, default)]
    b: Option<&'a RawValue>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
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

impl Answerer {
    /// The answer to a line as it was read.
    #[must_use]
    pub fn answer(&mut self, line: &Result<Line<'_>, Reject>) -> Answer {
        let Line { number, text } = match line {
            Ok(line) => line,
            Err(reject) => return failed(None, about(reject)),
        };
        // A list would be read as the values of the fields in their order.
        if !text.trim_start().starts_with('{') {
            return failed(None, format!("line {number}: no JSON object"));
        }
        let asked: Asked<'_> = match serde_json::from_str(text) {
            Ok(asked) => asked,
            Err(error) => return failed(None, format!("line {number}: {}", fault(&error))),
        };
        match self.compared(&asked) {
            Ok(line) => Answer { line, is_compared: true },
            Err(error) if asked.id.is_none() => failed(None, format!("line {number}: {error}")),
            Err(error) => failed(asked.id, error),
        }
    }

    fn compared(&mut self, asked: &Asked<'_>) -> Result<String, String> {
        let a = self.side("a", asked.a)?;
        let b = self.side("b", asked.b)?;
        let found = versions::compare(&a, &b, Circumstances::UNKNOWN, Weights::background(), &mut self.comparer);
        Ok(json(&row(asked.id, &a, &b, &found)))
    }

    fn side(&mut self, name: &str, given: Option<&RawValue>) -> Result<Text, String> {
        let given =
            given.ok_or_else(|| format!("{name} is missing or null; a text or a list of sentences is wanted"))?;
        let wrong = |error: serde_json::Error| format!("{name}: {}", fault(&error));
        let text = match given.get().as_bytes().first() {
            Some(b'"') => self.reader.text(&serde_json::from_str::<String>(given.get()).map_err(wrong)?, None),
            Some(b'[') => {
                let sentences: Vec<String> = serde_json::from_str(given.get()).map_err(wrong)?;
                self.reader.sentences(&sentences)
            }
            _ => return Err(format!("{name} is neither a text nor a list of sentences")),
        };
        let has_word = text.sentences.iter().any(|sentence| !sentence.tokens.is_empty());
        if has_word { Ok(text) } else { Err(format!("{name} has no word")) }
    }
}

fn row<'a>(id: Option<&'a RawValue>, a: &'a Text, b: &'a Text, found: &'a Comparison) -> Row<'a> {
    let [containment_a, containment_b] = Shares::new(a, b, found).containment.map(rounded);
    let link = |link: &'a Link| LinkRow {
        a: &link.a,
        b: &link.b,
        score: rounded(f64::from(link.score)),
        kind: link.kind(),
        reordered: link.is_reordered,
    };
    let claim = |claim: &Claim| ClaimRow {
        kind: claim.kind.name(),
        agree: claim.agree,
        a: claim.a.map(|span| a.at(span)),
        b: claim.b.map(|span| b.at(span)),
    };
    Row {
        id,
        relation: found.judgement.relation.name(),
        confidence: rounded(found.judgement.confidence),
        similarity: rounded(f64::from(found.similarity)),
        containment_a,
        containment_b,
        links: found.links.iter().map(link).collect(),
        claims: found.claims.iter().map(claim).collect(),
    }
}

/// What is wrong with a line that could not even be read.
fn about(reject: &Reject) -> String {
    match reject.place.line {
        Some(line) => format!("line {line}: {}", reject.detail),
        None => reject.detail.clone(),
    }
}

/// What a parser says, its `at line 1 column 7` as the byte it is of what was parsed.
fn fault(error: &serde_json::Error) -> String {
    let told = error.to_string();
    match told.rsplit_once(" at line ") {
        Some((told, _)) => format!("{told} (byte {})", error.column()),
        None => told,
    }
}

fn failed(id: Option<&RawValue>, error: String) -> Answer {
    Answer { line: json(&Failed { id, error }), is_compared: false }
}

fn json(row: &impl Serialize) -> String {
    // Plain structures of strings and numbers, which always serialize.
    serde_json::to_string(row).unwrap_or_else(|error| format!("{{\"id\":null,\"error\":\"{error}\"}}"))
}
