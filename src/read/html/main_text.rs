//! The main text of a page, without navigation, teasers, comments and what else stands around it.
//!
//! The page is cut into blocks, and a model says of each whether it belongs to the text. What the model is told are structure,
//! names of elements and signs in several languages, no sites and no words of one page.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use super::blocks::{self, Block};
use super::dom::Dom;
use super::features::{Known, Page, triples, word_set};
use super::model::Model;

/// A block more likely than this is always text.
const LIKELY: f32 = 0.5;

/// A block with fewer characters may come twice, as a heading or a line of a list does.
const SHORT: usize = 40;

/// The main text, a paragraph a line; empty where the page has none. `title` is the headline, which is no part of it.
pub(super) fn main_text(html: &str, title: Option<&str>) -> String {
    static MODEL: OnceLock<Model> = OnceLock::new();
    let model = MODEL.get_or_init(|| Model::read(include_str!("../../../data/models/main_text.txt")));
    let dom = Dom::parse(html);
    let blocks = blocks::blocks(&dom, false);
    let known = known(&dom, title);
    let rows = Page::new(&dom, &blocks, &known).features(&known);
    let likely: Vec<f32> = rows.iter().map(|row| model.likelihood(row)).collect();
    let limit = limit(&blocks, &likely);
    let mut seen = FxHashSet::default();
    let taken = blocks.iter().zip(likely).filter(|(block, likely)| {
        *likely >= limit && (block.chars < SHORT || seen.insert(block.text.as_str()))
    });
    let texts: Vec<&str> = taken.map(|(block, _)| block.text.as_str()).collect();
    texts.join("\n")
}

/// The likelihood from which on blocks are taken: where the harmonic mean of precision and recall is best, if the likelihoods are
/// right. On a page that is hard to tell it is lower than on others: half of an article lost costs more than a teaser kept.
fn limit(blocks: &[Block], likely: &[f32]) -> f32 {
    let mut order: Vec<(f32, f32)> = likely.iter().zip(blocks).map(|(likely, block)| (*likely, block.chars as f32)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0));
    let expected: f32 = order.iter().map(|(likely, chars)| likely * chars).sum();
    let (mut hit, mut taken, mut best, mut limit) = (0.0, 0.0, 0.0, LIKELY);
    for (likely, chars) in order {
        hit += likely * chars;
        taken += chars;
        let f = hit / (taken + expected);
        if f > best {
            (best, limit) = (f, likely);
        }
    }
    limit.min(LIKELY)
}

fn known(dom: &Dom, title: Option<&str>) -> Known {
    let mut known = Known::default();
    for node in 0..dom.nodes.len() {
        let Some(element) = dom.element(node) else { continue };
        if element.is_data {
            known.body.extend(article_body(&dom.text(node)).iter().flat_map(|text| triples(text)));
        } else if element.tag == "title" && known.title.is_empty() {
            known.title = word_set(&dom.text(node));
        }
    }
    if known.title.is_empty() {
        known.title = title.map(word_set).unwrap_or_default();
    }
    known
}

/// The texts that data in JSON calls the body of an article.
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
pub(super) fn rows(html: &str, title: Option<&str>) -> Vec<(String, Vec<f32>)> {
    let dom = Dom::parse(html);
    let blocks = blocks::blocks(&dom, false);
    let known = known(&dom, title);
    let rows = Page::new(&dom, &blocks, &known).features(&known);
    blocks.into_iter().map(|block| block.text).zip(rows).collect()
}
