//! Writes the blocks of pages and their features, for fitting the model of the main text: see `data/models/README.md`.
//!
//! ```text
//! cargo bench --bench html_blocks -- PAGES.jsonl FEATURES.f32 BLOCKS.jsonl
//! ```
//!
//! PAGES: `id` and `html`, a page a line. FEATURES: of all blocks, 32-bit numbers with the low byte first. BLOCKS: `id` and
//! `blocks`, their texts, a page a line.

#![allow(clippy::print_stderr, reason = "a program for the command line")]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Page {
    id: String,
    html: String,
}

#[derive(Serialize)]
struct Blocks<'p> {
    id: &'p str,
    blocks: Vec<String>,
}

fn main() -> ExitCode {
    let paths: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [pages, features, blocks] = paths.as_slice() else {
        eprintln!("html_blocks writes what a model is fitted on: PAGES.jsonl FEATURES.f32 BLOCKS.jsonl");
        return ExitCode::SUCCESS;
    };
    match write(pages, features, blocks) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

fn write(pages: &str, features: &str, blocks: &str) -> Result<(), Box<dyn Error>> {
    let (mut features, mut blocks) = (BufWriter::new(File::create(features)?), BufWriter::new(File::create(blocks)?));
    let (mut time, mut bytes) = (Duration::ZERO, 0);
    for line in BufReader::new(File::open(pages)?).lines() {
        let page: Page = serde_json::from_str(&line?)?;
        let start = Instant::now();
        let rows = retold::read::html::blocks(&page.html);
        time += start.elapsed();
        bytes += page.html.len();
        for number in rows.iter().flat_map(|(_, row)| row) {
            features.write_all(&number.to_le_bytes())?;
        }
        let texts = rows.into_iter().map(|(text, _)| text).collect();
        serde_json::to_writer(&mut blocks, &Blocks { id: &page.id, blocks: texts })?;
        blocks.write_all(b"\n")?;
    }
    eprintln!("{bytes} bytes in {time:.1?}");
    Ok(features.flush().and(blocks.flush())?)
}
