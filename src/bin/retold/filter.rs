//! `filter`: the collection of a run without its duplicates, as JSON Lines.
//!
//! Lines of JSON come out byte for byte as they were, other JSON objects on one line, rows of CSV with the names of the
//! columns as keys. Of other formats the fields of the article come out.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use retold::article::{Article, Place};
use retold::error::{Error, Reject, Result};
use retold::read::{self, Ahead, FieldNames, Options, Reader, Sources};
use retold::report::{count, counted};
use retold::store::run_directory::Finished;
use retold::store::tables::ArticleRow;
use retold::watch::Watch;
use serde_json::json;

use crate::args::{Args, FilterArgs, Keep};
use crate::output::{self, Outcome};

pub(crate) fn run(asked: &FilterArgs, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let run = Finished::open(&asked.run)?;
    let sources = sources(&run, &asked.inputs)?;
    let positions = sources.files.iter().enumerate().map(|(i, file)| (file.path.to_string(), i)).collect();
    let in_run = sources.files.iter().zip(&run.inputs).map(|(now, then)| (now.path.to_string(), then.path.clone()));
    let mut plan = Plan::new(articles(&run.table("articles"))?, asked.keep, &positions, in_run.collect());
    let field = |name| run.field(name);
    let fields = FieldNames {
        text: field("text"),
        id: field("id"),
        title: field("title"),
        date: field("date"),
        outlet: field("outlet"),
        lang: field("lang"),
    };
    let max_record = run.max_record().unwrap_or(Options::default().max_record);
    let mut targets = Targets {
        kept: Target::create(&asked.output, asked.force)?,
        removed: asked.removed.as_deref().map(|path| Target::create(path, asked.force)).transpose()?,
    };
    plan.counts.rejected = sources.rejects.len() as u64;
    let watch = Watch::new(stop, &|_| {});
    let ahead = Ahead::new(Reader::new(sources.files, Options { fields, max_record }), 2);
    for chunk in ahead.chunks(&watch) {
        let mut outcome = Ok(());
        chunk.parse_raw(|record, raw| {
            if outcome.is_ok() {
                outcome = plan.take(record, raw, &mut targets);
            }
        });
        outcome?;
    }
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    plan.finish(&run, &mut targets)?;
    let Counts { kept, removed, repeated, rejected } = plan.counts;
    targets.kept.finish()?;
    targets.removed.map(Target::finish).transpose()?;
    if !args.quiet {
        output::note(&format!(
            "kept {} + removed {} as near-duplicates + left out {} and {}",
            counted(kept, "record", "records"),
            count(removed),
            counted(repeated, "repeat", "repeats"),
            counted(rejected, "reject", "rejects")
        ));
    }
    Ok(Outcome::Done)
}

/// The files of the run as they lie now: as many, of the same sizes.
fn sources(run: &Finished, named: &[String]) -> Result<Sources> {
    let inputs = if named.is_empty() { run.named_inputs() } else { named.to_vec() };
    if inputs.iter().any(|input| input == "-") {
        let why = "the run read standard input, which cannot be read again; name the same records with --inputs";
        return Err(Error::Usage(why.into()));
    }
    let sources = read::find(&inputs).map_err(|error| {
        Error::Usage(format!(
            "{error}; filter reads the inputs of the run again: name where they lie now with --inputs"
        ))
    })?;
    if sources.files.len() != run.inputs.len() {
        return Err(changed(&format!(
            "the inputs are {} files, the run had {}",
            sources.files.len(),
            run.inputs.len()
        )));
    }
    let grown = sources
        .files
        .iter()
        .zip(&run.inputs)
        .find(|(now, then)| now.size > 0 && then.size > 0 && now.size != then.size);
    match grown {
        Some((now, then)) => {
            Err(changed(&format!("{} has {} bytes, at the time of the run it had {}", now.path, now.size, then.size)))
        }
        None => Ok(sources),
    }
}

