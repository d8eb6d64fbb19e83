//! Whether two texts report one event, where their wording does not tell: how much each says of what the other begins
//! with, who and what is named, which sentences say the same, and where those contradict each other.
//!
//! A sum of named parts, weighed by a logistic regression (`data/models/fit_event.py`). What an article begins with, its
//! news, counts most: two reports of one saga share names and background, and not the news.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::alignment::Link;
use super::claims::{Claim, Kind};
use super::text::{Sentence, Text};
use crate::features::terms::Term;
use crate::features::tokens::Token;
use crate::statistics::weights::Weights;

/// Number of parts.
pub const PARTS: usize = 18;

/// Names of the parts, in the order of [`parts`].
pub const PART_NAMES: [&str; PARTS] = [
    "words in all",
    "words of the begin, less",
    "words of the begin, more",
    "names of the begin, less",
    "names of the begin, more",
    "numbers of the begin",
    "first sentence, less",
    "first sentence, more",
    "best links",
    "linked, less",
    "linked, more",
    "names agree",
    "names differ",
    "figures agree",
    "figures differ",
    "dates agree",
    "dates differ",
    "length",
];

/// Words that are the begin of an article: its headline and lead.
const BEGIN: usize = 100;
/// Words of the shortest texts the model knows; shorter ones are taken for as long.
const LEAST: usize = 30;

/// What the parts are measured as, most of them from 0 to 1; the same for any order of the two texts.
#[must_use]
pub fn parts(
    [a, b]: [&Text; 2],
    weights: &Weights,
    similarity: f32,
    links: &[Link],
    claims: &[Claim],
) -> [f32; PARTS] {
    let (x, y) = (Content::new(a), Content::new(b));
    let both = |share: &dyn Fn(&Content<'_>, &Content<'_>) -> f32| {
        let (x, y) = (share(&x, &y), share(&y, &x));
        (x.min(y), x.max(y))
    };
    let words = both(&|x, y| y.share(x.begin.iter().copied(), weights));
    let names = both(&|x, y| y.share(x.begin.iter().copied().filter(|token| token.is_capital), weights));
    let numbers = both(&|x, y| y.share(x.begin.iter().copied().filter(|token| token.is_number), weights));
    let first = both(&|x, y| y.share(x.first.iter(), weights));
    let linked = [aligned(a, links.iter().flat_map(|link| &link.a)), aligned(b, links.iter().flat_map(|link| &link.b))];
    let mut scores: Vec<f32> = links.iter().map(|link| link.score).collect();
    scores.sort_unstable_by(|x, y| y.total_cmp(x));
    let said = |kinds: &[Kind], agree| {
        let texts = claims.iter().filter(|claim| kinds.contains(&claim.kind) && claim.agree == Some(agree));
        let once: BTreeSet<&str> = texts.filter_map(|claim| claim.a.map(|span| a.at(span))).collect();
        (once.len() as f32).ln_1p()
    };
    const FIGURES: [Kind; 4] = [Kind::Number, Kind::Money, Kind::Percent, Kind::Measure];
    [
        similarity,
        words.0,
        words.1,
        names.0,
        names.1,
        numbers.1,
        first.0,
        first.1,
        scores.iter().take(3).sum::<f32>() / 3.0,
        linked[0].min(linked[1]),
        linked[0].max(linked[1]),
        said(&[Kind::Name], true),
        said(&[Kind::Name], false),
        said(&FIGURES, true),
        said(&FIGURES, false),
        said(&[Kind::Date], true),
        said(&[Kind::Date], false),
        (x.words.min(y.words).max(LEAST) as f32).ln(),
    ]
}

/// Share of the words of a text that stand in the sentences with these numbers.
#[must_use]
pub fn aligned<'n>(text: &Text, sentences: impl Iterator<Item = &'n usize>) -> f32 {
    let numbers: BTreeSet<usize> = sentences.copied().collect();
    let words = |(number, sentence): (usize, &Sentence)| (numbers.contains(&number), sentence.tokens.len());
    let story = text.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.is_aside).map(words);
    let (some, all) =
        story.fold((0, 0), |(some, all), (is_linked, words)| (some + if is_linked { words } else { 0 }, all + words));
    if all == 0 { 0.0 } else { some as f32 / all as f32 }
}

