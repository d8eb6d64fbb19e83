//! The tables of a run, schema `retold/0`: flat rows, every field in every row, unknown is null.

use std::borrow::Cow;
use std::io::{self, Write};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::collection::Collection;
use crate::compare::Relation;
use crate::compare::evidence::{Why, rounded, why};
use crate::compare::passages::{Shared, shared, story_spans};
use crate::document::Preparer;
use crate::duplicates::{Duplicates, Pair};
use crate::error::{Reject, Result};
use crate::statistics::DocId;
use crate::store::spool::Spool;
use crate::stories::Stories;

/// Version of the tables.
pub const SCHEMA: &str = "retold/0";

/// The tables, by the names they are stored under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Table {
    /// One row per article kept.
    Articles,
    /// The text of each article, as read.
    Texts,
    /// Places set aside.
    Spans,
    /// Reported pairs.
    Pairs,
    /// Shared passages of reported pairs.
    Passages,
    /// One row per story of two or more articles.
    Stories,
    /// Records not used.
    Rejects,
}

impl Table {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Texts => "texts",
            Self::Spans => "spans",
            Self::Pairs => "pairs",
            Self::Passages => "passages",
            Self::Stories => "stories",
            Self::Rejects => "rejects",
        }
    }
}

/// An article that was kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ArticleRow<'a> {
    /// Its id.
    pub id: Cow<'a, str>,
    /// File it stood in, relative to the input.
    pub path: Cow<'a, str>,
    /// Line of the file, from 1.
    pub line: Option<u64>,
    /// Address.
    pub url: Option<Cow<'a, str>>,
    /// Headline.
    pub title: Option<Cow<'a, str>>,
    /// Date of publication.
    pub date: Option<Cow<'a, str>>,
    /// Who published it.
    pub outlet: Option<Cow<'a, str>>,
    /// Language as the input gives it.
    pub lang: Option<Cow<'a, str>>,
    /// Words, less those set aside.
    pub words: u32,
    /// Sentences of its text, where they were counted.
    pub sentences: Option<u32>,
    /// Its group of near-duplicates, if it is in one.
    pub duplicate_group: Option<Cow<'a, str>>,
    /// The article that stands for the group; null for that article itself.
    pub duplicate_of: Option<Cow<'a, str>>,
    /// Share of its word triples that stand in that article, 0 to 1.
    pub containment: Option<f64>,
    /// Its story, if it is in one of two or more.
    pub story: Option<Cow<'a, str>>,
    /// Share of its sentences that no earlier version of the story has, 0 to 1; null where dates do not tell.
    pub novel: Option<f64>,
}

/// A text.
#[derive(Debug, Clone, Serialize)]
pub struct TextRow<'a> {
    id: &'a str,
    text: &'a str,
}

/// A place set aside.
#[derive(Debug, Clone, Serialize)]
pub struct SpanRow<'a> {
    id: &'a str,
    kind: &'static str,
    start: u32,
    end: u32,
    reason: &'static str,
}

/// A reported pair.
#[derive(Debug, Clone, Serialize)]
pub struct PairRow<'a> {
    a: &'a str,
    b: &'a str,
    relation: &'static str,
    confidence: f64,
    similarity: Option<f64>,
    containment_a: f64,
    containment_b: f64,
    jaccard: f64,
    why: Vec<Why>,
}

/// A shared passage.
#[derive(Debug, Clone, Serialize)]
pub struct PassageRow<'a> {
    a: &'a str,
    b: &'a str,
    a_start: u32,
    a_end: u32,
    b_start: u32,
    b_end: u32,
    words: usize,
}

/// A story.
#[derive(Debug, Clone, Serialize)]
pub struct StoryRow<'a> {
    story: &'a str,
    size: usize,
    duplicate_groups: u32,
    independent_sources: u32,
    title: Option<&'a str>,
    representative: &'a str,
    first: Option<String>,
    last: Option<String>,
    min_confidence: f64,
}

