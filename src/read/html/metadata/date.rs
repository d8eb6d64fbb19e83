//! The day of publication, from the places where pages state it.

use jiff::civil::Date as Day;

use super::json_ld::{self, Entity};
use super::parts::Parts;
use super::visible::{self, Shown};
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
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "og:article:published_time",
    "rnews:datepublished",
    "og:pubdate",
    "pubdate",
    "publishdate",
    "publish_date",
    "publish-date",
    "published",
    "published_time",
    "publication_date",
    "publicationdate",
    "published-date",
    "date_published",
    "sailthru.date",
    "parsely-pub-date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "citation_online_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.issued",
    "dcterms.date",
    "dc.date",
    "dc.date.created",
    "dcterms.created",
    "dcterms.available",
    "date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "timestamp",
    "created",
    "creation_date",
    "datecreated",
    "rbpubdate",
    "displaydate",
    "prism.publicationdate",
    "shareaholic:article_published_time",
    "bt:pubdate",
    "search_date",
];

/// Names of meta elements that hold the time of the last change.
const MODIFIED: [&str; 10] = [
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "modified_time",
    "dc.date.modified",
    "dcterms.modified",
    "last-modified",
    "lastmod",
    "modified",
    "revision_date",
];

/// Keys of the time of publication in data that is no JSON-LD.
const DATA: [&str; 8] = [
    "datePublished",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "pubDate",
    "firstPublished",
    "publicationDate",
];

/// The day of publication; `headline` is where that stands in the text.
///
/// What the page states for machines comes first, because it says of what it is the date; then its address, then what
/// readers see, and the day of the last change where nothing else is to be had.
pub(super) fn date(parts: &Parts, entities: &[Entity], headline: Option<usize>, hints: &Hints<'_>) -> Option<Date> {
    let order = visible::order(parts).unwrap_or_else(|| order(hints));
    let stated = Stated { parts, entities, order };
    let shown = visible::dates(parts, headline, order);
    let best = visible::best(&shown);
    let sure = best.filter(Shown::is_sure).map(|shown| shown.date);
    let in_address = hints.url.and_then(in_address).and_then(Date::of_day);
    let modified = stated.entity(|_| true, |entity| entity.modified.as_deref()).or_else(|| stated.metas(&MODIFIED));
    let published = |entity| stated.entity(entity, |entity| entity.published.as_deref());
    if let Some(date) = stated.metas(&PUBLISHED).or_else(|| published(Entity::is_article)) {
        if let Some(sure) = sure.filter(|sure| is_rewritten(date, modified, *sure)) {
            return Some(sure);
        }
        let near = shown.iter().filter(|shown| shown.is_near()).map(|shown| shown.date);
        // An address names one day; the dates beside the headline may be of more than one thing.
        return Some(in_address.map_or_else(|| local(date, near), |day| local(date, std::iter::once(day))));
    }
    in_address
        .or_else(|| published(Entity::is_page))
        .or(sure)
        .or_else(|| stated.entity(|_| true, |entity| entity.created.as_deref()))
        .or_else(|| stated.data())
        .or(best.map(|shown| shown.date))
        .or(modified)
        .or_else(|| parts.meta("description").and_then(|says| written::first(says, order)).and_then(Date::of_day))
}

/// What a page states for machines.
struct Stated<'p> {
    parts: &'p Parts,
    entities: &'p [Entity],
    order: Order,
}

impl Stated<'_> {
    /// The first date in the meta elements of some names.
    fn metas(&self, names: &[&str]) -> Option<Date> {
        names.iter().find_map(|name| self.parts.metas(name).find_map(|says| machine(says, self.order)))
    }

    /// The first date in JSON-LD.
    fn entity(&self, is_meant: fn(&Entity) -> bool, pick: fn(&Entity) -> Option<&str>) -> Option<Date> {
        let says = self.entities.iter().filter(|entity| is_meant(entity)).filter_map(pick);
        says.filter_map(|says| machine(says, self.order)).next()
    }

    /// The first date in other data for the scripts of the page.
    fn data(&self) -> Option<Date> {
        let found = |key: &&str| {
            let mut says = self.parts.data.iter().filter_map(|script| json_ld::value_after(script, key));
            says.find_map(|says| machine(&says, self.order))
        };
        DATA.iter().find_map(found)
    }
}

/// Whether publication was set to the day of the last change, as systems do when pages are moved to them: the page shows
/// its readers an earlier day.
fn is_rewritten(published: Date, modified: Option<Date>, shown: Date) -> bool {
    let days = |from: Date, to: Date| (to.day() - from.day()).get_days();
    days(shown, published) > 1 && modified.is_some_and(|modified| days(published, modified).abs() <= 1)
}

