//! How two articles stand to each other: measured word by word, then judged.
//!
//! [`Comparer`] measures, [`relation::judge`] decides, [`evidence`] and [`passages`] show; each can be read without the others.

pub mod alignment;
pub mod articles;
pub mod claims;
pub mod event;
pub mod evidence;
mod fitted;
mod index;
pub mod passages;
pub mod relation;
pub mod sentences;
pub mod text;
pub mod versions;

use std::ops::Range;

use crate::document::Word;
use crate::features::facts::{self, Fact, Kind};
use crate::features::shingles::{self, TRIPLE};

use index::Index;

pub use relation::{Judgement, Relation};

/// What two texts share, counted on each side; all counts are of words or word triples and hold for any order of the
/// two texts, sides exchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// Counts on the one side.
    pub a: Side,
    /// Counts on the other.
    pub b: Side,
    /// Facts in the shared part of the side that is more fully shared; like the counts of reporting, left at 0 where so
    /// little is shared that no relation is possible.
    pub facts: Agreement,
}

impl Measures {
    /// Share of all triples of both texts that stand in both, 0 to 1: the Jaccard index of the two bags of triples.
    #[must_use]
    pub fn jaccard(&self) -> f64 {
        let shared = self.a.shared.min(self.b.shared);
        share(shared, self.a.triples + self.b.triples - shared)
    }
}

/// Counts on one side of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Side {
    /// Word triples of the text.
    pub triples: u32,
    /// Those that occur in the other text.
    pub shared: u32,
    /// Triples in stretches of about a sentence that hold enough shared ones to be the same text, edited.
    pub covered: u32,
    /// The same three counts for the reporting.
    pub reported: Reported,
}

/// Counts of the reporting: outside quotation marks, because what a speaker said is the same in every report, and not
/// in headings, teasers and runs that the text has twice, because those are the page's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Reported {
    /// Word triples.
    pub triples: u32,
    /// Those that occur in the other text.
    pub shared: u32,
    /// Those in stretches that are the same text, edited.
    pub covered: u32,
}

impl Side {
    /// Share of the text found in the other, 0 to 1: the containment of Broder (1997) over word triples.
    #[must_use]
    pub fn containment(self) -> f64 {
        share(self.shared, self.triples)
    }

    /// Share of the text that is an edited form of something in the other, 0 to 1.
    #[must_use]
    pub fn coverage(self) -> f64 {
        share(self.covered, self.triples)
    }

    /// [`Side::containment`] of the reporting.
    #[must_use]
    pub fn reported_containment(self) -> f64 {
        share(self.reported.shared, self.reported.triples)
    }

    /// [`Side::coverage`] of the reporting.
    #[must_use]
    pub fn reported_coverage(self) -> f64 {
        share(self.reported.covered, self.reported.triples)
    }
}

/// Share of other text below which it is the text itself that stands there twice, or without marks.
const MOSTLY_FURNITURE: f64 = 0.1;

/// Distinct facts of one side that the other states too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Agreement {
    /// Numbers and dates.
    pub figures: u32,
    /// Numbers and dates that stand on both sides.
    pub figures_shared: u32,
    /// Numbers and dates that stand in shared wording: at the same place and not by chance.
    pub figures_in_place: u32,
    /// Names.
    pub names: u32,
    /// Names that stand on both sides.
    pub names_shared: u32,
}

impl Agreement {
    /// All facts.
    #[must_use]
    pub fn all(self) -> u32 {
        self.figures + self.names
    }

    /// Share of all facts that stand on both sides; 1 where there are none.
    #[must_use]
    pub fn share(self) -> f64 {
        if self.all() == 0 { 1.0 } else { share(self.figures_shared + self.names_shared, self.all()) }
    }

    /// Share of the numbers and dates that stand on both sides in the same words; 1 where there are none.
    #[must_use]
    pub fn share_in_place(self) -> f64 {
        if self.figures == 0 { 1.0 } else { share(self.figures_in_place, self.figures) }
    }

    /// Share of the names that stand on both sides; 1 where there are none.
    #[must_use]
    pub fn share_of_names(self) -> f64 {
        if self.names == 0 { 1.0 } else { share(self.names_shared, self.names) }
    }