fn changed(what: &str) -> Error {
    Error::Usage(format!(
        "{what}: the inputs have changed since; nothing was written. Run again, or name them with --inputs"
    ))
}

struct Targets {
    kept: Target,
    removed: Option<Target>,
}

#[derive(Debug, Default)]
struct Counts {
    kept: u64,
    removed: u64,
    repeated: u64,
    rejected: u64,
}

fn articles(path: &Path) -> Result<Vec<ArticleRow<'static>>> {
    let table = |why: String| Error::Table { path: path.into(), why };
    let file = fs_err::File::open(path).map_err(|error| table(error.to_string()))?;
    let rows = BufReader::new(file).lines().map(|line| {
        let line = line.map_err(|error| table(error.to_string()))?;
        serde_json::from_str::<ArticleRow<'_>>(&line).map(owned).map_err(|error| table(error.to_string()))
    });
    rows.collect()
}

fn owned(row: ArticleRow<'_>) -> ArticleRow<'static> {
    let text = |value: std::borrow::Cow<'_, str>| value.into_owned().into();
    ArticleRow {
        id: text(row.id),
        path: text(row.path),
        line: row.line,
        url: row.url.map(text),
        title: row.title.map(text),
        date: row.date.map(text),
        outlet: row.outlet.map(text),
        lang: row.lang.map(text),
        words: row.words,
        sentences: row.sentences,
        duplicate_group: row.duplicate_group.map(text),
        duplicate_of: row.duplicate_of.map(text),
        containment: row.containment,
        story: row.story.map(text),
        novel: row.novel,
    }
}

/// What becomes of each article, by the place where it stood.
struct Plan {
    /// Several where records stand on one line.
    by_place: HashMap<(String, Option<u64>), Vec<Decision>>,
    /// Paths of the run, by the paths of today.
    in_run: HashMap<String, String>,
    counts: Counts,
    /// What is kept in place of each article met so far: by its id in the input and the hash of its text.
    kept_for: HashMap<(String, u128), String>,
    /// Records that repeat an article, perhaps one that is still to come.
    repeats: Vec<(Article, u128)>,
}

struct Decision {
    id: String,
    title: Option<String>,
    date: Option<String>,
    /// Group, and the article of it that is kept, where that is another.
    removed_for: Option<(String, String)>,
    is_met: bool,
}

impl Plan {
    fn new(
        rows: Vec<ArticleRow<'static>>,
        keep: Keep,
        positions: &HashMap<String, usize>,
        in_run: HashMap<String, String>,
    ) -> Self {
        let now: HashMap<&str, usize> =
            in_run.iter().filter_map(|(now, then)| Some((then.as_str(), *positions.get(now)?))).collect();
        let mut groups: HashMap<&str, &ArticleRow<'_>> = HashMap::new();
        for row in &rows {
            if let Some(group) = &row.duplicate_group {
                let best = groups.entry(group).or_insert(row);
                if is_better(row, best, keep, &now) {
                    *best = row;
                }
            }
        }
        let kept: HashMap<String, String> =
            groups.into_iter().map(|(group, row)| (group.to_owned(), row.id.to_string())).collect();
        let decision = |row: ArticleRow<'static>| {
            let for_ = row.duplicate_group.as_deref().and_then(|group| Some((group, kept.get(group)?)));
            let removed_for = for_.filter(|(_, kept)| **kept != row.id);
            let removed_for = removed_for.map(|(group, kept)| (group.to_owned(), kept.clone()));
            let text = |value: Option<std::borrow::Cow<'static, str>>| value.map(std::borrow::Cow::into_owned);
            let (id, title, date) = (row.id.into_owned(), text(row.title), text(row.date));
            ((row.path.into_owned(), row.line), Decision { id, title, date, removed_for, is_met: false })
        };
        let mut by_place: HashMap<_, Vec<Decision>> = HashMap::new();
        for (place, decision) in rows.into_iter().map(decision) {
            by_place.entry(place).or_default().push(decision);
        }
        Self { by_place, in_run, counts: Counts::default(), kept_for: HashMap::new(), repeats: Vec::new() }
    }

    /// Writes a record where it belongs.
    fn take(
        &mut self,
        record: std::result::Result<Article, Reject>,
        raw: Option<&[u8]>,
        targets: &mut Targets,
    ) -> Result<()> {
        let Some(article) = record.ok().filter(Article::has_word) else {
            self.counts.rejected += 1;
            return Ok(());
        };
        let text = xxhash_rust::xxh3::xxh3_128(article.body().as_bytes());
        let place = &article.place;
        let path = self.in_run.get(&*place.path).cloned().unwrap_or_else(|| place.path.to_string());
        let decisions = self.by_place.get_mut(&(path, place.line)).map_or(&mut [][..], Vec::as_mut_slice);
        let is_open = |decision: &Decision| !decision.is_met && is_same(&decision.id, &article.id);
        let found = (0..decisions.len())
            .filter(|&i| is_open(&decisions[i]))
            .max_by_key(|&i| (decisions[i].fits(&article), std::cmp::Reverse(i)));
        let Some(decision) = found.map(|i| &mut decisions[i]) else {
            // Where a record has its line for itself, another stood there.
            if let ([other], None) = (&*decisions, place.byte)
                && !other.is_met
            {
                return Err(changed(&format!(
                    "{place}: the record is {}, at the time of the run it was {}",
                    article.id, other.id
                )));
            }
            self.counts.repeated += 1;
            self.repeats.push((Article { text: String::new(), ..article }, text));
            return Ok(());
        };
        decision.is_met = true;
        match &decision.removed_for {
            None => {
                self.counts.kept += 1;
                self.kept_for.insert((article.id.clone(), text), decision.id.clone());
                let made = || fields(&article).to_string().into_bytes();
                targets.kept.line(raw.map_or_else(made, <[u8]>::to_vec))
            }
            Some((group, kept)) => {
                self.counts.removed += 1;
                let row = removed_row(&decision.id, place, kept, Some(group));
                self.kept_for.insert((article.id, text), kept.clone());
                targets.removed.as_mut().map_or(Ok(()), |removed| removed.line(row))
            }
        }
    }

    /// Lists the repeats and checks that all is as it was at the time of the run.
    fn finish(&mut self, run: &Finished, targets: &mut Targets) -> Result<()> {
        for (article, text) in std::mem::take(&mut self.repeats) {
            let Some(kept) = self.kept_for.get(&(article.id.clone(), text)) else {
                return Err(changed(&format!("{}: the record {} was not part of the run", article.place, article.id)));
            };
            let row = removed_row(&article.id, &article.place, kept, None);
            targets.removed.as_mut().map_or(Ok(()), |removed| removed.line(row))?;
        }
        let all = || self.by_place.values().flatten();
        let missing = all().filter(|decision| !decision.is_met).count();
        if missing > 0 {
            let all = count(all().count() as u64);
            return Err(changed(&format!("{} of {all} articles of the run were not found", count(missing as u64))));
        }
        let Counts { repeated, rejected, .. } = self.counts;
        if (repeated, rejected) != (run.counts.repeated, run.counts.rejected) {
            return Err(changed(&format!(
                "{repeated} repeats and {rejected} rejects, other than at the time of the run"
            )));
        }
        Ok(())
    }
}

