//! The headline as readers see it.
//!
//! What the head of a page gives as its title is often shortened, lengthened by the name of the site, or written for
//! search engines. It serves to tell which of the headings on the page is the headline.

use super::json_ld::Entity;
use super::parts::{Heading, Parts};

/// A headline and, if it is one of the text, where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) place: Option<usize>,
}

/// Share of words in common from which a heading is what the head of the page calls its title.
const ALIKE: f64 = 0.6;

/// Characters beyond which a heading is a paragraph.
const LONG: usize = 300;

/// The headline of a page, of which `outlet` and `url` are known.
pub(super) fn title(parts: &Parts, entities: &[Entity], outlet: Option<&str>, url: Option<&str>) -> Option<Title> {
    let site = Site::new(outlet, url);
    let given = given(parts, entities, &site);
    let headings: Vec<(&Heading, &str)> = parts
        .headings
        .iter()
        .map(|heading| (heading, parts.said(&heading.place)))
        .filter(|(heading, text)| !heading.is_hidden && is_title(text) && !site.is_called(text))
        .collect();
    let best = headings
        .iter()
        .map(|(heading, text)| (rank(parts, heading, text, &given), *heading, *text))
        .reduce(|best, next| if next.0 > best.0 { next } else { best });
    if let Some((rank, heading, text)) = best
        && (rank >= ALIKE || given.is_empty() || (std::env::var_os("ONE").is_some() && only_one(parts, &headings)))
    {
        return Some(Title { text: one_line(text), place: Some(heading.place.start) });
    }
    let text = given.into_iter().next()?;
    Some(Title { text, place: None })
}

/// What the head of the page calls its title, less the name of the site, best first.
fn given(parts: &Parts, entities: &[Entity], site: &Site) -> Vec<String> {
    const NAMES: [&str; 8] =
        ["og:title", "twitter:title", "headline", "sailthru.title", "parsely-title", "dc.title", "title", "hdl"];
    let metas = NAMES.iter().filter_map(|name| parts.meta(name)).map(str::to_owned);
    let headlines = entities.iter().filter(|entity| entity.is_article()).filter_map(|entity| entity.headline.clone());
    let all = metas.chain(headlines).chain(parts.title.clone());
    all.map(|title| site.strip(&title)).filter(|title| is_title(title)).collect()
}

fn is_title(text: &str) -> bool {
    text.contains(char::is_alphanumeric) && text.chars().nth(LONG).is_none()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How much a heading is like what the head of the page says, and looks like the headline.
fn rank(parts: &Parts, heading: &Heading, text: &str, given: &[String]) -> f64 {
    let like = given.iter().map(|title| likeness(text, title)).fold(0.0, f64::max);
    let is_first = heading.level == 1;
    like + 0.1 * f64::from(u8::from(is_first)) + 0.05 * f64::from(u8::from(heading.is_named))
        - 0.2 * f64::from(u8::from(parts.is_aside(heading.place.start)))
        - 0.05 * f64::from(u8::from(heading.in_link))
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

fn only_one(parts: &Parts, headings: &[(&Heading, &str)]) -> bool {
    let first = headings.iter().filter(|(heading, _)| heading.level == 1 && !parts.is_aside(heading.place.start));
    first.count() == 1
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
    fn strip(&self, title: &str) -> String {
        let mut title = title.trim();
        while let Some((head, tail)) = cut(title, true) {
            let few = words(tail).len() <= 5 && words(head).len() > words(tail).len();
            if !self.is_called(tail) && !few {
                break;
            }
            title = head;
        }
        if let Some((head, tail)) = cut(title, false)
            && self.is_called(head)
        {
            title = tail;
        }
        title.to_owned()
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A title cut at the last or first sign that sets the name of a site apart.
fn cut(title: &str, last: bool) -> Option<(&str, &str)> {
    const SIGNS: [&str; 10] = [" | ", " - ", " – ", " — ", " » ", " · ", " • ", " :: ", " / ", " « "];
    let places = SIGNS.iter().filter_map(|sign| {
        let at = if last { title.rfind(sign) } else { title.find(sign) };
        at.map(|at| (at, sign.len()))
    });
    let (at, length) = if last { places.max() } else { places.min() }?;
    Some((title[..at].trim(), title[at + length..].trim()))
}