/// A record not used.
#[derive(Debug, Clone, Serialize)]
pub struct RejectRow<'a> {
    path: &'a str,
    line: Option<u64>,
    byte: Option<u64>,
    reason: &'static str,
    detail: &'a str,
}

/// Pairs of an article that are written besides that with its representative and its overlaps.
const STRONGEST: usize = 8;

/// A finished run, ready to be written as rows.
pub struct Tables<'a> {
    collection: &'a Collection,
    duplicates: &'a Duplicates,
    stories: Option<&'a Stories>,
    texts: Option<&'a Spool>,
    order: Vec<DocId>,
    /// Group and share of each article.
    groups: Vec<Option<(usize, f64)>>,
    names: Vec<String>,
    /// Story of each article.
    story_of: Vec<Option<usize>>,
    story_names: Vec<String>,
    reported: Vec<Pair>,
}

impl<'a> Tables<'a> {
    /// Prepares the tables. Without `stories` none are told, without `texts` there are no texts and no passages.
    #[must_use]
    pub fn new(
        collection: &'a Collection,
        duplicates: &'a Duplicates,
        stories: Option<&'a Stories>,
        texts: Option<&'a Spool>,
    ) -> Self {
        let mut groups = vec![None; collection.entries.len()];
        for (number, group) in duplicates.groups.iter().enumerate() {
            for (id, share) in &group.members {
                groups[id.index()] = Some((number, *share));
            }
        }
        let mut story_of = vec![None; collection.entries.len()];
        let told = stories.map_or(&[][..], |stories| &stories.stories[..]);
        for (number, story) in told.iter().enumerate() {
            story.members.iter().for_each(|id| story_of[id.index()] = Some(number));
        }
        let name = |id: DocId| format!("{:016x}", xxhash_rust::xxh3::xxh3_64(collection.entry(id).id.as_bytes()));
        let mut tables = Self {
            collection,
            duplicates,
            stories,
            texts,
            order: collection.by_id(),
            groups,
            names: duplicates.groups.iter().map(|group| name(group.members[0].0)).collect(),
            story_of,
            story_names: told.iter().map(|story| name(story.members[0])).collect(),
            reported: Vec::new(),
        };
        tables.reported = tables.bounded();
        tables.reported.extend(stories.into_iter().flat_map(|stories| &stories.pairs));
        tables.reported.par_sort_unstable_by_key(|pair| (collection.rank(pair.a), collection.rank(pair.b)));
        tables
    }

    /// Pairs that are written.
    #[must_use]
    pub fn pairs(&self) -> &[Pair] {
        &self.reported
    }

    /// The tables there are, in the order in which they are written.
    #[must_use]
    pub fn list(&self) -> Vec<Table> {
        use Table::{Articles, Pairs, Passages, Rejects, Spans, Stories, Texts};
        let is_there = |table: &Table| match table {
            Texts | Passages => self.texts.is_some(),
            Stories => self.stories.is_some(),
            _ => true,
        };
        [Articles, Texts, Spans, Pairs, Passages, Stories, Rejects].into_iter().filter(is_there).collect()
    }

    /// Writes a table as JSON Lines; with `tagged` each row begins with its `type`.
    ///
    /// # Errors
    /// Where texts cannot be read back. What `out` refuses comes as the inner error.
    pub fn write(&self, table: Table, out: &mut impl Write, tagged: bool) -> Result<io::Result<()>> {
        let mut lines = Lines { out, table: tagged.then_some(table.name()) };
        match table {
            Table::Articles => lines.each(&self.order, |&id, line| {
                line.row(&self.article(id));
                Ok(())
            }),
            Table::Texts => lines.each(&self.order, |&id, line| {
                let text = self.text(id)?;
                line.row(&TextRow { id: self.id(id), text: &text });
                Ok(())
            }),
            Table::Spans => lines.each(&self.order, |&id, line| {
                self.spans(id).for_each(|row| line.row(&row));
                Ok(())
            }),
            Table::Pairs => lines.each(&self.reported, |pair, line| {
                line.row(&self.pair(pair));
                Ok(())
            }),
            Table::Passages => lines.each(&self.reported, |pair, line| {
                self.passages(pair)?.iter().for_each(|row| line.row(row));
                Ok(())
            }),
            Table::Stories => {
                let numbers: Vec<usize> = (0..self.story_names.len()).collect();
                lines.each(&numbers, |&number, line| {
                    self.story(number).iter().for_each(|row| line.row(row));
                    Ok(())
                })
            }
            Table::Rejects => lines.each(&self.collection.rejects, |reject, line| {
                line.row(&RejectRow::from(reject));
                Ok(())
            }),
        }
    }

