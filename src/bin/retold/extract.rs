//! `extract`: what was read, for a user to see what retold sees.

use std::sync::atomic::AtomicBool;

use rayon::ThreadPoolBuilder;
use rayon::prelude::*;
use retold::collection::{Collection, Keep};
use retold::error::{Error, Result};
use retold::read::{self, Reader};
use retold::report::extraction::Extraction;
use retold::statistics::DocId;
use retold::store::spool::Spool;
use retold::watch::Watch;

use crate::args::{Args, ExtractArgs, MaxBad};
use crate::cluster::{accepted, narrate};
use crate::output::{Outcome, Output};
use crate::progress::Progress;

/// Articles that are made ready to print at a time.
const BATCH: usize = 256;

pub(crate) fn run(asked: &ExtractArgs, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let pool = ThreadPoolBuilder::new()
        .num_threads(args.threads.map_or(0, usize::from))
        .build()
        .map_err(|error| Error::Usage(format!("cannot start threads: {error}; try -j 1")))?;
    pool.install(|| work(asked, args, stop))
}

fn work(asked: &ExtractArgs, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let sources = read::find(&asked.inputs)?;
    let progress = Progress::new(args, sources.files.iter().map(|source| source.size).sum());
    let tell = |event| progress.tell(event);
    let watch = Watch::new(stop, &tell);
    let spool = Spool::new(&std::env::temp_dir())?;
    let default_bad = if sources.walked { MaxBad::Share(0.01) } else { MaxBad::Count(0) };
    let skipped = sources.skipped;
    let reader = Reader::new(sources.files, asked.read.options());
    let keep = Keep { texts: Some(&spool), languages: true, wordless: true, ..Keep::default() };
    let mut collection = Collection::read(reader, sources.rejects, keep, &watch)?;
    collection.set_boilerplate_aside();
    progress.finish();
    if !args.quiet {
        narrate(&collection, skipped + collection.skipped);
    }
    print(asked, &collection, &spool)?;
    accepted(collection.counts, asked.max_bad.unwrap_or(default_bad))
}

/// All articles, in the order of the input.
fn print(asked: &ExtractArgs, collection: &Collection, spool: &Spool) -> Result<()> {
    let mut order: Vec<DocId> = collection.ids().collect();
    order.sort_by_key(|&id| (&collection.entry(id).place, collection.rank(id)));
    let mut out = Output::new();
    for batch in order.chunks(BATCH) {
        let ready: Vec<Vec<String>> =
            batch.par_iter().map(|&id| lines(asked, collection, spool, id)).collect::<Result<_>>()?;
        for line in ready.iter().flatten() {
            out.line(line)?;
        }
    }
    out.finish()
}

fn lines(asked: &ExtractArgs, collection: &Collection, spool: &Spool, id: DocId) -> Result<Vec<String>> {
    let text = collection.entry(id).text.map(|slot| spool.text(slot)).transpose()?.unwrap_or_default();
    let extraction = Extraction::new(collection, id, &text);
    if !asked.json {
        return Ok(extraction.lines());
    }
    let row = serde_json::to_string(&extraction).map_err(|error| Error::Usage(error.to_string()))?;
    Ok(vec![row])
}
