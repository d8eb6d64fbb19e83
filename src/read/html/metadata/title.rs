//! The headline as readers see it.
//!
//! What the head of a page gives as its title is often shortened, lengthened by the name of the site, or written for
//! search engines. It serves to tell which of the headings on the page is the headline.

use super::json_ld::Entity;
use super::parts::{Heading, Parts};
use super::written::{self, Order};

/// A headline and, if it is one of the text, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) place: Option<usize>,
}

/// Share of words in common from which a heading is what the head of the page calls its title.
const ALIKE: f64 = 0.6;

/// Characters beyond which a heading is a paragraph.
const LONG: usize = 200;

/// Titles in the head of a page that are looked at.
const MANY: usize = 16;

/// The headline of a page, of which `outlet` and `url` are known.
pub(super) fn title(parts: &Parts, entities: &[Entity], outlet: Option<&str>, url: Option<&str>) -> Option<Title> {
    let site = Site::new(outlet, url);
    let given = given(parts, entities, &site);
    let headings: Vec<Candidate<'_>> = parts
        .headings
        .iter()
        .map(|heading| (heading, parts.said(&heading.place)))
        .filter(|(heading, text)| !heading.is_hidden && is_title(text) && !site.is_called(text))
        .map(|(heading, text)| Candidate { heading, text, rank: rank(parts, heading, text, &given) })
        .collect();
    let best = best(parts, &headings, &given);
    if let Some(best) = best {
        return Some(Title { text: one_line(own(best.text, &given)), place: Some(best.heading.place.start) });
    }
    let place = given.iter().find_map(|title| shown(parts, title));
    let text = given.into_iter().next()?;
    Some(Title { text, place })
}

/// The headline itself in a heading that holds more: of several lines the one that is the title, else all but a date
/// before it and what stands after a bar.
fn own<'t>(text: &'t str, given: &[String]) -> &'t str {
    let is_given = |line: &&str| given.iter().any(|title| likeness(line, title) >= 0.9);
    if let Some(line) = text.split('\n').find(is_given) {
        return before_bar(line);
    }
    let rest = match written::dates(text, Order::DayFirst).first() {
        Some(date) if date.range.start == 0 => {
            text[date.range.end..].trim_start_matches([' ', '-', '–', ':', '|', '\n'])
        }
        _ => text,
    };
    before_bar(if rest.is_empty() { text } else { rest })
}

/// A heading that may be the headline.
struct Candidate<'p> {
    heading: &'p Heading,
    text: &'p str,
    rank: f64,
}

/// The heading that is the headline.
fn best<'c, 'p>(parts: &Parts, headings: &'c [Candidate<'p>], given: &[String]) -> Option<&'c Candidate<'p>> {
    let alike = |is_first: bool| {
        let of_kind = headings.iter().filter(move |it| it.heading.is_first() == is_first && it.rank >= ALIKE);
        of_kind.reduce(|best, next| if next.rank > best.rank { next } else { best })
    };
    // Headline and title may be written for two audiences. But then the title is nowhere on the page, and no part of
    // the article stands before its headline.
    let only = || only_one(parts, headings).filter(|_| given.iter().all(|title| shown(parts, title).is_none()));
    let lower = alike(false);
    alike(true).or_else(|| {
        let is_before =
            |only: &&Candidate<'_>| lower.is_none_or(|it| only.heading.place.start < it.heading.place.start);
        only().filter(is_before).or(lower)
    })
}

/// Where a line of the page says just a title.
fn shown(parts: &Parts, title: &str) -> Option<usize> {
    let is_free = |at: usize| !parts.text[..at].ends_with(|c| c != '\n');
    let ends = |at: usize| parts.text[at..].trim_start_matches(' ').starts_with('\n');
    parts.text.match_indices(title).map(|(at, _)| at).find(|&at| is_free(at) && ends(at + title.len()))
}

/// A heading without the section or site after a bar.
fn before_bar(text: &str) -> &str {
    match text.rsplit_once(" | ") {
        Some((head, tail)) if words(tail).len() < words(head).len() => head,
        _ => text,
    }
}

/// What the head of the page calls its title, less the name of the site, best first.
fn given(parts: &Parts, entities: &[Entity], site: &Site) -> Vec<String> {
    const NAMES: [&str; 8] =
        ["og:title", "twitter:title", "headline", "sailthru.title", "parsely-title", "dc.title", "title", "hdl"];
    let metas = NAMES.iter().filter_map(|name| parts.meta(name));
    let headlines =
        entities.iter().filter(|entity| entity.is_article()).filter_map(|entity| entity.headline.as_deref());
    let all = metas.chain(parts.title.as_deref()).chain(headlines).filter(|title| is_title(title)).take(MANY);
    all.map(|title| site.strip(title).to_owned()).collect()
}

