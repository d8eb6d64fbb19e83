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
pub(super) fn main_text(html: &str, title: Option<&str>) -> String {
    let dom = Dom::parse(html);
    let bodies = bodies(&dom);
    let known = known(&dom, title, &bodies);
    let seen = taken(&dom, &known, false);
    // A page that only scripts fill may say its text to readers without scripts, or to machines.
    let text = if seen.is_empty() { taken(&dom, &known, true) } else { seen };
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
