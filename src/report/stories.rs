//! Stories, the largest first.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::{counted, cut, percent, shown};
use crate::article::Date;
use crate::collection::{Collection, Entry};
use crate::compare::Relation;
use crate::duplicates::Duplicates;
use crate::statistics::DocId;
use crate::stories::{Stories, Story};

/// What is shown of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryLine {
    /// Articles in it.
    pub articles: usize,
    /// Different outlets that are known.
    pub outlets: usize,
    /// Sources that do not depend on each other.
    pub sources: u32,
    /// Time from the first to the last, where dates are known: `31 h`, `3 d`.
    pub span: String,
    /// How its versions stand to each other: `5 near-duplicate, 2 same-event`.
    pub relations: String,
    /// Id of the representative.
    pub id: String,
    /// Its title, or how its text is known.
    pub title: String,
    /// All versions in order of time: date, outlet, id and what each added.
    pub versions: Vec<String>,
}

/// Longest title that is shown.
const TITLE: usize = 80;
/// Hours below which a span is told in hours.
const HOURS: i64 = 48;

/// All stories, the largest first, then by the id of the representative.
#[must_use]
pub fn largest(collection: &Collection, duplicates: &Duplicates, stories: &Stories) -> Vec<StoryLine> {
    let mut order: Vec<&Story> = stories.stories.iter().collect();
    order.sort_by_key(|story| (std::cmp::Reverse(story.members.len()), collection.rank(story.representative)));
    let is_rewrite = |pair: &&crate::duplicates::Pair| pair.judgement.relation == Relation::Rewrite;
    let rewritten = stories.pairs.iter().filter(is_rewrite).flat_map(|pair| [pair.a, pair.b]).collect();
    let groups = duplicates.group_of(collection);
    let copy_of = |id: DocId| {
        let representative = duplicates.groups[groups[id.index()]? as usize].representative;
        (representative != id).then_some(representative)
    };
    let line = |story: &Story| StoryLine {
        relations: relations(story, &rewritten),
        versions: versions(collection, stories, story, copy_of),
        ..line(collection, story)
    };
    order.into_iter().map(line).collect()
}

fn line(collection: &Collection, story: &Story) -> StoryLine {
    let entries = || story.members.iter().map(|&id| collection.entry(id));
    let outlets: BTreeSet<_> = entries().filter(|entry| entry.outlet.is_some()).map(|entry| entry.outlet_key).collect();
    let representative = collection.entry(story.representative);
    let title = representative.title.as_deref().unwrap_or(&representative.id);
    StoryLine {
        articles: story.members.len(),
        outlets: outlets.len(),
        sources: story.independent_sources,
        span: story.dates.map_or_else(String::new, |(first, last)| span(first, last)),
        relations: String::new(),
        id: shown(&representative.id),
        title: cut(&shown(title), TITLE),
        versions: Vec::new(),
    }
}

/// Time between two dates; in days, the first and the last counted, where one has no time.
fn span(first: Date, last: Date) -> String {
    let hours = (last.seconds() - first.seconds()) / 3600;
    if first.vagueness() == 0 && last.vagueness() == 0 && hours < HOURS {
        return if hours == 0 { "<1 h".to_owned() } else { format!("{hours} h") };
    }
    format!("{} d", super::count((hours / 24 + 1) as u64))
}

fn relations(story: &Story, rewritten: &FxHashSet<DocId>) -> String {
    let copies = story.members.len() - story.texts as usize;
    // Of the texts that differ one is the first; the others are told anew.
    let others = (story.texts as usize).saturating_sub(1);
    let rewrites = story.members.iter().filter(|id| rewritten.contains(id)).count().saturating_sub(1).min(others);
    let parts =
        [(copies, Relation::NearDuplicate), (rewrites, Relation::Rewrite), (others - rewrites, Relation::SameEvent)];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, relation)| counted(*number as u64, relation.name(), relation.name()))
        .collect();
    parts.join(", ")
}

fn versions(
    collection: &Collection,
    stories: &Stories,
    story: &Story,
    copy_of: impl Fn(DocId) -> Option<DocId>,
) -> Vec<String> {
    let mut members: Vec<(&Entry, DocId)> = story.members.iter().map(|&id| (collection.entry(id), id)).collect();
    members.sort_by_key(|(entry, _)| (entry.date.is_none(), entry.date, &entry.id));
    let version = |(entry, id): (&Entry, DocId)| {
        let date = entry.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        let outlet = entry.outlet.as_deref().map_or_else(|| "outlet unknown".to_owned(), shown);
        let mut line = format!("{date}  {outlet}  {}", shown(&entry.id));
        if let Some(novel) = stories.novel(id) {
            line += &format!("  {} new", percent(novel));
        }
        if let Some(other) = copy_of(id) {
            line += &format!("  shares its text with {}", shown(&collection.entry(other).id));
        }
        line
    };
    members.into_iter().map(version).collect()
}