impl Decision {
    /// How much of an article agrees with the one that was decided on.
    fn fits(&self, article: &Article) -> usize {
        let date = article.date.map(|date| date.to_string());
        usize::from(self.title == article.title) + usize::from(self.date == date)
    }
}

/// An article that stood in no JSON, by the fields it has.
fn fields(article: &Article) -> serde_json::Value {
    let fields = [
        ("id", Some(article.id.clone())),
        ("url", article.url.clone()),
        ("title", article.title.clone()),
        ("date", article.date.map(|date| date.to_string())),
        ("outlet", article.outlet.clone()),
        ("lang", article.lang.clone()),
        ("text", Some(article.text.clone())),
    ];
    fields.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
}

fn removed_row(id: &str, place: &Place, kept: &str, group: Option<&str>) -> Vec<u8> {
    let row = json!({"id": id, "path": &*place.path, "line": place.line, "kept": kept, "duplicate_group": group});
    row.to_string().into_bytes()
}

/// Whether an article of a run is this record: the same id, or a revision of it.
fn is_same(in_run: &str, in_input: &str) -> bool {
    in_run.strip_prefix(in_input).is_some_and(|rest| rest.is_empty() || rest.starts_with('~'))
}

fn is_better(row: &ArticleRow<'_>, best: &ArticleRow<'_>, keep: Keep, positions: &HashMap<&str, usize>) -> bool {
    let words = |row: &ArticleRow<'_>| std::cmp::Reverse(row.words);
    let date = |row: &ArticleRow<'_>| (row.date.is_none(), row.date.as_deref().map(str::to_owned));
    let position = |row: &ArticleRow<'_>| (positions.get(&*row.path).copied(), row.line);
    match keep {
        Keep::Longest => (words(row), date(row), &row.id) < (words(best), date(best), &best.id),
        Keep::Earliest => (date(row), words(row), &row.id) < (date(best), words(best), &best.id),
        Keep::First => position(row) < position(best),
    }
}

