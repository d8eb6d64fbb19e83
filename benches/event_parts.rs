//! Writes what tells whether two texts report one event, for fitting its weights: see `data/models/README.md`.
//!
//! ```text
//! cargo bench --bench event_parts -- PAIRS.jsonl ROWS.f32
//! ```
//!
//! PAIRS: `a` and `b`, a text each, a pair a line. ROWS: the parts of each pair.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program for the command line")]

mod parts;

use std::process::ExitCode;

use retold::compare::Comparer;
use retold::compare::event::PART_NAMES;
use retold::compare::text::Reader;
use retold::compare::versions::{self, Circumstances};
use retold::statistics::weights::Weights;

fn main() -> ExitCode {
    let (mut reader, mut comparer) = (Reader::default(), Comparer::default());
    parts::main("event_parts", &PART_NAMES, |pair| {
        let [a, b] = [&pair.a, &pair.b].map(|text| reader.text(text, None));
        versions::compare(&a, &b, Circumstances::UNKNOWN, Weights::background(), &mut comparer).event
    })
}
