//! Numbers as they are written, in digits and in words.

use std::ops::Range;

use super::digits;
use super::view::{View, Word, is_hyphen};

/// A number and the words that write it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Numeral {
    /// The words.
    pub(super) words: Range<usize>,
    /// Its value.
    pub(super) value: f64,
    /// What one more in the last place that is written would add.
    pub(super) step: f64,
    /// Another value that the same digits can have: `272.000` in a text that groups by full stops.
    pub(super) other: Option<f64>,
    /// How it is written.
    pub(super) style: Style,
    /// Letters behind the digits in the same word, which are a unit: `15km`.
    pub(super) tail: Option<String>,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// In digits.
    Digits,
    /// In words.
    Words,
    /// With a place in an order: 3rd, third.
    Ordinal,
    /// A part: half, two thirds.
    Part,
    /// Times: once, twice.
    Times,
    /// An article or a pronoun as well as a number: one, a.
    Weak,
    /// An order of magnitude: dozens, hundreds of thousands.
    Magnitude,
    /// Part of a designation, as in 802.11n, Covid-19 or Boat7: the letters are kept, and nothing is rounded.
    Code,
    /// Digits joined by a colon, or with a.m. or p.m.: hour and minute, the value in minutes.
    Clock,
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// The places in an order up to the twentieth.
pub(super) const ORDINALS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// The numbers of `view`, in order; none shares a word with another.
pub(super) fn numerals(view: &View<'_>) -> Vec<Numeral> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < view.words.len() {
        match numeral(view, at) {
            Some(numeral) => {
                at = numeral.words.end.max(at + 1);
                found.push(numeral);
            }
            None => at += 1,
        }
    }
    found
}

fn numeral(view: &View<'_>, at: usize) -> Option<Numeral> {
    digits::code(view, at)
        .or_else(|| digits::clock(view, at))
        .or_else(|| magnitude(view, at))
        .or_else(|| part(view, at))
        .or_else(|| cardinal(view, at))
        .or_else(|| ordinal(view, at))
        .or_else(|| times(view, at))
}

/// The power of ten, or the dozen, that a word stands for.
pub(super) fn scale(form: &str) -> Option<f64> {
    Some(match form {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "mn" | "mln" | "mio" => 1e6,
        "billion" | "bn" | "bln" | "milliard" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        "lakh" | "lakhs" => 1e5,
        "crore" | "crores" => 1e7,
        _ => return None,
    })
}

fn small(form: &str) -> Option<f64> {
    SMALL.iter().position(|&name| name == form).map(|value| value as f64)
}

fn tens(form: &str) -> Option<f64> {
    TENS.iter().position(|&name| name == form).map(|at| 10.0 * (at + 2) as f64)
}

/// A cardinal: digits with a word of scale behind them, or words.
pub(super) fn cardinal(view: &View<'_>, at: usize) -> Option<Numeral> {
    let word = view.words.get(at)?;
    if word.is_digits() {
        return Some(digits::digits(view, at)?.scaled(view));
    }
    let (mut total, mut group, mut last, mut end) = (0.0, 0.0, f64::INFINITY, at);
    let mut step = 1.0;
    let leads = matches!(&*word.form, "a" | "an" | "several" | "few");
    if leads {
        scale(view.form(at + 1)).filter(|_| word.runs_on() && &*word.form == "a")?;
        (group, end, last) = (1.0, at + 1, 2.0);
    }
    while let Some(word) = view.words.get(end) {
        let form = &*word.form;
        if let Some(value) = small(form).filter(|&value| last >= 20.0 && (value < 10.0 || last >= 100.0)) {
            (group, last, step) = (group + value, value.max(1.0), 1.0);
        } else if let Some(value) = tens(form).filter(|_| last >= 100.0) {
            (group, last, step) = (group + value, value, 1.0);
        } else if let Some(value) = scale(form).filter(|_| end > at) {
            let many = if group == 0.0 { 1.0 } else { group };
            if value == 100.0 {
                group = many * value;
            } else {
                (total, group) = (total + many * value, 0.0);
            }
            (last, step) = (f64::INFINITY, value);
        } else {
            break;
        }
        end += 1;
        if !word.runs_on() {
            break;
        }
        let is_and = view.form(end) == "and" && last >= 100.0 && last.is_infinite();
        let goes_on = small(view.form(end + 1)).is_some() || tens(view.form(end + 1)).is_some();
        if is_and && goes_on && view.words.get(end).is_some_and(Word::runs_on) {
            end += 1;
        }
    }
    let plural_scale = end > at && view.form(end).ends_with('s');
    if end == at || plural_scale && scale(view.form(end).trim_end_matches('s')).is_some() {
        return None;
    }
    let is_one = end == at + 1 && matches!(&*word.form, "one" | "zero");
    let style = if is_one { Style::Weak } else { Style::Words };
    let mut found = Numeral { words: at..end, value: total + group, step, other: None, style, tail: None };
    found.add_half(view);
    Some(found)
}

impl Numeral {
    /// With the scale that the words behind its digits say: 5.2 million, 5m.
    fn scaled(mut self, view: &View<'_>) -> Self {
        if let Some(by) = self.tail.as_deref().and_then(scale) {
            self.multiply(by);
            self.tail = None;
        }
        while self.tail.is_none() && view.words.get(self.words.end - 1).is_some_and(Word::runs_on) {
            let Some(by) = scale(view.form(self.words.end)) else { break };
            self.multiply(by);
            self.words.end += 1;
        }
        self.add_half(view);
        self
    }

