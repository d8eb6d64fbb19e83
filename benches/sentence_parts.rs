//! Writes what the likeness of sentences is made of, for fitting its weights: see `data/models/README.md`.
//!
//! ```text
//! cargo bench --bench sentence_parts -- PAIRS.jsonl MEASURES.f32
//! ```
//!
//! PAIRS: `a` and `b`, a sentence each, a pair a line. MEASURES: a row for each pair, 32-bit numbers with the low byte first;
//! all 0 where no word is shared. Prints the names of the columns and the time.

#![allow(clippy::print_stderr, clippy::print_stdout, reason = "a program for the command line")]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use retold::compare::sentences::{Measured, PART_NAMES, PARTS};
use retold::compare::text::Reader;
use retold::statistics::weights::Weights;
use serde::Deserialize;

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
}

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [pairs, measures] = paths.as_slice() else {
        eprintln!("sentence_parts writes what a model is fitted on: PAIRS.jsonl MEASURES.f32");
        return ExitCode::SUCCESS;
    };
    match write(pairs, measures) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(pairs: &str, measures: &str) -> Result<(), Box<dyn Error>> {
    println!("{}", PART_NAMES.join("\t"));
    let weights = Weights::background();
    let mut out = BufWriter::new(File::create(measures)?);
    let mut reader = Reader::default();
    let (mut time, mut count) = (Duration::ZERO, 0_u32);
    for line in BufReader::new(File::open(pairs)?).lines() {
        let pair: Pair = serde_json::from_str(&line?)?;
        let text = reader.sentences(&[pair.a, pair.b]);
        let start = Instant::now();
        let [a, b] = [0, 1].map(|side| Measured::new(&text.sentences[side].bag, weights));
        let row = a.measures(&b).unwrap_or([0.0; PARTS]);
        time += start.elapsed();
        count += 1;
        for number in row {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    eprintln!("{count} pairs, {:.0?} each", time / count.max(1));
    Ok(out.flush()?)
}
