//! `run` and `cluster`: from files to groups of near-duplicates, shown or written.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use rayon::ThreadPoolBuilder;
use retold::collection::{Collection, Counts, Keep};
use retold::costs::Costs;
use retold::duplicates::{self, Duplicates};
use retold::error::{Error, Result};
use retold::read::{self, Reader, Source};
use retold::report::{accounts, count, counted, groups, shown, stories as told};
use retold::store::run_directory::{InputRecord, PairCounts, Record, RunDirectory, seen_from};
use retold::store::spool::Spool;
use retold::store::tables::{SCHEMA, Table, Tables};
use retold::stories::decisions::Decisions;
use retold::stories::{self, Stories};
use retold::watch::Watch;
use serde_json::json;

use crate::args::{Args, JobArgs, MaxBad, Only};
use crate::listing;
use crate::output::{self, Outcome, Output};
use crate::progress::Progress;

/// How much is wanted to be known of each article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// All that this version knows.
    Everything,
    /// What clustering needs.
    Groups,
}

/// Runs the job on a pool of the threads asked for.
pub(crate) fn run(job: &JobArgs, target: Option<&Path>, what: What, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    // The directory first: nobody wants to hear after an hour that it cannot be written.
    let directory = target.map(|target| RunDirectory::begin(target, job.force)).transpose()?;
    let pool = ThreadPoolBuilder::new()
        .num_threads(args.threads.map_or(0, usize::from))
        .build()
        .map_err(|error| Error::Usage(format!("cannot start threads: {error}; try -j 1")))?;
    pool.install(|| work(job, directory, what, args, stop))
}

fn work(job: &JobArgs, directory: Option<RunDirectory>, what: What, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let sources = read::find(&job.inputs)?;
    let decided = decided(job)?;
    let progress = Progress::new(args, sources.files.iter().map(|source| source.size).sum());
    let tell = |event| progress.tell(event);
    let watch = Watch::new(stop, &tell);
    let mut costs = Costs::default();
    let needs_texts = !job.no_text && (job.json || directory.is_some());
    let scratch = directory.as_ref().map_or_else(std::env::temp_dir, |directory| directory.scratch().to_owned());
    let spool = needs_texts.then(|| Spool::new(&scratch)).transpose()?;
    let default_bad = if sources.walked { MaxBad::Share(0.01) } else { MaxBad::Count(0) };
    let files = sources.files.clone();
    let skipped = sources.skipped;
    let reader = Reader::new(sources.files, job.read.options());
    let is_all = what == What::Everything;
    let wants_stories = job.only != Some(Only::Duplicates);
    let keep =
        Keep { texts: spool.as_ref(), sentences: is_all, languages: is_all, stories: wants_stories, ..Keep::default() };
    let mut collection = costs.stage("read", || Collection::read(reader, sources.rejects, keep, &watch))?;
    let decisions = decisions(&decided, &collection);
    let duplicates = duplicates::find(&mut collection, job.duplicates(), &mut costs, &watch)?;
    let stories = wants_stories
        .then(|| stories::find(&collection, &duplicates, job.duplicates(), &decisions, &mut costs, &watch))
        .transpose()?;
    progress.finish();
    if !args.quiet {
        narrate(&collection, skipped + collection.skipped);
    }
    let tables = Tables::new(&collection, &duplicates, stories.as_ref(), spool.as_ref());
    let base = directory.as_ref().map_or_else(|| PathBuf::from("."), |directory| directory.target().to_owned());
    let finished = Finished {
        job,
        base,
        collection: &collection,
        duplicates: &duplicates,
        stories: stories.as_ref(),
        files: &files,
    };
    let writes = directory.is_some();
    if let Some(directory) = directory {
        costs.stage("write", || directory.write(&tables))?;
        directory.finish(&finished.record(&tables, &costs))?;
    }
    // Printed when the run is safe: whoever reads may have gone away.
    match job.json {
        true => finished.print_json(&tables, &costs)?,
        false if writes => {}
        false => finished.print(args)?,
    }
    if !args.quiet {
        finished.summarize(args, &costs);
    }
    accepted(collection.counts, job.max_bad.unwrap_or(default_bad))
}

/// The file of what the user decided, as path and text. Read before all else, so that a wrong path is told at once.
fn decided(job: &JobArgs) -> Result<Option<(&Path, String)>> {
    let Some(path) = &job.decisions else { return Ok(None) };
    if job.only == Some(Only::Duplicates) {
        return Err(Error::Usage("--decisions are about stories, which --only duplicates leaves out".into()));
    }
    let text = std::fs::read_to_string(path)
        .map_err(|error| Error::Usage(format!("cannot read the decisions in {}: {error}", path.display())))?;
    Ok(Some((path, text)))
}

/// What the user decided. What of it cannot be obeyed is told, and the rest holds.
fn decisions(decided: &Option<(&Path, String)>, collection: &Collection) -> Decisions {
    let Some((path, text)) = decided else { return Decisions::default() };
    let (decisions, faults) = Decisions::read(text, collection);
    for fault in faults {
        let what = shown(&fault.what);
        output::warning(&format!("{}:{}: {what}", path.display(), fault.line));
    }
    decisions
}