fn is_title(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && text.chars().nth(LONG).is_none()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How much a heading is like what the head of the page says, and looks like the headline.
fn rank(parts: &Parts, heading: &Heading, text: &str, given: &[String]) -> f64 {
    let text = own(text, given);
    let like = given.iter().map(|title| likeness(text, title)).fold(0.0, f64::max);
    let points = |what: bool, points: f64| if what { points } else { 0.0 };
    like + points(heading.level == 1, 0.1) + points(heading.is_named, 0.05)
        - points(!heading.is_first(), 0.2)
        - points(parts.is_aside(heading.place.start), 0.2)
        - points(heading.in_link, 0.05)
}

/// Words two titles share, as a part of those of both.
fn likeness(one: &str, two: &str) -> f64 {
    let (mut one, mut two) = (words(one), words(two));
    one.sort_unstable();
    two.sort_unstable();
    let (mut i, mut k, mut shared) = (0, 0, 0);
    while i < one.len() && k < two.len() {
        match one[i].cmp(&two[k]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => k += 1,
            std::cmp::Ordering::Equal => (i, k, shared) = (i + 1, k + 1, shared + 1),
        }
    }
    2.0 * f64::from(shared) / (one.len() + two.len()).max(1) as f64
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The only heading of the first level, apart from what stands beside the article.
fn only_one<'c, 'p>(parts: &Parts, headings: &'c [Candidate<'p>]) -> Option<&'c Candidate<'p>> {
    let mut first = headings.iter().filter(|it| it.heading.level == 1 && !parts.is_aside(it.heading.place.start));
    first.next().filter(|_| first.next().is_none())
}

/// Names by which the site may call itself in a title: letters and digits in lower case.
struct Site {
    names: Vec<String>,
}

impl Site {
    fn new(outlet: Option<&str>, url: Option<&str>) -> Self {
        let host = url.and_then(super::host);
        let label = host.and_then(|host| host.rsplit('.').nth(1).filter(|label| label.len() > 3));
        let names = [outlet, host, label].into_iter().flatten().map(squeezed).filter(|name| !name.is_empty());
        Self { names: names.collect() }
    }

    fn is_called(&self, text: &str) -> bool {
        let text = squeezed(text);
        self.names.contains(&text)
    }

    /// A title without the name of the site before or after it.
    fn strip<'t>(&self, title: &'t str) -> &'t str {
        let mut title = title.trim();
        while let Some((head, tail)) = cuts(title).next_back() {
            let is_few = words(tail).len() <= 5 && words(head).len() > words(tail).len();
            if !self.is_called(tail) && !is_few {
                break;
            }
            title = head;
        }
        match cuts(title).next() {
            Some((head, tail)) if self.is_called(head) => tail,
            _ => title,
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title cut in two at each sign that sets the name of a site apart, in order.
fn cuts(title: &str) -> impl DoubleEndedIterator<Item = (&str, &str)> {
    const SIGNS: [char; 8] = ['|', '-', '–', '—', '»', '«', '·', '•'];
    let is_free = |at: usize, sign: &str| title[..at].ends_with(' ') && title[at + sign.len()..].starts_with(' ');
    let places = title.match_indices(SIGNS).filter(move |(at, sign)| is_free(*at, sign));
    places.map(|(at, sign)| (title[..at].trim(), title[at + sign.len()..].trim()))
}

#[cfg(test)]
mod tests {
    use super::super::metadata;

    /// The title of a page with a head and a body.
    fn of(head: &str, body: &str) -> Option<String> {
        metadata(&format!("<head>{head}</head><body>{body}</body>")).title
    }

    #[test]
    fn the_headline_is_the_heading_that_the_head_speaks_of() {
        let head = "<title>Pier closed after cracks were found - Brackwater Courier</title>\
                    <meta property=og:site_name content='The Brackwater Courier'>";
        let headline = "<h1>Northern pier closed after divers found cracks</h1>";
        for body in [
            headline.to_owned(),
            format!("<h1>Brackwater Courier</h1>{headline}<h1>Most read</h1>"),
            format!("<h1>News</h1><h2>Pier closed after cracks were found: a summary</h2>{headline}"),
            "<div class=entry-title>Northern pier closed after divers found cracks</div>".to_owned(),
        ] {
            let title = of(head, &body);
            assert_eq!(title.as_deref(), Some("Northern pier closed after divers found cracks"), "{body}");
        }
    }

    #[test]
    fn where_the_page_has_no_first_heading_a_lower_one_serves() {
        let head = "<title>Northern pier closed - Courier</title>";
        let body = "<h1 hidden>Northern pier</h1><h2>Northern pier is closed</h2><h2>Most read</h2>";
        assert_eq!(of(head, body).as_deref(), Some("Northern pier is closed"));
    }

    #[test]
    fn without_a_heading_it_is_the_title_without_the_site() {
        for (head, expected) in [
            ("<title>Dorvale: What the flood took - The Brackwater Courier</title>", "Dorvale: What the flood took"),
            (
                "<title>Courier | What the flood took</title><meta name=application-name content=Courier>",
                "What the flood took",
            ),
            (
                "<title>A well-known name - and what it means for all of us here</title>",
                "A well-known name - and what it means for all of us here",
            ),
            ("<title>x</title><meta property=og:title content='What the flood took'>", "What the flood took"),
            ("<title>Courier</title>", "Courier"),
        ] {
            assert_eq!(of(head, "<p>Text.</p>").as_deref(), Some(expected), "{head}");
        }
        assert_eq!(of("<title>***</title>", "<h1> </h1>"), None);
    }

    #[test]
    fn a_headline_for_readers_may_be_another_than_the_title() {
        let head = "<title>10 tips for repairs</title>";
        assert_eq!(of(head, "<h1>How we saved our pier</h1>").as_deref(), Some("How we saved our pier"));
        // Here the title is on the page, and the only heading is one within the article.
        let body = "<div>10 tips for repairs</div><p>Text.</p><h1>How we saved our pier</h1>";
        assert_eq!(of(head, body).as_deref(), Some("10 tips for repairs"));
    }

    #[test]
    fn what_else_stands_in_the_heading_is_left_out() {
        let head = "<title>Northern pier closed</title>";
        for heading in [
            "<h1><div>Harbour</div><div>Northern pier closed</div></h1>",
            "<h1>Northern pier closed | Harbour</h1>",
            "<h1>8 March 2021 Northern pier closed</h1>",
        ] {
            assert_eq!(of(head, heading).as_deref(), Some("Northern pier closed"), "{heading}");
        }
    }
}
