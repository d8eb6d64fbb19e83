//! Whether two texts report one event, where their wording does not tell: how much each says of what the other begins
//! with, who and what is named, which sentences say the same, and where those contradict each other.
//!
//! A sum of named parts, weighed by a logistic regression (`data/models/fit_event.py`). What an article begins with, its
//! news, counts most: two reports of one saga share names and background, and not the news.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::alignment::Link;
use super::articles::Profile;
use super::claims::{Claim, Kind};
use super::fitted::Fitted;
use super::text::{Sentence, Text};

/// Number of parts.
pub const PARTS: usize = 18;
/// The first parts, which need no look at sentences.
pub const OVERVIEW: usize = 9;

/// Names of the parts, in the order of [`parts`].
pub const PART_NAMES: [&str; PARTS] = [
    "words in all",
    "words of the begin, less",
    "words of the begin, more",
    "names of the begin, less",
    "names of the begin, more",
    "numbers of the begin",
    "headline, less",
    "headline, more",
    "length",
    "best links",
    "linked, less",
    "linked, more",
    "names agree",
    "names differ",
    "figures agree",
    "figures differ",
    "dates agree",
    "dates differ",
];

/// Words of the shortest texts the model knows; shorter ones are taken for as long.
const LEAST: usize = 30;

/// What the parts of the overview are measured as, most of them from 0 to 1; the same for any order of the two.
#[must_use]
pub fn overview(a: &Profile, b: &Profile) -> [f32; OVERVIEW] {
    overview_of(a, b, a.likeness(b))
}

/// The same of two articles that are at least so much alike; none of others.
#[must_use]
pub fn overview_from(a: &Profile, b: &Profile, least: f32) -> Option<[f32; OVERVIEW]> {
    let likeness = a.likeness(b);
    (likeness >= least).then(|| overview_of(a, b, likeness))
}

fn overview_of(a: &Profile, b: &Profile, likeness: f32) -> [f32; OVERVIEW] {
    let (x, y) = (a.begin.shares(b), b.begin.shares(a));
    [
        likeness,
        x.words.min(y.words),
        x.words.max(y.words),
        x.names.min(y.names),
        x.names.max(y.names),
        x.numbers.max(y.numbers),
        x.headline.min(y.headline),
        x.headline.max(y.headline),
        (a.words.min(b.words).max(LEAST) as f32).ln(),
    ]
}

/// What the parts are measured as, the overview first; the same for any order of the two texts.
#[must_use]
pub fn parts([a, b]: [&Text; 2], overview: [f32; OVERVIEW], links: &[Link], claims: &[Claim]) -> [f32; PARTS] {
    let linked = [aligned(a, links.iter().flat_map(|link| &link.a)), aligned(b, links.iter().flat_map(|link| &link.b))];
    let mut scores: Vec<f32> = links.iter().map(|link| link.score).collect();
    scores.sort_unstable_by(|x, y| y.total_cmp(x));
    let said = |kinds: &[Kind], agree| {
        let texts = claims.iter().filter(|claim| kinds.contains(&claim.kind) && claim.agree == Some(agree));
        let once: BTreeSet<&str> = texts.filter_map(|claim| claim.a.map(|span| a.at(span))).collect();
        (once.len() as f32).ln_1p()
    };
    const FIGURES: [Kind; 4] = [Kind::Number, Kind::Money, Kind::Percent, Kind::Measure];
    let sentences = [
        scores.iter().take(3).sum::<f32>() / 3.0,
        linked[0].min(linked[1]),
        linked[0].max(linked[1]),
        said(&[Kind::Name], true),
        said(&[Kind::Name], false),
        said(&FIGURES, true),
        said(&FIGURES, false),
        said(&[Kind::Date], true),
        said(&[Kind::Date], false),
    ];
    std::array::from_fn(|part| if part < OVERVIEW { overview[part] } else { sentences[part - OVERVIEW] })
}