    fn id(&self, id: DocId) -> &'a str {
        &self.collection.entry(id).id
    }

    /// The row of an article.
    #[must_use]
    pub fn article(&self, id: DocId) -> ArticleRow<'_> {
        let entry = self.collection.entry(id);
        let group = self.groups[id.index()];
        let apart = group.filter(|(number, _)| self.duplicates.groups[*number].representative != id);
        let text = |value: &'a Option<String>| value.as_deref().map(Cow::Borrowed);
        ArticleRow {
            id: Cow::Borrowed(&entry.id),
            path: Cow::Borrowed(&entry.place.path),
            line: entry.place.line,
            url: text(&entry.url),
            title: text(&entry.title),
            date: entry.date.map(|date| date.to_string().into()),
            outlet: text(&entry.outlet),
            lang: text(&entry.lang),
            words: self.collection.document(id).words.len() as u32,
            sentences: entry.sentences,
            duplicate_group: group.map(|(number, _)| Cow::Borrowed(self.names[number].as_str())),
            duplicate_of: apart.map(|(number, _)| self.id(self.duplicates.groups[number].representative).into()),
            containment: apart.map(|(_, share)| rounded(share)),
            story: self.story_of[id.index()].map(|number| Cow::Borrowed(self.story_names[number].as_str())),
            novel: self.stories.and_then(|stories| stories.novel(id)).map(rounded),
        }
    }

    fn story(&self, number: usize) -> Option<StoryRow<'_>> {
        let story = self.stories?.stories.get(number)?;
        Some(StoryRow {
            story: &self.story_names[number],
            size: story.members.len(),
            duplicate_groups: story.duplicate_groups,
            independent_sources: story.independent_sources,
            title: self.collection.entry(story.representative).title.as_deref(),
            representative: self.id(story.representative),
            first: story.dates.map(|(first, _)| first.to_string()),
            last: story.dates.map(|(_, last)| last.to_string()),
            min_confidence: rounded(story.min_confidence),
        })
    }

    fn text(&self, id: DocId) -> Result<String> {
        match (self.texts, self.collection.entry(id).text) {
            (Some(spool), Some(slot)) => spool.text(slot),
            _ => Ok(String::new()),
        }
    }

    fn spans(&self, id: DocId) -> impl Iterator<Item = SpanRow<'_>> {
        // Where a title stands for the text, there is no place in the text to point to.
        let parts = if self.collection.entry(id).is_title { &[][..] } else { &self.collection.document(id).asides[..] };
        parts.iter().map(move |part| SpanRow {
            id: self.id(id),
            kind: part.aside.kind().name(),
            start: part.span.start,
            end: part.span.end,
            reason: part.aside.reason(),
        })
    }

    fn pair(&self, pair: &Pair) -> PairRow<'_> {
        PairRow {
            a: self.id(pair.a),
            b: self.id(pair.b),
            relation: pair.judgement.relation.name(),
            confidence: rounded(pair.judgement.confidence),
            similarity: pair.similarity.map(rounded),
            containment_a: rounded(pair.measures.a.containment()),
            containment_b: rounded(pair.measures.b.containment()),
            jaccard: rounded(pair.measures.jaccard()),
            why: why(pair.measures.a, pair.measures.b, pair.measures.facts),
        }
    }

    fn passages(&self, pair: &Pair) -> Result<Vec<PassageRow<'_>>> {
        let (a, b) = (self.collection.entry(pair.a), self.collection.entry(pair.b));
        if a.is_title || b.is_title {
            return Ok(Vec::new());
        }
        let mut preparer = Preparer::default();
        let (text_a, text_b) = (self.text(pair.a)?, self.text(pair.b)?);
        let (document_a, document_b) = (self.collection.document(pair.a), self.collection.document(pair.b));
        let spans_a = story_spans(&mut preparer, &text_a, document_a);
        let spans_b = story_spans(&mut preparer, &text_b, document_b);
        let rows = shared(&document_a.words, &spans_a, &document_b.words, &spans_b);
        let row = |shared: Shared| PassageRow {
            a: &a.id,
            b: &b.id,
            a_start: shared.a.start,
            a_end: shared.a.end,
            b_start: shared.b.start,
            b_end: shared.b.end,
            words: shared.words,
        };
        Ok(rows.into_iter().map(row).collect())
    }

    /// An article's pair with its representative, its strongest others and every overlap.
    fn bounded(&self) -> Vec<Pair> {
        let pairs = &self.duplicates.pairs;
        let represents = |one: DocId, other: DocId| {
            self.groups[one.index()].is_some_and(|(number, _)| self.duplicates.groups[number].representative == other)
        };
        let mut by_strength: Vec<u32> = (0..pairs.len() as u32).collect();
        by_strength.par_sort_by_key(|&i| std::cmp::Reverse((1e6 * pairs[i as usize].judgement.confidence) as u64));
        let mut room = vec![STRONGEST; self.collection.entries.len()];
        let mut kept = FxHashSet::default();
        for i in by_strength {
            let pair = &pairs[i as usize];
            let bound = pair.judgement.relation == Relation::Overlap
                || represents(pair.a, pair.b)
                || represents(pair.b, pair.a);
            let mut wanted = bound;
            if !bound {
                for id in [pair.a, pair.b] {
                    wanted |= room[id.index()] > 0;
                    room[id.index()] = room[id.index()].saturating_sub(1);
                }
            }
            if wanted {
                kept.insert(i);
            }
        }
        (0..pairs.len() as u32).filter(|i| kept.contains(i)).map(|i| pairs[i as usize]).collect()
    }
}