/// How a run ends that had these records.
pub(crate) fn accepted(counts: Counts, max_bad: MaxBad) -> Result<Outcome> {
    if counts.read == 0 {
        return Err(Error::NothingToRead("the inputs hold no article".into()));
    }
    if counts.kept == 0 {
        return Err(Error::NothingToRead("none of the records could be used; see the rejects above".into()));
    }
    if max_bad.is_exceeded(counts.rejected, counts.read) {
        output::warning(&format!(
            "{} rejected, more than --max-bad allows; everything else was used",
            counted(counts.rejected, "record was", "records were")
        ));
        return Ok(Outcome::TooManyRejects);
    }
    Ok(Outcome::Done)
}

pub(crate) fn narrate(collection: &Collection, skipped: u64) {
    for line in accounts::fields(collection) {
        output::note(&line);
    }
    if skipped > 0 {
        let what = counted(skipped, "entry of a folder", "entries of folders");
        output::note(&format!("skipped {what}: hidden, linked, special or no text"));
    }
    if collection.passed_over > 0 {
        let what = counted(collection.passed_over, "record of a web archive", "records of web archives");
        output::note(&format!("skipped {what}: requests, metadata, revisits, pictures, error pages"));
    }
    for line in accounts::rejects(&collection.rejects) {
        output::note(&line);
    }
    output::note(&accounts::line(collection.counts));
}

/// A run that is done, and what it was asked for.
struct Finished<'a> {
    job: &'a JobArgs,
    /// The folder that paths are recorded as seen from.
    base: PathBuf,
    collection: &'a Collection,
    duplicates: &'a Duplicates,
    stories: Option<&'a Stories>,
    files: &'a [Source],
}

impl Finished<'_> {
    fn record<'r>(&'r self, tables: &Tables<'_>, costs: &'r Costs) -> Record<'r> {
        let options = self.job.duplicates();
        let read = self.job.read.options();
        let names = &read.fields;
        let seen = |input: &String| match input.as_str() {
            "-" => input.clone(),
            _ => seen_from(&self.base, Path::new(input)).display().to_string(),
        };
        Record {
            schema: SCHEMA,
            version: env!("CARGO_PKG_VERSION"),
            parameters: json!({
                "inputs": self.job.inputs.iter().map(seen).collect::<Vec<_>>(),
                "fields": {"text": names.text, "id": names.id, "title": names.title, "date": names.date,
                           "outlet": names.outlet, "lang": names.lang},
                "max_record": read.max_record,
                "window_seconds": options.window,
                "across": options.across_outlets.then_some("outlet"),
                "min_confidence": options.min_confidence,
                "only": self.job.only.map(Only::name),
                "decisions": self.job.decisions.as_ref().map(|path| seen_from(&self.base, path).display().to_string()),
            }),
            fields: self
                .collection
                .fields
                .iter()
                .map(|(path, fields)| json!({"path": &**path, "fields": fields}))
                .collect(),
            inputs: self.files.iter().map(|file| InputRecord { path: &file.path, size: file.size }).collect(),
            counts: self.collection.counts,
            pairs: PairCounts {
                compared: self.duplicates.compared,
                related: self.duplicates.pairs.len() as u64,
                written: tables.pairs().len() as u64,
            },
            stages: costs.stages(),
        }
    }

    fn print_json(&self, tables: &Tables<'_>, costs: &Costs) -> Result<()> {
        let mut out = Output::new();
        for table in tables.list().into_iter().filter(|table| *table != Table::Texts) {
            tables.write(table, out.writer(), true)?.map_err(output::failed())?;
        }
        let mut record = serde_json::to_value(self.record(tables, costs)).unwrap_or_default();
        record["type"] = "run".into();
        out.line(&record.to_string())?;
        out.finish()
    }

    /// The largest stories; the largest groups where no stories were asked for.
    fn print(&self, args: &Args) -> Result<()> {
        let mut out = Output::new();
        match self.stories {
            Some(stories) => {
                let stories = told::largest(self.collection, self.duplicates, stories);
                listing::print(&mut out, &stories, self.job.top, args.verbose)?;
            }
            None => {
                let groups = groups::largest(self.collection, self.duplicates);
                listing::print(&mut out, &groups, self.job.top, args.verbose)?;
            }
        }
        out.finish()
    }

    fn summarize(&self, args: &Args, costs: &Costs) {
        let groups = &self.duplicates.groups;
        let grouped: usize = groups.iter().map(|group| group.members.len()).sum();
        let single = self.collection.counts.kept - grouped as u64;
        output::note(&format!(
            "{} kept = {} in {} of near-duplicates + {} single; {} compared, {} set aside as boilerplate",
            count(self.collection.counts.kept),
            count(grouped as u64),
            counted(groups.len() as u64, "group", "groups"),
            count(single),
            counted(self.duplicates.compared, "pair", "pairs"),
            counted(self.duplicates.boilerplate_lines, "recurring line", "recurring lines"),
        ));
        if let Some(stories) = self.stories {
            let told: usize = stories.stories.iter().map(|story| story.members.len()).sum();
            output::note(&format!(
                "{} kept = {} in {} + {} alone; {} compared",
                count(self.collection.counts.kept),
                count(told as u64),
                counted(stories.stories.len() as u64, "story", "stories"),
                count(self.collection.counts.kept - told as u64),
                counted(stories.compared, "pair", "pairs"),
            ));
        }
        if args.verbose {
            for cost in costs.stages() {
                output::note(&format!("{:>12}  {:.2} s, {:.2} CPU s", cost.stage, cost.seconds, cost.cpu_seconds));
            }
        }
    }
}
