//! The parts of a page that speak of it, picked up in one walk through its tree.
//!
//! Nothing here recurses, and each element is met once: pages can be nested a hundred thousand deep.

use std::ops::Range;

use dom_query::{Document, Element, NodeData, NodeRef};

/// What is looked for in a page. Places are bytes of `text`.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// The `lang` of the root element.
    pub(super) lang: Option<String>,
    /// Address the page gives as its own.
    pub(super) canonical: Option<String>,
    /// Text of the first `title`.
    pub(super) title: Option<String>,
    /// Names of the `meta` elements in lower case, with what they say.
    metas: Vec<(String, String)>,
    /// JSON-LD.
    pub(super) scripts: Vec<String>,
    /// Other scripts with data in them.
    pub(super) data: Vec<String>,
    /// The text of the page, each block a line, blanks evened out.
    pub(super) text: String,
    /// Headings, and what else looks like a headline.
    pub(super) headings: Vec<Heading>,
    /// Elements that by their markup hold a date.
    pub(super) stamps: Vec<Stamp>,
    /// Parts of the text beside the article: navigation, teasers, comments. In order, apart from each other.
    asides: Vec<Range<usize>>,
}

/// A heading, or what is marked as the headline.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) place: Range<usize>,
    /// 1 for `h1`; 0 where it is none of `h1` to `h6`.
    pub(super) level: u8,
    /// Its markup calls it the headline.
    pub(super) is_named: bool,
    pub(super) is_hidden: bool,
    /// All of it is a link.
    pub(super) in_link: bool,
}

impl Heading {
    /// Whether its markup makes it a headline, and not one within the article.
    pub(super) fn is_first(&self) -> bool {
        self.level == 1 || self.is_named
    }
}

/// An element that by its markup holds a date.
#[derive(Debug)]
pub(super) struct Stamp {
    pub(super) place: Range<usize>,
    /// The date for machines.
    pub(super) attribute: Option<String>,
    /// Class, id and the like, in lower case.
    pub(super) names: String,
    pub(super) kind: Kind,
}

/// What the markup says of a date, best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A class or id that dates often have.
    Named,
    /// A `time` element.
    Time,
    /// `itemprop=datePublished`, `time[pubdate]`.
    Published,
}

/// Elements of each kind that are kept: a page of news has some tens.
const MANY: usize = 2000;

/// Bytes of one script that are kept.
const SCRIPT: usize = 1 << 20;

impl Parts {
    pub(super) fn of(html: &str) -> Self {
        let document = Document::from(html);
        let mut walk = Walk::default();
        let mut next = Some(document.root());
        while let Some(node) = next {
            let child = if walk.enter(&node) { node.first_child() } else { None };
            next = child.or_else(|| walk.onward(node));
        }
        walk.finish()
    }

    /// What the first meta element of a name says.
    pub(super) fn meta(&self, name: &str) -> Option<&str> {
        self.metas.iter().find(|(known, _)| known == name).map(|(_, says)| says.as_str())
    }

    /// What all meta elements of a name say.
    pub(super) fn metas<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.metas.iter().filter(move |(known, _)| known == name).map(|(_, says)| says.as_str())
    }

    /// The text of a part.
    pub(super) fn said(&self, place: &Range<usize>) -> &str {
        self.text.get(place.clone()).unwrap_or_default().trim()
    }

    /// Whether a place lies beside the article.
    pub(super) fn is_aside(&self, at: usize) -> bool {
        let next = self.asides.partition_point(|aside| aside.start <= at);
        next > 0 && at < self.asides[next - 1].end
    }
}

/// An element that was entered and not yet left.
struct Open {
    start: usize,
    is_block: bool,
    is_hidden: bool,
    /// The heading or stamp that ends with it.
    heading: Option<usize>,
    stamp: Option<usize>,
    is_aside: bool,
    is_link: bool,
}

#[derive(Default)]
struct Walk {
    parts: Parts,
    open: Vec<Open>,
    hidden: usize,
    /// Asides as they end.
    asides: Vec<Range<usize>>,
    links: Vec<Range<usize>>,
}