/// Shares of the words of the two texts that stand in linked sentences, the lesser first.
#[must_use]
pub fn linked(parts: &[f32; PARTS]) -> [f32; 2] {
    [parts[LINKED], parts[LINKED + 1]]
}

/// The first of the two parts that tell how much is linked.
const LINKED: usize = OVERVIEW + 1;

/// Share of the words of a text that stand in the sentences with these numbers.
fn aligned<'n>(text: &Text, sentences: impl Iterator<Item = &'n usize>) -> f32 {
    let numbers: BTreeSet<usize> = sentences.copied().collect();
    let words = |(number, sentence): (usize, &Sentence)| (numbers.contains(&number), sentence.tokens.len());
    let story = text.sentences.iter().enumerate().filter(|(_, sentence)| !sentence.is_aside).map(words);
    let (some, all) =
        story.fold((0, 0), |(some, all), (is_linked, words)| (some + if is_linked { words } else { 0 }, all + words));
    if all == 0 { 0.0 } else { some as f32 / all as f32 }
}

/// `name` tab `weight`; the line `start` is added always.
const FITTED: &str = include_str!("../../data/models/event.tsv");
/// The same for the overview alone.
const FITTED_OVERVIEW: &str = include_str!("../../data/models/event_overview.tsv");

/// The models that are shipped.
static MODEL: LazyLock<Fitted<PARTS>> = LazyLock::new(|| Fitted::of_table(FITTED, &PART_NAMES));
static OVERVIEW_MODEL: LazyLock<Fitted<PARTS>> = LazyLock::new(|| Fitted::of_table(FITTED_OVERVIEW, &PART_NAMES));

/// What the parts come to: above 0 the texts report one event as likely as not, among pairs as sets with labels have
/// them.
#[must_use]
pub fn log_odds(parts: &[f32; PARTS]) -> f32 {
    MODEL.start + added(parts).iter().sum::<f32>()
}

/// What each part adds to the log odds, in the order of [`PART_NAMES`].
#[must_use]
pub fn added(parts: &[f32; PARTS]) -> [f32; PARTS] {
    MODEL.added(parts)
}

/// The log odds that the parts are added to.
#[must_use]
pub fn start() -> f32 {
    MODEL.start
}

/// The log odds of one event as far as an overview tells: for every candidate of a collection, where the other
/// candidates of both tell how much to ask for.
#[must_use]
pub fn likely(overview: &[f32; OVERVIEW]) -> f32 {
    let model = &*OVERVIEW_MODEL;
    let sum = overview.iter().zip(&model.weights).map(|(part, weight)| part * weight).sum::<f32>();
    model.start + sum - if overview[NAMES_MORE] < NONE { NO_NAME } else { 0.0 }
}

/// Share of the names of the begin below which the other article has none of them.
const NONE: f32 = 0.05;
/// Log odds taken where neither article has a name that the other begins with: they are alike by their pattern.
const NO_NAME: f32 = 1.5;
/// The part that is how many names of the begin of one article the other has, of the two where that is more.
const NAMES_MORE: usize = 4;

/// Words of the shorter text up to which it is a headline with a lead, and from which it is a whole report.
const SHORT: (f32, f32) = (100.0, 500.0);
/// Log odds asked of two whole reports.
const REPORTS: f32 = 3.0;

/// Log odds from which two texts are said to report one event, by their overview or all parts. More is asked of long
/// texts: the model knows short ones, and two long reports of one saga tell the same background.
#[must_use]
pub fn asked(parts: &[f32]) -> f32 {
    let (low, high) = (SHORT.0.ln(), SHORT.1.ln());
    let length = parts.get(LENGTH).copied().unwrap_or(high);
    REPORTS * ((length - low) / (high - low)).clamp(0.0, 1.0)
}

/// The part that is the logarithm of the number of words of the shorter text.
const LENGTH: usize = 8;
/// The part that is how much of the begin of one text stands in the other, of the two where that is more.
pub const BEGIN_MORE: usize = 2;
