//! What linked sentences state, and whether they agree: numbers, money, shares, measures, dates, names, polarity,
//! gender, questions, quotations.

mod dates;
mod digits;
mod forms;
mod gender;
mod matching;
mod names;
mod numbers;
mod numerals;
mod polarity;
mod quantities;
mod questions;
mod quotations;
mod units;
mod view;

use std::ops::Range;

use jiff::civil;

use super::alignment::Link;
use super::text::Text;
use crate::document::Span;
use crate::statistics::weights::Weights;

use dates::Date;
use matching::Matching;
use quantities::Quantity;
use view::View;

/// What kind of thing is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A count.
    Number,
    /// An amount of money.
    Money,
    /// A share.
    Percent,
    /// A number with a unit.
    Measure,
    /// A day, a month, a year.
    Date,
    /// Who or what is named.
    Name,
    /// Whether something is so.
    Negation,
    /// He or she.
    Gender,
    /// Question or statement.
    Question,
    /// What somebody is quoted with.
    Quotation,
}

impl Kind {
    /// The name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Measure => "measure",
            Self::Date => "date",
            Self::Name => "name",
            Self::Negation => "negation",
            Self::Gender => "gender",
            Self::Question => "question",
            Self::Quotation => "quotation",
        }
    }
}

/// What one side says and the other says, too, says otherwise, or does not say.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Its kind.
    pub kind: Kind,
    /// Whether both say the same; none where one side is silent.
    pub agree: Option<bool>,
    /// Where the one text says it, in code points.
    pub a: Option<Span>,
    /// Where the other does.
    pub b: Option<Span>,
    /// What the one states, in one form for all ways to say it: `15000 length` for 15 km, `2021-10-08`, `female`. Two
    /// that agree within rounding or bounds keep their own.
    pub a_value: Option<String>,
    /// What the other states.
    pub b_value: Option<String>,
}

/// What one side of a link states.
#[derive(Debug)]
struct Side<'t> {
    view: View<'t>,
    dates: Vec<Date>,
    quantities: Vec<Quantity>,
    /// Words of dates and quantities, which are no names.
    taken: Vec<Range<usize>>,
}

#[derive(Debug)]
struct Sides<'t> {
    a: Side<'t>,
    b: Side<'t>,
}

impl Sides<'_> {
    /// A claim made by these words of both sides, with what they state.
    fn claim(
        &self,
        kind: Kind,
        agree: Option<bool>,
        a: Option<(&Range<usize>, String)>,
        b: Option<(&Range<usize>, String)>,
    ) -> Claim {
        Claim {
            kind,
            agree,
            a: a.as_ref().map(|(words, _)| self.a.view.span(words)),
            b: b.as_ref().map(|(words, _)| self.b.view.span(words)),
            a_value: a.map(|(_, value)| value),
            b_value: b.map(|(_, value)| value),
        }
    }
}

impl<'t> Side<'t> {
    fn new(text: &'t Text, sentences: &[usize], weights: &Weights, published: Option<civil::Date>) -> Self {
        let view = View::new(text, sentences, weights);
        let dates = dates::dates(&view, published);
        let mut taken: Vec<_> = dates.iter().map(|date| date.words.clone()).collect();
        let quantities = quantities::quantities(&view, &taken);
        taken.extend(quantities.iter().map(|quantity| quantity.words.clone()));
        Self { view, dates, quantities, taken }
    }
}

/// The claims of linked sentences, in the order of the links. Two texts of one sentence each are taken for linked.
/// `published` are the days on which the two texts came out, as far as they are known: weekdays and "yesterday" are
/// dates then.
#[must_use]
pub fn claims(
    a: &Text,
    b: &Text,
    links: &[Link],
    weights: &Weights,
    published: [Option<civil::Date>; 2],
) -> Vec<Claim> {
    let mut found = Vec::new();
    let mut look = |of_a: &[usize], of_b: &[usize]| {
        let a = Side::new(a, of_a, weights, published[0]);
        let b = Side::new(b, of_b, weights, published[1]);
        of_link(&Sides { a, b }, &mut found);
    };
    if links.is_empty() && a.sentences.len() == 1 && b.sentences.len() == 1 {
        look(&[0], &[0]);
    }
    links.iter().for_each(|link| look(&link.a, &link.b));
    found
}

fn of_link(sides: &Sides<'_>, found: &mut Vec<Claim>) {
    let mut matching = Matching::new(&sides.a.view, &sides.b.view);
    numbers::claims(sides, &mut matching, found);
    dates::claims(sides, &mut matching, found);
    names::claims(sides, &mut matching, found);
    gender::claims(sides, &matching, found);
    polarity::claims(sides, &mut matching, found);
    quotations::claims(sides, &matching, found);
    questions::claims(sides, found);
}

#[cfg(test)]
mod tests;