impl Walk {
    /// Takes a node in; tells whether its children are of interest.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        node.query_or(false, |data| match &data.data {
            NodeData::Element(element) => self.element(element, node),
            NodeData::Text { contents } => {
                self.say(contents);
                false
            }
            NodeData::Document | NodeData::Fragment => {
                self.push(Open::plain(0));
                true
            }
            _ => false,
        })
    }

    /// Leaves a node, and those of which it is the last child; gives the one after them.
    fn onward<'a>(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let mut node = node;
        loop {
            self.leave(&node);
            let sibling = node.next_sibling();
            if sibling.is_some() {
                return sibling;
            }
            node = node.parent()?;
        }
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if !node.query_or(false, |data| data.may_have_children()) {
            return;
        }
        let Some(open) = self.open.pop() else { return };
        let place = open.start..self.parts.text.len();
        self.hidden -= usize::from(open.is_hidden);
        if let Some(heading) = open.heading.and_then(|at| self.parts.headings.get_mut(at)) {
            heading.place = place.clone();
        }
        if let Some(stamp) = open.stamp.and_then(|at| self.parts.stamps.get_mut(at)) {
            stamp.place = place.clone();
        }
        if open.is_aside {
            self.asides.push(place.clone());
        }
        if open.is_link {
            self.links.push(place);
        }
        if open.is_block {
            self.end_line();
        }
    }

    fn push(&mut self, open: Open) {
        self.hidden += usize::from(open.is_hidden);
        self.open.push(open);
    }

    fn element(&mut self, element: &Element, node: &NodeRef<'_>) -> bool {
        let name: &str = &element.name.local;
        let attr =
            |name: &str| element.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.trim());
        let filled = |name| attr(name).filter(|value| !value.is_empty()).map(str::to_owned);
        match name {
            "html" => self.parts.lang = filled("lang").or_else(|| filled("xml:lang")),
            "meta" => self.meta(&attr),
            "link" if attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.parts.canonical = self.parts.canonical.take().or_else(|| filled("href"));
            }
            "title" if self.parts.title.is_none() && &*element.name.ns == HTML => {
                self.parts.title = Some(even(&node.text())).filter(|title| !title.is_empty());
            }
            "script" => self.script(attr("type").unwrap_or_default(), node),
            _ => {}
        }
        if is_block(name) || name == "br" {
            self.end_line();
        }
        let mut open = Open { is_block: is_block(name), ..Open::plain(self.parts.text.len()) };
        if matches!(
            name,
            "script" | "style" | "noscript" | "template" | "svg" | "title" | "select" | "textarea" | "iframe"
        ) {
            self.push(open);
            return false;
        }
        let names = [attr("class"), attr("id"), attr("itemprop"), attr("property"), attr("data-testid")];
        let names: String = names.into_iter().flatten().flat_map(|name| [" ", name]).collect();
        let names = names.to_ascii_lowercase();
        open.is_hidden = attr("hidden").is_some() || attr("style").is_some_and(hides);
        open.is_aside = is_aside(name, &names);
        open.is_link = name == "a";
        self.push(open);
        self.heading(name, &names);
        self.data_of(element);
        let machine = ["datetime", "content", "data-date", "data-datetime", "title"].into_iter().find_map(filled);
        self.stamp(name, names, machine, attr("pubdate").is_some());
        true
    }

    fn meta<'a>(&mut self, attr: &impl Fn(&str) -> Option<&'a str>) {
        let Some(says) = attr("content").or_else(|| attr("value")).map(even).filter(|says| !says.is_empty()) else {
            return;
        };
        for name in ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(attr) {
            if self.parts.metas.len() < MANY {
                self.parts.metas.push((name.to_ascii_lowercase(), says.clone()));
            }
        }
    }

    fn script(&mut self, kind: &str, node: &NodeRef<'_>) {
        let is_json_ld = kind.get(..19).is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"));
        let list = if is_json_ld { &mut self.parts.scripts } else { &mut self.parts.data };
        if list.len() < MANY {
            let text = node.text();
            if text.len() <= SCRIPT && (is_json_ld || text.contains("\":")) {
                list.push(text.to_string());
            }
        }
    }

    /// Attributes can hold the data that other pages have in scripts.
    fn data_of(&mut self, element: &Element) {
        let values = element.attrs.iter().map(|attr| &attr.value);
        let data = values.filter(|value| value.len() <= SCRIPT && value.contains("\"datePublished\""));
        let room = MANY.saturating_sub(self.parts.data.len());
        self.parts.data.extend(data.take(room).map(|value| value.to_string()));
    }

    fn heading(&mut self, name: &str, names: &str) {
        let level = match name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => level - b'0',
            _ => 0,
        };
        let is_named = names.split_ascii_whitespace().any(|word| HEADLINES.contains(&word));
        if (matches!(level, 1..=3) || is_named) && self.parts.headings.len() < MANY {
            let start = self.parts.text.len();
            if let Some(open) = self.open.last_mut() {
                open.heading = Some(self.parts.headings.len());
            }
            let is_hidden = self.hidden > 0;
            self.parts.headings.push(Heading { place: start..start, level, is_named, is_hidden, in_link: false });
        }
    }

    fn stamp(&mut self, name: &str, names: String, attribute: Option<String>, has_pubdate: bool) {
        let kind = if names.contains("datepublished") || (name == "time" && has_pubdate) {
            Kind::Published
        } else if name == "time" {
            Kind::Time
        } else if DATED.iter().any(|word| names.contains(word)) {
            Kind::Named
        } else {
            return;
        };
        if self.parts.stamps.len() < MANY && !matches!(name, "body" | "html" | "main" | "article" | "meta") {
            let start = self.parts.text.len();
            if let Some(open) = self.open.last_mut() {
                open.stamp = Some(self.parts.stamps.len());
            }
            self.parts.stamps.push(Stamp { place: start..start, attribute, names, kind });
        }
    }

    fn say(&mut self, text: &str) {
        let out = &mut self.parts.text;
        for char in text.chars() {
            if !char.is_whitespace() {
                out.push(char);
            } else if !out.ends_with([' ', '\n']) && !out.is_empty() {
                out.push(' ');
            }
        }
    }

    fn end_line(&mut self) {
        let out = &mut self.parts.text;
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }

    fn finish(mut self) -> Parts {
        // What holds a good part of all text stands for the page and not beside it, whatever it is called.
        let all = self.parts.text.len();
        self.asides.retain(|aside| 2 * aside.len() < all);
        self.parts.asides = joined(self.asides);
        let links = joined(self.links);
        for heading in &mut self.parts.headings {
            let at = links.partition_point(|link| link.start <= heading.place.start);
            heading.in_link = at > 0 && links[at - 1].end >= heading.place.end;
        }
        self.parts
    }
}

