//! Whether two quantities are the same, and which of two sentences' quantities stand against each other.

use super::matching::Matching;
use super::numerals::Style;
use super::quantities::{Bound, Quantity, Reading, Scale};
use super::{Claim, Kind, Sides};

/// Slot likeness from which two different quantities are about one thing.
const SAME_SLOT: f32 = 0.45;
/// The same where each side has no other quantity of the kind left.
const ONLY_ONES: f32 = 0.25;
/// Coverage from which two sentences say the same in nearly the same words.
const SAME_SENTENCE: f32 = 0.45;
/// How far two values may be apart that are said to be about the same.
const ABOUT: f64 = 0.1;
/// How far a value may be from a round one that was not said to be round.
const ROUNDED: f64 = 0.006;
/// How far a value may be off after it was converted to another unit.
const CONVERTED: f64 = 0.04;

/// The claims on quantities, and the matches of their words.
pub(super) fn claims(sides: &Sides<'_>, matching: &mut Matching, found: &mut Vec<Claim>) {
    let (a, b) = (&sides.a.quantities, &sides.b.quantities);
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let mut pairs = Vec::new();
    for (i, x) in a.iter().enumerate() {
        for (j, y) in b.iter().enumerate().filter(|(_, y)| same(x, y)) {
            let slot = matching.slot(&sides.a.view, &x.words, &sides.b.view, &y.words);
            pairs.push((
                slot + if x.kind == y.kind { 1.0 } else { 0.0 } + if same_unit(x, y) { 0.5 } else { 0.0 },
                i,
                j,
            ));
        }
    }
    take_best(pairs, &mut free_a, &mut free_b, |_, i, j| {
        matching.join(a[i].words.start, b[j].words.start);
        found.push(claim(sides, Some(&a[i]), Some(&b[j]), Some(true)));
        true
    });
    // A value that the other side states elsewhere is contradicted only where the places are surely the same.
    let said_a: Vec<bool> = a.iter().map(|x| b.iter().any(|y| same(x, y) && x.kind == y.kind)).collect();
    let said_b: Vec<bool> = b.iter().map(|y| a.iter().any(|x| same(x, y) && x.kind == y.kind)).collect();
    let mut pairs = Vec::new();
    for (i, x) in a.iter().enumerate().filter(|&(i, x)| free_a[i] && can_differ(x)) {
        for (j, y) in b.iter().enumerate().filter(|&(j, y)| free_b[j] && can_differ(y)) {
            if let Some(kinship) = comparable(x, y) {
                let slot = matching.slot(&sides.a.view, &x.words, &sides.b.view, &y.words);
                let head = x.heads.iter().any(|head| y.heads.contains(head));
                let said = if said_a[i] || said_b[j] { 0.3 } else { 0.0 };
                pairs.push((slot + kinship - said + if head { 0.25 } else { 0.0 }, i, j));
            }
        }
    }
    let only = pairs.len() == 1 && !said_a[pairs[0].1] && !said_b[pairs[0].2];
    let (coverage, mut differ) = (matching.coverage, Vec::new());
    take_best(pairs, &mut free_a, &mut free_b, |score, i, j| {
        let differs = stand_against(score, coverage, only);
        if differs {
            differ.push((i, j));
        }
        differs
    });
    for (i, j) in differ {
        matching.join(a[i].words.start, b[j].words.start);
        found.push(claim(sides, Some(&a[i]), Some(&b[j]), Some(false)));
    }
    let silent = |free: &[bool], said: &[bool], at: usize| free[at] && !said[at];
    found.extend((0..a.len()).filter(|&i| silent(&free_a, &said_a, i)).map(|i| claim(sides, Some(&a[i]), None, None)));
    found.extend((0..b.len()).filter(|&j| silent(&free_b, &said_b, j)).map(|j| claim(sides, None, Some(&b[j]), None)));
}

/// Whether two different values of one kind are about one thing: they stand in one slot, or the sentences say the same
/// and neither has another value that the other lacks.
pub(super) fn stand_against(slot: f32, coverage: f32, only: bool) -> bool {
    let score = slot * (0.4 + coverage);
    score >= SAME_SLOT || only && (score >= ONLY_ONES || coverage >= SAME_SENTENCE)
}

