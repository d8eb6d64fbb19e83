//! Names that two linked sentences spell in two ways.

use std::collections::BTreeMap;

use strsim::osa_distance;

use crate::compare::alignment::Link;
use crate::compare::text::{Sentence, Text};
use crate::features::tokens::Token;

/// A name spelled in two ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    /// The form on each side.
    pub(super) forms: [String; 2],
    /// Number of links in which they meet.
    pub(super) links: usize,
}

/// Letters below which two words that differ in one are mostly two words.
const SHORT: usize = 5;
/// Most letters that differ, of the longer form: one of five, two of ten.
const DIFFERENT: f64 = 0.2;

/// The spellings that differ, those that meet most often first. Evidence and no proof: two people can have names this
/// close, which is worth a look as well.
pub(super) fn spellings(texts: &[Text; 2], links: &[Link]) -> Vec<Spelling> {
    let mut found: BTreeMap<[String; 2], usize> = BTreeMap::new();
    for link in links.iter().filter(|link| !link.is_verbatim) {
        let (a, b) = (names(&texts[0], &link.a, &texts[1], &link.b), names(&texts[1], &link.b, &texts[0], &link.a));
        for one in &a {
            let best =
                b.iter().filter(|other| is_variant(one, other)).min_by_key(|other| (osa_distance(one, other), **other));
            if let Some(other) = best {
                *found.entry([(*one).to_owned(), (*other).to_owned()]).or_default() += 1;
            }
        }
    }
    let mut spellings: Vec<Spelling> = found.into_iter().map(|(forms, links)| Spelling { forms, links }).collect();
    spellings.sort_by_key(|spelling| std::cmp::Reverse(spelling.links));
    spellings
}

/// Capitalised words of some sentences that are in none of the others, as written.
fn names<'a>(text: &'a Text, numbers: &[usize], other: &Text, others: &[usize]) -> Vec<&'a str> {
    let tokens = |sentence: &&'a Sentence| {
        let read = text.of(sentence);
        sentence.tokens.iter().filter(|token| token.is_capital).map(move |token| (token, &read[token.range.clone()]))
    };
    let is_there = |token: &Token| {
        let words = others.iter().filter_map(|&number| other.sentences.get(number)).flat_map(|there| &there.tokens);
        words.into_iter().any(|word| word.term == token.term)
    };
    let sentences = numbers.iter().filter_map(|&number| text.sentences.get(number));
    let mut names: Vec<&str> = sentences
        .collect::<Vec<_>>()
        .iter()
        .flat_map(tokens)
        .filter(|(token, _)| !is_there(token))
        .map(|(_, name)| name)
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether two words are likely to be one name: nearly the same letters, and not one of them with an ending
/// (Armenia, Armenian).
fn is_variant(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(str::to_lowercase);
    let letters = a.chars().count().max(b.chars().count());
    let is_inflected = a.starts_with(&b) || b.starts_with(&a);
    letters >= SHORT && !is_inflected && osa_distance(&a, &b) as f64 <= DIFFERENT * letters as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::text::Reader;

    #[test]
    fn names_that_differ_in_a_letter_or_two() {
        for (a, b) in [("Pashinian", "Pashinyan"), ("Sergei", "Sergey"), ("Nagorny", "Nagorno"), ("Smirch", "Smerch")] {
            assert!(is_variant(a, b) && is_variant(b, a), "{a} {b}");
        }
        for (a, b) in [("Armenia", "Armenian"), ("Monday", "Sunday"), ("Tuesday", "Thursday"), ("Iran", "Iraq")] {
            assert!(!is_variant(a, b) && !is_variant(b, a), "{a} {b}");
        }
    }

    #[test]
    fn only_linked_sentences_and_forms_that_the_other_has_not() {
        let mut reader = Reader::default();
        let a = reader.sentences(&["Mayor Ida Krayova spoke in Dorvale.", "Later Krayeva left."]);
        let b = reader.sentences(&["In Dorvale, Ida Krayeva, the mayor, spoke.", "Nobody else came."]);
        let link = |a, b| Link { a: vec![a], b: vec![b], score: 0.8, is_verbatim: false, is_reordered: false };
        let texts = [a, b];
        let found = spellings(&texts, &[link(0, 0), link(1, 1)]);
        assert_eq!(found, [Spelling { forms: ["Krayova".into(), "Krayeva".into()], links: 1 }]);
    }
}
