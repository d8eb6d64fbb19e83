//! A comparison as one record.

use serde::Serialize;

use super::Comparison;
use super::spellings::Spelling;
use crate::compare::alignment::Link;
use crate::compare::claims::Claim;
use crate::compare::evidence::{Why, rounded};
use crate::compare::passages::Shared;
use crate::document::Span;

/// Two articles compared: a row of `pairs` with its links, passages and claims. Positions count code points of the
/// texts, numbers of sentences begin with 0.
#[derive(Debug, Serialize)]
pub struct ComparisonRow<'a> {
    r#type: &'static str,
    a: &'a str,
    b: &'a str,
    relation: &'static str,
    confidence: f64,
    similarity: f64,
    similarity_titles: Option<f64>,
    containment_a: f64,
    containment_b: f64,
    jaccard: f64,
    aligned_a: f64,
    aligned_b: f64,
    sentences_a: usize,
    sentences_b: usize,
    lang_a: Option<&'a str>,
    lang_b: Option<&'a str>,
    why: &'a [Why],
    links: Vec<LinkRow<'a>>,
    passages: Vec<PassageRow<'a>>,
    claims: Vec<ClaimRow<'a>>,
    spellings: Vec<SpellingRow<'a>>,
}

#[derive(Debug, Serialize)]
struct LinkRow<'a> {
    a_sentences: &'a [usize],
    b_sentences: &'a [usize],
    a_start: u32,
    a_end: u32,
    b_start: u32,
    b_end: u32,
    score: f64,
    kind: &'static str,
    reordered: bool,
}

#[derive(Debug, Serialize)]
struct PassageRow<'a> {
    a_start: u32,
    a_end: u32,
    b_start: u32,
    b_end: u32,
    words: usize,
    text: &'a str,
}

#[derive(Debug, Serialize)]
struct ClaimRow<'a> {
    kind: &'static str,
    agree: Option<bool>,
    a: Option<&'a str>,
    b: Option<&'a str>,
    a_start: Option<u32>,
    a_end: Option<u32>,
    b_start: Option<u32>,
    b_end: Option<u32>,
}

#[derive(Debug, Serialize)]
struct SpellingRow<'a> {
    a: &'a str,
    b: &'a str,
}

impl Comparison<'_> {
    /// As a record.
    #[must_use]
    pub fn row(&self) -> ComparisonRow<'_> {
        let [containment_a, containment_b] = self.shares.containment.map(rounded);
        let [aligned_a, aligned_b] = self.shares.aligned().map(rounded);
        let [sentences_a, sentences_b] = self.shares.sentences;
        ComparisonRow {
            r#type: "pairs",
            a: &self.articles[0].id,
            b: &self.articles[1].id,
            relation: self.found.judgement.relation.name(),
            confidence: rounded(self.found.judgement.confidence),
            similarity: rounded(f64::from(self.found.similarity)),
            similarity_titles: self.titles.map(|score| rounded(f64::from(score))),
            containment_a,
            containment_b,
            jaccard: rounded(self.shares.jaccard),
            aligned_a,
            aligned_b,
            sentences_a,
            sentences_b,
            lang_a: self.langs[0].as_deref(),
            lang_b: self.langs[1].as_deref(),
            why: &self.why,
            links: self.found.links.iter().map(|link| self.link(link)).collect(),
            passages: self.passages.iter().map(|passage| self.passage(passage)).collect(),
            claims: self.found.claims.iter().map(|claim| self.claim(claim)).collect(),
            spellings: self.spellings.iter().map(|Spelling { forms: [a, b], .. }| SpellingRow { a, b }).collect(),
        }
    }

    fn link<'r>(&self, link: &'r Link) -> LinkRow<'r> {
        let (a, b) = (self.span(0, &link.a), self.span(1, &link.b));
        LinkRow {
            a_sentences: &link.a,
            b_sentences: &link.b,
            a_start: a.start,
            a_end: a.end,
            b_start: b.start,
            b_end: b.end,
            score: rounded(f64::from(link.score)),
            kind: link.kind(),
            reordered: link.is_reordered,
        }
    }

    /// From the first of some sentences to the last.
    fn span(&self, side: usize, numbers: &[usize]) -> Span {
        let sentence = |number: Option<&usize>| number.and_then(|&number| self.texts[side].sentences.get(number));
        let (first, last) = (sentence(numbers.first()), sentence(numbers.last()));
        Span { start: first.map_or(0, |first| first.span.start), end: last.map_or(0, |last| last.span.end) }
    }

    fn passage(&self, passage: &Shared) -> PassageRow<'_> {
        PassageRow {
            a_start: passage.a.start,
            a_end: passage.a.end,
            b_start: passage.b.start,
            b_end: passage.b.end,
            words: passage.words,
            text: self.texts[0].at(passage.a),
        }
    }

    fn claim(&self, claim: &Claim) -> ClaimRow<'_> {
        let start = |span: Option<Span>| span.map(|span| span.start);
        let end = |span: Option<Span>| span.map(|span| span.end);
        ClaimRow {
            kind: claim.kind.name(),
            agree: claim.agree,
            a: claim.a.map(|span| self.texts[0].at(span)),
            b: claim.b.map(|span| self.texts[1].at(span)),
            a_start: start(claim.a),
            a_end: end(claim.a),
            b_start: start(claim.b),
            b_end: end(claim.b),
        }
    }
}
