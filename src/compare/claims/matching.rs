//! Which word of one sentence stands for which word of the other, and what stands in the same slot.

use std::ops::Range;

use super::view::{View, Word};

/// Words of two sentences, one to one.
#[derive(Debug)]
pub(super) struct Matching {
    /// For each word of `a` its counterpart in `b`.
    pub(super) in_b: Vec<Option<usize>>,
    /// For each word of `b` its counterpart in `a`.
    pub(super) in_a: Vec<Option<usize>>,
    /// How much of what both sentences say has a counterpart, 0 to 1.
    pub(super) coverage: f32,
}

/// Likeness from which two words can be counterparts.
const ALIKE: f32 = 0.6;
/// Words to each side that are asked whether two places are the same slot.
const WINDOW: usize = 5;

impl Matching {
    /// Pairs the words greedily, those first that are most alike, tell most and have like neighbours.
    pub(super) fn new(a: &View<'_>, b: &View<'_>) -> Self {
        let (rows, columns) = (a.words.len(), b.words.len());
        let mut likeness = vec![0.0_f32; rows * columns];
        for (i, x) in a.words.iter().enumerate() {
            for (j, y) in b.words.iter().enumerate() {
                likeness[i * columns + j] = alike(x, y);
            }
        }
        let is_alike = |i: Option<usize>, j: Option<usize>| match (i, j) {
            (Some(i), Some(j)) if i < rows && j < columns => likeness[i * columns + j] >= ALIKE,
            _ => false,
        };
        let mut pairs = Vec::new();
        for i in 0..rows {
            for j in (0..columns).filter(|j| likeness[i * columns + j] >= ALIKE) {
                let left = is_alike(i.checked_sub(1), j.checked_sub(1));
                let right = is_alike(Some(i + 1), Some(j + 1));
                let near = (-2..=2_isize).flat_map(|x| (-2..=2_isize).map(move |y| (x, y)));
                let near = near
                    .filter(|&(x, y)| x != 0 && y != 0 && is_alike(i.checked_add_signed(x), j.checked_add_signed(y)))
                    .count();
                let content = a.words[i].is_content() || b.words[j].is_content();
                // A function word says nothing of its own: it is the same one where its neighbours are.
                if !content && near == 0 {
                    continue;
                }
                let place = (i as f32 / rows as f32 - j as f32 / columns as f32).abs();
                let neighbours = 0.25 * (f32::from(left) + f32::from(right)) + 0.05 * near.min(6) as f32;
                let score = likeness[i * columns + j] * if content { 2.0 } else { 0.5 } + neighbours - 0.6 * place;
                pairs.push((score, i, j));
            }
        }
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut matching = Self { in_b: vec![None; rows], in_a: vec![None; columns], coverage: 0.0 };
        for (_, i, j) in pairs {
            if matching.in_b[i].is_none() && matching.in_a[j].is_none() {
                matching.join(i, j);
            }
        }
        matching.count(a, b);
        matching
    }

    /// Makes two words counterparts.
    pub(super) fn join(&mut self, i: usize, j: usize) {
        self.in_b[i] = Some(j);
        self.in_a[j] = Some(i);
    }

    /// Counts the coverage anew.
    pub(super) fn count(&mut self, a: &View<'_>, b: &View<'_>) {
        let side = |view: &View<'_>, found: &[Option<usize>]| {
            let told = |word: &Word<'_>| if word.is_content() { word.weight.min(5.0) } else { 0.0 };
            let all: f32 = view.words.iter().map(told).sum();
            let met: f32 =
                view.words.iter().zip(found).filter(|(_, found)| found.is_some()).map(|(word, _)| told(word)).sum();
            if all > 0.0 { met / all } else { 0.0 }
        };
        self.coverage = (side(a, &self.in_b) + side(b, &self.in_a)) / 2.0;
    }

    /// How far these words of `a` and those of `b` stand among the same words, 0 to 1.
    pub(super) fn slot(&self, a: &View<'_>, x: &Range<usize>, b: &View<'_>, y: &Range<usize>) -> f32 {
        (around(a, x, &self.in_b, y) + around(b, y, &self.in_a, x)) / 2.0
    }
}

/// Share of the words around `here` whose counterparts stand around `there`; the near ones and those that tell count more.
fn around(view: &View<'_>, here: &Range<usize>, found: &[Option<usize>], there: &Range<usize>) -> f32 {
    let (mut all, mut met) = (0.0, 0.0);
    let left = (here.start.saturating_sub(WINDOW)..here.start).map(|at| (at, here.start - at));
    let right = (here.end..(here.end + WINDOW).min(view.words.len())).map(|at| (at, at + 1 - here.end));
    for (at, distance) in left.chain(right) {
        let weight = (0.3 + view.words[at].weight.min(4.0) / 4.0) / (1.0 + distance as f32);
        all += weight;
        if let Some(other) = found[at] {
            let distance =
                if other < there.start { there.start - other } else { (other + 1).saturating_sub(there.end) };
            met += weight
                * if distance <= WINDOW {
                    1.0
                } else if distance <= 2 * WINDOW {
                    0.5
                } else {
                    0.0
                };
        }
    }
    if all > 0.0 { met / all } else { 0.0 }
}

/// How alike two words are, 0 to 1: the same, forms of one word, near in spelling.
pub(super) fn alike(x: &Word<'_>, y: &Word<'_>) -> f32 {
    if x.form == y.form {
        1.0
    } else if x.term == y.term {
        0.95
    } else if x.is_digits() || y.is_digits() {
        0.0
    } else {
        near(&x.form, &y.form)
    }
}

/// Likeness of two different spellings: one begins like the other, or few letters differ.
pub(super) fn near(x: &str, y: &str) -> f32 {
    let (long, short) = if x.len() >= y.len() { (x, y) } else { (y, x) };
    if short.len() < 4 {
        return 0.0;
    }
    let common = long.bytes().zip(short.bytes()).take_while(|(x, y)| x == y).count();
    if common >= 4 && common * 10 >= long.len() * 6 || common >= 5 && common + 1 >= short.len() {
        return 0.8;
    }
    // Looked at only where the first or second letter agrees: nothing else reaches the bound by chance.
    let begins = long.as_bytes()[0] == short.as_bytes()[0] || long.as_bytes()[1] == short.as_bytes()[1];
    if begins && short.len() >= 5 && long.len() - short.len() <= 3 {
        let likeness = strsim::normalized_damerau_levenshtein(long, short) as f32;
        if likeness >= 0.75 {
            return likeness.min(0.9);
        }
    }
    0.0
}
