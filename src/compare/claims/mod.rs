//! What linked sentences state, and whether they agree: numbers, money, shares, measures, dates, names, polarity,
//! gender, questions, quotations.

use super::alignment::Link;
use super::text::Text;
use crate::document::Span;

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
}

/// The claims of linked sentences, in the order of the links.
#[must_use]
pub fn claims(_a: &Text, _b: &Text, _links: &[Link]) -> Vec<Claim> {
    Vec::new()
}
