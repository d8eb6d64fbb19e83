//! What the programs share that write what a model is fitted on.

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde::Deserialize;

/// A pair of texts.
#[derive(Deserialize)]
pub(crate) struct Pair {
    pub(crate) a: String,
    pub(crate) b: String,
}

/// Reads the pairs of the first file named on the command line and writes a row of numbers for each to the second: 32 bits,
/// the low byte first. Prints the names of the columns and the time.
pub(crate) fn main<const N: usize>(program: &str, names: &[&str; N], row: impl FnMut(&Pair) -> [f32; N]) -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [pairs, rows] = paths.as_slice() else {
        eprintln!("{program} writes what a model is fitted on: PAIRS.jsonl ROWS.f32");
        return ExitCode::SUCCESS;
    };
    println!("{}", names.join("\t"));
    match write(pairs, rows, row) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write<const N: usize>(
    pairs: &str,
    rows: &str,
    mut row: impl FnMut(&Pair) -> [f32; N],
) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(rows)?);
    let (mut time, mut count) = (Duration::ZERO, 0_u32);
    for line in BufReader::new(File::open(pairs)?).lines() {
        let pair: Pair = serde_json::from_str(&line?)?;
        let start = Instant::now();
        let numbers = row(&pair);
        time += start.elapsed();
        count += 1;
        for number in numbers {
            out.write_all(&number.to_le_bytes())?;
        }
    }
    eprintln!("{count} pairs, {:.0?} each", time / count.max(1));
    Ok(out.flush()?)
}
