//! Arguments as typed, and what they mean.

use std::path::PathBuf;

use clap::builder::ArgAction;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use retold::duplicates;
use retold::read::{self, FieldNames};

/// Finds where the same story is told twice in a collection of articles.
#[derive(Debug, Parser)]
#[command(
    version,
    arg_required_else_help = true,
    max_term_width = 110,
    after_help = "Exit codes:\n  0    finished, whatever it found; also where the reader of a pipe has gone away\n  \
                  2    usage, or nothing readable\n  3    finished, but more records rejected than --max-bad\n  \
                  4    could not write\n  130  interrupted"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// Threads; all processors by default
    #[arg(short = 'j', long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) threads: Option<u16>,
    /// Say nothing but warnings and errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more: versions of stories, costs of stages, all of a comparison
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// Colours in messages
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,
    /// Progress on standard error: auto shows it on a terminal
    #[arg(long, global = true, value_name = "HOW", default_value = "auto")]
    pub(crate) progress: Progress,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// The batch job: read, find near-duplicates and stories, write a run directory
    #[command(after_help = "Example:\n  retold run scrape/*.jsonl.gz -o run")]
    Run(RunArgs),
    /// Near-duplicates and stories of a collection, as tables or a run directory
    #[command(after_help = "Examples:\n  retold cluster scrape/\n  retold cluster news.jsonl.gz -o run\n  \
                            zcat news.jsonl.gz | retold cluster - --json")]
    Cluster(ClusterArgs),
    /// What retold sees of the input: clean text, fields, places set aside, sentences
    #[command(after_help = "Examples:\n  retold extract page.html\n  retold extract scrape/ --json > clean.jsonl")]
    Extract(ExtractArgs),
    /// The collection of a run without its duplicates, as JSON Lines
    #[command(after_help = "Example:\n  retold filter run -o unique.jsonl --keep earliest --removed removed.jsonl")]
    Filter(FilterArgs),
    /// Two texts side by side: how they stand to each other, sentence by sentence, where their claims differ
    #[command(after_help = "Examples:\n  retold compare one.txt other.txt\n  \
                            retold compare one.txt other.txt --all --explain\n  \
                            retold compare --pairs pairs.jsonl.gz > answers.jsonl")]
    Compare(CompareArgs),
    /// A small collection, run and shown, in one go
    Demo,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) job: JobArgs,
    /// Folder for the tables of the run; must not exist yet, unless with --force
    #[arg(short, long, value_name = "RUN")]
    pub(crate) output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ClusterArgs {
    #[command(flatten)]
    pub(crate) job: JobArgs,
    /// Folder for the tables of the run; must not exist yet, unless with --force
    #[arg(short, long, value_name = "RUN")]
    pub(crate) output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct JobArgs {
    /// Files, folders, patterns as 'scrape/**/*.html', or - for standard input: JSON Lines, other JSON, CSV, Parquet,
    /// web archives, HTML and plain text, also as .gz, .zst, .bz2 or .xz
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// What to find: near-duplicates alone, for about a fifth of the time; or stories, as without this option: they rest on
    /// near-duplicates, so these are found on the way
    #[arg(long, value_name = "WHAT")]
    pub(crate) only: Option<Only>,
    /// Results as JSON Lines on standard output
    #[arg(long)]
    pub(crate) json: bool,
    /// Stories to show; groups with --only duplicates
    #[arg(short = 'n', long = "top", value_name = "N", default_value_t = 10)]
    pub(crate) top: usize,
    /// Least confidence of a pair, 0 to 1
    #[arg(long, value_name = "X", default_value_t = 0.0, value_parser = share)]
    pub(crate) min_confidence: f64,
    /// Compare only articles this close in time, as 90m, 72h, 3d or 2w; those without a date with all
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) window: Option<u64>,
    /// Skip pairs inside one outlet; of articles whose outlet is not known, none
    #[arg(long, value_name = "FIELD")]
    pub(crate) across: Option<Across>,
    /// What you decided about stories: lines `same A B` and `different A B` with the ids of two articles, between tabs
    /// where an id has blanks
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// Replace a finished run of retold at -o
    #[arg(long)]
    pub(crate) force: bool,
    /// Write no texts and no passages
    #[arg(long)]
    pub(crate) no_text: bool,
    /// Rejected records that are accepted, as N or N%; 0 by default, 1% where an input is a folder or a pattern
    #[arg(long, value_name = "N|N%", value_parser = max_bad)]
    pub(crate) max_bad: Option<MaxBad>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ExtractArgs {
    /// Files, folders, patterns as 'scrape/**/*.html', or - for standard input, in any format that cluster reads
    #[arg(required = true, value_name = "INPUT")]
    pub(crate) inputs: Vec<String>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// One JSON record an article on standard output
    #[arg(long)]
    pub(crate) json: bool,
    /// Rejected records that are accepted, as N or N%; 0 by default, 1% where an input is a folder or a pattern
    #[arg(long, value_name = "N|N%", value_parser = max_bad)]
    pub(crate) max_bad: Option<MaxBad>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct ReadArgs {
    /// Field that holds the text; guessed if not given, as all fields
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    text: Option<String>,
    /// Field that holds the id
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    id: Option<String>,
    /// Field that holds the title
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    title: Option<String>,
    /// Field that holds the date
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    date: Option<String>,
    /// Field that holds the outlet
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    outlet: Option<String>,
    /// Field that holds the language
    #[arg(long, value_name = "NAME", help_heading = "Fields")]
    lang: Option<String>,
    /// Largest record, as 500k, 16M or a number of bytes
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size)]
    max_record: usize,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct FilterArgs {
    /// The run directory
    #[arg(value_name = "RUN")]
    pub(crate) run: PathBuf,
    /// File to write, JSON Lines: records as they were, rows of CSV with the columns as keys, of other formats the
    /// fields of the article; .gz and .zst are packed; - for standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Which article of a group is kept
    #[arg(long, value_name = "WHICH", default_value = "longest")]
    pub(crate) keep: Keep,
    /// File that lists what was left out, and for which article
    #[arg(long, value_name = "FILE")]
    pub(crate) removed: Option<PathBuf>,
    /// Where the inputs of the run lie now, if they were moved
    #[arg(long, value_name = "INPUT", num_args = 1.., action = ArgAction::Append)]
    pub(crate) inputs: Vec<String>,
    /// Replace files that exist
    #[arg(long)]
    pub(crate) force: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct CompareArgs {
    /// File that holds one text, in any format that cluster reads, or - for standard input
    #[arg(required_unless_present = "pairs")]
    pub(crate) a: Option<String>,
    /// The other one
    #[arg(required_unless_present = "pairs")]
    pub(crate) b: Option<String>,
    /// Many pairs instead: JSON Lines with id, a and b, each side a text or a list of sentences; answers as JSON Lines,
    /// in their order; - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["a", "b", "all", "width", "explain"])]
    pub(crate) pairs: Option<String>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// The result as one JSON record on standard output; answers to --pairs are JSON Lines anyway
    #[arg(long)]
    pub(crate) json: bool,
    /// Show everything, as -v does: all sentences, also those that stand on one side only, all claims and passages, in full
    #[arg(long)]
    pub(crate) all: bool,
    /// Say how each number came about
    #[arg(long, conflicts_with = "json")]
    pub(crate) explain: bool,
    /// Width of the output in characters, 30 or more; that of the terminal by default, 100 where there is none
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(30..))]
    pub(crate) width: Option<u16>,
    /// Pairs that may be answered with an error, as N or N%; 0 by default
    #[arg(long, value_name = "N|N%", value_parser = max_bad)]
    pub(crate) max_bad: Option<MaxBad>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Only {
    Duplicates,
    Stories,
}

impl Only {
    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Duplicates => "duplicates",
            Self::Stories => "stories",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Across {
    Outlet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Keep {
    /// The most words, then the earliest
    Longest,
    /// The earliest date, then the most words
    Earliest,
    /// The first in the order of the input
    First,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Applies to all messages of the process.
    pub(crate) fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Progress {
    Auto,
    Never,
    Json,
}

/// How many rejects are accepted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum MaxBad {
    Count(u64),
    Share(f64),
}

impl MaxBad {
    /// Whether `rejected` of `read` records are more than that.
    pub(crate) fn is_exceeded(self, rejected: u64, read: u64) -> bool {
        match self {
            Self::Count(most) => rejected > most,
            Self::Share(most) => rejected as f64 > most * read as f64,
        }
    }
}

impl ReadArgs {
    /// Whether any field was named.
    pub(crate) fn names_fields(&self) -> bool {
        [&self.text, &self.id, &self.title, &self.date, &self.outlet, &self.lang].iter().any(|name| name.is_some())
    }

    pub(crate) fn options(&self) -> read::Options {
        read::Options {
            fields: FieldNames {
                text: self.text.clone(),
                id: self.id.clone(),
                title: self.title.clone(),
                date: self.date.clone(),
                outlet: self.outlet.clone(),
                lang: self.lang.clone(),
            },
            max_record: self.max_record,
        }
    }
}

impl JobArgs {
    pub(crate) fn duplicates(&self) -> duplicates::Options {
        duplicates::Options {
            window: self.window,
            across_outlets: self.across == Some(Across::Outlet),
            min_confidence: self.min_confidence,
        }
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("a number from 0 to 1 is wanted".into()),
    }
}

fn max_bad(text: &str) -> Result<MaxBad, String> {
    let wrong = |_| "a number is wanted, or a share as 1%".to_owned();
    match text.strip_suffix('%') {
        Some(share) => match share.trim().parse::<f64>() {
            Ok(share) if (0.0..=100.0).contains(&share) => Ok(MaxBad::Share(share / 100.0)),
            _ => Err("a share from 0% to 100% is wanted".into()),
        },
        None => text.parse().map(MaxBad::Count).map_err(|error: std::num::ParseIntError| wrong(error)),
    }
}

/// Seconds.
fn time(text: &str) -> Result<u64, String> {
    let wrong = || "a time is wanted, as 90m, 72h, 3d or 2w".to_owned();
    let unit = match text.chars().last() {
        Some('m') => 60,
        Some('h') => 3_600,
        Some('d') => 86_400,
        Some('w') => 604_800,
        _ => return Err(wrong()),
    };
    let number: u64 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    number.checked_mul(unit).ok_or_else(wrong)
}

/// Bytes.
fn size(text: &str) -> Result<usize, String> {
    let wrong = || "a size is wanted, as 500k or 16M".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match text[digits.len()..].to_ascii_lowercase().trim_end_matches("ib").trim_end_matches('b') {
        "" => 1usize,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1 << 30,
        _ => return Err(wrong()),
    };
    // Positions in a text are 32 bits.
    match digits.parse::<usize>().ok().and_then(|number| number.checked_mul(unit)) {
        Some(bytes) if (1..=1 << 31).contains(&bytes) => Ok(bytes),
        Some(_) => Err("a size from 1 byte to 2G is wanted".into()),
        None => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_holds_together() {
        Args::command().debug_assert();
    }

    #[test]
    fn values_are_read_or_refused() {
        assert_eq!(time("72h"), Ok(259_200));
        assert!(
            time("72").is_err() && time("h").is_err() && time("99999999999999999w").is_err() && time("3é").is_err()
        );
        assert_eq!(size("16MiB"), Ok(16 << 20));
        assert!(size("0").is_err() && size("x").is_err() && size("99G").is_err());
        assert_eq!(max_bad("1%"), Ok(MaxBad::Share(0.01)));
        assert_eq!(max_bad("7"), Ok(MaxBad::Count(7)));
        assert!(max_bad("-1").is_err() && max_bad("101%").is_err());
        assert!(share("1.5").is_err() && share("nan").is_err());
    }
}
