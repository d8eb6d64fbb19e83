//! What each unit is about: its terms, weighted by how few articles of its language have them.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::units::Units;
use crate::article::Date;
use crate::candidates::Candidate;
use crate::candidates::ranked::{self, Asked, Index, Weighted};
use crate::collection::Collection;
use crate::compare::articles::{Counts, Item, Kind, Profile};
use crate::compare::event;
use crate::document::words::mix;
use crate::document::{Word, language};
use crate::features::shingles::Key;
use crate::features::terms::Term;
use crate::statistics::DocId;
use crate::statistics::weights::Weights;

/// Work for one thread at a time.
const BATCH: usize = 256;
/// Terms by which the others are looked for.
const KEYS: usize = 36;
/// Terms of these, on many articles, of which each two are looked for together.
const PAIRED: usize = 8;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// What all units of a collection are about.
#[derive(Debug, Default)]
pub struct Topics {
    units: Vec<Topic>,
    /// Of each language.
    weights: Vec<Weights>,
    /// Number of the language that the model of events knows, if it is there.
    english: Option<u16>,
    days: Days,
}

/// What one unit is about.
#[derive(Debug, Default)]
struct Topic {
    profile: Profile,
    /// Number of its language.
    language: u16,
    /// Day of publication since 1970, where it is known and possible.
    day: Option<i32>,
}

impl Topics {
    /// Counts the terms of all units, then weighs them.
    #[must_use]
    pub fn of(collection: &Collection, units: &Units) -> Self {
        let leaders: Vec<DocId> = units.ids().map(|unit| units.leader(unit)).collect();
        let languages = Languages::of(collection, &leaders);
        let weights = weights(collection, &leaders, &languages);
        let english = languages.codes.iter().position(|code| code == ENGLISH).map(|number| number as u16);
        let days = Days::of(collection);
        let topic = |(&id, &language): (&DocId, &u16)| Topic {
            profile: Profile::new(&counts(collection, id), &weights[usize::from(language)]),
            language,
            day: days.day(collection, id),
        };
        let units = leaders.par_iter().zip(&languages.of).with_min_len(BATCH).map(topic).collect();
        Self { units, weights, english, days }
    }

    /// The weights of the terms in the language of a unit.
    #[must_use]
    pub fn weights(&self, unit: DocId) -> &Weights {
        &self.weights[usize::from(self.units[unit.index()].language)]
    }

    /// Date of an article, where it is known and possible.
    #[must_use]
    pub fn date(&self, collection: &Collection, id: DocId) -> Option<Date> {
        self.days.date(collection, id)
    }

    /// How likely two units report one event, 0 to 1. Reports in two languages are not compared.
    #[must_use]
    pub fn same_event(&self, a: DocId, b: DocId) -> f32 {
        let (a, b) = (&self.units[a.index()], &self.units[b.index()]);
        if a.language != b.language {
            return 0.0;
        }
        let Some(overview) = event::overview_from(&a.profile, &b.profile, HOPELESS) else { return 0.0 };
        let days = a.day.zip(b.day).map_or(0.0, |(a, b)| apart(a.abs_diff(b)));
        let foreign = if self.english == Some(a.language) { 0.0 } else { FOREIGN };
        probability(event::likely(&overview) - days - foreign)
    }

    /// Likeness of two units, 0 to 1.
    #[must_use]
    pub fn likeness(&self, a: DocId, b: DocId) -> f32 {
        self.units[a.index()].profile.likeness(&self.units[b.index()].profile)
    }