    fn multiply(&mut self, by: f64) {
        self.value *= by;
        self.step *= by;
        self.other = None;
    }

    /// "and a half" behind a number.
    fn add_half(&mut self, view: &View<'_>) {
        let end = self.words.end;
        if view.form(end) == "and" && view.form(end + 1) == "a" && view.form(end + 2) == "half" {
            self.value += 0.5 * self.step.max(1.0);
            self.words.end += 3;
            self.step *= 0.5;
        }
    }
}

/// Halves, thirds, quarters: "half", "two-thirds", "a quarter".
fn part(view: &View<'_>, at: usize) -> Option<Numeral> {
    let found = |words: Range<usize>, value: f64| {
        Some(Numeral { words, value, step: value, other: None, style: Style::Part, tail: None })
    };
    let form = view.form(at);
    if matches!(form, "½" | "¼" | "¾") {
        return found(at..at + 1, [0.5, 0.25, 0.75][["½", "¼", "¾"].iter().position(|&sign| sign == form)?]);
    }
    let count = match form {
        "a" | "an" | "one" => Some(1.0),
        _ => small(form),
    };
    let joined = view.words.get(at).is_some_and(Word::runs_on);
    if let (Some(count), true) = (count, joined) {
        let name = view.form(at + 1);
        let parts = denominator(name)?;
        // "A third man" has no part, "a third of" has.
        let is_part = matches!(name, "half" | "quarter") || name.ends_with('s') || view.form(at + 2) == "of";
        return if is_part { scaled_part(view, at..at + 2, count / parts) } else { None };
    }
    if form == "half" && view.form_before(at, 1) != "second" && view.form_before(at, 1) != "first" {
        return scaled_part(view, at..at + 1, 0.5);
    }
    None
}

/// A part of a number or of a span of time: half a million, quarter of a century.
fn scaled_part(view: &View<'_>, words: Range<usize>, value: f64) -> Option<Numeral> {
    let mut end = words.end;
    if view.form(end) == "of" && view.form(end + 1) == "a" {
        end += 1;
    }
    let mut numeral = Numeral { words, value, step: value, other: None, style: Style::Part, tail: None };
    if view.form(end) == "a" || view.form(end) == "an" {
        match scale(view.form(end + 1)) {
            Some(by) => {
                numeral.multiply(by);
                (numeral.words.end, numeral.style) = (end + 2, Style::Words);
            }
            // The unit follows and is read by whoever reads units.
            None if super::units::is_unit(view.form(end + 1)) => {
                (numeral.words.end, numeral.style) = (end + 1, Style::Words);
            }
            None => (),
        }
    }
    Some(numeral)
}

fn denominator(form: &str) -> Option<f64> {
    Some(match form.strip_suffix('s').unwrap_or(form) {
        "half" | "halve" => 2.0,
        "third" => 3.0,
        "quarter" => 4.0,
        "fourth" => 4.0,
        "fifth" => 5.0,
        "sixth" => 6.0,
        "seventh" => 7.0,
        "eighth" => 8.0,
        "ninth" => 9.0,
        "tenth" => 10.0,
        _ => return None,
    })
}

/// A place in an order, in words.
fn ordinal(view: &View<'_>, at: usize) -> Option<Numeral> {
    let of = |form: &str| ORDINALS.iter().position(|&name| name == form).map(|at| (at + 1) as f64);
    let form = view.form(at);
    let found =
        |value, end| Some(Numeral { words: at..end, value, step: 1.0, other: None, style: Style::Ordinal, tail: None });
    if let Some(value) = of(form) {
        return found(value, at + 1);
    }
    let round = form.strip_suffix("ieth").and_then(|stem| tens(&format!("{stem}y")));
    round.and_then(|value| found(value, at + 1))
}

/// How many times.
fn times(view: &View<'_>, at: usize) -> Option<Numeral> {
    let value = match view.form(at) {
        "twice" | "double" | "doubled" | "doubling" => 2.0,
        "thrice" | "triple" | "tripled" => 3.0,
        "both" | "pair" | "couple" => 2.0,
        "single" => 1.0,
        _ => return None,
    };
    Some(Numeral { words: at..at + 1, value, step: 1.0, other: None, style: Style::Times, tail: None })
}

/// Orders of magnitude: dozens, tens of thousands, hundreds of millions.
fn magnitude(view: &View<'_>, at: usize) -> Option<Numeral> {
    let plural =
        |form: &str| form.strip_suffix('s').and_then(|form| if form == "ten" { Some(10.0) } else { scale(form) });
    let mut value = plural(view.form(at))?;
    let mut end = at + 1;
    while view.form(end) == "of" {
        let Some(by) = plural(view.form(end + 1)) else { break };
        (value, end) = (value * by, end + 2);
    }
    Some(Numeral { words: at..end, value, step: value, other: None, style: Style::Magnitude, tail: None })
}

/// Whether a number, its words with its unit, and the one behind it are the two ends of a range: 3-4, 3 m to 4 m.
pub(super) fn joins_range(view: &View<'_>, from: Range<usize>, to: &Numeral) -> bool {
    let Some(last) = from.end.checked_sub(1).and_then(|last| view.words.get(last)) else { return false };
    let blank = |text: &str| text.trim().is_empty();
    let dash = !last.after.trim().is_empty() && last.after.trim().chars().all(|c| is_hyphen(c) || c == '—');
    let word = to.words.start == from.end + 1 && blank(last.after) && {
        let join = view.form(from.end);
        let between = view.form_before(from.start, 1) == "between";
        join == "to" || join == "and" && between || join == "or"
    };
    to.words.start == from.end && dash || word
}
