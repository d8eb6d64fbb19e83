//! Units of measure and currencies, from the tables in `data/rules`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::view::View;

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unit {
    /// A measure: its dimension, and how many of the base unit one is.
    Measure(&'static str, f64),
    /// Money, in this currency.
    Money(&'static str),
    /// Hundredths.
    Percent,
}

const UNITS: &str = include_str!("../../../data/rules/units.tsv");
const CURRENCIES: &str = include_str!("../../../data/rules/currencies.tsv");

static TABLE: LazyLock<FxHashMap<&'static str, Vec<Unit>>> = LazyLock::new(|| {
    let mut table: FxHashMap<&'static str, Vec<Unit>> = FxHashMap::default();
    for line in UNITS.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let (Some(dimension), Some(factor)) = (fields.next(), fields.next()) else { continue };
        for form in fields {
            table.entry(form).or_default().push(Unit::Measure(dimension, factor.parse().unwrap_or(1.0)));
        }
    }
    for line in CURRENCIES.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split('\t');
        let Some(currency) = fields.next() else { continue };
        fields.for_each(|form| table.entry(form).or_default().push(Unit::Money(currency)));
    }
    for form in ["percent", "per cent", "pct", "%", "pc"] {
        table.entry(form).or_default().push(Unit::Percent);
    }
    table
});

/// Words in the longest name of a unit.
const LONGEST: usize = 3;

/// What a word or a sign can count; more than one for a pound.
pub(super) fn units(form: &str) -> &'static [Unit] {
    TABLE.get(form).map_or(&[], Vec::as_slice)
}

/// Whether a word is a unit.
pub(super) fn is_unit(form: &str) -> bool {
    !units(form).is_empty()
}

/// The units named from word `at` on, and where the name ends.
pub(super) fn named(view: &View<'_>, at: usize) -> Option<(&'static [Unit], usize)> {
    let mut name = String::new();
    let mut found = None;
    for end in at..at + LONGEST {
        let Some(word) = view.words.get(end) else { break };
        name.push_str(&word.form);
        let units = units(&name);
        if !units.is_empty() {
            found = Some((units, end + 1));
        }
        if !word.runs_on() {
            break;
        }
        name.push(' ');
    }
    found
}

/// The currency whose sign ends this gap, or begins it.
pub(super) fn sign(gap: &str, at_end: bool) -> Option<&'static [Unit]> {
    let gap = if at_end { gap.trim_end() } else { gap.trim_start() };
    let sign = if at_end { gap.chars().next_back() } else { gap.chars().next() }?;
    let found = units(sign.encode_utf8(&mut [0; 4]));
    matches!(found.first(), Some(Unit::Money(_) | Unit::Percent)).then_some(found)
}