    /// Units that might belong together.
    #[must_use]
    pub fn candidates(&self, may_pair: impl Fn(DocId, DocId) -> bool + Sync) -> Vec<Candidate> {
        let ids: Vec<DocId> = (0..self.units.len() as u32).map(DocId).collect();
        let (vectors, batches): (Vec<Vec<Box<[Weighted]>>>, Vec<_>) = ids
            .par_chunks(BATCH)
            .map(|batch| {
                let asked: Vec<(DocId, Asked)> = batch.iter().map(|&id| (id, self.asked(id))).collect();
                let postings = ranked::map(asked.iter().map(|(id, asked)| (*id, asked)));
                let rising = |(_, asked): (DocId, Asked)| {
                    let mut keys = asked.keys;
                    keys.sort_unstable();
                    keys.into_boxed_slice()
                };
                (asked.into_iter().map(rising).collect(), postings)
            })
            .unzip();
        Index::merge(batches, vectors.into_iter().flatten().collect()).candidates(may_pair)
    }

    /// What a unit is looked for by. Units in two languages share no key.
    fn asked(&self, unit: DocId) -> Asked {
        let Topic { profile, language, day } = &self.units[unit.index()];
        let weights = self.weights(unit);
        let heaviest = profile.heaviest(KEYS);
        let hashed = |key: u64, share: f32| Weighted {
            key: Key((mix(u64::from(*language), key) >> 32) as u32),
            weight: (share * 65_535.0) as u16,
        };
        let crowded: Vec<(Term, f32)> = heaviest
            .iter()
            .copied()
            .filter(|(term, _)| weights.spread(*term) as usize > ranked::ALL)
            .take(PAIRED)
            .collect();
        let mut pairs = Vec::with_capacity(crowded.len() * crowded.len() / 2);
        for (i, &(x, p)) in crowded.iter().enumerate() {
            for &(y, q) in &crowded[i + 1..] {
                let key = mix(u64::from(x.0.min(y.0)) << 32, u64::from(x.0.max(y.0)));
                // So that all pairs together weigh what their terms do.
                pairs.push(hashed(key, (p.hypot(q)) / (crowded.len() as f32 - 1.0).sqrt()));
            }
        }
        let keys = heaviest.into_iter().map(|(term, share)| hashed(u64::from(term.0), share)).collect();
        Asked { keys, pairs, day: *day }
    }
}

/// What is taken from the log odds in languages that the model was not fitted on and words have no stems in.
const FOREIGN: f32 = 1.5;
/// Likeness below which nothing else is looked at: most candidates are strangers, and what they begin with costs as much
/// again.
const HOPELESS: f32 = 0.2;
/// Days within which reports of one event come.
const NEWS: u32 = 1;
/// What each further day takes from the log odds.
const A_DAY: f32 = 0.2;
/// Days up to which each takes as much; then as much goes for each time that they are e times as many.
const WEEKS: u32 = 16;

/// What the days between two articles take from the log odds of one event.
fn apart(days: u32) -> f32 {
    let (near, far) = (days.min(WEEKS).saturating_sub(NEWS) as f32, days.max(WEEKS) as f32 / WEEKS as f32);
    A_DAY * near + far.ln()
}