/// A time in UTC as the day that the page itself gives, where that is the day before or after: it was published in
/// another zone.
fn local(date: Date, given: impl Iterator<Item = Date> + Clone) -> Date {
    if !date.is_utc() || given.clone().any(|other| other.day() == date.day()) {
        return date;
    }
    // Where news is made, clocks are at most 9 hours behind UTC and at most 13 ahead of it.
    let hour = date.seconds().rem_euclid(86_400) / 3600;
    let is_neighbour = |other: &Date| match (other.day() - date.day()).get_days() {
        -1 => hour < 9,
        1 => hour >= 24 - 13,
        _ => false,
    };
    given.clone().find(is_neighbour).unwrap_or(date)
}

/// Which number of `03/04/2020` is the month: in the United States the first. English without a country is read as
/// theirs, unless the address is of another one.
fn order(hints: &Hints<'_>) -> Order {
    let lang = hints.lang.unwrap_or_default().to_ascii_lowercase();
    let host = hints.url.and_then(super::host).unwrap_or_default();
    // Endings of countries that sites of any country use for their look.
    let is_anyones = |end: &str| matches!(end, "us" | "io" | "co" | "ai" | "tv" | "me");
    let is_elsewhere = host.rsplit('.').next().is_some_and(|end| end.len() == 2 && !is_anyones(end));
    if lang == "en-us" || (lang == "en" && !is_elsewhere) { Order::MonthFirst } else { Order::DayFirst }
}

/// A date from an attribute or a meta element.
pub(super) fn machine(says: &str, order: Order) -> Option<Date> {
    let plausible = |date: &Date| written::YEARS.contains(&date.day().year());
    let compact = || written::compact(says).filter(|_| !says.contains('-'));
    let epoch = || says.parse().ok().filter(|_| matches!(says.len(), 10 | 13)).and_then(Date::from_epoch);
    Date::parse(says)
        .filter(plausible)
        .or_else(|| epoch().filter(plausible))
        .or_else(|| written::first(written::head(says, 80), order).or_else(compact).and_then(Date::of_day))
}

/// A day in an address: `/2020/03/15/`, `-2020-03-15`, `/20200315/`, else one written in its last part.
fn in_address(url: &str) -> Option<Day> {
    let path = url.splitn(4, '/').nth(3)?.split(['?', '#']).next()?;
    year_in_front(path).or_else(|| written::first(path.trim_end_matches('/').rsplit('/').next()?, Order::DayFirst))
}

