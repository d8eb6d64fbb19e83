//! Writes what tells whether two texts report one event, for fitting its weights: see `data/models/README.md`.
//!
//! ```text
//! cargo bench --bench event_parts -- PAIRS.jsonl PARTS.f32
//! ```
//!
//! PAIRS: `a` and `b`, a text each, a pair a line. PARTS: a row for each pair, 32-bit numbers with the low byte first.
//! Prints the names of the columns and the time.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program for the command line")]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use retold::compare::Comparer;
use retold::compare::event::PART_NAMES;
use retold::compare::text::Reader;
use retold::compare::versions::{self, Circumstances};
use retold::statistics::weights::Weights;
use serde::Deserialize;

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
}

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [pairs, parts] = paths.as_slice() else {
        eprintln!("event_parts writes what a model is fitted on: PAIRS.jsonl PARTS.f32");
        return ExitCode::SUCCESS;
    };
    match write(pairs, parts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(pairs: &str, parts: &str) -> Result<(), Box<dyn Error>> {
    println!("{}", PART_NAMES.join("\t"));
    let weights = Weights::background();
    let mut out = BufWriter::new(File::create(parts)?);
    let (mut reader, mut comparer) = (Reader::default(), Comparer::default());
    let (mut time, mut count) = (Duration::ZERO, 0_u32);
    for line in BufReader::new(File::open(pairs)?).lines() {
        let pair: Pair = serde_json::from_str(&line?)?;
        let [a, b] = [&pair.a, &pair.b].map(|text| reader.text(text, None));
        let start = Instant::now();
        let row = versions::compare(&a, &b, Circumstances::UNKNOWN, weights, &mut comparer).event;
        time += start.elapsed();
        count += 1;
        for number in row {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    eprintln!("{count} pairs, {:.0?} each", time / count.max(1));
    Ok(out.flush()?)
}
