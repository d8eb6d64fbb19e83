//! Dates that readers see: which of them is that of publication.
//!
//! It stands near the headline, is often marked up, and says so; dates of other stories, of comments and of events
//! stand elsewhere, dates of changes say that they are.

use std::ops::Range;

use super::date::machine;
use super::parts::{Kind, Parts, Stamp};
use super::written::{self, Order};
use crate::article::Date;

/// A date that readers see, and how much speaks for it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    pub(super) date: Date,
    points: i32,
}

impl Shown {
    /// Near the headline and marked up, or called the date of publication.
    pub(super) fn is_sure(&self) -> bool {
        self.points >= 7
    }

    /// Near the headline, and no date of something else.
    pub(super) fn is_near(&self) -> bool {
        self.points >= 4
    }
}

/// Bytes of text after the headline within which its date stands.
const BELOW: usize = 1500;

/// The same before it.
const ABOVE: usize = 400;

/// Bytes of a line or of an element beyond which it is running text.
const LONG: usize = 200;

/// Bytes before a date that may say what it is the date of.
const LABEL: usize = 40;

/// Lines with a date that are looked at.
const MANY: usize = 2000;

/// Words for publication, in lower case.
const PUBLISHED: [&str; 28] = [
    "publi",
    "posted",
    "veröffentlicht",
    "erschienen",
    "erstellt",
    "pubblic",
    "opublik",
    "gepubliceerd",
    "geplaatst",
    "yayın",
    "опубликован",
    "created",
    "released",
    "written",
    "date:",
    "datum:",
    "objav",
    "zveřejn",
    "offentlig",
    "julkaistu",
    "diterbitkan",
    "дата публікації",
    "опубліковано",
    "dodano",
    "vydáno",
    "submitted",
    "eingestellt",
    "fecha:",
];

/// Words for a change, in lower case.
const CHANGED: [&str; 22] = [
    "updat",
    "modif",
    "aktuali",
    "geändert",
    "änderung",
    "zuletzt",
    "last ",
    "mis à jour",
    "mise à jour",
    "actualiz",
    "atualiz",
    "aggiorn",
    "bijgewerkt",
    "uppdater",
    "opdater",
    "oppdater",
    "обновлен",
    "оновлен",
    "güncelle",
    "reviewed",
    "edited",
    "bearbeitet",
];

/// Words for other things, in lower case.
const OTHER: [&str; 9] =
    ["copyright", "©", "deadline", "expire", "retrieved", "accessed", "abgerufen", "born", "geboren"];

/// The dates that readers see; `headline` is where that stands in the text.
pub(super) fn dates(parts: &Parts, headline: Option<usize>, order: Order) -> Vec<Shown> {
    let stamped = parts.stamps.iter().filter_map(|stamp| {
        let date = of_stamp(parts, stamp, order)?;
        let points = place(parts, stamp.place.start, headline) + markup(stamp) + label(parts, &stamp.place);
        Some(Shown { date, points })
    });
    stamped.chain(plain(parts, headline, order)).collect()
}

/// The one for which most speaks; the first of several.
pub(super) fn best(shown: &[Shown]) -> Option<Shown> {
    shown.iter().copied().reduce(|best, next| if next.points > best.points { next } else { best })
}

/// Points for where a date stands.
fn place(parts: &Parts, at: usize, headline: Option<usize>) -> i32 {
    let is_near = headline.is_some_and(|headline| at + ABOVE >= headline && at <= headline + BELOW);
    let is_next = headline.is_some_and(|headline| at >= headline && at <= headline + BELOW / 3);
    4 * i32::from(is_near) + i32::from(is_next) - 4 * i32::from(parts.is_aside(at))
}

/// Points for how it is marked up.
fn markup(stamp: &Stamp) -> i32 {
    let is_change = ["modif", "update"].iter().any(|word| stamp.names.contains(word));
    let kind = match stamp.kind {
        Kind::Published => 5,
        Kind::Time => 3,
        Kind::Named => 2,
    };
    kind - 4 * i32::from(is_change)
}

/// Points for what is said before it.
fn label(parts: &Parts, place: &Range<usize>) -> i32 {
    let inside = written::head(parts.text.get(place.clone()).unwrap_or_default(), LONG);
    let inside = &inside[..inside.find(|c: char| c.is_ascii_digit()).unwrap_or(0)];
    let before = parts.text.get(..place.start).unwrap_or_default();
    let start = before.len().saturating_sub(LABEL);
    let start = (start..=before.len()).find(|&at| before.is_char_boundary(at)).unwrap_or(before.len());
    // A number before it ends the label of another date.
    let before = before[start..].rsplit(|c: char| c.is_ascii_digit()).next().unwrap_or_default();
    called(&format!("{before}{inside}"))
}

fn called(label: &str) -> i32 {
    let label = label.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| label.contains(word));
    3 * i32::from(says(&PUBLISHED)) - 4 * i32::from(says(&CHANGED)) - 6 * i32::from(says(&OTHER))
}

fn of_stamp(parts: &Parts, stamp: &Stamp, order: Order) -> Option<Date> {
    let said = parts.said(&stamp.place);
    if stamp.kind == Kind::Named && said.len() > LONG {
        return None;
    }
    let attribute = stamp.attribute.as_deref().and_then(|says| machine(says, order));
    attribute.or_else(|| written::first(written::head(said, LONG), order).and_then(Date::of_day))
}

/// Dates in the text, whatever their markup.
fn plain<'p>(parts: &'p Parts, headline: Option<usize>, order: Order) -> impl Iterator<Item = Shown> + 'p {
    lines(parts).flat_map(move |(start, line)| {
        let is_short = line.len() <= LONG;
        written::dates(written::head(line, LONG), order).into_iter().filter_map(move |written| {
            let range = start + written.range.start..start + written.range.end;
            let points = place(parts, start, headline) + label(parts, &range) + i32::from(is_short);
            Some(Shown { date: Date::of_day(written.day)?, points })
        })
    })
}

/// The lines with a number in them, and where they start.
fn lines(parts: &Parts) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let lines = parts.text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        (start, line)
    });
    lines.filter(|(_, line)| line.bytes().any(|b| b.is_ascii_digit())).take(MANY)
}

/// The order of day and month on this page, where its dates tell.
pub(super) fn order(parts: &Parts) -> Option<Order> {
    let told = lines(parts).filter_map(|(_, line)| written::order(written::head(line, LONG)));
    let (mut days, mut months) = (0, 0);
    for order in told {
        match order {
            Order::DayFirst => days += 1,
            Order::MonthFirst => months += 1,
        }
    }
    match days.cmp(&months) {
        std::cmp::Ordering::Less => Some(Order::MonthFirst),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(Order::DayFirst),
    }
}