/// `2020/03/15`, `2020-3-15` or `20200315` with no other digit before or after.
fn year_in_front(path: &str) -> Option<Day> {
    let bytes = path.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..bytes.len()).filter(|&at| is_digit(at) && (at == 0 || !is_digit(at - 1)));
    starts.map(|at| &path[at..]).find_map(|rest| {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        match digits(rest) {
            8 => written::compact(rest),
            4 => {
                let mut numbers = rest.splitn(3, ['/', '-', '_', '.']);
                let (year, month, day) = (numbers.next()?, numbers.next()?, numbers.next()?);
                let day = &day[..digits(day)];
                let is_short = matches!(month.len(), 1 | 2) && matches!(day.len(), 1 | 2);
                is_short.then(|| written::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::metadata;
    use super::*;

    /// The date of a page with a head and a body.
    fn of(head: &str, body: &str) -> Option<String> {
        let page = format!("<html lang=en><head><title>Pier closed</title>{head}</head><body>{body}</body></html>");
        metadata(&page).date.map(|date| date.to_string())
    }

    const STORY: &str = "<h1>Pier closed</h1><p>The council closed the pier on Tuesday.</p>";

    #[test]
    fn machines_are_told_in_many_ways() {
        for head in [
            "<meta property='article:published_time' content='2021-03-08'>",
            "<meta name='DC.date.issued' content='2021-03-08'><meta name='dcterms.modified' content='2022-01-01'>",
            "<meta itemprop='datePublished' content='08 March 2021'>",
            "<meta name='pubdate' content='20210308'>",
            "<script type='application/ld+json'>{'@type':'NewsArticle','datePublished':'2021-03-08'}</script>",
            "<script type='application/ld+json'>{'@graph':[{'@type':'WebPage','datePublished':'2021-03-08'}]}</script>",
            "<script type='application/ld+json'>{'@type':'Report',,'datePublished':'2021-03-08'</script>",
            "<script>window.page = {'publishedAt': '2021-03-08'}</script>",
            "<link rel=canonical href='https://courier.example/news/2021/03/08/pier'>",
            "<link rel=canonical href='https://courier.example/pier-20210308.html'>",
            "<link rel=canonical href='https://courier.example/news/08-03-2021'>",
            "<meta property='article:modified_time' content='2021-03-08'>",
        ] {
            assert_eq!(of(&head.replace("'", "\""), STORY).as_deref(), Some("2021-03-08"), "{head}");
        }
        assert_eq!(of("<meta name=date content='31 February 2021'>", STORY), None);
        assert_eq!(of("<meta name=date content='1021-02-03'>", STORY), None);
    }

    #[test]
    fn publication_is_not_the_last_change() {
        let head = "<meta property=article:modified_time content=2023-01-09><meta property=article:published_time \
                    content=2021-03-08>";
        let body = "<h1>Pier closed</h1><p class=meta>Updated 9 January 2023</p>";
        assert_eq!(of(head, body).as_deref(), Some("2021-03-08"));
        let body = "<h1>Pier closed</h1><p>Updated: 9 January 2023 | Published: 8 March 2021</p>";
        assert_eq!(of("", body).as_deref(), Some("2021-03-08"));
    }

    #[test]
    fn a_page_that_was_moved_shows_its_old_date() {
        let head = "<meta property=article:modified_time content=2023-01-09><meta property=article:published_time \
                    content=2023-01-09>";
        let body = "<h1>Pier closed</h1><time datetime=2021-03-08>8 March 2021</time>";
        assert_eq!(of(head, body).as_deref(), Some("2021-03-08"));
    }

    #[test]
    fn the_day_is_that_of_the_page() {
        let time = |time: &str| format!("<meta property=article:published_time content='{time}'>");
        let shown = "<h1>Pier closed</h1><p>March 7, 2021 - By Ida Kray</p><p>The pier is closed.</p>";
        assert_eq!(of(&time("2021-03-07T23:30:00-05:00"), "").as_deref(), Some("2021-03-07T23:30:00-05:00"));
        assert_eq!(of(&time("2021-03-08T04:30:00Z"), STORY).as_deref(), Some("2021-03-08T04:30:00Z"));
        assert_eq!(of(&time("2021-03-08T04:30:00Z"), shown).as_deref(), Some("2021-03-07"));
        // At no place was it still the seventh.
        assert_eq!(of(&time("2021-03-08T20:30:00Z"), shown).as_deref(), Some("2021-03-08T20:30:00Z"));
        // A time without a zone is one of the page's own already.
        assert_eq!(of(&time("2021-03-08T04:30:00"), shown).as_deref(), Some("2021-03-08T04:30:00Z"));
    }

    #[test]
    fn readers_see_the_date_near_the_headline() {
        for body in [
            "<ul class=teasers><li>1 May 2020</li></ul><h1>Pier closed</h1><span class=post-date>8 March 2021</span>\
             <p>In 2019.</p><div class=comments><time datetime=2021-04-01>1 April 2021</time></div>",
            "<h1>Pier closed</h1><p>Ida Kray, 08.03.2021, 10:15</p><p>The pier closed on 4 March 2021.</p>",
            "<h1>Pier closed</h1><p>Text.</p><p>Erstellt am: 8. März 2021</p><footer>&copy; 1 January 2023</footer>",
            "<h1>Pier closed</h1><p>Text.</p><p>Publié le 8 mars 2021</p><p>Open until 24 December 2021</p>",
        ] {
            assert_eq!(of("", body).as_deref(), Some("2021-03-08"), "{body}");
        }
    }

    #[test]
    fn other_dates_of_a_page_tell_its_order_of_day_and_month() {
        let body = |other: &str| format!("<h1>Pier closed</h1><p class=date>03/08/2021</p><p>{other}</p>");
        assert_eq!(of("", &body("No more.")).as_deref(), Some("2021-03-08"));
        assert_eq!(of("", &body("See also: 25/12/2020")).as_deref(), Some("2021-08-03"));
        assert_eq!(of("", &body("See also: 25 December 2020")).as_deref(), Some("2021-08-03"));
    }

    #[test]
    fn addresses() {
        let day = |url| in_address(url).map(|day| day.to_string());
        assert_eq!(day("https://a.example/2020/3/15/pier?x=2021-01-01").as_deref(), Some("2020-03-15"));
        assert_eq!(day("https://a.example/pier-march-15-2020/").as_deref(), Some("2020-03-15"));
        for none in ["https://a.example", "https://a.example/2020/03/", "https://a.example/1234202003151", "2020-03-15"]
        {
            assert_eq!(day(none), None, "{none}");
        }
    }
}
