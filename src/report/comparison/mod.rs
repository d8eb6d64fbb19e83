//! Two articles side by side: how they stand to each other and why, which sentences say the same, where claims and
//! spellings differ. [`Comparison::lines`] is for a person, [`Comparison::row`] for a program.

mod changes;
mod claim_table;
mod explain;
mod page;
mod row;
mod sentences;
pub mod shares;
mod side;
mod spellings;
mod why;

use std::borrow::Cow;

use crate::article::{Article, Date};
use crate::compare::evidence::Why;
use crate::compare::passages::{self, Shared};
use crate::compare::relation::Outlets;
use crate::compare::text::{Reader, Text};
use crate::compare::versions::Circumstances;
use crate::compare::{Comparer, sentences as likeness, versions};
use crate::document::{Preparer, language};
use crate::statistics::OutletKey;
use crate::statistics::weights::Weights;

pub use page::Page;
pub use row::ComparisonRow;

use shares::Shares;
use spellings::Spelling;

/// Two articles and all that a comparison of them shows.
#[derive(Debug)]
pub struct Comparison<'a> {
    articles: [&'a Article; 2],
    /// Language of each, where it is known.
    langs: [Option<Cow<'a, str>>; 2],
    texts: [Text; 2],
    found: versions::Comparison,
    shares: Shares,
    why: Vec<Why>,
    passages: Vec<Shared>,
    spellings: Vec<Spelling>,
    /// Likeness of the two titles, 0 to 1; none where an article has no title beside its text.
    titles: Option<f32>,
}

impl<'a> Comparison<'a> {
    /// Compares two articles, their titles apart from their texts.
    #[must_use]
    pub fn new(a: &'a Article, b: &'a Article) -> Self {
        let weights = Weights::background();
        let articles = [a, b];
        let langs = articles.map(lang);
        let mut reader = Reader::default();
        let mut read = |side: usize| reader.text(articles[side].body(), langs[side].as_deref());
        let texts = [read(0), read(1)];
        let known = Circumstances {
            outlets: outlets(articles),
            published: articles.map(|article| article.date.map(Date::day)),
        };
        let found = versions::compare(&texts[0], &texts[1], known, weights, &mut Comparer::default());
        let shares = Shares::new(&texts[0], &texts[1], &found);
        Self {
            why: why::why(&found, &shares),
            passages: shared(&texts),
            spellings: spellings::spellings(&texts, &found.links),
            titles: titles(articles, &mut reader, weights),
            articles,
            langs,
            texts,
            found,
            shares,
        }
    }
}

/// The language of an article: as it was given, else as its text looks.
fn outlets([a, b]: [&Article; 2]) -> Outlets {
    match (&a.outlet, &b.outlet) {
        (Some(a), Some(b)) if OutletKey::new(a) == OutletKey::new(b) => Outlets::Same,
        _ => Outlets::Different,
    }
}

fn lang(article: &Article) -> Option<Cow<'_, str>> {
    let given = article.lang.as_deref().map(language::normalized);
    given.or_else(|| language::detect(article.body()).map(Cow::Borrowed))
}

/// Shared passages, with their places.
fn shared([a, b]: &[Text; 2]) -> Vec<Shared> {
    let mut preparer = Preparer::default();
    let mut spans = |text: &Text| passages::story_spans(&mut preparer, &text.text, &text.document);
    let (spans_a, spans_b) = (spans(a), spans(b));
    passages::shared(&a.document.words, &spans_a, &b.document.words, &spans_b)
}

fn titles([a, b]: [&Article; 2], reader: &mut Reader, weights: &Weights) -> Option<f32> {
    // A title that stands for the text is compared as that.
    let mut title = |article: &Article| {
        let title = article.title.as_deref().filter(|title| *title != article.body())?;
        reader.sentences(&[title]).sentences.pop()
    };
    Some(likeness::likeness(&title(a)?, &title(b)?, weights).score)
}
