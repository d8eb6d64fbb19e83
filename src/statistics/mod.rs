//! What only the whole collection can tell: here, which lines belong to the page and not to the story.
//!
//! A line is boilerplate where it recurs on pages of one outlet *whose other text differs*. Recurrence alone is not
//! enough: the paragraphs of a story that one outlet ran in twenty editions recur as well, but on twenty pages that
//! say the same. So each page gets a few signatures of what is left of it without its recurring lines (minima of
//! hashed word triples, one in each part of the hash space, after Li, Owen and Zhang 2012), and a line counts only as
//! often as its pages have different signatures.
//!
//! [`map`] takes a batch, [`freeze`] merges what the batches left and decides; after that nothing changes.

pub mod weights;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::document::words::mix;
use crate::document::{Document, Line};
use crate::features::shingles;
use crate::runs::{self, Batch, Row};

/// Number of an article within a run, in the order of the hash of its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct DocId(pub u32);

impl DocId {
    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Hash of an outlet's name; articles without one share a key of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutletKey(u64);

impl OutletKey {
    /// Key of articles of which the outlet is not known.
    pub const UNKNOWN: Self = Self(0);

    /// Key of a named outlet; case and a leading `www.` do not count.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        let name = name.strip_prefix("www.").unwrap_or(&name);
        Self(xxhash_rust::xxh3::xxh3_64(name.as_bytes()) | 1)
    }

    fn of_line(self, line: &Line) -> u64 {
        mix(self.0, line.key)
    }
}

/// One article as the statistics see it.
#[derive(Debug, Clone, Copy)]
pub struct Page<'a> {
    /// Its number.
    pub id: DocId,
    /// Who published it.
    pub outlet: OutletKey,
    /// Its text.
    pub document: &'a Document,
}

/// A line of an outlet, on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct LineOnPage {
    line: u64,
    page: DocId,
}

impl Row for LineOnPage {
    fn key(&self) -> u64 {
        self.line
    }
}

/// Different pages on which a line must stand. Fewer may be chance, or a story told in parts.
const PAGES: usize = 4;
/// The same where the outlet is unknown: the pages may belong to many.
const PAGES_UNKNOWN: usize = 6;
/// Share of a line's pages that must differ in the rest of their text.
const DIFFERENT: f64 = 0.6;
/// Share of a page that must be its own for the page to differ from others: a copy with a note added does not.
const OWN: f64 = 0.2;
/// Signatures a page, a power of two; a line is judged by the median of what they count.
const SIGNATURES: usize = 4;

/// Lines on pages of a batch.
#[must_use]
pub fn map(batch: &[Page<'_>]) -> Batch<LineOnPage> {
    let rows: Vec<LineOnPage> = batch
        .iter()
        .flat_map(|page| {
            page.document.lines.iter().map(|line| LineOnPage { line: page.outlet.of_line(line), page: page.id })
        })
        .collect();
    Batch::new(&rows)
}

/// The lines of each outlet that are boilerplate, decided once for the whole collection.
#[derive(Debug, Default)]
pub struct Boilerplate {
    lines: FxHashSet<u64>,
}

impl Boilerplate {
    /// Whether a line of an outlet's page is boilerplate.
    #[must_use]
    pub fn contains(&self, outlet: OutletKey, line: &Line) -> bool {
        self.lines.contains(&outlet.of_line(line))
    }

    /// Number of different lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether no line is boilerplate.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}

/// Merges the rows of all batches and decides. `pages` holds every page that took part, in order.
#[must_use]
pub fn freeze(rows: Vec<Batch<LineOnPage>>, pages: &[Page<'_>]) -> Boilerplate {
    let rows = runs::recurring(&rows);
    let recurring: Vec<&[LineOnPage]> =
        rows.iter().flat_map(|part| runs::groups(part)).filter(|group| group.len() >= PAGES).collect();
    let candidates: FxHashSet<u64> = recurring.iter().map(|group| group[0].line).collect();
    let known: Vec<(DocId, OutletKey, [u64; SIGNATURES])> =
        pages.par_iter().map(|page| (page.id, page.outlet, signatures(page, &candidates))).collect();
    let mut by_id = vec![None; known.last().map_or(0, |(id, ..)| id.index() + 1)];
    for (id, outlet, signatures) in known {
        by_id[id.index()] = Some((outlet, signatures));
    }
    let lines: Vec<u64> = recurring
        .par_iter()
        .filter(|group| {
            let pages = || group.iter().filter_map(|row| by_id[row.page.index()]);
            let unknown = pages().any(|(outlet, _)| outlet == OutletKey::UNKNOWN);
            let different = different_pages(pages().map(|(_, signatures)| signatures));
            different >= if unknown { PAGES_UNKNOWN } else { PAGES }
                && different as f64 >= DIFFERENT * group.len() as f64
        })
        .map(|group| group[0].line)
        .collect();
    Boilerplate { lines: lines.into_iter().collect() }
}

/// Median, over the signatures, of how many different values the pages have.
fn different_pages(pages: impl Iterator<Item = [u64; SIGNATURES]>) -> usize {
    let pages: Vec<_> = pages.collect();
    let mut counts: [usize; SIGNATURES] = std::array::from_fn(|i| {
        let mut values: Vec<u64> = pages.iter().map(|signatures| signatures[i]).collect();
        values.sort_unstable();
        values.dedup();
        values.len()
    });
    counts.sort_unstable();
    counts[SIGNATURES / 2]
}

/// Smallest hashes of the word triples in the lines of a page that do not recur; all equal where nearly nothing is left.
fn signatures(page: &Page<'_>, recurring: &FxHashSet<u64>) -> [u64; SIGNATURES] {
    let mut least = [u64::MAX; SIGNATURES];
    let recurs: Vec<bool> =
        page.document.lines.iter().map(|line| recurring.contains(&page.outlet.of_line(line))).collect();
    let own: u32 =
        page.document.lines.iter().zip(&recurs).filter(|(_, recurs)| !**recurs).map(|(line, _)| line.story).sum();
    if f64::from(own) < OWN * page.document.words.len() as f64 {
        return least;
    }
    // What is not below the greatest of them is below none, which is mostly so.
    let mut greatest = u64::MAX;
    for (_, words) in page.document.words_by_line().filter(|(number, _)| !recurs[*number]) {
        for shingle in shingles::triples(words) {
            if shingle < greatest {
                let signature = &mut least[shingle as usize % SIGNATURES];
                *signature = shingle.min(*signature);
                greatest = least.into_iter().fold(0, u64::max);
            }
        }
    }
    least
}
