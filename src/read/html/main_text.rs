//! The main text of a page, without navigation, teasers, comments and what else stands around it.
//!
//! The page is cut into blocks, and a model says of each whether it belongs to the text. What the model is told are structure,
//! names of elements and signs in several languages, no sites and no words of one page.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::blocks::{self, Block};
use super::dom::Dom;
use super::features::{self, Known, Page, count, triples, word_set, words};
use super::model::Model;

/// A block more likely than this is always text, one less likely than the other never.
const LIKELY: f32 = 0.5;
const UNLIKELY: f32 = 0.25;

/// A text of fewer words than this is none: what is left of a page without an article.
const LEAST: f32 = 8.0;

/// A block with fewer characters, or triples of words, may come twice, as a heading or a line of a list does.
const SHORT: usize = 40;
const FEW: usize = 8;

/// A block that has been said so far to this share is said twice, in short or for other screens.
const SAID: f32 = 0.8;

/// Hidden text counts where there is so many times more of it than of what is seen: a page that scripts uncover.
const UNCOVERED: f32 = 2.0;

/// The main text, a paragraph a line; empty where the page has none. `title` is the headline, which is no part of it.
pub(super) fn main_text(dom: &Dom, title: Option<&str>) -> String {
    let bodies = bodies(dom);
    let known = known(dom, title, &bodies);
    let seen = taken(dom, &known, false);
    // A page that only scripts fill may say its text to readers without scripts, or to machines.
    let text = if seen.is_empty() { taken(dom, &known, true) } else { seen };
    let body = bodies.into_iter().max_by_key(String::len).unwrap_or_default();
    if words(&text) < LEAST.max(words(&body) * LITTLE) { lines(&body) } else { text }
}

/// Where the page shows less than this of the text that it gives to machines, the latter is taken.
const LITTLE: f32 = 0.2;

/// The blocks of the page that are its text.
fn taken(dom: &Dom, known: &Known, with_noscript: bool) -> String {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let model = MODEL.get_or_init(|| Model::read(include_str!("../../../data/models/main_text.txt")));
    let blocks = shown(blocks::blocks(dom, with_noscript));
    let rows = Page::new(dom, &blocks, known).features(known);
    let likely: Vec<f32> = rows.iter().map(|row| model.likelihood(row)).collect();
    let limit = limit(&blocks, &likely);
    let chosen = blocks.iter().zip(likely).filter(|(_, likely)| *likely >= limit);
    let text = once(chosen.map(|(block, _)| block.text.as_str()));
    if words(&text) < LEAST { String::new() } else { text }
}

/// The blocks without the hidden ones, unless the page hides nearly all.
fn shown(mut blocks: Vec<Block>) -> Vec<Block> {
    let reading = |is_hidden| -> f32 {
        let some = blocks.iter().filter(|block| block.is_hidden == is_hidden);
        some.map(|block| words(&block.text)).filter(|words| *words >= features::READING).sum()
    };
    if reading(true) <= reading(false) * UNCOVERED {
        blocks.retain(|block| !block.is_hidden);
    }
    blocks
}

/// The likelihood from which on blocks are taken: where the harmonic mean of precision and recall is best, if the likelihoods are
/// right. On a page that is hard to tell it is lower than on others: half of an article lost costs more than a teaser kept.
fn limit(blocks: &[Block], likely: &[f32]) -> f32 {
    let mut order: Vec<(f32, f32)> =
        likely.iter().zip(blocks).map(|(likely, block)| (*likely, count(block.chars))).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let expected: f32 = order.iter().map(|(likely, chars)| likely * chars).sum();
    let (mut hit, mut all, mut best, mut limit) = (0.0, 0.0, 0.0, LIKELY);
    for (likely, chars) in order {
        hit += likely * chars;
        all += chars;
        let f = hit / (all + expected);
        if f > best {
            (best, limit) = (f, likely);
        }
    }
    limit.clamp(UNLIKELY, LIKELY)
}

/// Lines of the texts, without what has been said already.
fn once<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut said = FxHashSet::default();
    let mut text = String::new();
    for line in texts {
        let triples = triples(line);
        let again = count(triples.iter().filter(|triple| said.contains(*triple)).count());
        if line.len() >= SHORT && triples.len() >= FEW && again >= count(triples.len()) * SAID {
            continue;
        }
        said.extend(triples);
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(line);
    }
    text
}

/// Text as data in JSON has it, plain or in HTML.
fn lines(body: &str) -> String {
    let parts = if body.contains("</") { vec![body] } else { body.lines().collect() };
    let blocks = parts.into_iter().flat_map(|part| blocks::blocks(&Dom::parse(part), false));
    let texts: Vec<String> = blocks.map(|block| block.text).collect();
    texts.join("\n")
}

fn known(dom: &Dom, title: Option<&str>, bodies: &[String]) -> Known {
    let named = (0..dom.nodes.len()).find(|node| dom.tag(*node) == "title").map(|node| word_set(&dom.text(node)));
    let title = named.filter(|words| !words.is_empty()).or_else(|| title.map(word_set)).unwrap_or_default();
    Known { title, body: bodies.iter().flat_map(|body| triples(body)).collect() }
}

/// The texts that the page gives to machines.
fn bodies(dom: &Dom) -> Vec<String> {
    let data = (0..dom.nodes.len()).filter(|node| dom.element(*node).is_some_and(|element| element.is_data));
    data.filter_map(|node| article_body(&dom.text(node))).collect()
}

