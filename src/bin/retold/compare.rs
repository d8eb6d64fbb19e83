//! `compare`: two texts side by side.

use std::sync::atomic::{AtomicBool, Ordering};

use retold::article::Article;
use retold::error::{Error, Result};
use retold::read::{self, Ahead, Options, Reader};
use retold::report::comparison::{Comparison, Page};
use retold::report::shown;
use retold::watch::Watch;

use crate::args::{Args, CompareArgs};
use crate::output::{self, Outcome, Output};
use crate::pairs;

/// Width where there is no terminal to ask.
const WIDTH: u16 = 100;

pub(crate) fn run(asked: &CompareArgs, args: &Args, stop: &AtomicBool) -> Result<Outcome> {
    if let Some(file) = &asked.pairs {
        return pairs::run(file, asked, args, stop);
    }
    let (Some(a), Some(b)) = (&asked.a, &asked.b) else {
        return Err(Error::Usage("compare takes two texts, or --pairs FILE".into()));
    };
    if asked.max_bad.is_some() {
        return Err(Error::Usage("--max-bad is for --pairs: of two texts neither can be left out".into()));
    }
    if a == "-" && b == "-" {
        return Err(Error::Usage("standard input is one text; name a file for the other".into()));
    }
    let options = asked.read.options();
    let (a, b) = (one_article(a, &options, stop)?, one_article(b, &options, stop)?);
    let comparison = Comparison::new(&a, &b);
    let mut out = Output::new();
    if asked.json {
        let row = serde_json::to_string(&comparison.row()).map_err(|error| Error::Usage(error.to_string()))?;
        out.line(&row)?;
    } else {
        let width = asked.width.or_else(terminal_width).unwrap_or(WIDTH).into();
        let page = Page { width, all: asked.all || args.verbose, explain: asked.explain };
        for line in comparison.lines(page) {
            out.line(&line)?;
        }
    }
    out.finish()?;
    Ok(Outcome::Done)
}

fn terminal_width() -> Option<u16> {
    terminal_size::terminal_size().map(|(width, _)| width.0)
}

/// The only article of an input.
fn one_article(input: &str, options: &Options, stop: &AtomicBool) -> Result<Article> {
    let sources = read::find(&[input.to_owned()])?;
    let mut articles = Vec::new();
    let mut rejects = Vec::new();
    let watch = Watch::new(stop, &|_| {});
    for chunk in Ahead::new(Reader::new(sources.files, options.clone()), 1).chunks(&watch) {
        chunk.parse(|record| match record {
            Ok(article) => articles.push(article),
            Err(reject) => rejects.push(reject),
        });
        if articles.len() > 1 {
            return Err(Error::Usage(format!(
                "{} holds several articles; compare takes one text on each side",
                shown(input)
            )));
        }
    }
    if stop.load(Ordering::Relaxed) {
        return Err(Error::Interrupted);
    }
    match (articles.pop(), rejects.first()) {
        (Some(article), _) if !article.has_word() => {
            Err(Error::NothingToRead(format!("{}: no word in its text", shown(input))))
        }
        (Some(article), None) => Ok(article),
        (Some(article), Some(reject)) => {
            output::warning(&shown(&reject.to_string()));
            Ok(article)
        }
        (None, Some(reject)) => Err(Error::NothingToRead(reject.to_string())),
        (None, None) => Err(Error::NothingToRead(format!("no article in {input}"))),
    }
}
