//! Counts, amounts, shares and measures: a number with what it counts.

use std::ops::Range;

use super::Kind;
use super::numerals::{self, Numeral, Style};
use super::units::{self, Unit};
use super::view::View;
use crate::features::terms::Term;

/// A number with what it counts.
#[derive(Debug, Clone)]
pub(super) struct Quantity {
    /// The words that state it, its unit included.
    pub(super) words: Range<usize>,
    /// The kind of claim.
    pub(super) kind: Kind,
    /// What it can mean: more than one where the writing leaves that open.
    pub(super) readings: Vec<Reading>,
    /// How the value is bounded.
    pub(super) bound: Bound,
    /// How the number is written.
    pub(super) style: Style,
    /// The next words that say something: what is counted.
    pub(super) heads: Vec<Term>,
    /// The letters of a designation.
    pub(super) letters: Option<String>,
}

/// One meaning of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Reading {
    /// What is counted.
    pub(super) scale: Scale,
    /// Lowest value, in the base unit.
    pub(super) low: f64,
    /// Highest value; the lowest, but for a range.
    pub(super) high: f64,
    /// What one more in the last place that is written would add.
    pub(super) step: f64,
    /// How many of the base unit the unit is.
    pub(super) factor: f64,
}

/// What a number is a number of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scale {
    /// Things.
    Count,
    /// A place in an order.
    Order,
    /// Hundredths.
    Percent,
    /// Money of a currency.
    Money(&'static str),
    /// A dimension.
    Measure(&'static str),
    /// Minutes of a day.
    Clock,
    /// A designation.
    Code,
}

/// How a value is bounded by the words before or behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// As stated.
    Exact,
    /// About, some, nearly.
    About,
    /// More than, at least.
    AtLeast,
    /// Less than, up to.
    AtMost,
}

impl Quantity {
    /// The value in the base unit and what is counted: `300`, `300..400`, `15000 length`, `5000000 dollar`.
    pub(super) fn value(&self) -> String {
        let Some(reading) = self.readings.first() else { return String::new() };
        let rounded = |value: f64| (value * 1000.0).round() / 1000.0;
        let number = if reading.high > reading.low {
            format!("{}..{}", rounded(reading.low), rounded(reading.high))
        } else {
            rounded(reading.low).to_string()
        };
        match reading.scale {
            Scale::Count => number,
            Scale::Order => format!("{number} in order"),
            Scale::Percent => format!("{number} %"),
            Scale::Money(unit) | Scale::Measure(unit) => format!("{number} {unit}"),
            Scale::Clock => format!("{:02}:{:02}", reading.low as u32 / 60, reading.low as u32 % 60),
            Scale::Code => format!("{} {number}", self.letters.as_deref().unwrap_or_default()),
        }
    }
}

/// The quantities of `view`, but for the words that `taken` says are stated otherwise.
pub(super) fn quantities(view: &View<'_>, taken: &[Range<usize>]) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut numerals = numerals::numerals(view);
    numerals.retain(|numeral| {
        !taken.iter().any(|range| range.start < numeral.words.end && numeral.words.start < range.end)
    });
    let mut rest = numerals.as_slice();
    while let Some((numeral, after)) = rest.split_first() {
        rest = after;
        let upper = after.first().filter(|next| is_range(view, numeral, next));
        if upper.is_some() {
            rest = &after[1..];
        }
        found.push(quantity(view, numeral, upper));
    }
    found
}

/// Whether two numbers are the ends of a range; the same unit may stand behind both.
fn is_range(view: &View<'_>, from: &Numeral, to: &Numeral) -> bool {
    let plain = |numeral: &Numeral| matches!(numeral.style, Style::Digits | Style::Words | Style::Weak);
    let (mut one, mut other) = (from.words.clone(), to.words.clone());
    let (unit, unit_of_both) = (units_of(view, &mut one, from), units_of(view, &mut other, to));
    let rises = plain(from) && plain(to) && from.value < to.value;
    rises && (unit.is_empty() || unit == unit_of_both) && numerals::joins_range(view, one, to)
}

