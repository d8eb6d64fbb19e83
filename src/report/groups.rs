//! Groups of near-duplicates, the largest first.

use std::collections::BTreeSet;

use super::{cut, shown};
use crate::article::Date;
use crate::collection::{Collection, Entry};
use crate::duplicates::{Duplicates, Group};
use crate::report::percent;

/// What is shown of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupLine {
    /// Articles in it.
    pub articles: usize,
    /// Different outlets that are known.
    pub outlets: usize,
    /// First and last day, where dates are known.
    pub days: String,
    /// Least share of an article that stands in the representative.
    pub shared: String,
    /// Id of the representative.
    pub id: String,
    /// Its title, or how its text is known.
    pub title: String,
    /// All articles: id, outlet, date and share, in order of time.
    pub members: Vec<String>,
}

/// Longest title that is shown.
const TITLE: usize = 80;

/// All groups, the largest first, then by the id of the representative.
#[must_use]
pub fn largest(collection: &Collection, duplicates: &Duplicates) -> Vec<GroupLine> {
    let mut groups: Vec<&Group> = duplicates.groups.iter().collect();
    groups.sort_by_key(|group| (std::cmp::Reverse(group.members.len()), collection.rank(group.representative)));
    groups.into_iter().map(|group| line(collection, group)).collect()
}

fn line(collection: &Collection, group: &Group) -> GroupLine {
    let entries = || group.members.iter().map(|(id, _)| collection.entry(*id));
    let outlets: BTreeSet<_> = entries().filter(|entry| entry.outlet.is_some()).map(|entry| entry.outlet_key).collect();
    let dates: Vec<Date> = entries().filter_map(|entry| entry.date).collect();
    let least = group.members.iter().map(|(_, share)| *share).fold(1.0, f64::min);
    let representative = collection.entry(group.representative);
    let title = representative.title.as_deref().unwrap_or(&representative.id);
    let mut members: Vec<(&Entry, f64)> =
        group.members.iter().map(|(id, share)| (collection.entry(*id), *share)).collect();
    members.sort_by_key(|(entry, _)| (entry.date.is_none(), entry.date, &entry.id));
    GroupLine {
        articles: group.members.len(),
        outlets: outlets.len(),
        days: match (dates.iter().min(), dates.iter().max()) {
            (Some(first), Some(last)) => span(&day(*first), &day(*last)),
            _ => String::new(),
        },
        shared: percent(least),
        id: shown(&representative.id),
        title: cut(&shown(title), TITLE),
        members: members.into_iter().map(|(entry, share)| member(entry, share)).collect(),
    }
}

fn member(entry: &Entry, share: f64) -> String {
    let date = entry.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    let outlet = entry.outlet.as_deref().map_or_else(|| "outlet unknown".to_owned(), shown);
    format!("{date}  {outlet}  {}  {}", shown(&entry.id), percent(share))
}

fn day(date: Date) -> String {
    date.to_string().chars().take_while(|&c| c != 'T').collect()
}

fn span(first: &str, last: &str) -> String {
    if first == last { first.to_owned() } else { format!("{first} – {last}") }
}
