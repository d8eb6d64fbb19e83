//! Writes what the likeness of sentences is made of, for fitting its weights: see `data/models/README.md`.
//!
//! ```text
//! cargo bench --bench sentence_parts -- PAIRS.jsonl ROWS.f32
//! ```
//!
//! PAIRS: `a` and `b`, a sentence each, a pair a line. ROWS: the measures of each pair, all 0 where no word is shared.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program for the command line")]

mod parts;

use std::process::ExitCode;

use retold::compare::sentences::{Measured, PART_NAMES, PARTS};
use retold::compare::text::Reader;
use retold::statistics::weights::Weights;

fn main() -> ExitCode {
    let mut reader = Reader::default();
    parts::main("sentence_parts", &PART_NAMES, |pair| {
        let text = reader.sentences(&[&pair.a, &pair.b]);
        let [a, b] = [0, 1].map(|side| Measured::new(&text.sentences[side].bag, Weights::background()));
        a.measures(&b).unwrap_or([0.0; PARTS])
    })
}
