//! A text prepared to be compared with one other, sentence by sentence.

use std::ops::Range;

use super::sentences::Bag;
use crate::document::{CodePoints, Document, Preparer, Span, sentences};
use crate::features::repeats::{self, Repeats};
use crate::features::terms::Terms;
use crate::features::tokens::{Token, tokens};

/// Prepares texts; keeps its buffers and the terms it knows. One for each thread.
#[derive(Debug, Default)]
pub struct Reader {
    preparer: Preparer,
    terms: Terms,
    repeats: Repeats,
}

/// A text as its sentences and as one run of words.
#[derive(Debug)]
pub struct Text {
    /// The text as read.
    pub text: String,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// Its words, boilerplate set aside.
    pub document: Document,
}

/// A sentence of a text.
#[derive(Debug)]
pub struct Sentence {
    /// Where it stands, in code points of the text.
    pub span: Span,
    /// The same in bytes.
    pub bytes: Range<usize>,
    /// Its words.
    pub tokens: Vec<Token>,
    /// The same, made ready for [`likeness`](super::sentences::likeness).
    pub bag: Bag,
    /// Boilerplate or credit: not compared, but counted, so that numbers of sentences hold.
    pub is_aside: bool,
}

impl Text {
    /// The words of a sentence as read.
    #[must_use]
    pub fn of(&self, sentence: &Sentence) -> &str {
        &self.text[sentence.bytes.clone()]
    }

    /// Number of the sentence in which a code point stands, or of the one before it.
    #[must_use]
    pub fn sentence_at(&self, point: u32) -> usize {
        self.sentences.partition_point(|sentence| sentence.span.start <= point).saturating_sub(1)
    }

    /// What stands in a place of the text.
    #[must_use]
    pub fn at(&self, span: Span) -> &str {
        // From the sentence on and not from the start: texts are long, and places many.
        let (point, byte) = match self.sentences.get(self.sentence_at(span.start)) {
            Some(sentence) if sentence.span.start <= span.start => (sentence.span.start, sentence.bytes.start),
            _ => (0, 0),
        };
        let rest = &self.text[byte..];
        let start = byte_of(rest, (span.start - point) as usize);
        let end = start + byte_of(&rest[start..], span.end.saturating_sub(span.start) as usize);
        &rest[start..end]
    }
}

/// The byte at which a code point begins, or the end.
fn byte_of(text: &str, point: usize) -> usize {
    text.char_indices().nth(point).map_or(text.len(), |(byte, _)| byte)
}

impl Reader {
    /// Reads a running text, in the language `lang` if that is known.
    pub fn text(&mut self, text: &str, lang: Option<&str>) -> Text {
        let ranges = sentences::sentences(text, lang.unwrap_or("en"));
        let mut read = self.read(text.to_owned(), ranges);
        for sentence in &mut read.sentences {
            let Span { start, end } = sentence.span;
            let within = |aside: Span| aside.end.min(end).saturating_sub(aside.start.max(start));
            let aside: u32 = read.document.asides.iter().map(|aside| within(aside.span)).sum();
            sentence.is_aside = 2 * aside > end - start;
        }
        read
    }

    /// Takes sentences that were split by somebody else: sentence i keeps its number, also where it is empty.
    pub fn sentences<S: AsRef<str>>(&mut self, sentences: &[S]) -> Text {
        let mut text = String::new();
        let mut ranges = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            let start = text.len();
            text.push_str(sentence.as_ref());
            ranges.push(start..text.len());
            text.push('\n');
        }
        self.read(text, ranges)
    }

    fn read(&mut self, text: String, ranges: Vec<Range<usize>>) -> Text {
        let mut document = self.preparer.prepare(&text);
        repeats::mark_repeats(&mut document.words, &mut self.repeats);
        let mut counter = CodePoints::new(&text);
        let sentence = |bytes: Range<usize>| {
            let tokens = tokens(&text[bytes.clone()], &mut self.terms);
            Sentence {
                span: Span { start: counter.at(bytes.start), end: counter.at(bytes.end) },
                bag: Bag::new(&tokens),
                tokens,
                bytes,
                is_aside: false,
            }
        };
        let sentences = ranges.into_iter().map(sentence).collect();
        Text { text, sentences, document }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back_to_the_text() {
        let told = "«Übersee» is late. 港 waits at Dorvale.\n\nNobody knows.";
        let text = Reader::default().text(told, None);
        for (start, c) in told.chars().enumerate() {
            let span = Span { start: start as u32, end: start as u32 + 1 };
            assert_eq!(text.at(span), c.to_string());
        }
        assert_eq!(text.at(Span { start: 19, end: 38 }), "港 waits at Dorvale.");
        assert_eq!(
            (text.sentence_at(0), text.sentence_at(18), text.sentence_at(19), text.sentence_at(99)),
            (0, 0, 1, 2)
        );
        assert_eq!(text.at(Span { start: 48, end: 900 }), "nows.");
    }
}
