//! `compare --pairs`: many pairs, JSON Lines in and out, in their order.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use retold::error::{Error, Reject, Result};
use retold::read::{self, Ahead, Chunk, Line, Reader};
use retold::report::counted;
use retold::report::pairs::{Answer, Answerer};
use retold::watch::{Event, Watch};

use crate::args::{Args, CompareArgs, MaxBad};
use crate::output::{self, Outcome, Output};
use crate::progress::Progress;

/// Chunks answered at a time for each thread: enough that none waits long for the last of them. A chunk is a quarter of a
/// megabyte, or one pair that is longer.
const CHUNKS: usize = 2;

pub(crate) fn run(file: &str, asked: &CompareArgs, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    if asked.read.names_fields() {
        return Err(Error::Usage("the fields of --pairs are id, a and b; they cannot be named otherwise".into()));
    }
    let pool = ThreadPoolBuilder::new()
        .num_threads(args.threads.map_or(0, usize::from))
        .build()
        .map_err(|error| Error::Usage(format!("cannot start threads: {error}; try -j 1")))?;
    let sources = read::find(&[file.to_owned()])?;
    if sources.walked || sources.files.len() != 1 {
        return Err(Error::Usage(format!("--pairs takes one file, or - for standard input; {file} is none")));
    }
    let progress = Progress::new(args, sources.files.iter().map(|source| source.size).sum());
    let tell = |event| progress.tell(event);
    let watch = Watch::new(stop, &tell);
    let ahead = Ahead::new(Reader::new(sources.files, asked.read.options()).as_lines(), 1);
    let mut chunks = ahead.chunks(&watch);
    let mut out = Output::new();
    let mut counts = Counts::default();
    loop {
        let batch: Vec<Chunk> = chunks.by_ref().take(CHUNKS * pool.current_num_threads()).collect();
        let (lines, faults) = split(&batch);
        let answers = answers(&lines, &pool, stop).ok_or(Error::Interrupted)?;
        for answer in &answers {
            counts.add(answer);
            out.line(&answer.line)?;
        }
        out.writer().flush().map_err(output::failed())?;
        progress.tell(Event::Records(answers.len() as u64));
        if let Some(reject) = faults.first() {
            progress.finish();
            return broken(reject, counts);
        }
        if batch.is_empty() {
            break;
        }
    }
    progress.finish();
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    if counts.read == 0 && !args.quiet {
        output::note("no pairs to compare");
    }
    Ok(accepted(counts, asked.max_bad.unwrap_or(MaxBad::Count(0))))
}

/// Lines that ask for an answer, and faults of the file itself, which end it.
type Lines<'a> = (Vec<Result<Line<'a>, Reject>>, Vec<Reject>);

fn split(batch: &[Chunk]) -> Lines<'_> {
    let is_answered = |line: &Result<Line<'_>, Reject>| match line {
        Ok(_) => true,
        Err(reject) => !reject.ends_its_file(),
    };
    let (lines, faults): (Vec<_>, Vec<_>) = batch.iter().flat_map(Chunk::lines).partition(is_answered);
    (lines, faults.into_iter().filter_map(Result::err).collect())
}

/// The answers in the order of the lines; nothing where the user wants to stop.
fn answers(lines: &[Result<Line<'_>, Reject>], pool: &ThreadPool, stop: &AtomicBool) -> Option<Vec<Answer>> {
    pool.install(|| {
        lines
            .par_iter()
            .map_init(Answerer::default, |answerer, line| {
                (!stop.load(Ordering::Relaxed)).then(|| answerer.answer(line))
            })
            .collect()
    })
}

/// Lines that were read, and those of them that could not be compared.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    read: u64,
    failed: u64,
}

impl Counts {
    fn add(&mut self, answer: &Answer) {
        self.read += 1;
        self.failed += u64::from(!answer.is_compared);
    }
}

/// A file that could not be read to its end: a fault if nothing of it could be used.
fn broken(reject: &Reject, counts: Counts) -> Result<Outcome> {
    if counts.read == 0 {
        return Err(Error::NothingToRead(reject.to_string()));
    }
    output::warning(&retold::report::shown(&reject.to_string()));
    Ok(Outcome::TooManyRejects)
}

fn accepted(counts: Counts, max_bad: MaxBad) -> Outcome {
    if !max_bad.is_exceeded(counts.failed, counts.read) {
        return Outcome::Done;
    }
    output::warning(&format!(
        "{} not be compared, more than --max-bad allows; all others were",
        counted(counts.failed, "pair could", "pairs could")
    ));
    Outcome::TooManyRejects
}