/// The words of a story.
struct Content<'t> {
    /// Those it begins with.
    begin: Vec<&'t Token>,
    /// Its first sentence, the headline as a rule.
    first: &'t [Token],
    /// All it has, sorted, each once.
    terms: Vec<Term>,
    words: usize,
}

impl<'t> Content<'t> {
    fn new(text: &'t Text) -> Self {
        let story = || text.sentences.iter().filter(|sentence| !sentence.is_aside && !sentence.tokens.is_empty());
        let tokens = || story().flat_map(|sentence| &sentence.tokens);
        let mut terms: Vec<Term> = tokens().map(|token| token.term).collect();
        let words = terms.len();
        terms.sort_unstable();
        terms.dedup();
        Self {
            begin: tokens().take(BEGIN).collect(),
            first: story().next().map_or(&[], |sentence| &sentence.tokens),
            terms,
            words,
        }
    }

    /// Share of these words that this text has, each counted once, by weight; a half where there are none.
    fn share<'x>(&self, tokens: impl Iterator<Item = &'x Token>, weights: &Weights) -> f32 {
        let terms: BTreeSet<Term> = tokens.map(|token| token.term).collect();
        let (found, all) = terms.into_iter().fold((0.0, 0.0), |(found, all), term| {
            let weight = weights.weight(term);
            let is_here = self.terms.binary_search(&term).is_ok();
            (found + if is_here { weight } else { 0.0 }, all + weight)
        });
        if all > 0.0 { found / all } else { 0.5 }
    }
}

/// `name` tab `weight`; the line `start` is added always.
const FITTED: &str = include_str!("../../data/models/event.tsv");

/// The model that is shipped.
static MODEL: LazyLock<Model> = LazyLock::new(|| Model::of_table(FITTED));

#[derive(Debug, Default)]
struct Model {
    start: f32,
    weights: [f32; PARTS],
}

impl Model {
    fn of_table(table: &str) -> Self {
        let mut model = Self::default();
        for (name, weight) in table.lines().filter_map(|line| line.split_once('\t')) {
            let weight = weight.parse().unwrap_or(0.0);
            match PART_NAMES.iter().position(|part| *part == name) {
                Some(part) => model.weights[part] = weight,
                None if name == "start" => model.start = weight,
                None => {}
            }
        }
        model
    }
}

/// What the parts come to: above 0 the texts report one event as likely as not, among pairs as sets with labels have
/// them.
#[must_use]
pub fn log_odds(parts: &[f32; PARTS]) -> f32 {
    MODEL.start + added(parts).iter().sum::<f32>()
}

/// What each part adds to the log odds, in the order of [`PART_NAMES`].
#[must_use]
pub fn added(parts: &[f32; PARTS]) -> [f32; PARTS] {
    std::array::from_fn(|part| MODEL.weights[part] * parts[part])
}

/// The log odds that the parts are added to.
#[must_use]
pub fn start() -> f32 {
    MODEL.start
}

/// Words of the shorter text up to which it is a headline with a lead, and from which it is a whole report.
const SHORT: (f32, f32) = (100.0, 500.0);
/// Log odds asked of two whole reports.
const REPORTS: f32 = 3.0;

/// Log odds from which two texts are said to report one event. More is asked of long texts: the model knows short ones,
/// and two long reports of one saga tell the same background.
#[must_use]
pub fn asked(parts: &[f32; PARTS]) -> f32 {
    let (low, high) = (SHORT.0.ln(), SHORT.1.ln());
    REPORTS * ((parts[LENGTH] - low) / (high - low)).clamp(0.0, 1.0)
}

/// The part that is the logarithm of the number of words of the shorter text.
const LENGTH: usize = 17;
