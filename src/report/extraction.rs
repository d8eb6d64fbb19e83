//! What was read of an article: its text and fields, what of it was set aside, where its sentences are.

use serde::Serialize;

use super::shown;
use crate::collection::{Collection, Entry};
use crate::document::{CodePoints, Credit, Document, SetAside, asides, sentences};
use crate::statistics::DocId;

/// An article as retold sees it. Positions count code points of `text`.
#[derive(Debug, Clone, Serialize)]
pub struct Extraction<'a> {
    id: &'a str,
    path: &'a str,
    line: Option<u64>,
    url: Option<&'a str>,
    title: Option<&'a str>,
    date: Option<String>,
    outlet: Option<&'a str>,
    lang: Option<&'a str>,
    text: &'a str,
    spans: Vec<Place>,
    credit: Option<Credit>,
    sentences: Vec<[u32; 2]>,
}

/// A place that does not belong to the story.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Place {
    kind: &'static str,
    start: u32,
    end: u32,
    reason: &'static str,
}

impl<'a> Extraction<'a> {
    /// Puts together what is known of an article; `text` is its text as read.
    #[must_use]
    pub fn new(collection: &'a Collection, id: DocId, text: &'a str) -> Self {
        let entry = collection.entry(id);
        let lang = entry.lang.as_deref();
        Self {
            id: &entry.id,
            path: &entry.place.path,
            line: entry.place.line,
            url: entry.url.as_deref(),
            title: entry.title.as_deref(),
            date: entry.date.map(|date| date.to_string()),
            outlet: entry.outlet.as_deref(),
            lang,
            text,
            spans: set_aside(entry, collection.document(id)),
            credit: Some(asides::credit(text)).filter(|credit| !credit.is_empty()),
            sentences: sentence_spans(text, lang.unwrap_or("en")),
        }
    }

    /// The article for a person: a line of its fields, then its text, before each line why it or a part of it is set
    /// aside, and a mark where nothing is left of it.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let fields = [Some(self.id), self.date.as_deref(), self.outlet, self.lang];
        let fields: Vec<String> = fields.into_iter().flatten().map(shown).collect();
        let mut out = vec![format!("== {}", fields.join(" | "))];
        out.extend(self.title.map(|title| format!("   {}", shown(title))));
        let mut counter = CodePoints::new(self.text);
        let mut at = 0;
        for line in self.text.split('\n') {
            let (start, end) = (counter.at(at), counter.at(at + line.len()));
            at += line.len() + 1;
            if line.trim().is_empty() {
                continue;
            }
            let inside = || self.spans.iter().filter(|span| span.start < end && span.end > start);
            let reasons: Vec<String> = inside().map(|span| format!("[{}: {}] ", span.kind, span.reason)).collect();
            let left = (start..)
                .zip(line.chars())
                .filter(|(at, c)| c.is_alphanumeric() && !inside().any(|span| (span.start..span.end).contains(at)));
            let mark = if reasons.is_empty() || left.count() > 0 { ' ' } else { '-' };
            out.push(format!(" {mark} {}{}", reasons.concat(), shown(line)));
        }
        out
    }
}

fn set_aside(entry: &Entry, document: &Document) -> Vec<Place> {
    // Where a title stands for the text, there is no place in the text to point to.
    let parts = if entry.is_title { &[][..] } else { &document.asides[..] };
    let place = |part: &SetAside| Place {
        kind: part.aside.kind().name(),
        start: part.span.start,
        end: part.span.end,
        reason: part.aside.reason(),
    };
    parts.iter().map(place).collect()
}

fn sentence_spans(text: &str, lang: &str) -> Vec<[u32; 2]> {
    let mut counter = CodePoints::new(text);
    sentences::sentences(text, lang).into_iter().map(|range| [counter.at(range.start), counter.at(range.end)]).collect()
}
