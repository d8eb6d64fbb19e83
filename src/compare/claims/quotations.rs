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
    let span = |view: &View<'_>, words: &Range<usize>| Some(view.span(words));
    take_best(pairs, &mut free_a, &mut free_b, |score, i, j| {
        let same = score >= SAME;
        if same {
            let (a, b) = (span(&sides.a.view, &a[i]), span(&sides.b.view, &b[j]));
            found.push(Claim { kind: Kind::Quotation, agree: Some(true), a, b });
        }
        same
    });
    let alone = |free: &[bool], at: usize| free[at];
    for (i, x) in a.iter().enumerate().filter(|(i, _)| alone(&free_a, *i)) {
        debug_assert!(i < a.len());
        found.push(Claim { kind: Kind::Quotation, agree: None, a: span(&sides.a.view, x), b: None });
    }
    for (_, y) in b.iter().enumerate().filter(|(j, _)| alone(&free_b, *j)) {
        found.push(Claim { kind: Kind::Quotation, agree: None, a: None, b: span(&sides.b.view, y) });
    }
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