/// Takes pairs one to one, the best first; `take` says whether a pair is taken.
pub(super) fn take_best(
    mut pairs: Vec<(f32, usize, usize)>,
    free_a: &mut [bool],
    free_b: &mut [bool],
    mut take: impl FnMut(f32, usize, usize) -> bool,
) {
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    for (score, i, j) in pairs {
        if free_a[i] && free_b[j] && take(score, i, j) {
            (free_a[i], free_b[j]) = (false, false);
        }
    }
}

fn claim(sides: &Sides<'_>, a: Option<&Quantity>, b: Option<&Quantity>, agree: Option<bool>) -> Claim {
    // Of two kinds the more specific one, whichever side has it.
    let kind = a.into_iter().chain(b).map(|quantity| quantity.kind).max().unwrap_or(Kind::Number);
    let stated = |quantity: Option<&Quantity>| quantity.map(Quantity::value);
    let (x, y) = (a.map(|quantity| &quantity.words), b.map(|quantity| &quantity.words));
    sides.claim(kind, agree, x.zip(stated(a)), y.zip(stated(b)))
}

/// Whether a quantity states a value that another can contradict.
fn can_differ(quantity: &Quantity) -> bool {
    quantity.style != Style::Times
}

/// Whether two different quantities can be about one thing, and how near they are.
fn comparable(x: &Quantity, y: &Quantity) -> Option<f32> {
    let mut best: Option<f32> = None;
    for r in &x.readings {
        for s in &y.readings {
            let kinship = match (r.scale, s.scale) {
                // A part is a part of something, and can be any number of things.
                (Scale::Count, _) if y.style == Style::Part && x.style != Style::Part => continue,
                (_, Scale::Count) if x.style == Style::Part && y.style != Style::Part => continue,
                (Scale::Count, Scale::Count) => 0.0,
                (Scale::Measure("points"), Scale::Percent) | (Scale::Percent, Scale::Measure("points")) => 0.0,
                (Scale::Measure(_), Scale::Measure(_)) if r.scale != s.scale => continue,
                (Scale::Money(_), Scale::Money(_)) if r.scale != s.scale => -0.1,
                (Scale::Code, Scale::Code) if x.letters != y.letters => continue,
                (x, y) if x == y => 0.1,
                // A unit was lost or was never there.
                (Scale::Count, Scale::Percent | Scale::Money(_) | Scale::Measure(_))
                | (Scale::Percent | Scale::Money(_) | Scale::Measure(_), Scale::Count) => -0.15,
                _ => continue,
            };
            best = Some(best.map_or(kinship, |best| best.max(kinship)));
        }
    }
    let weak = |quantity: &&&Quantity| matches!(quantity.style, Style::Weak | Style::Magnitude);
    let weak = [x, y].iter().filter(weak).count();
    best.map(|best| best - 0.15 * weak as f32)
}

fn same_unit(x: &Quantity, y: &Quantity) -> bool {
    x.readings.iter().any(|r| y.readings.iter().any(|s| r.scale == s.scale && r.factor == s.factor))
}

/// Whether two quantities state the same, after conversion, rounding and bounds.
pub(super) fn same(x: &Quantity, y: &Quantity) -> bool {
    if x.style == Style::Magnitude || y.style == Style::Magnitude {
        return x.readings.iter().any(|r| y.readings.iter().any(|s| same_magnitude(x, r, y, s)));
    }
    if x.style == Style::Code || y.style == Style::Code {
        let values = x.readings.first().zip(y.readings.first()).is_some_and(|(r, s)| r.low == s.low);
        return values && (x.letters == y.letters || x.style != y.style);
    }
    x.readings
        .iter()
        .any(|r| y.readings.iter().any(|s| same_scale(r.scale, s.scale) && same_value(x.bound, r, y.bound, s)))
}

