//! What the targets have in common.

use std::hint::black_box;

use retold::read::{Options, Reader, Source};

/// Largest record: small, so that the limit is met.
const MAX_RECORD: usize = 4 << 10;

/// Reads a file of these bytes to its end; the name says the format where the bytes leave it open.
pub fn read(name: &str, bytes: &[u8]) {
    let options = Options { max_record: MAX_RECORD, ..Options::default() };
    for chunk in Reader::new(vec![Source::of_bytes(name, bytes)], options) {
        chunk.parse(|record| {
            if let Ok(article) = record {
                assert!(!article.id.is_empty());
                black_box(article.body());
            }
        });
    }
}
