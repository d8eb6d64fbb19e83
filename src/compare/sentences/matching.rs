//! Which words of one sentence stand for which of the other.

use super::bag::{Kind, Word};
use super::spelling;

/// A word of the one sentence and a word of the other that stands for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Match {
    pub(super) a: usize,
    pub(super) b: usize,
    /// How surely, 0 to 1.
    pub(super) credit: f32,
}

/// Weight from which a word is worth looking for in another spelling.
const RARE: f32 = 1.5;

/// Credit of two words that can stand for one another.
const KINDRED: f32 = 0.6;

/// Words with their weights.
pub(super) type Weighed<'a> = (&'a [Word], &'a [f32]);

/// What the words of two sentences are to each other.
#[derive(Debug, Default)]
pub(super) struct Matches {
    /// Each word in one of them at most.
    pub(super) matches: Vec<Match>,
    /// A word of the one says the contrary of a word of the other.
    pub(super) oppose: bool,
}

/// The matches of two sentences; the same for any order of the two.
pub(super) fn matches(a: Weighed<'_>, b: Weighed<'_>) -> Matches {
    let mut found = Vec::with_capacity(a.0.len().min(b.0.len()));
    let (mut left_a, mut left_b) = (Vec::new(), Vec::new());
    let (mut i, mut j) = (0, 0);
    while i < a.0.len() || j < b.0.len() {
        let order = match (a.0.get(i), b.0.get(j)) {
            (Some(x), Some(y)) => x.term.cmp(&y.term),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        if order.is_le() && order.is_ge() {
            found.push(Match { a: i, b: j, credit: 1.0 });
        } else if order.is_lt() && a.1[i] >= RARE {
            left_a.push(i);
        } else if order.is_gt() && b.1[j] >= RARE {
            left_b.push(j);
        }
        i += usize::from(order.is_le());
        j += usize::from(order.is_ge());
    }
    // Where nothing is shared, near spellings of single words do not make two sentences alike.
    let near = if found.is_empty() { Matches::default() } else { near(a.0, &left_a, b.0, &left_b) };
    found.extend(near.matches);
    Matches { matches: found, oppose: near.oppose }
}

/// Words looked at for near spellings, at most: what is longer is no sentence.
const LOOKED_AT: usize = 64;

/// Matches of words that are not the same, the surest first.
fn near(a: &[Word], left_a: &[usize], b: &[Word], left_b: &[usize]) -> Matches {
    let (mut found, mut oppose) = (Vec::new(), false);
    for &i in left_a.iter().take(LOOKED_AT) {
        for &j in left_b.iter().take(LOOKED_AT) {
            if a[i].groups.oppose(&b[j].groups) {
                oppose = true;
                continue;
            }
            let credit = credit(&a[i], &b[j]);
            if credit > 0.0 {
                found.push(Match { a: i, b: j, credit });
            }
        }
    }
    if found.len() > 1 {
        let key = |m: &Match| (a[m.a].term.min(b[m.b].term), a[m.a].term.max(b[m.b].term));
        found.sort_by(|x, y| y.credit.total_cmp(&x.credit).then_with(|| key(x).cmp(&key(y))));
        let (mut used_a, mut used_b) = (Vec::new(), Vec::new());
        found.retain(|m| {
            let free = !used_a.contains(&m.a) && !used_b.contains(&m.b);
            if free {
                used_a.push(m.a);
                used_b.push(m.b);
            }
            free
        });
    }
    Matches { matches: found, oppose }
}

/// How surely two words that are not the same term mean the same, 0 to 1.
fn credit(x: &Word, y: &Word) -> f32 {
    if x.kind == Kind::Number || y.kind == Kind::Number {
        let is_close = x.kind == y.kind
            && x.value.min(y.value) >= 100.0
            && (x.value - y.value).abs() <= 0.05 * x.value.max(y.value);
        return if is_close { 0.6 } else { 0.0 };
    }
    let is_name = x.kind == Kind::Name || y.kind == Kind::Name;
    if is_name && x.sound == y.sound && x.sound != 0 {
        return 0.95;
    }
    if x.head == y.head && x.head != 0 && spelling::is_derived(&x.form, &y.form) {
        return 0.85;
    }
    if x.groups.meet(&y.groups) {
        return KINDRED;
    }
    let (short, long) = (x.form.len().min(y.form.len()), x.form.len().max(y.form.len()));
    if short < 5 || long - short > 2 || (x.letters ^ y.letters).count_ones() > 3 {
        return 0.0;
    }
    spelling::near(&x.form, &y.form, if is_name { 0.8 } else { 0.88 }) as f32 * 0.9
}