fn probability(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

fn counts(collection: &Collection, id: DocId) -> Counts {
    let document = collection.document(id);
    let item = |word: &Word| Item {
        term: collection.vocabulary.term(*word),
        kind: match () {
            () if word.is_number() => Kind::Number,
            () if word.is_name() => Kind::Name,
            () => Kind::Common,
        },
    };
    let first = document.words_by_sentence().map(<[Word]>::len).find(|&words| words > 0).unwrap_or(0);
    Counts::new(document.title.iter().map(item), document.words.iter().map(item), first)
}

/// The languages of the units.
struct Languages {
    /// Codes, in order.
    codes: Vec<String>,
    /// Number of each unit's.
    of: Vec<u16>,
}

const ENGLISH: &str = "en";

impl Languages {
    /// A unit of which nobody knows the language has that of most others.
    fn of(collection: &Collection, leaders: &[DocId]) -> Self {
        // What is no code is no language, and sets nobody apart.
        let is_code = |code: &&str| (2..=3).contains(&code.len()) && code.bytes().all(|b| b.is_ascii_lowercase());
        let code = |id: DocId| collection.entry(id).lang.as_deref().map(language::primary).filter(is_code);
        let mut spread: FxHashMap<&str, usize> = FxHashMap::default();
        for code in leaders.iter().filter_map(|&id| code(id)) {
            *spread.entry(code).or_default() += 1;
        }
        let most = spread.iter().max_by_key(|&(code, count)| (count, std::cmp::Reverse(code)));
        let default = most.map_or(ENGLISH, |(code, _)| code);
        let mut codes: Vec<&str> = spread.keys().copied().chain([default]).collect();
        codes.sort_unstable();
        codes.dedup();
        let number = |id: &DocId| codes.partition_point(|known| *known < code(*id).unwrap_or(default)) as u16;
        let of = leaders.iter().map(number).collect();
        Self { of, codes: codes.into_iter().map(str::to_owned).collect() }
    }
}

/// Articles of a language from which its own counts say enough; with fewer, the table that is shipped makes up for the
/// rest, where there is one.
const ENOUGH: u32 = 2000;

/// The weights in each language.
fn weights(collection: &Collection, leaders: &[DocId], languages: &Languages) -> Vec<Weights> {
    type Spread = Vec<(u32, FxHashMap<Term, u32>)>;
    let none = || -> Spread { vec![Default::default(); languages.codes.len()] };
    let count = |mut spread: Spread, (&id, &language): (&DocId, &u16)| {
        let (articles, terms) = &mut spread[usize::from(language)];
        *articles += 1;
        counts(collection, id).terms().for_each(|term| *terms.entry(term).or_default() += 1);
        spread
    };
    let add = |mut sum: Spread, mut other: Spread| {
        for ((articles, terms), (more_articles, more)) in sum.iter_mut().zip(&mut other) {
            *articles += *more_articles;
            if more.len() > terms.len() {
                std::mem::swap(terms, more);
            }
            more.drain().for_each(|(term, count)| *terms.entry(term).or_default() += count);
        }
        sum
    };
    let length = leaders.len().div_ceil(rayon::current_num_threads()).max(BATCH);
    let spread = leaders.par_iter().zip(&languages.of).with_min_len(length).fold(none, count).reduce(none, add);
    let weights = spread.into_iter().zip(&languages.codes).map(|((articles, terms), code)| {
        let missing = ENOUGH.saturating_sub(articles);
        let own = Weights::new(articles, terms);
        if code == ENGLISH { own.with(Weights::background(), missing) } else { own }
    });
    weights.collect()
}

/// Which dates of a collection are possible.
#[derive(Debug, Clone, Copy, Default)]
pub struct Days {
    first: i64,
    last: i64,
}

impl Days {
    /// Years behind nearly all other dates from which one is a mistake.
    const YEARS: i64 = 5 * 366;
    /// What is given where nothing is known: the begin of the time of computers, and before.
    const FIRST: i64 = DAY;

    /// Looks at all dates: one that lies years behind nine tenths of the others is a mistake.
    #[must_use]
    pub fn of(collection: &Collection) -> Self {
        let mut dates: Vec<i64> =
            collection.entries.iter().filter_map(|entry| entry.date).map(|date| date.seconds()).collect();
        dates.par_sort_unstable();
        let last =
            dates.get(dates.len().saturating_sub(1) * 9 / 10).map_or(i64::MAX, |nearly| nearly + Self::YEARS * DAY);
        Self { first: Self::FIRST, last }
    }

    /// The date of an article, where it is known and possible.
    #[must_use]
    pub fn date(self, collection: &Collection, id: DocId) -> Option<Date> {
        collection.entry(id).date.filter(|date| (self.first..=self.last).contains(&date.seconds()))
    }

    /// The day of an article since 1970, where it is known and possible.
    #[must_use]
    pub fn day(self, collection: &Collection, id: DocId) -> Option<i32> {
        self.date(collection, id).map(|date| date.seconds().div_euclid(DAY) as i32)
    }
}
