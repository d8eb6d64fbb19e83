//! Typed tokens: the numbers, dates and names of a text. Two reports from one form share their words and not these.

use crate::document::Word;
use crate::document::words::mix;

/// What kind of thing a fact states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number in digits.
    Number,
    /// A number beside the name of a month.
    Date,
    /// A capitalised word where the position does not ask for a capital.
    Name,
}

/// A fact and the word at which it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Its kind.
    pub kind: Kind,
    /// Equal for equal facts.
    pub key: u32,
    /// Index of its word.
    pub at: usize,
}

/// Share of capitalised words above which capitals say nothing: headlines, texts in capitals.
const MOSTLY_CAPITALS: f64 = 0.5;

/// The facts of a text, in order. Texts written in capitals have no names.
pub fn facts(words: &[Word]) -> impl Iterator<Item = Fact> {
    let capitals = words.iter().filter(|word| word.is_name()).count();
    let cased = (capitals as f64) < MOSTLY_CAPITALS * words.len() as f64;
    words.iter().enumerate().filter_map(move |(at, word)| {
        if word.is_number() {
            let month =
                at.checked_sub(1).and_then(|before| month(words[before])).or_else(|| month(*words.get(at + 1)?));
            return Some(match month {
                Some(month) => Fact { kind: Kind::Date, key: date_key(month, *word), at },
                None => Fact { kind: Kind::Number, key: word.hash(), at },
            });
        }
        (cased && word.is_name()).then(|| Fact { kind: Kind::Name, key: word.hash(), at })
    })
}

fn date_key(month: usize, day: Word) -> u32 {
    mix(month as u64 + 1, u64::from(day.hash())) as u32
}

/// Number of the month that a word names, from 0.
fn month(word: Word) -> Option<usize> {
    const MONTHS: [[Word; 2]; 12] = {
        const fn pair(name: &str, short: &str) -> [Word; 2] {
            [Word::lookup(name), Word::lookup(short)]
        }
        [
            pair("january", "jan"),
            pair("february", "feb"),
            pair("march", "mar"),
            pair("april", "apr"),
            pair("may", "may"),
            pair("june", "jun"),
            pair("july", "jul"),
            pair("august", "aug"),
            pair("september", "sept"),
            pair("october", "oct"),
            pair("november", "nov"),
            pair("december", "dec"),
        ]
    };
    MONTHS.iter().position(|forms| forms.iter().any(|form| form.hash() == word.hash()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Preparer;

    fn kinds(text: &str) -> Vec<Kind> {
        facts(&Preparer::default().prepare(text).words).map(|fact| fact.kind).collect()
    }

    #[test]
    fn numbers_dates_and_names_are_told_apart() {
        use Kind::{Date, Name, Number};
        let text = "On 9 March some 300 men went to Port Ansel on foot, and by Sept. 4 they were all home";
        assert_eq!(kinds(text), [Date, Name, Number, Name, Name, Name, Date]);
        assert_eq!(kinds("THE 3 MEN WENT HOME"), [Number]);
    }

    #[test]
    fn the_order_of_day_and_month_does_not_count() {
        let keys = |text| {
            facts(&Preparer::default().prepare(text).words)
                .filter(|f| f.kind == Kind::Date)
                .map(|f| f.key)
                .collect::<Vec<_>>()
        };
        assert_eq!(keys("on 9 March"), keys("on Mar. 9"));
        assert_ne!(keys("on 9 March"), keys("on 9 May"));
    }
}