/// A file under construction: under a temporary name until it is whole.
struct Target {
    path: PathBuf,
    out: Box<dyn Finish>,
    temporary: Option<tempfile::TempPath>,
}

/// A writer that has something to add at its end.
trait Finish: Write {
    fn finish(self: Box<Self>) -> std::io::Result<()>;
}

impl Finish for BufWriter<std::fs::File> {
    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.flush()
    }
}

impl Finish for BufWriter<std::io::Stdout> {
    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.flush()
    }
}

impl Finish for flate2::write::GzEncoder<BufWriter<std::fs::File>> {
    fn finish(self: Box<Self>) -> std::io::Result<()> {
        (*self).finish()?.flush()
    }
}

impl Finish for zstd::Encoder<'static, BufWriter<std::fs::File>> {
    fn finish(self: Box<Self>) -> std::io::Result<()> {
        (*self).finish()?.flush()
    }
}

impl Target {
    fn create(path: &Path, force: bool) -> Result<Self> {
        if path == Path::new("-") {
            let out = Box::new(BufWriter::new(std::io::stdout()));
            return Ok(Self { path: "standard output".into(), out, temporary: None });
        }
        if path.is_dir() {
            return Err(Error::Usage(format!("{} is a folder; name a file", path.display())));
        }
        if path.exists() && !force {
            let why = "exists; replace it with --force, or choose another name";
            return Err(Error::Usage(format!("{} {why}", path.display())));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary =
            tempfile::Builder::new().prefix(".retold-unfinished-").tempfile_in(folder).map_err(Error::output(path))?;
        let (file, temporary) = temporary.into_parts();
        let file = BufWriter::with_capacity(1 << 20, file);
        let out: Box<dyn Finish> = match path.extension().and_then(|ending| ending.to_str()) {
            Some("gz") => Box::new(flate2::write::GzEncoder::new(file, flate2::Compression::default())),
            Some("zst") => Box::new(zstd::Encoder::new(file, 0).map_err(Error::output(path))?),
            _ => Box::new(file),
        };
        Ok(Self { path: path.into(), out, temporary: Some(temporary) })
    }

    fn line(&mut self, mut line: Vec<u8>) -> Result<()> {
        line.push(b'\n');
        self.out.write_all(&line).map_err(Error::output(&self.path))
    }

    fn finish(self) -> Result<()> {
        let Self { path, out, temporary } = self;
        out.finish().map_err(Error::output(&path))?;
        match temporary {
            Some(temporary) => temporary.persist(&path).map_err(|error| Error::output(&path)(error.error)),
            None => Ok(()),
        }
    }
}
