//! What somebody is quoted with, and who that is.

use std::ops::Range;

use super::matching::Matching;
use super::numbers::take_best;
use super::view::View;
use super::{Claim, Kind, Sides};

/// Words from which what stands between marks is a quotation and no title or nickname.
const QUOTATION: usize = 4;
/// Share of the words of the shorter of two quotations from which they are the same words, told differently.
const SAME: f32 = 0.5;

/// The claims on quotations: the same one on both sides, or one that only one side has.
pub(super) fn claims(sides: &Sides<'_>, matching: &Matching, found: &mut Vec<Claim>) {
    let (a, b) = (quotations(&sides.a.view), quotations(&sides.b.view));
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let mut pairs = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate() {
            let met = x.clone().filter(|&at| matching.in_b[at].is_some_and(|at| y.contains(&at))).count();
            pairs.push((met as f32 / x.len().min(y.len()).max(1) as f32, i, j));
        }
    }
    let mut same = Vec::new();
    take_best(pairs, &mut free_a, &mut free_b, |score, i, j| {
        if score >= SAME {
            same.push((i, j));
        }
        score >= SAME
    });
    let of_a = |i: usize| (&a[i], words_of(&sides.a.view, &a[i]));
    let of_b = |j: usize| (&b[j], words_of(&sides.b.view, &b[j]));
    found.extend(same.into_iter().map(|(i, j)| sides.claim(Kind::Quotation, Some(true), Some(of_a(i)), Some(of_b(j)))));
    let free = |free: &[bool]| -> Vec<usize> { (0..free.len()).filter(|&at| free[at]).collect() };
    found.extend(free(&free_a).into_iter().map(|i| sides.claim(Kind::Quotation, None, Some(of_a(i)), None)));
    found.extend(free(&free_b).into_iter().map(|j| sides.claim(Kind::Quotation, None, None, Some(of_b(j)))));
}

fn words_of(view: &View<'_>, words: &Range<usize>) -> String {
    view.words[words.clone()].iter().map(|word| &*word.form).collect::<Vec<_>>().join(" ")
}

/// Words between quotation marks. A mark that is not closed holds to the end.
fn quotations(view: &View<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, word) in view.words.iter().enumerate() {
        if open.is_none() && word.before.trim_end().ends_with(['"', '“', '„', '«', '”']) && !word.before.ends_with(' ')
        {
            open = Some(at);
        }
        let closes = word.after.trim_start_matches(['.', ',', '!', '?', '…']).starts_with(['"', '”', '»', '“']);
        if let Some(start) = open.filter(|_| closes || at + 1 == view.words.len()) {
            found.push(start..at + 1);
            open = None;
        }
    }
    found.retain(|words| words.len() >= QUOTATION);
    found
}
