//! Sentences of any text: in order, apart, and every word in one of them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use retold::document::sentences::sentences;

const LANGUAGES: [&str; 8] = ["en", "de", "ru", "hy", "zh", "ar", "el", "xx"];

fuzz_target!(|input: (u8, &str)| {
    let (language, text) = input;
    let mut next = 0;
    for sentence in sentences(text, LANGUAGES[usize::from(language) % LANGUAGES.len()]) {
        assert!(sentence.start >= next && sentence.start < sentence.end);
        assert!(!text[next..sentence.start].contains(char::is_alphanumeric));
        next = sentence.end;
    }
    assert!(!text[next..].contains(char::is_alphanumeric));
});
