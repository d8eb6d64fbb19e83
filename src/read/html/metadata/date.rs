//! The day of publication, from the places where pages state it.

use jiff::civil::Date as Day;

use super::json_ld::{self, Entity};
use super::parts::Parts;
use super::visible;
use super::written::{self, Order};
use crate::article::Date;

/// What else is known of a page.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Hints<'a> {
    pub(super) url: Option<&'a str>,
    pub(super) lang: Option<&'a str>,
}

/// Names of meta elements that hold the time of publication, best first.
const PUBLISHED: [&str; 44] = [
    "article:published_time", "article:published", "og:published_time", "datepublished", "og:article:published_time", "rnews:datepublished", "og:pubdate",
    "pubdate", "publishdate", "publish_date", "publish-date", "published", "published_time", "publication_date", "publicationdate",
    "published-date", "date_published", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime", "citation_publication_date", "citation_online_date",
    "dc.date.issued", "dcterms.issued", "dc.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "dcterms.available",
    "date", "article.published", "article_date_original", "originalpublicationdate", "timestamp", "created", "creation_date", "datecreated", "rbpubdate",
    "displaydate", "prism.publicationdate", "shareaholic:article_published_time", "bt:pubdate", "search_date",
];

/// Names of meta elements that hold the time of the last change.
const MODIFIED: [&str; 10] = [
    "article:modified_time", "og:updated_time", "datemodified", "modified_time", "dc.date.modified", "dcterms.modified", "last-modified",
    "lastmod", "modified", "revision_date",
];

/// The day of publication; `headline` is where that stands in the text.
pub(super) fn date(parts: &Parts, entities: &[Entity], headline: Option<usize>, hints: &Hints<'_>) -> Option<Date> {
    let order = order(hints);
    let metas = |names: &'static [&'static str]| {
        names.iter().flat_map(|name| parts.metas(name)).find_map(|says| machine(says, order))
    };
    let stated = |is_meant: fn(&Entity) -> bool, pick: fn(&Entity) -> Option<&String>| {
        entities.iter().filter(|entity| is_meant(entity)).filter_map(pick).find_map(|says| machine(says, order))
    };
    let published: fn(&Entity) -> Option<&String> = |entity| entity.published.as_ref();
    let shown = visible::best(parts, headline, order);
    let near = shown.filter(|shown| shown.is_sure).map(|shown| shown.date);
    let in_address = hints.url.and_then(in_address).and_then(Date::of_day);
    if let Some(date) = metas(&PUBLISHED).or_else(|| stated(Entity::is_article, published)) {
        return Some(local(date, [in_address, near]));
    }
    in_address
        .or(near)
        .or_else(|| stated(Entity::is_page, published))
        .or_else(|| stated(|_| true, |entity| entity.created.as_ref()))
        .or_else(|| in_data(parts, order))
        .or_else(|| shown.map(|shown| shown.date))
        .or_else(|| stated(|_| true, |entity| entity.modified.as_ref()))
        .or_else(|| metas(&MODIFIED))
        .or_else(|| parts.meta("description").and_then(|says| written::first(says, order)).and_then(Date::of_day))
}

/// A time in UTC as the day that the page itself gives, where that is the day before or after: it was published in
/// another zone.
fn local(date: Date, given: [Option<Date>; 2]) -> Date {
    let is_neighbour = |other: &Date| (other.day() - date.day()).get_days().abs() == 1;
    if !date.is_utc() || given.into_iter().flatten().any(|other| other.day() == date.day()) {
        return date;
    }
    given.into_iter().flatten().find(is_neighbour).unwrap_or(date)
}

/// Which number of `03/04/2020` is the month: in the United States the first. English without a country is read as
/// theirs, unless the address is of another one.
fn order(hints: &Hints<'_>) -> Order {
    let lang = hints.lang.unwrap_or_default().to_ascii_lowercase();
    let host = hints.url.and_then(super::host).unwrap_or_default();
    let elsewhere = host.rsplit('.').next().is_some_and(|end| end.len() == 2 && !matches!(end, "us" | "io" | "co" | "ai" | "tv" | "me"));
    match lang.as_str() {
        "en-us" => Order::MonthFirst,
        "en" | "" if !elsewhere && lang == "en" => Order::MonthFirst,
        _ => Order::DayFirst,
    }
}

/// A date from an attribute or a meta element.
pub(super) fn machine(says: &str, order: Order) -> Option<Date> {
    let plausible = |date: &Date| written::YEARS.contains(&date.day().year());
    let compact = || written::compact(says).filter(|_| !says.contains('-'));
    let epoch = || says.parse().ok().filter(|_| matches!(says.len(), 10 | 13)).and_then(Date::from_epoch);
    Date::parse(says)
        .filter(plausible)
        .or_else(|| epoch().filter(plausible))
        .or_else(|| written::first(says.get(..80).unwrap_or(says), order).or_else(compact).and_then(Date::of_day))
}

/// A day in an address: `/2020/03/15/`, `-2020-03-15`, `/20200315/`.
fn in_address(url: &str) -> Option<Day> {
    let path = url.splitn(4, '/').nth(3)?;
    let path = path.split(['?', '#']).next()?;
    let is_end = |byte: Option<&u8>| byte.is_none_or(|b| !b.is_ascii_digit());
    let bytes = path.as_bytes();
    (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit())).find_map(|at| {
        let rest = &path[at..];
        let numbers: Vec<&str> = rest.splitn(4, ['/', '-', '_', '.']).take(3).collect();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 8 && is_end(bytes.get(at + 8)) {
            return written::compact(rest);
        }
        let [year, month, day] = numbers[..] else { return None };
        let day = &day[..day.bytes().take_while(u8::is_ascii_digit).count()];
        if year.len() != 4 || month.len() > 2 || !matches!(day.len(), 1 | 2) {
            return None;
        }
        written::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    })
}

/// A date in a script with data for the page.
fn in_data(parts: &Parts, order: Order) -> Option<Date> {
    const KEYS: [&str; 8] =
        ["datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "pubDate", "firstPublished", "publicationDate"];
    KEYS.iter().find_map(|key| {
        parts.data.iter().filter_map(|script| json_ld::value_after(script, key)).find_map(|says| machine(&says, order))
    })
}