fn quantity(view: &View<'_>, numeral: &Numeral, upper: Option<&Numeral>) -> Quantity {
    let last = upper.unwrap_or(numeral);
    let mut words = numeral.words.start..last.words.end;
    let units = units_of(view, &mut words, last);
    // "5 to 10 million" means millions both times.
    let lift = upper.map_or(1.0, |to| if to.step >= 1000.0 && numeral.value < 1000.0 { to.step } else { 1.0 });
    let low = if lift > 1.0 && numeral.step <= 1.0 { numeral.value * lift } else { numeral.value };
    let high = upper.map_or(low, |to| to.value);
    let (mut readings, mut fahrenheit) = (Vec::new(), false);
    let mut read = |scale, factor: f64, by: f64| {
        readings.push(Reading {
            scale,
            low: low * by * factor,
            high: high * by * factor,
            step: last.step * by * factor,
            factor,
        });
        if let (Some(other), None) = (numeral.other, upper) {
            readings.push(Reading { scale, low: other * factor, high: other * factor, step: factor, factor });
        }
    };
    match numeral.style {
        Style::Code => read(Scale::Code, 1.0, 1.0),
        Style::Clock => read(Scale::Clock, 1.0, 1.0),
        Style::Ordinal => read(Scale::Order, 1.0, 1.0),
        _ if units.is_empty() => read(Scale::Count, 1.0, 1.0),
        _ => units.iter().for_each(|unit| match *unit {
            Unit::Percent => read(Scale::Percent, 1.0, 1.0),
            Unit::Money(currency) => read(Scale::Money(currency), 1.0, 1.0),
            Unit::Measure("fahrenheit", _) => fahrenheit = true,
            Unit::Measure(dimension, factor) => read(Scale::Measure(dimension), factor, 1.0),
        }),
    }
    if numeral.style == Style::Part && units.is_empty() {
        read(Scale::Percent, 1.0, 100.0);
    }
    // "5m" without a currency: five million of something, or five metres.
    if numeral.tail.as_deref() == Some("m") {
        read(Scale::Count, 1.0, 1e6);
        read(Scale::Money("any"), 1.0, 1e6);
    }
    if fahrenheit {
        let celsius = |degrees: f64| (degrees - 32.0) / 1.8;
        let (low, high) = (celsius(low), celsius(high));
        let scale = Scale::Measure("temperature");
        readings.push(Reading { scale, low, high, step: last.step / 1.8, factor: 1.0 / 1.8 });
    }
    let kind = match readings.first().map(|reading| reading.scale) {
        Some(Scale::Percent) => Kind::Percent,
        Some(Scale::Money(_)) => Kind::Money,
        Some(Scale::Measure(_)) => Kind::Measure,
        Some(Scale::Clock) => Kind::Date,
        _ => Kind::Number,
    };
    let bound = bound(view, &words);
    Quantity {
        kind,
        readings,
        bound,
        style: numeral.style,
        heads: heads(view, words.end),
        letters: numeral.tail.clone(),
        words,
    }
}

/// What the number counts; widens `words` by the words that name it.
fn units_of(view: &View<'_>, words: &mut Range<usize>, last: &Numeral) -> Vec<Unit> {
    if matches!(last.style, Style::Clock | Style::Code) {
        return Vec::new();
    }
    let before = view.words.get(words.start).map_or("", |word| word.before);
    if let Some(found) = units::sign(before, true).filter(|found| matches!(found.first(), Some(Unit::Money(_)))) {
        return found.to_vec();
    }
    if let Some(tail) = last.tail.as_deref() {
        return units::units(tail).to_vec();
    }
    let after = words.end.checked_sub(1).and_then(|last| view.words.get(last)).map_or("", |word| word.after);
    if let Some(found) = units::sign(after, false) {
        return found.to_vec();
    }
    // A code before the number: PLN 103.
    let code = words.start.checked_sub(1).and_then(|at| view.words.get(at)).filter(|word| word.runs_on());
    if let Some(word) = code.filter(|word| word.is_capital || &*word.form == "rs") {
        let found = units::units(&word.form);
        if word.form.len() <= 3 && matches!(found.first(), Some(Unit::Money(_))) {
            words.start -= 1;
            return found.to_vec();
        }
    }
    if matches!(last.style, Style::Ordinal | Style::Times)
        || !after.chars().all(|c| c.is_whitespace() || super::view::is_hyphen(c))
    {
        return Vec::new();
    }
    // An adjective of the country may stand before the name of its money; "full", "more" before any unit.
    for skip in 0..=1 {
        let at = words.end + skip;
        if skip == 1
            && !view
                .words
                .get(words.end)
                .is_some_and(|word| word.runs_on() && (word.is_capital || MORE.contains(&&*word.form)))
        {
            break;
        }
        if let Some((found, end)) = units::named(view, at) {
            if skip == 1 && view.words[words.end].is_capital && !matches!(found.first(), Some(Unit::Money(_))) {
                break;
            }
            words.end = end;
            return found.to_vec();
        }
    }
    Vec::new()
}

const MORE: [&str; 8] = ["more", "full", "long", "additional", "extra", "consecutive", "straight", "further"];

/// Words behind a number that are asked what is counted.
const HEADS: usize = 4;

fn heads(view: &View<'_>, end: usize) -> Vec<Term> {
    let words = view.words.iter().skip(end).take(HEADS);
    words.filter(|word| word.is_content()).map(|word| word.term).collect()
}

fn bound(view: &View<'_>, words: &Range<usize>) -> Bound {
    let one = view.form_before(words.start, 1);
    let two = view.form_before(words.start, 2);
    let next = (view.form(words.end), view.form(words.end + 1));
    let sign = view.words.get(words.start).map_or("", |word| word.before).trim();
    match (two, one) {
        ("more", "than") | ("greater", "than") | ("higher", "than") | ("at", "least") | ("upwards", "of") => {
            Bound::AtLeast
        }
        ("less", "than") | ("fewer", "than") | ("lower", "than") | ("up", "to") | ("at", "most") => Bound::AtMost,
        ("close", "to") | ("an", "estimated") | ("in", "excess") => Bound::About,
        (
            _,
            "over" | "above" | "exceeding" | "exceed" | "exceeds" | "exceeded" | "surpassing" | "surpassed" | "minimum"
            | "least",
        ) => Bound::AtLeast,
        (_, "under" | "below" | "maximum" | "within") => Bound::AtMost,
        (
            _,
            "about" | "around" | "some" | "approximately" | "roughly" | "nearly" | "almost" | "circa" | "estimated"
            | "approx" | "nearby" | "ca",
        ) => Bound::About,
        _ if sign.ends_with(['~', '≈']) => Bound::About,
        _ if next == ("or", "more") || next == ("or", "so") => Bound::AtLeast,
        _ => Bound::Exact,
    }
}
