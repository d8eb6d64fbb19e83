//! He or she: pronouns, titles and nouns that name a man or a woman.

use super::matching::Matching;
use super::numbers::take_best;
use super::view::View;
use super::{Claim, Kind, Sides};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gender {
    Male,
    Female,
}

impl Gender {
    fn name(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }
}

/// A word that names a man or a woman.
#[derive(Debug, Clone, Copy)]
struct Gendered {
    at: usize,
    gender: Gender,
    /// Words that can stand for each other: he and she, king and queen.
    role: usize,
}

/// Words for a man and for a woman in one role; pronouns come first.
#[rustfmt::skip]
const PAIRS: [(&str, &str); 47] = [
    ("he", "she"), ("him", "her"), ("his", "her"), ("his", "hers"), ("himself", "herself"),
    ("mr", "mrs"), ("mr", "ms"), ("mr", "miss"), ("sir", "madam"), ("sir", "dame"), ("lord", "lady"),
    ("man", "woman"), ("men", "women"), ("boy", "girl"), ("boys", "girls"), ("father", "mother"), ("fathers", "mothers"),
    ("dad", "mum"), ("dad", "mom"), ("son", "daughter"), ("sons", "daughters"), ("brother", "sister"),
    ("brothers", "sisters"), ("husband", "wife"), ("husbands", "wives"), ("uncle", "aunt"), ("nephew", "niece"),
    ("grandfather", "grandmother"), ("grandson", "granddaughter"), ("king", "queen"), ("prince", "princess"),
    ("duke", "duchess"), ("actor", "actress"), ("waiter", "waitress"), ("policeman", "policewoman"),
    ("businessman", "businesswoman"), ("spokesman", "spokeswoman"), ("chairman", "chairwoman"),
    ("congressman", "congresswoman"), ("sportsman", "sportswoman"), ("widower", "widow"), ("bridegroom", "bride"),
    ("monk", "nun"), ("male", "female"), ("males", "females"), ("boyfriend", "girlfriend"), ("gentleman", "lady"),
];
/// How many of the pairs are pronouns, which all play one role.
const PRONOUNS: usize = 5;

fn gendered(view: &View<'_>) -> Vec<Gendered> {
    let of = |form: &str| {
        let at = PAIRS.iter().position(|(male, female)| *male == form || *female == form)?;
        let gender = if PAIRS.iter().any(|(male, _)| *male == form) { Gender::Male } else { Gender::Female };
        Some((gender, if at < PRONOUNS { 0 } else { at }))
    };
    let words = view.words.iter().enumerate();
    words.filter_map(|(at, word)| of(&word.form).map(|(gender, role)| Gendered { at, gender, role })).collect()
}

/// A pronoun or title of one gender where the other side has its counterpart of the other gender.
pub(super) fn claims(sides: &Sides<'_>, matching: &Matching, found: &mut Vec<Claim>) {
    let (a, b) = (gendered(&sides.a.view), gendered(&sides.b.view));
    let (mut free_a, mut free_b) = (vec![true; a.len()], vec![true; b.len()]);
    let pairs = |same: bool| {
        let mut pairs = Vec::new();
        for (i, x) in a.iter().enumerate() {
            for (j, y) in b.iter().enumerate() {
                let role = x.role == y.role || PAIRS[x.role].0 == PAIRS[y.role].0 && x.role >= PRONOUNS;
                if (x.gender == y.gender) == same && role {
                    let here = x.at..x.at + 1;
                    let slot = matching.slot(&sides.a.view, &here, &sides.b.view, &(y.at..y.at + 1));
                    pairs.push((slot, i, j));
                }
            }
        }
        pairs
    };
    let mut claim = |i: usize, j: usize, agree: bool| {
        let (x, y) = (a[i].at..a[i].at + 1, b[j].at..b[j].at + 1);
        let (x, y) = ((&x, a[i].gender.name()), (&y, b[j].gender.name()));
        found.push(sides.claim(Kind::Gender, Some(agree), Some((x.0, x.1.to_owned())), Some((y.0, y.1.to_owned()))));
    };
    take_best(pairs(true), &mut free_a, &mut free_b, |_, i, j| {
        claim(i, j, true);
        true
    });
    take_best(pairs(false), &mut free_a, &mut free_b, |slot, i, j| {
        let differs = slot >= 0.2;
        if differs {
            claim(i, j, false);
        }
        differs
    });
    // A pronoun left over, of a gender that the other side does not know, beside pronouns of the one that it knows.
    let strange = |one: &[Gendered], free: &[bool], other: &[Gendered]| {
        let is_strange = |x: &Gendered| {
            x.role == 0 && other.iter().all(|y| y.gender != x.gender) && other.iter().any(|y| y.role == 0)
        };
        (0..one.len()).find(|&at| free[at] && is_strange(&one[at]))
    };
    let pronoun = |words: &[Gendered]| words.iter().position(|word| word.role == 0);
    if let (Some(i), Some(j)) = (strange(&a, &free_a, &b), pronoun(&b)) {
        claim(i, j, false);
    }
    if let (Some(j), Some(i)) = (strange(&b, &free_b, &a), pronoun(&a)) {
        claim(i, j, false);
    }
}
