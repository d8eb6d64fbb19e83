//! Writes a generated collection and the truth about it, and scores a run against that truth.
//!
//! ```text
//! cargo bench --bench generate -- --articles 100000 --seed 7 --out DIR
//! cargo bench --bench generate -- --score RUN/articles.jsonl --gold DIR/gold.jsonl
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the command line")]

mod generator;

use std::collections::{BTreeMap, HashMap};
use std::error::Error;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generator::{Generator, Gold, Level};
use serde::Deserialize;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

#[derive(Debug, Default)]
struct Args {
    articles: Option<u64>,
    seed: Option<u64>,
    out: Option<PathBuf>,
    score: Option<PathBuf>,
    gold: Option<PathBuf>,
}

impl Args {
    fn parse(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let mut args = Self::default();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} needs a value"));
            match word.as_str() {
                "--articles" => args.articles = Some(value()?.parse()?),
                "--seed" => args.seed = Some(value()?.parse()?),
                "--out" => args.out = Some(value()?.into()),
                "--score" => args.score = Some(value()?.into()),
                "--gold" => args.gold = Some(value()?.into()),
                // What cargo passes, and filters meant for the other benchmarks.
                _ => {}
            }
        }
        Ok(args)
    }
}

fn main() -> ExitCode {
    let done = Args::parse(std::env::args().skip(1)).and_then(|args| match (&args.out, &args.score, &args.gold) {
        (Some(out), None, _) => write(out, args.articles.unwrap_or(10_000), args.seed.unwrap_or(7)),
        (None, Some(run), Some(gold)) => score(run, gold),
        (None, Some(_), None) => Err("--score needs --gold FILE".into()),
        (Some(_), Some(_), _) => Err("--out and --score are two jobs".into()),
        (None, None, _) => {
            println!("generate: nothing to do; it needs --out DIR, or --score RUN/articles.jsonl --gold FILE");
            Ok(())
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(folder: &Path, size: u64, seed: u64) -> Result<()> {
    fs_err::create_dir_all(folder)?;
    let (articles_path, gold_path) = (folder.join("articles.jsonl"), folder.join("gold.jsonl"));
    let mut articles = BufWriter::with_capacity(1 << 20, fs_err::File::create(&articles_path)?);
    let mut gold = BufWriter::new(fs_err::File::create(&gold_path)?);
    let mut levels: BTreeMap<Level, u64> = BTreeMap::new();
    let (mut words, mut bytes) = (0, 0);
    for (article, truth) in Generator::new(seed, size) {
        words += article.text.split_ascii_whitespace().count();
        bytes += article.text.len();
        *levels.entry(truth.level).or_default() += 1;
        article.write(&mut articles)?;
        serde_json::to_writer(&mut gold, &truth)?;
        gold.write_all(b"\n")?;
    }
    articles.flush()?;
    gold.flush()?;
    let on_disk = fs_err::metadata(&articles_path)?.len();
    println!("{}  {size} articles, {:.1} MB, seed {seed}", articles_path.display(), on_disk as f64 / 1e6);
    println!("{}  the truth about them", gold_path.display());
    let average = words as f64 / size.max(1) as f64;
    println!("text {:.1} MB, {average:.0} words an article", bytes as f64 / 1e6);
    for (level, count) in levels {
        println!("{:>12}  {count:>9}  {:>5.2} %", name(level), 100.0 * count as f64 / size as f64);
    }
    Ok(())
}

fn name(level: Level) -> String {
    serde_json::to_value(level).ok().and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What of an article of a run is scored.
#[derive(Debug, Deserialize)]
struct Found {
    id: String,
    duplicate_group: Option<String>,
}

fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<impl Iterator<Item = Result<T>>> {
    let lines = BufReader::with_capacity(1 << 20, File::open(path).map_err(|e| format!("{}: {e}", path.display()))?);
    Ok(lines.lines().map(|line| Ok(serde_json::from_str(&line?)?)))
}

/// Pairs among `n` articles.
fn pairs(n: &u64) -> u64 {
    n * n.saturating_sub(1) / 2
}

fn score(run: &Path, gold: &Path) -> Result<()> {
    let mut numbers: HashMap<String, u64> = HashMap::new();
    let mut groups: HashMap<String, u64> = HashMap::new();
    for row in lines::<Found>(run)? {
        let row = row?;
        if let Some(group) = row.duplicate_group {
            let next = numbers.len() as u64;
            groups.insert(row.id, *numbers.entry(group).or_insert(next));
        }
    }
    // A merged article is in no family and counts with neither precision nor recall.
    let mut families: HashMap<u64, u64> = HashMap::new();
    let mut sizes: HashMap<u64, u64> = HashMap::new();
    let mut forms: HashMap<u64, u64> = HashMap::new();
    let mut quotations: HashMap<u64, u64> = HashMap::new();
    let mut together: HashMap<(u64, u64), u64> = HashMap::new();
    let mut levels: BTreeMap<Level, (u64, u64)> = BTreeMap::new();
    for row in lines::<Gold>(gold)? {
        let row = row?;
        let group = groups.get(&row.id).copied();
        if !row.sources.is_empty() {
            let (found, all) = levels.entry(row.level).or_default();
            *all += 1;
            *found += u64::from(group.is_some() && row.sources.iter().any(|id| groups.get(id).copied() == group));
        }
        let Some(family) = row.family else { continue };
        *families.entry(family).or_default() += 1;
        if let Some(group) = group {
            *sizes.entry(group).or_default() += 1;
            *together.entry((group, family)).or_default() += 1;
            match row.level {
                Level::Form => *forms.entry(group).or_default() += 1,
                Level::Quotations => *quotations.entry(group).or_default() += 1,
                _ => {}
            }
        }
    }
    let wanted: u64 = families.values().map(pairs).sum();
    let given: u64 = sizes.values().map(pairs).sum();
    let right: u64 = together.values().map(pairs).sum();
    let share = |part: u64, whole: u64| if whole == 0 { 1.0 } else { part as f64 / whole as f64 };
    let (precision, recall) = (share(right, given), share(right, wanted));
    let f1 = if right == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    println!("pairs  precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}");
    println!("       {wanted} planted, {given} given, {right} right; {} groups", sizes.len());
    let of = |counts: &HashMap<u64, u64>| counts.values().map(pairs).sum::<u64>();
    println!(
        "       {} wrong: {} of forms, {} of reports with the same quotations",
        given - right,
        of(&forms),
        of(&quotations)
    );
    let largest = sizes.values().max().copied().unwrap_or(0);
    println!("       largest group {largest}, largest family {}", families.values().max().copied().unwrap_or(0));
    println!("copies in the group of their source");
    for (level, (found, all)) in levels {
        println!("{:>12}  {:.4}  of {all}", name(level), share(found, all));
    }
    Ok(())
}
