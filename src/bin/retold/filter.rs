//! `filter`: the collection of a run without its duplicates, records byte for byte as they were.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use retold::article::Article;
use retold::error::{Error, Result};
use retold::read::{self, FieldNames, Options, Reader};
use retold::report::{count, counted};
use retold::store::run_directory::Finished;
use retold::store::tables::ArticleRow;
use serde_json::json;

use crate::args::{Args, FilterArgs, Keep};
use crate::output::{self, Outcome};

pub(crate) fn run(asked: &FilterArgs, args: &Args) -> Result<Outcome> {
    let run = Finished::open(&asked.run)?;
    let inputs = if asked.inputs.is_empty() { run.inputs() } else { &asked.inputs };
    if inputs.iter().any(|input| input == "-") {
        let why = "the run read standard input, which cannot be read again; name the same records with --inputs";
        return Err(Error::Usage(why.into()));
    }
    let sources = read::find(inputs).map_err(|error| {
        Error::Usage(format!("{error}; filter reads the inputs of the run again: name where they lie now with --inputs"))
    })?;
    let positions: BTreeMap<&str, usize> = sources.files.iter().enumerate().map(|(i, file)| (&*file.path, i)).collect();
    let plan = Plan::new(articles(&run.table("articles"))?, asked.keep, &positions);
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
    let mut kept = Target::create(&asked.output, asked.force)?;
    let mut removed = asked.removed.as_deref().map(|path| Target::create(path, asked.force)).transpose()?;
    let mut counts = Counts::default();
    let mut outcome = Ok(());
    for chunk in Reader::new(sources.files, Options { fields, max_record }) {
        chunk.parse_raw(|record, raw| {
            if outcome.is_ok() {
                outcome = match record {
                    Ok(article) => plan.sort(&article, raw, &mut kept, removed.as_mut(), &mut counts),
                    Err(_) => {
                        counts.rejected += 1;
                        Ok(())
                    }
                };
            }
        });
        outcome?;
        outcome = Ok(());
    }
    if counts.kept + counts.removed != plan.len() {
        return Err(Error::Usage(format!(
            "{} of {} articles of the run were not found in its inputs: they have changed since; nothing was written",
            count(plan.len() - counts.kept - counts.removed),
            count(plan.len())
        )));
    }
    kept.finish()?;
    removed.map(Target::finish).transpose()?;
    if !args.quiet {
        output::note(&format!(
            "kept {} + removed {} as near-duplicates + left out {} and {}",
            counted(counts.kept, "record", "records"),
            count(counts.removed),
            counted(counts.repeated, "repeat", "repeats"),
            counted(counts.rejected, "reject", "rejects")
        ));
    }
    Ok(Outcome::Done)
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
    }
}

/// What becomes of each article, by the place where it stood.
struct Plan {
    by_place: BTreeMap<(String, Option<u64>), Decision>,
}

struct Decision {
    id: String,
    /// Group, and the article of it that is kept, where that is another.
    removed_for: Option<(String, String)>,
}

impl Plan {
    fn new(rows: Vec<ArticleRow<'static>>, keep: Keep, positions: &BTreeMap<&str, usize>) -> Self {
        let mut groups: BTreeMap<&str, &ArticleRow<'_>> = BTreeMap::new();
        for row in &rows {
            if let Some(group) = &row.duplicate_group {
                let best = groups.entry(group).or_insert(row);
                if is_better(row, best, keep, positions) {
                    *best = row;
                }
            }
        }
        let kept: BTreeMap<String, String> =
            groups.into_iter().map(|(group, row)| (group.to_owned(), row.id.to_string())).collect();
        let decision = |row: ArticleRow<'static>| {
            let for_ = row.duplicate_group.as_deref().and_then(|group| Some((group, kept.get(group)?)));
            let removed_for = for_.filter(|(_, kept)| **kept != row.id);
            let removed_for = removed_for.map(|(group, kept)| (group.to_owned(), kept.clone()));
            ((row.path.into_owned(), row.line), Decision { id: row.id.into_owned(), removed_for })
        };
        Self { by_place: rows.into_iter().map(decision).collect() }
    }

    fn len(&self) -> u64 {
        self.by_place.len() as u64
    }

    /// Writes a record where it belongs.
    fn sort(
        &self,
        article: &Article,
        raw: Option<&[u8]>,
        kept: &mut Target,
        removed: Option<&mut Target>,
        counts: &mut Counts,
    ) -> Result<()> {
        let place = &article.place;
        let decision = self.by_place.get(&(place.path.to_string(), place.line));
        let row = |id: &str, kept: &str, group: Option<&str>| {
            json!({"id": id, "path": &*place.path, "line": place.line, "kept": kept, "duplicate_group": group}).to_string()
        };
        let line = match decision {
            None => {
                counts.repeated += 1;
                row(&article.id, &article.id, None)
            }
            Some(decision) if !is_same(&decision.id, &article.id) => {
                return Err(Error::Usage(format!(
                    "{place}: the record is {}, at the time of the run it was {}; the input has changed since, nothing was written",
                    article.id, decision.id
                )));
            }
            Some(Decision { removed_for: None, .. }) => {
                counts.kept += 1;
                let made = || json!({"id": article.id, "text": article.text}).to_string().into_bytes();
                return kept.line(raw.map_or_else(made, <[u8]>::to_vec));
            }
            Some(Decision { id, removed_for: Some((group, kept)) }) => {
                counts.removed += 1;
                row(id, kept, Some(group))
            }
        };
        removed.map_or(Ok(()), |removed| removed.line(line.into_bytes()))
    }
}

/// Whether an article of a run is this record: the same id, or a revision of it.
fn is_same(in_run: &str, in_input: &str) -> bool {
    in_run.strip_prefix(in_input).is_some_and(|rest| rest.is_empty() || rest.starts_with('~'))
}

fn is_better(row: &ArticleRow<'_>, best: &ArticleRow<'_>, keep: Keep, positions: &BTreeMap<&str, usize>) -> bool {
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
        let temporary = tempfile::Builder::new()
            .prefix(".retold-unfinished-")
            .tempfile_in(folder)
            .map_err(Error::output(path))?;
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