/// What data in JSON call the body of an article.
fn article_body(json: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(json).ok()?;
    let mut open = vec![&value];
    while let Some(value) = open.pop() {
        match value {
            serde_json::Value::Array(values) => open.extend(values),
            serde_json::Value::Object(fields) => {
                if let Some(body) = fields.get("articleBody").and_then(|body| body.as_str()) {
                    return Some(body.to_owned());
                }
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    None
}

/// What the model is fitted on: the blocks of a page with their features.
pub(super) fn rows(html: &str) -> Vec<(String, Vec<f32>)> {
    let dom = Dom::parse(html);
    let known = known(&dom, None, &bodies(&dom));
    let blocks = shown(blocks::blocks(&dom, false));
    let rows = Page::new(&dom, &blocks, &known).features(&known);
    blocks.into_iter().map(|block| block.text).zip(rows).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: [&str; 4] = [
        "The ferry to the island of Torvik ran aground in thick fog on Wednesday morning with forty people on board.",
        "Two boats of the coast guard took everybody off within an hour, and nobody was hurt, the harbour master said.",
        "The captain had sailed the route for thirty years; he told the police that the beacon at the point had been dark.",
        "The company that looks after the lights, Norlys, said it would answer when its own inquiry was over.",
    ];

    fn text(html: &str) -> String {
        main_text(&Dom::parse(html), Some("Ferry aground"))
    }

    fn paragraphs() -> String {
        STORY.map(|line| format!("<p>{line}</p>")).concat()
    }

    fn page(body: &str) -> String {
        format!(
            "<!DOCTYPE html><html><head><title>Ferry aground - The Mail</title></head><body><header><a href=/>The Mail</a>\
             <nav><ul><li><a href=/n>News</a><li><a href=/s>Sport</a><li><a href=/w>Weather</a></ul></nav></header>\
             {body}<footer><a href=/p>Privacy</a> <a href=/c>Contact</a><p>© 2020 The Mail</p></footer></body></html>"
        )
    }

    fn article(inside: &str, after: &str) -> String {
        page(&format!("<main><article><h1>Ferry aground</h1>{inside}</article>{after}</main>"))
    }

    fn is_story(html: &str) {
        assert_eq!(text(html), STORY.join("\n"), "of {html}");
    }

    #[test]
    fn ways_to_write_paragraphs() {
        is_story(&article(&paragraphs(), ""));
        is_story(&article(&format!("<div>{}</div>", STORY.join("<br><br>")), ""));
        is_story(&article(&STORY.map(|line| format!("<div><span>{line}</span></div>")).concat(), ""));
        is_story(&page(&format!("<form><div id=c><h1>Ferry aground</h1>{}</div></form>", paragraphs())));
    }

    #[test]
    fn what_stands_around_the_story() {
        let offer =
            "Get the paper for a whole year at half the price and win a weekend for two in a castle by the lake.";
        is_story(&article(
            &paragraphs().replacen("</p>", &format!("</p><div style='display:none'><p>{offer}</p></div>"), 2),
            "",
        ));
        is_story(&article(
            &paragraphs(),
            "<section id=comments><h2>Comments</h2><div class=comment><b>ole</b><p>My cousin was on it and says that the \
             coffee was hot all the time, so thanks to the crew.</p></div></section>",
        ));
        let item = |title: &str| {
            format!(
                "<li class=item><h3><a href=/x>{title}</a></h3><p>The council meets again on Friday to talk it over.</p></li>"
            )
        };
        let items =
            [item("New school opens late"), item("Storm takes roofs off"), item("Mayor will not stand")].concat();
        is_story(&article(&paragraphs(), &format!("<aside class=related><h2>Read also</h2><ul>{items}</ul></aside>")));
    }

    #[test]
    fn text_is_never_said_twice() {
        is_story(&article(&format!("<div class=wide>{0}</div><div class=narrow>{0}</div>", paragraphs()), ""));
    }

    #[test]
    fn a_page_without_a_story_has_no_text() {
        assert_eq!(text(&page("<div id=root></div><script>start()</script>")), "");
        assert_eq!(text(""), "");
        assert_eq!(text("<p></p>"), "");
    }

    #[test]
    fn a_page_that_scripts_fill() {
        let empty = page("<div id=root></div>");
        let data = serde_json::json!({ "@graph": [{ "@type": "NewsArticle", "articleBody": STORY.join("\n\n") }] });
        is_story(&format!("{empty}<script type='application/ld+json'>{data}</script>"));
        is_story(&article(&format!("<noscript>{}</noscript>", paragraphs()), ""));
        is_story(&article(&paragraphs(), "").replace("<body>", "<body style='visibility:hidden'>"));
    }

    #[test]
    fn hostile_pages_end_soon() {
        let story = paragraphs();
        for (open, times) in [
            ("<div>", 200_000),
            ("<b>", 5_000),
            ("<table><tr><td>", 5_000),
            ("<div class=a>x", 5_000),
            ("<ul><li>", 5_000),
        ] {
            let start = std::time::Instant::now();
            text(&format!("{}{story}", open.repeat(times)));
            assert!(start.elapsed().as_secs() < 60, "{open}");
        }
        text(&format!("<script type=application/ld+json>{}</script>{story}", "[".repeat(100_000)));
    }
}
