//! Two texts side by side: what they share, in words and in figures.

use serde::Serialize;

use super::{count, counted, cut, percent, shown};
use crate::article::Article;
use crate::compare::evidence::{self, Why, rounded};
use crate::compare::passages::{self, Shared};
use crate::compare::relation::{self, Outlets};
use crate::compare::{self, Comparer, Judgement, Measures};
use crate::document::{Preparer, Span};
use crate::features::repeats::{self, Repeats};
use crate::statistics::OutletKey;

/// What two articles share.
#[derive(Debug)]
pub struct Comparison {
    judgement: Option<Judgement>,
    measures: Measures,
    jaccard: f64,
    passages: Vec<(Shared, String)>,
    words: [usize; 2],
    same: bool,
}

/// The same as one JSON record.
#[derive(Debug, Serialize)]
pub struct ComparisonRow {
    a: String,
    b: String,
    relation: Option<&'static str>,
    confidence: Option<f64>,
    containment_a: f64,
    containment_b: f64,
    jaccard: f64,
    why: Vec<Why>,
    passages: Vec<PassageRow>,
}

#[derive(Debug, Serialize)]
struct PassageRow {
    a_start: u32,
    a_end: u32,
    b_start: u32,
    b_end: u32,
    words: usize,
    text: String,
}

impl Comparison {
    /// Compares the bodies of two articles.
    #[must_use]
    pub fn new(a: &Article, b: &Article) -> Self {
        let mut preparer = Preparer::default();
        let (mut document_a, mut document_b) = (preparer.prepare(a.body()), preparer.prepare(b.body()));
        let mut room = Repeats::default();
        for document in [&mut document_a, &mut document_b] {
            repeats::mark_repeats(&mut document.words, &mut room);
        }
        let spans_a = passages::story_spans(&mut preparer, a.body(), &document_a);
        let spans_b = passages::story_spans(&mut preparer, b.body(), &document_b);
        let mut comparer = Comparer::default();
        let measures = comparer.compare(&document_a.words, &document_b.words);
        let passages = passages::shared(&document_a.words, &spans_a, &document_b.words, &spans_b);
        let same = document_a.fingerprint == document_b.fingerprint;
        Self {
            judgement: if same {
                Some(Judgement::SAME_WORDS)
            } else {
                relation::judge(&measures, outlets(a, b), &comparer, &document_a.words, &document_b.words)
            },
            measures,
            jaccard: if same { 1.0 } else { measures.jaccard() },
            passages: passages.into_iter().map(|shared| (shared, quoted(a.body(), shared.a))).collect(),
            words: [document_a.words.len(), document_b.words.len()],
            same,
        }
    }

    fn containments(&self) -> [f64; 2] {
        if self.same { [1.0, 1.0] } else { [self.measures.a.containment(), self.measures.b.containment()] }
    }

    /// As a record.
    #[must_use]
    pub fn row(&self, a: &Article, b: &Article) -> ComparisonRow {
        let [containment_a, containment_b] = self.containments().map(rounded);
        let passage = |(shared, text): &(Shared, String)| PassageRow {
            a_start: shared.a.start,
            a_end: shared.a.end,
            b_start: shared.b.start,
            b_end: shared.b.end,
            words: shared.words,
            text: text.clone(),
        };
        ComparisonRow {
            a: a.id.clone(),
            b: b.id.clone(),
            relation: self.judgement.map(|judgement| judgement.relation.name()),
            confidence: self.judgement.map(|judgement| rounded(judgement.confidence)),
            containment_a,
            containment_b,
            jaccard: rounded(self.jaccard),
            why: evidence::why(self.measures.a, self.measures.b, self.measures.facts),
            passages: self.passages.iter().map(passage).collect(),
        }
    }

    /// As lines for a terminal of `width` characters; the longest passages, or all of them.
    #[must_use]
    pub fn lines(&self, a: &Article, b: &Article, width: usize, all: bool) -> Vec<String> {
        let [containment_a, containment_b] = self.containments();
        let mut lines = vec![
            format!("A {}  {}", shown(&a.id), counted(self.words[0] as u64, "word", "words")),
            format!("B {}  {}", shown(&b.id), counted(self.words[1] as u64, "word", "words")),
            self.verdict(),
            format!("  shared wording   A {} in B   B {} in A", percent(containment_a), percent(containment_b)),
        ];
        let facts = self.measures.facts;
        if facts.all() > 0 {
            lines.push(format!(
                "  in that part     {} of {} numbers and dates, {} of {} names stand on both sides",
                facts.figures_shared, facts.figures, facts.names_shared, facts.names
            ));
        }
        let least = compare::PASSAGE;
        if self.passages.is_empty() {
            lines.push(format!("  passages         none of {least} words or more"));
            return lines;
        }
        let words: usize = self.passages.iter().map(|(shared, _)| shared.words).sum();
        lines.push(format!(
            "  passages         {} of {least} words or more, {} in all",
            count(self.passages.len() as u64),
            counted(words as u64, "word", "words")
        ));
        let mut longest: Vec<&(Shared, String)> = self.passages.iter().collect();
        longest.sort_by_key(|(shared, _)| std::cmp::Reverse(shared.words));
        let shown_at_most = if all { longest.len() } else { 5 };
        for (shared, text) in longest.iter().take(shown_at_most) {
            let head = format!("    {:>4} words  A {}  B {}  ", shared.words, shared.a.start, shared.b.start);
            let room = if all { usize::MAX } else { width.saturating_sub(head.chars().count() + 2).max(20) };
            lines.push(format!("{head}“{}”", cut(&shown(text), room)));
        }
        if longest.len() > shown_at_most {
            lines.push(format!("    {} more (--all)", longest.len() - shown_at_most));
        }
        lines
    }

    fn verdict(&self) -> String {
        match self.judgement {
            _ if self.same => "near-duplicate: the same words in the same order".into(),
            Some(judgement) => format!("{}  confidence {:.2}", judgement.relation.name(), judgement.confidence),
            None => "no relation that shared wording can show (this version knows near-duplicate and overlap)".into(),
        }
    }
}

fn outlets(a: &Article, b: &Article) -> Outlets {
    match (&a.outlet, &b.outlet) {
        (Some(a), Some(b)) if OutletKey::new(a) == OutletKey::new(b) => Outlets::Same,
        _ => Outlets::Different,
    }
}

fn quoted(text: &str, span: Span) -> String {
    text.chars().skip(span.start as usize).take((span.end - span.start) as usize).collect()
}
