//! Which sentences of one text say what which sentences of the other say.
//!
//! Each idea is a module: `bags` weighs what a sentence has, `pairs` finds who may say the same, `quotes` who quotes
//! the same, `ties` decides by
//! likeness, by `order` and by what a sentence adds to those that are linked already, `groups` joins the pairs.
//! Nothing depends on which of the two texts is the first.

mod bags;
mod groups;
mod order;
mod pairs;
mod quotes;
mod ties;

use super::text::Text;
use crate::statistics::weights::Weights;
use bags::Bags;

/// Sentences of one text that say what sentences of the other say.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Numbers of sentences of the one text, rising.
    pub a: Vec<usize>,
    /// Of the other, rising.
    pub b: Vec<usize>,
    /// How much they say the same, 0 to 1.
    pub score: f32,
    /// The same words in the same order.
    pub is_verbatim: bool,
    /// Out of the order that the other links keep.
    pub is_reordered: bool,
}

impl Link {
    /// The name of its kind in output.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.is_verbatim { "verbatim" } else { "reworded" }
    }
}

/// The links of two texts, in the order of `a`, then `b`. A sentence may have none, several sentences may have one
/// together, links may cross. With the texts exchanged the links are the same, their sides exchanged.
#[must_use]
pub fn align(a: &Text, b: &Text, weights: &Weights) -> Vec<Link> {
    let bags = bags::bags(a, b, weights);
    let mut pairs = pairs::pairs(&bags);
    pairs::raise_quotations(&mut pairs, a, b, weights);
    let groups = groups::groups(&ties::ties(&pairs, &bags));
    let mut links: Vec<Link> = groups.into_iter().map(|(i, j)| link(a, b, &bags, i, j)).collect();
    links.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    let words = |link: &Link| {
        let of = |text: &Text, numbers: &[usize]| numbers.iter().map(|&n| text.sentences[n].tokens.len() as u64).sum();
        let (a, b): (u64, u64) = (of(a, &link.a), of(b, &link.b));
        a + b
    };
    let places: Vec<_> = links.iter().map(|link| (link.a[0], link.b[0], words(link))).collect();
    for (link, is_reordered) in links.iter_mut().zip(order::out_of_order(&places)) {
        link.is_reordered = is_reordered;
    }
    links
}

/// The link of two groups of sentences.
fn link(a: &Text, b: &Text, bags: &Bags, i: Vec<usize>, j: Vec<usize>) -> Link {
    let [x, y] = [(&bags.a, &i), (&bags.b, &j)].map(|(bags, numbers)| bags::union(numbers.iter().map(|&n| &bags[n])));
    let words = |text: &Text, numbers: &[usize]| -> Vec<Box<str>> {
        numbers.iter().flat_map(|&n| &text.sentences[n].tokens).map(|token| token.form.clone()).collect()
    };
    let is_verbatim = words(a, &i) == words(b, &j);
    let score = if is_verbatim { 1.0 } else { bags::likeness(&x, &y) };
    Link { a: i, b: j, score, is_verbatim, is_reordered: false }
}

#[cfg(test)]
mod tests;