impl<'a> From<&'a Reject> for RejectRow<'a> {
    fn from(reject: &'a Reject) -> Self {
        let Reject { place, reason, detail } = reject;
        Self { path: &place.path, line: place.line, byte: place.byte, reason: reason.name(), detail }
    }
}

/// Rows made by many threads, written in order.
struct Lines<'o, W> {
    out: &'o mut W,
    table: Option<&'static str>,
}

/// Rows of one thread.
struct Line {
    bytes: Vec<u8>,
    table: Option<&'static str>,
}

impl Line {
    fn row(&mut self, row: &impl Serialize) {
        let start = self.bytes.len();
        if serde_json::to_writer(&mut self.bytes, row).is_err() {
            // Rows are plain structures of strings and numbers, which always serialize; a part would be worse than none.
            return self.bytes.truncate(start);
        }
        if let Some(table) = self.table {
            let tag = format!("{{\"type\":\"{table}\",");
            self.bytes.splice(start..=start, tag.into_bytes());
        }
        self.bytes.push(b'\n');
    }
}

impl<W: Write> Lines<'_, W> {
    fn each<T: Sync>(
        &mut self,
        items: &[T],
        make: impl Fn(&T, &mut Line) -> Result<()> + Sync,
    ) -> Result<io::Result<()>> {
        const PART: usize = 256;
        let threads = rayon::current_num_threads();
        for block in items.chunks(4 * PART * threads) {
            let parts: Vec<Vec<u8>> = block
                .par_chunks(PART)
                .map(|part| {
                    let mut line = Line { bytes: Vec::new(), table: self.table };
                    part.iter().try_for_each(|item| make(item, &mut line))?;
                    Ok(line.bytes)
                })
                .collect::<Result<_>>()?;
            for part in parts {
                if let Err(error) = self.out.write_all(&part) {
                    return Ok(Err(error));
                }
            }
        }
        Ok(Ok(()))
    }
}
