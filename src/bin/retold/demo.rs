//! `demo`: the sample collection, run and shown.

use std::sync::atomic::AtomicBool;

use clap::Parser;
use retold::error::{Error, Result};

use crate::args::{Args, Command};
use crate::cluster::{self, What};
use crate::compare;
use crate::output::{self, Outcome};

const SAMPLES: &str = include_str!("../../../data/samples/news.jsonl");
/// A report and its merger with another, of the samples.
const PAIR: [&str; 2] = ["npa-1016a", "ew-1017b"];

pub(crate) fn run(args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let folder = tempfile::tempdir().map_err(Error::output("a temporary folder"))?;
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs_err::write(&path, text).map_err(Error::output(&path)).map(|()| path.display().to_string())
    };
    let news = write("news.jsonl", SAMPLES)?;
    let note = |line: &str| {
        if !args.quiet {
            output::note(line);
        }
    };
    note("$ retold cluster news.jsonl        45 lines, one of them broken on purpose");
    let shown = ["retold", "cluster", &news, "--max-bad", "1"];
    again(&shown, args, stop)?;
    let mut pair = Vec::new();
    for id in PAIR {
        let marked = format!("\"id\": \"{id}\"");
        let line = SAMPLES.lines().find(|line| line.contains(&marked) || line.contains(&marked.replace(": ", ":")));
        pair.push(write(&format!("{id}.jsonl"), line.unwrap_or_default())?);
    }
    note(&format!("\n$ retold compare {}.jsonl {}.jsonl", PAIR[0], PAIR[1]));
    again(&["retold", "compare", &pair[0], &pair[1]], args, stop)?;
    note("\nNow with your own:  retold cluster FILE-OR-FOLDER      and to keep the result:  -o RUN");
    Ok(Outcome::Done)
}

/// Runs another command as it would be typed, with the settings of this one.
fn again(words: &[&str], args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    let typed = Args::try_parse_from(words).map_err(|error| Error::Usage(error.to_string()))?;
    let Args { command, .. } = typed;
    match &command {
        Command::Cluster(asked) => cluster::run(&asked.job, None, What::Groups, args, stop),
        Command::Compare(asked) => compare::run(asked, args, stop),
        _ => Ok(Outcome::Done),
    }
}
