//! Preparing any text: every word has a place in it, and a text is the same as itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use retold::compare::Comparer;
use retold::document::Preparer;

fuzz_target!(|text: &str| {
    let mut preparer = Preparer::default();
    let document = preparer.prepare(text);
    let spans = preparer.word_spans(text);
    assert_eq!(document.words_as_read() as usize, spans.len());
    let length = text.chars().count() as u32;
    assert!(spans.iter().all(|span| span.start < span.end && span.end <= length));
    let measures = Comparer::default().compare(&document.words, &document.words);
    assert_eq!(measures.a.shared, measures.a.triples);
});
