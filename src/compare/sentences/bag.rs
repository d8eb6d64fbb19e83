//! A sentence made ready to be compared with many: its words sorted, with what they could be spelled like.

use crate::features::kindred::Groups;
use crate::features::terms::{Term, value};
use crate::features::tokens::Token;
use crate::statistics::weights::Weights;

use super::spelling;

/// What is compared of a sentence, whatever the weights.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bag {
    /// Each word once, sorted by term.
    pub(super) words: Vec<Word>,
    /// The terms in their order, at most [`ORDERED`].
    pub(super) order: Vec<Term>,
    /// Hashes of four letters that follow each other, sorted, each once.
    pub(super) grams: Vec<u32>,
    /// Says that something is not so: how often, odd or even.
    pub(super) is_negated: bool,
}

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything but:
    Word,
    /// Written with a capital where none is due.
    Name,
    /// A number in digits or words.
    Number,
}

/// A word of a bag.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) term: Term,
    pub(super) kind: Kind,
    /// Its spelling without diacritics.
    pub(super) form: Box<str>,
    /// The value of a number.
    pub(super) value: f64,
    /// Its first four letters: words derived from one another share them; 0 of a shorter word.
    pub(super) head: u32,
    /// Hash of what all transliterations of a name have in common.
    pub(super) sound: u32,
    /// Which letters it has, one bit each.
    pub(super) letters: u32,
    /// Words that can stand in its place.
    pub(super) groups: Groups,
}

/// Words of a sentence whose order is looked at: what is longer is no sentence.
const ORDERED: usize = 128;

impl Bag {
    /// The bag of a sentence's words.
    #[must_use]
    pub fn new(tokens: &[Token]) -> Self {
        let style = Style::of(tokens);
        let mut words = Vec::with_capacity(tokens.len());
        let mut rest = tokens;
        while let Some((word, used)) = number(rest).or_else(|| Some((plain(rest.first()?, style), 1))) {
            words.push(word);
            rest = &rest[used..];
        }
        let order: Vec<Term> = words.iter().map(|word| word.term).collect();
        let negations = tokens.iter().filter(|token| is_negation(&token.form)).count();
        words.sort_by(|x, y| (x.term, &x.form).cmp(&(y.term, &y.form)));
        words.dedup_by_key(|word| word.term);
        Self {
            words,
            grams: grams(tokens),
            order: order.into_iter().take(ORDERED).collect(),
            is_negated: negations % 2 == 1,
        }
    }
}

/// What capitals tell in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Names.
    Plain,
    /// Nothing: nearly all words have one.
    Headline,
    /// Nothing: there are none.
    Lower,
}

impl Style {
    fn of(tokens: &[Token]) -> Self {
        let capitals = tokens.iter().filter(|token| token.is_capital).count();
        match capitals {
            0 => Self::Lower,
            _ if 2 * capitals > tokens.len() => Self::Headline,
            _ => Self::Plain,
        }
    }

    /// Whether a word is a name: as it is written, where that tells, and as others write it.
    fn is_name(self, token: &Token) -> bool {
        let usual = Weights::background().capital(token.term);
        match self {
            Self::Plain if token.is_capital && token.is_initial => usual.is_some_and(|share| share >= 0.8),
            Self::Plain => token.is_capital && usual.is_none_or(|share| share >= 0.1),
            Self::Headline => token.is_capital && usual.is_none_or(|share| share >= 0.7),
            Self::Lower => usual.is_some_and(|share| share >= 0.8),
        }
    }
}

fn plain(token: &Token, style: Style) -> Word {
    let kind = if style.is_name(token) { Kind::Name } else { Kind::Word };
    word(token.term, kind, &token.form)
}

fn word(term: Term, kind: Kind, form: &str) -> Word {
    let form = spelling::plain(form);
    Word {
        term,
        kind,
        value: 0.0,
        head: spelling::head(&form),
        sound: spelling::sound(&form),
        letters: spelling::letters(&form),
        groups: Groups::of(term),
        form: form.into(),
    }
}

/// A number at the begin of `tokens` and how many of them it takes: `4,000`, `two hundred`, `5 million dollars`, `7 per cent`.
fn number(tokens: &[Token]) -> Option<(Word, usize)> {
    let first = value(&tokens.first()?.form)?;
    let (mut sum, mut part, mut used) = (0.0, first, 1);
    for token in &tokens[1..] {
        match (&*token.form, value(&token.form)) {
            (_, Some(factor)) if !token.is_number && factor >= 100.0 && factor > part => part *= factor,
            (_, Some(factor)) if !token.is_number && factor >= 1000.0 => {
                sum += part * factor;
                part = 0.0;
            }
            (_, Some(small)) if !token.is_number && small < 100.0 && is_open(part, small) => part += small,
            (unit, None) if used == 1 || !matches!(unit, "and") => break,
            _ => break,
        }
        used += 1;
    }
    let whole = sum + part;
    let units = tokens[used..].iter().take(2).take_while(|token| is_unit(&token.form)).count();
    let mut found = word(Term::of_number(whole), Kind::Number, &tokens[0].form);
    found.value = whole;
    Some((found, used + units))
}

/// Whether a number can go on with a smaller one: `twenty three`, `two hundred ten`.
fn is_open(part: f64, small: f64) -> bool {
    (part % 100.0 == 0.0 && part > 0.0) || (part % 10.0 == 0.0 && part >= 20.0 && small < 10.0)
}

/// Signs that are written as words where a sign would do.
fn is_unit(form: &str) -> bool {
    matches!(form, "per" | "cent" | "percent" | "pct" | "dollar" | "dollars" | "usd")
}

fn is_negation(form: &str) -> bool {
    form.ends_with("n't")
        || matches!(
            form,
            "no" | "not" | "never" | "none" | "nobody" | "nothing" | "neither" | "nor" | "without" | "cannot"
        )
}

/// Hashes of four letters that follow each other, in words with the blank before and after each.
fn grams(tokens: &[Token]) -> Vec<u32> {
    let mut found = Vec::new();
    let mut last = [u32::from(' '); 4];
    for token in tokens {
        for c in token.form.chars().filter(|c| c.is_alphanumeric()).chain([' ']) {
            last.rotate_left(1);
            last[3] = c.into();
            found.push(last.iter().fold(0, |hash, &c| mixed(hash, c)));
        }
    }
    sorted(found)
}

fn sorted(mut hashes: Vec<u32>) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn mixed(hash: u32, next: u32) -> u32 {
    (hash.rotate_left(5) ^ next).wrapping_mul(0x9E37_79B1)
}