fn same_scale(x: Scale, y: Scale) -> bool {
    match (x, y) {
        // A unit can be said once for many numbers, or be understood.
        (Scale::Count, Scale::Percent | Scale::Money(_) | Scale::Measure(_) | Scale::Order)
        | (Scale::Percent | Scale::Money(_) | Scale::Measure(_) | Scale::Order, Scale::Count)
        | (Scale::Money("any"), Scale::Money(_))
        | (Scale::Money(_), Scale::Money("any")) => true,
        _ => x == y,
    }
}

fn same_magnitude(x: &Quantity, r: &Reading, y: &Quantity, s: &Reading) -> bool {
    let (vague, exact) = if x.style == Style::Magnitude { (r, s) } else { (s, r) };
    let both = x.style == y.style;
    if both { r.low == s.low } else { same_scale(r.scale, s.scale) && (1.0..100.0).contains(&(exact.low / vague.low)) }
}

/// A bare number read as one of the units of another.
fn in_units_of(bare: &Reading, other: &Reading) -> Reading {
    let factor = other.factor;
    Reading { low: bare.low * factor, high: bare.high * factor, step: bare.step * factor, factor, ..*bare }
}

fn same_value(x: Bound, r: &Reading, y: Bound, s: &Reading) -> bool {
    // A number without its unit is taken as one of the other's units.
    let (r, s) = match (r.scale == Scale::Count, s.scale == Scale::Count) {
        (true, false) => (&in_units_of(r, s), s),
        (false, true) => (r, &in_units_of(s, r)),
        _ => (r, s),
    };
    let is_range = |reading: &Reading| reading.high > reading.low;
    let close = |v: f64, w: f64, by: f64| (v - w).abs() <= by * v.abs().max(w.abs()) + 1e-9;
    if is_range(r) && is_range(s) {
        return close(r.low, s.low, CONVERTED * f64::from(r.factor != s.factor))
            && close(r.high, s.high, CONVERTED * f64::from(r.factor != s.factor));
    }
    if is_range(r) || is_range(s) {
        let (range, one) = if is_range(r) { (r, s) } else { (s, r) };
        return (range.low..=range.high).contains(&one.low);
    }
    let (v, w) = (r.low, s.low);
    if r.factor != s.factor {
        // Converted: as exact as the last place of the coarser of the two.
        let coarse = 0.5 * r.step.max(s.step).min(0.1 * v.abs().max(w.abs()));
        return close(v, w, CONVERTED) || (v - w).abs() <= coarse;
    }
    if close(v, w, 0.0) {
        return true;
    }
    match (x, y) {
        (Bound::AtLeast, Bound::Exact | Bound::About) if w > v && w <= 1.5 * v && is_rounder(v, w) => true,
        (Bound::Exact | Bound::About, Bound::AtLeast) if v > w && v <= 1.5 * w && is_rounder(w, v) => true,
        (Bound::AtMost, Bound::Exact | Bound::About) if w < v && 1.5 * w >= v && is_rounder(v, w) => true,
        (Bound::Exact | Bound::About, Bound::AtMost) if v < w && 1.5 * v >= w && is_rounder(w, v) => true,
        (Bound::About, _) if is_rounder(v, w) => close(v, w, ABOUT),
        (_, Bound::About) if is_rounder(w, v) => close(v, w, ABOUT),
        _ => close(v, w, ROUNDED) && (rounds_to(v, w) || rounds_to(w, v)),
    }
}

/// Significant digits of a number.
fn digits(value: f64) -> usize {
    let shown = format!("{:.0}", value.abs() * 1000.0);
    shown.trim_end_matches('0').len()
}

fn is_rounder(round: f64, other: f64) -> bool {
    digits(round) < digits(other)
}

/// Whether `round` is `value` with fewer digits.
fn rounds_to(value: f64, round: f64) -> bool {
    let (many, few) = (digits(value), digits(round));
    if few >= many || value <= 0.0 {
        return false;
    }
    let unit = 10_f64.powf(value.log10().floor() + 1.0 - few as f64);
    ((value / unit).round() * unit - round).abs() < 1e-6 * round.abs()
}