impl Open {
    fn plain(start: usize) -> Self {
        Self { start, is_block: false, is_hidden: false, heading: None, stamp: None, is_aside: false, is_link: false }
    }
}

const HTML: &str = "http://www.w3.org/1999/xhtml";

/// Marks of the headline in `class`, `id` and `itemprop`.
const HEADLINES: [&str; 12] = [
    "headline",
    "entry-title",
    "post-title",
    "article-title",
    "articletitle",
    "story-title",
    "page-title",
    "post__title",
    "article__title",
    "article-headline",
    "article__headline",
    "posttitle",
];

/// Parts of `class` and `id` that dates often have.
const DATED: [&str; 21] = [
    "date",
    "datum",
    "time",
    "publi",
    "posted",
    "byline",
    "meta",
    "fecha",
    "created",
    "submitted",
    "info",
    "author",
    "subline",
    "erstellt",
    "veroeffentlicht",
    "pubdat",
    "data",
    "tarih",
    "stamp",
    "credit",
    "details",
];

/// Parts of `class` and `id` of what stands beside an article.
const ASIDES: [&str; 20] = [
    "sidebar",
    "related",
    "recommend",
    "comment",
    "widget",
    "popular",
    "navigation",
    "navbar",
    "menu",
    "breadcrumb",
    "latest",
    "trending",
    "promo",
    "footer",
    "teaser",
    "most-read",
    "read-more",
    "newsletter",
    "kommentar",
    "similar",
];

fn is_aside(name: &str, names: &str) -> bool {
    match name {
        "nav" | "footer" | "aside" => true,
        "html" | "body" | "main" | "h1" => false,
        _ => ASIDES.iter().any(|word| names.contains(word)),
    }
}

fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    let style = style.to_ascii_lowercase();
    style.contains("display:none") || style.contains("visibility:hidden")
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "table"
            | "td"
            | "th"
            | "tr"
            | "ul"
            | "html"
            | "head"
    )
}

/// Blanks evened out.
fn even(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Ranges in order, those that touch made one.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_unstable_by_key(|range| (range.start, range.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => out.push(range),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_where_they_are_said_to() {
        let parts = Parts::of(
            "<html lang=en-GB><title> A  page </title><meta NAME=Author content=' Ida '><body><nav>Home</nav>\
             <h1>The <b>pier</b>\n is closed</h1><p class=byline>By Ida, <time datetime=2021-03-08>today</time></p>\
             <p>Text<br>goes on for longer than the navigation.</p><script>var x = {\"a\":1}</script>",
        );
        assert_eq!(parts.lang.as_deref(), Some("en-GB"));
        assert_eq!(parts.title.as_deref(), Some("A page"));
        assert_eq!(parts.meta("author"), Some("Ida"));
        assert_eq!(parts.data.len(), 1);
        let text = "Home\nThe pier is closed\nBy Ida, today\nText\ngoes on for longer than the navigation.\n";
        assert_eq!(parts.text, text);
        assert_eq!(parts.said(&parts.headings[0].place), "The pier is closed");
        let stamps: Vec<&str> = parts.stamps.iter().map(|stamp| parts.said(&stamp.place)).collect();
        assert_eq!(stamps, ["By Ida, today", "today"]);
        assert_eq!((parts.stamps[0].kind, parts.stamps[1].kind), (Kind::Named, Kind::Time));
        assert!(parts.is_aside(0) && !parts.is_aside(10));
    }

    #[test]
    fn headings_are_hidden_or_linked() {
        let parts = Parts::of(
            "<div style='display: none'><h1>One</h1></div><h1><a href=/>Two</a></h1><a href=/><h2>Three</h2></a>\
             <div class=entry-title>Four</div><h4>Five</h4><h1>Six</h1>",
        );
        let of = |what: fn(&Heading) -> bool| -> Vec<&str> {
            parts.headings.iter().filter(|heading| what(heading)).map(|heading| parts.said(&heading.place)).collect()
        };
        assert_eq!(of(|_| true), ["One", "Two", "Three", "Four", "Six"]);
        assert_eq!(of(|heading| heading.is_hidden), ["One"]);
        assert_eq!(of(|heading| heading.in_link), ["Two", "Three"]);
        assert_eq!(of(Heading::is_first), ["One", "Two", "Four", "Six"]);
    }
}