    /// Share of the numbers and dates that stand on both sides; 1 where there are none.
    #[must_use]
    pub fn share_of_figures(self) -> f64 {
        if self.figures == 0 { 1.0 } else { share(self.figures_shared, self.figures) }
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// Words in a row from which shared wording is a passage and no turn of phrase.
pub const PASSAGE: usize = 12;

/// Triples in a stretch that is judged as one, about a sentence.
const STRETCH: usize = 16;
/// Shared triples of a stretch that make it the same text, edited: between two copies that were both edited, 15 and 30 %
/// of their words, four are left; of other text on the same matter there is rarely one.
const STRETCH_SHARED: usize = 2;
/// Shared triples of a stretch up to which it was edited: a word changed takes three triples away.
const STRETCH_EDITED: usize = 13;

/// Compares texts with one text, keeping its buffers. One for each thread.
#[derive(Debug, Default)]
pub struct Comparer {
    /// The triples of the loaded text.
    index: Index,
    /// The comparison in which a slot was last met.
    met: Vec<u8>,
    comparison: u8,
    /// Slot of each triple of the loaded text.
    slot_of: Vec<u32>,
    hits_a: Vec<bool>,
    hits_b: Vec<bool>,
    covered_a: Vec<bool>,
    covered_b: Vec<bool>,
    reported: Vec<bool>,
}

impl Comparer {
    /// Makes `a` the text that others are compared with.
    pub fn load(&mut self, a: &[Word]) {
        self.index.clear(a.len());
        self.met.clear();
        self.met.resize(self.index.len(), 0);
        self.comparison = 0;
        self.slot_of.clear();
        self.slot_of.extend(shingles::triples(a).map(|triple| self.index.insert(triple) as u32));
    }

    /// Compares `b` with the loaded text, which is passed again.
    pub fn against(&mut self, a: &[Word], b: &[Word]) -> Measures {
        self.comparison = self.comparison.checked_add(1).unwrap_or_else(|| {
            self.met.fill(0);
            1
        });
        let Self { index, met, .. } = self;
        self.hits_b.clear();
        self.hits_b.extend(shingles::triples(b).map(|triple| {
            let slot = index.find(triple);
            // A free slot is no triple's: to mark it does no harm and saves a branch.
            met[slot] = self.comparison;
            index.is_taken(slot)
        }));
        self.hits_a.clear();
        self.hits_a.extend(self.slot_of.iter().map(|&slot| met[slot as usize] == self.comparison));
        let mut side_a = side(&self.hits_a, &mut self.covered_a);
        let mut side_b = side(&self.hits_b, &mut self.covered_b);
        let most = side_a.coverage().max(side_b.coverage());
        if most < WORTH_A_LOOK && in_runs(&self.hits_a).min(in_runs(&self.hits_b)) < PASSAGE as u32 {
            return Measures { a: side_a, b: side_b, facts: Agreement::default() };
        }
        side_a.reported = reported(a, &self.hits_a, &mut self.reported);
        side_b.reported = reported(b, &self.hits_b, &mut self.reported);
        let facts = if is_more_covered(side_b, side_a) {
            agreement(b, &self.hits_b, &self.covered_b, a)
        } else {
            agreement(a, &self.hits_a, &self.covered_a, b)
        };
        Measures { a: side_a, b: side_b, facts }
    }

    /// Words of reporting in the passages of the two texts that were compared last, which are passed again; 0 where
    /// they are fewer than `least`, which is mostly seen without looking for passages.
    #[must_use]
    pub fn reported_words(&self, a: &[Word], b: &[Word], least: u32) -> u32 {
        if in_runs(&self.hits_a).min(in_runs(&self.hits_b)) < least {
            return 0;
        }
        Some(passages::reported_words(a, b)).filter(|&words| words >= least).unwrap_or(0)
    }

    /// Compares two texts.
    pub fn compare(&mut self, a: &[Word], b: &[Word]) -> Measures {
        self.load(a);
        self.against(a, b)
    }
}

/// Words in shared runs of [`PASSAGE`] words or more.
fn in_runs(hits: &[bool]) -> u32 {
    let mut words = 0;
    let mut run = 0;
    for &hit in hits.iter().chain(&[false]) {
        if hit {
            run += 1;
        } else {
            words += if run + TRIPLE > PASSAGE { run + TRIPLE - 1 } else { 0 };
            run = 0;
        }
    }
    words as u32
}

/// Whether more of `one` than of `other` is covered; the shorter of two that are equally so.
fn is_more_covered(one: Side, other: Side) -> bool {
    let cross = |x: Side, y: Side| u64::from(x.covered) * u64::from(y.triples.max(1));
    (cross(one, other), other.triples) > (cross(other, one), one.triples)
}

/// Coverage below which texts without a shared passage are not looked at any further.
const WORTH_A_LOOK: f64 = 0.3;

/// Counts a side and marks its covered triples.
fn side(hits: &[bool], marks: &mut Vec<bool>) -> Side {
    // Marked in blocks of one length, which may reach behind a stretch: the next one marks its own.
    marks.clear();
    marks.resize(hits.len() + STRETCH, false);
    let mark = |start: usize, same| {
        if let Some(block) = marks[start..].first_chunk_mut() {
            *block = [same; STRETCH];
        }
    };
    let (shared, covered) = cover(hits, mark);
    marks.truncate(hits.len());
    Side { triples: hits.len() as u32, shared, covered, reported: Reported::default() }
}

/// Counts the reporting of a side. `room` is to work in. A triple is reporting if its middle word is.
fn reported(words: &[Word], hits: &[bool], room: &mut Vec<bool>) -> Reported {
    let words = words.get(1..=hits.len()).unwrap_or_default();
    let own = hits.len() - words.iter().filter(|word| word.is_furniture()).count();
    if (own as f64) < MOSTLY_FURNITURE * hits.len() as f64 {
        take(words, hits, room, |word| !word.is_quoted());
    } else {
        take(words, hits, room, |word| !word.is_quoted() && !word.is_furniture());
    }
    let (shared, covered) = cover(room, |_, _| ());
    Reported { triples: room.len() as u32, shared, covered }
}

/// The hits of the triples whose middle word counts; `words` are the middle words.
fn take(words: &[Word], hits: &[bool], into: &mut Vec<bool>, counts: impl Fn(Word) -> bool) {
    into.clear();
    into.resize(hits.len(), false);
    let mut taken = 0;
    // Written always and counted if wanted: a branch would be guessed wrong too often.
    for (word, &hit) in words.iter().zip(hits) {
        into[taken] = hit;
        taken += usize::from(counts(*word));
    }
    into.truncate(taken);
}

/// Counts the shared triples and those in stretches that are the same text; tells where each stretch begins
/// and whether it shares enough by itself. One stretch alone that does not, between two that were edited, is covered as
/// well: where many words were changed that happens by chance. Between two that are word for word the same it is what
/// the article adds of its own.
fn cover(hits: &[bool], mut tell: impl FnMut(usize, bool)) -> (u32, u32) {
    let (mut shared, mut covered) = (0, 0);
    // Whether the stretch before was edited; else its length, if the one before it was.
    let (mut was_edited, mut gap) = (false, 0);
    for stretch in stretches(hits.len()) {
        let length = stretch.len();
        let hit = count(&hits[stretch.start..], length);
        let same = hit > 0 && hit * STRETCH >= STRETCH_SHARED * length;
        let edited = same && hit * STRETCH <= STRETCH_EDITED * length;
        shared += hit;
        covered += if same { length } else { 0 } + if edited { gap } else { 0 };
        gap = if was_edited && !same { length } else { 0 };
        was_edited = edited;
        tell(stretch.start, same);
    }
    (shared as u32, covered as u32)
}

/// Cuts a length into as few stretches of at most [`STRETCH`] as there can be, as even as they can be.
fn stretches(length: usize) -> impl Iterator<Item = Range<usize>> {
    let stretches = length.div_ceil(STRETCH).max(1);
    let (each, left) = (length / stretches, length % stretches);
    // The n-th ends at n * length / stretches, without a division for each.
    let (mut start, mut rest) = (0, 0);
    (0..stretches).map(move |_| {
        rest += left;
        let one_more = usize::from(rest >= stretches);
        rest -= one_more * stretches;
        let stretch = start..start + each + one_more;
        start = stretch.end;
        stretch
    })
}

/// How many of the first `length` are hits, [`STRETCH`] at most.
fn count(hits: &[bool], length: usize) -> usize {
    match hits.first_chunk::<STRETCH>() {
        // All at once, those behind cleared.
        Some(block) => {
            block.iter().zip(0..).map(|(&hit, at)| u8::from(hit) & u8::from(at < length as u8)).sum::<u8>().into()
        }
        None => hits[..length].iter().filter(|&&hit| hit).count(),
    }
}

/// The distinct facts in the covered part of `one`, looked for in `other`.
fn agreement(one: &[Word], hits: &[bool], covered: &[bool], other: &[Word]) -> Agreement {
    // A word is in the triples that begin at it and just before it.
    let is_in = |marks: &[bool], fact: &Fact| {
        (fact.at.saturating_sub(TRIPLE - 1)..=fact.at).any(|at| marks.get(at).copied().unwrap_or(false))
    };
    let covered = facts::facts(one).filter(|fact| is_in(covered, fact));
    let mut stated: Vec<(u32, Kind, bool)> = covered.map(|fact| (fact.key, fact.kind, !is_in(hits, &fact))).collect();
    // Of a fact stated twice the place that is shared comes first.
    stated.sort_unstable();
    stated.dedup_by_key(|(key, kind, _)| (*key, *kind));
    let mut filter = [0u64; 16];
    for (key, ..) in &stated {
        filter[*key as usize / 64 % 16] |= 1 << (key % 64);
    }
    let mut found = vec![false; stated.len()];
    let mut look_up = |key: u32, date: bool| {
        if filter[key as usize / 64 % 16] >> (key % 64) & 1 == 0 {
            return;
        }
        let from = stated.partition_point(|(other, ..)| *other < key);
        for (i, (_, kind, _)) in stated.iter().enumerate().skip(from).take_while(|(_, (other, ..))| *other == key) {
            found[i] |= (*kind == Kind::Date) == date;
        }
    };
    // A name agrees with the same word in any case: capitals may have been lost.
    other.iter().for_each(|word| look_up(word.hash(), false));
    if stated.iter().any(|(_, kind, _)| *kind == Kind::Date) {
        facts::facts(other).filter(|fact| fact.kind == Kind::Date).for_each(|fact| look_up(fact.key, true));
    }
    let mut out = Agreement::default();
    for ((_, kind, apart), found) in stated.iter().zip(found) {
        out.figures_in_place += u32::from(*kind != Kind::Name && !apart);
        let (all, shared) = match kind {
            Kind::Name => (&mut out.names, &mut out.names_shared),
            Kind::Number | Kind::Date => (&mut out.figures, &mut out.figures_shared),
        };
        *all += 1;
        *shared += u32::from(found);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Preparer;

    fn words(text: &str) -> Box<[Word]> {
        Preparer::default().prepare(text).words
    }

    fn compare(a: &str, b: &str) -> Measures {
        Comparer::default().compare(&words(a), &words(b))
    }

    #[test]
    fn containment_is_counted_on_both_sides() {
        let measures = compare("one two three four five six", "two three four five");
        assert_eq!((measures.a.shared, measures.a.triples), (2, 4));
        assert_eq!((measures.b.shared, measures.b.triples), (2, 2));
        assert!((measures.b.containment() - 1.0).abs() < 1e-9);
        assert!((compare("a b c d", "b c d e").jaccard() - 1.0 / 3.0).abs() < 1e-9);
    }

    #[test]
    fn stretches_are_even_and_hits_are_counted_in_them() {
        for length in [0_usize, 1, 15, 16, 17, 47, 550] {
            let all = length.div_ceil(STRETCH).max(1);
            let plain = (0..all).map(|i| i * length / all..(i + 1) * length / all);
            assert!(stretches(length).eq(plain), "{length}");
        }
        let hits: Vec<bool> = (0..40).map(|at| at % 3 == 0).collect();
        assert_eq!([count(&hits, 13), count(&hits[30..], 10)], [5, 4]);
    }

    #[test]
    fn texts_too_short_for_a_triple_share_nothing() {
        let measures = compare("one two", "one two");
        assert_eq!((measures.a.shared, measures.a.triples), (0, 0));
        assert_eq!(measures.a.containment(), 0.0);
    }

    #[test]
    fn facts_are_looked_for_in_the_other_text_in_any_case() {
        let form = |town: &str, day: u8, rain: u8| {
            format!(
                "the weather for {town} on {day} March is fair and the chance of rain is {rain} per cent until night"
            )
        };
        let same = compare(&form("Dorvale", 2, 20), &form("dorvale", 2, 20)).facts;
        assert_eq!((same.figures, same.figures_shared, same.names_shared), (2, 2, same.names));
        let other = compare(&form("Dorvale", 2, 20), &form("Ansel", 9, 55)).facts;
        assert_eq!((other.figures, other.figures_shared), (2, 0));
        assert_eq!((other.names, other.names_shared), (2, 1)); // March
    }

    #[test]
    fn quotations_are_not_reporting() {
        let quote = "we will not go anywhere and we will say so to all who ask us about it today";
        let told =
            compare(&format!("He said that {quote}. Then rain fell."), &format!("She heard {quote}. They left."));
        assert_eq!((told.a.reported.triples, told.a.reported.shared), (told.a.triples, 16));
        let said = format!("He said: “{quote}.” Then rain fell and the bus drove off.");
        let said = compare(&said, &format!("She heard: “{quote}.” They left."));
        assert_eq!((said.a.shared, said.a.reported.shared), (16, 0));
    }

    proptest! {
        #[test]
        fn sides_can_be_exchanged(a in "([a-d] |[A-C]b |[1-3] ){0,80}", b in "([a-d] |[A-C]b |[1-3] ){0,80}") {
            let (one, other) = (compare(&a, &b), compare(&b, &a));
            prop_assert_eq!((one.a, one.b), (other.b, other.a));
        }
    }
}
